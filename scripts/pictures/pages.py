"""Pictures of real pages of the tiny library, as an editor sees them while `cotmoc serve` runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from scripts.devenv.browser import MISSING, REMEDY, find_browser
from scripts.devenv.console import Stop, say
from scripts.pictures import scenes

TREATY = "dieu-uoc/hiep-uoc-mau-1999.html"
WIDTH = 900
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--font-render-hinting=none"]


def pictures(root: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """(file name, PNG): the corrected treaty, the page of corrections, the page with an error. Raises Stop."""
    from playwright.sync_api import sync_playwright

    from scripts.serve import Live, Server
    from scripts.session import Session

    program = find_browser()
    if program is None:
        raise Stop(MISSING, REMEDY)
    stage = _project(root, folder)
    scenes.correct(stage)
    session = Session(folder, folder / "site", report=say)
    live = Live(first=1)
    _built(session)
    server = Server("127.0.0.1", 0, folder / "site", live)
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=ARGS)
            page = browser.new_page(viewport={"width": WIDTH, "height": 520}, reduced_motion="reduce")
            page.clock.set_fixed_time(f"{scenes.TODAY}T09:00:00")
            page.goto(server.url + TREATY)
            yield "trang-ba-ngay.png", _upper_part(page, ".cm-card", 378)
            yield "trang-nguon-khac.png", page.locator(".cm-discrepancy").first.screenshot()
            page.goto(server.url + "dinh-chinh.html")
            yield "trang-dinh-chinh.png", page.locator(".cm-correction").screenshot()
            stage.edit(scenes.TREATIES, "level: nha_nuoc", "level: nha_nuocs")
            outcome = session.build(date.fromisoformat(scenes.TODAY), [str(folder / scenes.TREATIES)])
            page.goto(server.url + TREATY)
            live.failed(outcome.problems)
            page.locator("#cotmoc-problems").wait_for()
            yield "trang-bao-loi.png", page.screenshot()
            browser.close()
    finally:
        server.stop()


def _upper_part(page, selector: str, height: int) -> bytes:
    """The first so many pixels of an element."""
    box = page.locator(selector).first.bounding_box()
    return page.screenshot(full_page=True, clip={**box, "height": height})


def _project(root: Path, folder: Path) -> scenes.Stage:
    for name in ("docs", "macros"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "hooks.py"):
        shutil.copy(root / name, folder / name)
    return scenes.Stage(root, folder)


def _built(session) -> None:
    outcome = session.build(date.fromisoformat(scenes.TODAY))
    if not outcome.good:
        raise Stop("Không dựng được thư viện mẫu: " + outcome.problems[0], "chạy kiểm thử tests/build.")
