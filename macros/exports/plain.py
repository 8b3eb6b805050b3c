"""Records as plain values for JSON: facts flattened, their sources kept beside them."""

from __future__ import annotations

from typing import Any

from macros import references
from macros.model import Base, Fact, Library, PartialDate, Record, Statement
from macros.urls import url_of


def compact(value: Any) -> Any:
    """A model as plain JSON values, without what is empty."""
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, Base):
        items = {name: compact(getattr(value, name)) for name in type(value).model_fields}
        return {name: item for name, item in items.items() if item not in (None, [], {})}
    if isinstance(value, tuple):
        return [compact(item) for item in value]
    return value


def _flat(value: Any) -> Any:
    """The bare value of a fact; a date in day, month or year precision, or None."""
    if isinstance(value, Fact):
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
    for name in type(item).model_fields:
        value = getattr(item, name)
        result[name] = _flat(value)
        if isinstance(value, Fact):
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
