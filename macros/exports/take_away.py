"""Everything that people take away: tables, calendars and Word files, one list of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from macros.exports import csv_tables, ics, tables, word, xlsx
from macros.model import Library

WORD_FILES_TOGETHER = 12

Made = Iterator[tuple[str, str | bytes]]


def files(library: Library) -> Made:
    """(path below the site, text or bytes) of every file under ``tai-ve/``."""
    for part in parts(library):
        yield from part()


def parts(library: Library) -> list[Callable[[], Made]]:
    """What makes the files, in parts that may be made side by side."""
    words = list(word.makers(library))
    groups = [words[n : n + WORD_FILES_TOGETHER] for n in range(0, len(words), WORD_FILES_TOGETHER)]
    return [
        partial(_tables, library),
        partial(ics.files, library),
        *(partial(_made, group) for group in groups),
    ]


def _tables(library: Library) -> Made:
    everything = tuple(tables.tables(library))
    yield from csv_tables.files(everything)
    yield from xlsx.files(library, everything)


def _made(group: Iterable[tuple[str, Callable[[], bytes]]]) -> Made:
    return ((path, make()) for path, make in group)
