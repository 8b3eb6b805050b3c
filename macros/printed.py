"""The printed form of values: numbers, dates, statuses and the fields of records, in Vietnamese.

One place decides how a value looks, so that a page, a Word file and a talking point agree.
"""

from __future__ import annotations

import re

from macros.dates import DateError, PartialDate
from macros.model import (
    Agency,
    Border,
    Document,
    Event,
    Fact,
    Figure,
    Library,
    Question,
    Record,
    Source,
    Statement,
    TalkingPoint,
    Term,
    Topic,
    Treaty,
)

UNKNOWN = "chưa có nguồn"
_WRITTEN_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?|\d{4}(-\d{2}){0,2}/\d{4}(-\d{2}){0,2}")

KIND_TITLE = {
    "treaties": "Điều ước",
    "borders": "Tuyến biên giới",
    "topics": "Chủ đề",
    "documents": "Văn bản",
    "events": "Ngày và sự kiện",
    "agencies": "Cơ quan",
    "glossary": "Thuật ngữ",
    "sources": "Nguồn",
    "figures": "Số liệu",
    "sets": "Bộ văn kiện",
    "talking_points": "Ý chính",
    "questions": "Hỏi – đáp",
}
"""What readers call each kind, in lists and breadcrumbs."""


def number(value: int | float) -> str:
    """Vietnamese notation: a dot between thousands, a comma before decimals (``1.449,566``)."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.15g}"
    if "e" in text:
        text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def figure(item: Figure) -> str:
    """``khoảng 1.258 km``, ``84%``; UNKNOWN without a value."""
    if item.fact.value is None:
        return UNKNOWN
    return ("khoảng " if item.approximate else "") + amount(item.fact.value, item.unit)


def amount(value: int | float, unit: str | None) -> str:
    """A number with its unit: ``1.245 km``, ``84%``."""
    return number(value) + ("" if not unit else unit if unit == "%" else f" {unit}")


def date(value: PartialDate | None) -> str:
    """The official printed form, or UNKNOWN."""
    return value.official() if value else UNKNOWN


def written_date(text: str) -> str | None:
    """The official form of a date that is kept as text (ISO), or None for any other text."""
    if not _WRITTEN_DATE.fullmatch(text):
        return None
    try:
        return PartialDate.parse(text).official()
    except DateError:
        return None


def dates(values: tuple[PartialDate, ...] | None) -> str:
    """``07/5/1955``; two days of one month are drawn together: ``02 và 05/8/1964``."""
    if not values:
        return UNKNOWN
    *early, last = values
    shown = []
    for value in early:
        same_month = (
            value.as_day() and last.as_day() and (value.year, value.start.month) == (last.year, last.start.month)
        )
        shown.append(f"{value.start.day:02d}" if same_month else value.official())
    return " và ".join([", ".join(shown), last.official()]) if shown else last.official()


def period(value: PartialDate | None) -> str:
    """``2021 - 2025`` for a span of years (the official texts' own notation), else the date."""
    if value is not None and value.end is not None and value.start.month is None:
        return f"{value.start.year} - {value.end.year}"
    return date(value)


def value(item: object) -> str:
    """The printed form of any bare value that a fact may hold; UNKNOWN for None and for an empty list."""
    if item is None or item == ():
        return UNKNOWN
    if isinstance(item, PartialDate):
        return date(item)
    if isinstance(item, tuple):
        return dates(item) if isinstance(item[0], PartialDate) else "; ".join(map(value, item))
    return number(item) if isinstance(item, (int, float)) else str(item)


def name(record: Record) -> str:
    """The short name under which people speak of the record."""
    if isinstance(record, (Treaty, Document)):
        return record.short_title
    if isinstance(record, Term):
        return record.term
    if isinstance(record, (Agency, Border)):
        return record.name
    if isinstance(record, (Topic, Event, Source)):
        return record.title
    if isinstance(record, TalkingPoint):
        return record.main
    if isinstance(record, Question):
        return record.question
    raise TypeError(type(record).__name__)


APPROVAL = "approval_"
"""``[[id.approval_vn]]``: the day on which that party ratified, approved or acceded."""

FIGURE_FIELDS = ("label", "basis", "as_of")
"""Fields of a figure that a reference may name; without one, its value is printed."""

PRINTABLE = {
    Treaty: ("title", "short_title", "signed", "signed_place", "entered_into_force", "terminated", "period", "status"),
    Document: ("title", "short_title", "number", "issued", "entered_into_force", "period", "status", "issuer"),
    Event: ("title", "dates"),
    Agency: ("name", "established", "dissolved"),
    Border: ("name", "short_name"),
    Topic: ("title",),
    Term: ("term", "expansion", "definition"),
    Source: ("title", "publisher", "date"),
}
"""Fields that a reference may name, by type of record."""


def raw(record: Record, field_name: str) -> object:
    """The value behind a field that may be referred to: a Fact, a Statement, a plain value.

    Raises KeyError when the field cannot be referred to.
    """
    if isinstance(record, Treaty) and field_name.startswith(APPROVAL):
        party = field_name.removeprefix(APPROVAL)
        dates = [approval.date for approval in record.approvals if approval.party == party]
        if not dates:
            raise KeyError(field_name)
        return next((date for date in dates if date.value), dates[0])
    if field_name not in PRINTABLE.get(type(record), ()):
        raise KeyError(field_name)
    return getattr(record, field_name)


def field(library: Library, record: Record, field_name: str) -> str:
    """The printed form of one field. Raises KeyError when the field cannot be referred to."""
    value = raw(record, field_name)
    if isinstance(value, Fact):
        value = value.value
    if value is None:
        return UNKNOWN
    if field_name == "status":
        return library.label("status", value)
    if field_name == "issuer":
        return name(library.by_id[value])
    if field_name == "period":
        return period(value)
    if isinstance(value, Statement):
        return value.text
    if isinstance(value, PartialDate):
        return date(value)
    return dates(value) if isinstance(value, tuple) else str(value)


def capitalised(text: str) -> str:
    """The first letter as a capital; the rest as it is (unlike ``str.capitalize``)."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """The first letter small, for a label inside a sentence; names further on keep their capitals."""
    return text[:1].lower() + text[1:]


def figure_field(item: Figure, field_name: str) -> str:
    """The printed form of one field of a figure. Raises KeyError for any other field."""
    if field_name not in FIGURE_FIELDS:
        raise KeyError(field_name)
    return date(item.fact.as_of) if field_name == "as_of" else getattr(item, field_name)
