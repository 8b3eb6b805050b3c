"""`cotmoc check`: every problem of the data, in one run."""

from __future__ import annotations

import click

from scripts.cli.app import Settings
from scripts.devenv.console import say

HELP = """Kiểm tra dữ liệu.

In mọi lỗi trong một lần, theo thứ tự tệp và dòng: tệp:dòng bản ghi: sai gì; sửa thế nào.
"""


@click.command(help=HELP)
@click.pass_obj
def command(settings: Settings) -> int:
    from scripts.checking import examine

    examined = examine(settings.root, settings.today)
    for problem in examined.problems:
        click.echo(str(problem))
    if examined.problems:
        say(f"Có {len(examined.problems)} lỗi trong dữ liệu.")
        return 1
    say(f"Dữ liệu tốt: {sum(1 for _ in examined.library.records())} bản ghi, không có lỗi.")
    return 0
