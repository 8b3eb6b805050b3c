"""The days of each year as a small script, which the calendar page loads when the year is chosen.

A page opened from a folder may not read files, but it may load scripts. Every day is computed
here, by the one set of rules (macros.occasions); the browser only shows what it is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from macros import occasions, references
from macros.model import Event, Library, Treaty
from macros.occasions import Occasion
from macros.urls import url_of

YEARS = range(2020, 2046)
"""The years that can be chosen."""

FOLDER = "lich"


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path, script) of every year: a call of ``cotmoc.calendarYear`` with the year and its days."""
    by_year: dict[int, list[tuple[tuple, str]]] = {year: [] for year in YEARS}
    for record in (*library.treaties, *library.events):
        for year, order, text in library.once(_days, record):
            by_year[year].append((order, text))
    for year, days in by_year.items():
        text = ",".join(text for _, text in sorted(days))
        yield f"{FOLDER}/{year}.js", f"cotmoc.calendarYear({year},[{text}]);\n"


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _days(library: Library, record: Treaty | Event) -> list[tuple[int, tuple, str]]:
    """(year, place in the order of the year, JSON text) of every day of one record in YEARS."""
    aloud = occasions.next_times(record, library.meta.data_as_of.first())
    name, url = references.name_of(library, record.id), url_of(library, record.id)
    return [
        (year, occasions.order(item), _ENCODER.encode(_day(library, item, name, url, item in aloud)))
        for year in YEARS
        for item in occasions.of_record(record, year)
    ]


def _day(library: Library, item: Occasion, name: str, url: str, aloud: bool) -> dict[str, object]:
    """What the page shows of one day, in words; ``day`` and ``to`` are ISO dates.

    ``loa`` is there where the record's page has a text for the loudspeaker for this very day.
    """
    return {
        "day": item.day.isoformat(),
        "to": item.last.isoformat(),
        "date": occasions.when(item),
        "lead": occasions.lead(item),
        "name": name,
        "url": url,
        "count": occasions.count(library, item),
        "kind": item.kind,
        "rank": item.rank or "",
        "lines": list(item.lines),
        **({"loa": 1} if aloud else {}),
    }
