"""The search engine on the tiny library, where the right answers are known."""

from __future__ import annotations

import json
import time

import pytest

from macros.load import load_library
from macros.search import (
    Filters,
    SearchDoc,
    index_for,
    index_script,
    page_sections,
    search,
)
from macros.search.index import index_of, number_digits
from macros.search.rare import has_rare, write_rare
from macros.search.spell import edits
from macros.search.terms import Spelling
from tests.library import copy_mini

PAGE = """---
title: Trợ giúp
---
# Trợ giúp

Mở đầu, xem [Tra cứu](tra-cuu.html).

## Cách sao chép trích dẫn

Bấm nút **Chép**. {{ macro() }}

## Ghi chú thêm {#ghi-chu}

Chữ khác.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


@pytest.fixture(scope="module")
def index(library):
    return index_for(library, {"huong-dan.md": PAGE})


def _first(index, text: str) -> str:
    hits = search(index, text).hits
    return str(hits[0].row["id"]) if hits else ""


@pytest.mark.parametrize(
    "text",
    [
        "Hiệp ước mẫu",
        "hiep uoc mau 1999",
        "HIỆP ƯỚC MẪU 1999",
        "hieepj uwowcs maaux 1999",
        "hiệp ước ký ngày 30/12/1999",
        "30-12-1999",
        "12/1999",
        "ngay 30 thang 12 nam 1999",
        "hiệp ước mẩu về biên giới",
        "hiepuoc mau 1999",
        "hiêp uoc mau 199",
        "hiệp ước mẫu 1999 ký khi nào",
    ],
)
def test_a_treaty_is_found_however_it_is_typed(index, text: str) -> None:
    assert _first(index, text) == "hiep-uoc-mau-1999"


def test_the_row_answers(index) -> None:
    row = search(index, "hiệp ước mẫu 1999").hits[0].data()
    assert row["answer"] == "ký 30/12/1999 · hiệu lực 06/7/2000"
    assert row["status"] == "còn hiệu lực"
    assert row["url"] == "dieu-uoc/hiep-uoc-mau-1999.html"
    assert set(row) >= {"id", "type", "title", "url", "answer", "score"}


def test_a_date_that_nobody_has_finds_nothing_and_offers_the_nearest(index) -> None:
    answer = search(index, "29/12/1999")
    assert answer.hits == ()
    assert answer.understood == ("ngày 29/12/1999",)
    assert answer.suggestions[0].row["id"] == "hiep-uoc-mau-1999"


def test_keystrokes_are_said_back(index) -> None:
    assert search(index, "hieepj uwowcs").understood == ("hiệp ước",)


def test_sections_of_pages_are_found_with_their_anchor(index) -> None:
    assert search(index, "sao chép trích dẫn").hits[0].row["url"] == ("huong-dan.html#cach-sao-chep-trich-dan")
    assert search(index, "ghi chú thêm").hits[0].row["url"] == "huong-dan.html#ghi-chu"


def test_unlisted_pages_and_markup_stay_out() -> None:
    assert page_sections({"a.md": "---\nsearch: false\n---\n# A\nb"}) == ()
    (doc,) = page_sections({"a.md": "# A <b>x</b>\n\n[chữ](b.md) {{ macro }} `mã`"})
    assert (doc.title, doc.body) == ("A x", "chữ mã")


def _doc(number: int, title: str, **more) -> SearchDoc:
    return SearchDoc(
        **{
            "id": f"d{number}",
            "type": "topic",
            "title": title,
            "url": f"{number}.html",
            "kind": "Chủ đề",
            "names": (title,),
        }
        | more
    )


def _order(docs: tuple[SearchDoc, ...], text: str) -> list[object]:
    made = index_of(docs, Spelling({}, {}), {})
    return [hit.row["id"] for hit in search(made, text).hits]


def test_exact_diacritics_rank_above_folded_ones() -> None:
    docs = (_doc(0, "Đạo nhỏ"), _doc(1, "Đảo nhỏ"), _doc(2, "Dao nhỏ"))
    assert _order(docs, "đảo nhỏ")[0] == "d1"
    assert _order(docs, "đạo nhỏ")[0] == "d0"
    assert set(_order(docs, "dao nho")) == {"d0", "d1", "d2"}


def test_the_record_named_ranks_above_what_mentions_it() -> None:
    docs = (
        _doc(0, "Tin về Công ước Luật Biển", type="source"),
        _doc(1, "Cách dùng", type="page", body="Xem Công ước Luật Biển ; Công ước Luật Biển"),
        _doc(2, "Công ước Luật Biển 1982", body="Ký năm 1982"),
    )
    assert _order(docs, "công ước luật biển")[0] == "d2"


def test_date_signed_ranks_above_the_same_date_elsewhere() -> None:
    docs = (
        _doc(0, "Một", dates=(("2000-07-06", "in_force"), ("1999-12-30", "other"))),
        _doc(1, "Hai", dates=(("1999-12-30", "signed"),)),
        _doc(2, "Ba", dates=(("1999-12-30", "in_force"),)),
    )
    assert _order(docs, "ký ngày 30/12/1999")[0] == "d1"
    assert _order(docs, "có hiệu lực ngày 30/12/1999")[0] == "d2"
    assert _order(docs, "6/7/2000") == ["d0"]


def test_abbreviations_and_spellings_of_the_library() -> None:
    spelling = Spelling({"tq": ("trung", "quoc")}, {("cam", "pu", "chia"): "campuchia"})
    docs = (_doc(0, "Biên giới với Trung Quốc"), _doc(1, "Biên giới với Campuchia"))
    made = index_of(docs, spelling, {})
    assert [h.row["id"] for h in search(made, "biên giới TQ").hits] == ["d0"]
    assert [h.row["id"] for h in search(made, "biên giới Cam-pu-chia").hits] == ["d1"]


@pytest.mark.parametrize("text", ["phân giới cắm mcố", "phan gioicam moc", "phân giớ icắm mốc"])
def test_typing_errors_are_read_by_the_words_beside_them(text: str) -> None:
    docs = (_doc(0, "Phân giới cắm mốc"), _doc(1, "Truyền thanh cơ sở"), _doc(2, "Quốc phòng"))
    assert _order(docs, text) == ["d0"]


SCATTERED = (
    _doc(0, "Tổng đài điện thoại", body="Chống mua bán người ; Nhà máy cũ"),
    _doc(1, "Biên giới Việt Nam", body="Ngã ba ; Ấn phẩm ; Chế độ ; Tiến độ"),
)


@pytest.mark.parametrize("text", ["mua nha cu", "Ấn Độ", "sua may cu tai nha", "bán đài"])
def test_syllables_of_other_words_do_not_make_an_answer(text: str) -> None:
    """Each syllable stands in the library, the words that they make do not."""
    assert _order(SCATTERED, text) == []


@pytest.mark.parametrize("text", ["điện thoại", "mua bán người", "nhà máy cũ", "tong dai dien th", "biên giới"])
def test_words_that_stand_together_are_found(text: str) -> None:
    assert len(_order(SCATTERED, text)) == 1


def test_a_pair_that_only_one_document_has_is_known_to_be_its_own() -> None:
    pairs = [(f"mot_hai{n}", n) for n in range(500)]
    rare = write_rare(pairs)
    assert all(has_rare(rare, pair, doc) for pair, doc in pairs)
    assert sum(has_rare(rare, pair, doc + 1) for pair, doc in pairs) < 10
    assert len(rare) == 1000
    assert not has_rare("", "mot_hai", 0)


def test_a_name_from_another_language_that_nobody_has_finds_nothing() -> None:
    docs = (_doc(0, "Hiệp định biển"), _doc(1, "Hiệp định biển với Indonesia"))
    assert _order(docs, "hiệp định biển với Indonesia")[0] == "d1"
    answer = search(index_of(docs, Spelling({}, {}), {}), "hiệp định biển với Singapore")
    assert answer.hits == ()
    assert answer.understood == ("Singapore (không có trong thư viện)",)
    assert [hit.row["id"] for hit in answer.suggestions] == ["d0", "d1"]


@pytest.mark.parametrize(
    "text", ["hiệp ước biên giới vớ", "hiệp ước biên giới tr", "hiep uoc bien gioi t", "hiệp ước biên gi"]
)
def test_results_stay_while_a_silent_word_is_being_typed(text: str) -> None:
    assert _order((_doc(0, "Hiệp ước biên giới"), _doc(1, "Quyền, quyết định")), text) == ["d0"]


@pytest.mark.parametrize("text", ["nghị quy", "nghi quy"])
def test_quy_begins_quyet_too(text: str) -> None:
    docs = (_doc(0, "Nghị quyết"), _doc(1, "Quy chế"), _doc(2, "Nghị định"))
    assert _order(docs, text)[:1] == ["d0"]


TREATIES = (
    _doc(0, "Văn kiện pháp lý với Lào", body="Văn kiện ký năm 2016 với Lào ; văn kiện năm 2016"),
    _doc(1, "Hiệp định cửa khẩu", type="treaty", kind="Hiệp định", lines=("vn-la",),
         facets="Hiệp định ; văn kiện ; Lào",
         dates=(("2016-03-16", "signed"), ("2017-09-05", "in_force"))),
    _doc(2, "Hiệp định thác", type="treaty", kind="Hiệp định", lines=("vn-cn",),
         facets="Hiệp định ; văn kiện ; Trung Quốc", body="Lào",
         dates=(("2015-11-05", "signed"), ("2016-06-16", "in_force"))),
    _doc(3, "Hiệp định vịnh", type="treaty", kind="Hiệp định", lines=("bien",),
         facets="Hiệp định ; văn kiện ; Trung Quốc", dates=(("2000-12-25", "signed"), ("2004-06-30", "in_force"))),
    _doc(4, "Hiệp ước đất liền", type="treaty", kind="Hiệp ước", lines=("vn-cn",),
         facets="Hiệp ước ; văn kiện ; Trung Quốc", dates=(("1999-12-30", "signed"), ("2000-07-06", "in_force"))),
)  # fmt: skip
LABELS = {"vn-cn": "Việt Nam – Trung Quốc", "vn-la": "Việt Nam – Lào", "bien": "Biển, đảo"}


@pytest.mark.parametrize(
    ("text", "first", "said"),
    [
        ("văn kiện ký năm 2016 với Lào", "d1", ("năm 2016", "văn kiện", "Việt Nam – Lào")),
        ("van kien voi lao nam 2016", "d1", ("năm 2016", "văn kiện", "Việt Nam – Lào")),
        ("hiep dinh lao 2016", "d1", ("năm 2016", "hiệp định", "Việt Nam – Lào")),
        ("văn kiện có hiệu lực năm 2016 với Trung Quốc", "d2", ("năm 2016", "văn kiện", "Việt Nam – Trung Quốc")),
        ("văn kiện nào ký với Trung Quốc năm 2000", "d3", ("năm 2000", "văn kiện", "Việt Nam – Trung Quốc")),
        ("văn kiện có hiệu lực năm 2000", "d4", ("năm 2000", "văn kiện")),
        ("văn kiện pháp lý với Lào", "d0", ()),
        ("hiệp định cửa khẩu 2016", "d1", ("năm 2016",)),
    ],
)
def test_a_kind_a_line_and_a_year_bring_the_records_that_are_all_of_it(text: str, first: str, said) -> None:
    answer = search(index_of(TREATIES, Spelling({}, {}), LABELS), text)
    assert answer.hits[0].row["id"] == first
    assert answer.understood == said


def test_a_day_that_does_not_exist_is_said_so(index) -> None:
    answer = search(index, "31/02/1999")
    assert answer.hits == ()
    assert answer.understood == ("31/02/1999 (không có ngày này)",)


def test_filters(index) -> None:
    everything = search(index, "mẫu", limit=99)
    treaties = search(index, "mẫu", limit=99, filters=Filters(type="treaty"))
    assert 0 < treaties.total < everything.total
    assert {hit.row["type"] for hit in treaties.hits} == {"treaty"}
    assert search(index, "mẫu", filters=Filters(year="1066")).total == 0


def test_the_index_is_the_same_every_time(index, library) -> None:
    again = index_for(library, {"huong-dan.md": PAGE})
    assert index_script(again) == index_script(index)


def test_the_script_is_plain_data(index) -> None:
    script = index_script(index)
    assert script.startswith("window.cotmocIndex={")
    assert "</" not in script
    json.loads(script.removeprefix("window.cotmocIndex=").removesuffix(";\n"))


HOSTILE = [
    "",
    " ",
    "*",
    "~2 +a -b ^3 : \\",
    "title:hiệp +ước*",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "💥" * 300,
    "á" * 10_000,
    "hiệp ước " * 1_200,
    "1/" * 5_000,
    "a" * 10_000,
    "\x00\x01\u202e\ufeff",
    "́̀̉",
    "constructor __proto__ toString",
    "ــ" * 500,
    "%00%ff",
    "(((((",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_neither_throw_nor_hang(index, text: str) -> None:
    begin = time.perf_counter()
    search(index, text)
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize(
    ("one", "two", "distance"),
    [("bien", "bien", 0), ("bien", "bienn", 1), ("bine", "bien", 1), ("goi", "gioi", 1)],
)
def test_edits(one: str, two: str, distance: int) -> None:
    assert edits(one, two, 2) == distance


def test_edits_stop_early() -> None:
    assert edits("bien", "campuchia", 1) == 2


@pytest.mark.parametrize(("number", "digits"), [(0, "0"), (31, "V"), (32, "W1"), (1023, "_V")])
def test_number_digits(number: int, digits: str) -> None:
    assert number_digits(number) == digits
