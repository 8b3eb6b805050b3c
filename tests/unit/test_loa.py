"""Text for the ear: what is written out, where a sentence may be cut, what an edition keeps."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros import aloud, loa, occasions, references, spoken
from macros.load import load_library
from macros.talking_points import basis, copy_text
from tests.library import ROOT, copy_mini, edit


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT).library


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ngày 05/10/2019", "ngày mùng năm tháng mười năm hai nghìn không trăm mười chín"),
        ("từ 01/7/2025", "từ ngày mùng một tháng bảy năm hai nghìn không trăm hai mươi lăm"),
        ("tháng 10/1993", "tháng mười năm một nghìn chín trăm chín mươi ba"),
        ("ngày 03/3 hằng năm", "ngày mùng ba tháng ba hằng năm"),
        ("khoảng 84%", "khoảng tám mươi tư phần trăm"),
        ("1.449,566 km", "một nghìn bốn trăm bốn mươi chín phẩy năm trăm sáu mươi sáu ki-lô-mét"),
        ("67.203 km²", "sáu mươi bảy nghìn hai trăm linh ba ki-lô-mét vuông"),
        ("Kết luận 57-KL/TW", "Kết luận số năm mươi bảy của Trung ương"),
        ("Nghị định số 72/2015/NĐ-CP", "Nghị định số bảy mươi hai năm hai nghìn không trăm mười lăm của Chính phủ"),
        ("Nghị quyết 36/2000/NQ-QH10", "Nghị quyết số ba mươi sáu năm hai nghìn của Quốc hội khóa mười"),
        ("Nghị định 100/TTg", "Nghị định số một trăm của Thủ tướng Chính phủ"),
        ("Kế hoạch 506-KH/TU của Tỉnh ủy Cao Bằng", "Kế hoạch số năm trăm linh sáu của Tỉnh ủy Cao Bằng"),
        ("giai đoạn 2021 - 2025", "giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm"),
        ("Hiệp ước 1999 (Việt – Trung)", "Hiệp ước năm một nghìn chín trăm chín mươi chín với Trung Quốc"),
        ("Quốc hội khóa XVI", "Quốc hội khóa mười sáu"),
        ("Đại hội XIX", "Đại hội mười chín"),
        ("UBND xã", "Ủy ban nhân dân xã"),
        ("TTĐN", "thông tin đối ngoại"),
        ("biên giới Việt Nam – Lào", "biên giới Việt Nam Lào"),
        ("Công ước Luật Biển (UNCLOS)", "Công ước Luật Biển"),
        ("điểm A11", "điểm A mười một"),
        ("Tổng đài 111", "Tổng đài một một một"),
        ("Indonesia và Campuchia", "In-đô-nê-xi-a và Cam-pu-chia"),
        ("Clip deepfake trên YouTube", "cờ-líp đíp-phếch trên Diu-túp"),
        ("VnExpress International", "trang tiếng Anh của Vi-en Ếch-pờ-rét"),
    ],
)
def test_what_is_written_is_said(library, written, said):
    assert aloud.speakable(library, written).replace(aloud.HELD, ",") == said


def test_the_value_of_a_field_is_said_once(library):
    text = "Ký ngày [[vn-cn-2009-demarcation-protocol.signed]]."
    assert aloud.speakable(library, text) == "Ký ngày mười tám tháng mười một năm hai nghìn không trăm linh chín."


def test_two_days_of_one_month_share_it(library):
    said = aloud.speakable(library, "[[chien-thang-tran-dau-hai-quan-1964.dates]]")
    assert said == "ngày mùng hai và mùng năm tháng tám năm một nghìn chín trăm sáu mươi tư"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_no_date_leaves_a_figure(day):
    library = _LIBRARY
    for form in (f"{day.day:02d}/{day.month}/{day.year}", f"{day.day}/{day.month:02d}/{day.year}"):
        said = aloud.speakable(library, f"ký ngày {form}, có hiệu lực")
        assert aloud.unsayable(said) is None
        assert said.count("ngày") == 1


_LIBRARY = load_library(ROOT).library


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Theo Broadsheet Asia cho biết.", "Broadsheet"),
        ("Đi từ điểm B tới điểm C.", "B"),
        ("Khóa XVI", "XVI"),
        ("Theo MOU này.", "MOU"),
    ],
)
def test_a_word_that_a_machine_would_spell_or_read_as_english_cannot_be_said(sentence, word):
    assert aloud.unsayable(sentence) == word


def test_a_listed_reading_can_be_said(library):
    for said in (*spoken.table()["names"].values(), *spoken.table()["abbreviations"].values()):
        assert aloud.unsayable(f"Theo {said}.") is None, said


def test_the_reading_speed_is_a_setting(tmp_path):
    root = copy_mini(tmp_path)
    point = load_library(root).library.talking_points[0]
    usual = loa.loa(load_library(root).library, point, loa.UNCUT)
    (root / "data" / "library.yaml").open("a", encoding="utf-8").write("reading_speed: 100\n")
    slow = loa.loa(load_library(root).library, point, loa.UNCUT)
    assert slow.sentences == usual.sentences
    assert (usual.seconds, slow.seconds) == (-(-usual.syllables * 60 // 200), -(-usual.syllables * 60 // 100))


@pytest.mark.parametrize(
    ("text", "count"), [("Việt Nam", 2), ("Campuchia", 3), ("ki-lô-mét", 3), ("nghiêng", 1), ("quyền giữa", 2)]
)
def test_syllables_are_counted_as_heard(text, count):
    assert aloud.syllables(text) == count


def test_a_long_sentence_is_cut_at_its_commas():
    clause = "một hai ba bốn năm sáu bảy tám chín mười"
    assert list(aloud.sentences(f"{clause}, {clause}, {clause}.")) == [
        f"{clause.capitalize()}, {clause}.",
        f"{clause.capitalize()}.",
    ]


def test_a_sentence_without_a_comma_is_not_torn():
    long = " ".join(["tiếng"] * 30)
    (only,) = aloud.sentences(f"{long}.")
    assert aloud.too_long(only)


def test_a_long_sentence_is_cut_around_the_name_of_a_treaty(library):
    text = "Việc phối hợp giữa lực lượng hai bên theo [[vn-cn-2009-border-management-regulations]]."
    said = list(aloud.sentences(aloud.speakable(library, text)))
    assert said[0] == "Việc phối hợp giữa lực lượng hai bên theo văn kiện sau."
    assert said[1].startswith("Hiệp định quy chế quản lý biên giới năm hai nghìn")


def test_a_name_with_commas_stays_whole(library):
    text = f"{' '.join(['tiếng'] * 20)}, [[bo-van-hoa-the-thao-du-lich]]"
    said = list(aloud.sentences(aloud.speakable(library, text)))
    assert said[-1] == "Bộ Văn hóa, Thể thao và Du lịch."


def test_the_source_comes_first(library):
    point = next(p for p in library.talking_points if p.id == "y-vn-la-chieu-dai")
    assert loa.loa(library, point).sentences[0].startswith("Theo Báo Nhân Dân, đường biên giới")


def test_a_position_says_whose_it_is_before_it_speaks(library):
    point = next(p for p in library.talking_points if p.id == "y-hs-ts-lap-truong")
    assert "lập trường của Bộ Ngoại giao Việt Nam" in loa.loa(library, point, loa.SHORT).sentences[0]


def test_what_is_contested_is_in_the_shortest_edition(library):
    for saying in (*library.talking_points, *library.questions):
        if saying.contested:
            heard = loa.loa(library, saying, loa.SHORT).text
            said = next(aloud.sentences(aloud.speakable(library, saying.contested.text)))
            assert said in heard, saying.id


def test_longer_editions_only_add(library):
    for point in library.talking_points:
        short, medium, long = (set(loa.loa(library, point, edition).sentences) for edition in loa.EDITIONS)
        assert short <= medium <= long


def test_the_stated_seconds_are_those_of_the_text(library):
    text = loa.loa(library, library.talking_points[0])
    assert text.syllables == sum(aloud.syllables(sentence) for sentence in text.sentences)
    assert text.seconds == -(-text.syllables * 60 // library.meta.reading_speed)


def test_an_anniversary_says_day_number_and_class(library):
    event = library.by_id["ngay-thanh-lap-hai-quan-1955"]
    (occasion,) = occasions.of_event(event, 2027)
    heard = loa.loa(library, occasion).text
    assert "Ngày thành lập Hải quân nhân dân Việt Nam." in heard
    assert "Mốc được tính là ngày mùng bảy tháng năm năm một nghìn chín trăm năm mươi lăm." in heard
    assert "là kỷ niệm bảy mươi hai năm." in heard
    assert "năm tròn" not in heard


def test_an_anniversary_of_a_treaty_says_from_when_it_counts_and_how_the_treaty_stands(library):
    def heard(treaty_id: str, year: int, field: str) -> str:
        days = occasions.of_treaty(library.by_id[treaty_id], year)
        return loa.loa(library, next(day for day in days if day.field == field), loa.SHORT).text

    round_year = heard("vn-la-1977-delimitation", 2027, "signed")
    assert "là năm mươi năm kể từ ngày ký." in round_year
    assert "Đây là năm tròn." in round_year
    assert "hiệu lực hay không" not in round_year
    ended = heard("vn-cn-2000-gulf-of-tonkin-fisheries", 2027, "entered_into_force")
    assert "năm kể từ ngày có hiệu lực." in ended
    assert "Nay văn kiện này đã hết hiệu lực." in ended


def test_the_next_time_of_each_date_is_found_and_only_of_days(mini):
    treaty = mini.by_id["hiep-uoc-mau-1999"]
    times = occasions.next_times(treaty, dt.date(2026, 7, 7))
    assert [(day.field, day.day.isoformat()) for day in times] == [
        ("signed", "2026-12-30"),
        ("entered_into_force", "2027-07-06"),
    ]
    assert occasions.next_times(treaty, dt.date(2026, 7, 6))[0].day == dt.date(2026, 7, 6)
    month_only = mini.by_id["nghi-dinh-thu-mau-2009"]
    assert occasions.next_times(month_only, dt.date(2026, 7, 7)) == ()
    assert occasions.without_a_day(month_only) == ("signed",)
    assert occasions.without_a_day(treaty) == ()


def test_the_day_of_the_week_is_that_of_both_ends(library):
    week = library.by_id["tuan-le-bien-va-hai-dao-viet-nam"]
    (first,) = occasions.of_event(week, 2026)
    assert (first.day.isoformat(), first.last.isoformat()) == ("2026-06-01", "2026-06-08")
    assert occasions.weekday(first) == "Thứ Hai – Thứ Hai"
    navy = library.by_id["ngay-thanh-lap-hai-quan-1955"]
    assert [occasions.weekday(day) for day in occasions.of_event(navy, 2027)] == ["Thứ Sáu"]


def test_every_status_but_in_force_has_its_word(library):
    assert set(library.vocabulary["status"]) - set(loa._STANDING) == {"hieu_luc"}


def test_every_anniversary_can_be_read_aloud(library):
    for year in (2026, 2027):
        for occasion in occasions.of_year(library, year):
            for edition in loa.EDITIONS:
                for sentence in loa.loa(library, occasion, edition).sentences:
                    assert aloud.unsayable(sentence) is None, (occasion.id, sentence)
                    assert not aloud.too_long(sentence), (occasion.id, sentence)


def test_a_corrected_date_is_corrected_in_what_is_heard_and_copied(tmp_path):
    root = copy_mini(tmp_path)
    before = load_library(root).library
    point = before.talking_points[0]
    assert "ba mươi tháng mười hai" in loa.loa(before, point).text
    edit(root, "treaties", "1999-12-30", "1999-12-29")
    after = load_library(root).library
    assert "hai mươi chín tháng mười hai" in loa.loa(after, after.talking_points[0]).text
    assert "29/12/1999" in copy_text(after, after.talking_points[0])


def test_the_basis_is_its_own_sources_then_those_of_every_field(mini):
    point = mini.talking_points[0]
    places = [(item.source, item.locator) for item in basis(mini, point)]
    assert places[0] == ("nguon-cong-bao", "Điều 1")
    treaty = mini.by_id["hiep-uoc-mau-1999"]
    for fact in (treaty.signed, treaty.entered_into_force):
        assert {(item.source, item.locator) for item in fact.sources} <= set(places)
    assert len(places) == len(set(places))


def test_what_is_copied_is_plain_and_carries_its_basis(mini):
    text = copy_text(mini, mini.talking_points[0])
    assert "[[" not in text and "<" not in text
    assert "Căn cứ: " in text and f"mã {mini.talking_points[0].id}" in text


def test_a_definition_is_quoted_and_its_own_references_are_printed(library):
    said = references.plain(library, "[[tn-hieu-luc.definition]]")
    assert "14/7/2010" in said and "[[" not in said
    linked = [piece.id for piece in references.pieces(library, "[[tn-hieu-luc.definition]]")]
    assert linked.count("vn-cn-2009-demarcation-protocol") == 3  # what it names is linked, not the whole


def test_a_partys_approval_and_the_fields_of_a_figure_can_be_named(library):
    assert references.plain(library, "[[unclos-1982.approval_vn]]") == "23/6/1994"
    assert references.plain(library, "[[vn-kh-phan-gioi-km.as_of]]") == "05/10/2019"
    for wrong in ("[[unclos-1982.approval_xx]]", "[[vn-kh-phan-gioi-km.signed]]", "[[tn-hieu-luc.signed]]"):
        with pytest.raises(references.ReferenceProblem, match="không có trường"):
            references.plain(library, wrong)
