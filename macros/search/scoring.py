"""How well each document answers a query: its score, and how much of the query it has.

A Vietnamese word is mostly two syllables, and each of the two stands in a hundred other words:
"cũ", "điện" and "nhà" prove nothing by themselves. So a syllable counts in full only where the
document has it beside a neighbour that it has in the query too; see ``Stance``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from macros.search.constraint import satisfying
from macros.search.index import PRIOR, TUNING, Index, bare_name, name_key
from macros.search.rare import has_rare
from macros.search.understand import Alternative, Query, Slot, Stance

CONFIRMS = 60
"""Percent from which a pair of words confirms both; below it is a guess at a typing error."""


class Scored(NamedTuple):
    """A document that has something of the query.

    ``cover`` is the share of the query (by rarity, 0 to 1) whose words it has, ``sure`` the same
    with lone syllables counted for what they are worth.
    """

    score: float
    cover: float
    sure: float
    doc: int


class _Tally:
    """Sums over the slots, for each document; all are integers, so that their order is no matter."""

    def __init__(self) -> None:
        self.score: dict[int, int] = {}
        self.cover: dict[int, int] = {}
        self.sure: dict[int, int] = {}
        self.allowed: set[int] | None = None

    def slot(self, index: Index, slot: Slot, beside: dict[str, set[int]]) -> None:
        best, share = fill(index, slot.alternatives)
        alone = {Stance.SYLLABLE: TUNING["syllable"], Stance.STRAY: TUNING["stray"]}.get(slot.stance, 100)
        near = set().union(*(beside.get(way.term, ()) for way in slot.alternatives))
        for doc, value in best.items():
            value *= TUNING["required"] if slot.required else 1
            covered = share[doc] * slot.weight
            self.score[doc] = self.score.get(doc, 0) + value
            self.cover[doc] = self.cover.get(doc, 0) + covered
            self.sure[doc] = self.sure.get(doc, 0) + covered * (100 if doc in near else alone)
        if slot.required and best:
            self.allowed = set(best) if self.allowed is None else self.allowed & set(best)

    def add(self, values: dict[int, int]) -> None:
        """More score for documents that have some slot."""
        for doc, value in values.items():
            if doc in self.score:
                self.score[doc] += value


def scored(index: Index, query: Query) -> Iterator[Scored]:
    """Everything that has something of the query, in the order of the documents."""
    pairs = [(pair, _pair_values(index, pair)) for pair in query.pairs]
    beside, paired = _beside(index, pairs)
    tally = _Tally()
    for slot in query.slots:
        tally.slot(index, slot, beside)
    for _, values in pairs:
        tally.add(values)
    for term in query.asked:
        tally.add(fill(index, (Alternative(term, TUNING["pair"]),))[0])
    total = sum(slot.weight for slot in query.slots)
    loose = len(query.slots) > 1 and bool(query.pairs) and tally.allowed is None
    trust = 1 if query.guessed <= max(1, len(query.slots) // 3) else TUNING["guessed"]
    named = {doc for name in query.names for doc in index.names.get(name, ())}
    whole = {doc for doc, cover in tally.cover.items() if cover >= TUNING["all_words"] * total}
    first = satisfying(index, query.constraint, whole)
    for doc in sorted(tally.score):
        if tally.allowed is not None and doc not in tally.allowed:
            continue
        covered = tally.cover[doc] / (100 * total) * trust
        if loose and doc not in paired:
            covered *= TUNING["unpaired"]
        prior = PRIOR.get(str(index.rows[doc]["type"]), 100)
        value = tally.score[doc] * covered * covered * prior / 250000
        value *= _named(index, query, doc) if doc in named else 1
        value *= TUNING["satisfies"] if doc in first else 1
        yield Scored(value, covered, tally.sure[doc] / (10000 * (total + query.unknown)) * trust, doc)


def _pair_values(index: Index, pair: Alternative) -> dict[int, int]:
    return fill(index, (Alternative(pair.term, pair.percent * TUNING["pair"] // 100),))[0]


def _beside(index: Index, pairs: list[tuple[Alternative, dict[int, int]]]) -> tuple[dict[str, set[int]], set[int]]:
    """For each word the documents that have it in a pair of the query; those that have any pair."""
    beside: dict[str, set[int]] = {}
    paired: set[int] = set()
    for pair, values in pairs:
        paired.update(values)
        words = pair.term.split("_")
        docs = set(values) or _rare(index, pair.term, words) if pair.percent >= CONFIRMS else set()
        for word in words:
            beside.setdefault(word, set()).update(docs)
    return beside, paired


def _rare(index: Index, pair: str, words: list[str]) -> set[int]:
    """The one document that has a pair which is too rare for the index."""
    having = [{doc for postings in index.postings.get(w, {}).values() for doc, _ in postings} for w in words]
    return {doc for doc in set.intersection(*having) if has_rare(index.rare, pair, doc)}


def _named(index: Index, query: Query, doc: int) -> float:
    """How much it counts that the record bears the name typed: more if that is its title."""
    title = str(index.rows[doc]["title"])
    titles = (name_key(title), name_key(bare_name(title)))
    return TUNING["same_title" if any(n in titles for n in query.names) else "same_name"]


def fill(index: Index, alternatives: Iterable[Alternative]) -> tuple[dict[int, int], dict[int, int]]:
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
