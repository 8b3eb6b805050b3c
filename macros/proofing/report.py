"""What the checker reports: findings with place, what was found, what the library holds, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from macros.proofing.kit import Kit

SAI, XEM, GOI_Y = "sai", "nen_xem_lai", "goi_y"
ORDER = {SAI: 0, XEM: 1, GOI_Y: 2}


@dataclass(slots=True)
class Finding:
    """One thing to look at. ``start:end`` are offsets into the text that was given.

    ``fix`` replaces exactly ``start:end`` when a person asks for it; None where a person has to
    write. ``id`` is the record (or figure) that it is about; ``source`` and ``confidence`` say where
    the library has it from and how sure that is. ``also`` lists further places of the same.
    """

    start: int
    end: int
    kind: str
    level: str
    found: str
    expected: str = ""
    fix: str | None = None
    id: str = ""
    message: str = ""
    source: str = ""
    confidence: str = ""
    url: str = ""
    also: list[list[int]] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass(slots=True)
class Named:
    """A record that the text names, and where."""

    id: str
    start: int
    end: int
    dated: bool = False


class Report:
    """Collects the findings of one piece of text."""

    def __init__(self, kit: Kit, text: str) -> None:
        self.kit, self.text = kit, text
        self.findings: list[Finding] = []
        self.named: list[Named] = []
        self.unknown: list[list[Any]] = []
        self.dates = 0
        self.figures = 0

    def say(self, key: str, values: Mapping[str, Any]) -> str:
        """A message with its values filled in."""
        text = self.kit.index["messages"][key]
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def add(self, level: str, start: int, end: int, key: str, values: Mapping[str, Any], **more: Any) -> Finding:
        """Adds a finding. ``more``: kind (default: the message's key), fix, id, extra, fact."""
        extra, fact = more.pop("extra", ""), more.pop("fact", None) or {}
        record = self.kit.records.get(more.get("id", ""), {})
        message = self.say(key, {"found": self.text[start:end], **values}) + extra
        finding = Finding(
            start,
            end,
            more.pop("kind", key),
            level,
            self.text[start:end],
            expected=str(values.get("expected", "")),
            message=message[:1].upper() + message[1:],
            source=fact.get("source", ""),
            confidence=fact.get("confidence", ""),
            url=fact.get("url", "") or record.get("url", ""),
            **more,
        )
        self.findings.append(finding)
        return finding

    def covered(self, start: int, end: int, *levels: str) -> bool:
        """Whether a finding of one of the levels already marks part of that place."""
        return any(f.start < end and start < f.end and f.level in levels for f in self.findings)
