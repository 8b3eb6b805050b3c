"""Typing errors: words near a word, and words written without the space between them."""

from __future__ import annotations

import re
from functools import cache

from macros.analysis.table import table
from macros.search.index import Index
from macros.search.terms import bigram, is_folded_stopword
from macros.vietnamese import Token

NEAREST = 8
BESIDE = (70, 60)
"""Percent of a word that fits its neighbours, one and two errors away."""
LONGEST_COMPOUND = 40


def neighbours(index: Index, word: str, around: tuple[str, str], *, known: bool) -> list[tuple[str, int]]:
    """(known word, percent) one error away; two for words of seven letters and more.

    Words that the library has beside the query's neighbouring words come first; for a word that
    is itself ``known`` only those are offered.
    """
    most = 1 if len(word) < 7 else 2
    if not word.isalpha() or len(word) < 2:
        return []
    near = []
    for term in index.words_of_length(len(word) - most, len(word) + most):
        same_sound = sound(word) == sound(term)
        distance = 1 if same_sound else edits(word, term, most)
        # Of two letters too little is left to go by: one may be missing, none may be changed.
        if len(word) == 2 and not same_sound and len(term) < 3:
            continue
        if term != word and distance <= most:
            near.append((not _beside(index, term, around), distance, index.idf[term], term))
    near.sort()
    if near and not near[0][0]:
        near = [entry for entry in near if not entry[0]]
    elif known or len(word) < 4:
        near = []
    return [
        (term, (BESIDE[0] if not apart else 65 if len(word) > 5 else 35) - 10 * (distance - 1))
        for apart, distance, _, term in near[:NEAREST]
    ]


@cache
def sound(word: str) -> str:
    """Folded syllables that one region or another pronounces alike have one sound (tr, ch)."""
    for pattern, replacement in table()["sounds"]:
        word = re.sub(pattern, replacement, word)
    return word


def _beside(index: Index, term: str, around: tuple[str, str]) -> bool:
    before, after = around
    return (before != "" and bigram(before, term) in index.postings) or (
        after != "" and bigram(term, after) in index.postings
    )


def edits(one: str, two: str, most: int) -> int:
    """Letters added, left out, changed or swapped with the next; more than ``most`` is most+1.

    The optimal string alignment distance.
    """
    if abs(len(one) - len(two)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def split_word(index: Index, word: str) -> tuple[str, ...]:
    """The known words that ``word`` is written together from (``biengioi``), or nothing.

    Each two that follow each other must stand together in the library; fewest words win.
    """
    if not 4 <= len(word) <= LONGEST_COMPOUND:
        return ()
    ways: list[list[tuple[str, ...]]] = [[()]] + [[] for _ in word]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 9), end):
            part = word[start:end]
            if len(part) < 2 or not (part in index.postings or is_folded_stopword(part)):
                continue
            for way in ways[start]:
                if not way or _together(index, way[-1], part):
                    ways[end].append((*way, part))
        ways[end] = sorted(ways[end], key=lambda way: (len(way), way))[:4]
    whole = [way for way in ways[-1] if len(way) > 1]
    return whole[0] if whole else ()


def respaced(index: Index, text: str, tokens: list[Token]) -> list[Token]:
    """Move a space that slipped by some letters (``lanhh ai``), or drop one (``campu chia``)."""
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        two = tokens[at : at + 2]
        parts = ()
        if len(two) == 2 and text[two[0].end : two[1].start] == " ":
            parts = _respaced(index, two[0].folded, two[1].folded)
        if parts:
            result += [Token("word", p, p, two[0].start, two[1].end) for p in parts]
        else:
            result.append(tokens[at])
        at += 2 if parts else 1
    return result


def _respaced(index: Index, one: str, two: str) -> tuple[str, ...]:
    """The two words with their space elsewhere; nothing when both may stand as they are."""
    strange = [w for w in (one, two) if w not in index.postings and not is_folded_stopword(w)]
    both = one + two
    if not strange or not both.isalpha() or bigram(one, two) in index.postings:
        return ()
    if len(both) > 5 and both in index.postings:
        return (both,)
    for cut in range(1, len(both)):
        first, second = both[:cut], both[cut:]
        if cut != len(one) and bigram(first, second) in index.postings:
            return (first, second)
    return ()


def _together(index: Index, one: str, two: str) -> bool:
    """Whether two words stand side by side in the library; pairs with "và" are not indexed."""
    silent = is_folded_stopword(one) != is_folded_stopword(two)
    return silent or bigram(one, two) in index.postings
