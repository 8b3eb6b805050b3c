"""What is read aloud: every date from 1900 to 2100, and numbers read back to themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros import spoken
from macros.dates import PartialDate

_UNITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6}
_UNITS |= {"bảy": 7, "tám": 8, "chín": 9}
_GROUPS = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def heard(words: str) -> int:
    """An independent listener: the number that spoken words mean."""
    total = group = pending = 0
    for word in words.split():
        if word in _GROUPS:
            total += (group + pending) * _GROUPS[word]
            group = pending = 0
        elif word == "trăm":
            group, pending = pending * 100, 0
        elif word == "mươi":
            group, pending = group + pending * 10, 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            pending = _UNITS[word]
    return total + group + pending


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"),
        (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (55, "năm mươi lăm"),
        (84, "tám mươi tư"), (100, "một trăm"), (101, "một trăm linh một"), (105, "một trăm linh năm"),
        (110, "một trăm mười"), (1002, "một nghìn không trăm linh hai"), (1971, "một nghìn chín trăm bảy mươi mốt"),
        (2019, "hai nghìn không trăm mười chín"), (2000, "hai nghìn"), (10_000, "mười nghìn"),
        (67_203, "sáu mươi bảy nghìn hai trăm linh ba"), (1_000_001, "một triệu không trăm linh một"),
    ],
)  # fmt: skip
def test_whole_numbers(value: int, words: str) -> None:
    assert spoken.whole(value) == words


@given(st.integers(0, spoken.LIMIT - 1))
def test_a_listener_hears_the_number_that_was_said(value: int) -> None:
    assert heard(spoken.whole(value)) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1449.566, "một nghìn bốn trăm bốn mươi chín phẩy năm trăm sáu mươi sáu"),
        (53.23, "năm mươi ba phẩy hai mươi ba"),
        (40.05, "bốn mươi phẩy không năm"),
        (2.5, "hai phẩy năm"),
        (3.0, "ba"),
        (-1.25, "âm một phẩy hai mươi lăm"),
        (0.1234, "không phẩy một hai ba bốn"),
    ],
)
def test_decimals(value: float, words: str) -> None:
    assert spoken.number(value) == words


def test_every_date_of_two_centuries() -> None:
    """Each day from 1900 to 2100 is heard as the day that it is."""
    day = dt.date(1900, 1, 1)
    while day.year <= 2100:
        said = spoken.date(PartialDate.of(day))
        before, _, rest = said.removeprefix("ngày ").partition(" tháng ")
        month, _, year = rest.partition(" năm ")
        assert before.startswith("mùng ") == (day.day <= 10), said
        told = (heard(year), heard(month), heard(before.removeprefix("mùng ")))
        assert told == (day.year, day.month, day.day), said
        assert not any(ch.isdigit() for ch in said)
        day += dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2019-10-05", "ngày mùng năm tháng mười năm hai nghìn không trăm mười chín"),
        ("2025-04-10", "ngày mùng mười tháng tư năm hai nghìn không trăm hai mươi lăm"),
        ("1993-10", "tháng mười năm một nghìn chín trăm chín mươi ba"),
        ("1982", "năm một nghìn chín trăm tám mươi hai"),
        ("2021/2025", "từ năm hai nghìn không trăm hai mươi mốt đến năm hai nghìn không trăm hai mươi lăm"),
    ],
)
def test_dates(iso: str, words: str) -> None:
    assert spoken.date(PartialDate.parse(iso)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("57-KL/TW", "Kết luận số năm mươi bảy của Trung ương"),
        ("36-NQ/TW", "Nghị quyết số ba mươi sáu của Trung ương"),
        ("1191/QĐ-TTg", "Quyết định số một nghìn một trăm chín mươi mốt của Thủ tướng Chính phủ"),
        ("72/2015/NĐ-CP", "Nghị định số bảy mươi hai năm hai nghìn không trăm mười lăm của Chính phủ"),
        ("22/2016/TT-BNV", "Thông tư số hai mươi hai năm hai nghìn không trăm mười sáu của Bộ Nội vụ"),
        ("139/2024/QH15", "số một trăm ba mươi chín năm hai nghìn không trăm hai mươi tư của Quốc hội khóa mười lăm"),
        ("51/CTr-BNV-BTLBĐBP", "Chương trình số năm mươi mốt của Bộ Nội vụ và Bộ Tư lệnh Bộ đội Biên phòng"),
        ("3089/BTTTT-TTĐN", "Công văn số ba nghìn không trăm tám mươi chín của Bộ Thông tin và Truyền thông"),
        ("42/KH-UBND", "Kế hoạch số bốn mươi hai của Ủy ban nhân dân"),
        ("06/2003/QH11", "số sáu năm hai nghìn không trăm linh ba của Quốc hội khóa mười một"),
    ],
)  # fmt: skip
def test_document_numbers(text: str, words: str) -> None:
    assert spoken.document_number(text) == words


@pytest.mark.parametrize("text", ["", "abc", "12", "30/12/1999", "16%", "7/XX-YY"])
def test_what_is_no_document_number_is_left_alone(text: str) -> None:
    assert spoken.document_number(text) is None
