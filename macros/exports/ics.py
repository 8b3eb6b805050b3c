"""Calendar files (RFC 5545): one a year, one a line, one a topic; all-day events with stable ids.

A subscribed or imported calendar knows an event by its UID. It is made of the record's permanent
id and the year, never of the date, so that a corrected date moves the entry instead of adding a
second one. Only days that a source gives come in: a month, a year or a lunar day gets no entry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from macros import occasions, printed, references
from macros.dates import PartialDate
from macros.exports import names
from macros.model import Library
from macros.occasions import Occasion
from macros.views import Views

if TYPE_CHECKING:
    from icalendar import Alarm, Event

DOMAIN = "cot-moc"
REMIND_DAYS = {"deadline": 7}
"""Kinds of occasion with a reminder, and how many days before."""


def years(library: Library) -> range:
    """The years of the calendar files: the one before the data's, that one, and three more."""
    now = library.meta.data_as_of.year
    return range(now - 1, now + 4)


def files(library: Library) -> Iterator[tuple[str, bytes]]:
    """(path, calendar) of each year, then of each line and topic that has a day."""
    span = years(library)
    by_year = {year: occasions.of_year(library, year) for year in span}
    everything = [item for year in span for item in by_year[year]]
    # Most days stand in three files and more; folding their lines is what takes the time.
    made = {item: _event(library, item).to_ical() for item in everything}
    for year in span:
        yield names.calendar(year), _joined(library, f"Cột Mốc {year}", (made[item] for item in by_year[year]))
    for of, title, items in groups(library, everything):
        yield names.calendar(of), _joined(library, f"Cột Mốc: {title}", (made[item] for item in items))


def groups(library: Library, items: Iterable[Occasion]) -> Iterator[tuple[str, str, list[Occasion]]]:
    """(id, name, occasions) of each line and each topic, in the order of the files; empty ones are left out."""
    topics_of = Views(library).topics_of
    found: dict[str, list[Occasion]] = {}
    for item in items:
        for any_id in (*item.lines, *topics_of.get(item.id, ())):
            found.setdefault(any_id, []).append(item)
    named = [(border.id, border.short_name) for border in library.borders]
    named += [(topic.id, topic.title) for topic in library.topics]
    yield from ((any_id, name, found[any_id]) for any_id, name in named if any_id in found)


def calendar(library: Library, title: str, items: Iterable[Occasion]) -> bytes:
    """The occasions as an iCalendar file. ``items`` of several years may stand together."""
    return _joined(library, title, (_event(library, item).to_ical() for item in items))


def _joined(library: Library, title: str, events: Iterable[bytes]) -> bytes:
    from icalendar import Calendar  # slow to import, and pages only ask which files there are

    made = Calendar()
    made.add("prodid", f"-//{library.meta.name}//{library.meta.version}//VI")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    head, end, _ = made.to_ical().partition(b"END:VCALENDAR")
    return b"".join([head, *events, end, b"\r\n"])


def uid(library: Library, item: Occasion) -> str:
    """``vn-cn-1999-land-border-treaty.signed.2026@cot-moc``; parts count an event's days from the second on."""
    parts = [item.id]
    if item.field:
        parts.append(item.field)
    else:
        # An event of several days (a battle of 2 and 5 August) has an entry for each.
        place = library.by_id[item.id].dates.value.index(item.first)
        parts += [str(place + 1)] if place else []
    return ".".join([*parts, str(item.day.year)]) + f"@{DOMAIN}"


def _event(library: Library, item: Occasion) -> Event:
    from icalendar import Event

    made = Event()
    made.add("uid", uid(library, item))
    made.add("dtstamp", dt.datetime.combine(library.meta.data_as_of.first(), dt.time(), dt.UTC))
    # A client takes a changed entry for newer only when its number grows.
    made.add("sequence", len(library.by_id[item.id].corrections))
    made.add("dtstart", item.day)
    # The end of an all-day event is the first day that no longer belongs to it.
    made.add("dtend", item.last + dt.timedelta(days=1))
    made.add("summary", summary(library, item))
    made.add("description", description(library, item))
    made.add("transp", "TRANSPARENT")
    made.add("categories", [library.label("event_kind", item.kind)])
    if item.kind in REMIND_DAYS:
        made.add_component(_alarm(summary(library, item), REMIND_DAYS[item.kind]))
    return made


def _alarm(text: str, days: int) -> Alarm:
    from icalendar import Alarm

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", text)
    made.add("trigger", -dt.timedelta(days=days))
    return made


def summary(library: Library, item: Occasion) -> str:
    """``27 năm ngày ký Hiệp ước … (năm khác)``; the record's name alone where no years are counted."""
    name = references.name_of(library, item.id)
    word = {"signed": "ngày ký ", "entered_into_force": "ngày có hiệu lực của "}.get(item.field or "", "")
    if not item.years:
        lead = f"Hạn: {name}" if item.kind == "deadline" else f"{word}{name}"
        return printed.capitalised(lead)
    return f"{item.years} năm {word}{name} ({library.label('anniversary_class', item.rank or '')})"


def description(library: Library, item: Occasion) -> str:
    """The day of old, who has to do it, what to mind, and where it can be looked up."""
    record = library.by_id[item.id]
    lines = [f"Ngày gốc: {printed.date(item.first)}." if item.years and item.first else ""]
    if getattr(record, "who", None):
        lines.append(f"Ai thực hiện: {references.plain(library, record.who)}.")
    if item.moved:
        lines.append("Năm không nhuận, không có ngày 29/02; ghi vào ngày 28/02.")
    fact = getattr(record, item.field or "dates")
    if fact.note:
        lines.append(f"Ghi chú: {references.plain(library, fact.note)}")
    sources = "; ".join(f"{references.source_name(library, s.source)}, {s.locator}" for s in fact.sources)
    lines.append(f"Nguồn: {sources or printed.UNKNOWN}.")
    as_of = printed.date(PartialDate.of(library.meta.data_as_of.first()))
    lines.append(f"Mã bản ghi: {item.id} ({library.meta.name} {library.meta.version}, dữ liệu đến {as_of}).")
    return "\n".join(line for line in lines if line)
