"""The analysis in the browser gives exactly what the analysis in Python gives."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from macros import vietnamese as vi
from macros.load import load_library
from macros.search import documents
from tests.search.queries import load_queries
from tests.unit import vietnamese_samples as samples

CHUNK = 2_500
ANALYSE = """(texts) => texts.map((text) => {
  const A = window.cotmocAnalysis;
  return [
    A.normalize(text), A.fold(text), A.decodeTyped(text),
    A.findDates(text), A.findNumbers(text), A.words(text), A.tokens(text),
    A.isSyllable(text), A.exactKey(text),
  ];
})"""


@pytest.fixture(scope="module")
def page(browser, real_root: Path):
    page = browser.new_page()
    page.add_script_tag(content=vi.table_script())
    page.add_script_tag(path=str(real_root / "docs" / "assets" / "js" / "analysis.js"))
    yield page
    page.close()


def _units(text: str) -> list[int]:
    """From code point offsets to the UTF-16 offsets of a browser."""
    result = [0]
    for char in text:
        result.append(result[-1] + (2 if char > "\uffff" else 1))
    return result


def _in_browser_form(matches: tuple[Any, ...], units: list[int]) -> list[dict[str, Any]]:
    return [_fields(m) | {"start": units[m.start], "end": units[m.end]} for m in matches]


def _fields(match: Any) -> dict[str, Any]:
    return asdict(match) if is_dataclass(match) else match._asdict()


def _analyse(text: str) -> list[Any]:
    units = _units(text)
    dates = _in_browser_form(vi.find_dates(text), units)
    numbers = [
        found | {"value": match.value} for match in vi.find_numbers(text) for found in _in_browser_form((match,), units)
    ]
    return [
        vi.normalize(text),
        vi.fold(text),
        vi.decode_typed(text),
        dates,
        numbers,
        _in_browser_form(vi.words(text), units),
        _in_browser_form(vi.tokens(text), units),
        vi.is_syllable(text),
        vi.exact_key(text),
    ]


def _assert_equal(page, texts: list[str]) -> None:
    for start in range(0, len(texts), CHUNK):
        chunk = texts[start : start + CHUNK]
        for text, theirs in zip(chunk, page.evaluate(ANALYSE, chunk), strict=True):
            assert theirs == _analyse(text), ascii(text)


def test_5000_generated_strings(page) -> None:
    _assert_equal(page, samples.texts(5_000, seed=1999))


@pytest.mark.full
def test_100000_generated_strings(page) -> None:
    _assert_equal(page, samples.texts(100_000, seed=2009))


def test_every_syllable_however_typed(page) -> None:
    inventory = samples.syllables()[::7]
    typed = [samples.telex(s) for s in inventory] + [samples.vni(s) for s in inventory]
    _assert_equal(page, inventory + typed + [samples.misplace(s) for s in inventory])


def test_every_record_and_every_query(page, real_root: Path) -> None:
    docs = documents(load_library(real_root).library)
    texts = {text for d in docs for text in (*d.names, d.facets, d.answer, *d.body.split(" ; "))}
    _assert_equal(page, sorted(texts | {query.text for query in load_queries()}))


def test_the_comparison_can_fail(page) -> None:
    """A table with one rule less is noticed."""
    before = page.evaluate(ANALYSE, ["kí ký"])
    page.evaluate("window.cotmocTable.y_as_i = {}")
    assert page.evaluate(ANALYSE, ["kí ký"]) != before
