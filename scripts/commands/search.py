"""`cotmoc search`: the search of the site on the command line, same results, same order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from scripts.cli.app import Settings

if TYPE_CHECKING:
    from macros.search import Answer, Hit

HELP = """Tra cứu trong thư viện, như ô tìm kiếm trên trang.

Gõ có dấu hay không dấu, chữ tắt, ngày, số văn bản, câu hỏi đều được.
"""


@click.command(help=HELP)
@click.argument("text", metavar="CÂU HỎI", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="In JSON: id, type, title, url, answer, score.")
@click.option("--limit", type=click.IntRange(1, 200), default=10, metavar="SỐ", help="Số kết quả nhiều nhất.")
@click.option("--loai", default="", metavar="LOẠI", help="Chỉ một loại: treaty, document, topic…")
@click.option("--tuyen", default="", metavar="MÃ", help="Chỉ một tuyến: vn-cn, vn-la, vn-kh, bien.")
@click.option("--nam", default="", metavar="NĂM", help="Chỉ bản ghi có ngày trong năm này.")
@click.pass_obj
def command(
    settings: Settings,
    text: tuple[str, ...],
    as_json: bool,
    limit: int,
    loai: str,
    tuyen: str,
    nam: str,
) -> int:
    from macros.search import Filters, index_for, read_pages, search
    from scripts.checking import examine

    library = examine(settings.root, settings.today).library
    if library is None:
        click.echo("Chưa đọc được dữ liệu; chạy “cotmoc check” để xem lỗi.", err=True)
        return 1
    index = index_for(library, read_pages(settings.root / "docs"))
    filters = Filters(type=loai, line=tuyen, year=nam)
    answer = search(index, " ".join(text), limit=limit, filters=filters)
    if as_json:
        found = [hit.data() for hit in answer.hits]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        click.echo(_printed(answer))
    return 0


def _printed(answer: Answer) -> str:
    read = f" Đã hiểu: {'; '.join(answer.understood)}." if answer.understood else ""
    if answer.hits:
        head = f"{answer.total} kết quả.{read}"
    else:
        asked = " Có phải bạn tìm:" if answer.suggestions else ""
        head = f"Không tìm thấy.{read}{asked}"
    return "\n".join([head, *(_row(hit) for hit in answer.hits or answer.suggestions)])


def _row(hit: Hit) -> str:
    row = hit.data()
    about = " · ".join(str(row[key]) for key in ("kind", "answer", "status") if row.get(key))
    lines = [f"- {row['title']}", f"  {about}", f"  {row['url']}"]
    lines += [f"  Dễ nhầm với {title}: {note}" for title, _, note in hit.alike]
    return "\n".join(lines)
