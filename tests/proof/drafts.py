"""The corpus of drafts, and how a finding is matched with a planted error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

CORPUS = Path(__file__).resolve().parent / "corpus"
SEEDS = Path(__file__).resolve().parent.parent / "fixtures" / "seeds"


def drafts(*names: str) -> list[dict[str, Any]]:
    """All drafts as {text, errors}; those without errors have an empty list."""
    found = []
    for path in sorted(CORPUS.glob("*.yaml")):
        if not names or path.stem in names:
            for item in yaml.safe_load(path.read_text(encoding="utf-8")):
                found.append({"text": item, "errors": []} if isinstance(item, str) else item)
    return found


def is_found(text: str, error: dict[str, Any], findings: list[dict[str, Any]]) -> bool:
    """Whether one of the findings is that error: kind, place, and level unless it is a hint."""
    start = text.index(error["at"])
    end = start + len(error["at"])
    return any(
        finding["kind"] in error["kinds"]
        and finding["start"] < end
        and start < finding["end"]
        and (error.get("hint") or finding["level"] != "goi_y")
        for finding in findings
    )


def seeds() -> dict[str, str]:
    """The five source documents by the first three figures of their name."""
    return {path.name[:3]: path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))}
