"""`cotmoc export`: write what is made from the records, outside the site."""

from __future__ import annotations

from pathlib import Path

import click

from scripts.cli.app import Settings
from scripts.devenv.console import say

HELP = """Ghi ra tệp những gì làm từ dữ liệu.

schema: lược đồ JSON cho trình soạn thảo (data/schema/). api: dữ liệu mở (mặc định vào thư mục dist/api/).
"""


@click.command(help=HELP)
@click.argument("what", type=click.Choice(["schema", "api"]))
@click.option("--to", type=click.Path(path_type=Path), help="Thư mục ghi ra.")
@click.pass_obj
def command(settings: Settings, what: str, to: Path | None) -> int:
    from macros import schema
    from macros.exports import api
    from scripts.checking import examine

    examined = examine(settings.root, settings.today)
    if examined.library is None or (what == "api" and examined.problems):
        for problem in examined.problems:
            click.echo(str(problem), err=True)
        return 1
    files = schema.files(examined.library.vocabulary) if what == "schema" else api.files(examined.library)
    target = to or (settings.root if what == "schema" else settings.root / "dist")
    count = 0
    for name, text in files:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        count += 1
    say(f"Đã ghi {count} tệp vào {target}.")
    return 0
