"""On a phone the answer comes first: state in the first screen, long parts folded but never lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

WIDTH, HEIGHT = 360, 740


@pytest.fixture
def open_page(browser, built_site: Path) -> Iterator[object]:
    contexts = []

    def opened(path: str, width: int = WIDTH, **options):
        context = browser.new_context(viewport={"width": width, "height": HEIGHT}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{built_site.as_uri()}/{path}")
        page.evaluate("document.fonts.ready")
        return page

    yield opened
    for context in contexts:
        context.close()


def bottom(locator) -> float:
    box = locator.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("path", ["vn-kh-2019-supplementary-treaty", "vn-cn-1999-land-border-treaty", "unclos-1982"])
def test_a_treatys_status_and_first_date_stand_in_the_first_screen(open_page, path) -> None:
    page = open_page(f"dieu-uoc/{path}.html")
    assert bottom(page.locator(".cm-card__status .cm-status")) <= HEIGHT
    label = page.locator(".cm-dates__label").first.bounding_box()
    value = page.locator(".cm-dates__value").first.bounding_box()
    assert label["x"] + label["width"] <= value["x"] and abs(label["y"] - value["y"]) < 20  # side by side
    assert value["height"] < 45  # the date is not broken over two lines


@pytest.mark.parametrize("line", ["vn-cn", "vn-la", "vn-kh", "bien"])
def test_a_lines_state_stands_in_the_first_screen_and_the_page_is_not_endless(open_page, line) -> None:
    page = open_page(f"tuyen/{line}.html")
    steps = page.locator(".cm-steps > li")
    assert bottom(steps.nth(2)) <= HEIGHT
    assert steps.count() == page.locator(".cm-table--steps tbody tr").count()
    assert page.evaluate("document.documentElement.scrollHeight") < 13000  # was 25,000 to 28,000 unfolded
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_long_sections_stand_open_on_a_desk_and_without_scripts(open_page) -> None:
    closed = "details[data-cm-narrow]:not([open])"
    assert open_page("tuyen/vn-kh.html").locator(closed).count() > 5
    assert open_page("tuyen/vn-kh.html", 1366).locator(closed).count() == 0
    assert open_page("tuyen/vn-kh.html", java_script_enabled=False).locator(closed).count() == 0


def test_an_address_unfolds_what_it_points_at(open_page) -> None:
    page = open_page("tuyen/vn-kh.html#vn-kh-36-nam")
    figure = page.locator("#vn-kh-36-nam")
    assert figure.is_visible()
    page.wait_for_function(  # scrolling is smooth
        "() => Math.abs(document.getElementById('vn-kh-36-nam').getBoundingClientRect().y - 150) < 150"
    )
    page.locator(".cm-toc summary").click()
    page.locator(".cm-toc a[href='#dong-thoi-gian']").click()
    assert page.locator(".cm-timeline li").first.is_visible()


def test_paper_gets_every_folded_part(open_page, tmp_path) -> None:
    page = open_page("tuyen/vn-kh.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open]):not(.cm-report):not(.cm-source)").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[data-cm-narrow]:not([open])").count() > 5


def test_sources_are_on_paper_without_scripts_or_a_line_says_they_are_not(open_page) -> None:
    page = open_page("dieu-uoc/unclos-1982.html", 1366, java_script_enabled=False)
    page.emulate_media(media="print")
    cdp = page.context.new_cdp_session(page)
    known = cdp.send("Runtime.evaluate", {"expression": "CSS.supports('selector(::details-content)')"})
    if known["result"]["value"]:
        assert page.locator(".cm-dates .cm-source > ul").first.is_visible()
    else:
        said = cdp.send(
            "Runtime.evaluate",
            {"expression": "getComputedStyle(document.querySelector('.cm-article'), '::before').content"},
        )
        assert "Nguồn" in said["result"]["value"]


def test_filters_fold_behind_one_line_and_say_how_many_are_set(open_page) -> None:
    page = open_page("dieu-uoc/index.html")
    rows = page.locator("#bang-dieu-uoc tbody tr:visible")
    assert rows.first.bounding_box()["y"] < HEIGHT
    assert not page.locator(".cm-filters").is_visible()
    assert not page.get_by_role("button", name="Bỏ lọc").is_visible()
    page.locator(".cm-choose summary").click()
    page.get_by_label("Tuyến", exact=True).select_option("vn-la")
    assert "đang lọc 1 mục" in page.locator(".cm-choose summary").inner_text()
    assert 0 < rows.count() < 53
    page.get_by_role("button", name="Bỏ lọc").click()
    assert rows.count() >= 53
    assert open_page("dieu-uoc/index.html", 1366).locator(".cm-filters").is_visible()


def test_a_very_long_table_shows_its_first_rows_and_searches_all(open_page) -> None:
    page = open_page("yeu-cau.html", 1366)
    rows = page.locator("#bang-yeu-cau tbody tr:visible")
    total = page.locator("#bang-yeu-cau tbody tr").count()
    assert rows.count() == 40 < total
    last = page.locator("#bang-yeu-cau tbody tr").last
    page.locator(".cm-filters input").fill(last.locator("td").nth(1).text_content()[:60])
    assert last.is_visible()
    page.locator(".cm-filters input").fill("")
    page.get_by_role("button", name=f"Hiện cả {total} dòng").click()
    assert rows.count() == total


def test_a_long_table_is_whole_on_paper_and_without_scripts(open_page) -> None:
    page = open_page("yeu-cau.html")
    total = page.locator("#bang-yeu-cau tbody tr").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#bang-yeu-cau tbody tr:not([hidden])").count() == total
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#bang-yeu-cau tbody tr:not([hidden])").count() == 40
    plain = open_page("yeu-cau.html", java_script_enabled=False)
    assert plain.locator("#bang-yeu-cau tbody tr:not([hidden])").count() == total


@pytest.mark.parametrize("width, shape", [(360, "tall"), (1366, "wide")])
def test_relations_are_drawn_to_the_width_of_the_screen(open_page, width, shape) -> None:
    page = open_page("dieu-uoc/vn-kh-2019-supplementary-treaty.html", width)
    shown = page.locator(".cm-relations__picture:visible")
    assert shown.count() == 1
    assert f"cm-relations__picture--{shape}" in shown.get_attribute("class")
    assert shown.evaluate("e => e.scrollWidth <= e.clientWidth + 1") or shape == "wide"
