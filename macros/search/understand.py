"""What a query means: words, dates and numbers, as slots of alternatives to look up.

The stages: a word as it is typed; the beginning of a word, for the one being typed last; then,
only for what the library does not know, words written together or apart and typing errors.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from macros.analysis.table import table
from macros.search.index import Index, rarity
from macros.search.spell import neighbours, split_word
from macros.search.terms import (
    ROLE_MARK,
    bigram,
    is_stopword,
    join_respelled,
    number_term,
)
from macros.vietnamese import (
    DateMatch,
    NumberMatch,
    Token,
    decode_typed,
    exact_key,
    find_dates,
    find_numbers,
    fold,
    folded_key,
    is_folded_syllable,
    normalize,
    words,
)

LONGEST = 300
"""Characters of a query that are read; more is a pasted text, not a question."""
PREFIXES = 40
LOOSE = ("type-first", "type-last", "number-year-bare")


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to fill a slot. ``exact`` set: other forms of the word count for less."""

    term: str
    percent: int
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing asked for. ``weight`` is how much it counts for coverage (rarity times 100)."""

    alternatives: tuple[Alternative, ...]
    weight: int
    required: bool = False


@dataclass(slots=True)
class Query:
    """A query, understood. ``understood`` says in Vietnamese what was read from it."""

    text: str
    slots: list[Slot] = field(default_factory=list)
    pairs: list[Alternative] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    dates: list[DateMatch] = field(default_factory=list)
    numbers: list[NumberMatch] = field(default_factory=list)
    understood: list[str] = field(default_factory=list)
    missing: bool = False
    """A date or number was asked for that no record has."""


def understand(index: Index, text: str) -> Query:
    """Read a query. Never raises; an empty query has no slots."""
    typed = normalize(text[:LONGEST])
    read = decode_typed(typed, lambda word: folded_key(word) in index.postings)
    query = Query(read)
    if read != typed:
        query.understood.append(read.strip())
    _numbers(index, query)
    _dates(index, query)
    spans = [(m.start, m.end) for m in (*query.numbers, *query.dates)]
    everything = words(read)
    plain = all(token.exact == token.folded for token in everything)
    tokens = [t for t in everything if not any(a < t.end and t.start < b for a, b in spans)]
    tokens = list(join_respelled(tuple(tokens), index.spelling))
    kept = content(index, tokens, plain, alone=not spans)
    _words(index, query, tokens, kept, plain)
    whole = " ".join(token.folded for token in everything)
    query.names = [name for name in (whole, " ".join(t.folded for t in kept)) if name]
    return query


def _numbers(index: Index, query: Query) -> None:
    for found in find_numbers(query.text):
        terms = [number_term(found.number, found.type, found.year, found.issuer)]
        if found.year and found.type:
            terms.append(number_term(found.number, found.type, None, found.issuer))
        known = [Alternative(t, 100) for t in terms if t in index.postings][:1]
        if not known and found.form in LOOSE:
            continue
        query.numbers.append(found)
        query.understood.append(f"số {printed_number(found)}")
        query.missing |= not known
        query.slots.append(_slot(index, known, required=True))
        if found.year and known and known[0].term != terms[0]:
            query.slots.append(_slot(index, [Alternative(f"@{found.year}", 100)]))


def _dates(index: Index, query: Query) -> None:
    taken = [(m.start, m.end) for m in query.numbers]
    for found in find_dates(query.text):
        if any(a < found.end and found.start < b for a, b in taken):
            continue
        role = _role(query.text[: found.start])
        ways = [Alternative(f"{ROLE_MARK[role]}@{found.value}", 100)]
        if role != "other":
            ways.append(Alternative(f"@{found.value}", 70))
        known = [way for way in ways if way.term in index.postings]
        # "22/12" may be a fraction, and a year may just not be in the record.
        if not known and found.precision == "day_month":
            continue
        required = found.precision != "year"
        query.dates.append(found)
        query.understood.append(printed_date(found.value))
        query.missing |= required and not known
        query.slots.append(_slot(index, known, required=required))


@cache
def _role_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["role"], re.compile(r["pattern"], re.ASCII)) for r in table()["roles"])


def _role(before: str) -> str:
    """Whether the words before a date ask for a signature or an entry into force."""
    folded = fold(before[-40:])
    return next((role for role, p in _role_patterns() if p.search(folded)), "other")


def printed_date(value: str) -> str:
    """``ngày 18/02/1979``, ``tháng 10/1993``, ``năm 1982``, after Nghị định 30/2020/NĐ-CP."""
    parts = value.removeprefix("--").split("-")
    if value.startswith("--"):
        return f"ngày {parts[1]}/{_month(parts[0])}"
    if len(parts) == 3:
        return f"ngày {parts[2]}/{_month(parts[1])}/{parts[0]}"
    return f"tháng {_month(parts[1])}/{parts[0]}" if len(parts) == 2 else f"năm {value}"


def _month(text: str) -> str:
    return text if int(text) <= 2 else str(int(text))


def printed_number(found: NumberMatch) -> str:
    head = f"{found.number}/{found.year}" if found.year else found.number
    tail = "-".join(part for part in (found.type, found.issuer) if part)
    return f"{head}/{tail}" if tail else head


@cache
def _phrases(name: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Phrases of the table, longest first, as (exact key, folded key) of each word."""
    split = [tuple((exact_key(w), folded_key(fold(w))) for w in phrase.split()) for phrase in table()[name]]
    return tuple(sorted(split, key=lambda phrase: (-len(phrase), phrase)))


def content(index: Index, tokens: list[Token], plain: bool, *, alone: bool) -> list[Token]:
    """The words that say what is looked for.

    Question phrases ("là ngày nào"), asked fields ("có hiệu lực") and words that say nothing go,
    each only if something stays; with a date or number beside them (not ``alone``) all may go.
    """
    kept = tokens
    for name in ("questions", "asks"):
        rest = _without(index, kept, _phrases(name), plain)
        kept = rest if rest or not alone else kept
    rest = [t for t in kept if not is_stopword(t, plain=plain) or _meant(index, kept, t, plain)]
    return rest if rest or not alone else kept


def _without(index: Index, tokens: list[Token], phrases: tuple, plain: bool) -> list[Token]:
    kept, at = [], 0
    while at < len(tokens):
        length = next((len(p) for p in phrases if _matches(tokens, at, p, plain)), 0)
        if length == 1 and _meant(index, tokens, tokens[at], plain):
            length = 0
        if not length:
            kept.append(tokens[at])
        at += length or 1
    return kept


def _matches(tokens: list[Token], at: int, phrase: tuple, plain: bool) -> bool:
    if at + len(phrase) > len(tokens):
        return False
    return all(
        token.exact == exact or (plain and token.folded == folded)
        for token, (exact, folded) in zip(tokens[at:], phrase, strict=False)
    )


def _meant(index: Index, tokens: list[Token], token: Token, plain: bool) -> bool:
    """Typed plainly, ``dau`` may be đâu or dầu: the library's own pairs of words decide."""
    if not plain:
        return False
    at = tokens.index(token)
    before = at > 0 and bigram(tokens[at - 1].folded, token.folded) in index.postings
    after = at + 1 < len(tokens) and bigram(token.folded, tokens[at + 1].folded) in index.postings
    return before or after


def _words(index: Index, query: Query, tokens: list[Token], kept: list[Token], plain: bool) -> None:
    """Slots for the words kept, and pairs of all words that follow each other."""
    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if following and _adjacent(query.text, token, following):
            query.pairs.append(Alternative(bigram(token.folded, following.folded), 100))
    for token in kept:
        position = tokens.index(token)
        before = tokens[position - 1].folded if position else ""
        after = tokens[position + 1].folded if position + 1 < len(tokens) else ""
        last = not after and not fold(query.text[token.end :]).strip(" .,;:?!)")
        _word(index, query, token, (before, after), plain, last)


def _adjacent(text: str, one: Token, two: Token) -> bool:
    return not any(char.isalnum() for char in text[one.end : two.start])


def _word(index: Index, query: Query, token: Token, around: tuple[str, str], plain: bool, last: bool) -> None:
    word, exact = token.folded, None if plain else token.exact
    full = index.spelling.abbreviations.get(word)
    if full and not is_folded_syllable(word):
        own = Alternative(word, 100)
        query.slots += [_slot(index, [Alternative(part, 100), own]) for part in full]
        query.pairs += [Alternative(bigram(a, b), 100) for a, b in pairwise(full)]
        return
    ways = [Alternative(word, 100, exact)] if word in index.postings else []
    if last:
        ways += _prefixes(index, query, word, around[0], known=bool(ways))
        if len(word) == 1 and not ways and query.slots:
            return
    if not ways or _out_of_place(index, word, around):
        parts = split_word(index, word) if not ways else ()
        if parts:
            query.slots += [_slot(index, [Alternative(part, 90)]) for part in parts]
            query.pairs += [Alternative(bigram(a, b), 100) for a, b in pairwise(parts)]
            return
        ways += [Alternative(near, percent) for near, percent in neighbours(index, word, around, known=bool(ways))]
    query.slots.append(_slot(index, ways))


def _prefixes(index: Index, query: Query, word: str, before: str, *, known: bool) -> list[Alternative]:
    """Words that begin like the one being typed; pairs with the word before count too."""
    percent = 30 if known else 75
    found = [] if len(word) == 1 else [t for t in starting_with(index, word) if t != word and "_" not in t]
    found = sorted(found, key=lambda t: (index.idf[t], t))[:PREFIXES]
    if before:
        pairs = [p for p in starting_with(index, bigram(before, word)) if p != bigram(before, word)]
        pairs = sorted(pairs, key=lambda t: (index.idf[t], t))[:PREFIXES]
        query.pairs += [Alternative(pair, 70) for pair in pairs]
        second = {pair.partition("_")[2] for pair in pairs}
        if len(word) == 1:
            return [Alternative(t, 85) for t in sorted(second)]
        if known:
            found = [t for t in found if t in second]
        elif second.intersection(found):
            return [Alternative(t, 85 if t in second else 50) for t in found]
    return [Alternative(t, percent) for t in found]


def starting_with(index: Index, prefix: str) -> list[str]:
    """All terms that begin with ``prefix``, in code point order."""
    start = bisect_left(index.terms, prefix)
    end = bisect_left(index.terms, prefix + "\uffff")
    return list(index.terms[start:end])


def _out_of_place(index: Index, word: str, around: tuple[str, str]) -> bool:
    """A known word that the library has never beside its neighbours may be a typing error."""
    before, after = around
    if len(word) < 3 or not (before or after) or word.isdigit():
        return False
    pairs = [bigram(before, word)] if before else []
    pairs += [bigram(word, after)] if after else []
    return not any(pair in index.postings for pair in pairs)


def _slot(index: Index, ways: list[Alternative], *, required: bool = False) -> Slot:
    sure = [index.idf.get(way.term, 0) for way in ways if way.percent >= 70]
    weight = max(sure, default=0) or rarity(len(index.rows), 0)
    return Slot(tuple(ways), weight, required)
