"""Queries that name nothing but a kind, a line and a year: "văn kiện ký năm 2016 với Lào".

No record bears such a name; the records that satisfy all of it are the answer, and come before
pages that only mention the words.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from macros.analysis.table import table
from macros.search.index import Index, name_key

KINDS_OF = ("treaty", "document", "event")
"""Types of rows whose kind is a word that people ask for."""
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Constraint:
    """What is asked for. Empty ``kinds``, ``types`` and ``lines`` mean: any.

    ``kinds`` are labels as in the rows. ``dates`` are (year, term): the records that have the
    year among their own dates and, where there is a term, that term.
    """

    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    said: tuple[str, ...] = ()
    """The same in words, to say what was understood."""


def read_constraint(index: Index, said: Sequence[str], dates: Sequence[str], mark: str) -> Constraint | None:
    """The constraint that the folded words and ISO dates of a query are, if they are nothing else.

    ``mark`` is ``s`` or ``f`` where the query asks for dates of signature or entry into force.
    """
    years = [date for date in dates if not date.startswith("--")]
    if not years or not said or len(said) > MOST_WORDS:
        return None
    found: dict[str, list[str]] = {"kinds": [], "types": [], "lines": [], "said": []}
    meanings, at = phrases(index), 0
    while at < len(said):
        length = next((n for n in range(len(said) - at, 0, -1) if tuple(said[at : at + n]) in meanings), 0)
        if not length:
            return None
        for name, values in meanings[tuple(said[at : at + length])].items():
            found[name] += [value for value in values if value not in found[name]]
        at += length
    if not found["said"]:
        return None
    terms = tuple((date[:4], f"{mark}@{date}" if mark else "") for date in years)
    return Constraint(dates=terms, **{name: tuple(values) for name, values in found.items()})


Meanings = dict[tuple[str, ...], dict[str, list[str]]]


@lru_cache(maxsize=2)
def phrases(index: Index) -> Meanings:
    """Folded words → what they ask for, as parts of a ``Constraint``; fillers ask for nothing."""
    silent = (*table()["fillers"], *table()["questions"], *table()["asks"])
    found: Meanings = {_key(phrase): {} for phrase in silent}
    for phrase, types in table()["generic_kinds"]:
        found[_key(phrase)] = {"types": types, "said": [phrase]}
    for kind in sorted({str(row["kind"]) for row in index.rows if row["type"] in KINDS_OF}):
        found[_key(kind)] = {"kinds": [kind], "said": [kind.lower()]}
    names = {name: {str(index.rows[doc]["id"]) for doc in docs} for name, docs in index.names.items()}
    for name, ids in names.items():
        if ids <= index.labels.keys():
            found[tuple(name.split())] = _line(index, sorted(ids))
    keys = {line: _key(label) for line, label in index.labels.items()}
    for line, words in keys.items():
        others = {word for other, key in keys.items() if other != line for word in key}
        found[tuple(word for word in words if word not in others)] = _line(index, [line])
    return found


def _line(index: Index, lines: list[str]) -> dict[str, list[str]]:
    return {"lines": lines, "said": [index.labels[line] for line in lines]}


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(name_key(phrase).split())


def satisfying(index: Index, constraint: Constraint | None, whole: Container[int]) -> set[int]:
    """The documents that are all that is asked for; ``whole`` have all words of the query."""
    if constraint is None:
        return set()
    docs = {doc for doc, row in enumerate(index.rows) if _of_kind(row, constraint)}
    for year, term in constraint.dates:
        having = {doc for postings in index.postings.get(term, {}).values() for doc, _ in postings}
        docs = {doc for doc in docs if year in index.rows[doc].get("years", ()) and (not term or doc in having)}
    # A treaty with Trung Quốc on the sea is not of the line on land, but it has the words itself.
    on_land = {line for line, label in index.labels.items() if "–" in label}
    return {
        doc
        for doc in docs
        if _on_line(index.rows[doc], constraint)
        or (doc in whole and on_land.isdisjoint(index.rows[doc].get("lines", ())))
    }


def _of_kind(row: Mapping[str, object], constraint: Constraint) -> bool:
    if not (constraint.kinds or constraint.types):
        return True
    return row["kind"] in constraint.kinds or row["type"] in constraint.types


def _on_line(row: Mapping[str, object], constraint: Constraint) -> bool:
    return set(constraint.lines) <= set(row.get("lines", ()))
