"""Questions and talking points in a real browser, from the folder: narrowing, unfolding, copying."""

from __future__ import annotations

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
