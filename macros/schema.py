"""JSON Schemas of the data files, made from the model and the vocabulary.

Editors get completion and hover text from them in VS Code (``.vscode/settings.json`` ties each
file to its schema). They are derived: ``data/schema/*.json`` is written by ``cotmoc export schema``
and a test says when it is out of date.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from macros.changes import Step
from macros.model import KINDS, Meta, Vocabulary

FOLDER = "data/schema"
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def files(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """(path, JSON text) of the schema of every data file."""
    for kind, cls in KINDS.items():
        schema = TypeAdapter(tuple[cls, ...]).json_schema()
        yield f"{FOLDER}/{kind}.json", _text(kind, schema, vocabulary)
    yield f"{FOLDER}/library.json", _text("library", Meta.model_json_schema(), vocabulary)
    yield f"{FOLDER}/changes.json", _text("changes", TypeAdapter(tuple[Step, ...]).json_schema(), vocabulary)
    yield f"{FOLDER}/vocabulary.json", _text("vocabulary", _OF_VOCABULARY, vocabulary)


_SENTENCE = {"type": "string", "minLength": 1}
_OF_VOCABULARY = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {
            "type": "object",
            "properties": {"label": _SENTENCE, "description": _SENTENCE},
            "required": ["label"],
            "additionalProperties": False,
        },
    },
}
"""As macros.load reads it: lists of words, each with a label."""


def _text(kind: str, schema: dict[str, Any], vocabulary: Vocabulary) -> str:
    schema = {"$schema": DRAFT, "title": f"data/{kind}.yaml", **localised(schema, vocabulary, bare_facts=True)}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def localised(node: Any, vocabulary: Vocabulary, *, bare_facts: bool) -> Any:
    """The schema with vocabularies spelt out and Vietnamese labels as hover texts.

    With ``bare_facts`` a fact may also be written as its bare value, as editors may (the checks
    then ask for its source).
    """
    if isinstance(node, list):
        return [localised(item, vocabulary, bare_facts=bare_facts) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: localised(value, vocabulary, bare_facts=bare_facts) for key, value in node.items()}
    _spell_out(result, vocabulary)
    _label(result.get("properties"), vocabulary)
    if bare_facts and "properties" in result and {"value", "confidence"} <= result["properties"].keys():
        bare = {k: v for k, v in result["properties"]["value"].items() if k not in ("title", "description", "default")}
        return {"anyOf": [result, bare]}
    return result


def _spell_out(node: dict[str, Any], vocabulary: Vocabulary) -> None:
    name = node.pop("x-vocabulary", None)
    if name in vocabulary:
        terms = vocabulary[name].values()
        node["enum"] = [term.id for term in terms]
        # VS Code's YAML extension shows one line beside each choice.
        node["markdownEnumDescriptions"] = [f"{term.label}. {term.description}".strip() for term in terms]


def _label(properties: Any, vocabulary: Vocabulary) -> None:
    labels = vocabulary.get("field", {})
    for name, schema in (properties or {}).items():
        if name in labels and isinstance(schema, dict):
            schema["title"] = labels[name].label
            schema["description"] = labels[name].description or labels[name].label
