"""`cotmoc check`: every problem of the data, in one run, or after every edit."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scripts.cli.app import VIETNAM, Settings, today
from scripts.devenv.console import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scripts.checking import Examined
    from scripts.commands.serve import Changes

HELP = """Kiểm tra dữ liệu.

In mọi lỗi trong một lần, theo thứ tự tệp và dòng: tệp:dòng bản ghi: sai gì; sửa thế nào.
"""


@click.command(help=HELP)
@click.option("--watch", is_flag=True, help="Kiểm tra lại mỗi khi tệp trong data/ được lưu; Ctrl+C để dừng.")
@click.pass_obj
def command(settings: Settings, watch: bool) -> int:
    from scripts.checking import examine

    if watch:
        return _watch(settings)
    return 1 if show(examine(settings.root, settings.today)) else 0


def show(examined: Examined, before: str = "") -> int:
    """Print every problem, then one line; gives the number of problems."""
    for problem in examined.problems:
        click.echo(str(problem))
    if examined.problems:
        say(f"{before}Có {len(examined.problems)} lỗi trong dữ liệu.")
    else:
        say(f"{before}Dữ liệu tốt: {sum(1 for _ in examined.library.records())} bản ghi, không có lỗi.")
    return len(examined.problems)


def _watch(settings: Settings) -> int:
    from scripts.commands.serve import watched

    try:
        follow(settings.root, watched(settings.root, ("data",)))
    except KeyboardInterrupt:
        say("Đã dừng.")
    return 0


def follow(root: Path, batches: Iterable[Changes]) -> None:
    """Check now, and again after every batch in which a data file changed, until interrupted."""
    from scripts.checking import Examiner, only_records
    from scripts.commands.serve import edited

    examiner = Examiner(today(os.environ))
    _show_anew(examiner.examine(root))
    for batch in batches:
        names = {name for name in edited(batch) if name.suffix == ".yaml"}
        if not names:
            continue
        if not only_records(root, names) or examiner.today != today(os.environ):
            examiner = Examiner(today(os.environ))
        _show_anew(examiner.examine(root))


def _show_anew(examined: Examined) -> None:
    # Does nothing where the output is not a terminal.
    click.clear()
    show(examined, f"{datetime.now(VIETNAM):%H:%M:%S} ")
