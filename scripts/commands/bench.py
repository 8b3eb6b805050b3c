"""`cotmoc bench`: measure search and builds beside others and write the reports' pages."""

from __future__ import annotations

import os
from pathlib import Path

import click

from scripts.cli.app import Settings
from scripts.devenv import browser as browser_finder
from scripts.devenv.console import Stop, say

HELP = """Đo thư viện.

search: đo ô tìm kiếm cạnh các công cụ khác, ghi docs/do-luong-tim-kiem.md. Mất vài phút.
build: đo kiểm tra và dựng trang ở 300 tới 10.000 bản ghi, ghi docs/do-luong-dung-trang.md. Mất nửa giờ trở lên.
Không chọn thì đo cả hai.
"""


@click.command(help=HELP)
@click.argument("what", metavar="[search|build]", type=click.Choice(["search", "build"]), required=False)
@click.option("--quick", is_flag=True, help="Đo nhanh ở cỡ nhỏ nhất, không ghi tệp.")
@click.pass_obj
def command(settings: Settings, what: str | None, quick: bool) -> int:
    if what != "build":
        _search(settings, quick)
    if what != "search":
        _build(settings, quick)
    return 0


def _search(settings: Settings, quick: bool) -> None:
    from playwright.sync_api import sync_playwright

    from bench.search.run import SIZES, run
    from scripts.checking import examine

    library = examine(settings.root, settings.today).library
    path = browser_finder.find_browser()
    if library is None or path is None:
        raise Stop("Chưa đo được.", "chạy “cotmoc check” và cài Chromium.", code=1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        sizes = SIZES[:1] if quick else SIZES
        text = run(library, settings.root, browser, settings.today, say, sizes)
        browser.close()
    _give(settings.root, {"docs/do-luong-tim-kiem.md": text}, quick)


def _build(settings: Settings, quick: bool) -> None:
    from bench.build import report, run
    from bench.search.run import machine
    from macros.dates import PartialDate

    loads = [os.getloadavg()[0]] if hasattr(os, "getloadavg") else []
    rows = []
    for row in run.measure_all(say, run.SIZES[:1] if quick else run.SIZES, 1 if quick else run.TIMES):
        rows.append(row)
        # Half an hour's work is not to be lost with the last size.
        _give(settings.root, {"bench/build/results.json": run.saved(rows)}, quick)
    if loads:
        loads.append(os.getloadavg()[0])
    facts = {"day": PartialDate.of(settings.today).official(), "machine": machine(), "load": report.busy(loads)}
    files = {
        "docs/do-luong-dung-trang.md": report.report(rows, facts),
        "docs/assets/img/do-luong-dung-trang.svg": report.plot(rows),
    }
    _give(settings.root, files, quick)


def _give(root: Path, files: dict[str, str], quick: bool) -> None:
    """Write the files, or print the pages."""
    for name, text in files.items():
        if quick:
            click.echo(text) if name.endswith(".md") else None
        else:
            (root / name).write_text(text, encoding="utf-8", newline="\n")
            say(f"Đã ghi {name}.")
