"""Questions and talking points in a real browser, from the folder: narrowing, unfolding, copying."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


@pytest.fixture
def page(browser, built_site: Path):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.at = lambda path: page.goto(f"{built_site.as_uri()}/{path}")
    yield page
    assert page.wrong == []
    context.close()


def test_the_box_narrows_the_questions_without_marks(page) -> None:
    page.at("hoi-dap.html")
    items = page.locator("[data-cm-item]")
    everything = items.count()
    page.get_by_role("searchbox", name="Tìm trong câu hỏi").fill("quyen tai phan")
    visible = page.locator("[data-cm-item]:visible")
    assert 0 < visible.count() < everything
    assert "Quyền tài phán là gì?" in visible.first.inner_text()
    assert page.locator("[data-cm-group]:visible").count() < page.locator("[data-cm-group]").count()
    assert f"Hiện {visible.count()} trong {everything} mục" in page.locator(".cm-filters__count").inner_text()


PHONE = {"width": 360, "height": 740}


@pytest.mark.parametrize(("path", "most"), [("hoi-dap.html", 6500), ("thuat-ngu.html", 4000)])
def test_on_a_phone_the_list_is_short_and_what_is_typed_opens(page, path, most) -> None:
    page.set_viewport_size(PHONE)
    page.at(path)
    assert page.evaluate("document.documentElement.scrollHeight") < most  # was 58,000 and 36,000 unfolded
    assert page.locator("[data-cm-item]:visible").count() == 0
    box = page.locator("[data-cm-filter-list] input[type=search]")
    box.fill("the vang")
    found = page.locator("[data-cm-item]:visible")
    assert 0 < found.count() < page.locator("[data-cm-item]").count()
    assert "thẻ vàng" in found.first.text_content().lower()
    box.fill("")
    assert page.locator("[data-cm-item]:visible").count() == 0


def test_the_few_questions_found_are_open(page) -> None:
    page.set_viewport_size(PHONE)
    page.at("hoi-dap.html")
    page.locator("[data-cm-filter-list] input").fill("the vang")
    found = page.locator("[data-cm-item]:visible")
    assert 0 < found.count() <= 3
    assert found.first.locator(".cm-qa__label").first.is_visible()


@pytest.mark.parametrize(("path", "target"), [("hoi-dap.html", "h-bao-tin-gia"), ("thuat-ngu.html", "tn-iuu")])
def test_an_address_opens_what_it_points_at(page, path, target) -> None:
    page.set_viewport_size(PHONE)
    page.at(f"{path}#{target}")
    assert page.locator(f"#{target} .cm-source").first.is_visible()
    page.locator(".cm-letters a").first.click()
    assert page.locator("[data-cm-group]").first.locator("[data-cm-item]").first.is_visible()


@pytest.mark.parametrize("path", ["hoi-dap.html", "thuat-ngu.html"])
def test_everything_stands_without_scripts_and_on_paper(browser, built_site, page, path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    plain = context.new_page()
    plain.goto(f"{built_site.as_uri()}/{path}")
    items = plain.locator("[data-cm-item]")
    assert items.last.is_visible() and items.count() > 60
    assert plain.locator("details[data-cm-narrow]:not([open])").count() == 0
    context.close()
    page.set_viewport_size(PHONE)
    page.at(path)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open]):not(.cm-report):not(.cm-source)").count() == 0


def test_paper_names_no_empty_sources_and_keeps_the_text_that_was_opened(page) -> None:
    page.at("chu-de/bien-gioi-vn-cn-van-kien.html")
    page.locator("#y-vn-cn-ba-van-kien").get_by_text("Chép và đọc loa").click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    marks = page.locator(".cm-print-refs").all_text_contents()
    assert marks and all(re.fullmatch(r"Nguồn:( \[\d+\])+", mark) for mark in marks)
    assert page.locator(".cm-loa:visible").count() == page.locator("#y-vn-cn-ba-van-kien .cm-loa").count() > 0
    page.at("dieu-uoc/vn-cn-1999-land-border-treaty.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.get_by_text("kể từ ngày ký").first.is_visible()


def test_a_link_to_a_hidden_question_shows_it(page) -> None:
    page.at("hoi-dap.html")
    page.get_by_role("searchbox", name="Tìm trong câu hỏi").fill("quyen tai phan")
    page.evaluate("location.hash = '#h-bao-tin-gia'")
    page.locator("#h-bao-tin-gia").wait_for(state="visible")


def test_the_loudspeaker_text_is_copied_as_it_is_shown(page) -> None:
    """By selection, the way of older browsers: what is selected at that moment can be seen by the test."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.at("chu-de/bien-gioi-vn-cn-van-kien.html")
    point = page.locator("#y-vn-cn-ba-van-kien")
    point.get_by_text("Chép và đọc loa").click()
    box = point.locator(".cm-loa .cm-copy").first
    shown = box.locator(".cm-copy__text").inner_text()
    assert "ngày mười tám tháng mười một năm hai nghìn không trăm linh chín" in shown
    page.evaluate("document.addEventListener('copy', () => { window.taken = document.activeElement.value; })")
    box.get_by_role("button").click()
    page.get_by_text("Đã chép").first.wait_for()
    assert page.evaluate("window.taken").strip() == shown.strip()
