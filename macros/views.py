"""Derived groupings: what the records say when they are read against each other. No HTML here.

Relations are typed once, on the record that points; the opposite arrow, "which guidance names
this treaty", "what cites this source" and "what changed since the last year" are computed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from macros.model import (
    KINDS,
    Border,
    Citation,
    Document,
    Event,
    Guidance,
    Library,
    Record,
    Relation,
    Source,
    Topic,
    Treaty,
    TreatySet,
    Variant,
)
from macros.walk import Path, parts

TIME_ORDER = ("replaces", "supplements", "amends", "implements", "ratifies", "guides", "based_on", "related")
"""Types of relation in the order in which a page lists them."""


COMPARED = ("sets", "treaties", "documents", "figures", "events")
"""Kinds of named things that one year's guidance is compared by, in the order of the rows."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation seen from one record: ``inverse`` when the other record points at this one."""

    type: str
    inverse: bool
    other: str
    relation: Relation

    @property
    def vocabulary(self) -> str:
        """The vocabulary that holds the words for this direction."""
        return "relation_inverse" if self.inverse else "relation"


@dataclass(frozen=True, slots=True)
class Naming:
    """A passage of a guidance document that names a record; ``via`` is the set that it names instead."""

    topic: Topic
    guidance: Guidance
    via: str | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """One place that cites a source. ``path`` leads to the citation inside the record."""

    record: Record
    path: Path
    locator: str
    says: str | None = None
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class NameRow:
    """One record and the guidance passages that name it, by source id."""

    id: str
    by_source: Mapping[str, tuple[Naming, ...]]


@dataclass(frozen=True, slots=True)
class YearStep:
    """Guidance of ``year`` for one line against that of ``before``: ids newly named, still named, no longer named.

    ``back`` gives, for each new id that had been named before and was then left out, the year of that.
    ``over`` are the ids named in ``year`` whose period or force had ended before it began.
    """

    before: int
    year: int
    new: tuple[str, ...]
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    back: Mapping[str, int]
    over: tuple[str, ...]


class Views:
    """Everything derived from one library; each grouping is computed once, when first asked for."""

    def __init__(self, library: Library) -> None:
        self.library = library

    # ---- relations ----
    @cached_property
    def links(self) -> Mapping[str, tuple[Link, ...]]:
        """For each record id its relations in both directions."""
        found: dict[str, list[Link]] = defaultdict(list)
        for record in (*self.library.treaties, *self.library.documents):
            for relation in record.relations:
                found[record.id].append(Link(relation.type, False, relation.target, relation))
                found[relation.target].append(Link(relation.type, True, record.id, relation))
        return {key: tuple(sorted(links, key=self._link_order)) for key, links in found.items()}

    def _link_order(self, link: Link) -> tuple:
        rank = TIME_ORDER.index(link.type) if link.type in TIME_ORDER else len(TIME_ORDER)
        return (rank, link.inverse, self.sort_key(link.other))

    def sort_key(self, record_id: str) -> tuple[str, str]:
        """By main date, undated last, then id: the order of every list of mixed records."""
        record = self.library.by_id.get(record_id)
        date = self.main_date(record) if record else None
        return (date or "9999", record_id)

    @staticmethod
    def main_date(record: Record) -> str | None:
        """ISO text of the date under which a record is filed (signed, issued, first day), or None."""
        if isinstance(record, Treaty):
            value = record.signed.value
        elif isinstance(record, Document):
            value = record.issued.value
        elif isinstance(record, Event):
            value = record.dates.value[0] if record.dates.value else None
        else:
            value = None
        return value.iso() if value else None

    @cached_property
    def confusable(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For each record id the (id, note) pairs that it is taken for; a warning typed on one side stands on both."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        records = [r for r in (*self.library.treaties, *self.library.documents, *self.library.glossary) if r.confusable]
        for record in records:
            for item in record.confusable:
                found[record.id][item.id] = item.note
        for record in records:
            for item in record.confusable:
                found[item.id].setdefault(record.id, item.note)
        return {key: tuple(sorted(pairs.items())) for key, pairs in found.items()}

    # ---- lines and sets ----
    @cached_property
    def treaties_by_line(self) -> Mapping[str, tuple[Treaty, ...]]:
        """For each line id its treaties, by date of signing."""
        return self._by_line(self.library.treaties)

    @cached_property
    def documents_by_line(self) -> Mapping[str, tuple[Document, ...]]:
        """For each line id the domestic documents about it, by date of issue."""
        return self._by_line(self.library.documents)

    @cached_property
    def events_by_line(self) -> Mapping[str, tuple[Record, ...]]:
        """For each line id its events, by date."""
        return self._by_line(self.library.events)

    def _by_line(self, records: tuple) -> Mapping[str, tuple]:
        found: dict[str, list] = defaultdict(list)
        for record in records:
            for line in record.lines:
                found[line].append(record)
        return {line: tuple(sorted(group, key=lambda r: self.sort_key(r.id))) for line, group in found.items()}

    @cached_property
    def sets_of(self) -> Mapping[str, tuple[tuple[Border, TreatySet], ...]]:
        """For each treaty id the named sets that it belongs to."""
        found: dict[str, list] = defaultdict(list)
        for border, group in self.library.sets.values():
            for member in group.members:
                found[member].append((border, group))
        return {key: tuple(groups) for key, groups in found.items()}

    # ---- topics ----
    @cached_property
    def children(self) -> Mapping[str | None, tuple[Topic, ...]]:
        """For each topic id (None for the roots) its subtopics, in the order of the file."""
        found: dict[str | None, list[Topic]] = defaultdict(list)
        for topic in self.library.topics:
            known = topic.parent if topic.parent in self.library.by_id else None
            found[known].append(topic)
        return {key: tuple(topics) for key, topics in found.items()}

    def ancestors(self, topic: Topic) -> tuple[Topic, ...]:
        """From the root down to the parent."""
        chain: list[Topic] = []
        parent = self.library.by_id.get(topic.parent or "")
        while isinstance(parent, Topic) and parent not in chain:
            chain.append(parent)
            parent = self.library.by_id.get(parent.parent or "")
        return tuple(reversed(chain))

    def root(self, topic: Topic) -> Topic:
        """The topic at the top of its branch; itself when it has no parent."""
        return (*self.ancestors(topic), topic)[0]

    @cached_property
    def topics_of(self) -> Mapping[str, tuple[str, ...]]:
        """For each record id the topics that it serves, typed on either side."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for topic in self.library.topics:
            for record_id in topic.records:
                found[record_id][topic.id] = None
        for record in (*self.library.treaties, *self.library.documents, *self.library.events, *self.library.borders):
            for topic_id in record.topics:
                found[record.id][topic_id] = None
        order = {topic.id: index for index, topic in enumerate(self.library.topics)}
        return {key: tuple(sorted(ids, key=lambda i: order.get(i, len(order)))) for key, ids in found.items()}

    def records_of(self, topic: Topic) -> tuple[str, ...]:
        """Ids of the records that serve a topic, typed on either side, by kind and date."""
        return self.served.get(topic.id, ())

    @cached_property
    def served(self) -> Mapping[str, tuple[str, ...]]:
        """For each topic id what ``records_of`` says."""
        found: dict[str, list[str]] = defaultdict(list)
        for record_id, topics in self.topics_of.items():
            for topic_id in topics:
                found[topic_id].append(record_id)
        kinds = {kind: number for number, kind in enumerate(KINDS)}
        kind_of = self.library.kind_of
        order = {i: (kinds[kind_of[i]] if i in kind_of else 99, self.sort_key(i)) for i in self.topics_of}
        return {topic_id: tuple(sorted(ids, key=order.__getitem__)) for topic_id, ids in found.items()}

    # ---- guidance ----
    @cached_property
    def guidance(self) -> tuple[Naming, ...]:
        """Every guidance passage with its topic, by year, source and place in the tree."""
        found = [Naming(topic, item) for topic in self.library.topics for item in topic.guidance]
        order = {topic.id: index for index, topic in enumerate(self.library.topics)}
        return tuple(sorted(found, key=lambda n: (n.guidance.year, n.guidance.source, order[n.topic.id])))

    @cached_property
    def guidance_of(self) -> Mapping[str, tuple[Naming, ...]]:
        """For each topic id the guidance passages filed under it, in the order of ``guidance``."""
        found: dict[str, list[Naming]] = defaultdict(list)
        for naming in self.guidance:
            found[naming.topic.id].append(naming)
        return {key: tuple(namings) for key, namings in found.items()}

    @cached_property
    def guidance_by(self) -> Mapping[str, tuple[Naming, ...]]:
        """For each source id the guidance passages that it holds, in the order of ``guidance``."""
        found: dict[str, list[Naming]] = defaultdict(list)
        for naming in self.guidance:
            found[naming.guidance.source].append(naming)
        return {key: tuple(namings) for key, namings in found.items()}

    @cached_property
    def guidance_sources(self) -> tuple[tuple[int, str], ...]:
        """The (year, source id) pairs that give guidance, in order of year."""
        return tuple(sorted({(n.guidance.year, n.guidance.source) for n in self.guidance}))

    @cached_property
    def named_by(self) -> Mapping[str, tuple[Naming, ...]]:
        """For each id (record, figure, set) the passages that name it; a set's members are named through it."""
        found: dict[str, list[Naming]] = defaultdict(list)
        for naming in self.guidance:
            named = naming.guidance.names
            for record_id in named:
                found[record_id].append(naming)
            for record_id in named:
                if record_id in self.library.sets:
                    for member in self.library.sets[record_id][1].members:
                        if member not in named:
                            found[member].append(Naming(naming.topic, naming.guidance, record_id))
        return {key: tuple(namings) for key, namings in found.items()}

    def guidance_of_line(self, line: str) -> tuple[Naming, ...]:
        """The passages about one line: by their own lines, or their topic's where they give none."""
        return tuple(n for n in self.guidance if line in (n.guidance.lines or n.topic.lines))

    def names_of_line(self, line: str) -> tuple[NameRow, ...]:
        """What the guidance on one line names: a row a record, figure or set, by kind and date."""
        found: dict[str, dict[str, list[Naming]]] = defaultdict(lambda: defaultdict(list))
        for naming in self.guidance_of_line(line):
            for record_id in self.texts_and_figures(naming.guidance.names):
                if self._concerns(record_id, line):
                    found[record_id][naming.guidance.source].append(naming)
        rows = [NameRow(i, {s: tuple(n) for s, n in by.items()}) for i, by in found.items()]
        return tuple(sorted(rows, key=lambda row: (COMPARED.index(self.kind(row.id)), self.sort_key(row.id))))

    def sources_of_line(self, line: str) -> tuple[tuple[int, str], ...]:
        """The (year, source id) pairs that give guidance on one line, in order of year."""
        return tuple(sorted({(n.guidance.year, n.guidance.source) for n in self.guidance_of_line(line)}))

    def kind(self, any_id: str) -> str:
        """The kind of a record, "sets" or "figures" for those, "" for an unknown id."""
        if any_id in self.library.sets:
            return "sets"
        return "figures" if any_id in self.library.figures else self.library.kind_of.get(any_id, "")

    def texts_and_figures(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Of what a passage names: instruments, documents, sets and figures (not who is to act)."""
        return tuple(i for i in ids if self.kind(i) in COMPARED)

    def _concerns(self, any_id: str, line: str) -> bool:
        """Whether a named thing belongs to the line; what has no line of its own follows the passage."""
        for owned in (self.library.figures, self.library.sets):
            if any_id in owned:
                return owned[any_id][0].id == line
        if any_id in self.library.kind_of and self.library.kind_of[any_id] == "borders":
            return any_id == line
        lines = getattr(self.library.by_id.get(any_id), "lines", ())
        return not lines or line in lines

    def years_of_line(self, line: str) -> tuple[YearStep, ...]:
        """Each year of guidance on a line against the year of guidance before it."""
        named: dict[int, set[str]] = {n.guidance.year: set() for n in self.guidance_of_line(line)}
        for row in self.names_of_line(line):
            for naming in (n for group in row.by_source.values() for n in group):
                named[naming.guidance.year].add(row.id)
        return tuple(self._step(named, before, year) for before, year in pairwise(sorted(named)))

    def _step(self, named: Mapping[int, set[str]], before: int, year: int) -> YearStep:
        def ordered(ids: set[str]) -> tuple[str, ...]:
            return tuple(sorted(ids, key=self.sort_key))

        new = ordered(named[year] - named[before])
        earlier = {i: [y for y in sorted(named) if y < before and i in named[y]] for i in new}
        return YearStep(
            before,
            year,
            new,
            ordered(named[year] & named[before]),
            ordered(named[before] - named[year]),
            {i: years[-1] for i, years in earlier.items() if years},
            ordered({i for i in named[year] if self._over_before(i, year)}),
        )

    def _over_before(self, any_id: str, year: int) -> bool:
        """Whether the period of a text, or its force, ended before the year; not known is no."""
        record = self.library.by_id.get(any_id)
        facts = [getattr(record, name, None) for name in ("period", "terminated")]
        return any(fact is not None and fact.value is not None and fact.value.last().year < year for fact in facts)

    # ---- sources ----
    @cached_property
    def uses(self) -> Mapping[str, tuple[Use, ...]]:
        """For each source id every place that cites it, in the order of the files."""
        found: dict[str, list[Use]] = defaultdict(list)
        for _, uses in self.library.each(_uses):
            for source, use in uses:
                found[source].append(use)
        return {key: tuple(uses) for key, uses in found.items()}

    @cached_property
    def times_cited(self) -> Mapping[str, int]:
        """For each source id the number of places that cite it."""
        return {key: len(uses) for key, uses in self.uses.items()}

    def copies_of(self, document_id: str) -> tuple[Source, ...]:
        """The sources that are copies of a document record."""
        return self.library.copies.get(document_id, ())


def _uses(record: Record) -> tuple[tuple[str, Use], ...]:
    """(source id, use) for every place of a record that cites a source."""
    return tuple(
        (item.source, _use(record, path, item))
        for path, item in parts(record)
        if type(item) in _CITING and item.source
    )


_CITING = frozenset({Citation, Guidance, Variant})


def _use(record: Record, path: Path, item: Citation | Guidance | Variant) -> Use:
    if isinstance(item, Citation):
        return Use(record, path, item.locator, item.says, item.printed)
    if isinstance(item, Guidance):
        return Use(record, path, item.locator, item.asks)
    return Use(record, path, item.locator or "", item.remark, item.text)
