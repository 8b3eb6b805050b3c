"""Days to remember: anniversaries of events and treaties, deadlines and occasions, as plain values.

Anniversaries of treaties are never typed: they follow from the dates of signing and of entry
into force, and only where the source gives the day. Classes of anniversary years follow Nghị
định 145/2013/NĐ-CP, Điều 3: *năm tròn* ends in 0, *năm lẻ 5* ends in 5, every other is *năm khác*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from macros import printed
from macros.dates import PartialDate
from macros.model import Event, Library, Treaty

AnniversaryClass = Literal["nam_tron", "nam_le_5", "nam_khac"]
TREATY_DATES = ("signed", "entered_into_force")
"""The dates of a treaty whose anniversaries are computed."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One day (or ``day`` to ``last``) of one year on which something falls.

    ``kind`` is a term of the vocabulary ``event_kind``; ``field`` says which date of a treaty
    returns ("signed", "entered_into_force"), None for an event record. ``years`` is the number of
    years passed, None for what does not return. ``moved`` marks 29 February in a common year,
    shown on the 28th.
    """

    day: dt.date
    last: dt.date
    kind: str
    id: str
    field: str | None = None
    years: int | None = None
    first: PartialDate | None = None
    lines: tuple[str, ...] = ()
    moved: bool = False

    @property
    def rank(self) -> AnniversaryClass | None:
        """Class of the anniversary year, None where nothing is counted."""
        return anniversary_class(self.years) if self.years else None


def anniversary_class(years: int) -> AnniversaryClass:
    """The class of the ``years``-th anniversary after NĐ 145/2013/NĐ-CP, Điều 3."""
    if years < 1:
        raise ValueError(f"the first anniversary is number 1, not {years}")
    return {0: "nam_tron", 5: "nam_le_5"}.get(years % 10, "nam_khac")


def in_year(day: dt.date, year: int) -> tuple[dt.date, bool]:
    """``day`` in another year; 29 February falls on the 28th of a common year (second value True)."""
    try:
        return day.replace(year=year), False
    except ValueError:
        return dt.date(year, 2, 28), True


def of_treaty(treaty: Treaty, year: int) -> Iterator[Occasion]:
    """The treaty's days in ``year``: the day itself, later its anniversaries; none for dates without a day."""
    for field in TREATY_DATES:
        date = getattr(treaty, field).value
        day = date.as_day() if date else None
        if day is None or day.year > year or treaty.withdrawn is not None:
            continue
        when, moved = in_year(day, year)
        kind, years = ("anniversary", year - day.year) if day.year < year else ("occasion", None)
        yield Occasion(when, when, kind, treaty.id, field, years, date, treaty.lines, moved)


def of_event(event: Event, year: int) -> Iterator[Occasion]:
    """What one event brings in ``year``.

    A yearly event returns on its day, counted from its year; a yearly window (a week of the sea)
    returns uncounted, since its year need not be the first. Any other stands on its own date only.
    An event by the lunar calendar has no computed solar day, and a date without a day gets no
    entry: neither is guessed.
    """
    if event.calendar != "solar" or event.withdrawn is not None:
        return
    for date in event.dates.value or ():
        first = date.first().year
        if not _is_dated(date) or first > year or (first < year and not event.yearly):
            continue
        counted = event.yearly and date.end is None and first < year
        when, moved = in_year(date.first(), year)
        last, moved_too = in_year(date.last(), year + date.last().year - first)
        years = year - first if counted else None
        yield Occasion(when, last, event.kind, event.id, None, years, date, event.lines, moved or moved_too)


def _is_dated(date: PartialDate) -> bool:
    """True where both ends are days: a day, or a window between two days."""
    return bool(date.start.day) and (date.end is None or bool(date.end.day))


def of_record(record: Treaty | Event, year: int) -> Iterator[Occasion]:
    """What one record brings in ``year``."""
    return of_treaty(record, year) if isinstance(record, Treaty) else of_event(record, year)


def of_year(library: Library, year: int) -> tuple[Occasion, ...]:
    """Everything that falls into ``year``, by day, then id."""
    found: list[Occasion] = []
    for treaty in library.treaties:
        found += of_treaty(treaty, year)
    for event in library.events:
        found += of_event(event, year)
    return tuple(sorted(found, key=order))


def upcoming(library: Library, today: dt.date, limit: int | None = None) -> tuple[Occasion, ...]:
    """What comes on or after ``today``, within this year and the next two."""
    found = [
        item for year in range(today.year, today.year + 3) for item in of_year(library, year) if item.last >= today
    ]
    return tuple(sorted(found, key=order)[:limit])


def next_times(record: Treaty | Event, today: dt.date) -> tuple[Occasion, ...]:
    """When each date of a treaty, or an event, comes round next: on or after ``today``, this year or the next."""
    coming: dict[str | None, Occasion] = {}
    for year in (today.year, today.year + 1):
        for item in of_record(record, year):
            if item.last >= today:
                coming.setdefault(item.field, item)
    return tuple(sorted(coming.values(), key=order))


def without_a_day(treaty: Treaty) -> tuple[str, ...]:
    """The dates of a treaty of which a source gives the month or the year only: they have no anniversary."""
    values = {field: getattr(treaty, field).value for field in TREATY_DATES}
    return tuple(field for field, value in values.items() if value is not None and value.as_day() is None)


def nth_years(date: PartialDate, years: Iterable[int]) -> tuple[Occasion, ...]:
    """The anniversaries of one day in the given years (for the table on an event's page)."""
    day = date.as_day()
    if day is None:
        return ()
    items = ((year, *in_year(day, year)) for year in years if year > day.year)
    return tuple(
        Occasion(when, when, "anniversary", "", None, year - day.year, date, (), moved) for year, when, moved in items
    )


def when(item: Occasion) -> str:
    """The printed day, or first and last day: ``15/6/2026``, ``01/6/2026 – 08/6/2026``."""
    first = printed.date(PartialDate.of(item.day))
    return first if item.last == item.day else f"{first} – {printed.date(PartialDate.of(item.last))}"


WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def weekday(item: Occasion) -> str:
    """The day of the week, of both ends where there are two."""
    return " – ".join(WEEKDAYS[day.weekday()] for day in dict.fromkeys((item.day, item.last)))


def lead(item: Occasion) -> str:
    """The words before the record's name that say which of a treaty's dates returns; often empty."""
    return {"signed": "Ngày ký: ", "entered_into_force": "Ngày có hiệu lực: "}.get(item.field or "", "")


def count(library: Library, item: Occasion) -> str:
    """``30 năm · năm tròn``, or what it is where nothing is counted: ``hạn báo cáo``."""
    counted = item.years and f"{item.years} năm · {library.label('anniversary_class', item.rank or '')}"
    moved = " · năm không nhuận, không có ngày 29/02" if item.moved else ""
    return (counted or library.label("event_kind", item.kind)) + moved


def order(item: Occasion) -> tuple:
    """By day, then by what it is and whose."""
    return (item.day, item.last, item.kind, item.id, item.field or "")
