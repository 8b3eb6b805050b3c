"""From text to index terms; the same terms are made from what is indexed and what is asked.

A term is a folded word (``bien``), two words that follow each other (``bien_gioi``), a date
(``@1999-12-30``, ``@1999-12``, ``@1999``, ``@--12-30``, with ``s`` or ``f`` before it for a
date of signature or entry into force) or a document number (``#36|NQ||TW``: number, type,
year, issuer, each of which but the number may be left empty).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from macros.analysis.table import table
from macros.vietnamese import (
    NumberMatch,
    Token,
    exact_key,
    find_dates,
    find_numbers,
    fold,
    folded_key,
    word_keys,
    words,
)

ROLE_MARK = {"signed": "s", "in_force": "f", "other": ""}


@dataclass(frozen=True)
class Spelling:
    """The library's own abbreviations and spellings, all folded.

    ``abbreviations`` maps a word (``ttdn``) to the words it stands for; ``respelled`` maps
    words that follow each other (``cam pu chia``) to the one word meant (``campuchia``).
    """

    abbreviations: Mapping[str, tuple[str, ...]]
    respelled: Mapping[tuple[str, ...], str]

    @cached_property
    def begins(self) -> frozenset[str]:
        """The first word of each of those that are respelled."""
        return frozenset(key[0] for key in self.respelled)

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """The words that are respelled, each with a space on both sides."""
        return tuple(f" {' '.join(key)} " for key in self.respelled)


def join_respelled(found: tuple[Token, ...], spelling: Spelling) -> tuple[Token, ...]:
    """Put the one word meant where the words of another spelling stand."""
    begins = spelling.begins
    if not any(token.folded in begins for token in found):
        return found
    result: list[Token] = []
    at = 0
    while at < len(found):
        for length in (3, 2, 1) if found[at].folded in begins else ():
            key = tuple(token.folded for token in found[at : at + length])
            if len(key) == length and key in spelling.respelled:
                word, last = spelling.respelled[key], found[at + length - 1]
                result.append(Token("word", word, word, found[at].start, last.end))
                at += length
                break
        else:
            result.append(found[at])
            at += 1
    return tuple(result)


def bigram(first: str, second: str) -> str:
    return f"{first}_{second}"


def date_terms(value: str, role: str = "other") -> list[str]:
    """The terms of an ISO date: itself, its month, its year, its day of the year."""
    parts = [value]
    if not value.startswith("--"):
        pieces = value.split("-")
        parts = ["-".join(pieces[: n + 1]) for n in range(len(pieces))]
        if len(pieces) == 3:
            parts.append(f"--{pieces[1]}-{pieces[2]}")
    mark = ROLE_MARK[role]
    return [f"@{part}" for part in parts] + ([f"{mark}@{part}" for part in parts] if mark else [])


DEFINES = "?"
"""Term of everything that answers "what is"."""
HAS_NUMBER = "#"
"""Term of everything that answers "how many"."""


def has_terms(role: str) -> list[str]:
    """Term of everything that has a date of signature or of entry into force."""
    return [f"{ROLE_MARK[role]}@"] if ROLE_MARK[role] else []


def start_term(first: Iterable[str]) -> str:
    """Term of names that begin with these three folded words."""
    return f"^{'_'.join(first)}"


def start_terms(name: str, spelling: Spelling) -> list[str]:
    """The start term of a name of three words or more."""
    found = [folded for _, folded in _respelled_keys(name, spelling)]
    return [start_term(found[:3])] if len(found) > 2 else []


def number_term(number: str, kind: str | None, year: str | None, issuer: str | None) -> str:
    return f"#{number}|{kind or ''}|{year or ''}|{issuer or ''}"


def number_terms(found: NumberMatch) -> list[str]:
    """Terms for every way of leaving parts of a number out."""
    kinds, years, issuers = ({part, None} for part in (found.type, found.year, found.issuer))
    terms = {number_term(found.number, k, y, i) for k in kinds for y in years for i in issuers}
    return sorted(terms)


def text_terms(text: str, spelling: Spelling) -> list[tuple[str, str]]:
    """(term, exact form) of every word, pair of words, date and number in the text.

    Dates and numbers are found beside the words that they are written with. The exact form
    keeps a word's diacritics; it is empty for all other terms.
    """
    if not text:
        return []
    stopwords, before = _stopwords(), ""
    result = []
    for exact, folded in _respelled_keys(text, spelling):
        if exact in stopwords:
            before = ""
            continue
        result.append((folded, exact))
        if before:
            result.append((f"{before}_{folded}", ""))
        before = folded
    for date in find_dates(text):
        result += ((term, "") for term in date_terms(date.value))
    for number in find_numbers(text):
        result += ((term, "") for term in number_terms(number))
    return result


def _respelled_keys(text: str, spelling: Spelling) -> list[tuple[str, str]]:
    """(exact, folded) of each word, those of another spelling joined."""
    keys = word_keys(text)
    folded = [folded for _, folded in keys]
    if spelling.begins.isdisjoint(folded):
        return keys
    line = f" {' '.join(folded)} "
    if not any(phrase in line for phrase in spelling.phrases):
        return keys
    return [(token.exact, token.folded) for token in join_respelled(words(text), spelling)]


@cache
def _stopwords() -> Mapping[str, str]:
    """Exact key to folded key of the words that say nothing by themselves."""
    return {exact_key(word): folded_key(fold(word)) for word in table()["stopwords"]}


@cache
def _folded_stopwords() -> frozenset[str]:
    return frozenset(_stopwords().values())


def is_folded_stopword(word: str) -> bool:
    return word in _folded_stopwords()


def begins_stopword(word: str) -> bool:
    return any(stopword.startswith(word) for stopword in _folded_stopwords())


def is_stopword(token: Token, *, plain: bool = False) -> bool:
    """``và`` is one, ``vá`` is not; with ``plain`` (typed without diacritics) ``va`` is one too."""
    return token.exact in _stopwords() or (plain and token.folded in _folded_stopwords())
