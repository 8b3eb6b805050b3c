"""The benchmark counts rightly and makes the same synthetic records every time."""

from __future__ import annotations

import pytest

from bench.search.measure import Quality, Result, quality
from bench.search.records import enlarge, plain_text
from bench.search.report import report
from bench.search.run import sample
from macros.search import SearchDoc
from tests.search.queries import Query, load_queries

DOC = SearchDoc(
    id="a",
    type="treaty",
    title="Hiệp ước 1999",
    url="dieu-uoc/a.html",
    kind="Hiệp ước",
    names=("Hiệp ước 1999", "Hiệp ước biên giới"),
    answer="ký 30/12/1999",
    body="Một câu đủ dài để được dùng lại ; Một câu khác cũng đủ dài như thế",
    dates=(("1999-12-30", "signed"),),
)
QUERIES = (Query("full", "a", ("a",)), Query("plain", "b", ("b", "c")), Query("nothing", "x", ()))


def test_synthetic_records_are_many_and_the_same_every_time() -> None:
    made = enlarge((DOC,), 50)
    assert made == enlarge((DOC,), 50)
    assert made[0] is DOC
    assert len({doc.id for doc in made}) == 50
    assert enlarge((DOC,), 1) == (DOC,)


def test_peers_get_all_the_words() -> None:
    text = plain_text(DOC)
    assert all(part in text for part in (DOC.names[1], DOC.answer, DOC.body))


@pytest.mark.parametrize(
    ("found", "first", "third", "reciprocal"),
    [
        ((("a",), ("c", "b"), ()), 100, 100, 100),
        ((("x", "a"), ("x", "y", "z", "b"), ()), 0, 50, 37.5),
        (((), (), ()), 0, 0, 0),
    ],
)
def test_success_and_reciprocal_rank(found, first, third, reciprocal) -> None:
    assert quality(QUERIES, found)[""] == Quality(2, first, third, reciprocal)


def test_finding_something_where_nothing_is_counts_as_a_miss() -> None:
    assert quality(QUERIES, ((), (), ("a",)))["nothing"].first == 0
    assert quality(QUERIES, ((), (), ()))["nothing"].first == 100


def test_the_report_holds_the_figures_and_says_what_was_not_measured() -> None:
    results = [
        Result("ours", 3, 2_000, 1_000, 12.4, 0.5, 1.25, (("a",), ("x", "b"), ())),
        Result("ours", 2, 9_000, 4_000, 20.0, 0.5, 2.0, ((), (), ())),
    ]
    facts = {"day": "22/11/2026", "machine": "máy thử", "load": "1", "browser": "1"}
    text = report(results, QUERIES, facts)
    assert "| có dấu | 1 | 100,0 | 100,0 | 100,0 |" in text
    assert "| mọi câu có đáp án | 2 | 50,0 | 100,0 | 75,0 |" in text
    assert "| Cột Mốc | 2 | 9 | 4 | 20 | 0,50 | 2,00 |" in text
    assert "| không được ra gì | 1 | 100,0 | – | – |" in text
    assert '<rect class="cm-bars__first" x="0" y="20" width="150.0"' in text
    assert '<rect class="cm-bars__second" x="0" y="36" width="300.0"' in text
    assert "Lần này không đo được" in text and "Pagefind" in text


def test_the_sample_has_all_forms() -> None:
    queries = load_queries()
    asked = sample(queries, 150)
    assert len(asked) <= 150
    assert {query.form for query in asked} == {query.form for query in queries}
