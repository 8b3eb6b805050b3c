"""The main job in a real browser: an officer finds when a treaty was signed, and its source."""

from __future__ import annotations

from pathlib import Path

import pytest

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
TREATY = "dieu-uoc/vn-kh-2019-supplementary-treaty.html"


@pytest.fixture
def open_page(browser, built_site: Path):
    """Open a page of the built site from its folder; outside requests and script errors fail the test."""
    contexts = []

    def opened(path: str, viewport=DESK):
        context = browser.new_context(viewport=viewport, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("request", lambda r: page.wrong.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
        page.goto(f"{built_site.as_uri()}/{path}")
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            assert page.wrong == []
        context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_home_leads_to_a_treaty_by_its_doors(open_page, viewport) -> None:
    page = open_page("index.html", viewport)
    assert page.get_by_role("searchbox").first.is_visible() or page.get_by_role("combobox").first.is_visible()
    page.locator(".cm-doors a").first.click()
    page.wait_for_url("**/dieu-uoc/index.html")
    page.locator("tbody a[href$='/vn-cn-1999-land-border-treaty.html']").first.click()
    assert "30/12/1999" in page.locator(".cm-dates").inner_text()


def test_the_card_unfolds_the_source_of_a_date(open_page) -> None:
    page = open_page(TREATY)
    dates = page.locator(".cm-dates > li")
    assert "05/10/2019" in dates.nth(0).inner_text()
    assert "22/12/2020" in dates.nth(2).inner_text()
    chip = dates.nth(0).locator("details").first
    body = chip.locator(":scope > :not(summary)").first
    assert not body.is_visible()
    chip.locator("summary").click()
    assert body.is_visible()
    assert "mục" in chip.inner_text().lower() or "nội dung bài" in chip.inner_text().lower()


def test_the_card_warns_of_its_look_alike(open_page) -> None:
    page = open_page(TREATY)
    assert "2005" in page.locator(".cm-lookalike").first.inner_text()


def test_the_line_page_is_a_status_page(open_page) -> None:
    text = open_page("tuyen/vn-kh.html").locator("main").inner_text()
    for expected in ("84%", "100%", "16%", "1.258 km", "1.245", "1.137"):
        assert expected in text


def test_the_list_filters_by_line_and_by_words_without_marks(open_page) -> None:
    page = open_page("dieu-uoc/index.html")
    rows = page.locator("table.cm-table tbody tr:visible")
    everything = rows.count()
    assert everything >= 50
    filters = page.locator(".cm-filters")
    filters.locator("input").first.fill("phan gioi cam moc")
    page.wait_for_function(
        "n => document.querySelectorAll('table.cm-table tbody tr:not([hidden])').length < n", arg=everything
    )
    found = rows.count()
    assert 1 <= found < everything
    assert all("cắm mốc" in text.lower() for text in rows.all_inner_texts())


def test_tables_stand_without_scripts(browser, built_site) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{built_site.as_uri()}/dieu-uoc/index.html")
    assert page.locator("table.cm-table tbody tr").count() >= 50
    assert "30/12/1999" in page.locator("table.cm-table").first.inner_text()
    context.close()
