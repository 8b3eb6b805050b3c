"""The real records: complete against the research, every date sourced, as the open data shows them."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache

import pytest
import yaml

from macros.checks import check
from macros.exports import api
from macros.load import load_library
from macros.model import Citation, Fact, Library, PartialDate
from macros.walk import walk
from tests.library import ROOT

RESEARCH = yaml.safe_load((ROOT / "tests" / "data" / "research_dates.yaml").read_text(encoding="utf-8"))
SEEDS = ("seed-phong-quang-2026", "seed-ha-nam-2021", "seed-loi-bac-2026", "seed-cao-bang-2026", "seed-btttt-2023")


@cache
def library() -> Library:
    loaded = load_library(ROOT)
    assert loaded.problems == ()
    return loaded.library


@cache
def published(kind: str) -> dict:
    return json.loads(dict(api.files(library()))[f"api/v1/{kind}.json"])


def test_the_real_library_has_no_problems() -> None:
    today = max(library().meta.data_as_of.first(), dt.datetime.now(dt.UTC).date())
    assert [str(problem) for problem in check(library(), today)] == []


@pytest.mark.parametrize("treaty_id", RESEARCH)
def test_open_data_gives_the_dates_of_the_research(treaty_id: str) -> None:
    record = next(r for r in published("treaties")["records"] if r["id"] == treaty_id)
    for field, expected in RESEARCH[treaty_id].items():
        if expected is not None:
            assert record[field] == PartialDate.parse(expected).common(), field
        elif record[field] is not None:
            assert record["facts"][field]["sources"], f"{field} is newer than the research and has no source"


def test_all_35_instruments_are_there() -> None:
    assert len(RESEARCH) == 35
    assert set(RESEARCH) <= {treaty.id for treaty in library().treaties}


def test_every_published_date_has_a_source_and_a_confidence() -> None:
    dated = 0
    for _, record in library().records():
        for path, value in walk(record):
            if isinstance(value, Fact) and _is_date(value.value):
                dated += 1
                assert value.sources and value.confidence, (record.id, path)
                assert all(citation.locator for citation in value.sources)
    assert dated > 150


def _is_date(value: object) -> bool:
    return isinstance(value, PartialDate) or (isinstance(value, tuple) and value and isinstance(value[0], PartialDate))


def test_the_three_documents_are_exactly_three() -> None:
    _, three = library().sets["vn-cn-03-van-kien"]
    assert set(three.members) == {
        "vn-cn-2009-demarcation-protocol",
        "vn-cn-2009-border-management-regulations",
        "vn-cn-2009-border-gates",
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_each_guidance_document_is_cited_with_section(seed: str) -> None:
    locators = {
        value.locator
        for _, record in library().records()
        for _, value in walk(record)
        if isinstance(value, Citation) and value.source == seed
    }
    assert len(locators) >= 5
    line_numbers = re.compile(r"\bL\d+\b|(?<!đầu )dòng \d+")
    assert not [text for text in locators if line_numbers.search(text)]


@pytest.mark.parametrize(
    ("child", "kind", "parent"),
    [
        ("vn-kh-2005-supplementary-treaty", "supplements", "vn-kh-1985-delimitation"),
        ("vn-kh-2019-supplementary-treaty", "supplements", "vn-kh-2005-supplementary-treaty"),
        ("vn-kh-2019-supplementary-treaty", "supplements", "vn-kh-1985-delimitation"),
        ("vn-la-1986-supplementary-treaty", "supplements", "vn-la-1977-delimitation"),
    ],
)
def test_relations_that_officers_mix_up(child: str, kind: str, parent: str) -> None:
    relations = {(relation.type, relation.target) for relation in library().by_id[child].relations}
    assert (kind, parent) in relations


def test_the_bare_reference_stays_unverified() -> None:
    record = next(document for document in library().documents if document.number == "92/QĐ-TTg")
    assert record.status.value == "chua_kiem_chung"


def test_counts_of_each_kind() -> None:
    counts = {kind: published(kind)["count"] for kind in ("treaties", "borders", "documents", "glossary", "topics")}
    assert counts["borders"] == 4
    assert counts["treaties"] >= 50
    assert counts["documents"] >= 43  # 38 rows of the extraction and the five documents themselves
    assert counts["glossary"] >= 60
    assert counts["topics"] >= 45


def test_nothing_that_was_only_remembered_is_published() -> None:
    """Values that the research marks as not sourced stay out of the open data."""
    text = dict(api.files(library()))["api/v1/all.json"]
    treaties = {record["id"]: record for record in published("treaties")["records"]}
    assert treaties["vn-cn-1993-basic-principles-border-territory"]["signed"] == "1993-10"
    assert treaties["vn-cn-1991-provisional-border-affairs"]["signed_place"] is None
    assert "2337.459" not in text and "2.337,459" not in text
