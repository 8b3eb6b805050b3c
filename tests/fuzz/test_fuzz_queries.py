"""Queries: whatever is typed, the real index answers in order, twice the same, and nothing breaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from macros import search
from macros.load import load_library
from macros.search.understand import LONGEST, understand
from macros.vietnamese import decode_typed, find_numbers, fold, normalize, tokens
from macros.vietnamese import words as words_of
from tests.fuzz.material import DATES, NUMBERS, ODD, mutated, queries, words
from tests.fuzz.running import lengths, run
from tests.library import ROOT

PIECES = (*DATES, *NUMBERS, "bao nhiêu", "là gì", "khi nào", "hiệu lực", "so sánh", "Telexx", "hieepj", "uowcs", " ")


@pytest.fixture(scope="module")
def index() -> search.Index:
    return search.index_for(load_library(ROOT).library, search.read_pages(ROOT / "docs"))


def typed() -> st.SearchStrategy[str]:
    """Real queries with a few edits, phrases out of the words of the documents, and pasted junk."""
    phrase = st.lists(st.sampled_from((*words(), *PIECES)), min_size=1, max_size=7).map(" ".join)
    joined = st.lists(st.sampled_from((*words()[::9], *PIECES)), min_size=1, max_size=3).map("".join)
    long = st.tuples(phrase, st.integers(2, 60)).map(lambda t: t[0] * t[1])
    real = mutated(queries(), PIECES, most=4)
    return st.one_of(real, real, real, phrase, joined, long, st.lists(st.sampled_from(ODD), max_size=5).map("".join))


@lengths
def test_answers_are_in_order_and_the_same_twice(index: search.Index, count: int, record_property: Callable) -> None:
    turn = iter(range(10**9))

    def answered(text: str) -> str:
        answer = search.search(index, text, limit=20)
        scores = [hit.score for hit in answer.hits]
        assert scores == sorted(scores, reverse=True) and all(score >= 0 for score in scores)
        ids = [hit.row["id"] for hit in answer.hits]
        assert len(set(ids)) == len(ids) == min(20, answer.total)
        assert not (answer.hits and answer.suggestions) and len(answer.suggestions) <= 5
        assert all(hit.data()["title"] and hit.data()["url"] for hit in (*answer.hits, *answer.suggestions))
        for word in answer.words:
            # What is marked in a title is looked for in its folded form.
            assert word and (fold(word) == word or not word.isalnum()), word
        if next(turn) % 50 == 0:
            _same_again(index, text, answer)
        return "found" if answer.hits else "suggested" if answer.suggestions else "nothing"

    run(count, typed(), answered, record_property).reaches(0.25, "found")


def _same_again(index: search.Index, text: str, answer: search.Answer) -> None:
    assert search.search(index, text, limit=20) == answer
    one, kept = search.search(index, text, limit=1), search.Filters(type="treaty")
    assert one.hits == answer.hits[:1] and one.total == answer.total
    filtered = search.search(index, text, limit=200, filters=kept)
    assert filtered.total <= answer.total and all(hit.row["type"] == "treaty" for hit in filtered.hits)
    apart = unicodedata.normalize("NFD", text)
    if len(apart) <= LONGEST:
        whole = search.search(index, unicodedata.normalize("NFC", text), limit=20)
        assert search.search(index, apart, limit=20).hits == whole.hits, "decomposed letters are the same letters"
    _understood(index, text)


def _understood(index: search.Index, text: str) -> None:
    query = understand(index, text)
    for match in (*query.dates, *query.numbers):
        assert 0 <= match.start < match.end <= len(query.text)
    assert all(slot.weight > 0 for slot in query.slots)
    assert all(0 < way.percent <= 100 for slot in query.slots for way in slot.alternatives)
    assert all(name == fold(name) for name in query.names)


@lengths
def test_words_dates_and_numbers_stand_in_order_inside_the_text(count: int, record_property: Callable) -> None:
    def cut(text: str) -> str:
        found = tokens(text)
        end = 0
        for token in found:
            assert end <= token.start < token.end <= len(text), token
            assert token.exact and token.folded
            end = token.end if token.kind != "word" else token.start
        for word in words_of(text):
            assert 0 <= word.start < word.end <= len(text)
        for match in find_numbers(text):
            assert match.number.isdigit() and match.number.isascii()
        assert normalize(normalize(text)) == normalize(text), "repairing twice changes nothing more"
        assert fold(fold(text)) == fold(text)
        decode_typed(text)
        return "tokens" if found else "nothing"

    run(count, typed(), cut, record_property).reaches(0.8, "tokens")
