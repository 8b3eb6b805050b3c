"""The arrows of the house: who imports whom, lazy imports too, so that the rest outlives MkDocs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library import ROOT

GENERATORS = {"mkdocs", "mkdocs_macros", "material", "zensical"}
MAY_KNOW_MKDOCS = {"hooks.py", "macros/__init__.py", "scripts/rendering.py"}
"""The hooks, what registers the macros, and the one module of the command line that has MkDocs build."""

FILES = (ROOT / "hooks.py", *sorted(path for name in ("macros", "scripts") for path in (ROOT / name).rglob("*.py")))


def imported(source: str) -> Iterator[str]:
    """Full name of every module that the code imports, also inside functions and by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__"):
                yield from (arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant))


def first(name: str) -> str:
    return name.partition(".")[0]


@pytest.mark.parametrize(
    "code",
    [
        "import mkdocs.plugins",
        "def f():\n    from mkdocs.structure.files import File",
        "if TYPE_CHECKING:\n    import mkdocs",
        "import importlib\nimportlib.import_module('mkdocs.config')",
        "__import__('mkdocs')",
    ],
)
def test_every_way_to_import_is_seen(code: str) -> None:
    assert any(first(name) == "mkdocs" for name in imported(code))


def test_only_the_few_know_the_generator() -> None:
    known = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if GENERATORS & set(map(first, imported(path.read_text(encoding="utf-8"))))
    }
    # macros/__init__.py may, and does not need to.
    assert known <= MAY_KNOW_MKDOCS and {"hooks.py", "scripts/rendering.py"} <= known


def test_the_library_knows_nothing_of_the_command_line() -> None:
    for path in (ROOT / "macros").rglob("*.py"):
        names = set(imported(path.read_text(encoding="utf-8")))
        assert not {first(name) for name in names} & {"scripts", "hooks", "bench", "tests", "click"}, path


@pytest.mark.parametrize(
    ("folder", "above"),
    [
        ("model.py", ("load", "checks", "views", "pages", "exports", "search", "proofing")),
        ("records.py", ("load", "checks", "views", "pages", "exports", "search", "proofing")),
        ("load.py", ("checks", "views", "pages", "exports", "search", "proofing")),
        ("checks", ("pages", "exports", "search", "proofing")),
        ("views.py", ("load", "checks", "pages", "exports", "search", "proofing")),
        ("analysis", ("model", "load", "checks", "views", "pages", "exports", "search", "proofing")),
    ],
)
def test_arrows_point_one_way(folder: str, above: tuple[str, ...]) -> None:
    place = ROOT / "macros" / folder
    for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
        for name in imported(path.read_text(encoding="utf-8")):
            parts = name.split(".")
            assert not (parts[0] == "macros" and len(parts) > 1 and parts[1] in above), f"{path}: {name}"


WITHOUT = """
import sys
for name in {generators!r}:
    sys.modules[name] = None  # any import of it fails
import datetime as dt
from pathlib import Path
from macros import proofing, search
from macros.checks import check
from macros.exports import api, take_away
from macros.load import load_library
from macros.model import KINDS
from macros.pages import record_page
from macros.pages.render import Site
root = Path({root!r})
library = load_library(root).library
assert not check(library, dt.date(2026, 2, 1))
site = Site(library, dt.date(2026, 2, 1))
pages = [record_page(site, kind, record) for kind, record in library.records() if kind in {kinds!r}]
assert all(page.body for page in pages) and pages
assert search.search(search.index_for(library, {{}}), "hiệp ước").hits
assert proofing.proof("Hiệp ước", proofing.kit_for(library))
assert list(api.files(library)) and list(take_away.files(library))
print(len(pages))
"""


def test_records_become_pages_and_files_without_the_generator(mini_root: Path) -> None:
    from macros.urls import FOLDER_OF

    code = WITHOUT.format(generators=sorted(GENERATORS), root=str(mini_root), kinds=tuple(FOLDER_OF))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 5
