"""macros/making.py: an edited library gives, file by file, the site that a whole build would give."""

from __future__ import annotations

import inspect
import random
import re
import shutil
from pathlib import Path

import pytest
import yaml

from macros import making
from macros.checks import CHECKS
from macros.editing import Editing
from macros.exports import tables
from macros.frame import SHELL, Frame
from macros.holes import Holes
from macros.load import Memory, load_library
from macros.pages.fragments import fragments
from macros.urls import FOLDER_OF
from macros.watching import Kept, Log
from tests.library import ROOT, TODAY, edit

SHELL_PAGE = "<title>%%TITLE%%</title>%%DESCRIPTION%%%%PAGE_ID%%%%KIND%%%%NOTICE%%%%BREADCRUMBS%%%%TOC%%%%CONTENT%%"
BAD = ROOT / "tests" / "fixtures" / "bad"


def frame(library) -> Frame:
    """A shell for each folder, and a hand-written page for each fragment."""
    holes = Holes()
    pages = {f"{folder}/{SHELL}.html": SHELL_PAGE for folder in FOLDER_OF.values()}
    for name, function in fragments(library, TODAY).items():
        needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
        args = ["status"] * len(needed)
        pages[f"{name}.html"] = f"<p>{holes.macro(name)(*args)}</p>"
    return Frame(pages, holes, {"trang.md": "# Trang\n\nHiệp ước mẫu\n\n## Mục\n\nchữ\n"})


class Follower:
    """A site on a (pretended) disc that follows edits of a library."""

    def __init__(self, root: Path) -> None:
        self.root, self.memory = root, Memory()
        first = load_library(root, self.memory).library
        self.frame = frame(first)
        self.editing = Editing(first, self.frame)
        self.disc = self.editing.update()
        self.written: set[str] = set()

    def follow(self) -> None:
        loaded = load_library(self.root, self.memory)
        assert loaded.problems == ()
        changes = self.editing.update(loaded.library)
        self.written = set(changes)
        for path, content in changes.items():
            if content is None:
                del self.disc[path]
            else:
                assert self.disc.get(path) != content, f"{path} did not change and need not be written"
                self.disc[path] = content

    def check(self) -> None:
        fresh = dict(making.files(load_library(self.root).library, self.frame))
        assert self.disc.keys() == fresh.keys()
        wrong = [path for path in fresh if self.disc[path] != fresh[path]]
        assert wrong == []


def test_the_first_state_is_that_of_a_whole_build(mini_root: Path) -> None:
    Follower(mini_root).check()


def test_an_edit_of_one_date_writes_what_prints_it_and_nothing_else(mini_root: Path) -> None:
    site = Follower(mini_root)
    edit(mini_root, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    site.follow()
    site.check()
    assert "dieu-uoc/hiep-uoc-mau-1999.html" in site.written
    pages = {path for path in site.disc if re.fullmatch(r"[\w-]+/[\w-]+\.html", path)}
    assert len(site.written & pages) < len(pages) / 2
    assert not any(path.startswith("api/v1/schema/") for path in site.written)
    assert "api/v1/sources.json" not in site.written


NAMES = [rule.__name__ for rule in CHECKS if rule.__name__ != "unique_ids"]
EVERY_DAY = ("facts_have_sources", "relations_point_elsewhere", "topics_form_a_tree", "sayings_say_whose")


@pytest.mark.parametrize("name", [pytest.param(n, marks=() if n in EVERY_DAY else pytest.mark.full) for n in NAMES])
def test_edits_of_every_kind_end_in_the_site_of_a_whole_build(name: str, mini_root: Path) -> None:
    """The bad examples of the checks are edits of every field; most of them still load."""
    site = Follower(mini_root)
    before = {path: path.read_bytes() for path in (mini_root / "data").iterdir()}
    for change in yaml.safe_load((BAD / f"{name}.yaml").read_text(encoding="utf-8"))["edits"]:
        edit(mini_root, **change)
    same_frame = {p.name for p, old in before.items() if p.read_bytes() != old} - {"vocabulary.yaml", "library.yaml"}
    try:
        dict(making.files(load_library(mini_root).library, site.frame))
    except Exception:
        pytest.skip("such a library cannot be built, edited or not")
    if not same_frame or load_library(mini_root).problems:
        pytest.skip("the frame changes, or a record cannot be typed")
    site.follow()
    site.check()
    for path, old in before.items():
        path.write_bytes(old)
    site.follow()
    site.check()


@pytest.mark.full
def test_many_random_edits_of_the_real_records(tmp_path: Path) -> None:
    """Words and dates are changed here and there, records taken out and put back."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    site = Follower(tmp_path)
    chance = random.Random(7)
    for _ in range(6):
        kind = chance.choice(
            ["treaties", "borders", "topics", "documents", "events", "agencies", "glossary", "sources"]
        )
        path = tmp_path / "data" / f"{kind}.yaml"
        lines = path.read_text(encoding="utf-8").split("\n")
        at = chance.choice(
            [n for n, line in enumerate(lines) if re.search(r"(title|text|says|note|name|locator): \w", line)]
        )
        path.write_text("\n".join([*lines[:at], lines[at] + " sửa", *lines[at + 1 :]]), encoding="utf-8")
        site.follow()
    site.check()


def test_a_record_that_comes_and_goes(mini_root: Path) -> None:
    site = Follower(mini_root)
    path = mini_root / "data" / "events.yaml"
    old = path.read_text(encoding="utf-8")
    new = re.sub(r"^- id: .*$", "- id: su-kien-moi", old.split("\n- id: ")[0], count=1, flags=re.MULTILINE)
    path.write_text(old.rstrip("\n") + "\n\n" + new + "\n", encoding="utf-8")
    site.follow()
    assert "su-kien/su-kien-moi.html" in site.disc
    site.check()
    path.write_text(old, encoding="utf-8")
    site.follow()
    assert "su-kien/su-kien-moi.html" not in site.disc
    site.check()


def test_records_that_did_not_change_are_the_same_objects(mini_root: Path) -> None:
    memory = Memory()
    first = load_library(mini_root, memory).library
    edit(mini_root, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    second = load_library(mini_root, memory).library
    different = [r.id for (_, r), (_, s) in zip(first.records(), second.records(), strict=True) if r is not s]
    assert different == ["hiep-uoc-mau-1999"]


def test_what_is_made_of_a_remembered_value_goes_with_it() -> None:
    log = Log()
    inner, outer, made = Kept(log), Kept(log), []

    def inside() -> int:
        log.add("by_id", "a")
        made.append("inside")
        return len(made)

    first, second = (outer.get(key, inner.get, "inside", inside) for key in ("first", "second"))
    assert (first, second, made) == (1, 1, ["inside"])
    for changes, again in (({("by_id", "b")}, 1), ({("by_id", "a")}, 2)):
        inner.forget(changes)
        outer.forget(changes)
        assert [outer.get(key, inner.get, "inside", inside) for key in ("first", "second")] == [again, again]


def test_outlines_of_tables_are_those_of_the_tables() -> None:
    library = load_library(ROOT).library
    whole = [(t.name, t.title, t.columns, len(t.rows), t.kind) for t in tables.tables(library)]
    assert whole == [(t.name, t.title, t.columns, t.count, t.kind) for t in tables.outlines(library)]
