"""Hostile text in every text field: refused by the checks, and harmless on the page all the same."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from html.parser import HTMLParser

import pytest

from macros import making
from macros.checks import check
from macros.load import load_library
from scripts.rendering import render_frame
from tests import pages, probes
from tests.library import TODAY, copy_mini, edit, problems


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


def test_the_probes_reach_every_kind_of_record(mini):
    _, places = probes.poisoned(mini, "x")
    reached = Counter(mini.kind_of[record_id] for record_id, _ in places)
    filled = {"treaties", "borders", "topics", "documents", "events", "agencies", "glossary", "sources"}
    assert filled <= reached.keys()
    fields = {path[-1] for _, path in places}
    assert {"title", "short_title", "text", "locator", "says", "resolution", "stated_by", "remark", "value"} <= fields
    assert len(places) > 100


@pytest.mark.parametrize("text", [*probes.REFUSED.values(), probes.CONTROL], ids=[*probes.REFUSED, "control"])
def test_the_checks_refuse_it_in_every_text(mini, text):
    bad, places = probes.poisoned(mini, text)
    where = {bad.where(record_id, *path) for record_id, path in places}
    said = {
        problem.place
        for problem in check(bad, TODAY)
        if problem.check in ("text_holds_no_markup", "text_is_clean_unicode")
    }
    assert where - said == set()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//192.0.2.1/x", "https://a b", "file:///etc/passwd", "vbscript:x"],
)
def test_an_address_is_of_the_web_or_refused(tmp_path, url):
    root = copy_mini(tmp_path)
    text = (root / "data" / "sources.yaml").read_text(encoding="utf-8")
    real = re.search(r"url: (\S+)", text)[1]
    edit(root, "sources", f"url: {real}", f'url: "{url}"')
    assert any("url" in str(problem) for problem in problems(root)), url


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, and every address."""

    def __init__(self):
        super().__init__()
        self.elements = Counter()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        self.elements[tag, tuple(sorted(name for name, _ in attrs))] += 1
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def shape(path):
    found = Shape()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def built(project, out, library):
    rendered = render_frame(project, out)
    assert rendered.problems == ()
    making.write(library, rendered.of(library), out)
    return out


@pytest.fixture(scope="module")
def project(tmp_path_factory, real_root):
    root = copy_mini(tmp_path_factory.mktemp("du-an"))
    for name in ("docs", "macros"):
        shutil.copytree(real_root / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "hooks.py"):
        shutil.copy(real_root / name, root / name)
    return root


@pytest.fixture(scope="module")
def sites(project, tmp_path_factory):
    """The tiny library as it is, and with all probes in every text, both built without any check."""
    library = load_library(project).library
    folder = tmp_path_factory.mktemp("ra")
    bad, _ = probes.poisoned(library, " ".join(probes.all_probes()))
    return built(project, folder / "sach", library), built(project, folder / "doc", bad)


def test_a_poisoned_page_has_the_elements_of_a_clean_one(sites):
    clean, bad = sites
    names = sorted(path.relative_to(clean).as_posix() for path in clean.rglob("*.html"))
    assert names == sorted(path.relative_to(bad).as_posix() for path in bad.rglob("*.html"))
    assert len(names) > 20
    poisoned_pages = 0
    for name in names:
        one, two = shape(clean / name), shape(bad / name)
        poisoned_pages += "window.pwned" in (bad / name).read_text(encoding="utf-8")
        foreign = {tag for tag, _ in two.elements} - {tag for tag, _ in one.elements}
        assert foreign == set(), name
        attributes = {a for _, names in two.elements for a in names} - {a for _, names in one.elements for a in names}
        assert attributes == set(), name
        assert [a for a in two.addresses if re.match(r"\s*(javascript|data|vbscript)", a, re.IGNORECASE)] == [], name
        assert [a for a in two.addresses if "192.0.2.1" in a] == [], name
    assert poisoned_pages > 15


def test_the_comparison_can_see(tmp_path):
    (tmp_path / "x.html").write_text('<p onclick="x"><a href="javascript:x">', encoding="utf-8")
    found = shape(tmp_path / "x.html")
    assert found.elements == {("p", ("onclick",)): 1, ("a", ("href",)): 1}
    assert found.addresses == ["javascript:x"]


def test_a_poisoned_data_file_stays_data(sites):
    _, bad = sites
    for path in bad.rglob("*.json"):
        assert json.loads(path.read_bytes()) is not None
    for path in (bad / "assets").rglob("*.js"):
        assert "</script" not in path.read_text(encoding="utf-8"), path.name


def test_nothing_runs_in_the_browser(sites, browser):
    _, bad = sites
    with pages.watched(browser, bad.as_uri() + "/") as reader:
        for name in pages.page_types(bad):
            page = reader.open(name)
            page.hover("main h1")
            assert page.evaluate("window.pwned") is None, name
        page = reader.open("tra-cuu.html?q=pwned")
        page.wait_for_timeout(500)
        page = reader.open("tra-cuu.html?q=hiep+uoc+mau+%3Cimg+src%3Dx+onerror%3Dwindow.pwned%3D1%3E")
        page.locator("main a[href*='dieu-uoc/']").first.wait_for()
        page.locator("main a[href*='dieu-uoc/']").first.hover()
        assert page.evaluate("window.pwned") is None
        assert page.locator("main img[src=x]").count() == 0
    assert reader.outside == []
    assert [line for line in reader.failures if "ERR_FILE_NOT_FOUND" not in line] == []
