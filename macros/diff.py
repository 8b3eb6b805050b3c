"""What changed between two states of the library, field by field, in words a reviewer reads.

Both states are given in the form of the open data (``records`` of api/v1/all.json), so that two
published files can be compared as well as two commits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from macros import printed
from macros.changes import Change, FieldChange
from macros.model import KINDS, Vocabulary
from macros.values import VocabularyTerm

Records = Mapping[str, Sequence[Mapping[str, Any]]]
"""Kind -> records, as in api/v1/all.json."""

NOTHING = "chưa có"
_REFERENCE = re.compile(r"\[\[([a-z0-9-]+)(?:\.([a-z_]+))?(?:\|([^\[\]|]+))?\]\]")
_OF_ITEM = ("text", "label", "name", "note", "asks", "question", "target", "id", "agency", "period", "source", "party")
"""Keys under which an item of a list is called, the first one that it has."""


def changes(old: Records, new: Records, vocabulary: Vocabulary) -> tuple[Change, ...]:
    """Every record that came, went or changed, in the order of KINDS and then of the new file."""
    words = Words(old, new, vocabulary)
    return tuple(change for kind in KINDS for change in _of_kind(words, kind, old.get(kind, ()), new.get(kind, ())))


def _of_kind(words: Words, kind: str, old: Sequence[Mapping], new: Sequence[Mapping]) -> Iterator[Change]:
    before, after = {r["id"]: r for r in old}, {r["id"]: r for r in new}
    for record_id, record in after.items():
        if record_id not in before:
            yield Change(kind=kind, id=record_id, name=words.name(record_id), what="new")
        elif fields := tuple(_fields(words, kind, before[record_id], record)):
            yield Change(kind=kind, id=record_id, name=words.name(record_id), what="changed", fields=fields)
    for record_id in [record_id for record_id in before if record_id not in after]:
        yield Change(kind=kind, id=record_id, name=words.name(record_id), what="gone")


def _fields(words: Words, kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    """In the order of the model; a fact is compared as a whole, its sources and confidence included."""
    for name in KINDS[kind].model_fields:
        before, after = (_facts(record).get(name, record.get(name)) for record in (old, new))
        yield from _compare(_Spot(words, kind, (name,)), before, after)


def _facts(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts of a record; the talking points' own field of that name is a list of sentences."""
    facts = record.get("facts")
    return facts if isinstance(facts, dict) else {}


@dataclass(frozen=True)
class _Spot:
    """Where in a record two values are compared."""

    words: Words
    kind: str
    path: tuple[str, ...]
    item: str | None = None
    """Name of the item of the list that the path goes through (the outermost one)."""
    sources: tuple[str, ...] = ()

    def below(self, key: str, sources: tuple[str, ...] = ()) -> _Spot:
        return replace(self, path=(*self.path, key), sources=sources)

    def change(self, old: str | None, new: str | None) -> FieldChange:
        path = tuple(key for key in self.path if key != "value")
        return FieldChange(path=path, item=self.item, old=old, new=new, sources=self.sources if new else ())


def _compare(spot: _Spot, old: Any, new: Any) -> Iterator[FieldChange]:
    """The smallest parts that differ."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            # A value and a sentence bring along what they rest on.
            cited = _sources(new) if key in ("value", "text") else ()
            yield from _compare(spot.below(key, cited), old.get(key), new.get(key))
    elif isinstance(old, list) or isinstance(new, list):
        yield from _lists(spot, old or [], new or [])
    else:
        key = spot.path[-2] if spot.path[-1] == "value" else spot.path[-1]
        yield spot.change(*(spot.words.show(spot.kind, key, value) for value in (old, new)))


def _sources(value: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item["source"] for item in value.get("sources", ())))


def _lists(spot: _Spot, old: list, new: list) -> Iterator[FieldChange]:
    """Items that left, came or changed; where only the order changed, both orders."""
    words, kind, key = spot.words, spot.kind, spot.path[-1]
    pairs = list(_pairs(old, new))
    if not pairs:
        yield spot.change(*("; ".join(words.item(kind, key, item) or "" for item in items) for items in (old, new)))
    for before, after in pairs:
        if isinstance(before, dict) and isinstance(after, dict):
            yield from _compare(replace(spot, item=spot.item or words.item(kind, key, before)), before, after)
        else:
            cited = _sources(after) if isinstance(after, dict) else ()
            change = replace(spot, sources=cited).change(*(words.item(kind, key, item) for item in (before, after)))
            yield change.model_copy(update={"listed": before is None or after is None})


def _pairs(old: list, new: list) -> Iterator[tuple[Any, Any]]:
    """Items of two lists that differ, each with its counterpart: of the same name, else the next one left."""
    left = [item for item in old if item not in new]
    came = [item for item in new if item not in old]
    for item in list(left):
        match = next((other for other in came if _called(other) == _called(item)), None)
        if match is not None:
            left.remove(item)
            came.remove(match)
            yield item, match
    yield from zip_longest(left, came)


def _called(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    key = next((key for key in _OF_ITEM if item.get(key)), None)
    return (key, item.get(key))


class Words:
    """Printed forms, from the vocabulary and the names in both states."""

    def __init__(self, old: Records, new: Records, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._records = {r["id"]: r for state in (old, new) for records in state.values() for r in records}
        for borders in (old.get("borders", ()), new.get("borders", ())):
            for part in (part for border in borders for part in (*border["figures"], *border["sets"])):
                self._records[part["id"]] = part

    def name(self, record_id: str) -> str:
        """The short name of a record; its id when there is none in either state."""
        record = self._records.get(record_id, {})
        keys = ("short_title", "term", "name", "title", "label", "main", "question")
        return self._text(next((record[key] for key in keys if record.get(key)), record_id))

    def show(self, kind: str, field: str, value: Any) -> str | None:
        """A value as it is printed on pages; None where there is none."""
        if value is None or value == []:
            return None
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(value, list):
            return "; ".join(self.item(kind, field, item) or "" for item in value)
        if isinstance(value, dict):
            return self.whole(kind, value)
        if isinstance(value, (int, float)):
            return str(value) if field in ("year", "guides_year", "exactly") else printed.number(value)
        return self._term(kind, field, value) or printed.written_date(value) or self._named(value) or self._text(value)

    def item(self, kind: str, field: str, value: Any) -> str | None:
        """One item of a list, under what it is called."""
        if not isinstance(value, dict):
            return self.show(kind, field, value)
        key = next((key for key in _OF_ITEM if value.get(key)), None)
        shown = self.show(kind, key, value[key]) if key else self.whole(kind, value)
        return f"{shown} ({value['locator']})" if key == "source" and value.get("locator") else shown

    def whole(self, kind: str, value: Any) -> str | None:
        """Everything in a nested value: "nhãn: giá trị; …"."""
        if not isinstance(value, dict):
            return self.show(kind, "", value)
        return "; ".join(f"{self.label(key).lower()}: {self.show(kind, key, inner)}" for key, inner in value.items())

    def label(self, field: str) -> str:
        entry = self._vocabulary.get("field", {}).get(field)
        return entry.label if entry else field

    def _term(self, kind: str, field: str, value: str) -> str | None:
        name = _vocabulary_of(kind, field)
        entry = self._vocabulary.get(name, {}).get(value) if name else None
        return entry.label if entry else None

    def _named(self, value: str) -> str | None:
        return self.name(value) if value in self._records else None

    def _text(self, text: str) -> str:
        """Text with its references printed."""
        return _REFERENCE.sub(self._reference, text)

    def _reference(self, match: re.Match[str]) -> str:
        record_id, field, label = match.groups()
        record = self._records.get(record_id)
        if label or record is None:
            return label or record_id
        return (self.show("", field, record.get(field)) or printed.UNKNOWN) if field else self.name(record_id)


def _vocabulary_of(kind: str, field: str) -> str | None:
    """The vocabulary of a field's terms: of the record's own field, else of a nested one of that name."""
    own = KINDS[kind].model_fields.get(field) if kind else None
    for mark in own.metadata if own else ():
        if isinstance(mark, VocabularyTerm):
            return mark.vocabulary
    nested = {"act": "approval_act", "state": "stage_state", "type": "relation", "side": "party", "parties": "party"}
    nested |= {"audiences": "audience", "channels": "channel", "neighbours": "party"}
    same = ("status", "confidence", "nature", "party", "stage")
    return nested.get(field) or (field if field in same else None)


def label(field: FieldChange, vocabulary: Vocabulary) -> str:
    """What changed, as a reader calls it: "ngày có hiệu lực – độ chắc", "nội dung “Hai bên …” – nguồn"."""
    labels = vocabulary.get("field", {})
    names = [labels[key].label if key in labels else key for key in field.path]
    first = names[0].lower() + (f" “{_short(field.item)}”" if field.item else "")
    return " – ".join([first, *(name.lower() for name in names[1:])])


def _short(text: str, limit: int = 70) -> str:
    return text if len(text) <= limit else text[:limit].rpartition(" ")[0] + "…"


def line(field: FieldChange, vocabulary: Vocabulary, names: Mapping[str, str]) -> str:
    """``ngày có hiệu lực: chưa có → 05/9/2017 (nguồn: …)``. ``names`` maps ids of sources to titles."""
    cited = "; ".join(names.get(source, source) for source in field.sources)
    return f"{label(field, vocabulary)}: {step(field)}" + (f" (nguồn: {cited})" if cited else "")


def step(field: FieldChange) -> str:
    """``chưa có → 05/9/2017``; for lists ``thêm …``, ``bỏ …``."""
    if field.listed:
        return f"thêm {field.new}" if field.new else f"bỏ {field.old}"
    return f"{field.old or NOTHING} → {field.new or NOTHING}"
