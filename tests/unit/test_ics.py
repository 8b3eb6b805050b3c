"""Calendar files, parsed back by a calendar library."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar

from macros import occasions
from macros.exports import ics
from macros.load import load_library
from tests.library import copy_mini, edit


def library_with(root, *edits):
    copy_mini(root)
    for item in edits:
        edit(root, *item)
    loaded = load_library(root)
    assert not loaded.problems, loaded.problems
    return loaded.library


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return library_with(tmp_path_factory.mktemp("mini"))


def events(data: bytes):
    """Events by UID; a UID twice is an error."""
    found = {}
    for event in Calendar.from_ical(data).walk("VEVENT"):
        assert str(event["UID"]) not in found
        found[str(event["UID"])] = event
    return found


def test_files_of_years_lines_and_topics(mini):
    assert list(dict(ics.files(mini))) == [
        *(f"tai-ve/lich-{year}.ics" for year in range(2025, 2030)),
        "tai-ve/lich-vn-cn.ics",
        "tai-ve/lich-bien-gioi-mau.ics",
    ]


def test_a_year_holds_its_days_all_day_long(mini):
    found = events(dict(ics.files(mini))["tai-ve/lich-2026.ics"])
    assert {uid: (event["DTSTART"].dt, event["DTEND"].dt) for uid, event in found.items()} == {
        "ngay-mau-1955.2026@cot-moc": (dt.date(2026, 5, 7), dt.date(2026, 5, 8)),
        "han-bao-cao-mau.2026@cot-moc": (dt.date(2026, 6, 15), dt.date(2026, 6, 16)),
        "hiep-uoc-mau-1999.entered_into_force.2026@cot-moc": (dt.date(2026, 7, 6), dt.date(2026, 7, 7)),
        "tran-mau-1964.2026@cot-moc": (dt.date(2026, 8, 2), dt.date(2026, 8, 3)),
        "tran-mau-1964.2.2026@cot-moc": (dt.date(2026, 8, 5), dt.date(2026, 8, 6)),
        "hiep-uoc-mau-1999.signed.2026@cot-moc": (dt.date(2026, 12, 30), dt.date(2026, 12, 31)),
    }


def test_what_an_entry_says(mini):
    found = events(dict(ics.files(mini))["tai-ve/lich-2029.ics"])
    signed = found["hiep-uoc-mau-1999.signed.2029@cot-moc"]
    assert signed["SUMMARY"] == "30 năm ngày ký Hiệp ước mẫu 1999 (năm tròn)"
    assert "Ngày gốc: 30/12/1999." in signed["DESCRIPTION"]
    assert "Nguồn: Công báo số 1, trang 1; Bài báo A về lễ ký, đoạn 1." in signed["DESCRIPTION"]
    deadline = events(dict(ics.files(mini))["tai-ve/lich-2026.ics"])["han-bao-cao-mau.2026@cot-moc"]
    assert deadline["SUMMARY"] == "Hạn: Báo cáo sáu tháng"
    assert "Ai thực hiện: Phòng mẫu." in deadline["DESCRIPTION"]
    assert [alarm["TRIGGER"].dt for alarm in deadline.walk("VALARM")] == [dt.timedelta(days=-7)]


def test_the_same_day_has_the_same_id_in_every_file(mini):
    files = {path: events(data) for path, data in ics.files(mini)}
    of_years = {uid: e.to_ical() for year in range(2025, 2030) for uid, e in files[f"tai-ve/lich-{year}.ics"].items()}
    for path in ("tai-ve/lich-vn-cn.ics", "tai-ve/lich-bien-gioi-mau.ics"):
        assert files[path]
        assert all(of_years[uid] == event.to_ical() for uid, event in files[path].items())


def test_a_corrected_date_moves_the_entry_and_keeps_its_id(mini, tmp_path):
    corrected = library_with(tmp_path, ("treaties", "value: 1999-12-30", "value: 1999-12-29"))
    uid = "hiep-uoc-mau-1999.signed.2027@cot-moc"
    before = events(dict(ics.files(mini))["tai-ve/lich-2027.ics"])
    after = events(dict(ics.files(corrected))["tai-ve/lich-2027.ics"])
    assert set(before) == set(after)
    assert before[uid]["DTSTART"].dt == dt.date(2027, 12, 30)
    assert after[uid]["DTSTART"].dt == dt.date(2027, 12, 29)


def test_the_29th_of_february_says_why_it_is_on_the_28th(tmp_path):
    library = library_with(tmp_path, ("events", "value: 1955-05-07", "value: 1956-02-29"))
    uid = "ngay-mau-1955.{}@cot-moc"
    common = events(dict(ics.files(library))["tai-ve/lich-2027.ics"])[uid.format(2027)]
    leap = events(dict(ics.files(library))["tai-ve/lich-2028.ics"])[uid.format(2028)]
    assert common["DTSTART"].dt == dt.date(2027, 2, 28)
    assert "Năm không nhuận" in common["DESCRIPTION"]
    assert leap["DTSTART"].dt == dt.date(2028, 2, 29)
    assert "nhuận" not in leap["DESCRIPTION"]


def test_a_lunar_day_and_a_month_get_no_entry(tmp_path):
    library = library_with(
        tmp_path, ("events", "  yearly: true\n  summary: Ngày", "  yearly: true\n  calendar: lunar\n  summary: Ngày")
    )
    uids = {uid for _, data in ics.files(library) for uid in events(data)}
    assert uids
    assert not [uid for uid in uids if uid.startswith(("ngay-mau-1955", "nghi-dinh-thu-mau-2009"))]


def test_a_week_ends_with_its_last_day(tmp_path):
    library = library_with(tmp_path, ("events", "value: 1955-05-07", "value: 2024-06-01/2024-06-08"))
    week = events(dict(ics.files(library))["tai-ve/lich-2026.ics"])["ngay-mau-1955.2026@cot-moc"]
    assert (week["DTSTART"].dt, week["DTEND"].dt) == (dt.date(2026, 6, 1), dt.date(2026, 6, 9))
    assert week["SUMMARY"] == "Ngày thành lập đơn vị mẫu"


def test_lines_are_folded_and_the_stamp_is_the_day_of_the_data(mini):
    data = dict(ics.files(mini))["tai-ve/lich-2026.ics"]
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"DTSTAMP:20260131T000000Z" in data
    assert data == dict(ics.files(mini))["tai-ve/lich-2026.ics"]


def test_the_real_library_is_parsed_back_completely(real_root):
    library = load_library(real_root).library
    files = dict(ics.files(library))
    for year in ics.years(library):
        expected = {ics.uid(library, item) for item in occasions.of_year(library, year)}
        assert set(events(files[f"tai-ve/lich-{year}.ics"])) == expected
        assert len(expected) == len(occasions.of_year(library, year)) > 50
    assert {f"tai-ve/lich-{border.id}.ics" for border in library.borders} <= set(files)
