"""Answering a query: results in order, filters, look-alikes, and what to say when nothing is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from macros.search.index import TUNING, Index
from macros.search.scoring import Scored, scored
from macros.search.understand import Query, understand
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
    entries = sorted(scored(index, query), key=lambda entry: (-entry.score, entry.doc))
    keep = (filters or Filters()).keep
    kept = [entry for entry in entries if keep(index.rows[entry.doc])]
    found = [entry for entry in kept if entry.sure >= TUNING["enough"] and not query.missing]
    top = {entry.doc for entry in found[:5]}
    hits = tuple(
        Hit(e.doc, index.rows[e.doc], round_half_up(e.score), _alike(index, e.doc, top)) for e in found[:limit]
    )
    suggestions = () if found else _suggestions(index, query, kept, keep)
    return Answer(hits, len(found), tuple(query.understood), suggestions, tuple(_marked(query)))


def round_half_up(value: float) -> int:
    """As Math.round of a browser does, not to the even number as Python's round does."""
    return int(value + 0.5)


def _alike(index: Index, doc: int, top: set[int]) -> tuple[tuple[str, str, str], ...]:
    """Records near the top that this one may be taken for."""
    if doc not in top:
        return ()
    return tuple(
        (str(index.rows[other]["title"]), str(index.rows[other]["url"]), note)
        for other, note in index.rows[doc].get("alike", ())
        if other in top
    )


def _suggestions(
    index: Index, query: Query, entries: list[Scored], keep: Callable[[Mapping[str, object]], bool]
) -> tuple[Hit, ...]:
    """At most five: near dates and numbers, then records that cover part of the query, the best first."""
    docs: list[int] = []
    if query.missing:
        for date in query.dates:
            docs += _near_dates(index, date.value)
        for number in query.numbers:
            docs += _near_numbers(index, number)
    docs = [doc for doc in docs if keep(index.rows[doc])]
    docs += [entry.doc for entry in entries if entry.cover >= TUNING["maybe"]][:5]
    docs = list(dict.fromkeys(docs))
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
