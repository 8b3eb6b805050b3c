"""The query set, read: what is typed, how, and which record must come first."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("queries.yaml")


@dataclass(frozen=True, slots=True)
class Query:
    """``first`` are the ids of which one must come first; empty: nothing may be found."""

    form: str
    text: str
    first: tuple[str, ...]


def load_queries() -> tuple[Query, ...]:
    """All queries in the order of the file."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found = []
    for form, entries in data.items():
        if form == "nothing":
            found += [Query(form, text, ()) for text in entries]
            continue
        for ids, texts in entries.items():
            first = tuple(part.strip() for part in ids.split("|"))
            typed = (unicodedata.normalize("NFD", t) if form == "nfd" else t for t in texts)
            found += [Query(form, text, first) for text in typed]
    return tuple(found)
