"""scripts/building.py: a build is whole or leaves the last good site alone."""

from __future__ import annotations

import errno
import logging
import re
import time
from datetime import date

import pytest

from macros.frame import Frame
from macros.holes import Holes
from macros.model import Place, Problem
from scripts import building, swap
from scripts.checking import Examined
from scripts.devenv.console import Stop
from scripts.rendering import Rendered

TODAY = date(2026, 9, 2)
MKDOCS = """\
site_name: Nhỏ
use_directory_urls: false
theme: {name: mkdocs}
plugins: []
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A tiny MkDocs project whose data is taken for good; the records are tested elsewhere."""
    root = tmp_path / "Cột mốc số 1"
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (root / "docs" / "index.md").write_text("# Chào\n\nbản đầu\n", encoding="utf-8")
    monkeypatch.setattr(building, "read", lambda *a: Examined(object(), ()))
    monkeypatch.setattr(building.Parts, "checks", lambda *a: [])
    monkeypatch.setattr(building.Parts, "early", lambda *a: [])
    monkeypatch.setattr(building.Parts, "later", lambda *a: [])
    return root


def build(root, lines=None):
    report = [].append if lines is None else lines.append
    return building.build(root, root / "site", TODAY, report)


def names(root):
    return sorted(path.name for path in root.iterdir() if path.name.startswith("site"))


def test_good_build_is_counted_and_swapped_in(project):
    lines = []
    outcome = build(project, lines)
    assert outcome.good and outcome.pages == len(list((project / "site").rglob("*.html")))
    assert "bản đầu" in (project / "site" / "index.html").read_text(encoding="utf-8")
    assert names(project) == ["site"]
    assert any("dựng trang" in line for line in lines)
    assert re.fullmatch(
        r"Đã dựng \d+ trang trong \d+,\d giây vào site/\.",
        building.summary(outcome, project / "site"),
    )


def test_second_build_replaces_the_first_wholly(project):
    (project / "docs" / "gone.md").write_text("# Sẽ xóa\n", encoding="utf-8")
    build(project)
    (project / "docs" / "gone.md").unlink()
    assert build(project).good
    assert not (project / "site" / "gone.html").exists()


def test_problems_of_the_data_stop_before_mkdocs(project, monkeypatch):
    build(project)
    monkeypatch.setattr(building, "read", lambda *a: Examined(None, ("a.yaml:1: x; y",)))
    monkeypatch.setattr(building, "_make", None)
    assert build(project).problems == ("a.yaml:1: x; y",)
    assert "bản đầu" in (project / "site" / "index.html").read_text(encoding="utf-8")
    assert names(project) == ["site"]


PROBLEM = Problem(Place("data/x.yaml", 3), "x", "sai", "sửa")


@pytest.mark.parametrize("mkdocs", ["goes well", "complains", "breaks"])
def test_what_a_check_says_comes_before_all_else(project, monkeypatch, mkdocs):
    """Records that do not agree may break any page; whatever it does, the editor is told of the records."""
    build(project)
    monkeypatch.setattr(building.Parts, "checks", lambda *a: [list, lambda: [PROBLEM]])

    def render_frame(root, folder):
        if mkdocs == "breaks":
            raise KeyError("x")
        if mkdocs == "goes well":
            return Rendered((), Frame({}, Holes()))
        return Rendered(("mkdocs: x",))

    monkeypatch.setattr(building, "render_frame", render_frame)
    assert build(project).problems == ("data/x.yaml:3 x: sai; sửa",)
    assert "bản đầu" in (project / "site" / "index.html").read_text(encoding="utf-8")
    assert names(project) == ["site"]


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("docs/index.md", "[x](khong-co.md)\n", "khong-co.md"),
        ("mkdocs.yml", MKDOCS + "theme_typo: 1\n", "theme_typo"),
        ("mkdocs.yml", MKDOCS.replace("[]", "[khong-co]"), "khong-co"),
        ("mkdocs.yml", "site_name: [\n", "mkdocs"),
    ],
)
def test_every_warning_of_mkdocs_is_a_problem(project, file, text, words):
    build(project)
    (project / file).write_text(text, encoding="utf-8")
    outcome = build(project)
    assert not outcome.good
    assert any(words in problem for problem in outcome.problems)
    assert "bản đầu" in (project / "site" / "index.html").read_text(encoding="utf-8")
    assert names(project) == ["site"]


def test_exit_of_a_plugin_is_a_problem(project, monkeypatch):
    """mkdocs-macros ends a build with exit(), which would end `serve` as well."""
    import mkdocs.commands.build

    def leave(config):
        logging.getLogger("mkdocs.plugins.macros").error("lỗi macro")
        raise SystemExit(100)

    monkeypatch.setattr(mkdocs.commands.build, "build", leave)
    assert build(project).problems == ("mkdocs: lỗi macro",)


def test_full_disk_leaves_the_last_good_site(project, monkeypatch):
    build(project)

    def full(*args):
        swap.next_site(project / "site").mkdir()
        raise OSError(errno.ENOSPC, "full", str(project / "site-next" / "x.html"))

    monkeypatch.setattr(building, "render_frame", full)
    with pytest.raises(Stop, match="đã đầy"):
        build(project)
    assert "bản đầu" in (project / "site" / "index.html").read_text(encoding="utf-8")
    assert names(project) == ["site"]


def test_site_of_a_killed_build_is_put_back_first(project, monkeypatch):
    build(project)
    site = project / "site"
    site.rename(swap.previous_site(site))
    monkeypatch.setattr(building, "read", lambda *a: Examined(None, ("lỗi",)))
    assert not build(project).good
    assert "bản đầu" in (site / "index.html").read_text(encoding="utf-8")


def test_progress_tells_pages_and_seconds(project, monkeypatch):
    monkeypatch.setattr(building, "PROGRESS_SECONDS", 0.01)
    monkeypatch.setattr(building.Parts, "early", lambda *a: [lambda: time.sleep(0.3) or ()])
    lines = []
    build(project, lines)
    assert any(re.fullmatch(r"  \d+ trang, \d+ tệp khác, \d+,\d giây", line) for line in lines)


def test_site_elsewhere_leaves_the_project_as_it_was(project, tmp_path):
    """So a library on a read-only disc can be built, too."""
    before = sorted(project.rglob("*"))
    assert building.build(project, tmp_path / "ra" / "site", TODAY, print).good
    assert sorted(project.rglob("*")) == before
