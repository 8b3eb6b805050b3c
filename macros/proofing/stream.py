"""A piece of text as items (words, dates, document numbers) and as units (items under one code).

*Items* keep the text as it stands. *Units* hold the same text with every name of a country, every
kind of instrument and every abbreviation under one code ("@cn", "%hiep_uoc", "#1999"), so that
"Hiệp ước biên giới trên đất liền giữa nước CHXHCN Việt Nam và nước CHND Trung Hoa" and "HƯ biên
giới đất liền Việt - Trung" read alike. Offsets are code points into the piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from macros.vietnamese import DateMatch, NumberMatch, find_dates, find_numbers, words

COMMA, CLAUSE, SENTENCE = 1, 2, 3
"""How strongly the gap before an item separates it from the one before."""

_STOP = re.compile("[.!?\u2026]+[\"\u201d\u2019')\\]*_]*[ \t\r\n\u00a0]")
_BULLET = re.compile("\n[ \t]*[-+\u2022*\u2013\u00b7][ \t]")
_MARKUP = re.compile("\n[ \t]*(?:#|---|<|\\|)")
_QUOTE = re.compile('["\u201c\u201d\u00ab\u00bb]')
_PLAIN = re.compile("[a-z]+")
_LABEL = re.compile("(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})")
_STRONG = ("written-typed", "written-assembly", "written-letter", "spaced-assembly", "number-year")


@dataclass(slots=True)
class Item:
    """One word, date or document number and the gap before it."""

    kind: str
    exact: str
    folded: str
    start: int
    end: int
    gap: int = 0
    opened: bool = False
    closed: bool = False
    line: bool = False
    quoted: bool = False
    match: DateMatch | NumberMatch | None = None


@dataclass(slots=True)
class Unit:
    """One code and the items ``a:b`` that it stands for."""

    code: str
    a: int
    b: int
    start: int
    end: int
    gap: int
    opened: bool
    closed: bool
    line: bool


@dataclass(slots=True)
class Stream:
    """A piece of text, read."""

    text: str
    items: list[Item]
    units: list[Unit]
    bare: bool
    """True where hardly any word has diacritics, so that words are compared without them."""

    def same(self, item: Item, exact: str, folded: str) -> bool:
        """Whether the item is that word, with its diacritics where the text has any."""
        return item.folded == folded if self.bare else item.exact == exact


def read(text: str, known_numbers: Mapping[str, Any], canon: Mapping[str, Sequence[Any]]) -> Stream:
    """Read one piece. ``canon`` maps a first word to [[keys, codes, exact?], …], longest first."""
    items = _items(text, known_numbers)
    marked = sum(1 for item in items if item.kind == "word" and item.exact != item.folded)
    plain = sum(1 for item in items if item.kind == "word" and _PLAIN.fullmatch(item.folded))
    stream = Stream(text, items, [], bare=marked * 8 < plain)
    stream.units = _units(stream, canon)
    return stream


def _items(text: str, known_numbers: Mapping[str, Any]) -> list[Item]:
    found = [
        Item("number", match.value, match.value, match.start, match.end, match=match)
        for match in find_numbers(text)
        if match.form in _STRONG or loose_key(match) in known_numbers
    ]
    taken = [(item.start, item.end) for item in found]
    dates = (match for match in find_dates(text) if not _overlaps(taken, match.start, match.end))
    found += [Item("date", match.value, match.value, match.start, match.end, match=match) for match in dates]
    found.sort(key=lambda item: item.start)
    merged = _merge(found, [Item("word", w.exact, w.folded, w.start, w.end) for w in words(text)])
    _mark_gaps(text, merged)
    return merged


def is_number(folded: str) -> bool:
    """Whether a word is figures only."""
    return folded.isascii() and folded.isdigit()


def loose_key(match: NumberMatch) -> str:
    """Key under which a number without its symbol may be known: ``36 NQ``."""
    return f"{match.number} {match.type or ''}"


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in taken)


def _merge(found: list[Item], all_words: Iterable[Item]) -> list[Item]:
    """Both lists in order, without the words that a date or number covers."""
    result: list[Item] = []
    at = 0
    for word in all_words:
        while at < len(found) and found[at].end <= word.start:
            result.append(found[at])
            at += 1
        if at == len(found) or word.end <= found[at].start:
            result.append(word)
    return result + found[at:]


def _mark_gaps(text: str, items: list[Item]) -> None:
    before = 0
    for index, item in enumerate(items):
        raw = text[before : item.start]
        before = item.end
        if raw == " " and index:
            continue  # as most gaps are: nothing to mark
        item.line = "\n" in raw
        item.opened, item.closed = "(" in raw, ")" in raw
        item.quoted = item.opened or item.closed or bool(_QUOTE.search(raw))
        item.gap = _gap(text, raw, item, first=index == 0)


def _gap(text: str, raw: str, item: Item, *, first: bool) -> int:
    if first or _STOP.search(raw):
        return SENTENCE
    if item.line and (_MARKUP.search(raw) or _is_label(text, item) or _is_bullet(text, raw, item)):
        return SENTENCE
    if ";" in raw or ":" in raw or "|" in raw:
        return CLAUSE
    return COMMA if "," in raw else 0


def _is_label(text: str, item: Item) -> bool:
    """A number or letter that starts a line and ends in a dot or bracket: the label of a section."""
    return bool(_LABEL.fullmatch(item.folded)) and text[item.end : item.end + 1] in (".", ")", "/")


def _is_bullet(text: str, raw: str, item: Item) -> bool:
    """A dash before a capital; but "Việt Nam⏎- Trung Quốc" is one name, broken."""
    first = text[item.start : item.start + 1]
    capital = first != first.lower() or item.kind != "word"
    return capital and bool(_BULLET.search(raw)) and item.folded not in ("trung", "lao", "campuchia", "cam")


def _units(stream: Stream, canon: Mapping[str, Sequence[Any]]) -> list[Unit]:
    units: list[Unit] = []
    items, at = stream.items, 0
    while at < len(items):
        item = items[at]
        if item.kind != "word":
            units.append(_unit(_code(item), items, at, at + 1))
            at += 1
            continue
        length, codes = _canonical(stream, canon, at)
        if not codes:
            units.append(_unit(item.folded, items, at, at + 1))
            at += 1
            continue
        for n, code in enumerate(codes):
            last = n == len(codes) - 1
            b = at + length if last else at + min(n + 1, length)
            units.append(_unit(code, items, min(at + n, at + length - 1), max(b, min(at + n, at + length - 1) + 1)))
        at += length
    return units


def _code(item: Item) -> str:
    if item.kind == "number":
        return "N"
    return f"#{item.exact}" if len(item.exact) == 4 else "D"


def _unit(code: str, items: list[Item], a: int, b: int) -> Unit:
    head = items[a]
    return Unit(code, a, b, head.start, items[b - 1].end, head.gap, head.opened, head.closed, head.line)


def _canonical(stream: Stream, canon: Mapping[str, Sequence[Any]], at: int) -> tuple[int, Sequence[str]]:
    """(number of items, codes) of the longest known name that starts at item ``at``."""
    for keys, codes, exact in canon.get(stream.items[at].folded, ()):
        if _spells(stream, at, keys, exact=exact):
            return len(keys), codes
    return 0, ()


def _spells(stream: Stream, at: int, keys: Sequence[Sequence[str]], *, exact: bool) -> bool:
    if at + len(keys) > len(stream.items):
        return False
    for n, (word, folded) in enumerate(keys):
        item = stream.items[at + n]
        if item.kind != "word" or item.folded != folded or (n and item.gap):
            return False
        if exact and not stream.same(item, word, folded):
            return False
    return True
