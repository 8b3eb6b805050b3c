"""Dates, document numbers and words in running text, with offsets into it.

Dates are read in every form that officers and documents use; numbers after the forms of
Nghị định 30/2020/NĐ-CP (``1191/QĐ-TTg``, ``72/2015/NĐ-CP``), of the Party's Hướng dẫn
36-HD/VPTW (``36-NQ/TW``), of the National Assembly (``139/2024/QH15``), and as people type
them (``36 nq tw``, ``nghị quyết 36``, ``nq36``). Offsets are code points of the text given.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from macros.analysis.letters import Shadow, exact_key, folded_key, normalize, shadow
from macros.analysis.table import Rule, Rules, date_rules, number_rules, runs, type_of_form, word_pattern

Kind = Literal["word", "date", "number"]


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date found in a text.

    ``value`` is ISO: ``1999-12-30``, ``1999-12``, ``1999`` or, without a year, ``--12-30``.
    """

    start: int
    end: int
    value: str

    @property
    def precision(self) -> Literal["day", "month", "year", "day_month"]:
        if self.value.startswith("--"):
            return "day_month"
        return ("year", "month", "day")[self.value.count("-")]


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A document number found in a text. ``start:end`` covers a type word written before it.

    ``number`` is as written without leading zeros; ``year``, ``type`` (``NQ``, ``QĐ``) and
    ``issuer`` (folded capitals without đ: ``TW``, ``BTTTT-TTDN``) are None when not written.
    """

    start: int
    end: int
    number: str
    year: str | None = None
    type: str | None = None
    issuer: str | None = None
    form: str = ""
    """Name of the rule that matched. ``type-…`` are loose ("quy định 3 nội dung" matches too)."""

    @property
    def value(self) -> str:
        """One key for the same parts: ``36/NQ/TW``, ``72/2015/NĐ/CP``, ``1191/QĐ``."""
        head = f"{self.number}/{self.year}" if self.year else self.number
        return "/".join(part for part in (head, self.type, self.issuer) if part)


class Token(NamedTuple):
    """A word, date or number. ``exact`` keeps diacritics, ``folded`` has none; both are keys."""

    kind: Kind
    exact: str
    folded: str
    start: int
    end: int


_FIGURE = re.compile("[0-9]")
"""Every rule for dates and numbers has a figure in it (tests/unit/test_vietnamese.py)."""


def find_dates(text: str) -> tuple[DateMatch, ...]:
    """All dates in the text, in order, not overlapping each other nor a document number."""
    # Folding makes no figure out of anything else.
    return _dates(shadow(text)) if _FIGURE.search(text) else ()


def find_numbers(text: str) -> tuple[NumberMatch, ...]:
    """All document numbers in the text, in order, not overlapping."""
    return _numbers(shadow(text)) if _FIGURE.search(text) else ()


def tokens(text: str) -> tuple[Token, ...]:
    """The text as words, whole dates and whole document numbers, in order."""
    mirror = shadow(text)
    found: list[Token] = [Token("number", m.value, m.value, m.start, m.end) for m in _numbers(mirror)]
    found += [Token("date", m.value, m.value, m.start, m.end) for m in _dates(mirror)]
    spans = sorted((token.start, token.end) for token in found)
    found += (word for word in words(text) if not _overlaps(spans, word.start, word.end))
    return tuple(sorted(found, key=lambda token: token.start))


def words(text: str) -> tuple[Token, ...]:
    """All words and figures of the text, also those inside dates and numbers."""
    repaired = normalize(text)
    mirror = shadow(text)
    # Repair only moves marks, so that both shadows have the same characters.
    right = mirror if repaired == text else shadow(repaired)
    folded, spans = mirror.text, [match.span() for match in word_pattern().finditer(mirror.text)]
    if isinstance(mirror.starts, range) and isinstance(right.starts, range):
        # Letter for letter: the words of both stand at the same places.
        return tuple(Token("word", exact_key(repaired[a:b]), folded_key(folded[a:b]), a, b) for a, b in spans)
    starts, ends, rights, right_ends = mirror.starts, mirror.ends, right.starts, right.ends
    result = []
    for a, b in spans:
        exact = exact_key(repaired[rights[a] : right_ends[b - 1]])
        result.append(Token("word", exact, folded_key(folded[a:b]), starts[a], ends[b - 1]))
    return tuple(result)


def word_keys(text: str) -> list[tuple[str, str]]:
    """(exact, folded) of each of ``words``, for those who need no places: an index of ten thousand records."""
    if _SLIPPED.search(text):
        return [(word.exact, word.folded) for word in words(text)]
    return list(chain.from_iterable(map(_keys_of_piece, text.split(" "))))


# A mark that may belong to the word before the space: else nothing reaches across a space.
_SLIPPED = re.compile(" [\u0300-\u036f]")


@lru_cache(maxsize=65_536)  # a language has few words
def _keys_of_piece(piece: str) -> tuple[tuple[str, str], ...]:
    """The keys of what stands between two spaces: most often one word."""
    return tuple((word.exact, word.folded) for word in words(piece))


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


def _numbers(mirror: Shadow) -> tuple[NumberMatch, ...]:
    taken: list[tuple[int, int]] = []
    found = []
    for rule, groups, span in _like_numbers(mirror.text):
        if _overlaps(taken, *span):
            continue
        number = groups["n"].lstrip("0") or "0"
        kind = type_of_form().get(" ".join(groups.get("t", "").split()))
        if _is_period(rule, groups):
            continue
        taken.append(span)
        issuer = groups.get("i", "").upper() or None
        found.append(NumberMatch(*mirror.span(*span), number, groups.get("y") or None, kind, issuer, rule.name))
    return tuple(sorted(found, key=lambda match: match.start))


def _dates(mirror: Shadow) -> tuple[DateMatch, ...]:
    taken: list[tuple[int, int]] = []
    # A year or a month inside a document number (72/2015/NĐ-CP) is no date.
    for rule, groups, span in _like_numbers(mirror.text):
        if not _is_period(rule, groups):
            taken.append(span)
    found = []
    for _, groups, span in _matches(date_rules(), mirror.text, taken):
        value = _iso(groups)
        if value is not None:
            taken.append(span)
            found.append(DateMatch(*mirror.span(*span), value))
    return tuple(sorted(found, key=lambda match: match.start))


# Asked for twice a text, for its dates and for its numbers.
@lru_cache(maxsize=4)
def _like_numbers(text: str) -> tuple[tuple[Rule, dict[str, str], tuple[int, int]], ...]:
    """All that the rules for document numbers match, overlapping each other."""
    return tuple(_matches(number_rules(), text, []))


_runs = lru_cache(maxsize=4)(runs)  # for the same reason


def _matches(
    rules: Rules, text: str, taken: list[tuple[int, int]]
) -> Iterator[tuple[Rule, dict[str, str], tuple[int, int]]]:
    """Matches of the rules in the rules' order, leaving out what overlaps ``taken``.

    The caller adds what it accepts to ``taken``.
    """
    for rule, groups, span in rules.find(text, _runs(text)):
        if not _overlaps(taken, *span):
            named = [group or "" for group in groups if group not in ("/", "-", ".")]
            yield rule, dict(zip(rule.groups, named, strict=True)), span


def _is_period(rule: Rule, groups: dict[str, str]) -> bool:
    """ "kế hoạch 2024": a type word and a year are no document number."""
    digits = groups["n"]
    return rule.name.startswith("type-") and len(digits) == 4 and 1800 <= int(digits) <= 2099


def _iso(groups: dict[str, str]) -> str | None:
    """ISO text of the parts, or None when there is no such day (31/02/1999)."""
    year = groups.get("y") or _century(groups.get("Y", ""))
    month, day = groups.get("m", ""), groups.get("d", "")
    # 29/02 without a year exists in some years.
    if day and not 1 <= int(day) <= calendar.monthrange(int(year or 2000), int(month))[1]:
        return None
    parts = [year or "-", *(f"{int(part):02d}" for part in (month, day) if part)]
    return "-".join(parts)


def _century(short: str) -> str:
    """Two-figure years from 30 on are of the 20th century, the others of the 21st."""
    return short and ("19" if int(short) >= 30 else "20") + short
