"""The index: for every term the documents that have it, with weights made at build time.

The weight is BM25F (Robertson, Zaragoza: *The Probabilistic Relevance Framework*, 2009) with a
boost for each field, rounded to an integer of at most 63. Integers make the index small and
give Python and the browser the same sums to the last bit.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from operator import sub

from macros.model import Library
from macros.search.documents import TYPE_OF, SearchDoc
from macros.search.rare import DIGITS, write_rare
from macros.search.terms import DEFINES, HAS_NUMBER, Spelling, date_terms, has_terms, start_terms, text_terms
from macros.urls import FOLDER_OF
from macros.vietnamese import fold, folded_key, word_keys

BOOST = {"names": 6.0, "number": 6.0, "dates": 5.0, "facets": 3.0, "body": 1.0}
FLATTEN = {"names": 0.4, "number": 0.0, "dates": 0.0, "facets": 0.0, "body": 0.6}
"""How far a long field weakens each of its words (BM25's b)."""
SATURATION = 4.0
FOLDERS = {TYPE_OF[kind]: folder for kind, folder in FOLDER_OF.items()}
HEAVIEST = len(DIGITS) - 1
PRIOR = {"source": 55, "page": 60, "border": 110, "set": 110, "figure": 90, "event": 95, "term": 88}
PRIOR |= {"talking_point": 45, "question": 60}
"""Percent. A record stands above a source, a page or a ready sentence that mentions it."""

TUNING = {
    # Share of the query (by rarity) that a record must cover to be an answer.
    "enough": 0.64,
    # Share that makes it a suggestion when nothing is an answer.
    "maybe": 0.34,
    # Share kept by a record that has none of the query's pairs of words.
    "unpaired": 0.7,
    # Percent that a syllable counts where a record has it without the neighbours it has in the
    # query, and where the library never has it beside them.
    "syllable": 60,
    "stray": 30,
    # Percent of a pair of words, beside its two words.
    "pair": 60,
    # Share kept when more words are guessed than one, or than one in three.
    "guessed": 0.75,
    # Factors for a record that bears exactly the name typed, as its title or otherwise.
    "same_title": 2.5,
    "same_name": 2,
    # Percent of the query that a record has which has all its words, and the factor for a record
    # that is all that is asked for ("văn kiện ký năm 2016 với Lào").
    "all_words": 90,
    "satisfies": 4,
    # Factor for a date or number typed: it says most clearly what is looked for.
    "required": 2,
}
"""What the query engines share; shipped with the index so that it stands in one place."""

Posting = tuple[int, int]
"""Number of the document and weight of the term in it."""
Entry = tuple[str, str]
"""A term and its exact form."""
Counts = Mapping[str, Mapping[Entry, float]]
"""Field → entry → how often it stands there."""


@dataclass(frozen=True, eq=False)
class Index:
    """What the build writes and both engines read.

    ``rows`` are the documents as shown; ``postings`` maps a term to its exact forms (one,
    empty, for terms other than words), each with its postings in ascending document order;
    ``names`` maps a whole folded name to the documents that bear it; ``rare`` is the filter of
    the pairs of words that are not in ``postings``.
    """

    rows: tuple[Mapping[str, object], ...]
    postings: Mapping[str, Mapping[str, Sequence[Posting]]]
    names: Mapping[str, tuple[int, ...]]
    spelling: Spelling
    labels: Mapping[str, str]
    rare: str = ""

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """All terms in code point order, so that those with one beginning stand together."""
        return tuple(sorted(self.postings))

    @cached_property
    def idf(self) -> Mapping[str, int]:
        """Rarity of each term times 100."""
        return {t: rarity(len(self.rows), _spread(forms)) for t, forms in self.postings.items()}

    @cached_property
    def _words_by_length(self) -> Mapping[int, list[str]]:
        by_length: dict[int, list[str]] = defaultdict(list)
        for term in self.terms:
            if term.isascii() and term.isalpha():
                by_length[len(term)].append(term)
        return by_length

    def words_of_length(self, shortest: int, longest: int) -> list[str]:
        """Folded words of that many letters, the shortest first."""
        lengths = range(shortest, longest + 1)
        return [word for length in lengths for word in self._words_by_length.get(length, ())]


def bare_name(name: str) -> str:
    """The name without what is added to it in brackets."""
    return name.partition("(")[0]


def name_key(name: str) -> str:
    return " ".join(_folded(name))


def rarity(documents: int, having: int) -> int:
    return round(100 * math.log(1 + (documents - having + 0.5) / (having + 0.5)))


@lru_cache(maxsize=2)
def _rarities(documents: int) -> tuple[int, ...]:
    return tuple(rarity(documents, having) for having in range(documents + 1))


def _spread(forms: Mapping[str, Sequence[Posting]]) -> int:
    if len(forms) == 1:
        return len(*forms.values())
    return len({doc for postings in forms.values() for doc, _ in postings})


def build(library: Library, docs: tuple[SearchDoc, ...]) -> Index:
    """The index of ``docs``, spelling and labels taken from the library."""
    spelling = spelling_of(library)
    return index_of(docs, spelling, {b.id: b.short_name for b in library.borders})


def spelling_of(library: Library) -> Spelling:
    """Abbreviations from the vocabulary and from the glossary's expansions."""
    short = {e.id: e.label for e in library.vocabulary.get("abbreviation", {}).values()}
    short |= {term.term: term.expansion for term in library.glossary if term.expansion}
    respelled = library.vocabulary.get("respelling", {}).values()
    return Spelling(
        {_key(word): _folded(full) for word, full in short.items() if len(_folded(word)) == 1},
        {_folded(entry.id.replace("_", " ")): _key(entry.label) for entry in respelled},
    )


def _folded(text: str) -> tuple[str, ...]:
    return tuple(folded for _, folded in word_keys(text))


def _key(text: str) -> str:
    return folded_key(fold(text))


def index_of(docs: tuple[SearchDoc, ...], spelling: Spelling, labels: Mapping[str, str]) -> Index:
    """Count, weigh, round. Deterministic: the order of ``docs`` is the order of the rows."""
    counted = [count(doc, spelling) for doc in docs]
    means = mean_lengths([length for _, length in counted])
    named = frozenset().union(*(named_pairs(counts) for counts, _ in counted))
    gathered: dict[str, dict[str, list[Posting]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, list[int]] = defaultdict(list)
    for number, doc in enumerate(docs):
        weights = weigh(*counted[number], means)
        # Hundreds of entries of one document share a few weights.
        posting = {weight: (number, weight) for weight in set(weights.values())}
        for (term, exact), weight in weights.items():
            gathered[term][exact].append(posting[weight])
        for key in name_keys(doc):
            names[key].append(number)
        # The counts of ten thousand documents are most of what a build would hold.
        counted[number] = ({}, {})
    places = {doc.id: number for number, doc in enumerate(docs)}
    return Index(
        rows=tuple(row_of(doc, places) for doc in docs),
        postings={term: dict(forms) for term, forms in gathered.items() if telling(term, forms, named)},
        names={key: tuple(names[key]) for key in sorted(names)},
        spelling=spelling,
        labels=dict(labels),
        rare=write_rare(rare_pairs(gathered, lambda term: telling(term, gathered[term], named))),
    )


def rare_pairs(
    gathered: Mapping[str, Mapping[str, Sequence[Posting]]], told: Callable[[str], bool]
) -> Iterator[tuple[str, int]]:
    """(pair of words, number of the only document that has it) of all terms that are not ``told``."""
    for term, forms in gathered.items():
        if not told(term):
            yield term, only_document(forms)


def only_document(forms: Mapping[str, Sequence[Posting]]) -> int:
    """Number of the document of a term that has one posting."""
    return next(iter(forms.values()))[0][0]


def name_keys(doc: SearchDoc) -> frozenset[str]:
    """The whole names under which a document is found at once."""
    whole = () if doc.type in NAMELESS else doc.names
    return frozenset(key for name in whole for form in (name, bare_name(name)) if (key := name_key(form)))


def named_pairs(counts: Counts) -> frozenset[str]:
    """The pairs of words that stand in more than the running text of a document."""
    outside = (terms for field, terms in counts.items() if field != "body")
    return frozenset(term for terms in outside for term, _ in terms if "_" in term)


def telling(term: str, forms: Mapping[str, Sequence[Posting]], named: Container[str]) -> bool:
    """Whether a term is worth its place in the index."""
    # Two words that meet once, in running text, are a third of all pairs: see rare.py.
    return "_" not in term or term in named or _spread(forms) > 1


def mean_lengths(lengths: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """Mean length of each field over all documents."""
    return {f: _rounded(sum(length[f] for length in lengths) / (len(lengths) or 1)) or 1.0 for f in BOOST}


def weigh(counts: Counts, length: Mapping[str, int], means: Mapping[str, float]) -> dict[Entry, int]:
    """The weight of each (term, exact form) in one document."""
    totals: dict[Entry, float] = {}
    for field, boost in BOOST.items():
        factor = 1 - FLATTEN[field] + FLATTEN[field] * length[field] / means[field]
        for entry, number in counts[field].items():
            totals[entry] = totals.get(entry, 0.0) + boost * number / factor
    # Most words of a document stand in it once, in its text: few totals, many entries.
    weights = {total: max(1, round(HEAVIEST * total / (SATURATION + total))) for total in set(totals.values())}
    return {entry: weights[total] for entry, total in totals.items()}


def _rounded(mean: float) -> float:
    """Two significant figures: an edit of one record should not change the weights of all."""
    return float(f"{mean:.2g}")


NAMELESS = {"source", "talking_point", "question", "figure"}
"""Nobody types the whole title of a web page or a whole sentence, and there are many."""


def count(doc: SearchDoc, spelling: Spelling) -> tuple[Counts, dict[str, int]]:
    """Field → (term, exact form) → count, and the length of each field in terms."""
    texts = {"names": " ; ".join(doc.names), "number": doc.number, "facets": doc.facets, "body": doc.body}
    found = {field: text_terms(text, spelling) for field, text in texts.items()}
    length = dict.fromkeys(BOOST, 0) | {field: len(terms) for field, terms in found.items()}
    counts: dict[str, Counter[Entry]] = {field: Counter(terms) for field, terms in found.items()}
    titles = doc.names[: 2 if doc.type in ("treaty", "document") else 1]
    counts["names"].update({(term, "") for name in titles for term in start_terms(name, spelling)})
    answers = {"figure": HAS_NUMBER, "term": DEFINES}
    if doc.type in answers:
        counts["names"][answers[doc.type], ""] += 1
    counts["dates"] = dates = Counter()
    for iso, role in doc.dates:
        for term in [*date_terms(iso, role), *has_terms(role)]:
            # A date that only stands in circulation or concerns an approval counts less.
            dates[term, ""] += 0.4 if role == "other" else 1.0
    return counts, length


def row_of(doc: SearchDoc, places: Mapping[str, int]) -> dict[str, object]:
    """What is shown and filtered by; empty parts are left out."""
    years = sorted({iso[:4] for iso, _ in doc.dates if not iso.startswith("-")})
    row: dict[str, object] = {
        "id": doc.id,
        "type": doc.type,
        "title": doc.title,
        "url": doc.url,
        "kind": doc.kind,
        "answer": doc.answer,
        "status": doc.status,
        "number": doc.number,
        "lines": list(doc.lines),
        "years": years,
        "full": doc.names[1] if doc.type == "treaty" and len(doc.names) > 1 else "",
        "alike": [[places[other], note] for other, note in doc.confusable if other in places],
    }
    return {key: value for key, value in row.items() if value not in ("", [])}


def index_data(index: Index, packed: Mapping[str, str] | None = None) -> dict[str, object]:
    """The index in the form that the browser reads; ``packed`` is what ``pack`` gives, if it is known."""
    return {
        "rows": [{k: v for k, v in row.items() if not _derived(row, k)} for row in index.rows],
        "folders": FOLDERS,
        "packed": dict(packed or pack((term, index.postings[term]) for term in index.terms)),
        "names": {key: list(docs) for key, docs in index.names.items()},
        "abbreviations": {k: " ".join(v) for k, v in sorted(index.spelling.abbreviations.items())},
        "respelled": {" ".join(k): v for k, v in sorted(index.spelling.respelled.items())},
        "labels": dict(index.labels),
        "rare": index.rare,
        "prior": PRIOR,
        "tuning": TUNING,
        "rarity": list(_rarities(len(index.rows))),
    }


def _derived(row: Mapping[str, object], key: str) -> bool:
    """Whether the browser can make the value from the rest of the row."""
    own = f"{FOLDERS.get(str(row['type']))}/{row['id']}.html"
    return key == "url" and row["url"] == own


Packed = tuple[str, list[str], str, str, str]
"""What ``pack`` writes of one term: its shape, exact forms, counts, gaps and weights."""


def pack(postings: Iterable[tuple[str, Mapping[str, Sequence[Posting]]]]) -> dict[str, str]:
    """Terms and postings as five strings, which compress better than lists of numbers.

    ``terms``: one a line, each begun with the number of letters it shares with the one before.
    ``shape``: for each term the number of its exact forms, 0 when it has none but itself.
    ``forms``: the exact forms, one a line, empty where the form is the term. Then, in the same
    order, ``counts`` of postings, ``gaps`` between their documents, and ``weights``, as numbers
    of DIGITS (``number_digits``; a weight and a shape are one digit each).
    """
    terms, pieces = [], []
    for term, forms in postings:
        terms.append(term)
        pieces.append(pack_term(term, forms))
    return join_packed(pieces) | {"terms": pack_terms(terms)}


def pack_terms(terms: Iterable[str]) -> str:
    """The terms themselves, in code point order."""
    terms = list(terms)
    return "\n".join(map(term_line, ["", *terms], terms))


def term_line(before: str, term: str) -> str:
    """How a term is written after the one ``before``: how many letters both begin with, and the rest."""
    shared = 0
    # A loop by hand takes a third of the time of itertools: there are a hundred thousand terms.
    for one, two in zip(before, term, strict=False):
        if one != two or shared == HEAVIEST:
            break
        shared += 1
    return DIGITS[shared] + term[shared:]


def pack_term(term: str, forms: Mapping[str, Sequence[Posting]]) -> Packed:
    """The postings of one term; each form's in ascending document order."""
    entries = sorted(forms.items())
    bare = len(entries) == 1 and entries[0][0] == ""
    exact = [] if bare else ["" if form == term else form for form, _ in entries]
    counts, gaps, weights = [], [], []
    for _, postings in entries:
        docs, weighing = zip(*postings, strict=True)
        counts.append(number_digits(len(docs)))
        gaps += map(number_digits, map(sub, docs, (0, *docs)))
        weights += map(DIGITS.__getitem__, weighing)
    return DIGITS[0 if bare else len(entries)], exact, "".join(counts), "".join(gaps), "".join(weights)


def join_packed(pieces: Sequence[Packed]) -> dict[str, str]:
    """The strings of all terms but the terms themselves, in their order."""
    shape, forms, counts, gaps, weights = zip(*pieces, strict=True) if pieces else ((), (), (), (), ())
    joined = {"shape": shape, "counts": counts, "gaps": gaps, "weights": weights}
    packed = {name: "".join(parts) for name, parts in joined.items()}
    return packed | {"forms": "\n".join(form for group in forms for form in group)}


@cache
def number_digits(number: int) -> str:
    """The number in base 32, lowest digit first; all but the last digit are raised by 32."""
    digits = ""
    while number >= 32:
        digits += DIGITS[32 + number % 32]
        number //= 32
    return digits + DIGITS[number]


def index_script(index: Index, packed: Mapping[str, str] | None = None) -> str:
    """The index as a script: a site opened from disc cannot fetch files."""
    text = json.dumps(index_data(index, packed), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # U+2028 and U+2029 end a line in old JavaScript; "</" must not end a script element.
    for char, escaped in (("\u2028", "\\u2028"), ("\u2029", "\\u2029"), ("</", "<\\/")):
        text = text.replace(char, escaped)
    return f"window.cotmocIndex={text};\n"
