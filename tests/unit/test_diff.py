"""macros/diff.py: what a reviewer reads when data has changed; the page and the feed of kept changes."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from macros import diff, feed
from macros.exports import api
from macros.load import load_library
from macros.pages.fragments import fragments
from scripts import cotmoc
from scripts.cli import app
from tests.library import ROOT, TODAY, edit


def records(root: Path) -> dict:
    library = load_library(root).library
    return json.loads(dict(api.files(library))["api/v1/all.json"])["records"]


def said(root: Path, before: dict) -> list[str]:
    vocabulary = load_library(root).library.vocabulary
    after = records(root)
    titles = {source["id"]: source["title"] for source in after["sources"]}
    found = diff.changes(before, after, vocabulary)
    return [diff.line(field, vocabulary, titles) for change in found for field in change.fields]


def test_nothing_changed(mini_root: Path) -> None:
    assert said(mini_root, records(mini_root)) == []


def test_a_date_that_was_unknown_is_told_with_its_source(mini_root: Path) -> None:
    before = records(mini_root)
    treaty = next(t for t in before["treaties"] if t["id"] == "hiep-uoc-mau-1999")
    known = copy.deepcopy(treaty["facts"]["entered_into_force"])
    treaty["facts"]["entered_into_force"], treaty["entered_into_force"] = {}, None
    lines = said(mini_root, before)
    source = next(s for s in before["sources"] if s["id"] == known["sources"][0]["source"])
    assert lines[0].startswith("ngày có hiệu lực: chưa có → 06/7/2000 (nguồn: ")
    assert source["title"] in lines[0]
    assert any(line.startswith("ngày có hiệu lực – độ chắc: chưa có → ") for line in lines)


@pytest.mark.parametrize(
    ("file", "find", "replace", "line"),
    [
        ("treaties", "value: 1999-12-30", "value: 2000-01-05", "ngày ký: 30/12/1999 → 05/01/2000"),
        ("treaties", "level: nha_nuoc", "level: chinh_phu", "cấp: cấp Nhà nước → cấp Chính phủ"),
        ("treaties", "parties: [vn, cn]", "parties: [vn, cn, la]", "các bên: thêm Lào"),
        ("treaties", "parties: [vn, cn]", "parties: [vn]", "các bên: bỏ Trung Quốc"),
        ("treaties", "parties: [vn, cn]", "parties: [cn, vn]", "các bên: Việt Nam; Trung Quốc → Trung Quốc; Việt Nam"),
    ],
)
def test_one_edit_is_one_line(mini_root: Path, file: str, find: str, replace: str, line: str) -> None:
    before = records(mini_root)
    edit(mini_root, file, find, replace)
    lines = said(mini_root, before)
    assert lines[0].startswith(line), lines


def test_records_that_come_and_go(mini_root: Path) -> None:
    after = records(mini_root)
    before = copy.deepcopy(after)
    taken = before["events"].pop(0)
    before["glossary"].append({**before["glossary"][0], "id": "tu-cu", "term": "từ cũ"})
    found = diff.changes(before, after, load_library(mini_root).library.vocabulary)
    assert [(c.what, c.id, c.name) for c in found] == [
        ("new", taken["id"], taken["title"]),
        ("gone", "tu-cu", "từ cũ"),
    ]


@pytest.fixture
def run(mini_root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    """`cotmoc diff …` on the tiny library: (status, what it printed, what it said)."""
    monkeypatch.setenv("COTMOC_TODAY", TODAY.isoformat())

    def call(*words: str) -> tuple[int, str, str]:
        status = app.run(cotmoc.COMMANDS, mini_root, ["--root", str(mini_root), "diff", *words])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return call


def commit(root: Path, text: str) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=Thử", "-c", "user.email=thu@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "data"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", text], check=True)


def test_two_commits(run, mini_root: Path) -> None:
    commit(mini_root, "one")
    edit(mini_root, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    commit(mini_root, "two")
    status, out, _ = run("HEAD~1", "HEAD")
    assert status == 0
    assert "  ngày ký: 30/12/1999 → 29/12/1999 (nguồn: " in out
    # The sentence that prints the date follows it.
    assert out.endswith("2 bản ghi: 0 mới, 2 sửa, 0 bỏ.\n")
    assert run("HEAD~1")[1] == out, "without NEW the folder itself is compared"


def test_two_files_as_json(run, mini_root: Path, tmp_path: Path) -> None:
    for name in ("cu", "moi"):
        library = load_library(mini_root).library
        (tmp_path / name).write_text(dict(api.files(library))["api/v1/all.json"], encoding="utf-8")
        edit(mini_root, "treaties", "level: nha_nuoc", "level: chinh_phu") if name == "cu" else None
    status, out, _ = run("--json", str(tmp_path / "cu"), str(tmp_path / "moi"))
    assert status == 0
    (change,) = json.loads(out)
    assert change["fields"] == [{"path": ["level"], "old": "cấp Nhà nước", "new": "cấp Chính phủ"}]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"records": []}', '{"records": {"treaties": [1]}}', "[" * 9999])
def test_a_file_that_is_no_open_data_is_one_clear_line(run, tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    status, _, err = run(str(tmp_path / "x.json"))
    assert status == 1
    assert "không phải tệp all.json" in err and "Cách sửa:" in err


@pytest.mark.parametrize("name", ["khong-co", "--output=x", "a b", "HEAD; rm"])
def test_a_commit_that_is_not_there_is_one_clear_line(run, name: str) -> None:
    status, _, err = run("--", name)
    assert status == 1
    assert "Cách sửa:" in err and "Traceback" not in err


def test_saved_steps_reach_page_and_feed(run, mini_root: Path) -> None:
    commit(mini_root, "one")
    edit(mini_root, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    assert "bước" in run("HEAD", "--save", "Sửa ngày <ký>")[2]
    edit(mini_root, "treaties", "level: nha_nuoc", "level: chinh_phu")
    run("HEAD", "--save", "Lần hai")
    loaded = load_library(mini_root)
    assert loaded.problems == ()
    day = loaded.library.meta.data_as_of.iso()
    assert [step.id for step in loaded.library.changes] == [f"{day}-1", f"{day}-2"]
    page = fragments(loaded.library, TODAY)["recent_changes"]()
    assert page.index("Lần hai") < page.index("Sửa ngày &lt;ký&gt;")
    assert "ngày ký: 30/12/1999 → 29/12/1999 (nguồn: " in page
    tree = ET.fromstring(feed.atom(loaded.library))
    atom = {"a": feed.ATOM}
    assert [entry.findtext("a:title", namespaces=atom) for entry in tree.findall("a:entry", atom)] == [
        "Lần hai",
        "Sửa ngày <ký>",
    ]
    ids = [entry.findtext("a:id", namespaces=atom) for entry in [tree, *tree.findall("a:entry", atom)]]
    assert len(set(ids)) == 3 and all(i.startswith("urn:uuid:") for i in ids)
    assert "ngày ký: 30/12/1999 → 29/12/1999" in tree.find("a:entry[2]/a:content", atom).text
    assert feed.atom(loaded.library) == feed.atom(load_library(mini_root).library)


def test_a_damaged_file_of_changes_is_a_problem_with_its_line(mini_root: Path) -> None:
    (mini_root / "data" / "changes.yaml").write_text("- id: x\n  title: a\n", encoding="utf-8")
    problems = [str(problem) for problem in load_library(mini_root).problems]
    assert problems and all(problem.startswith("data/changes.yaml:1") for problem in problems)


def test_the_feed_of_the_real_library_follows_the_format() -> None:
    library = load_library(ROOT).library
    tree = ET.fromstring(feed.atom(library))
    atom = {"a": feed.ATOM}
    for node in [tree, *tree.findall("a:entry", atom)]:
        for tag in ("id", "title", "updated"):
            assert node.findtext(f"a:{tag}", namespaces=atom), f"RFC 4287 asks for {tag}"
    assert tree.find("a:author/a:name", atom).text


def test_a_commit_whose_vocabulary_breaks_a_rule_of_today_can_be_compared(run, mini_root: Path) -> None:
    edit(mini_root, "vocabulary", "hieu_luc: {label: còn hiệu lực}", "hieu_luc: {label: còn hiệu lực, thừa: null}")
    commit(mini_root, "one")
    edit(mini_root, "vocabulary", "hieu_luc: {label: còn hiệu lực, thừa: null}", "hieu_luc: {label: còn hiệu lực}")
    assert run("HEAD") == (0, "Không có gì thay đổi.\n", "")
