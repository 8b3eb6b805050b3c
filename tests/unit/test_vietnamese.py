"""Letters, tones, keystrokes, dates and numbers, against the rules of the language."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from macros import vietnamese as vi
from macros.analysis import letters, table
from tests.unit import vietnamese_samples as samples

INVENTORY = samples.syllables()

BROKEN = [
    ("côṭ mốc", "cột mốc"),
    ("tích cưc̣", "tích cực"),
    ("vâṇ đôṇg", "vận động"),
    ("hoaṭ đôṇg", "hoạt động"),
    ("trâṭ tư ̣khu vưc̣", "trật tự khu vực"),
    ("Ðảng", "Đảng"),
    ("CÔṬ MỐC", "CỘT MỐC"),
    ("gi\u031bo\u0301i", "giới"),
]


@pytest.mark.parametrize(("broken", "right"), BROKEN)
def test_stray_marks_go_back_to_their_vowel(broken: str, right: str) -> None:
    assert vi.normalize(broken) == unicodedata.normalize("NFC", right)


@pytest.mark.parametrize(
    "text", ["Pāṇini", "Kraków", "ṭ", "x̣", "hoà hòa", "", "Đức Thiên", "a\u0301\u0300b", "越南 ລາວ"]
)
def test_what_is_not_certainly_broken_stays(text: str) -> None:
    assert vi.normalize(text) == unicodedata.normalize("NFC", text)


def test_every_syllable_with_its_tone_behind_the_last_letter_is_repaired() -> None:
    assert len(INVENTORY) > 10_000
    wrong = [s for s in INVENTORY if vi.normalize(samples.misplace(s)) not in {s, _old(s)}]
    # A mark behind an open syllable stands on a vowel already: nothing shows that it is misplaced.
    assert [s for s in wrong if not _ends_in_vowel(s)] == []


def _old(syllable: str) -> str:
    from macros.analysis.letters import strip_tone

    toneless, tone = strip_tone(syllable)
    return vi.place_tone(toneless, tone, old=True)


def _ends_in_vowel(syllable: str) -> bool:
    return vi.fold(syllable)[-1] in "aeiouy"


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_normalize_is_idempotent_and_keeps_base_letters(text: str) -> None:
    once = vi.normalize(text)
    assert vi.normalize(once) == once
    assert len(vi.shadow(once).text) == len(vi.shadow(text).text)


def test_normal_text_is_not_changed() -> None:
    assert [s for s in INVENTORY if vi.normalize(s) != s] == []


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Biên giới", "bien gioi"),
        (unicodedata.normalize("NFD", "ĐƯỜNG BIÊN"), "duong bien"),
        ("Việt Nam – Lào", "viet nam - lao"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert vi.fold(typed) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("thủy", "thuỷ"),
        ("khỏe", "khoẻ"),
        ("HÒA", "hoà"),
        ("kí", "ký"),
        ("quí", "quý"),
        ("cuả", "của"),
        ("côṭ", "cột"),
    ],
)
def test_equal_spellings_have_one_key(one: str, other: str) -> None:
    assert vi.exact_key(one) == vi.exact_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hoa"), ("đảo", "đạo"), ("tai", "tay"), ("ma", "mà"), ("bến", "bền")]
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert vi.exact_key(one) != vi.exact_key(other)


@pytest.mark.parametrize(
    "word",
    ["nghiêng", "khuỷu", "quyết", "giếng", "gì", "thuở", "Đường", "ước", "yêu", "quốc", "ngoằn"],
)
def test_syllables(word: str) -> None:
    assert vi.is_syllable(word)


@pytest.mark.parametrize("word", ["", "unclos", "apec", "bcd", "cat", "tồc", "xyz", "w", "hieepj", "càp", "á́"])
def test_no_syllables(word: str) -> None:
    assert not vi.is_syllable(word)


@pytest.mark.parametrize("keys", [samples.telex, samples.vni])
@pytest.mark.parametrize("tone_last", [True, False])
def test_raw_keystrokes_of_every_syllable_are_read(keys, tone_last: bool) -> None:
    wrong = []
    for syllable in INVENTORY:
        typed = keys(syllable, tone_last=tone_last)
        # A word without special keys reads as it stands; the rare oo of xoong has keys of its own.
        if vi.is_folded_syllable(typed) or "oo" in vi.fold(syllable):
            continue
        decoded = vi.decode_typed(typed)
        if decoded != syllable:
            wrong.append((typed, syllable, decoded))
    assert wrong == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hieepj uwowcs bieen giowis", "hiệp ước biên giới"),
        ("dduwowngf bieen", "đường biên"),
        ("duowngdf", "đường"),
        ("hie6p5 uo7c1", "hiệp ước"),
        ("u7o7c1", "ước"),
        ("Hieepj ước", "hiệp ước"),
        ("coong hamf", "công hàm"),
        ("luwu", "lưu"),
        ("luuw", "lưu"),
        ("muaw", "mưa"),
        ("quowr", "quở"),
        ("viejet nam", "việt nam"),
        ("khuyur", "khuỷu"),
        ("thuowr", "thuở"),
        ("thuo73", "thuở"),
    ],
)
def test_keystrokes(typed: str, read: str) -> None:
    assert vi.decode_typed(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "unclos 1982",
        "apec",
        "kl57",
        "nq36",
        "qh15",
        "hiep uoc bien gioi",
        "cua khau",
        "lao",
        "hòa bình",
        "fax",
    ],
)
def test_what_is_no_keystrokes_stays(text: str) -> None:
    assert vi.decode_typed(text) == text


def test_a_word_of_the_library_is_never_taken_for_keystrokes() -> None:
    assert vi.decode_typed("hair") == "hải"
    assert vi.decode_typed("hair", known={"hair"}.__contains__) == "hair"


DAY = "1999-12-30"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        *[
            (text, [DAY])
            for text in (
                "30/12/1999",
                "30-12-1999",
                "1999-12-30",
                "30.12.1999",
                "30 / 12 / 1999",
                "ngày 30 tháng 12 năm 1999",
                "30 12 1999",
                "30/12/99",
                "ngay 30 thang 12 nam 1999",
                "30 tháng 12, 1999",
                "NGÀY 30/12/1999",
                "30121999",
                "30/12 năm 1999",
                "30–12–1999",
                unicodedata.normalize("NFD", "ngày 30 tháng 12 năm 1999"),
                "ngày 30\ntháng 12\nnăm 1999",
                "1999/12/30",
                "ký ngày 30-12 năm 1999",
            )
        ],
        ("12/1999", ["1999-12"]),
        ("tháng 12/1999", ["1999-12"]),
        ("tháng 12 năm 1999", ["1999-12"]),
        ("thang 12 1999", ["1999-12"]),
        ("12-1999", ["1999-12"]),
        ("1999-12", ["1999-12"]),
        ("năm 1999", ["1999"]),
        ("1999", ["1999"]),
        ("2021-2030", ["2021", "2030"]),
        ("ngày 18 tháng 2", ["--02-18"]),
        ("22/12", ["--12-22"]),
        ("mùng 2 tháng 9", ["--09-02"]),
        ("29/02/2024", ["2024-02-29"]),
        ("07/5/1955 – 07/5/2026", ["1955-05-07", "2026-05-07"]),
        ("30/12/1999-30/12/2009", [DAY, "2009-12-30"]),
        ("72/2015/NĐ-CP ngày 07/9/2015", ["2015-09-07"]),
        ("5/8/1964, 22/12", ["1964-08-05", "--12-22"]),
        *[
            (text, [])
            for text in (
                "",
                "31/02/1999",
                "29/02/2023",
                "32/12/1999",
                "30/13/1999",
                "84%",
                "39/63 tỉnh",
                "36-NQ/TW",
                "1191/QĐ-TTg",
                "139/2024/QH15",
                "0/12/1999x",
                "14,5",
                "1.449,566 km",
                "4.1999",
                "12345",
                "số 5/2011",
            )
            if text != "4.1999"
        ],
    ],
)
def test_dates(text: str, values: list[str]) -> None:
    assert [m.value for m in vi.find_dates(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("36-NQ/TW", "36/NQ/TW"),
        ("36 nq tw", "36/NQ/TW"),
        ("36NQTW", "36/NQ/TW"),
        ("nq36tw", "36/NQ/TW"),
        ("57-kl tw", "57/KL/TW"),
        ("Nghị quyết số 36-NQ/TW", "36/NQ/TW"),
        ("nghị quyết 36", "36/NQ"),
        ("nghi quyet so 36", "36/NQ"),
        ("nq36", "36/NQ"),
        ("NQ 36", "36/NQ"),
        ("1191/QĐ-TTg", "1191/QĐ/TTG"),
        ("1191 qd ttg", "1191/QĐ/TTG"),
        ("qđ 1191", "1191/QĐ"),
        ("72/2015/NĐ-CP", "72/2015/NĐ/CP"),
        ("72 2015 nd cp", "72/2015/NĐ/CP"),
        ("nghị định 72/2015", "72/2015/NĐ"),
        ("139/2024/QH15", "139/2024/QH15"),
        ("36/2000/NQ-QH10", "36/2000/NQ/QH10"),
        ("5115/CTr-BTTTT-BTLBĐBP", "5115/CTr/BTTTT-BTLBDBP"),
        ("3089/BTTTT-TTĐN", "3089/BTTTT-TTDN"),
        ("02-HD/BTGDVTW", "2/HD/BTGDVTW"),
        ("52/2004/LPQT", "52/2004/LPQT"),
        ("số 72/2015", "72/2015"),
        ("kl57", "57/KL"),
        ("Quyết định 79/2010/QĐ-TTg", "79/2010/QĐ/TTG"),
        ("339-QĐ/TW", "339/QĐ/TW"),
    ],
)
def test_document_numbers(text: str, value: str) -> None:
    found = vi.find_numbers(text)
    assert [m.value for m in found] == [value]
    assert (found[0].start, found[0].end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kế hoạch 2024",
        "luật 2016",
        "30/12/1999",
        "24/7",
        "12 tỉnh",
        "36",
        "1.449,566 km",
        "UNCLOS 1982",
        "84%",
    ],
)
def test_no_document_numbers(text: str) -> None:
    assert vi.find_numbers(text) == ()


def test_offsets_point_into_the_original_text() -> None:
    text = unicodedata.normalize("NFD", "Theo Nghị quyết 36-NQ/TW, hiệp ước ký ngày 30 tháng 12 năm 1999 tại Hà Nội")
    number, date = vi.find_numbers(text)[0], vi.find_dates(text)[0]
    assert unicodedata.normalize("NFC", text[number.start : number.end]) == "Nghị quyết 36-NQ/TW"
    assert unicodedata.normalize("NFC", text[date.start : date.end]) == "ngày 30 tháng 12 năm 1999"
    assert [text[t.start : t.end] for t in vi.tokens(text)][-1] == unicodedata.normalize("NFD", "Nội")


def test_tokens_keep_dates_and_numbers_whole() -> None:
    kinds = [(t.kind, t.folded) for t in vi.tokens("NQ 36-NQ/TW ngày 22/10/2018 về biển")]
    assert kinds == [
        ("word", "nq"),
        ("number", "36/NQ/TW"),
        ("date", "2018-10-22"),
        ("word", "ve"),
        ("word", "bien"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "1/" * 5_000,
        "ngày " * 2_000,
        "36-" * 3_000,
        "́" * 5_000,
        "💥" * 5_000,
        "ngay 30 thang 12 " * 600,
    ],
)
def test_long_texts_take_no_long_time(text: str) -> None:
    import time

    begin = time.perf_counter()
    vi.tokens(text)
    vi.decode_typed(text)
    assert time.perf_counter() - begin < 3


WORDS = st.sampled_from(
    ["nghị", "quyết", "số", "nq", "tw", "ngày", "tháng", "năm", "kế hoạch", "/", "-", "qđ", "ubnd", "."]
)


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text("nqtwđ/-. ngàythángsố", max_size=40))
def test_no_rule_finds_a_date_or_number_without_a_figure(text: str) -> None:
    """What lets find_dates and find_numbers pass quickly over most texts."""
    for rule in (*table.date_rules(), *table.number_rules()):
        assert _whole(rule).search(vi.shadow(text).text) is None, rule.name


@given(st.text("aăâeêđoơưyctphộếợỹṭñä \u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b", max_size=20))
def test_the_quick_way_past_sound_text_changes_nothing(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    slow = letters._RUN.sub(lambda match: letters._repair(match.group()), composed)
    assert vi.reattach_marks(text) == unicodedata.normalize("NFC", slow)


@given(st.text(max_size=60) | st.text("aăđĐoơ1①Ⅻﬁıİßﬀ💥 .,-\u0301\u200b\u00a0", max_size=20))
def test_keys_without_places_are_those_of_the_words(text: str) -> None:
    assert vi.word_keys(text) == [(word.exact, word.folded) for word in vi.words(text)]


FIGURES = st.sampled_from(
    ["30/12/1999", "5/8", "năm 2009", "36-NQ/TW", "72/2015/NĐ-CP", "139/2024/QH15", "7", "1191 qd ttg", "2009-2013"]
)


@given(
    st.lists(WORDS | FIGURES | st.sampled_from([" ", "  ", "số: ", "mùng "]), max_size=12), st.sampled_from([" ", ""])
)
@example(["850/1925/NĐ-CP-kết luận số 3711-KL/TW"], "")
def test_trying_only_at_figures_finds_what_the_whole_pattern_finds(parts: list[str], between: str) -> None:
    folded = vi.shadow(between.join(parts)).text
    for rules in (table.date_rules(), table.number_rules()):
        whole = [(r, match.groups(), match.span()) for r in rules for match in _whole(r).finditer(folded)]
        assert list(rules.find(folded, table.runs(folded))) == whole


@pytest.mark.parametrize(("rule", "written"), list(zip(table.date_rules(), table.table()["dates"], strict=True)))
def test_a_rule_is_cut_without_loss(rule: table.Rule, written: dict[str, str]) -> None:
    assert _whole(rule).pattern == written["pattern"]


def _whole(rule: table.Rule) -> re.Pattern[str]:
    """The rule as one pattern, as it stands in the table."""
    lead = rule.lead.pattern.removesuffix(r"\Z") + ("" if rule.needed else "?") if rule.lead else ""
    return re.compile(lead + rule.pattern.pattern, re.ASCII)
