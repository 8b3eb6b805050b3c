"""Records: YAML text becomes records or messages with a place, never a traceback."""

from __future__ import annotations

import copy
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import strategies as st

from macros.checks import check
from macros.load import Memory, load_library
from macros.model import KINDS, Problem
from macros.yaml_text import YamlProblem, decode, items, parse
from tests.fuzz.material import DATES, NUMBERS, damage, edits, flipped, flips, record_texts
from tests.fuzz.running import lengths, run
from tests.library import TODAY, copy_mini

PIECES = (
    *DATES, *NUMBERS, "\n", "\n  ", "\n- ", "\n-", "- id: ", ": ", ":", "#", "&a ", "*a", "!!str ", "!x ", "|\n",
    ">-\n", "'", '"', "[", "]", "{", "}", ",", "? ", "---\n", "...\n", "%YAML 1.2\n", "~", "null", "true", "no",
    "\t", "\r", "\r\n", "  id: a\n", "[[", "]]", "[[a.b]]", "null\n", "value:", "sources:",
    "confidence: high\n", "  ", "\\",
)  # fmt: skip
ENGLISH = re.compile("Input should|Field required|Value error|Traceback|pydantic|<class|object at|did not|found|expect")


def dump(value: object) -> str:
    """Plain values as YAML: one line of JSON for each item of a list."""
    if isinstance(value, list) and value:
        return "".join(f"- {json.dumps(item, ensure_ascii=False)}\n" for item in value)
    return json.dumps(value, ensure_ascii=False)


@cache
def _texts() -> tuple[str, ...]:
    return tuple(text for _, text in record_texts())


def documents() -> st.SearchStrategy[str]:
    """A few real records, edited; and plain values of any shape, written as YAML."""
    joined = st.lists(st.sampled_from(_texts()), min_size=1, max_size=3).map("".join)
    real = st.builds(damage, joined, st.lists(edits(PIECES), max_size=6))
    leaf = (
        st.none() | st.booleans() | st.integers(-9999, 9999) | st.text(max_size=8) | st.sampled_from((*DATES, *PIECES))
    )
    value = st.recursive(leaf, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))
    return st.one_of(
        real, real, real, st.lists(value, max_size=3).map(dump), st.lists(st.sampled_from(PIECES)).map("".join)
    )


@lengths
def test_both_readers_of_yaml_agree(count: int, record_property: Callable) -> None:
    """Item by item or as a whole: the same values, lines and double keys."""

    def read(text: str) -> str:
        pieces = items(text)
        try:
            whole = parse(text)
        except YamlProblem as problem:
            assert pieces is None, "read in pieces what cannot be read as a whole"
            assert 1 <= problem.line <= len(text.splitlines()) + 1 and problem.what and problem.remedy
            assert not ENGLISH.search(problem.what), problem.what
            return "refused"
        if pieces is None:
            return "read as a whole"
        assert [item.value for item in pieces] == whole.value
        lines = {(number, *path): line for number, item in enumerate(pieces) for path, line in item.lines.items()}
        assert lines == {path: line for path, line in whole.lines.items() if path}
        twice = [((number, *path), *both) for number, item in enumerate(pieces) for path, *both in item.duplicates]
        assert twice == whole.duplicates
        return "read in pieces"

    run(count, documents(), read, record_property).reaches(0.2, "read in pieces")


@pytest.fixture(scope="module")
def tiny() -> Iterator[Path]:
    """The tiny library in memory: the file under test is written a hundred thousand times."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="cotmoc-") as folder:
        yield copy_mini(Path(folder))


def _values(kind: str) -> st.SearchStrategy[str]:
    """A record with some of its values changed for others, or for those of other records of its kind."""
    own = [parse(text).value for name, text in record_texts() if name == kind]
    pool = defaultdict(list)
    for holder, key in (place for value in own for place in _places(value)):
        pool[key if isinstance(key, str) else ""].append(holder[key])
    odd = (None, True, 0, -1, 1887, 3.5, "", " ", [], {}, [[]], "a", "31/02/2019", "2019-10", "x" * 300, *DATES)
    how = st.sampled_from(("other", "other", "other", "other", "odd", "gone", "key", "twice"))
    at = st.integers(0, 10**6)

    def changed(value: list, changes: list) -> str:
        value = copy.deepcopy(value)
        for place, another, new, way in changes:
            places = list(_places(value))
            if not places:
                break
            holder, key = places[place * len(places) // (10**6 + 1)]
            like = pool[key if isinstance(key, str) else ""] or [None]
            taken = copy.deepcopy(like[another * len(like) // (10**6 + 1)])
            _change(holder, key, way, new if way == "odd" else taken)
        return dump(value)

    changes = st.lists(st.tuples(at, at, st.sampled_from(odd), how), min_size=1, max_size=3)
    return st.builds(changed, st.sampled_from(own), changes)


def _change(holder: dict | list, key: str | int, way: str, new: object) -> None:
    if way == "gone":
        del holder[key]
    elif way == "key" and isinstance(holder, dict):
        holder[f"{key}_x"] = holder.pop(key)
    elif way == "twice" and isinstance(holder, list):
        holder.insert(key, holder[key])
    else:
        holder[key] = new


def _places(value: object) -> Iterator[tuple]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from _places(inner)


MOST_LINES = 400
"""Of the files that are not under test."""


def _good_message(problem: Problem, data: bytes) -> None:
    text = str(problem)
    assert "\n" not in text and problem.what and problem.remedy, text
    assert not ENGLISH.search(re.sub(r'"[^"]*"|\'[^\']*\'', "", text)), text
    lines = re.split("\r\n|[\r\n\x85\u2028\u2029]", data.decode("utf-8", "replace"))
    assert 1 <= problem.place.line <= max(MOST_LINES, len(lines) + 1), text


@lengths
def test_a_file_of_records_gives_records_or_messages(tiny: Path, count: int, record_property: Callable) -> None:
    """Read and checked as `cotmoc check` does it, with one file of the tiny library replaced."""
    whole = {kind: (tiny / "data" / f"{kind}.yaml").read_bytes() for kind in KINDS}

    def file(kind: str) -> st.SearchStrategy[tuple[str, bytes]]:
        own = whole[kind].decode()
        edited = st.builds(damage, st.just(own), st.lists(edits(PIECES), max_size=4)).map(str.encode)
        bad = st.builds(flipped, st.just(whole[kind]), flips(4))
        added = st.builds(lambda text: f"{own}\n{text}".encode("utf-8", "replace"), _values(kind))
        return st.tuples(st.just(kind), st.one_of(edited, bad, added, added, _values(kind).map(str.encode)))

    memory, turn = Memory(), iter(range(10**9))

    def loaded(given: tuple[str, bytes]) -> str:
        kind, data = given
        path = tiny / "data" / f"{kind}.yaml"
        path.write_bytes(data)
        try:
            # As while an editor works: what has not changed is not read again.
            result = load_library(tiny, memory)
            number = next(turn)
            if number % 50 == 0:
                assert load_library(tiny) == result
        finally:
            path.write_bytes(whole[kind])
        problems = set(result.problems)
        if not problems:
            assert len(getattr(result.library, kind)) == len(parse(decode(data)).value), "a record was lost in silence"
        if number % 4 == 0:
            problems.update(check(result.library, TODAY))
        for problem in problems:
            _good_message(problem, data)
        return "refused" if result.problems else "checked" if problems else "good"

    run(count, st.one_of(*map(file, KINDS)), loaded, record_property).reaches(0.2, "checked", "good")
