"""What happened when: the dated moments of records, and which records form a family.

A moment keeps the precision of its source: a month stays a month, a window a window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from macros.dates import PartialDate
from macros.model import Document, Event, Library, Record, Treaty
from macros.views import Views

MomentKind = Literal["signed", "issued", "approved", "in_force", "ended", "period", "event"]

FAMILY = frozenset({"replaces", "supplements", "amends", "implements"})
"""Relations that make a family; "based on" and "related" would join nearly everything."""


@dataclass(frozen=True, slots=True)
class Moment:
    """``word`` is what happened ("ký", "có hiệu lực"), empty where the record's name says it."""

    when: PartialDate
    kind: MomentKind
    word: str
    id: str
    lines: tuple[str, ...] = ()

    @property
    def order(self) -> tuple:
        """By time, then id; what happened to one record on one day in the order of its life."""
        # Plain days, as dates are ordered by; they are compared without a call of ours.
        return (self.when.first(), self.when.last(), self.id, _LIFE.index(self.kind), self.word)


_LIFE = ("signed", "issued", "approved", "in_force", "period", "ended", "event")


@dataclass(frozen=True, slots=True)
class Family:
    """Records that replace, supplement, amend or carry out one another. ``root`` is the oldest."""

    kind: str
    root: str
    members: tuple[str, ...]


def moments(library: Library, records: Iterable[Record]) -> tuple[Moment, ...]:
    """Every dated moment of the records, oldest first; records of other kinds have none."""
    found: list[Moment] = []
    for record in records:
        if record.withdrawn is not None:
            continue
        if isinstance(record, Treaty):
            found += _of_treaty(library, record)
        elif isinstance(record, Document):
            found += _of_document(record)
        elif isinstance(record, Event) and record.kind != "deadline" and record.calendar == "solar":
            found += [Moment(date, "event", "", record.id, record.lines) for date in record.dates.value or ()]
    return tuple(sorted(found, key=lambda moment: moment.order))


def _of_treaty(library: Library, treaty: Treaty) -> Iterator[Moment]:
    for field, kind, word in (
        ("signed", "signed", "ký"),
        ("entered_into_force", "in_force", "có hiệu lực"),
        ("period", "period", "giai đoạn"),
        ("terminated", "ended", "chấm dứt"),
    ):
        value = getattr(treaty, field).value
        if value:
            yield Moment(value, kind, word, treaty.id, treaty.lines)
    for item in treaty.approvals:
        if item.date.value:
            word = f"{library.label('party', item.party)} {library.label('approval_act', item.act)}"
            yield Moment(item.date.value, "approved", word, treaty.id, treaty.lines)


def _of_document(document: Document) -> Iterator[Moment]:
    for field, kind, word in (
        ("issued", "issued", "ban hành"),
        ("entered_into_force", "in_force", "có hiệu lực"),
        ("period", "period", "giai đoạn"),
    ):
        value = getattr(document, field).value
        if value:
            yield Moment(value, kind, word, document.id, document.lines)


def of_line(library: Library, views: Views, line: str) -> tuple[Moment, ...]:
    """The moments of a line's treaties and events."""
    return moments(library, (*views.treaties_by_line.get(line, ()), *views.events_by_line.get(line, ())))


def everything(library: Library) -> tuple[Moment, ...]:
    """The moments of all treaties, documents and events."""
    return moments(library, (*library.treaties, *library.documents, *library.events))


def families(library: Library, views: Views, kind: str) -> tuple[Family, ...]:
    """Families of two and more among the records of ``kind`` ("treaties" or "documents"), the oldest first."""
    ids = [record.id for record in getattr(library, kind)]
    known, seen, found = set(ids), set(), []
    for start in ids:
        if start in seen:
            continue
        members, waiting = set(), [start]
        while waiting:
            here = waiting.pop()
            if here in members:
                continue
            members.add(here)
            links = views.links.get(here, ())
            waiting += [link.other for link in links if link.type in FAMILY and link.other in known]
        seen |= members
        if len(members) > 1:
            ordered = tuple(sorted(members, key=views.sort_key))
            found.append(Family(kind, ordered[0], ordered))
    return tuple(sorted(found, key=lambda family: views.sort_key(family.root)))
