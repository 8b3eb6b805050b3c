"""JSON Schemas of the open data (``api/v1/schema/*.json``), made from the same model as the data.

They differ from the schemas of the YAML files (macros.schema): facts are flattened, dates are
text of day, month or year precision, and every field of a record is always there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from macros import schema
from macros.exports import api, plain
from macros.model import KINDS, Fact, Library, PartialDate, Record, Vocabulary

FOLDER = f"{api.FOLDER}/schema"
DATE = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_WRITTEN_DATE = PartialDate.__get_pydantic_json_schema__(None, None)["anyOf"]
_DATE_OR_WINDOW = _WRITTEN_DATE[0]
_HEAD = {"generated": DATE, "version": {"type": "string"}, "data_as_of": DATE, "count": {"type": "integer"}}


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path, JSON text) of the schema of every open-data file."""
    written = _written(library.vocabulary)
    printed = {name: _as_printed(node) for name, node in written.items()}
    definitions: dict[str, Any] = {}
    records = {}
    for kind, cls in KINDS.items():
        own = {name: printed[name] for name in _named(written, cls.__name__) - {cls.__name__}}
        own[cls.__name__] = _record(cls, written[cls.__name__], own)
        records[kind] = {"type": "array", "items": {"$ref": f"#/$defs/{cls.__name__}"}}
        yield _file(kind, records[kind], own)
        definitions |= own
    every = {"type": "object", "properties": records, "required": list(records), "additionalProperties": False}
    yield _file("all", every, definitions)


def _written(vocabulary: Vocabulary) -> dict[str, Any]:
    """By name, the schemas of all that editors write: made together, because most kinds share most of it."""
    _, whole = models_json_schema([(cls, "validation") for cls in KINDS.values()])
    return schema.localised(whole["$defs"], vocabulary, bare_facts=False)


def _named(definitions: Mapping[str, Any], name: str) -> set[str]:
    """The name and all that its definition refers to, directly or not."""
    found, ahead = {name}, [definitions[name]]
    while ahead:
        node = ahead.pop()
        if isinstance(node, dict):
            ref = str(node.get("$ref", "")).removeprefix("#/$defs/")
            if ref and ref not in found:
                found.add(ref)
                ahead.append(definitions[ref])
        ahead += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return found


def _file(name: str, records: Mapping[str, Any], definitions: Mapping[str, Any]) -> tuple[str, str]:
    properties = {**_HEAD, "records": records}
    text = {
        "$schema": schema.DRAFT,
        "title": f"{api.FOLDER}/{name}.json",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }
    return f"{FOLDER}/{name}.json", plain.json_text(text) + "\n"


def _record(cls: type[Record], written: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of one kind of record, from that of what is written and what it refers to."""
    properties: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for name, field in cls.model_fields.items():
        node = written["properties"][name]
        if isinstance(field.default, Fact):
            facts[name] = {"$ref": node["$ref"]}
            value = definitions[node["$ref"].rpartition("/")[2]]["properties"]["value"]
            words = {key: node[key] for key in ("title", "description") if key in node}
            properties[name] = _common({**value, **words})
        else:
            properties[name] = _common(_as_printed(node, nested=False))
    if facts:
        properties["facts"] = _object(facts)
        properties["discrepancies"] = {"type": "array", "items": _discrepancy(list(facts))}
    properties["url"] = {"type": "string", "description": "Địa chỉ trang, tính từ gốc của thư viện."}
    return _object(properties)


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    required = list(properties)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _discrepancy(fields: list[str]) -> dict[str, Any]:
    """A value in circulation that was not taken, with the field that it is about."""
    properties = {"field": {"enum": fields}, "value": {}, "resolution": {"type": "string"}}
    sources = {"type": "array", "items": {"$ref": "#/$defs/Citation"}}
    required = ["field", "value", "resolution"]
    return {
        "type": "object",
        "properties": {**properties, "sources": sources},
        "required": required,
        "additionalProperties": False,
    }


def _as_printed(node: Any, *, nested: bool = True) -> Any:
    """The schema of a value as macros.exports.plain writes it.

    Below the top of a record what is empty is left out, so that no list is required there.
    """
    if isinstance(node, list):
        return [_as_printed(item, nested=nested) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("anyOf", [])[:2] == _WRITTEN_DATE:
        rest = [item for item in node["anyOf"][2:] if item.get("type") != "array"]
        # Several dates may be typed as one; they are always written as a list.
        several = [item for item in node["anyOf"][2:] if item.get("type") == "array"]
        dates = [{"type": "array", "items": _DATE_OR_WINDOW}] if several else [_DATE_OR_WINDOW]
        return _one_of({**node, "anyOf": dates + rest})
    result = {key: _as_printed(value, nested=nested) for key, value in node.items() if key != "default"}
    if nested and "required" in result and "properties" in result:
        lists = {name for name, inner in result["properties"].items() if inner.get("type") == "array"}
        result["required"] = [name for name in result["required"] if name not in lists]
    return result


def _one_of(node: dict[str, Any]) -> dict[str, Any]:
    """Without an ``anyOf`` of one."""
    node.pop("default", None)
    if len(node["anyOf"]) > 1:
        return node
    (only,) = node.pop("anyOf")
    return {**only, **node}


def _common(node: Any) -> Any:
    """The same with dates that are never windows: the flat values of a record."""
    if isinstance(node, list):
        return [_common(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("pattern") == _DATE_OR_WINDOW["pattern"]:
        return {**node, "pattern": DATE["pattern"]}
    return {key: _common(value) for key, value in node.items()}
