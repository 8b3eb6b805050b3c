"""The compiled index, made ready for matching: a tree of forms, weights of words, quick look-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.proofing.stream import Item, Stream


@dataclass(slots=True)
class Node:
    """A place in the tree of forms; ``form`` is the number of the form that ends here, or -1."""

    next: dict[str, Node] = field(default_factory=dict)
    form: int = -1


class Kit:
    """Everything that the engine looks up, made once from the index."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.index = index
        self.rules: Mapping[str, Any] = index["rules"]
        self.records: Mapping[str, Any] = index["records"]
        self.forms: Sequence[Any] = index["forms"]
        self.fillers = frozenset(self.rules["fillers"])
        self.root = Node()
        for number, form in enumerate(self.forms):
            node = self.root
            for code in form[0]:
                node = node.next.setdefault(code, Node())
            node.form = number
        self.titles = [number for number, form in enumerate(self.forms) if form[0][0].startswith("%")]
        self.weights = self._weights()
        self.heads = {name: _by_head(self.rules[name]) for name in LISTS if name in self.rules}
        self.cues = _by_head([[phrase, role] for role, phrases in self.rules["cues"].items() for phrase in phrases])
        self.bodies = _by_head(index["bodies"])
        self.spelled = _by_head([*index["spelled"], *self.rules["spelling"]])

    def _weights(self) -> dict[str, int]:
        """How much a word says: the fewer treaties have it in a title, the more."""
        bearers: dict[str, set[str]] = {}
        for number in self.titles:
            for code in self.forms[number][0]:
                bearers.setdefault(code, set()).update(self.forms[number][1])
        steps = ((1, 6), (2, 4), (4, 3), (8, 2))
        return {code: next((w for most, w in steps if len(ids) <= most), 1) for code, ids in bearers.items()}

    def weight(self, codes: Sequence[str]) -> int:
        return sum(self.weights.get(code, 3) for code in codes)


LISTS = (
    "stops",
    "plain",
    "together",
    "in_turn",
    "these",
    "pointing",
    "past",
    "looking_back",
    "heads",
    "part_words",
    "length_words",
    "demarcation_words",
    "delimitation_words",
    "remaining_words",
    "anniversary_words",
    "since_words",
    "mark_in_force",
    "issuer_words",
    "about_words",
    "even_year",
    "round_year",
    "no_comma",
)


def _by_head(phrases: Sequence[Any]) -> dict[str, list[Any]]:
    """Phrases by the folded key of their first word. An entry is a phrase or [phrase, …]."""
    found: dict[str, list[Any]] = {}
    for entry in phrases:
        phrase = entry if isinstance(entry[0][0], str) else entry[0]
        found.setdefault(phrase[0][1], []).append(entry)
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry if isinstance(entry[0][0], str) else entry[0]))
    return found


def phrase_at(stream: Stream, at: int, end: int, heads: Mapping[str, list[Any]], *, folded: bool = False) -> Any:
    """(length, entry) of the longest phrase that starts at item ``at`` and ends before ``end``; or None."""
    items = stream.items
    if at >= end or items[at].kind != "word":
        return None
    for entry in heads.get(items[at].folded, ()):
        phrase = entry if isinstance(entry[0][0], str) else entry[0]
        if at + len(phrase) <= end and _fits(stream, items, at, phrase, folded=folded):
            return len(phrase), entry
    return None


def _fits(stream: Stream, items: Sequence[Item], at: int, phrase: Sequence[Sequence[str]], *, folded: bool) -> bool:
    for n, (exact, plain) in enumerate(phrase):
        item = items[at + n]
        if item.kind != "word" or item.folded != plain or (n and item.gap > 1):
            return False
        if not folded and not stream.same(item, exact, plain):
            return False
    return True


def contains(stream: Stream, at: int, end: int, heads: Mapping[str, list[Any]]) -> bool:
    """Whether one of the phrases stands among the items ``at:end``."""
    return any(phrase_at(stream, n, end, heads) for n in range(at, end))
