"""Open data: ``api/v1/*.json``, one file a kind of record and one with all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.exports import plain
from macros.model import KINDS, Library, Record

FOLDER = "api/v1"


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path, JSON text) of every file; the same library gives the same bytes."""
    return assembled(library, lambda record: record_text(library, record))


def record_text(library: Library, record: Record) -> str:
    """JSON text of one record."""
    return plain.json_text(plain.record(library, record))


def assembled(library: Library, text_of: Callable[[Record], str]) -> Iterator[tuple[str, str]]:
    """The files, from the texts of their records.

    A record stands in two files, so its text is made once and moved in: in JSON a line end is
    always between values, never inside one.
    """
    everything, total = [], 0
    for kind in KINDS:
        texts = [text_of(record) for record in getattr(library, kind)]
        everything.append(f'\n  "{kind}": {_list(texts, 2)}')
        total += len(texts)
        yield f"{FOLDER}/{kind}.json", _file(library, len(texts), _list(texts, 1))
    yield f"{FOLDER}/all.json", _file(library, total, "{" + ",".join(everything) + "\n }")


def _list(texts: list[str], depth: int) -> str:
    """The texts as a list inside so many others."""
    margin = "\n" + " " * depth
    inner = margin + " "
    moved = ("," + inner).join([text.replace("\n", inner) for text in texts])
    return f"[{inner}{moved}{margin}]" if texts else "[]"


def _file(library: Library, count: int, records: str) -> str:
    # "generated" is the day of the data, not of the build: two builds of one commit are equal.
    as_of = library.meta.data_as_of.iso()
    head = {"generated": as_of, "version": library.meta.version, "data_as_of": as_of, "count": count}
    return f'{plain.json_text(head).removesuffix(chr(10) + "}")},\n "records": {records}\n}}\n'
