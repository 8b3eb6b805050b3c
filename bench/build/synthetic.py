"""Synthetic libraries of any size with the real records' shape, from a seed.

A library of N records is made of copies of the real one: every id of a copy gets the copy's mark,
every reference inside it follows, its names say which copy they are of, and its dates move back by
a number of years that the seed decides (all by the same, so that what came first still does).
The last copy is a seeded choice of records; what that choice leaves out is taken out of the
references to it. The result passes every check: it is a library like any other.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from macros.model import KINDS
from macros.yaml_form import written
from macros.yaml_text import parse

SEED = 2026
_REFERENCE = re.compile(r"\[\[([a-z0-9-]+)((?:\.[a-z_]+)?(?:\|[^\[\]|]+)?)\]\]")
_DATE = re.compile(r"(\d{4})(-\d{2}(?:-\d{2})?)?")
_NAMES = frozenset({"title", "short_title", "title_en", "term", "name", "short_name"})
_SAYINGS = ("talking_points", "questions")
_STAY = (*_SAYINGS, "documents")
"""Kinds whose dates stay. Sayings say until when they may be used: moved back they would be out of date. They open with
the documents they rest on, and a year with more syllables would make a sentence too long to be read aloud."""
_SAME_NAME = ("agencies", "documents")
"""Kinds whose names stay, for the same reason."""

Data = dict[str, list[dict[str, Any]]]


def write(root: Path, target: Path, count: int, seed: int = SEED) -> int:
    """A library of `count` records in `target`, with docs and code of `root`; gives the number made."""
    target.mkdir(parents=True)
    (target / "data").mkdir()
    for name in ("vocabulary", "library"):
        shutil.copy(root / "data" / f"{name}.yaml", target / "data" / f"{name}.yaml")
    data = library({kind: _read(root, kind) for kind in KINDS}, count, seed)
    for kind, records in data.items():
        (target / "data" / f"{kind}.yaml").write_text(written(records, kind), encoding="utf-8", newline="\n")
    for name in ("docs", "macros"):
        shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "hooks.py"):
        shutil.copy(root / name, target / name)
    return sum(map(len, data.values()))


def _read(root: Path, kind: str) -> list[dict[str, Any]]:
    return parse((root / "data" / f"{kind}.yaml").read_text(encoding="utf-8")).value


def library(real: Mapping[str, list[dict[str, Any]]], count: int, seed: int) -> Data:
    """The records by kind; exactly `count` of them, or a few more where a named set must be whole."""
    chance = random.Random(seed)
    whole = sum(map(len, real.values()))
    result: Data = {kind: [] for kind in real}
    for number in range(count // whole):
        _add(result, _copy(real, _mark(number), chance.randint(0, 3) if number else 0))
    rest = count - sum(map(len, result.values()))
    if rest:
        number = count // whole
        part = _choice(real, rest, chance)
        _add(result, _copy(part, _mark(number), chance.randint(0, 3) if number else 0))
    return result


def _add(result: Data, more: Data) -> None:
    for kind, records in more.items():
        result[kind] += records


def _mark(number: int) -> str:
    return f"-m{number}" if number else ""


def _copy(data: Mapping[str, list[dict[str, Any]]], mark: str, years: int) -> Data:
    if not mark:
        return {kind: list(records) for kind, records in data.items()}
    ids = {item["id"] for item in _identified(data)}
    return {
        kind: [
            _renamed(record, ids, mark, 0 if kind in _STAY else years, frozenset() if kind in _SAME_NAME else _NAMES)
            for record in records
        ]
        for kind, records in data.items()
    }


def _identified(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with an id of its own: records, figures, named sets; not the items of `confusable`."""
    for record in (record for records in value.values() for record in records):
        yield record
        yield from record.get("figures", ()) if record.get("nature") in ("land", "sea") else ()
        yield from record.get("sets", ())


def _renamed(value: Any, ids: set[str], mark: str, years: int, names: Set[str], key: str = "") -> Any:
    if isinstance(value, dict):
        # A plan whose period moved back would be over.
        return {k: _renamed(v, ids, mark, 0 if k == "period" else years, names, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_renamed(item, ids, mark, years, names, key) for item in value]
    if not isinstance(value, str):
        return value
    if value in ids:
        return value + mark
    if key in names:
        # Words that can be read aloud, as every name must be.
        value = f"{value} bản {mark[2:]}"
    if _DATE.fullmatch(value.partition("/")[0]) and _DATE.fullmatch(value.rpartition("/")[2]):
        return _DATE.sub(lambda match: _earlier(match, years), value)
    return _REFERENCE.sub(lambda m: f"[[{m[1]}{mark if m[1] in ids else ''}{m[2]}]]", value)


def _earlier(match: re.Match[str], years: int) -> str:
    rest = match[2] or ""
    # 29 February has no counterpart in most years.
    return f"{int(match[1]) - years:04d}{'-02-28' if rest == '-02-29' else rest}"


def _choice(real: Mapping[str, list[dict[str, Any]]], count: int, chance: random.Random) -> Data:
    """About `count` records: the border lines, what their sets hold, then others by chance with their sources."""
    place = {record["id"]: (kind, record) for kind, records in real.items() for record in records}
    taken: set[str] = set()

    def take(record_id: str) -> None:
        if record_id in place and record_id not in taken:
            taken.add(record_id)
            _cited(place[record_id][1], take)

    for border in real["borders"]:
        take(border["id"])
        for member in (member for group in border.get("sets", ()) for member in group["members"]):
            take(member)
    others = [i for i, (kind, _) in place.items() if kind not in ("sources", "borders")]
    chance.shuffle(others)
    while True:
        while len(taken) < count and others:
            take(others.pop())
        part = _without_the_rest(real, taken)
        # What was cited only where something was pruned is no source of this library.
        cited: set[str] = set()
        _cited([record for records in part.values() for record in records], cited.add)
        lost = {record["id"] for record in part["sources"]} - cited
        # A saying that names something that is not there would not be the same saying.
        gone = place.keys() - taken
        lost |= {r["id"] for kind in _SAYINGS for r in real[kind] if r["id"] in taken and _names(r, gone)}
        if not lost and (len(taken) >= count or not others):
            return part
        taken -= lost


def _cited(value: Any, take: Callable[[str], None]) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            take(value["source"])
        for inner in value.values():
            _cited(inner, take)
    elif isinstance(value, list):
        for inner in value:
            _cited(inner, take)


def _names(value: Any, ids: Set[str]) -> bool:
    if isinstance(value, dict):
        return any(_names(inner, ids) for inner in value.values())
    if isinstance(value, list):
        return any(_names(inner, ids) for inner in value)
    return isinstance(value, str) and (value in ids or any(m[1] in ids for m in _REFERENCE.finditer(value)))


def _without_the_rest(real: Mapping[str, list[dict[str, Any]]], taken: set[str]) -> Data:
    gone = {record["id"] for records in real.values() for record in records} - taken
    kept = {kind: [record for record in records if record["id"] in taken] for kind, records in real.items()}
    return {kind: [_pruned(record, gone) for record in records] for kind, records in kept.items()}


_GONE = object()


def _pruned(value: Any, gone: set[str]) -> Any:
    """The value without what points at records that are not there; _GONE when nothing is left of it."""
    if isinstance(value, dict):
        if any(value.get(key) in gone for key in ("target", "agency", "id") if isinstance(value.get(key), str)):
            return _GONE
        items = {key: _pruned(inner, gone) for key, inner in value.items()}
        return {key: inner for key, inner in items.items() if inner is not _GONE}
    if isinstance(value, list):
        items = [item for item in (_pruned(inner, gone) for inner in value) if item is not _GONE]
        # Two things that are gone leave the same words.
        return [item for index, item in enumerate(items) if item not in items[:index]]
    if not isinstance(value, str):
        return value
    if value in gone:
        return _GONE
    return _REFERENCE.sub(lambda m: "một văn bản khác" if m[1] in gone else m[0], value)
