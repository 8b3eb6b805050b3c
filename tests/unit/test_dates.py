"""Partial dates: what is read is what is kept, and what is printed follows NĐ 30/2020."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.dates import DateError, PartialDate, Point

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))


@pytest.mark.parametrize(
    ("iso", "printed", "words"),
    [
        ("2019-10-05", "05/10/2019", "ngày 05 tháng 10 năm 2019"),
        ("1979-02-18", "18/02/1979", "ngày 18 tháng 02 năm 1979"),
        ("2022-06-30", "30/6/2022", "ngày 30 tháng 6 năm 2022"),
        ("2023-01-01", "01/01/2023", "ngày 01 tháng 01 năm 2023"),
        ("1993-10", "tháng 10/1993", "tháng 10 năm 1993"),
        ("2026-02", "tháng 02/2026", "tháng 02 năm 2026"),
        ("1982", "năm 1982", "năm 1982"),
        (
            "2007-11-12/2007-11-16",
            "từ 12/11/2007 đến 16/11/2007",
            "từ ngày 12 tháng 11 năm 2007 đến ngày 16 tháng 11 năm 2007",
        ),
    ],
)
def test_printed_in_the_official_style(iso: str, printed: str, words: str) -> None:
    date = PartialDate.parse(iso)
    assert (date.official(), date.in_words(), date.iso()) == (printed, words, iso)


@given(DAYS)
def test_a_zero_stands_only_before_small_days_and_the_first_two_months(day: dt.date) -> None:
    shown_day, shown_month, shown_year = PartialDate.of(day).official().split("/")
    assert (int(shown_day), int(shown_month), int(shown_year)) == (day.day, day.month, day.year)
    assert shown_day.startswith("0") == (day.day < 10)
    assert shown_month.startswith("0") == (day.month <= 2)


@given(DAYS)
def test_parsing_undoes_printing_in_iso(day: dt.date) -> None:
    assert PartialDate.parse(PartialDate.of(day).iso()).as_day() == day


@given(DAYS, DAYS)
def test_order_follows_the_calendar_and_is_total(one: dt.date, two: dt.date) -> None:
    a, b = PartialDate.of(one), PartialDate.of(two)
    assert (a < b) == (one < two)
    assert (a == b) == (one == two)


@given(DAYS)
def test_less_precise_dates_hold_their_days(day: dt.date) -> None:
    for point in (Point(day.year), Point(day.year, day.month)):
        date = PartialDate(point)
        assert date.first() <= day <= date.last()
        assert date.as_day() is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2009-13-01", "không có tháng 13"),
        ("31/02/2019", "tháng 2/2019 không có ngày 31"),
        ("2019-02-31", "tháng 2/2019 không có ngày 31"),
        ("2023-02-29", "tháng 2/2023 không có ngày 29"),
        ("18/11/2009", "trong YAML viết 2009-11-18"),
        ("2007-11-16/2007-11-12", "kết thúc trước khi bắt đầu"),
        ("hôm qua", "không phải ngày"),
        ("", "không phải ngày"),
        ("0000-01-01", "không có năm 0"),
        ("1/2/3/4", "không phải ngày"),
    ],
)
def test_what_is_no_date_says_why(text: str, said: str) -> None:
    with pytest.raises(DateError, match=said):
        PartialDate.parse(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        date = PartialDate.parse(text)
    except DateError:
        return
    assert PartialDate.parse(date.iso()) == date


@pytest.mark.parametrize(
    ("iso", "common"),
    [("2007-11-12/2007-11-16", "2007-11"), ("2024-01/2024-03", "2024"), ("2021/2025", ""), ("1993-10", "1993-10")],
)
def test_a_window_never_gains_precision_in_open_data(iso: str, common: str) -> None:
    assert PartialDate.parse(iso).common() == common
