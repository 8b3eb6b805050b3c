"""Tables as Excel workbooks: one for each kind with its parts, and one with everything.

Every text is written as text: nothing that somebody typed can become a formula or a link.
"""

from __future__ import annotations

import io
import math
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
        _heighten(sheet, row, (name, value), (34, 80))
        sheet.write_string(row, 0, name, styles["free"])
        sheet.write_string(row, 1, value, styles["free"])
    _on_paper(sheet, 34 + 80, heading=False)


def _sheet(book: xlsxwriter.Workbook, styles: dict[str, Any], table: Table) -> None:
    sheet = book.add_worksheet(table.name)
    widths = [_width(column, [row[number] for row in table.rows]) for number, column in enumerate(table.columns)]
    for number, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, column.label, styles["head"])
    _heighten(sheet, 0, [column.label for column in table.columns], widths)
    for number, row in enumerate(table.rows, 1):
        _heighten(sheet, number, row, widths)
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell, styles["plain"])
            else:
                sheet.write_number(number, place, cell, styles["plain"])
    # The name of the record stays in sight.
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    _on_paper(sheet, sum(widths))


LINE, TALLEST = 15.75, 409.0
"""Height of a line of 12 points and the most that a row may have, in points."""


def _heighten(sheet: Any, number: int, cells: Iterable[Any], widths: Iterable[int]) -> None:
    """Room for what wraps: Excel makes it by itself, LibreOffice lays the lines over each other."""
    lines = max(
        sum(max(1, math.ceil(len(line) / width)) for line in str(cell).split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
    if lines > 1:
        sheet.set_row(number, min(TALLEST, lines * LINE))


ACROSS = 240
"""Characters that can still be read when a sheet is shrunk to the width of A4 across (about half size)."""


def _on_paper(sheet: Any, width: int, *, heading: bool = True) -> None:
    """A4 across, headings on each page; as wide as one page where that can still be read."""
    sheet.set_paper(9)
    sheet.set_landscape()
    if heading:
        sheet.repeat_rows(0)
    sheet.set_footer("&L&A&RTrang &P/&N")
    if width <= ACROSS:
        sheet.fit_to_pages(1, 0)


def _width(column: Column, cells: list[Any]) -> int:
    longest = max((len(str(cell)) for cell in cells), default=0)
    return min(WIDEST, max(NARROWEST, len(column.label) // 2 + 2, longest // 2 if longest > 40 else longest + 2))


def _dictionary(book: xlsxwriter.Workbook, styles: dict[str, Any], sheets: list[Table]) -> None:
    sheet = book.add_worksheet("Từ điển cột")
    widths = (18, 34, 28, 70, 60)
    for place, (name, width) in enumerate(zip(("Bảng", "Cột", "Mã cột", "Nghĩa", "Nhận"), widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, styles["head"])
    entries = [
        (table.name, column.label, column.key, column.meaning, "; ".join(column.terms))
        for table in sheets
        for column in table.columns
    ]
    for row, entry in enumerate(entries, 1):
        _heighten(sheet, row, entry, widths)
        for place, text in enumerate(entry):
            sheet.write_string(row, place, text, styles["plain"])
    sheet.freeze_panes(1, 0)
    _on_paper(sheet, sum(widths))
