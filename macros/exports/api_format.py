"""The format of the open data: its version, what changed from one to the next, and ``api/v1/index.json``.

Within v1 fields are only added, never renamed, removed or given another type; what cannot be done
so becomes v2, beside v1. Lists of words (kinds, statuses …) may grow at any time, so that they are
not part of the format. A test compares the published schemas with the digest of the newest entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros.dates import PartialDate
from macros.exports import api, api_schema
from macros.model import KINDS, Library

_WORDS = ("title", "description", "$schema")


@dataclass(frozen=True)
class FormatChange:
    """One state of the format."""

    version: str
    on: str
    """Day, ISO."""
    text: str
    """What a program that reads the data has to know (Vietnamese)."""
    digest: str
    """Of the schemas of that state (function ``digest``)."""

    @property
    def day(self) -> str:
        return PartialDate.parse(self.on).official()


CHANGES: tuple[FormatChange, ...] = (
    FormatChange(
        "1.0",
        "2026-11-22",
        "Bản đầu: một tệp cho mỗi loại bản ghi, tệp all.json, lược đồ JSON Schema của từng tệp.",
        "cbe5a8db8c02a88089ae4631ecce21441ac65f0e9ca1d85ef4af01ddbb19bd83",
    ),
)
"""Oldest first. A published entry is never changed: a change of the schemas gets a new one."""


def digest(library: Library) -> str:
    """SHA-256 of what the schemas demand, whatever their labels and lists of words say."""
    demands = {path: _bare(json.loads(text)) for path, text in api_schema.files(library)}
    return hashlib.sha256(json.dumps(demands, sort_keys=True).encode()).hexdigest()


def _bare(node: Any) -> Any:
    if isinstance(node, list):
        return [_bare(item) for item in node]
    if not isinstance(node, dict):
        return node
    # Only a list of the vocabulary explains its words.
    dropped = {"enum", "markdownEnumDescriptions"} if "markdownEnumDescriptions" in node else set()
    # A label is text; a mapping under the same name is a field that is called so.
    dropped |= {name for name in _WORDS if isinstance(node.get(name), str)}
    return {key: _bare(value) for key, value in node.items() if key not in dropped}


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path, JSON text) of the index: where a program that reads the open data begins."""
    changes = [{"format": c.version, "date": c.on, "text": c.text} for c in reversed(CHANGES)]
    index = {
        "format": CHANGES[-1].version,
        "version": library.meta.version,
        "data_as_of": library.meta.data_as_of.iso(),
        "licence": library.meta.data_licence,
        "files": [
            {"path": f"{api.FOLDER}/{name}.json", "schema": f"{api_schema.FOLDER}/{name}.json"}
            for name in (*KINDS, "all")
        ],
        "changes": changes,
    }
    yield f"{api.FOLDER}/index.json", json.dumps(index, ensure_ascii=False, indent=1) + "\n"
