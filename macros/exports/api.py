"""Open data: ``api/v1/*.json``, one file a kind of record and one with all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from macros.exports import plain
from macros.model import KINDS, Library, Record

FOLDER = "api/v1"


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path, JSON text) of every file; the same library gives the same bytes."""
    return assembled(library, lambda record: record_text(library, record))


def record_text(library: Library, record: Record) -> str:
    """JSON text of one record."""
    return json.dumps(plain.record(library, record), ensure_ascii=False, indent=1)


def assembled(library: Library, text_of: Callable[[Record], str]) -> Iterator[tuple[str, str]]:
    """The files, from the texts of their records.

    A record stands in two files, so its text is made once and moved in: in JSON a line end is
    always between values, never inside one.
    """
    everything, total = [], 0
    for kind in KINDS:
        texts = [text_of(record) for record in getattr(library, kind)]
        everything.append(f' "{kind}": {_indented(_list(texts))}')
        total += len(texts)
        yield f"{FOLDER}/{kind}.json", _file(library, len(texts), _list(texts))
    yield f"{FOLDER}/all.json", _file(library, total, "{\n" + ",\n".join(everything) + "\n}")


def _list(texts: list[str]) -> str:
    return "[\n" + ",\n".join(" " + _indented(text) for text in texts) + "\n]" if texts else "[]"


def _indented(text: str) -> str:
    return text.replace("\n", "\n ")


def _file(library: Library, count: int, records: str) -> str:
    # "generated" is the day of the data, not of the build: two builds of one commit are equal.
    as_of = library.meta.data_as_of.iso()
    head = {"generated": as_of, "version": library.meta.version, "data_as_of": as_of, "count": count}
    begin = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{begin},\n "records": {_indented(records)}\n}}\n'
