"""Partial dates: a day, a month, a year, or a window between two of them.

A border record often knows only "October 1993" or "between 12 and 16 November 2007".
Such knowledge is kept exactly as imprecise as it is (never rounded up to a day).

Written form in YAML and JSON is ISO 8601: ``2009-11-18``, ``1993-10``, ``1982`` and, for a
window, ``2007-11-12/2007-11-16``. Printed form is the official Vietnamese one of
Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4: Arabic numerals, a zero only before days
below 10 and before months 1 and 2 (``05/10/2019``, ``18/02/1979``, ``30/6/2022``).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from typing import Any, Literal

from pydantic_core import core_schema

Precision = Literal["day", "month", "year", "window"]

_ISO = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})", re.ASCII)
HOW_TO_WRITE = "viết năm-tháng-ngày như 2009-11-18, hoặc 2009-11, hoặc 2009, hoặc khoảng 2007-11-12/2007-11-16"


class DateError(ValueError):
    """A text that is not a date; the message is Vietnamese and says how to write it."""


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a partial date. ``month`` and ``day`` are None when not known."""

    year: int
    month: int | None = None
    day: int | None = None

    def iso(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    def first(self) -> dt.date:
        """The earliest day that the point can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last(self) -> dt.date:
        """The latest day that the point can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def official(self) -> str:
        """``18/11/2009``, ``10/1993`` or ``1982``, after Nghị định 30/2020/NĐ-CP."""
        if self.month is None:
            return str(self.year)
        month = f"{self.month:02d}" if self.month <= 2 else str(self.month)
        return f"{self.day:02d}/{month}/{self.year}" if self.day else f"{month}/{self.year}"


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source. ``end`` is set for a window only.

    Ordering is by the earliest possible day, then the latest, so that a year sorts
    before the days in it: it is total and stable.
    """

    start: Point
    end: Point | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the ISO form. Raises DateError with the remedy in Vietnamese."""
        parts = text.strip().split("/")
        if len(parts) == 1:
            return cls(_point(parts[0], text))
        if len(parts) == 2 and _ISO.fullmatch(parts[0]):
            window = cls(_point(parts[0], text), _point(parts[1], text))
            if window.start.first() > window.end.last():
                raise DateError(f'khoảng "{text}" kết thúc trước khi bắt đầu; đổi chỗ hai đầu')
            return window
        return cls(_point(text, text))

    @classmethod
    def of(cls, day: dt.date) -> PartialDate:
        """The partial date that is exactly this day."""
        return cls(Point(day.year, day.month, day.day))

    @property
    def precision(self) -> Precision:
        if self.end is not None:
            return "window"
        if self.start.day:
            return "day"
        return "month" if self.start.month else "year"

    @property
    def year(self) -> int:
        return self.start.year

    def first(self) -> dt.date:
        return self.start.first()

    def last(self) -> dt.date:
        return (self.end or self.start).last()

    def as_day(self) -> dt.date | None:
        """The day itself, or None when the date is less precise than a day."""
        return self.start.first() if self.precision == "day" else None

    def iso(self) -> str:
        return f"{self.start.iso()}/{self.end.iso()}" if self.end else self.start.iso()

    def common(self) -> str:
        """ISO form without windows: a window gives the month or year that holds all of it.

        Used where readers of the open data expect day, month or year precision only.
        Two years apart, the first one would be a guess, so the result is then empty.
        """
        if self.end is None:
            return self.start.iso()
        if self.start.year != self.end.year:
            return ""
        same_month = self.start.month is not None and self.start.month == self.end.month
        return Point(self.start.year, self.start.month if same_month else None).iso()

    def official(self) -> str:
        """Printed form: ``18/11/2009``, ``tháng 10/1993``, ``năm 1982``, ``từ … đến …``."""
        if self.end is not None:
            return f"từ {self.start.official()} đến {self.end.official()}"
        text = self.start.official()
        if self.start.day:
            return text
        return f"tháng {text}" if self.start.month else f"năm {text}"

    def in_words(self) -> str:
        """As in the head of a letter: ``ngày 05 tháng 10 năm 2019``."""
        if self.end is not None:
            return f"từ {PartialDate(self.start).in_words()} đến {PartialDate(self.end).in_words()}"
        parts = []
        if self.start.day:
            parts.append(f"ngày {self.start.day:02d}")
        if self.start.month:
            month = f"{self.start.month:02d}" if self.start.month <= 2 else str(self.start.month)
            parts.append(f"tháng {month}")
        return " ".join([*parts, f"năm {self.start.year}"])

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first(), self.last()) < (other.first(), other.last())

    def __str__(self) -> str:
        return self.iso()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        pattern = r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$"
        return {
            "anyOf": [{"type": "string", "pattern": pattern}, {"type": "integer", "minimum": 1000, "maximum": 9999}]
        }

    @classmethod
    def _validate(cls, value: Any) -> PartialDate:
        if isinstance(value, PartialDate):
            return value
        # YAML reads a bare year as a number.
        if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
            return cls(Point(value))
        if not isinstance(value, str):
            raise DateError(f"cần một ngày, không phải {value!r}; {HOW_TO_WRITE}")
        return _typed(value)


@lru_cache(maxsize=10_000)
def _typed(text: str) -> PartialDate:
    """What ``parse`` gives; most dates of a library are the few days on which its records were looked at."""
    return PartialDate.parse(text)


def _point(part: str, whole: str) -> Point:
    match = _ISO.fullmatch(part.strip())
    if match is None:
        raise DateError(_not_iso(whole))
    year = int(match["y"])
    month = int(match["m"]) if match["m"] else None
    day = int(match["d"]) if match["d"] else None
    wrong = impossible(year, month, day)
    if wrong:
        raise DateError(f'"{whole}" không phải ngày có thật: {wrong}; {HOW_TO_WRITE}')
    return Point(year, month, day)


def impossible(year: int, month: int | None, day: int | None) -> str | None:
    """Say in Vietnamese why the date cannot exist, or None when it can."""
    if not 1000 <= year <= 9999:
        return f"không có năm {year}"
    if month is not None and not 1 <= month <= 12:
        return f"không có tháng {month}"
    if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"tháng {month}/{year} không có ngày {day}"
    return None


def _not_iso(text: str) -> str:
    """The message for a text in no ISO form; for 18/11/2009 it offers the ISO form."""
    match = _DAY_FIRST.fullmatch(text.strip())
    if match is None:
        return f'"{text}" không phải ngày; {HOW_TO_WRITE}'
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    wrong = impossible(year, month, day)
    if wrong:
        return f'"{text}" không phải ngày có thật: {wrong}; {HOW_TO_WRITE}'
    return f'"{text}" viết ngày trước; trong YAML viết {Point(year, month, day).iso()}'
