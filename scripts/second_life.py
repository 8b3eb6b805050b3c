"""The same site with Zensical in the place of MkDocs: what is rendered, what is filled in, what differs.

Zensical runs no hooks, so what they do is done here, around it: the calls in hand-written pages
are replaced by marks before (``prepare``), records and fragments are put in afterwards (``fill``),
by the code that MkDocs' hooks use. Templates, Markdown, style and scripts are the same.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import yaml

from macros import making
from macros.frame import SHELL, Frame, library_values, read_pages, shell_sources
from macros.holes import Holes
from macros.model import Library
from macros.urls import FOLDER_OF
from scripts.bundling.links import broken_links
from scripts.devenv.console import Stop

CONFIG = "mkdocs.yml"
LEFT_OUT = ("hooks", "plugins", "exclude_docs", "validation")
"""Settings of MkDocs that name its own machinery."""

_MARK = re.compile(r"<!--cot-moc:\d+-->|%%[A-Z_]+%%")
_ZENSICAL = ("assets/javascripts", "assets/stylesheets", "assets/images", "search.json", "sitemap.xml")
"""What Zensical writes for its own theme, and nothing of ours loads."""


@dataclass(frozen=True)
class Compared:
    """What came out, beside the site that MkDocs makes of the same library."""

    pages: int
    records: int
    missing: tuple[str, ...]
    unfilled: tuple[str, ...]
    broken: tuple[str, ...]
    """Addresses without a target that are whole in the usual site."""
    same: int
    """Pages that are the same but for the way of writing (see ``_plain``)."""
    different: tuple[str, ...]
    other_files: tuple[str, ...]
    """Files beside pages that differ, are missing or are too many."""

    @property
    def good(self) -> bool:
        return not (self.missing or self.unfilled or self.broken or self.other_files)


def prepare(root: Path, library: Library, folder: Path) -> Holes:
    """A project for Zensical in ``folder``; gives what the marks in its pages stand for."""
    holes = Holes()
    jinja = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)
    jinja.globals.update(holes.macros())
    shutil.copytree(root / "docs", folder / "docs", ignore=shutil.ignore_patterns("overrides"))
    shutil.copytree(root / "docs" / "overrides", folder / "overrides")
    for path in sorted((folder / "docs").rglob("*.md")):
        path.write_text(jinja.from_string(path.read_text(encoding="utf-8")).render(), encoding="utf-8")
    for name, text in shell_sources().items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    settings = yaml.safe_dump(_settings(root, library), allow_unicode=True, sort_keys=False)
    (folder / CONFIG).write_text(settings, encoding="utf-8")
    return holes


def _settings(root: Path, library: Library) -> dict[str, Any]:
    settings = yaml.safe_load((root / CONFIG).read_text(encoding="utf-8"))
    for name in LEFT_OUT:
        settings.pop(name, None)
    settings["theme"]["custom_dir"] = "overrides"
    settings["extra"]["cotmoc"] = library_values(library.meta)
    return settings


def render(program: str, folder: Path) -> None:
    """Let Zensical build the prepared project. Raises Stop with what it says."""
    env = {**os.environ, "PYTHONUTF8": "1"}
    command = [program, "build", "--strict", "-f", CONFIG]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", env=env)
    if done.returncode or not (folder / "site" / "index.html").is_file():
        said = "\n".join((done.stdout + done.stderr).splitlines()[-6:])
        raise Stop(f"Zensical không dựng được:\n{said}", "xem docs/zensical.md, mục “Chưa chạy được”.")


def fill(root: Path, library: Library, folder: Path, holes: Holes) -> Path:
    """Put records into what Zensical rendered, and write all other files; gives the finished site."""
    out = folder / "site"
    pages = {path.relative_to(out).as_posix(): path.read_text(encoding="utf-8") for path in out.rglob("*.html")}
    making.write(library, Frame(pages, holes, read_pages(root / "docs")), out)
    for name in pages:
        if name.endswith(f"/{SHELL}.html"):
            (out / name).unlink()
    for path in (out / name for name in _ZENSICAL):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return out


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def compare(made: Mapping[str, bytes], usual: Mapping[str, bytes]) -> Compared:
    """What Zensical's site has, lacks and has otherwise than that of MkDocs."""
    pages = [name for name in made if name.endswith(".html")]
    expected = [name for name in usual if name.endswith(".html")]
    alike = {name: _same(made[name], usual[name]) for name in expected if name in made}
    folders = tuple(f"{folder}/" for folder in FOLDER_OF.values())
    return Compared(
        pages=len(pages),
        records=sum(name.startswith(folders) and not name.endswith("/index.html") for name in pages),
        missing=tuple(name for name in expected if name not in made),
        unfilled=tuple(name for name in pages if _MARK.search(made[name].decode())),
        broken=tuple(map(str, sorted({*broken_links(made)} - {*broken_links(usual)}))),
        same=sum(alike.values()),
        different=tuple(name for name, same in alike.items() if not same),
        other_files=tuple(_other_files(made, usual)),
    )


def _same(one: bytes, two: bytes) -> bool:
    return _plain(one) == _plain(two)


def _plain(page: bytes) -> str:
    """A page without what no reader and no browser sees: blanks, `./` before an address, `&#x2f;` for a slash."""
    text = page.decode().replace("&#x2f;", "/").replace('="./', '="')
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", text))


def _other_files(made: Mapping[str, bytes], usual: Mapping[str, bytes]) -> Iterator[str]:
    for name in sorted(made.keys() | usual.keys()):
        if not name.endswith(".html") and made.get(name) != usual.get(name):
            yield name
