"""The one table of rules, read once, with its patterns compiled."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

TABLE_FILE = Path(__file__).resolve().parent.parent / "tables" / "vietnamese.json"


Run = tuple[int, int]
"""Where a run of figures begins and ends in a text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern; ``groups`` has one letter a group that says what it holds.

    ``pattern`` begins with a figure, so that it is tried only where figures begin: ten times as
    fast as trying everywhere. ``lead`` is the words before it that are part of the match ("ngày
    30/12/1999"), looked for backwards from a match; they may be absent unless they are ``needed``.
    """

    name: str
    groups: str
    pattern: re.Pattern[str]
    lead: re.Pattern[str] | None
    needed: bool

    @classmethod
    def of(cls, name: str, groups: str, pattern: str) -> Rule:
        lead, rest = _cut_words(groups, pattern)
        # A pattern without words before its first figure has only conditions there: (?<!…).
        needed = not lead.endswith(")")
        if not needed:
            lead, rest = _cut_lead(pattern)
        return cls(name, groups, _compile(rest), _compile(rf"{lead}\Z") if lead else None, needed)

    def spans(self, text: str, runs: Sequence[Run]) -> list[tuple[tuple[str | None, ...], Run]]:
        """The groups of each match, and where it stands together with its lead.

        ``runs`` are all runs of figures in ``text``, in order.
        """
        found, match_at, last, before = [], self.pattern.match, 0, 0
        for start, end in runs:
            match = match_at(text, start) if start >= last else None
            if match:
                # No lead has a figure in it.
                lead = self.lead.search(text, before, start) if self.lead else None
                if lead or not self.needed:
                    groups = lead.groups() + match.groups() if lead else match.groups()
                    last = match.end()
                    found.append((groups, (lead.start() if lead else start, last)))
            before = end
        return found


@cache
def table() -> dict[str, Any]:
    """The table as written. Treat it as read-only: it is shared."""
    return json.loads(TABLE_FILE.read_text(encoding="utf-8"))


def table_script() -> str:
    """The table as a script for the browser (a site opened from disc cannot fetch files)."""
    text = json.dumps(table(), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"window.cotmocTable={text};\n"


def words_pattern(words: list[str]) -> str:
    """An alternative of plain words, longest first so that no word hides a longer one."""
    return "|".join(word.replace(" ", " +") for word in sorted(words, key=lambda w: (-len(w), w)))


def _cut_lead(pattern: str) -> tuple[str, str]:
    """(words that may stand first, the rest) of a pattern that begins with ``(?:…)?``, else ("", pattern)."""
    depths = accumulate((char == "(") - (char == ")") for char in pattern)
    end = next((at for at, depth in enumerate(depths, start=1) if not depth), 0)
    first, rest = pattern[:end], pattern[end:]
    return (first, rest[1:]) if first.startswith("(?:") and rest.startswith("?") else ("", pattern)


def _cut_words(groups: str, pattern: str) -> tuple[str, str]:
    """The pattern cut before the group of its first figure; only the group ``t`` holds words."""
    at = [match.start() for match in re.finditer(r"\((?!\?)", pattern)][groups.startswith("t")]
    return pattern[:at], pattern[at:]


@cache
def date_rules() -> tuple[Rule, ...]:
    return tuple(Rule.of(r["name"], r["groups"], r["pattern"]) for r in table()["dates"])


@cache
def number_rules() -> tuple[Rule, ...]:
    types = table()["document_types"]
    words = [form for forms in types.values() for form in forms]
    codes = [form for form in words if " " not in form and form != "luat"]
    parts = {
        "{types}": words_pattern([w for w in words if w != "luat"]),
        "{words}": words_pattern([w for w in words if w not in codes]),
        "{codes}": words_pattern(codes),
        "{issuers}": "|".join(sorted(table()["issuers"], key=lambda w: (-len(w), w))),
    }
    return tuple(Rule.of(r["name"], r["groups"], _fill(r["pattern"], parts)) for r in table()["numbers"])


@cache
def type_of_form() -> dict[str, str]:
    """From a folded form ("nq", "nghi quyet") to the code ("NQ")."""
    return {form: code for code, forms in table()["document_types"].items() for form in forms}


@cache
def word_pattern() -> re.Pattern[str]:
    return _compile(table()["word"])


def _fill(pattern: str, parts: dict[str, str]) -> str:
    for name, text in parts.items():
        pattern = pattern.replace(name, text)
    return pattern


def _compile(pattern: str) -> re.Pattern[str]:
    # ASCII, because \d and \w mean more in Python than in a browser.
    return re.compile(pattern, re.ASCII)
