"""`cotmoc bench search`: measure the search beside others and write the report's page."""

from __future__ import annotations

import click

from scripts.cli.app import Settings
from scripts.devenv import browser as browser_finder
from scripts.devenv.console import Stop, say

HELP = """Đo thư viện.

search: đo ô tìm kiếm cạnh các công cụ khác, ghi docs/do-luong-tim-kiem.md. Mất vài phút.
"""


@click.command(help=HELP)
@click.argument("what", metavar="search", type=click.Choice(["search"]))
@click.option("--quick", is_flag=True, help="Chỉ đo số bản ghi thật, không ghi tệp.")
@click.pass_obj
def command(settings: Settings, what: str, quick: bool) -> int:
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
    if quick:
        click.echo(text)
    else:
        target = settings.root / "docs" / "do-luong-tim-kiem.md"
        target.write_text(text, encoding="utf-8", newline="\n")
        say(f"Đã ghi {target.relative_to(settings.root)}.")
    return 0
