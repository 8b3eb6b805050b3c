"""`cotmoc build`: check, build aside, swap in."""

from __future__ import annotations

from pathlib import Path

import click

from scripts.cli.app import Settings
from scripts.devenv.console import say

HELP = """Kiểm tra rồi dựng trang vào site/.

Dựng ở một thư mục riêng, xong mới thay; có lỗi thì bản cũ được giữ nguyên.
"""


@click.command(help=HELP)
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="THƯ MỤC",
    help="Thư mục kết quả (mặc định: site/ trong thư viện).",
)
@click.pass_obj
def command(settings: Settings, site_dir: Path | None) -> int:
    from scripts import building

    site = (site_dir or settings.root / "site").absolute()
    outcome = building.build(settings.root, site, settings.today, report=say)
    if outcome.good:
        say(building.summary(outcome, site))
        return 0
    for problem in outcome.problems:
        say(problem)
    say(f"Không dựng được: có {len(outcome.problems)} lỗi. Bản trước (nếu có) được giữ nguyên.")
    return 1
