"""`cotmoc export`: write what is made from the records, outside the site."""

from __future__ import annotations

from pathlib import Path

import click

from scripts.cli.app import Settings
from scripts.devenv.console import say

HELP = """Ghi ra tệp những gì làm từ dữ liệu.

schema: lược đồ JSON cho trình soạn thảo (data/schema/). api: dữ liệu mở (mặc định vào thư mục dist/api/).
tai-ve: bảng Excel, CSV, tệp Word và tệp lịch (mặc định vào thư mục dist/tai-ve/).
"""


@click.command(help=HELP)
@click.argument("what", type=click.Choice(["schema", "api", "tai-ve"]))
@click.option("--to", type=click.Path(path_type=Path), help="Thư mục ghi ra.")
@click.pass_obj
def command(settings: Settings, what: str, to: Path | None) -> int:
    from macros import schema
    from macros.exports import api, take_away
    from scripts.checking import examine

    examined = examine(settings.root, settings.today)
    if examined.library is None or (what != "schema" and examined.problems):
        for problem in examined.problems:
            click.echo(str(problem), err=True)
        return 1
    if what == "schema":
        files = schema.files(examined.library.vocabulary)
    else:
        files = api.files(examined.library) if what == "api" else take_away.files(examined.library)
    target = to or (settings.root if what == "schema" else settings.root / "dist")
    count = 0
    for name, content in files:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        count += 1
    say(f"Đã ghi {count} tệp vào {target}.")
    return 0
