"""One A4 sheet of each treaty, line and topic, printed by a real browser in both sizes of type."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader


@pytest.fixture(scope="module")
def page(browser):
    made = browser.new_page()
    yield made
    made.close()


def printed(page, path, *classes: str) -> PdfReader:
    page.goto(path.as_uri())
    page.evaluate("names => document.documentElement.classList.add(...names)", list(classes))
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def too_long(page, paths) -> list[str]:
    """Names of the records whose sheet in either size of type is not exactly one A4 page."""
    bad = []
    for path in paths:
        for size in ((), ("print-14pt",)):
            pages = printed(page, path, "print-sheet", *size).pages
            if len(pages) != 1 or [round(float(side)) for side in pages[0].mediabox[2:]] != [595, 842]:
                bad.append((path.stem, *size))
    return bad


def records(site, folder: str):
    return [path for path in sorted((site / folder).glob("*.html")) if path.stem != "index"]


def test_every_treaty_and_line_fits_on_one_sheet(page, built_site):
    paths = records(built_site, "dieu-uoc") + records(built_site, "tuyen")
    assert len(paths) > 50
    assert too_long(page, paths) == []


@pytest.mark.full
def test_every_topic_fits_on_one_sheet(page, built_site):
    paths = records(built_site, "chu-de")
    assert len(paths) > 100
    assert too_long(page, paths) == []


def test_the_sheet_has_dates_sources_and_foot_and_nothing_else(page, built_site):
    path = built_site / "dieu-uoc" / "vn-kh-2019-supplementary-treaty.html"
    # Without spaces: the reader of the PDF sets them between letters and their marks.
    text = "".join(printed(page, path, "print-sheet").pages[0].extract_text().split())
    assert "05/10/2019" in text and "22/12/2020" in text and "[1]" in text
    assert "vn-kh-2019-supplementary-treaty" in text and "Dữliệuđếnngày" in text
    assert "Tríchdẫnđểchép" not in text and "Trongtrangnày" not in text
    whole = "".join(sheet.extract_text() for sheet in printed(page, path).pages)
    assert "Tríchdẫnđểchép" in "".join(whole.split())


def test_the_button_prints_the_sheet_alone_and_the_page_is_as_before(page, built_site):
    page.add_init_script("window.print = () => { window.sizeInPrint = document.documentElement.className; }")
    page.goto((built_site / "tuyen" / "vn-kh.html").as_uri())
    page.get_by_role("button", name="In một tờ A4, chữ cỡ 14").click()
    assert {"print-sheet", "print-14pt"} <= set(page.evaluate("window.sizeInPrint").split())
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "print-" not in page.evaluate("document.documentElement.className")
    page.get_by_role("button", name="In trang này").click()
    assert "print-sheet" not in page.evaluate("window.sizeInPrint")
    assert page.locator(".cm-sheet:visible").count() == 0
