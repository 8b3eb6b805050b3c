"""An index that follows edits: only what a changed document says is counted and packed anew.

The script is the same, to the byte, as one made from nothing (tests/unit/test_editing.py).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from macros.search import index
from macros.search.documents import SearchDoc
from macros.search.index import Counts, Entry, Index, Packed, Posting
from macros.search.rare import write_rare
from macros.search.terms import Spelling

FEW = 100
"""When one term in so many comes or goes, all are listed anew."""


class LiveIndex:
    """Remembers counts, weights and packed postings between one state of the documents and the next."""

    def __init__(self) -> None:
        self._spelling: Spelling | None = None
        self._docs: tuple[SearchDoc, ...] = ()
        self._counted: list[tuple[Counts, dict[str, int]]] = []
        self._means: dict[str, float] = {}
        self._weights: list[dict[Entry, int]] = []
        self._postings: dict[str, dict[str, list[Posting]]] = {}
        self._names: list[frozenset[str]] = []
        self._named: Counter[str] = Counter()
        """For each pair of words the number of documents that have it in more than their running text."""
        self._pairs: list[frozenset[str]] = []
        self._packed: dict[str, Packed] = {}
        self._terms: list[str] = []
        self._lines: list[str] = []
        """How each of the terms is written."""
        self._rare: dict[str, int] = {}
        """Each pair of words that is not packed, and its only document."""
        self._rare_text = ""
        self._rows: list[Mapping[str, object]] = []

    def script(self, docs: tuple[SearchDoc, ...], spelling: Spelling, labels: Mapping[str, str]) -> str:
        """The whole index as a script, for these documents."""
        self._count(docs, spelling)
        packed = index.join_packed([self._packed[term] for term in self._terms]) | {"terms": "\n".join(self._lines)}
        names: dict[str, list[int]] = {}
        for number, keys in enumerate(self._names):
            for key in keys:
                names.setdefault(key, []).append(number)
        found = {key: tuple(names[key]) for key in sorted(names)}
        return index.index_script(Index(tuple(self._rows), {}, found, spelling, dict(labels), self._rare_text), packed)

    def _count(self, docs: tuple[SearchDoc, ...], spelling: Spelling) -> None:
        """Bring counts, weights and postings up to ``docs``."""
        same = spelling == self._spelling and [d.id for d in docs] == [d.id for d in self._docs]
        changed = [n for n, doc in enumerate(docs) if not same or (doc is not self._docs[n] and doc != self._docs[n])]
        if not same:
            self._counted, self._names = [({}, {})] * len(docs), [frozenset()] * len(docs)
            self._rows = [{}] * len(docs)
        places = {doc.id: number for number, doc in enumerate(docs)}
        for number in changed:
            self._counted[number] = index.count(docs[number], spelling)
            self._names[number] = index.name_keys(docs[number])
            self._rows[number] = index.row_of(docs[number], places)
        means = index.mean_lengths([length for _, length in self._counted])
        if not same or means != self._means:
            # The weights of all documents depend on the means.
            changed = range(len(docs))
            self._weights, self._postings = [{} for _ in docs], {}
            self._packed, self._terms, self._lines, self._rare, self._rare_text = {}, [], [], {}, ""
            self._named, self._pairs = Counter(), [frozenset()] * len(docs)
        self._docs, self._spelling, self._means = docs, spelling, means
        self._weigh(changed)

    def _weigh(self, numbers: Sequence[int]) -> None:
        touched: set[str] = set()
        for number in numbers:
            touched |= self._name(number)
            old = self._weights[number]
            new = self._weights[number] = index.weigh(*self._counted[number], self._means)
            for term, exact in old.keys() - new.keys():
                self._remove(term, exact, number)
                touched.add(term)
            for (term, exact), weight in new.items():
                if old.get((term, exact)) != weight:
                    self._put(term, exact, (number, weight))
                    touched.add(term)
        self._pack(touched)

    def _pack(self, touched: Set[str]) -> None:
        """Pack the terms that changed, and file those that are not worth their place as rare."""
        before, rare = self._packed.keys() & touched, {term: self._rare.pop(term, None) for term in touched}
        for term in touched:
            forms = self._postings.get(term)
            if forms is not None and index.telling(term, forms, self._named):
                self._packed[term] = index.pack_term(term, forms)
                continue
            self._packed.pop(term, None)
            if forms is not None:
                self._rare[term] = index.only_document(forms)
        if any(self._rare.get(term) != doc for term, doc in rare.items()):
            self._rare_text = write_rare(self._rare.items())
        after = self._packed.keys() & touched
        self._list_terms(after - before, before - after)

    def _list_terms(self, came: Set[str], gone: Set[str]) -> None:
        """Bring the sorted terms, and how they are written, up to date."""
        if len(came) + len(gone) > len(self._terms) // FEW:
            self._terms = sorted(self._packed)
            self._lines = list(map(index.term_line, ["", *self._terms], self._terms))
            return
        for term in gone:
            at = bisect_left(self._terms, term)
            del self._terms[at], self._lines[at]
            self._write_line(at)
        for term in came:
            at = bisect_left(self._terms, term)
            self._terms.insert(at, term)
            self._lines.insert(at, "")
            self._write_line(at)
            self._write_line(at + 1)

    def _write_line(self, at: int) -> None:
        if at < len(self._terms):
            self._lines[at] = index.term_line(self._terms[at - 1] if at else "", self._terms[at])

    def _name(self, number: int) -> frozenset[str]:
        """Note the named pairs of a document; gives those that came or went."""
        old, new = self._pairs[number], index.named_pairs(self._counted[number][0])
        self._named.subtract(old - new)
        self._named.update(new - old)
        self._named = +self._named if old - new else self._named
        self._pairs[number] = new
        return old ^ new

    def _put(self, term: str, exact: str, posting: Posting) -> None:
        postings = self._postings.setdefault(term, {}).setdefault(exact, [])
        at = bisect_left(postings, (posting[0],))
        postings[at : at + (at < len(postings) and postings[at][0] == posting[0])] = [posting]

    def _remove(self, term: str, exact: str, number: int) -> None:
        forms = self._postings[term]
        del forms[exact][bisect_left(forms[exact], (number,))]
        if not forms[exact]:
            del forms[exact]
        if not forms:
            del self._postings[term]
