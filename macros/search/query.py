"""Answering a query: scores, filters, look-alikes, and what to say when nothing is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from macros.search.index import PRIOR, TUNING, Index, bare_name, name_key
from macros.search.understand import Alternative, Query, understand
from macros.vietnamese import NumberMatch


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. ``alike`` are (title, url, note) of records it may be taken for."""

    number: int
    row: Mapping[str, object]
    score: int
    alike: tuple[tuple[str, str, str], ...] = ()

    def data(self) -> dict[str, object]:
        """The public form: id, type, title, url, answer, score and what else the row shows."""
        shown = {"id": "", "type": "", "title": "", "url": "", "answer": ""} | dict(self.row)
        shown.pop("alike", None)
        alike = [{"title": t, "url": u, "note": n} for t, u, n in self.alike]
        return shown | {"score": self.score} | ({"alike": alike} if alike else {})


@dataclass(frozen=True, slots=True)
class Answer:
    """Results in order, or suggestions when there are none; what was understood; how many."""

    hits: tuple[Hit, ...]
    total: int
    understood: tuple[str, ...] = ()
    suggestions: tuple[Hit, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)
    """Folded words to mark in the results."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means: all. ``type`` as in the rows, ``line`` an id, ``year`` four figures."""

    type: str = ""
    line: str = ""
    year: str = ""

    def keep(self, row: Mapping[str, object]) -> bool:
        return (
            self.type in ("", row["type"])
            and (not self.line or self.line in row.get("lines", ()))
            and (not self.year or self.year in row.get("years", ()))
        )


def search(index: Index, text: str, *, limit: int = 20, filters: Filters | None = None) -> Answer:
    """Answer a query. The order is total: score, then the order of the documents."""
    query = understand(index, text)
    scored = list(_scored(index, query))
    keep = (filters or Filters()).keep
    found = [
        (score, doc)
        for score, cover, doc in scored
        if cover >= TUNING["enough"] and not query.missing and keep(index.rows[doc])
    ]
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    top = {doc for _, doc in found[:5]}
    hits = tuple(
        Hit(doc, index.rows[doc], round_half_up(score), _alike(index, doc, top)) for score, doc in found[:limit]
    )
    suggestions = () if found else _suggestions(index, query, scored, keep)
    return Answer(hits, len(found), tuple(query.understood), suggestions, tuple(_marked(query)))


def round_half_up(value: float) -> int:
    """As Math.round of a browser does, not to the even number as Python's round does."""
    return int(value + 0.5)


def _scored(index: Index, query: Query) -> Iterator[tuple[float, float, int]]:
    """(score, coverage from 0 to 1, document) of everything that has something of the query."""
    total = sum(slot.weight for slot in query.slots)
    score: dict[int, int] = {}
    cover: dict[int, int] = {}
    allowed: set[int] | None = None
    for slot in query.slots:
        best, share = _fill(index, slot.alternatives)
        for doc, value in best.items():
            value *= TUNING["required"] if slot.required else 1
            score[doc] = score.get(doc, 0) + value
            cover[doc] = cover.get(doc, 0) + share[doc] * slot.weight
        if slot.required and best:
            allowed = set(best) if allowed is None else allowed & set(best)
    paired: set[int] = set()
    for pair in query.pairs:
        best, _ = _fill(index, (Alternative(pair.term, pair.percent * TUNING["pair"] // 100),))
        paired.update(best)
        for doc, value in best.items():
            if doc in score:
                score[doc] += value
    for term in query.asked:
        for doc, value in _fill(index, (Alternative(term, TUNING["pair"]),))[0].items():
            if doc in score:
                score[doc] += value
    loose = len(query.slots) > 1 and bool(query.pairs) and allowed is None
    trust = 1 if query.guessed <= max(1, len(query.slots) // 3) else TUNING["guessed"]
    named = {doc for name in query.names for doc in index.names.get(name, ())}
    for doc in sorted(score):
        if allowed is not None and doc not in allowed:
            continue
        covered = cover[doc] / (100 * total) * trust
        if loose and doc not in paired:
            covered *= TUNING["unpaired"]
        prior = PRIOR.get(str(index.rows[doc]["type"]), 100)
        value = score[doc] * covered * covered * prior / 250000
        yield value * (_named(index, query, doc) if doc in named else 1), covered, doc


def _named(index: Index, query: Query, doc: int) -> float:
    """How much it counts that the record bears the name typed: more if that is its title."""
    title = str(index.rows[doc]["title"])
    titles = (name_key(title), name_key(bare_name(title)))
    return TUNING["same_title" if any(n in titles for n in query.names) else "same_name"]


def _fill(index: Index, alternatives: Iterable[Alternative]) -> tuple[dict[int, int], dict[int, int]]:
    """For each document the best value of all alternatives, and the best percentage."""
    best: dict[int, int] = {}
    share: dict[int, int] = {}
    for way in alternatives:
        idf = index.idf.get(way.term, 0)
        for form, postings in index.postings.get(way.term, {}).items():
            percent = way.percent if way.exact in (None, form) else way.other
            for doc, weight in postings:
                best[doc] = max(best.get(doc, 0), percent * idf * weight)
                share[doc] = max(share.get(doc, 0), percent)
    return best, share


def _alike(index: Index, doc: int, top: set[int]) -> tuple[tuple[str, str, str], ...]:
    """Records near the top that this one may be taken for."""
    if doc not in top:
        return ()
    return tuple(
        (str(index.rows[other]["title"]), str(index.rows[other]["url"]), note)
        for other, note in index.rows[doc].get("alike", ())
        if other in top
    )


def _suggestions(index: Index, query: Query, scored: list, keep) -> tuple[Hit, ...]:
    """At most five: near dates and numbers, then records that cover part of the query."""
    docs: list[int] = []
    if query.missing:
        for date in query.dates:
            docs += _near_dates(index, date.value)
        for number in query.numbers:
            docs += _near_numbers(index, number)
    part = sorted((-score, doc) for score, cover, doc in scored if cover >= TUNING["maybe"])
    docs += [doc for _, doc in part[:5]]
    docs = [doc for doc in dict.fromkeys(docs) if keep(index.rows[doc])]
    return tuple(Hit(doc, index.rows[doc], 0) for doc in docs[:5])


def _near_dates(index: Index, value: str) -> list[int]:
    """Documents with the three nearest days of signature or entry into force."""
    wanted = _days(value)
    dated = [t for t in index.terms if t[:2] in ("s@", "f@") and len(t) == 12 and t[2] != "-"]
    dated.sort(key=lambda term: (abs(_days(term[2:]) - wanted), term))
    return [_first(index, term) for term in dated[:3]]


def _days(value: str) -> int:
    """Days since no matter when, months taken as 31 days: only to find what is near."""
    year, month, day = [*value.removeprefix("--").split("-"), "6", "15"][:3]
    return int(year) * 372 + int(month) * 31 + int(day)


def _near_numbers(index: Index, found: NumberMatch) -> list[int]:
    """The same number of another kind or issuer, then the nearest numbers of the kind."""
    same = [t for t in index.terms if t.startswith(f"#{found.number}|")]
    docs = [doc for t in same for doc in _best(index, t)]
    ofkind = [t for t in index.terms if found.type and t.endswith(f"|{found.type}||")]
    ofkind.sort(key=lambda t: (abs(int(t[1:].split("|")[0]) - int(found.number)), t))
    return list(dict.fromkeys(docs))[:3] + [_first(index, t) for t in ofkind[:2]]


def _best(index: Index, term: str) -> list[int]:
    """Documents of a term, those that it weighs most in first."""
    postings = index.postings[term][""]
    return [doc for doc, _ in sorted(postings, key=lambda p: (-p[1], p[0]))][:2]


def _first(index: Index, term: str) -> int:
    return _best(index, term)[0]


def _marked(query: Query) -> Iterator[str]:
    """Folded words of all alternatives that stand for a typed word."""
    for slot in query.slots:
        yield from (way.term for way in slot.alternatives if way.percent >= 50)
