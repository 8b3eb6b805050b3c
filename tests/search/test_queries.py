"""The query set against the real records: the figures that the search has to keep."""

from __future__ import annotations

from collections import defaultdict

import pytest

from macros.load import load_library
from macros.search import index_for, index_script, read_pages, search
from tests.search.queries import load_queries

QUERIES = load_queries()
FORMS = sorted({query.form for query in QUERIES if query.first})


@pytest.fixture(scope="module")
def index(real_root):
    return index_for(load_library(real_root).library, read_pages(real_root / "docs"))


@pytest.fixture(scope="module")
def ranks(index) -> dict[str, list[tuple[str, int]]]:
    """Form → (query, rank of the right record from 0, or 99)."""
    result = defaultdict(list)
    for query in QUERIES:
        if query.first:
            found = [hit.row["id"] for hit in search(index, query.text, limit=10).hits]
            rank = min((found.index(i) for i in query.first if i in found), default=99)
            result[query.form].append((query.text, rank))
    return result


def _share(ranks: list[tuple[str, int]], below: int) -> float:
    return sum(rank < below for _, rank in ranks) / len(ranks)


def test_the_set_is_large_enough() -> None:
    assert sum(bool(query.first) for query in QUERIES) >= 500
    assert sum(not query.first for query in QUERIES) >= 150
    assert len({(query.form, query.text) for query in QUERIES}) == len(QUERIES)


def test_every_id_of_the_set_exists(index) -> None:
    wanted = {i for query in QUERIES for i in query.first}
    assert wanted - {str(row["id"]) for row in index.rows} == set()


@pytest.mark.parametrize("form", FORMS)
def test_right_record_first_in_each_form(ranks, form: str) -> None:
    missed = [entry for entry in ranks[form] if entry[1] > 0]
    assert _share(ranks[form], 1) >= 0.92, missed


def test_right_record_first_over_all_forms(ranks) -> None:
    everything = [entry for entries in ranks.values() for entry in entries]
    missed = [entry for entry in everything if entry[1] > 0]
    assert _share(everything, 1) >= 0.97, missed
    assert _share(everything, 3) >= 0.99, missed


def test_what_is_not_there_is_not_found(index) -> None:
    nothing = [query.text for query in QUERIES if not query.first]
    found = [text for text in nothing if search(index, text).hits]
    assert len(found) <= 0.08 * len(nothing), found


def test_the_index_is_small(index) -> None:
    import gzip

    assert len(gzip.compress(index_script(index).encode("utf-8"))) < 250_000
