"""Records as plain values for JSON: facts flattened, their sources kept beside them."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any

from macros import references
from macros.model import Base, Fact, Library, PartialDate, Record, Statement
from macros.urls import url_of
from macros.walk import fields, is_one_of


def compact(value: Any) -> Any:
    """A model as plain JSON values, without what is empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, tuple):
        return [compact(item) for item in value]
    if is_one_of(type(value), _MODEL):
        inside = value.__dict__
        items = {name: compact(inside[name]) for name in fields(type(value)) if inside[name] is not None}
        return {name: item for name, item in items.items() if item not in _EMPTY}
    return value


_EMPTY = (None, [], {})
_MODEL, _FACT = (Base,), (Fact,)


def json_text(value: Any, margin: str = "\n") -> str:
    """``json.dumps(value, ensure_ascii=False, indent=1)``, which has no quick way to indent, in half the time.

    ``value`` is of dicts with text keys, lists, texts and what JSON writes as one word.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    inner = margin + " "
    if isinstance(value, list):
        items, ends = [json_text(item, inner) for item in value], "[]"
    elif isinstance(value, dict):
        items, ends = [f"{encode_basestring(key)}: {json_text(item, inner)}" for key, item in value.items()], "{}"
    else:
        return json.dumps(value)
    return f"{ends[0]}{inner}{(',' + inner).join(items)}{margin}{ends[1]}" if items else ends


def _flat(value: Any) -> Any:
    """The bare value of a fact; a date in day, month or year precision, or None."""
    if is_one_of(type(value), _FACT):
        value = value.value
    if isinstance(value, PartialDate):
        return value.common() or None
    if isinstance(value, tuple) and value and isinstance(value[0], PartialDate):
        return [item.common() for item in value]
    return compact(value)


def record(library: Library, item: Record) -> dict[str, Any]:
    """One record of the open data.

    Every field stands under its own name; where the field is a fact, its bare value stands there
    and everything else about it (confidence, sources, other values) under ``facts``.
    """
    result: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    discrepancies: list[dict[str, Any]] = []
    for name in fields(type(item)):
        value = item.__dict__[name]
        result[name] = _flat(value)
        if is_one_of(type(value), _FACT):
            facts[name] = compact(value)
            discrepancies += [{"field": name, **compact(other)} for other in value.others]
    result["statements"] = [_statement(library, statement) for statement in item.statements]
    if facts:
        result["facts"] = facts
        result["discrepancies"] = discrepancies
    result["url"] = url_of(library, item.id)
    return result


def _statement(library: Library, statement: Statement) -> dict[str, Any]:
    """A statement as it is read: references replaced by what they print."""
    return {**compact(statement), "text": references.plain(library, statement.text)}
