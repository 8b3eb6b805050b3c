"""The draft checker: every finding points into the text, twice the same, whatever is pasted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from macros import proofing
from macros.load import load_library
from macros.proofing.engine import pieces
from tests.fuzz.material import DATES, NUMBERS, draft_texts, mutated, words
from tests.fuzz.running import lengths, run
from tests.library import ROOT

PIECES = (
    *DATES, *NUMBERS, "\r\n", "\n\n", "1.2. ", "a) ", "- ", "\t", "Hiệp ước", "Nghị định thư", "Việt Nam – Lào",
    "Trung Quốc", "ký ngày", "có hiệu lực từ", "kỷ niệm 50 năm", "biên giới dài", "km", "“", "”", "**", "| ", "\u00ad",
)  # fmt: skip


@pytest.fixture(scope="module")
def kit() -> proofing.Kit:
    return proofing.kit_for(load_library(ROOT).library)


def pasted() -> st.SearchStrategy[str]:
    """Real drafts with a few edits, sentences with a name put to any date or figure, and loose words."""
    short = tuple(text for text in draft_texts() if len(text) < 1000)
    names = sorted({record["name"] for record in proofing.kit_for(load_library(ROOT).library).records.values()})
    claim = st.tuples(
        st.sampled_from(names), st.sampled_from((" ký ngày ", " (", " có hiệu lực từ ", " được ký ", " dài ", ", ")),
        st.sampled_from((*DATES, *NUMBERS)), st.sampled_from((".", ")", "; ", "\n", "")),
    ).map("".join)  # fmt: skip
    claims = st.lists(claim, min_size=1, max_size=5).map(" ".join)
    loose = st.lists(st.sampled_from((*words()[::5], *PIECES)), max_size=40).map(" ".join)
    real = mutated(short, PIECES)
    return st.one_of(real, real, real, mutated(draft_texts(), PIECES, most=8), claims, claims, loose)


@lengths
def test_findings_point_into_the_text(kit: proofing.Kit, count: int, record_property: Callable) -> None:
    turn = iter(range(10**9))
    library = load_library(ROOT).library
    known = {*library.by_id, *library.figures, *library.sets, ""}

    def checked(text: str) -> str:
        result = proofing.proof(text, kit)
        data = result.data()
        places = [0]
        for finding in data["findings"]:
            assert 0 <= finding["start"] < finding["end"] <= len(text), finding
            assert finding["found"] == text[finding["start"] : finding["end"]]
            assert all(0 <= start < end <= len(text) for start, end in finding["also"]), finding
            assert finding["level"] in proofing.LEVELS and finding["kind"]
            assert finding["message"] and not re.search(r"\{[a-z]+\}", finding["message"].replace(finding["found"], ""))
            assert finding["id"] in known, finding
            assert finding["fix"] is None or finding["fix"] != finding["found"], "a fix that changes nothing"
            places.append(finding["start"])
        assert places == sorted(places)
        assert set(data["checked"]["records"]) <= set(kit.records)
        assert all(item["found"] and 0 <= item["start"] < item["end"] <= len(text) for item in data["unknown"])
        if next(turn) % 5 == 0:
            _same_again(text, kit, data)
        return "findings" if data["findings"] else "records" if result.named else "nothing"

    run(count, pasted(), checked, record_property).reaches(0.35, "findings", "records")


def _same_again(text: str, kit: proofing.Kit, data: dict) -> None:
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data == proofing.proof(text, kit).data()
    at = 0
    for start, end in pieces(text):
        assert at == start < end
        at = end
    assert at == len(text), "every letter is in one of the pieces"
    _mended(text, kit)


def _mended(text: str, kit: proofing.Kit) -> None:
    """Taking a fix that the checker is sure of, it does not ask for the same again."""
    first = next((f for f in proofing.proof(text, kit).findings if f.fix is not None and f.level == "sai"), None)
    if first is not None:
        fixed = text[: first.start] + first.fix + text[first.end :]
        again = proofing.proof(fixed, kit).findings
        assert (first.start, first.kind, "sai", first.fix) not in {(f.start, f.kind, f.level, f.found) for f in again}
