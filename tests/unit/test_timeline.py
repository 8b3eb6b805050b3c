"""Moments, families, and the line of years on which a day is everywhere as wide as any other."""

from __future__ import annotations

import pytest

from macros import axis, timeline
from macros.dates import PartialDate
from macros.load import load_library
from macros.timeline import Moment
from macros.views import Views
from tests.library import copy_mini


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


def moment(text: str, any_id: str = "x", lines: tuple[str, ...] = ()) -> Moment:
    return Moment(PartialDate.parse(text), "signed", "ký", any_id, lines)


def test_moments_of_a_line_by_time(mini):
    found = [(m.when.iso(), m.kind, m.word, m.id) for m in timeline.of_line(mini, Views(mini), "vn-cn")]
    assert found == [
        ("1999-12-30", "signed", "ký", "hiep-uoc-mau-1999"),
        ("2000-06-09", "approved", "Việt Nam phê chuẩn", "hiep-uoc-mau-1999"),
        ("2000-07-06", "in_force", "có hiệu lực", "hiep-uoc-mau-1999"),
        ("2009-11", "signed", "ký", "nghi-dinh-thu-mau-2009"),
    ]


def test_everything_has_documents_and_every_day_of_an_event_but_no_deadline(mini):
    found = {(m.id, m.kind, m.when.iso()) for m in timeline.everything(mini)}
    assert ("ke-hoach-mau-2026", "issued", "2026-01") in found
    assert ("nghi-quyet-mau-36", "period", "2021/2025") in found
    assert {when for any_id, _, when in found if any_id == "tran-mau-1964"} == {"1964-08-02", "1964-08-05"}
    assert not [any_id for any_id, *_ in found if any_id == "han-bao-cao-mau"]


def test_a_family_is_found_from_any_member(mini):
    (family,) = timeline.families(mini, Views(mini), "treaties")
    assert (family.root, family.members) == ("hiep-uoc-mau-1999", ("hiep-uoc-mau-1999", "nghi-dinh-thu-mau-2009"))
    assert timeline.families(mini, Views(mini), "documents") == ()


def test_real_families_hold_no_record_twice(real_root):
    library = load_library(real_root).library
    for kind in ("treaties", "documents"):
        found = timeline.families(library, Views(library), kind)
        members = [member for family in found for member in family.members]
        assert len(members) == len(set(members)) > 10
        assert all(len(family.members) > 1 and family.root == family.members[0] for family in found)
    roots = {family.root: family.members for family in timeline.families(library, Views(library), "treaties")}
    assert set(roots["vn-kh-1985-delimitation"]) == {
        "vn-kh-1985-delimitation",
        "vn-kh-2005-supplementary-treaty",
        "vn-kh-2019-supplementary-treaty",
    }


def test_years_are_spaced_truthfully():
    picture = axis.draw([moment("1955-05-07"), moment("1975-05-07"), moment("2015-05-07")])
    x = [place.x for place in picture.places]
    assert (x[2] - x[1]) == pytest.approx(2 * (x[1] - x[0]), rel=0.001)
    steps = {later - earlier for (earlier, _), (later, _) in zip(picture.ticks, picture.ticks[1:], strict=False)}
    assert max(steps) - min(steps) < 0.001


def test_a_month_a_year_and_a_window_are_bars_over_all_their_days():
    picture = axis.draw([moment("2001-06-15"), moment("2004-02"), moment("2006"), moment("2021/2025")])
    bars = [place.bar for place in picture.places]
    year = bars[2][1] - bars[2][0]
    assert bars[0] is None
    assert bars[1][1] - bars[1][0] == pytest.approx(year * 29 / 366)
    assert bars[3][1] - bars[3][0] == pytest.approx(5 * year)
    assert all(bar[0] <= place.x <= bar[1] for place, bar in zip(picture.places, bars, strict=True) if bar)


def test_marks_are_stacked_and_never_shifted():
    many = [moment("2009-11-18", f"t{i}") for i in range(4)] + [moment("2009-12-01", "u"), moment("1990-01-01", "v")]
    picture = axis.draw(sorted(many, key=lambda m: m.order))
    same = [place for place in picture.places if place.moment.when.iso() == "2009-11-18"]
    assert len({place.x for place in same}) == 1
    boxes = [(p.x - axis.MARK / 2, p.y - axis.MARK / 2) for p in picture.places]
    for i, (x, y) in enumerate(boxes):
        for other_x, other_y in boxes[i + 1 :]:
            assert abs(x - other_x) >= axis.MARK or abs(y - other_y) >= axis.MARK
    assert all(0 <= x <= picture.width - axis.MARK and 0 <= y <= picture.height - axis.MARK for x, y in boxes)


def test_lanes_keep_their_own_and_empty_ones_are_left_out():
    items = [moment("2001", "a", ("vn-cn",)), moment("2003", "b", ("vn-la",))]
    lanes = (("vn-cn", "Trung Quốc"), ("vn-kh", "Campuchia"), ("vn-la", "Lào"))
    picture = axis.draw(items, lanes, lambda m: m.lines[0])
    assert [lane.name for lane in picture.lanes] == ["Trung Quốc", "Lào"]
    for place, lane in zip(picture.places, picture.lanes, strict=True):
        assert lane.y < place.y < lane.y + lane.height


def test_nothing_to_draw():
    assert axis.draw([]) is None


def test_every_real_moment_is_drawn_once(real_root):
    library = load_library(real_root).library
    moments = timeline.everything(library)
    picture = axis.draw(moments)
    assert [place.number for place in picture.places] == list(range(1, len(moments) + 1))
    assert len(moments) > 150
