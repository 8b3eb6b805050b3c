"""Everything that people take away: tables, calendars and Word files, one list of files."""

from __future__ import annotations

from collections.abc import Iterator

from macros.exports import csv_tables, ics, tables, word, xlsx
from macros.model import Library


def files(library: Library) -> Iterator[tuple[str, str | bytes]]:
    """(path below the site, text or bytes) of every file under ``tai-ve/``."""
    everything = tuple(tables.tables(library))
    yield from csv_tables.files(everything)
    yield from xlsx.files(library, everything)
    yield from ics.files(library)
    yield from word.files(library)
