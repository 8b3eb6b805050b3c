"""The calendar page in a real browser, against the rules in Python."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from macros import occasions, references
from macros.load import load_library

PAGE = "lich.html"


@pytest.fixture(scope="module")
def library(real_root):
    return load_library(real_root).library


@pytest.fixture
def opened(browser, built_site):
    """Opens the page from its folder on a given day; a script error or outside request fails the test."""
    contexts = []

    def open_page(anchor: str = "", today: str = "2031-03-01T09:00:00", **options):
        context = browser.new_context(viewport={"width": 1000, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("request", lambda r: page.wrong.append(r.url) if not r.url.startswith("file:") else None)
        if options.get("java_script_enabled", True):
            page.clock.set_fixed_time(today)
        page.goto(f"{(built_site / PAGE).as_uri()}{anchor}")
        return page

    yield open_page
    for context in contexts:
        assert all(page.wrong == [] for page in context.pages)
        context.close()


def dated(item) -> str:
    return f"{occasions.when(item)} {occasions.weekday(item)}"


def expected(library, year: int, keep=lambda item: True) -> list[tuple[str, str]]:
    return [
        (dated(item), occasions.lead(item) + references.name_of(library, item.id))
        for item in occasions.of_year(library, year)
        if keep(item)
    ]


def shown(page) -> list[tuple[str, str]]:
    page.wait_for_selector(".cm-lich__shown h2")
    return page.eval_on_selector_all(
        ".cm-lich__shown .cm-next > li",
        """items => items.map(i => {
          const words = i.querySelector('div');
          return [i.firstChild.textContent, words.firstChild.textContent + words.querySelector('a').textContent];
        })""",
    )


def pairs(items) -> list[list[str]]:
    return [list(item) for item in items]


@pytest.mark.parametrize("year", [2020, 2026, 2045])
def test_any_year_shows_what_the_rules_give(opened, library, year):
    page = opened(f"#nam-{year}")
    assert sorted(shown(page)) == sorted(pairs(expected(library, year)))
    assert page.get_by_label("Năm", exact=True).input_value() == str(year)
    assert page.locator(".cm-time-tools__count").inner_text() == f"Năm {year}: {len(expected(library, year))} mục"


def test_filters_by_line_and_class(opened, library):
    page = opened("#nam-2029")
    page.get_by_label("Tuyến", exact=True).select_option("vn-kh")
    page.get_by_label("Loại năm kỷ niệm").select_option("nam_tron")
    wanted = expected(library, 2029, lambda item: "vn-kh" in item.lines and item.rank == "nam_tron")
    assert wanted and sorted(shown(page)) == sorted(pairs(wanted))


def test_the_month_view_marks_days_and_today(opened, library):
    page = opened("#nam-2026-thang-11", today="2026-11-22T09:00:00")
    cells = page.locator(".cm-month td[data-day]")
    assert cells.count() == 30
    assert page.locator(".cm-month td[aria-current=date]").get_attribute("data-day") == "2026-11-22"
    marked = page.eval_on_selector_all(".cm-month__full", "cells => cells.map(c => c.dataset.day)")
    days = {item.day.isoformat() for item in occasions.of_year(library, 2026) if item.day.month == 11}
    assert set(marked) == days
    # 1 November 2026 is a Sunday: the last column of the first row.
    assert page.locator(".cm-month tbody tr").first.locator("td").last.get_attribute("data-day") == "2026-11-01"
    assert dt.date(2026, 11, 1).weekday() == 6


def test_what_is_next_counts_from_the_readers_day(opened, library):
    page = opened(today="2031-12-20T09:00:00")
    page.wait_for_selector(".cm-lich__shown h2")
    first = occasions.upcoming(library, dt.date(2031, 12, 20), 6)
    dates = page.locator("#cm-lich-next .cm-next__date").all_text_contents()
    assert dates == [dated(item) for item in first]


def test_the_text_to_read_aloud_is_one_press_away(opened, library):
    page = opened("#nam-2027", today="2026-11-22T09:00:00")
    page.wait_for_selector(".cm-lich__shown h2")
    addresses = page.locator(".cm-lich__shown a[href$='#doc-loa']").evaluate_all("links => links.map(l => l.href)")
    today = library.meta.data_as_of.first()
    records = (*library.treaties, *library.events)
    coming = [day for record in records for day in occasions.next_times(record, today) if day.day.year == 2027]
    assert len(addresses) == len(coming)
    page.locator(".cm-lich__shown a[href*='dieu-uoc/'][href$='#doc-loa']").first.click()
    page.locator("#doc-loa + details > summary").click()
    assert page.get_by_role("button", name="Chép bản đọc loa").first.is_visible()


def test_the_file_of_a_year_is_offered_only_where_it_exists(opened, built_site):
    page = opened("#nam-2027")
    link = page.get_by_role("link", name="Tải tệp lịch (.ics)")
    assert (built_site / link.get_attribute("href")).is_file()
    page.get_by_label("Năm", exact=True).select_option("2040")
    assert not link.is_visible()
    for address in page.locator("a[href$='.ics']").evaluate_all("links => links.map(l => l.getAttribute('href'))"):
        assert (built_site / address).is_file() or address.endswith("lich-2040.ics")


def test_without_scripts_this_year_and_the_next_stand(opened, library):
    page = opened(java_script_enabled=False)
    year = library.meta.data_as_of.year
    items = page.locator("#cm-lich-static .cm-next > li")
    assert items.count() == len(expected(library, year)) + len(expected(library, year + 1))
    assert items.first.is_visible()


def test_a_year_prints_on_few_a4_sheets(opened):
    page = opened("#nam-2027")
    page.wait_for_selector(".cm-lich__shown h2")
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert 3 <= len(pages) <= 6
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
