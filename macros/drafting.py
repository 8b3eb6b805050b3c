"""A new record from what an editor gives in words: fields of the model, nothing that was not said.

Used by ``cotmoc new``. Nothing is guessed here: a date that was not given is null, a confidence
that was not given is missing, and the checks then ask for it.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import StringConstraints

from macros.annotations import leaves
from macros.checks.sourcing import OPEN
from macros.dates import PartialDate
from macros.model import KINDS, Base, Fact, Statement, VocabularyTerm
from macros.vietnamese import fold
from macros.yaml_form import order_of

NAMES: Mapping[str, tuple[str, ...]] = {
    "treaties": ("treaty", "điều ước"),
    "borders": ("border", "tuyến"),
    "topics": ("topic", "chủ đề"),
    "documents": ("document", "văn bản"),
    "events": ("event", "sự kiện"),
    "agencies": ("agency", "cơ quan"),
    "glossary": ("term", "thuật ngữ"),
    "sources": ("source", "nguồn"),
    "talking_points": ("talking-point", "ý chính"),
    "questions": ("question", "hỏi đáp", "câu hỏi"),
}
"""What an editor may call each kind; also without marks, and with hyphens for spaces."""

CALLED = {"agencies": "name", "borders": "name", "glossary": "term", "talking_points": "main", "questions": "question"}
"""The field that ``title`` means where there is no title."""

_PREFIX = {"glossary": "tn-", "talking_points": "y-", "questions": "h-"}
_UNKNOWN = frozenset({"", "null", "~", "chưa có", "chưa rõ nguồn"})
_TODAY = frozenset({"hom nay", "today"})
_YES, _NO = frozenset({"true", "co", "c", "yes", "y"}), frozenset({"false", "khong", "k", "no", "n"})
_WRITTEN_DATE = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")


class DraftError(ValueError):
    """What was given makes no record: (what is wrong, what to do), Vietnamese."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Field:
    """What can be typed for one field of a kind."""

    name: str
    required: bool = False
    fact: bool = False
    """A value with sources and confidence."""
    statement: bool = False
    """A sentence with its nature and sources."""
    many: bool = False
    vocabulary: str | None = None
    is_id: bool = False
    is_date: bool = False
    other: type | None = None
    """int or bool."""
    part: type[Base] | None = None
    """A mapping of its own; its fields are given as ``field.part``."""


def kind_called(name: str) -> str:
    """The kind for one of its names. Raises DraftError."""
    wanted = _plain(name)
    for kind, names in NAMES.items():
        if wanted in {_plain(kind), *map(_plain, names)}:
            return kind
    choices = ", ".join(f"{names[0]} ({names[1]})" for names in NAMES.values())
    raise DraftError(f"Không có loại bản ghi “{name}”.", f"chọn một trong: {choices}.")


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", fold(name)).strip()


@cache
def fields(cls: type[Base]) -> Mapping[str, Field]:
    """Every field of a kind or of a part of one, in the order in which they are written."""
    found = {name: _field(name, cls.model_fields[name]) for name in order_of(cls)}
    return types.MappingProxyType(found)


def _field(name: str, info: Any) -> Field:
    own = list(leaves(info.annotation, tuple(info.metadata)))
    part = next((leaf.type for leaf in own if leaf.is_a(Base)), None)
    fact = any(leaf.is_a(Fact) for leaf in own)
    said = [*own, *leaves(part.model_fields["value"].annotation)] if fact else own
    marks = [mark for leaf in said for mark in leaf.marks]
    return Field(
        name,
        required=info.is_required(),
        fact=fact,
        statement=any(leaf.is_a(Statement) for leaf in own),
        many=any(leaf.many for leaf in said),
        vocabulary=next((mark.vocabulary for mark in marks if isinstance(mark, VocabularyTerm)), None),
        is_id=any(_names_an_id(mark) for mark in marks),
        is_date=any(leaf.is_a(PartialDate) for leaf in said),
        other=next((leaf.type for leaf in said if leaf.type in (int, bool)), None),
        part=part,
    )


def _names_an_id(mark: Any) -> bool:
    return isinstance(mark, StringConstraints) and bool(mark.pattern) and not mark.pattern.startswith("^http")


def build(kind: str, given: Iterable[tuple[str, str]], today: dt.date) -> dict[str, Any]:
    """A record of ``kind`` as plain values, from (field, text) in any order; a later one adds to a list.

    A part of a field is named with a dot: ``signed.locator``. ``source``, ``locator``, ``says`` and
    ``confidence`` without a field are those of the record and of all its facts that have none of
    their own. Raises DraftError for a field that the kind does not have.
    """
    cls = KINDS[kind]
    record: dict[str, Any] = {}
    common: dict[str, Any] = {}
    for path, text in given:
        names = path.replace("-", "_").split(".")
        if names[0] == "title" and "title" not in cls.model_fields:
            names[0] = CALLED[kind]
        if path in ("source", "locator", "says", "confidence"):
            common[path] = text
            if path == "confidence" and "confidence" in cls.model_fields:
                record[path] = text
        else:
            _put(record, cls, names, text, today)
    _cite(record, cls, common)
    for name in _SAID_WHEN_UNKNOWN.get(kind, ()):
        record.setdefault(name, {"value": None})
    return record


_SAID_WHEN_UNKNOWN = {
    "treaties": ("signed", "entered_into_force"),
    "documents": ("issued",),
    "events": ("dates",),
}
"""Facts that every page of the kind shows: not known, they stand as null, so that an editor sees the place."""


def _put(target: dict[str, Any], cls: type[Base], names: list[str], text: str, today: dt.date) -> None:
    """Set what ``names`` lead to; ``source`` and ``locator`` of a part are those of its first citation."""
    known = fields(cls)
    if names[0] in ("source", "locator", "says") and names[0] not in known and "sources" in known:
        citations = target.setdefault("sources", [{}])
        if names[0] in citations[-1]:
            citations.append({})
        citations[-1][names[0]] = text
        return
    field = known.get(names[0])
    if field is None:
        raise DraftError(f"Không có trường “{names[0]}”.", f"chọn một trong: {', '.join(known)}.")
    if len(names) == 1:
        _set(target, field, text, today)
        return
    if field.part is None:
        raise DraftError(f"Trường “{names[0]}” không có phần “{names[1]}”.", f"viết {names[0]}=giá trị.")
    if field.many and not field.fact:
        items = target.setdefault(names[0], [{}])
        if len(names) == 2 and names[1] in items[-1]:
            items.append({})
        _put(items[-1], field.part, names[1:], text, today)
    else:
        _put(target.setdefault(names[0], {}), field.part, names[1:], text, today)


def _set(target: dict[str, Any], field: Field, text: str, today: dt.date) -> None:
    value = converted(field, text, today)
    if field.fact:
        target.setdefault(field.name, {})["value"] = value
    elif field.statement and not field.many:
        target.setdefault(field.name, {})["text"] = value
    elif field.part is not None:
        parts = ", ".join(f"{field.name}.{name}" for name in fields(field.part))
        raise DraftError(f"Trường “{field.name}” gồm nhiều phần.", f"cho từng phần: {parts}.")
    elif field.many and value is not None:
        target[field.name] = [*(target.get(field.name) or []), *value]
    elif value is not None:
        target[field.name] = value


def converted(field: Field, text: str, today: dt.date) -> Any:
    """The value that a text means for a field; None is "not known". What cannot be read stays text."""
    text = text.strip()
    if text.lower() in _UNKNOWN:
        return None
    if field.many:
        # Ids hold no commas; sentences do.
        marks = "," if field.is_id or field.vocabulary or field.is_date else ";"
        values = [_one(field, part.strip(), today) for part in text.split(marks) if part.strip()]
        # One date of several is written as all our files write it.
        return values[0] if field.is_date and len(values) == 1 else values
    return _one(field, text, today)


def _one(field: Field, text: str, today: dt.date) -> Any:
    if field.is_date:
        return _date(text, today)
    if field.other is bool:
        return True if fold(text) in _YES else False if fold(text) in _NO else text
    if field.other is int and re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
        return float(text) if "." in text else int(text)
    return text


def _date(text: str, today: dt.date) -> str | int:
    """As the files write it; 30/12/1999 and 12/1999 are read, too, and keep their precision."""
    if fold(text) in _TODAY:
        return today.isoformat()
    if match := _WRITTEN_DATE.fullmatch(text):
        day, month, year = match.groups()
        return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    return int(text) if re.fullmatch(r"[1-9]\d{3}", text) else text


def _cite(record: dict[str, Any], cls: type[Base], common: Mapping[str, str]) -> None:
    """The common source for the record, and for each fact and sentence with a value and no source."""
    citation = {key: common[key] for key in ("source", "locator", "says") if key in common}
    if citation and "sources" in cls.model_fields:
        record.setdefault("sources", [citation])
    for name in fields(cls):
        node = record.get(name)
        if not isinstance(node, dict):
            continue
        if node.get("value", node.get("text")) in (None, *(OPEN if name == "status" else ())):
            continue
        if citation and not node.get("derived"):
            node.setdefault("sources", [citation])
        if "confidence" in common:
            node.setdefault("confidence", common["confidence"])


def suggested_id(kind: str, record: Mapping[str, Any], taken: Collection[str]) -> str:
    """An id from name and year in the manner of those that are there; never one that is taken."""
    words = [record.get(name) for name in ("number", "short_title", "name", "term", "title", "question", "main")]
    said = next((word for word in words if isinstance(word, str) and word), "")
    parts = [*_parties(record)] if kind == "treaties" else []
    if kind == "documents" and isinstance(record.get("kind"), str):
        parts.append(record["kind"].replace("_", "-"))
    year = _year(record, kind)
    slug = [part for part in slugged(re.sub(r"\[\[.*?\]\]", " ", said)).split("-") if part and part != year]
    whole = _PREFIX.get(kind, "") + "-".join([*parts, *slug[:8], *([year] if year else [])])
    base = whole[:70].strip("-") or kind
    number, found = 2, base
    while found in taken:
        found, number = f"{base}-{number}", number + 1
    return found


def _parties(record: Mapping[str, Any]) -> list[str]:
    parties = record.get("parties")
    return [party.replace("_", "-") for party in parties[:3]] if isinstance(parties, list) else []


def _year(record: Mapping[str, Any], kind: str) -> str:
    name = {"treaties": "signed", "documents": "issued", "events": "dates"}.get(kind, "")
    fact = record.get(name)
    value = fact.get("value") if isinstance(fact, dict) else None
    first = value[0] if isinstance(value, list) and value else value
    return str(first)[:4] if first and re.match(r"\d{4}", str(first)) else ""


def slugged(text: str) -> str:
    """ASCII kebab-case."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
