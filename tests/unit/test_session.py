"""scripts/session.py: what `serve` builds after an edit is what a whole build would give."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import pytest
import yaml

from macros.checks import CHECKS, check
from macros.checks.following import Following
from macros.load import Memory, load_library
from scripts import crew, swap
from scripts.building import build
from scripts.checking import only_records
from scripts.session import Session
from tests.crashes import Crash, crash_after
from tests.library import ROOT, TODAY, edit

TREATY = "dieu-uoc/hiep-uoc-mau-1999.html"


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.fixture
def session(mini_project: Path) -> Session:
    session = Session(mini_project, mini_project / "site", lambda line: None)
    outcome = session.build(TODAY)
    assert outcome.good and not outcome.stale, outcome.problems
    return session


def changed(root: Path, *names: str) -> list[str]:
    return [str(root / name) for name in names]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process here")
def test_one_process_and_three_make_the_same_site(mini_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for hands in (1, 3):
        monkeypatch.setattr(crew, "processors", lambda hands=hands: hands)
        assert build(mini_project, mini_project / f"ra{hands}", TODAY, lambda line: None).good
        made.append(contents(mini_project / f"ra{hands}"))
    assert len(made[0]) > 100 and made[0] == made[1]


def test_a_lost_record_is_told_by_a_whole_build_and_the_site_stays(mini_project: Path) -> None:
    site = mini_project / "site"
    assert build(mini_project, site, TODAY, lambda line: None).good
    before = contents(site)
    edit(mini_project, "topics", "- id: ", "- id: mat-")
    problems = build(mini_project, site, TODAY, lambda line: None).problems
    assert problems and all(line.startswith("data/") for line in problems)
    assert contents(site) == before
    assert {p.name for p in mini_project.iterdir() if p.name.startswith("site")} == {"site"}


@pytest.mark.parametrize(
    ("names", "plain"),
    [
        (["data/treaties.yaml"], True),
        (["data/treaties.yaml", "data/sedzgd88B"], True),
        (["data/topics.yaml", "data/topics.yaml.tmp"], True),
        (["data/vocabulary.yaml"], False),
        (["data/treaties.yaml", "data/moi.yaml"], False),
        (["docs/index.md"], False),
        (["data/sub/treaties"], False),
        ([], False),
    ],
)
def test_which_edits_are_of_records_alone(mini_root: Path, names: list[str], plain: bool) -> None:
    """`sed -i` and many editors write a file beside the old one before they put it there."""
    assert only_records(mini_root, {mini_root / name for name in names}) is plain


def test_an_edit_of_a_record_ends_in_the_site_of_a_whole_build(session: Session, mini_project: Path) -> None:
    before = contents(mini_project / "site")
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    outcome = session.build(TODAY, changed(mini_project, "data/treaties.yaml"))
    assert outcome.good and outcome.stale and 0 < outcome.pages < 20
    assert "29/12/1999" in (mini_project / "site" / TREATY).read_text(encoding="utf-8")
    pages = contents(mini_project / "site")
    assert {p: c for p, c in pages.items() if p.startswith("tai-ve/")} == {
        p: c for p, c in before.items() if p.startswith("tai-ve/")
    }
    assert session.take_away(lambda: True)
    assert build(mini_project, mini_project / "ra", TODAY, lambda line: None).good
    assert contents(mini_project / "site") == contents(mini_project / "ra")
    left = {p.name for p in mini_project.iterdir() if p.name.startswith("site")}
    assert left == {"site"}


def test_files_to_take_away_give_way_and_are_whole(session: Session, mini_project: Path) -> None:
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    session.build(TODAY, changed(mini_project, "data/treaties.yaml"))
    before = contents(mini_project / "site")
    turns = itertools.count()
    assert session.take_away(lambda: next(turns) < 3) is False
    assert contents(mini_project / "site") == before, "all of them are replaced, or none"


def test_a_bad_edit_is_told_and_the_site_stays(session: Session, mini_project: Path) -> None:
    before = contents(mini_project / "site")
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 31/02/1999")
    outcome = session.build(TODAY, changed(mini_project, "data/treaties.yaml"))
    assert any("không có ngày 31" in problem for problem in outcome.problems)
    assert contents(mini_project / "site") == before
    edit(mini_project, "treaties", "value: 31/02/1999", "value: 1999-12-30")
    outcome = session.build(TODAY, changed(mini_project, "data/treaties.yaml"))
    assert outcome.good and outcome.pages == 0
    assert contents(mini_project / "site") == before


@pytest.mark.parametrize("name", ["docs/huong-dan.md", "data/vocabulary.yaml", "data/library.yaml", "mkdocs.yml"])
def test_what_changes_the_frame_is_built_as_a_whole(session: Session, mini_project: Path, name: str) -> None:
    assert not session.build(TODAY, changed(mini_project, name, "data/treaties.yaml")).stale


def test_a_plain_edit_after_a_failed_whole_build_is_built_as_a_whole(session: Session, mini_project: Path) -> None:
    page = mini_project / "docs" / "huong-dan.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n\nCâu mới.\n", encoding="utf-8")
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 31/02/1999")
    assert not session.build(TODAY, changed(mini_project, "docs/huong-dan.md", "data/treaties.yaml")).good
    edit(mini_project, "treaties", "value: 31/02/1999", "value: 1999-12-30")
    outcome = session.build(TODAY, changed(mini_project, "data/treaties.yaml"))
    assert outcome.good and not outcome.stale
    assert "Câu mới." in (mini_project / "site" / "huong-dan.html").read_text(encoding="utf-8")


def test_another_day_is_built_as_a_whole(session: Session, mini_project: Path) -> None:
    tomorrow = TODAY.replace(day=TODAY.day + 1)
    assert not session.build(tomorrow, changed(mini_project, "data/treaties.yaml")).stale


@pytest.mark.parametrize("name", [rule.__name__ for rule in CHECKS])
def test_checks_that_follow_say_what_checks_say(name: str, mini_root: Path) -> None:
    memory, following = Memory(), Following(TODAY)
    assert following.problems(load_library(mini_root, memory).library) == ()
    before = {path: path.read_bytes() for path in (mini_root / "data").iterdir()}
    edits = yaml.safe_load((ROOT / "tests/fixtures/bad" / f"{name}.yaml").read_text(encoding="utf-8"))["edits"]
    for change in edits:
        edit(mini_root, **change)
    if any(change["file"] in ("vocabulary", "library") for change in edits):
        pytest.skip("the frame changes")
    followed = load_library(mini_root, memory)
    assert followed == load_library(mini_root)
    for _ in range(2):
        # Bad records are looked at again each time.
        assert following.problems(followed.library) == check(followed.library, TODAY)
    for path, old in before.items():
        path.write_bytes(old)
    assert following.problems(load_library(mini_root, memory).library) == ()


def test_memory_forgets_what_is_gone(mini_root: Path) -> None:
    memory = Memory()
    for number in range(400):
        path = mini_root / "data" / "treaties.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(f"Hiệp ước mẫu {1998 + number}", f"Hiệp ước mẫu {1999 + number}"), encoding="utf-8"
        )
        list(load_library(mini_root, memory).library.each(lambda record: record.id))
    count = sum(1 for _ in load_library(mini_root, memory).library.records())
    assert len(memory.records) <= 2 * count + 101


@pytest.mark.parametrize("step", range(12))
def test_a_patch_that_is_cut_off_is_finished_or_thrown_away(tmp_path: Path, monkeypatch, step: int) -> None:
    site = tmp_path / "site"
    for name in ("a", "b", "c"):
        swap.patch(site, {f"{name}.html": b"old"}) if name == "a" else (site / f"{name}.html").write_bytes(b"old")
    old = contents(site)
    new = {"a.html": b"new", "b.html": b"new", "d/d.html": b"new"}
    with monkeypatch.context() as patch, pytest.raises(Crash):
        crash_after(patch, step, ((os, "replace"), (os, "unlink"), (os, "mkdir"), (shutil, "rmtree")))
        swap.patch(site, {**new, "c.html": None})
        raise Crash("after the last step")
    swap.recover(site)
    assert contents(site) in (old, new)
    assert [p.name for p in tmp_path.iterdir()] == ["site"]
