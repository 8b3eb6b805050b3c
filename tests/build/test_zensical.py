"""A second life: the tiny library built by Zensical is the site that MkDocs builds (docs/zensical.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.building import build
from scripts.cli.app import Settings
from scripts.commands import zensical
from scripts.devenv.console import Stop
from scripts.second_life import Compared, compare, contents
from tests.library import TODAY

PAGE = b'<html><body><a href="./b.html">B</a>\n  <p>ch\xe1\xbb\xaf</p></body></html>'


def test_ways_of_writing_are_no_difference_and_all_else_is() -> None:
    usual = {"a.html": PAGE, "b.html": PAGE, "assets/js/site.js": b"1"}
    made = {"a.html": PAGE.replace(b'"./b', b'"b').replace(b"\n  ", b""), "b.html": PAGE, "assets/js/site.js": b"1"}
    assert compare(made, usual).good and compare(made, usual).same == 2
    worse = {
        "a.html": b'<a href="c.html"><!--cot-moc:3-->',
        "assets/js/site.js": b"2",
    }
    found = compare(worse, usual)
    assert not found.good
    assert (found.missing, found.unfilled, found.other_files) == (("b.html",), ("a.html",), ("assets/js/site.js",))
    assert found.broken == ("a.html: liên kết hỏng c.html",) and found.different == ("a.html",)
    told = "\n".join(zensical.told(found))
    assert "Trang thiếu: 1: b.html." in told and "Liên kết hỏng: 1: a.html" in told


@pytest.mark.full
def test_without_material_the_site_is_the_same(mini_project: Path) -> None:
    """What docs/zensical.md says to do on the day: three lines of mkdocs.yml, and not a byte changes."""
    assert build(mini_project, mini_project / "one", TODAY, lambda line: None).good
    path = mini_project / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    theme = text[text.index("theme:") : text.index("exclude_docs:")]
    own = "custom_dir: docs/overrides, favicon: assets/img/favicon.svg"
    without = f"theme: {{name: null, {own}, static_templates: [404.html]}}\n"
    path.write_text(text.replace(theme, without), encoding="utf-8")
    assert build(mini_project, mini_project / "two", TODAY, lambda line: None).good
    assert contents(mini_project / "two") == contents(mini_project / "one")


@pytest.fixture(scope="module")
def program() -> str:
    """The pinned release; a skip, with its reason, where pip cannot bring it."""
    try:
        return zensical.find()
    except Stop as stop:
        pytest.skip(stop.what)


@pytest.mark.full
def test_zensical_makes_the_same_site(program: str, mini_project: Path, tmp_path: Path, browser) -> None:
    settings = Settings(root=mini_project, today=TODAY, debug=False)
    keep = tmp_path / "zensical"
    compared: Compared = zensical.build(settings, program, tmp_path / "aside", keep)
    assert compared.good, zensical.told(compared)
    assert compared.records > 5
    # The only difference known: frames around code (docs/zensical.md).
    assert set(compared.different) <= {"phat-hanh.html", "so-tay-bien-tap.html", "zensical.html"}, compared.different
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((keep / "site" / "tra-cuu.html").as_uri())
    found = page.evaluate("window.cotmoc.search('hiep uoc mau 1999')")
    assert found[0]["id"] == "hiep-uoc-mau-1999"
    page.goto((keep / "site" / found[0]["url"]).as_uri())
    assert "30/12/1999" in page.inner_text("main")
    assert page.evaluate("getComputedStyle(document.querySelector('.cm-header')).display") != ""
    assert all(url.startswith("file:") for url in asked)
    page.close()
