"""Dates: whatever is typed, a date is read as precisely as it was written or refused with a remedy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from macros import spoken
from macros.dates import DateError, PartialDate
from macros.vietnamese import find_dates, shadow
from tests.fuzz.material import DATES, NUMBERS, ODD, mutated
from tests.fuzz.running import lengths, run

PARTS = {"year": 1, "month": 2, "day": 3, "day_month": 2}

_year = st.integers(0, 10_050).map("{:04d}".format) | st.sampled_from(("1999", "2000", "2024", "1900"))
_two = st.integers(0, 40).map("{:02d}".format) | st.integers(0, 12).map(str)
_iso = st.one_of(_year, st.tuples(_year, _two).map("-".join), st.tuples(_year, _two, _two).map("-".join))
_typed = st.tuples(_two, st.sampled_from("/-. "), _two, st.sampled_from("/-. "), _year).map("".join)
_real = st.tuples(st.dates(dt.date(1000, 1, 1)), st.sampled_from((4, 7, 10))).map(lambda t: t[0].isoformat()[: t[1]])
written = st.one_of(
    _real, _real, _real, _real, _iso, _typed, st.tuples(_real, _real).map(sorted).map("/".join),
    st.tuples(_iso, st.sampled_from(("/", "//", " / ", "-")), _iso).map("".join),
    mutated(DATES, (*NUMBERS, "/", "-"), most=3), st.integers(-5, 12_000), st.none() | st.booleans() | st.floats(),
)  # fmt: skip
DATE = TypeAdapter(PartialDate)


def read_or_refused(value: object) -> str:
    try:
        date = DATE.validate_python(value)
    except ValidationError as error:
        (one,) = error.errors()
        assert one["type"] == "value_error", one
        assert "viết" in one["msg"] or "đổi chỗ" in one["msg"] or "không có" in one["msg"], one["msg"]
        if isinstance(value, str):
            try:
                PartialDate.parse(value)
            except DateError:
                return "refused"
            raise AssertionError("refused in a record, and read by itself") from error
        return "refused"
    assert PartialDate.parse(date.iso()) == date
    assert date.first() <= date.last()
    figures = len(re.findall("[0-9]+", str(value)))
    ends = (date.start, date.end) if date.end else (date.start,)
    assert sum(1 + bool(end.month) + bool(end.day) for end in ends) == figures, "more or less precise than written"
    assert (date.as_day() is not None) == (date.precision == "day")
    _printed_as_precisely(date)
    return date.precision


def _printed_as_precisely(date: PartialDate) -> None:
    """What is printed and said holds no part that the date does not have."""
    if date.precision != "window":
        printed = date.official()
        assert len(re.findall("[0-9]+", printed)) == PARTS[date.precision]
        if 1800 <= date.year <= 2099:
            (back,) = find_dates(printed)
            assert (back.value, back.precision) == (date.iso(), date.precision)
            (back,) = find_dates(date.in_words())
            assert back.value == date.iso()
    assert PARTS[_precision(date.common())] <= 3 if date.common() else date.end
    said = spoken.date(date)
    assert not re.search(r"\d", said)
    assert ("tháng" in said) == (date.start.month is not None or bool(date.end and date.end.month))


def _precision(iso: str) -> str:
    return ("year", "month", "day")[iso.count("-")]


@lengths
def test_a_value_is_a_date_as_precise_as_written_or_refused(count: int, record_property: Callable) -> None:
    tally = run(count, written, read_or_refused, record_property)
    tally.reaches(0.15, "day", "month", "year", "window")


def found_in_text(text: str) -> str:
    found = find_dates(text)
    assert found == find_dates(text)
    end = 0
    for match in found:
        assert end <= match.start < match.end <= len(text), "places are in order and inside the text"
        end = match.end
        figures = re.findall("[0-9]+", shadow(text[match.start : match.end]).text)
        words = len(re.findall("[^\\W\\d_]+", text[match.start : match.end]))
        # 30121999 is written in one.
        parts = 3 if any(len(figure) >= 6 for figure in figures) else len(figures) + words
        assert parts >= PARTS[match.precision], (match, text[match.start : match.end])
        if not match.value.startswith("--"):
            assert PartialDate.parse(match.value).iso() == match.value, "no such day"
            # The year is the one that is written, or its last two figures are.
            assert any(match.value[:4].endswith(figure[-2:]) for figure in figures)
    return "found" if found else "none"


@lengths
def test_dates_in_text_are_real_and_never_more_precise(count: int, record_property: Callable) -> None:
    line = st.lists(
        st.sampled_from((*DATES, *NUMBERS, *ODD, "ngày", "tháng", "năm", "đến", ",")), min_size=2, max_size=8
    )
    text = line.map(" ".join) | mutated(DATES, (*DATES, *NUMBERS), most=4)
    tally = run(count, text, found_in_text, record_property)
    tally.reaches(0.3, "found")
