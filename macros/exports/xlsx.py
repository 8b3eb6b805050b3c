"""Tables as Excel workbooks: one for each kind with its parts, and one with everything.

Every text is written as text: nothing that somebody typed can become a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import xlsxwriter

from macros import printed
from macros.exports import names
from macros.exports.archive import midnight, settled
from macros.exports.tables import Column, Table, of_kind
from macros.model import KINDS, Library

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
WIDEST, NARROWEST = 60, 10
"""Widths of columns in characters."""


def files(library: Library, tables: tuple[Table, ...]) -> Iterator[tuple[str, bytes]]:
    """(path, workbook) of every kind and of the whole library, from all its tables."""
    for kind in KINDS:
        yield names.workbook(names.TABLE_OF[kind]), workbook(library, of_kind(library, tables, kind))
    yield names.WHOLE_WORKBOOK, workbook(library, tables)


def workbook(library: Library, sheets: Iterable[Table]) -> bytes:
    """The tables as sheets, after one that says what the file is, and before the dictionary of columns."""
    sheets = list(sheets)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    meta = library.meta
    book.set_properties(
        {"title": meta.name, "author": meta.publisher, "created": midnight(meta.data_as_of.first()), "comments": ""}
    )
    styles = _styles(book)
    _about(book, styles, library, sheets)
    for table in sheets:
        _sheet(book, styles, table)
    _dictionary(book, styles, sheets)
    book.close()
    return settled(out.getvalue(), meta.data_as_of.first())


def _styles(book: xlsxwriter.Workbook) -> dict[str, Any]:
    return {
        "plain": book.add_format({**FONT, "text_wrap": True, "border": 1, "border_color": "#999999"}),
        "head": book.add_format({**FONT, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#E1EFEA"}),
        "title": book.add_format({**FONT, "bold": True, "font_size": 14}),
        "free": book.add_format({**FONT, "text_wrap": True}),
    }


def _about(book: xlsxwriter.Workbook, styles: dict[str, Any], library: Library, sheets: list[Table]) -> None:
    sheet = book.add_worksheet("Đọc trước")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    meta = library.meta
    sheet.write_string(0, 0, f"{meta.name} – {meta.tagline}", styles["title"])
    lines = [
        ("Phiên bản", meta.version),
        ("Dữ liệu đến ngày", printed.date(meta.data_as_of)),
        ("Xem lại trước ngày", printed.date(meta.review_by)),
        ("Người biên soạn", meta.publisher),
        ("Giấy phép dữ liệu", meta.data_licence),
        (
            "Cách đọc",
            f"“{printed.UNKNOWN}” nghĩa là chưa tìm được căn cứ; ô trống nghĩa là thư viện không ghi mục đó. Ngày viết "
            "theo Nghị định 30/2020/NĐ-CP; cột (ISO) viết năm-tháng-ngày để sắp xếp.",
        ),
        *((table.title, f"{len(table.rows)} dòng") for table in sheets),
    ]
    for row, (name, value) in enumerate(lines, 2):
        sheet.write_string(row, 0, name, styles["free"])
        sheet.write_string(row, 1, value, styles["free"])


def _sheet(book: xlsxwriter.Workbook, styles: dict[str, Any], table: Table) -> None:
    sheet = book.add_worksheet(table.name)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, _width(column, [row[number] for row in table.rows]))
        sheet.write_string(0, number, column.label, styles["head"])
    for number, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell, styles["plain"])
            else:
                sheet.write_number(number, place, cell, styles["plain"])
    # The name of the record stays in sight; A4 across, as wide as one page, headings on each.
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RTrang &P/&N")


def _width(column: Column, cells: list[Any]) -> int:
    longest = max((len(str(cell)) for cell in cells), default=0)
    return min(WIDEST, max(NARROWEST, len(column.label) // 2 + 2, longest // 2 if longest > 40 else longest + 2))


def _dictionary(book: xlsxwriter.Workbook, styles: dict[str, Any], sheets: list[Table]) -> None:
    sheet = book.add_worksheet("Từ điển cột")
    for place, (name, width) in enumerate((("Bảng", 18), ("Cột", 34), ("Mã cột", 28), ("Nghĩa", 70), ("Nhận", 60))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, styles["head"])
    entries = [
        (table.name, column.label, column.key, column.meaning, "; ".join(column.terms))
        for table in sheets
        for column in table.columns
    ]
    for row, entry in enumerate(entries, 1):
        for place, text in enumerate(entry):
            sheet.write_string(row, place, text, styles["plain"])
    sheet.freeze_panes(1, 0)
