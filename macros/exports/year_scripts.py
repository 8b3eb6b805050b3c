"""The days of each year as a small script, which the calendar page loads when the year is chosen.

A page opened from a folder may not read files, but it may load scripts. Every day is computed
here, by the one set of rules (macros.occasions); the browser only shows what it is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from macros import occasions, references
from macros.model import Library
from macros.occasions import Occasion
from macros.urls import url_of

YEARS = range(2020, 2046)
"""The years that can be chosen."""

FOLDER = "lich"


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path, script) of every year: a call of ``cotmoc.calendarYear`` with the year and its days."""
    today = library.meta.data_as_of.first()
    records = (*library.treaties, *library.events)
    aloud = {day for record in records for day in occasions.next_times(record, today)}
    for year in YEARS:
        days = [_day(library, item, item in aloud) for item in occasions.of_year(library, year)]
        text = json.dumps(days, ensure_ascii=False, separators=(",", ":"))
        yield f"{FOLDER}/{year}.js", f"cotmoc.calendarYear({year},{text});\n"


def _day(library: Library, item: Occasion, aloud: bool) -> dict[str, object]:
    """What the page shows of one day, in words; ``day`` and ``to`` are ISO dates.

    ``loa`` is there where the record's page has a text for the loudspeaker for this very day.
    """
    return {
        "day": item.day.isoformat(),
        "to": item.last.isoformat(),
        "date": occasions.when(item),
        "lead": occasions.lead(item),
        "name": references.name_of(library, item.id),
        "url": url_of(library, item.id),
        "count": occasions.count(library, item),
        "kind": item.kind,
        "rank": item.rank or "",
        "lines": list(item.lines),
        **({"loa": 1} if aloud else {}),
    }
