"""The library as a whole: all records, the vocabulary, and where each thing stands in the files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from pydantic import Field

from macros.changes import Step
from macros.dates import PartialDate
from macros.records import (
    Agency,
    Border,
    Document,
    Event,
    Figure,
    Question,
    Record,
    Source,
    TalkingPoint,
    Term,
    Topic,
    Treaty,
    TreatySet,
)
from macros.values import Base, Text


@dataclass(frozen=True, slots=True)
class VocabularyEntry:
    """One term: id, Vietnamese label, explanation."""

    id: str
    label: str
    description: str = ""


Vocabulary = Mapping[str, Mapping[str, VocabularyEntry]]


class Meta(Base):
    """What the copy says of itself (data/library.yaml)."""

    name: Text
    tagline: Text
    version: Text
    data_as_of: PartialDate
    review_by: PartialDate
    publisher: Text
    data_licence: Text
    code_licence: Text
    report_to: Text
    reading_speed: Annotated[int, Field(ge=100, le=400)] = 200
    """Syllables a minute of the loudspeaker texts, pauses included. Presenters of seven Vietnamese
    television programmes were counted at 264 on average (a survey passed on at emcovu.com), ten people
    reading in a study at 315 (Coupé et al. 2019), a speech machine at its usual setting at about 248
    (bench/reading_aloud.py). A loudspeaker outdoors echoes and its listeners walk about, so 200 is
    chosen below all of them; it is a choice."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file (path relative to the library's root, forward slashes) and a 1-based line."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in the data. ``str()`` gives ``file:line record: what; remedy``."""

    place: Place
    record: str
    what: str
    remedy: str
    check: str = ""

    def __str__(self) -> str:
        who = f" {self.record}" if self.record else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.place.file}:{self.place.line}{who}: {self.what}{remedy}"


KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "treaties": Treaty,
        "borders": Border,
        "topics": Topic,
        "documents": Document,
        "events": Event,
        "agencies": Agency,
        "glossary": Term,
        "sources": Source,
        "talking_points": TalkingPoint,
        "questions": Question,
    }
)
"""Name of the kind = name of the YAML file and of the attribute of Library."""

_NO_RECORDS = dict.fromkeys(KINDS, ())


_ABBREVIATION = re.compile(r"[A-ZĐƯ&]{2,}[a-z]?")
_IN_BRACKETS = re.compile(r"\(([^)]+)\)")


@dataclass(frozen=True, repr=False)
class Library:
    """Everything, loaded and well-typed; whether it agrees with itself is for checks to say."""

    meta: Meta
    vocabulary: Vocabulary
    treaties: tuple[Treaty, ...] = ()
    borders: tuple[Border, ...] = ()
    topics: tuple[Topic, ...] = ()
    documents: tuple[Document, ...] = ()
    events: tuple[Event, ...] = ()
    agencies: tuple[Agency, ...] = ()
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    talking_points: tuple[TalkingPoint, ...] = ()
    questions: tuple[Question, ...] = ()
    changes: tuple[Step, ...] = ()
    """What changed since earlier states, oldest first (data/changes.yaml)."""

    places: Mapping[str, Mapping[tuple, Place]] = field(default_factory=dict, repr=False)
    """For each record id: path inside the record -> place. The empty path is the record's start."""

    skipped: Mapping[str, str] = field(default_factory=dict)
    """Id and kind of each record that could not be typed; references to them are not dangling."""

    memory: Any = field(default=None, repr=False, compare=False)
    """What is remembered between readings of a library that is being edited (macros.load.Memory)."""

    _kinds: ClassVar[tuple[str, ...]] = tuple(KINDS)
    """The kinds of which there are records."""

    def alone(self, kind: str, record: Record) -> Library:
        """A library that lists this record only, while every other one can still be looked up."""
        self.look_ups()
        one = object.__new__(type(self))
        one.__dict__.update({**self.__dict__, **_NO_RECORDS, "_kinds": (kind,), kind: (record,)})
        return one

    def look_ups(self) -> None:
        """Make what is looked up by id, once for all libraries made by ``alone`` and all processes split off."""
        for name in LOOK_UPS:
            getattr(self, name)

    def each(self, make: Callable[[Record], Any], kinds: Iterable[str] = KINDS) -> Iterator[tuple[Record, Any]]:
        """Every record (of some kinds) with what ``make`` says of it. A library that is edited may remember it."""
        recall = self.memory.recall if self.memory is not None else lambda make, record: make(record)
        return ((record, recall(make, record)) for kind in kinds for record in getattr(self, kind))

    def once(self, make: Callable[[Library, Record], Any], record: Record) -> Any:
        """``make(self, record)``. A library that is edited may remember it, with what was looked up for it."""
        return make(self, record)

    def records(self) -> Iterator[tuple[str, Record]]:
        """All records as (kind, record), in the order of KINDS and of the files."""
        for kind in self._kinds:
            for record in getattr(self, kind):
                yield kind, record

    def __repr__(self) -> str:
        # MkDocs' plugins write out whatever they are given; all records would be megabytes.
        return f"<Library of {sum(1 for _ in self.records())} records>"

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Every record by id; the first one wins where a check will report a duplicate."""
        found: dict[str, Record] = {}
        for _, record in self.records():
            found.setdefault(record.id, record)
        return MappingProxyType(found)

    @cached_property
    def kind_of(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for kind, record in self.records():
            found.setdefault(record.id, kind)
        return MappingProxyType(found)

    @cached_property
    def figures(self) -> Mapping[str, tuple[Border, Figure]]:
        return MappingProxyType({f.id: (b, f) for b in self.borders for f in b.figures})

    @cached_property
    def sets(self) -> Mapping[str, tuple[Border, TreatySet]]:
        return MappingProxyType({s.id: (b, s) for b in self.borders for s in b.sets})

    @cached_property
    def copies(self) -> Mapping[str, tuple[Source, ...]]:
        """For each document id the sources that are copies of it."""
        return _grouped(self.sources, lambda source: source.document)

    @cached_property
    def replaced_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each id of a treaty or document the ids of those that replace it, in the order of the files."""
        found: dict[str, list[str]] = {}
        for record in (*self.treaties, *self.documents):
            for relation in record.relations:
                if relation.type == "replaces":
                    found.setdefault(relation.target, []).append(record.id)
        return MappingProxyType({target: tuple(ids) for target, ids in found.items()})

    @cached_property
    def ended_bodies(self) -> Mapping[str, tuple[Agency, ...]]:
        """The agencies of each name that are no more."""
        return _grouped(self.agencies, lambda agency: agency.name if agency.dissolved.value else None)

    @cached_property
    def points(self) -> Mapping[str, tuple[TalkingPoint, ...]]:
        """For each topic id its talking points, in the order of the file."""
        return _grouped(self.talking_points, lambda point: point.topic)

    @cached_property
    def asked(self) -> Mapping[str, tuple[Question, ...]]:
        """For each topic id its questions, in the order of the file."""
        return _grouped(self.questions, lambda question: question.topic)

    @cached_property
    def expansions(self) -> Mapping[str, str]:
        """What each abbreviation stands for: the glossary's word first, else the agency of that alias.

        Of an expansion in a foreign language with the Vietnamese in brackets the Vietnamese is taken.
        """
        found: dict[str, str] = {}
        for agency in self.agencies:
            found |= {alias: agency.name for alias in agency.aliases if _ABBREVIATION.fullmatch(alias)}
        for term in self.glossary:
            if term.expansion and _ABBREVIATION.fullmatch(term.term):
                inside = _IN_BRACKETS.search(term.expansion)
                found[term.term] = inside[1] if inside else term.expansion
        return MappingProxyType(found)

    def label(self, vocabulary: str, term_id: str) -> str:
        """The Vietnamese label of a term; the id itself when the list lacks it."""
        entry = self.vocabulary.get(vocabulary, {}).get(term_id)
        return entry.label if entry else term_id

    def where(self, record_id: str, *path: Any) -> Place:
        """The place of a field, or of the nearest thing above it that has one."""
        places = self.places.get(record_id, {})
        for length in range(len(path), -1, -1):
            if path[:length] in places:
                return places[path[:length]]
        # What is no record's fault is missing from the vocabulary.
        return Place("data/vocabulary.yaml", 1)


LOOK_UPS = tuple(sorted(name for name, item in vars(Library).items() if isinstance(item, cached_property)))
"""Every table that a library computes once, of all its records."""


def _grouped(records: Iterable[Any], key: Callable[[Any], str | None]) -> Mapping[str, tuple[Any, ...]]:
    """Records by a key, in their order; without those that have none."""
    found: dict[str, list[Any]] = {}
    for record in records:
        name = key(record)
        if name is not None:
            found.setdefault(name, []).append(record)
    return MappingProxyType({name: tuple(group) for name, group in found.items()})
