"""Derived groupings: inverse relations, namings, days and their classes, changes between years."""

from __future__ import annotations

import datetime as dt

import pytest

from macros import occasions
from macros.dates import PartialDate
from macros.load import load_library
from macros.values import Base
from macros.views import Views
from macros.walk import parts, walk
from tests.library import copy_mini, edit


@pytest.fixture
def mini(tmp_path):
    return load_library(copy_mini(tmp_path)).library


def changed(tmp_path, *edits):
    root = copy_mini(tmp_path)
    for item in edits:
        edit(root, *item)
    loaded = load_library(root)
    assert not loaded.problems
    return loaded.library


def test_the_parts_of_a_record_are_the_models_that_a_walk_meets(real_root):
    for _, record in load_library(real_root).library.records():
        met = [(path, value) for path, value in walk(record) if path and isinstance(value, Base)]
        assert parts(record) == met, record.id


def test_a_relation_is_seen_from_both_ends(mini):
    links = Views(mini).links
    assert [(link.type, link.inverse, link.other) for link in links["nghi-dinh-thu-mau-2009"]] == [
        ("implements", False, "hiep-uoc-mau-1999")
    ]
    assert [(link.type, link.inverse, link.other) for link in links["hiep-uoc-mau-1999"]] == [
        ("implements", True, "nghi-dinh-thu-mau-2009")
    ]
    assert [link.vocabulary for link in links["hiep-uoc-mau-1999"]] == ["relation_inverse"]


def test_a_warning_of_confusion_stands_on_both_pages(mini):
    confusable = Views(mini).confusable
    assert confusable["hiep-uoc-mau-1999"] == (("nghi-dinh-thu-mau-2009", "hiệp ước là văn kiện gốc"),)
    assert confusable["nghi-dinh-thu-mau-2009"] == (("hiep-uoc-mau-1999", "hiệp ước là văn kiện gốc"),)


def test_guidance_names_a_treaty_by_itself_or_through_its_set(mini):
    named = Views(mini).named_by
    assert [(n.guidance.locator, n.via) for n in named["hiep-uoc-mau-1999"]] == [("mục 1", None)]
    assert [(n.guidance.locator, n.via) for n in named["nghi-dinh-thu-mau-2009"]] == [("mục 1", "bo-hai-van-kien")]


def test_treaties_of_a_line_stand_by_date_of_signing(mini):
    assert [t.id for t in Views(mini).treaties_by_line["vn-cn"]] == ["hiep-uoc-mau-1999", "nghi-dinh-thu-mau-2009"]


def test_every_citation_of_a_source_is_found(mini):
    uses = Views(mini).uses
    places = [(use.record.id, use.path[0], use.locator) for use in uses["nguon-bao-a"]]
    assert ("hiep-uoc-mau-1999", "signed", "đoạn 1") in places
    assert ("hiep-uoc-mau-1999", "signed", "đầu bài") in places  # of the value that was not taken
    assert ("vn-cn", "figures", "đoạn 9") in places
    guidance = [use for use in uses["nguon-ke-hoach-mau"] if use.record.id == "bien-gioi-mau-van-kien"]
    assert [use.locator for use in guidance] == ["mục 1"]


def test_every_citation_in_the_data_is_found_exactly_once(mini, tmp_path):
    """Against the text of the files: as many uses as there are ``source:`` keys."""
    texts = [
        path.read_text(encoding="utf-8") for path in (tmp_path / "data").glob("*.yaml") if path.stem != "vocabulary"
    ]
    typed = sum(text.count("source: ") for text in texts)
    assert typed > 40
    assert sum(len(uses) for uses in Views(mini).uses.values()) == typed


def test_topics_know_their_place(mini):
    views = Views(mini)
    child = mini.by_id["bien-gioi-mau-van-kien"]
    assert [t.id for t in views.ancestors(child)] == ["bien-gioi-mau"]
    assert [t.id for t in views.children[None]] == ["bien-gioi-mau"]
    assert [t.id for t in views.children["bien-gioi-mau"]] == ["bien-gioi-mau-van-kien"]
    assert views.records_of(mini.by_id["bien-gioi-mau"]) == ("hiep-uoc-mau-1999", "ke-hoach-mau-2026", "ngay-mau-1955")


SECOND_YEAR = """    - source: nguon-ke-hoach-mau
      locator: mục 9
      year: 2027
      asks: Việc của năm sau.
      lines: [vn-cn]
      names: [nghi-dinh-thu-mau-2009, vn-cn-dai-mau]
"""


def test_what_a_year_names_anew_and_what_it_drops(tmp_path):
    asks = "    - source: nguon-ke-hoach-mau\n      locator: mục 1\n"
    library = changed(tmp_path, ("topics", asks, SECOND_YEAR + asks))
    views = Views(library)
    (step,) = views.years_of_line("vn-cn")
    assert (step.before, step.year) == (2026, 2027)
    assert step.new == ("nghi-dinh-thu-mau-2009",)
    assert set(step.dropped) == {"hiep-uoc-mau-1999", "bo-hai-van-kien"}
    assert step.kept == ("vn-cn-dai-mau",)
    assert (step.back, step.over) == ({}, ())
    rows = {row.id: sorted(row.by_source) for row in views.names_of_line("vn-cn")}
    assert rows["vn-cn-dai-mau"] == ["nguon-ke-hoach-mau"]
    assert views.years_of_line("vn-la") == ()


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (1, "nam_khac"),
        (5, "nam_le_5"),
        (10, "nam_tron"),
        (15, "nam_le_5"),
        (71, "nam_khac"),
        (80, "nam_tron"),
        (105, "nam_le_5"),
    ],
)
def test_classes_of_anniversary_years(years, expected):
    assert occasions.anniversary_class(years) == expected


def test_there_is_no_anniversary_before_the_first():
    with pytest.raises(ValueError, match="not 0"):
        occasions.anniversary_class(0)


def test_the_29th_of_february_falls_on_the_28th_of_a_common_year():
    assert occasions.in_year(dt.date(2000, 2, 29), 2027) == (dt.date(2027, 2, 28), True)
    assert occasions.in_year(dt.date(2000, 2, 29), 2028) == (dt.date(2028, 2, 29), False)


def test_anniversaries_follow_the_treaty_dates(mini):
    found = [(o.day, o.id, o.field, o.years, o.rank) for o in occasions.of_year(mini, 2029) if o.field]
    assert found == [
        (dt.date(2029, 7, 6), "hiep-uoc-mau-1999", "entered_into_force", 29, "nam_khac"),
        (dt.date(2029, 12, 30), "hiep-uoc-mau-1999", "signed", 30, "nam_tron"),
    ]


def test_the_day_of_a_treaty_stands_in_its_own_year_uncounted(mini):
    found = [(o.day, o.kind, o.field, o.years) for o in occasions.of_year(mini, 1999) if o.field]
    assert found == [(dt.date(1999, 12, 30), "occasion", "signed", None)]


def test_a_yearly_week_returns_uncounted(tmp_path):
    library = changed(tmp_path, ("events", "value: 1955-05-07", "value: 2024-06-01/2024-06-08"))
    event = library.by_id["ngay-mau-1955"]
    found = [(o.day, o.last, o.years) for year in (2023, 2024, 2026) for o in occasions.of_event(event, year)]
    assert found == [
        (dt.date(2024, 6, 1), dt.date(2024, 6, 8), None),
        (dt.date(2026, 6, 1), dt.date(2026, 6, 8), None),
    ]


def test_a_date_without_a_day_gets_no_entry(mini):
    ids = {o.id for year in (2019, 2026, 2029) for o in occasions.of_year(mini, year)}
    assert "nghi-dinh-thu-mau-2009" not in ids


def test_yearly_events_return_and_deadlines_do_not(mini):
    def of(event, year):
        return [(o.day.day, o.years) for o in occasions.of_event(mini.by_id[event], year)]

    assert of("ngay-mau-1955", 2026) == [(7, 71)]
    assert of("ngay-mau-1955", 1955) == [(7, None)]
    assert of("ngay-mau-1955", 1954) == []
    assert of("tran-mau-1964", 2024) == [(2, 60), (5, 60)]
    assert of("han-bao-cao-mau", 2026) == [(15, None)]
    assert of("han-bao-cao-mau", 2027) == []


def test_a_lunar_day_is_not_turned_into_a_solar_one(tmp_path):
    library = changed(
        tmp_path, ("events", "  yearly: true\n  summary: Ngày", "  yearly: true\n  calendar: lunar\n  summary: Ngày")
    )
    assert not [o for o in occasions.of_year(library, 2026) if o.id == "ngay-mau-1955"]


def test_upcoming_starts_today_and_crosses_the_new_year(mini):
    items = occasions.upcoming(mini, dt.date(2026, 12, 30))
    assert items[0].day == dt.date(2026, 12, 30)
    assert [o.day for o in items] == sorted(o.day for o in items)
    assert dt.date(2027, 5, 7) in [o.day for o in items]
    assert len(occasions.upcoming(mini, dt.date(2026, 1, 1), 2)) == 2


def test_nth_years_of_a_day():
    items = occasions.nth_years(PartialDate.parse("2004-02-29"), range(2026, 2029))
    assert [(o.day, o.years, o.moved) for o in items] == [
        (dt.date(2026, 2, 28), 22, True),
        (dt.date(2027, 2, 28), 23, True),
        (dt.date(2028, 2, 29), 24, False),
    ]
    assert occasions.nth_years(PartialDate.parse("2004-02"), range(2026, 2029)) == ()
