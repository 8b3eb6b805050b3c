"""The browser's checker finds exactly what the checker in Python finds."""

from __future__ import annotations

import json
import random
import time
import unicodedata
from pathlib import Path

import pytest

from macros import proofing
from macros.load import load_library
from macros.vietnamese import fold, table_script
from tests.proof.drafts import drafts, seeds

PARTS = ("read", "find", "claims", "dates", "names", "papers", "counts", "wording", "engine")
SCRIPTS = ("analysis", *(f"proof-{part}" for part in PARTS))


@pytest.fixture(scope="module")
def library(real_root: Path):
    return load_library(real_root).library


@pytest.fixture(scope="module")
def kit(library):
    return proofing.kit_for(library)


@pytest.fixture(scope="module")
def page(browser, real_root: Path, library):
    page = browser.new_page()
    page.add_script_tag(content=table_script())
    for _, text in proofing.files(library):
        page.add_script_tag(content=text)
    for name in SCRIPTS:
        page.add_script_tag(path=str(real_root / "docs" / "assets" / "js" / f"{name}.js"))
    yield page
    page.close()


def in_browser_form(text: str, data: dict) -> dict:
    """Offsets as UTF-16 units; everything as JSON would carry it."""
    units = [0]
    for char in text:
        units.append(units[-1] + (2 if char > "\uffff" else 1))
    data = json.loads(json.dumps(data))
    for item in (*data["findings"], *data["unknown"]):
        item["start"], item["end"] = units[item["start"]], units[item["end"]]
        if "also" in item:
            item["also"] = [[units[a], units[b]] for a, b in item["also"]]
    return data


def assert_equal(page, kit, texts: list[str]) -> None:
    theirs = page.evaluate("(texts) => texts.map((text) => window.cotmocProof.proof(text))", texts)
    for text, found in zip(texts, theirs, strict=True):
        assert found == in_browser_form(text, proofing.proof(text, kit).data()), text[:300]


def test_every_draft(page, kit):
    assert_equal(page, kit, [draft["text"] for draft in drafts()])


def test_the_source_documents(page, kit):
    assert_equal(page, kit, [*seeds().values(), "\n\n".join(seeds().values())])


def damaged(text: str, seed: int) -> str:
    """The text with letters lost, doubled and swapped, marks taken apart, emoji and breaks put in."""
    chance = random.Random(seed)
    pieces = list(text)
    for _ in range(max(3, len(pieces) // 25)):
        place = chance.randrange(len(pieces))
        pieces[place] = chance.choice(["", pieces[place] * 2, "\n", ";", "(", " - ", "\U0001f600", "1", "\u0323", "ð"])
    mixed = "".join(pieces)
    return chance.choice([mixed, unicodedata.normalize("NFD", mixed), fold(mixed), mixed.upper()])


def test_damaged_drafts(page, kit):
    texts = [damaged(draft["text"], seed) for seed, draft in enumerate(drafts())]
    texts += [damaged(text, seed) for seed, text in enumerate(seeds().values())]
    assert_equal(page, kit, texts)


def test_the_comparison_can_fail(page, kit):
    text = drafts("dates")[0]["text"]
    before = page.evaluate("(text) => window.cotmocProof.proof(text)", text)
    before["findings"][0]["end"] += 1
    assert before != in_browser_form(text, proofing.proof(text, kit).data())


def test_fifty_pages_in_two_seconds(page):
    """150,000 characters, about fifty pages, through the promise that the page itself uses."""
    whole = "\n\n".join(seeds().values())
    text = (whole + "\n\n") * 2
    text = text[:150_000]
    assert len(text) == 150_000
    ask = """async (text) => {
      let longest = 0, last = performance.now(), steps = 0;
      const start = last;
      const report = await window.cotmoc.proofReport(text, () => {
        const now = performance.now();
        longest = Math.max(longest, now - last); last = now; steps += 1;
      });
      return { took: performance.now() - start, longest, steps, findings: report.findings.length };
    }"""
    best = min((page.evaluate(ask, text) for _ in range(3)), key=lambda run: run["took"])
    assert best["findings"] > 50
    assert best["steps"] > 3
    assert best["took"] < 2000, best
    assert best["longest"] < 400, best


def test_a_long_line_without_a_break_is_no_trap(page, kit):
    text = "Hiệp ước biên giới trên đất liền " * 3000
    start = time.perf_counter()
    assert_equal(page, kit, [text, "x" * 60_000, "1/" * 20_000, "(" * 20_000, "năm 2009 " * 3000])
    assert time.perf_counter() - start < 60
