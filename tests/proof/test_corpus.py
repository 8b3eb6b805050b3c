"""The checker on drafts with planted errors, on correct ones, and on the five source documents."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from macros import proofing
from macros.load import load_library
from tests.proof.drafts import drafts, is_found, seeds

EXPECTED = Path(__file__).resolve().parent / "expected"


@pytest.fixture(scope="module")
def library(real_root: Path):
    return load_library(real_root).library


@pytest.fixture(scope="module")
def kit(library):
    return proofing.kit_for(library)


def findings_of(text: str, kit) -> list[dict]:
    return proofing.proof(text, kit).data()["findings"]


def test_the_corpus_is_as_large_as_promised():
    planted = [draft for draft in drafts() if draft["errors"]]
    assert len(planted) >= 120
    assert len(drafts()) - len(planted) >= 80
    assert len({kind for draft in planted for error in draft["errors"] for kind in error["kinds"]}) >= 20


@pytest.mark.parametrize("names", [("dates",), ("names",), ("figures",), ("unseen",), ("third",)])
def test_planted_errors_are_found(kit, names):
    missed, total = [], 0
    for draft in drafts(*names):
        findings = findings_of(draft["text"], kit)
        for error in draft["errors"]:
            total += 1
            if not is_found(draft["text"], error, findings):
                missed.append((draft["text"], error))
    assert len(missed) * 100 <= total * 5, missed


@pytest.mark.parametrize("names", [("correct",), ("unseen_correct",), ("third",), ("fourth_correct",)])
def test_correct_drafts_raise_no_false_alarm(kit, names):
    alarms = []
    texts = [draft for draft in drafts(*names) if not draft["errors"]]
    for draft in texts:
        wrong = [finding for finding in findings_of(draft["text"], kit) if finding["level"] == "sai"]
        alarms += [(draft["text"], finding["message"]) for finding in wrong]
    assert len(alarms) * 100 <= len(texts) * 2, alarms


def test_the_measure_can_fail(kit):
    """A checker that finds nothing, or calls everything wrong, does not pass."""
    draft = drafts("dates")[0]
    assert not is_found(draft["text"], draft["errors"][0], [])
    assert is_found(draft["text"], draft["errors"][0], findings_of(draft["text"], kit))


@pytest.mark.parametrize("code", sorted(seeds()))
def test_findings_in_the_source_documents_are_those_judged_true(kit, code):
    text = seeds()[code]
    expected = yaml.safe_load((EXPECTED / f"{code}.yaml").read_text(encoding="utf-8"))
    found = [
        {
            "line": text.count("\n", 0, item["start"]) + 1,
            "kind": item["kind"],
            "level": item["level"],
            "found": " ".join(item["found"].split())[:60],
            "fix": item["fix"],
        }
        for item in findings_of(text, kit)
    ]
    assert all(item.pop("judged") for item in expected)
    assert found == expected


def test_the_source_documents_are_unchanged(library):
    recorded = {source.sha256 for source in library.sources if source.sha256}
    assert {hashlib.sha256(text.encode()).hexdigest() for text in seeds().values()} == recorded


def test_places_point_at_what_was_found(kit):
    for draft in drafts():
        for finding in findings_of(draft["text"], kit):
            assert draft["text"][finding["start"] : finding["end"]] == finding["found"]
            assert finding["message"]
            assert not any(brace in finding["message"] for brace in "{}")


def test_one_click_mends_what_it_marks(kit):
    """A fix for a wrong date, applied alone, leaves no finding of that kind at that place."""
    for draft in drafts("dates"):
        text = draft["text"]
        for finding in findings_of(text, kit):
            if finding["fix"] is None or finding["kind"] not in ("date_wrong", "date_style"):
                continue
            mended = text[: finding["start"]] + finding["fix"] + text[finding["end"] :]
            again = [f for f in findings_of(mended, kit) if f["kind"] == finding["kind"]]
            assert not any(f["start"] == finding["start"] for f in again), (text, finding["fix"])


def test_what_the_library_lacks_is_said_not_judged(kit):
    result = proofing.proof("Thông tư số 15/2024/TT-BGDĐT ngày 12/12/2024 về dạy thêm.", kit).data()
    assert [item["found"] for item in result["unknown"]] == ["15/2024/TT-BGDĐT"]
    assert not [finding for finding in result["findings"] if finding["level"] == "sai"]


def test_every_finding_that_rests_on_a_date_has_a_source(kit):
    text = "Hiệp ước biên giới trên đất liền Việt Nam - Trung Quốc ký ngày 31/12/1999."
    (finding,) = [f for f in findings_of(text, kit) if f["level"] == "sai"]
    assert (finding["expected"], finding["fix"]) == ("30/12/1999", "30/12/1999")
    assert finding["source"]
    assert finding["confidence"] == "chắc"
    assert finding["url"] == "dieu-uoc/vn-cn-1999-land-border-treaty.html"


def test_a_plain_contradiction_is_called_wrong_and_not_only_doubtful(kit):
    """Of the planted wrong dates of the first set, most are put at the level "sai"."""
    levels = []
    for draft in drafts("dates"):
        findings = findings_of(draft["text"], kit)
        for error in draft["errors"]:
            if not error.get("hint"):
                start = draft["text"].index(error["at"])
                near = [f for f in findings if f["kind"] in error["kinds"] and f["start"] <= start + len(error["at"])]
                levels.append(any(f["level"] == "sai" and f["end"] > start for f in near))
    assert sum(levels) * 100 >= len(levels) * 80, f"{sum(levels)} of {len(levels)}"
