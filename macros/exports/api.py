"""Open data: ``api/v1/*.json``, one file a kind of record and one with all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from macros.exports import plain
from macros.model import KINDS, Library

FOLDER = "api/v1"


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path, JSON text) of every file; the same library gives the same bytes."""
    everything = {}
    for kind in KINDS:
        records = [plain.record(library, item) for item in getattr(library, kind)]
        everything[kind] = records
        yield f"{FOLDER}/{kind}.json", _text({**_head(library), "count": len(records), "records": records})
    count = sum(len(records) for records in everything.values())
    yield f"{FOLDER}/all.json", _text({**_head(library), "count": count, "records": everything})


def _head(library: Library) -> dict[str, str]:
    # "generated" is the day of the data, not of the build: two builds of one commit are equal.
    as_of = library.meta.data_as_of.iso()
    return {"generated": as_of, "version": library.meta.version, "data_as_of": as_of}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
