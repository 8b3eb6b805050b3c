"""Tables as CSV after RFC 4180: commas, UTF-8 with the mark by which Excel knows it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from macros.exports import names
from macros.exports.tables import Cell, Table

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def files(tables: Iterable[Table]) -> Iterator[tuple[str, str]]:
    """(path, text) of every table."""
    for table in tables:
        yield names.csv(table.name), text(table)


def text(table: Table) -> str:
    """The table with its labels in the first line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.label for column in table.columns])
    writer.writerows([safe(cell) for cell in row] for row in table.rows)
    return BOM + out.getvalue()


def safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection)."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
