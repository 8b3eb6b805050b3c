"""The one table of rules, read once, with its patterns compiled."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import Any

TABLE_FILE = Path(__file__).resolve().parent.parent / "tables" / "vietnamese.json"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern; ``groups`` has one letter a group that says what it holds.

    ``pattern`` begins with a figure. ``lead`` is the words before it that are part of the match
    ("ngày 30/12/1999"); they may be absent unless they are ``needed``.
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


Span = tuple[int, int]
"""Where something begins and ends in a text."""
Found = tuple[Rule, tuple[str | None, ...], Span]
"""A rule, the groups of its match, and where that stands together with its lead."""


def runs(text: str) -> list[Span]:
    """The runs of figures in the text, in order."""
    return [match.span() for match in _FIGURES.finditer(text)]


class Rules(tuple[Rule, ...]):
    """Rules in their order of rank.

    Their patterns are tried only where figures begin, and leads looked for backwards from there:
    ten times as fast as trying everywhere words that may be absent.
    """

    @cached_property
    def _tries(self) -> list[tuple[int, Callable[[str, int], re.Match[str] | None]]]:
        return [(rank, rule.pattern.match) for rank, rule in enumerate(self)]

    @cached_property
    def _led(self) -> list[tuple[int, Callable[[str, int], re.Match[str] | None]]]:
        return [self._tries[rank] for rank, rule in enumerate(self) if rule.needed]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """All the others in one: most figures are neither date nor number."""
        return _compile("|".join(_renumbered([rule.pattern for rule in self if not rule.needed])))

    def find(self, text: str, runs: Iterable[Span]) -> Iterator[Found]:
        """All matches, rule by rule; those of one rule in order and not overlapping each other.

        ``runs`` are those of ``text``.
        """
        tried, before, any_at = [], 0, self._any.match
        for start, end in runs:
            tries = self._tries if any_at(text, start) else self._led
            tried += [(rank, start, before, match) for rank, at in tries if (match := at(text, start))]
            before = end
        tried.sort(key=itemgetter(0, 1))
        past, last = -1, 0
        for rank, start, before, match in tried:
            if rank != past:
                past, last = rank, 0
            if start < last:
                continue
            rule = self[rank]
            # No lead has a figure in it.
            lead = rule.lead.search(text, max(before, last), start) if rule.lead else None
            if lead or not rule.needed:
                last = match.end()
                groups = lead.groups() + match.groups() if lead else match.groups()
                yield rule, groups, (lead.start() if lead else start, last)


def _renumbered(patterns: Iterable[re.Pattern[str]]) -> Iterator[str]:
    """The patterns as parts of one: ``\\2`` is the second group of its own part."""
    before = 0
    for pattern in patterns:
        yield re.sub(r"\\([1-9])", lambda found, first=before: rf"\{first + int(found[1])}", pattern.pattern)
        before += pattern.groups


_FIGURES = re.compile("[0-9]+")


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
def date_rules() -> Rules:
    return Rules(Rule.of(r["name"], r["groups"], r["pattern"]) for r in table()["dates"])


@cache
def number_rules() -> Rules:
    types = table()["document_types"]
    words = [form for forms in types.values() for form in forms]
    codes = [form for form in words if " " not in form and form != "luat"]
    parts = {
        "{types}": words_pattern([w for w in words if w != "luat"]),
        "{words}": words_pattern([w for w in words if w not in codes]),
        "{codes}": words_pattern(codes),
        "{issuers}": "|".join(sorted(table()["issuers"], key=lambda w: (-len(w), w))),
    }
    return Rules(Rule.of(r["name"], r["groups"], _fill(r["pattern"], parts)) for r in table()["numbers"])


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
