"""What a query means: words, dates and numbers, as slots of alternatives to look up.

The stages: a word as it is typed; the beginning of a word, for the one being typed last; then,
only for what the library does not know, words written together or apart and typing errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise

from macros.analysis.table import table
from macros.search.constraint import Constraint, read_constraint
from macros.search.content import content, starting_with
from macros.search.index import Index, rarity
from macros.search.spell import BESIDE, neighbours, respaced, sound, split_word
from macros.search.terms import (
    DEFINES,
    HAS_NUMBER,
    ROLE_MARK,
    begins_stopword,
    bigram,
    is_folded_stopword,
    is_stopword,
    join_respelled,
    number_term,
    start_term,
)
from macros.vietnamese import (
    DateMatch,
    NumberMatch,
    Token,
    decode_typed,
    find_dates,
    find_numbers,
    fold,
    folded_key,
    is_folded_syllable,
    normalize,
    shadow,
    words,
)

LONGEST = 300
"""Characters of a query that are read; more is a pasted text, not a question."""
PREFIXES = 40
UNKNOWN = 160
REQUIRED = 3
"""How many times its rarity a date or a number counts."""
FOREIGN = 4
"""Letters from which a word that nothing is near is taken for a name, not for a slip."""
LOOSE = ("type-first", "type-last", "number-year-bare")


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to fill a slot. With ``exact`` set, other forms of the word count ``other``."""

    term: str
    percent: int
    exact: str | None = None
    other: int = 0


class Stance(StrEnum):
    """How much of a word a slot is, by its place in the query.

    A SYLLABLE has neighbours with which the library knows it; it is STRAY when it has neighbours
    and the library knows it with none of them. FOREIGN is a word that is no Vietnamese syllable
    and stands nowhere in the library. All else is WHOLE: dates, numbers, names from other
    languages, words between words that say nothing.
    """

    WHOLE = "whole"
    SYLLABLE = "syllable"
    STRAY = "stray"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing asked for. ``weight`` is how much it counts for coverage (rarity times 100)."""

    alternatives: tuple[Alternative, ...]
    weight: int
    required: bool = False
    stance: Stance = Stance.WHOLE


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
    asked: list[str] = field(default_factory=list)
    """Terms of records that can answer what is asked (a date of entry into force, a figure)."""
    mended: dict[int, str] = field(default_factory=dict)
    """Where a word starts that is a typing error → the word most likely meant."""
    guessed: int = 0
    """How many words the library does not have as they are typed."""
    missing: bool = False
    """A date or number was asked for that no record has."""
    unknown: int = 0
    """What foreign words nobody has weigh beyond a slip of the pen."""
    constraint: Constraint | None = None
    """Set when the query names nothing but a kind, a line and a year."""


def understand(index: Index, text: str) -> Query:
    """Read a query. Never raises; an empty query has no slots."""
    typed = normalize(text[:LONGEST])
    read = decode_typed(typed, lambda word: _known(index, folded_key(word)))
    query = Query(read)
    if read != typed:
        query.understood.append(read.strip())
    _numbers(index, query)
    _dates(index, query)
    _impossible_dates(query)
    spans = [(m.start, m.end) for m in (*query.numbers, *query.dates)]
    everything = words(read)
    plain = all(token.exact == token.folded for token in everything)
    tokens = [t for t in everything if not any(a < t.end and t.start < b for a, b in spans)]
    tokens = respaced(index, read, list(join_respelled(tuple(tokens), index.spelling)))
    asked, kept = content(index, tokens, plain, alone=not spans)
    _words(index, query, tokens, kept, plain)
    _weigh(index, query)
    whole = " ".join(token.folded for token in everything)
    said = "" if spans else " ".join(token.folded for token in asked)
    mended = " ".join(query.mended.get(token.start, token.folded) for token in everything)
    query.names = [name for name in dict.fromkeys((whole, said, mended)) if name]
    if len(kept) > 2 and kept[0].start == everything[0].start:
        query.pairs.append(Alternative(start_term(token.folded for token in kept[:3]), 40))
    _ask(query)
    _constrain(index, query)
    return query


def _known(index: Index, word: str) -> bool:
    return word in index.postings or is_folded_stopword(word)


def _impossible_dates(query: Query) -> None:
    """31/02/1999 is asked for as a date, but no such day exists."""
    mirror = shadow(query.text)
    for match in _dates_like().finditer(mirror.text):
        start, end = mirror.span(*match.span())
        if not any(d.start < end and start < d.end for d in (*query.dates, *query.numbers)):
            query.understood.append(f"{match.group()} (không có ngày này)")
            query.missing = True


@cache
def _dates_like() -> re.Pattern[str]:
    return re.compile(table()["dates_like"], re.ASCII)


def _ask(query: Query) -> None:
    """Note which kind of answer the question words ask for, and the noun they stand for."""
    folded = f" {fold(query.text)} "
    if any(f" {fold(phrase)} " in folded for phrase in table()["how_many"]):
        query.asked.append(HAS_NUMBER)
    if any(f" {fold(phrase)} " in folded for phrase in table()["what_is"]):
        query.asked.append(DEFINES)
    if " hieu luc " in folded:
        query.asked.append("f@")
    if " ky " in folded or " ban hanh " in folded:
        query.asked.append("s@")
    for phrase, noun in table()["paraphrases"]:
        if f" {fold(phrase)} " in folded:
            query.pairs.append(Alternative(bigram(*map(folded_key, fold(noun).split())), 100))


def _constrain(index: Index, query: Query) -> None:
    """Note, and say, that the query names nothing but a kind, a line and a year."""
    if query.numbers or query.missing or not query.dates:
        return
    said = [slot.alternatives[0].term if slot.alternatives else "" for slot in query.slots[len(query.dates) :]]
    marks = [term[0] for term in query.asked if term in ("s@", "f@")]
    dates = [date.value for date in query.dates]
    query.constraint = read_constraint(index, said, dates, marks[0] if len(marks) == 1 else "")
    if query.constraint:
        query.understood += query.constraint.said


def _numbers(index: Index, query: Query) -> None:
    for found in find_numbers(query.text):
        terms = [number_term(found.number, found.type, found.year, found.issuer)]
        if found.year and found.type:
            terms.append(number_term(found.number, found.type, None, found.issuer))
        if found.issuer and not _known_issuer(index, found.issuer):
            terms.append(number_term(found.number, found.type, found.year, None))
        known = [Alternative(t, 100) for t in terms if t in index.postings][:1]
        if not known and found.form in LOOSE:
            continue
        query.numbers.append(found)
        query.understood.append(f"số {printed_number(found)}")
        query.missing |= not known
        query.slots.append(_slot(index, known, required=True))
        if found.year and known and known[0].term != terms[0]:
            query.slots.append(_slot(index, [Alternative(f"@{found.year}", 100)]))


def _known_issuer(index: Index, issuer: str) -> bool:
    return any(term.startswith("#") and term.endswith(f"|{issuer}") for term in index.terms)


def _dates(index: Index, query: Query) -> None:
    taken = [(m.start, m.end) for m in query.numbers]
    for found in find_dates(query.text):
        if any(a < found.end and found.start < b for a, b in taken):
            continue
        role = _role(query.text[: found.start])
        ways = [Alternative(f"{ROLE_MARK[role]}@{found.value}", 100)]
        if role != "other":
            ways.append(Alternative(f"@{found.value}", 40))
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
        slots = len(query.slots)
        _word(index, query, token, (before, after), plain, last)
        query.slots[slots:] = [
            replace(slot, stance=_stance(index, query, tokens, position, slot, plain)) for slot in query.slots[slots:]
        ]
        if any(slot.stance is Stance.FOREIGN for slot in query.slots[slots:]):
            query.understood.append(f"{query.text[token.start : token.end]} (không có trong thư viện)")


def _stance(index: Index, query: Query, tokens: list[Token], at: int, slot: Slot, plain: bool) -> Stance:
    token = tokens[at]
    if not is_folded_syllable(token.folded):
        unknown = not slot.alternatives and token.folded.isalpha() and len(token.folded) >= FOREIGN
        return Stance.FOREIGN if unknown else Stance.WHOLE
    around = [(i, j) for i, j in ((at - 1, at), (at, at + 1)) if i >= 0 and j < len(tokens)]
    pairs = [
        bigram(tokens[i].folded, tokens[j].folded)
        for i, j in around
        if _adjacent(query.text, tokens[i], tokens[j]) and not is_stopword(tokens[i + j - at], plain=plain)
    ]
    if not pairs:
        return Stance.WHOLE
    return Stance.SYLLABLE if any(pair in index.postings for pair in pairs) else Stance.STRAY


def _adjacent(text: str, one: Token, two: Token) -> bool:
    return not any(char.isalnum() for char in text[one.end : two.start])


def _word(index: Index, query: Query, token: Token, around: tuple[str, str], plain: bool, last: bool) -> None:
    word = token.folded
    full = index.spelling.abbreviations.get(word)
    pair = bigram(around[0], word)
    typing = last and pair not in index.postings and starting_with(index, pair)
    if full and not typing and not is_folded_syllable(word):
        own = Alternative(word, 100)
        query.slots += [_slot(index, [Alternative(part, 100), own]) for part in full]
        query.pairs += [Alternative(bigram(a, b), 100) for a, b in pairwise(full)]
        return
    ways = []
    if word in index.postings:
        ways.append(_own(index, token, around, plain))
    doubtful = not plain and bool(ways) and not _as_typed(index, ways[0])
    unsure = plain or doubtful or not ways
    if last and query.slots and unsure and not starting_with(index, pair) and begins_stopword(word):
        return  # "hiệp ước vớ": on the way to a word that says nothing
    if last:
        sure = bool(ways) and not doubtful
        ways += _prefixes(index, query, word, around[0], known=sure)
        if len(word) == 1 and not ways and query.slots:
            return
    if not ways or doubtful or _out_of_place(index, word, around):
        near = [Alternative(*n) for n in neighbours(index, word, around, known=bool(ways))]
        beside = near and near[0].percent in BESIDE
        parts = split_word(index, word) if not ways and not beside else ()
        if parts:
            known = [part for part in parts if part in index.postings]
            query.slots += [_slot(index, [Alternative(part, 90)]) for part in known]
            whole = [part for part in (around[0], *parts, around[1]) if part]
            query.pairs += [Alternative(bigram(a, b), 100) for a, b in pairwise(whole)]
            return
        if ways and not doubtful:
            near = _hardly(near, word, 55 if plain else 40)
        query.pairs += _pairs_of(index, near, around)
        query.guessed += not ways or (doubtful and ways[0].other < 50)
        if near and (doubtful or not ways):
            query.mended[token.start] = near[0].term
        ways += near
    query.slots.append(_slot(index, ways))


def _hardly(near: list[Alternative], word: str, most: int) -> list[Alternative]:
    """What stands in the library exactly as typed is hardly an error, unless it sounds alike."""
    return [way if sound(way.term) == sound(word) else replace(way, percent=min(way.percent, most)) for way in near]


def _pairs_of(index: Index, near: list[Alternative], around: tuple[str, str]) -> list[Alternative]:
    """The pairs that the query would have had without the typing error."""
    before, after = around
    pairs = [(bigram(before, way.term), way.percent) for way in near if before]
    pairs += [(bigram(way.term, after), way.percent) for way in near if after]
    return [Alternative(pair, percent) for pair, percent in pairs if pair in index.postings]


def _own(index: Index, token: Token, around: tuple[str, str], plain: bool) -> Alternative:
    """The word itself. Other diacritics are believed where the word stands in a known pair."""
    if plain:
        return Alternative(token.folded, 100)
    beside = any(around) and not _out_of_place(index, token.folded, around)
    unmarked = token.exact == token.folded
    other = (85 if unmarked else 65) if beside else (50 if unmarked else 30)
    return Alternative(token.folded, 100, token.exact, other)


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
        if known and bigram(before, word) in index.postings:
            found = [t for t in found if t in second]
        elif known:
            return [Alternative(t, 85) for t in found if t in second]
        elif second.intersection(found):
            return [Alternative(t, 85 if t in second else 50) for t in found]
    return [Alternative(t, percent) for t in found]


def _out_of_place(index: Index, word: str, around: tuple[str, str]) -> bool:
    """A known word that the library has never beside its neighbours may be a typing error."""
    before, after = around
    if not (before or after) or word.isdigit():
        return False
    pairs = [bigram(before, word)] if before else []
    pairs += [bigram(word, after)] if after else []
    return not any(pair in index.postings for pair in pairs)


def _slot(index: Index, ways: list[Alternative], *, required: bool = False) -> Slot:
    sure = [index.idf.get(w.term, 0) for w in ways if w.percent >= 70 and _as_typed(index, w)]
    return Slot(tuple(ways), max(sure, default=0), required)


def _weigh(index: Index, query: Query) -> None:
    """Give slots without a sure way the weight of what no record has.

    It is not let grow beyond UNKNOWN percent of the mean of the others: one slip in a long
    title must not outweigh all that is right. A foreign word is no slip, and is said back.
    """
    sure = [slot.weight for slot in query.slots if slot.weight]
    most = unknown = rarity(len(index.rows), 0)
    if sure:
        unknown = min(unknown, UNKNOWN * sum(sure) // (100 * len(sure)))
    for at, slot in enumerate(query.slots):
        if not slot.weight:
            slot = replace(slot, weight=unknown)
            query.unknown += most - unknown if slot.stance is Stance.FOREIGN else 0
        query.slots[at] = replace(slot, weight=REQUIRED * slot.weight) if slot.required else slot


def _as_typed(index: Index, way: Alternative) -> bool:
    """Whether the library has the word with the diacritics typed."""
    return way.exact is None or way.other == 85 or way.exact in index.postings[way.term]
