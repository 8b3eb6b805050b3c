"""The script that `cotmoc serve` adds: reload after a build, banner after a bad edit."""

from __future__ import annotations

import pytest

from scripts import serve

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'self'">
</head><body><h1>{}</h1></body></html>"""


@pytest.fixture
def served(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(PAGE.format("một"), encoding="utf-8")
    live = serve.Live(first=1)
    server = serve.Server("127.0.0.1", 0, site, live)
    server.start()
    yield server, live, site / "index.html"
    server.stop()


def test_page_reloads_and_shows_problems_under_a_strict_policy(browser, served):
    server, live, index = served
    page = browser.new_page()
    page.set_default_timeout(30_000)
    errors = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(server.url)
    live.failed(("data/treaties.yaml:41 vn-cn-1999: <b>sai</b>; sửa",))
    banner = page.locator("#cotmoc-problems")
    banner.wait_for()
    assert "<b>sai</b>; sửa" in banner.inner_text()
    assert "1 lỗi" in banner.inner_text()
    index.write_text(PAGE.format("hai"), encoding="utf-8")
    live.built()
    page.get_by_role("heading", name="hai").wait_for()
    assert banner.count() == 0
    assert [text for text in errors if "favicon" not in text and "404" not in text] == []
    page.close()


def test_page_sent_before_a_build_reloads_when_it_connects_after_it(browser, served):
    server, live, index = served
    page = browser.new_page()
    page.set_default_timeout(30_000)

    def build_first(route):
        index.write_text(PAGE.format("hai"), encoding="utf-8")
        if live.state.version == 1:
            live.built()
        route.continue_()

    page.route(f"**{serve.EVENTS}", build_first)
    page.goto(server.url)
    page.get_by_role("heading", name="hai").wait_for()
    page.close()
