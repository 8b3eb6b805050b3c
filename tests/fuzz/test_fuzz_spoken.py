"""What is read aloud: no figure, bracket or slash is left of anything that officers write."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import strategies as st

from macros import aloud, references, spoken
from macros.load import load_library
from macros.model import Library
from macros.spoken import LIMIT
from tests.fuzz.material import DATES, NUMBERS, ODD, draft_texts, mutated
from tests.fuzz.running import lengths, run
from tests.library import ROOT

LEFT = re.compile(r"[0-9()\[\]{}/\u2026\ue000-\ue003]")
"""What no reader and no speech machine can say."""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT).library


@cache
def _references() -> tuple[str, ...]:
    """References that the library's own sayings make, and bare ones to every record."""
    library = load_library(ROOT).library
    named = [f"[[{item}]]" for item in library.by_id if library.kind_of[item] not in ("talking_points", "questions")]
    texts = [text for point in library.talking_points for text in (*point.facts, point.main)]
    fields = [f"[[{r.id}.{r.field}]]" for text in texts for r in references.find(text) if r.field]
    return tuple(dict.fromkeys([*named, *fields]))


_number = st.one_of(
    st.integers(0, 400_000).map(lambda n: f"{n:,}".replace(",", ".")),
    st.tuples(st.integers(0, 99_999), st.integers(0, 999)).map(lambda t: f"{t[0]:,},{t[1]:03d}".replace(",", ".", 1)),
    st.integers(0, 100).map("{}%".format), st.integers(1, 400).map("{} km".format),
)  # fmt: skip
_date = st.dates().map(lambda d: f"{d.day:02d}/{d.month}/{d.year}") | st.tuples(
    st.integers(1, 12), st.integers(1800, 2099)
).map(lambda t: f"{t[0]}/{t[1]}")
_plain = ("Nghị quyết", "số", "ngày", "năm", "theo", "của", "dài", "khoảng", "Hiệp ước", "mốc", "giữa hai nước", "từ")


def _clause() -> st.SearchStrategy[str]:
    """Words with what officers write between them: dates, figures, numbers of documents, brackets."""
    known = tuple(number for number in NUMBERS if spoken.document_number(number))
    one = st.one_of(
        st.sampled_from(_plain), st.sampled_from(_plain), _number, _date, st.sampled_from(known),
        st.sampled_from(_references()), st.integers(1900, 2099).map(str), st.sampled_from(("Việt – Trung", "(1999)")),
        st.tuples(st.sampled_from(_plain), _date).map(lambda t: f"({t[0]} {t[1]})"),
    )  # fmt: skip
    return st.lists(one, min_size=2, max_size=9).map(" ".join)


@lengths
def test_clauses_are_said_without_figures(library: Library, count: int, record_property: Callable) -> None:
    def said(text: str) -> str:
        words = aloud.speakable(library, text)
        assert words == aloud.speakable(library, text)
        left = LEFT.search(words.replace(aloud.HELD, ",").translate({0xE001: "", 0xE002: "", 0xE003: ""}))
        assert not left, words
        for sentence in aloud.sentences(words):
            assert sentence[-1] in ".?!" and not LEFT.search(sentence), sentence
        return "figures" if re.search("[0-9]", text) else "words only"

    run(count, _clause(), said, record_property).reaches(0.6, "figures")


@lengths
def test_any_text_can_be_said_or_its_rest_is_named(library: Library, count: int, record_property: Callable) -> None:
    """What cannot be said is found by ``unsayable``, on which a check stops the build."""
    line = mutated(tuple(t for t in draft_texts() if len(t) < 1000), (*DATES, *NUMBERS, "[[", "]]", "(", ")", "km²"))

    def said(text: str) -> str:
        try:
            words = aloud.speakable(library, text)
        except references.ReferenceProblem as problem:
            assert str(problem)
            return "refused"
        sentences = list(aloud.sentences(words))
        for sentence in sentences:
            rest = aloud.unsayable(sentence)
            assert rest or not LEFT.search(sentence), sentence
            assert not re.search("[\ue001-\ue003]", sentence) or any(mark in text for mark in ODD), sentence
        # A number that is too large stays as it is, and is named.
        kept = re.findall(r"[^\W_]+", words)
        assert kept or not re.findall(r"[^\W\d_]{2,}|[0-9]", text), "words were lost"
        return "said" if not any(map(aloud.unsayable, sentences)) else "something is left"

    run(count, line, said, record_property).reaches(0.3, "said")


@lengths
def test_numbers_of_documents(count: int, record_property: Callable) -> None:
    def said(text: str) -> str:
        words = spoken.document_number(text)
        if words is None:
            return "unknown form"
        assert not LEFT.search(words) and not re.search(r"\d", words)
        return "said"

    kinds, issuers = spoken.table()["kinds"], spoken.table()["issuers"]
    number = st.integers(0, 99_999).map(str)
    state = st.tuples(
        number, st.sampled_from(("/", "/2015/", "/2024/", "-")), st.sampled_from(sorted(kinds)),
        st.sampled_from(("-", "/", "-QH", "")), st.sampled_from(sorted(issuers)),
    ).map("".join)  # fmt: skip
    run(count, state | state | mutated(NUMBERS, NUMBERS, most=3), said, record_property).reaches(0.08, "said")


@lengths
def test_every_number_is_said_or_refused(count: int, record_property: Callable) -> None:
    def said(value: float) -> str:
        try:
            words = spoken.number(value)
        except ValueError:
            assert abs(value) >= LIMIT
            return "refused"
        assert re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)*", words), words
        assert words.startswith("âm ") == (value < 0 and words != "không")
        return "said"

    whole = st.integers(-LIMIT - 10, LIMIT + 10)
    parts = st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 3))
    run(count, whole | parts, said, record_property).reaches(0.9, "said")
