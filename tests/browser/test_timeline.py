"""The timelines page in a real browser: one is chosen, magnified, filtered; without scripts all stand."""

from __future__ import annotations

import pytest

PAGE = "dong-thoi-gian.html"


@pytest.fixture
def opened(browser, built_site):
    """Opens the page from its folder; a script error or an outside request fails the test."""
    contexts = []

    def open_page(anchor: str = "", **options):
        context = browser.new_context(viewport={"width": 1200, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("request", lambda r: page.wrong.append(r.url) if not r.url.startswith("file:") else None)
        page.goto(f"{(built_site / PAGE).as_uri()}{anchor}")
        return page

    yield open_page
    for context in contexts:
        assert all(page.wrong == [] for page in context.pages)
        context.close()


def shown(page) -> list[str]:
    """Numbers of the moments in the picture of the chosen timeline, and of those in its list."""
    script = """() => {
      const section = [...document.querySelectorAll('.cm-time-section')].filter(s => !s.hidden);
      const marks = section.flatMap(s => [...s.querySelectorAll('svg [data-moment]:not([display=none])')]);
      const items = section.flatMap(s => [...s.querySelectorAll('li[data-moment]')].filter(i => i.offsetParent));
      return [marks.map(m => m.dataset.moment), items.map(i => i.dataset.moment), section.length];
    }"""
    marks, items, sections = page.evaluate(script)
    assert marks == items, "the picture and the list say the same"
    assert sections == 1
    return items


def test_a_link_to_a_family_opens_its_timeline(opened) -> None:
    page = opened("#ho-vn-kh-1985-delimitation")
    assert page.get_by_label("Dòng thời gian", exact=True).input_value() == "ho-vn-kh-1985-delimitation"
    section = page.locator(".cm-time-section:visible")
    assert "2019" in section.locator("ol").inner_text()
    assert len(shown(page)) < 20


def test_filters_leave_out_the_same_in_picture_and_list(opened) -> None:
    page = opened()
    everything = len(shown(page))
    assert everything > 150
    page.get_by_label("Tuyến", exact=True).select_option("vn-kh")
    of_line = len(shown(page))
    assert 0 < of_line < everything
    page.get_by_label("Ký", exact=True).uncheck()
    assert 0 < len(shown(page)) < of_line
    page.get_by_label("Từ năm").fill("2015")
    assert shown(page)
    years = page.locator("li[data-moment]:visible").evaluate_all("items => items.map(i => Number(i.dataset.to))")
    assert min(years) >= 2015
    assert page.locator(".cm-time-tools__count").inner_text() == f"Hiện {len(years)} trong {everything} mốc"
    page.get_by_label("Từ năm").fill("2990")
    assert page.locator(".cm-time-tools__count").inner_text() == "Không có mốc nào khớp"


def test_the_picture_is_magnified(opened) -> None:
    page = opened()
    picture = page.locator(".cm-time-section:visible svg")
    before = picture.bounding_box()
    page.get_by_role("button", name="Phóng to hình").click()
    after = picture.bounding_box()
    assert after["width"] == pytest.approx(1.5 * before["width"], rel=0.02)
    assert after["height"] == pytest.approx(1.5 * before["height"], rel=0.02)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200


def test_without_scripts_every_timeline_stands(opened) -> None:
    page = opened(java_script_enabled=False)
    sections = page.locator(".cm-time-section")
    assert sections.count() == page.locator(".cm-time-choice a").count() > 8
    assert all(sections.nth(i).is_visible() for i in range(sections.count()))


def test_marks_lead_to_the_record_and_are_named(opened) -> None:
    page = opened("#tuyen-vn-kh")
    mark = page.locator(".cm-time-section:visible svg a").first
    assert mark.get_attribute("href") == page.locator(".cm-time-section:visible ol a").first.get_attribute("href")
    assert mark.locator("title").text_content().startswith("1. ")
