"""The kinds of record, typed and immutable. No reading, no writing, no clock.

Eight kinds hold what is known; talking points and questions only arrange it for saying.
Field names follow the UN Treaty Collection's glossary of terms (signed, ratified, approved,
entered into force, registration, depositary, authentic languages, …). Vietnamese labels and the
hover texts that editors see are in data/vocabulary.yaml under ``field``.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints

from macros.dates import PartialDate
from macros.values import (
    Base,
    Citation,
    Confusable,
    Contested,
    Correction,
    Fact,
    Id,
    Number,
    Relation,
    Statement,
    Status,
    Text,
    Variant,
    Withdrawn,
    term,
)


def _as_list(value: Any) -> Any:
    return value if value is None or isinstance(value, (list, tuple)) else [value]


Dates = Annotated[
    tuple[PartialDate, ...],
    BeforeValidator(_as_list, json_schema_input_type=PartialDate | tuple[PartialDate, ...]),
]
"""One date or several (a battle of 2 and 5 August)."""


class Record(Base):
    """What all kinds share."""

    id: Id
    aliases: tuple[Text, ...] = ()
    """Other words under which people look for it: abbreviations, old names, misprints."""
    statements: tuple[Statement, ...] = ()
    sources: tuple[Citation, ...] = ()
    """Where the record itself (its title, its parties, that it exists) stands."""
    corrections: tuple[Correction, ...] = ()
    reviewed_on: PartialDate | None = None
    """The day on which a person last compared the record with its sources."""
    withdrawn: Withdrawn | None = None


class Approval(Base):
    """One party's consent to be bound (ratification, approval, accession, exchange of notes)."""

    party: term("party")
    act: term("approval_act")
    date: Fact[PartialDate] = Fact()
    instrument: Text | None = None
    """The domestic instrument: name and number, or the id of a document record in ``[[…]]``."""


class Treaty(Record):
    """An international instrument, from treaties between states to provincial agreements.

    Terms: UN Treaty Collection, Glossary of terms relating to treaty actions; domestic rule:
    Luật Điều ước quốc tế 2016.
    """

    kind: term("treaty_kind")
    level: term("treaty_level")
    title: Text
    title_basis: Text
    """Where the wording of the title comes from ("theo …"; or that it is our translation)."""
    short_title: Text
    title_en: Text | None = None
    variants: tuple[Variant, ...] = ()
    parties: tuple[term("party"), ...]
    lines: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    signed: Fact[PartialDate] = Fact()
    signed_place: Fact[str] = Fact()
    approvals: tuple[Approval, ...] = ()
    entered_into_force: Fact[PartialDate] = Fact()
    period: Fact[PartialDate] = Fact()
    """For a programme or plan: the years it covers, e.g. 2021/2025."""
    terminated: Fact[PartialDate] = Fact()
    status: Status = Status()
    authentic_languages: Fact[str] = Fact()
    depositary: Fact[str] = Fact()
    registration: Fact[str] = Fact()
    """Registration with the UN Secretariat (Charter, Article 102)."""
    relations: tuple[Relation, ...] = ()
    confusable: tuple[Confusable, ...] = ()
    confidence: term("confidence")
    """How sure the record is as a whole: that of its weakest main date."""


class Figure(Base):
    """A number with its basis: of what, counted how, on which day."""

    id: Id
    label: Text
    fact: Fact[Number]
    unit: Text
    approximate: bool = False
    """True prints "khoảng" before the number."""
    basis: Text
    """What exactly was counted or measured, so that two figures are never mixed up."""
    not_inferred: Text | None = None
    """What must not be concluded from it."""


class Stage(Base):
    """One step in settling a line (hoạch định, phân giới, cắm mốc; at sea: phân định)."""

    stage: term("stage")
    part: Text | None = None
    """The part of the line it is about, where the line is settled area by area (the sea)."""
    state: term("stage_state")
    text: Text
    sources: tuple[Citation, ...] = ()
    confidence: term("confidence") | None = None
    as_of: PartialDate | None = None
    figures: tuple[Id, ...] = ()
    treaties: tuple[Id, ...] = ()


class Provinces(Base):
    """The provincial units along a line on one side, for one period."""

    side: term("party")
    period: Text
    names: Fact[tuple[str, ...]]


class TreatySet(Base):
    """A named set of instruments, such as the "03 văn kiện"; exactly these and no others."""

    id: Id
    name: Text
    aliases: tuple[Text, ...] = ()
    members: tuple[Id, ...]
    exactly: int
    text: Text
    sources: tuple[Citation, ...]


class Border(Record):
    """A border line: three on land, and the sea."""

    name: Text
    short_name: Text
    nature: term("line_nature")
    neighbours: tuple[term("party"), ...]
    summary: Text
    stages: tuple[Stage, ...] = ()
    figures: tuple[Figure, ...] = ()
    provinces: tuple[Provinces, ...] = ()
    sets: tuple[TreatySet, ...] = ()
    topics: tuple[Id, ...] = ()


class Guidance(Base):
    """What one document asks for on one topic: what, of whom, by which channel, until when."""

    source: Id
    locator: Text
    year: int
    """The year for which the document gives guidance (the 2023 letter guides 2024)."""
    asks: Text
    """In our own words."""
    lines: tuple[Id, ...] = ()
    audiences: tuple[term("audience"), ...] = ()
    channels: tuple[term("channel"), ...] = ()
    actors: tuple[Text, ...] = ()
    """Who is to do it: ids of agencies in ``[[…]]`` or the name as the document gives it."""
    deadline: PartialDate | None = None
    names: tuple[Id, ...] = ()
    """Records (treaties, documents, events, agencies, figures, sets) that the passage names."""


class Topic(Record):
    """A campaign topic; topics form a tree through ``parent``."""

    title: Text
    parent: Id | None = None
    summary: Text
    lines: tuple[Id, ...] = ()
    records: tuple[Id, ...] = ()
    """Treaties, documents, events and terms that an officer needs for it."""
    guidance: tuple[Guidance, ...] = ()


class Document(Record):
    """A domestic document: of the Party, the State or a local body.

    Kinds and numbering: Nghị định 30/2020/NĐ-CP for the State's, Hướng dẫn 36-HD/VPTW
    (03/4/2018) for the Party's documents.
    """

    kind: term("document_kind")
    system: term("system")
    number: Text | None = None
    """Number and symbol exactly as issued (``36-NQ/TW``); None when not known."""
    title: Text
    """What it is about (trích yếu)."""
    title_basis: Text
    short_title: Text
    issuer: Id | None = None
    """Id of an agency."""
    issuer_name: Text | None = None
    """The issuer's name as printed, where it is not an agency record."""
    variants: tuple[Variant, ...] = ()
    issued: Fact[PartialDate] = Fact()
    entered_into_force: Fact[PartialDate] = Fact()
    period: Fact[PartialDate] = Fact()
    status: Status = Status()
    relations: tuple[Relation, ...] = ()
    confusable: tuple[Confusable, ...] = ()
    lines: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    guides_year: int | None = None
    """For an annual plan or guideline: the year it is for."""


class Event(Record):
    """An anniversary, a deadline or an occasion.

    Classes of anniversary years: Nghị định 145/2013/NĐ-CP, Điều 3 (năm tròn, năm lẻ 5, năm khác).
    """

    kind: term("event_kind")
    title: Text
    dates: Fact[Dates] = Fact()
    """First occurrence of an anniversary, or the due day of a deadline."""
    yearly: bool = False
    calendar: term("calendar") = "solar"
    who: Text | None = None
    """For a deadline: who has to do it."""
    summary: Text
    lines: tuple[Id, ...] = ()
    topics: tuple[Id, ...] = ()
    records: tuple[Id, ...] = ()


class Succession(Base):
    """Who took over, from which day, and which part of the work."""

    agency: Id
    on: Fact[PartialDate] = Fact()
    scope: Text


class Agency(Record):
    """A body: who it was, when it began and ended, and what became of its work."""

    name: Text
    level: term("agency_level")
    system: term("system")
    established: Fact[PartialDate] = Fact()
    dissolved: Fact[PartialDate] = Fact()
    successors: tuple[Succession, ...] = ()
    summary: Text


class Term(Record):
    """A glossary entry."""

    term: Text
    expansion: Text | None = None
    """What an abbreviation stands for."""
    definition: Statement
    see: tuple[Id, ...] = ()
    confusable: tuple[Confusable, ...] = ()


class Source(Record):
    """Something that can be cited: one of the guidance documents, a page, a law database."""

    kind: term("source_kind")
    title: Text
    """The title as printed, or a plain description of the page when its title was not kept."""
    publisher: Text
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    date: PartialDate | None = None
    language: term("language")
    document: Id | None = None
    """The document record that this source is a copy of."""
    reliability: Text | None = None
    """Our note on how far it can be relied on."""
    sha256: str | None = None
    """Of the text that was read, for documents that we hold."""


class TalkingPoint(Record):
    """Something ready to say: one main line, what supports it, and what it does not mean.

    No date, number or title is typed in it: texts name fields of records (``[[id.signed]]``), so
    that a corrected record corrects every talking point. ``sources`` holds what the named records
    do not already bring along.
    """

    topic: Id
    lines: tuple[Id, ...] = ()
    nature: term("nature")
    """fact; position (``stated_by`` is then required and is printed before the line); or note, the
    library's own remark, printed as such."""
    stated_by: Text | None = None
    main: Text
    facts: tuple[Text, ...] = ()
    not_inferred: Text | None = None
    """What must not be concluded from it."""
    contested: Contested | None = None
    valid_until: PartialDate
    """After this day it has to be reviewed before it is used again."""


class FollowUp(Base):
    """What people ask next, and the answer."""

    question: Text
    answer: Text


class Question(Record):
    """A question that people really ask, answered from the records (same rule on literals)."""

    topic: Id
    lines: tuple[Id, ...] = ()
    question: Text
    answer: tuple[Text, ...]
    nature: term("nature") = "fact"
    stated_by: Text | None = None
    contested: Contested | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    valid_until: PartialDate
