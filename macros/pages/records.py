"""What each kind of record page shows: title, one-sentence answer, and the values for its template.

A builder takes the site and a record and returns the context of ``templates/<kind>.html.j2``;
``title`` and ``description`` are plain text for the frame and the search results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from macros import axis, citations, loa, occasions, printed, references, timeline
from macros.drawing import Node, Star, Tall, star, tall
from macros.model import Approval, Border, Document, Event, Fact, Figure, Record, Source, TalkingPoint, Topic, Treaty
from macros.pages.render import Site
from macros.printed import capitalised, uncapitalised
from macros.urls import url_of
from macros.views import Naming, Use

CONFIDENCE_ORDER = ("high", "medium", "low", None)
COMING_SHOWN = 8
"""Days to come on the page of a line."""
YEARS_AHEAD = 5
"""An event's page shows this year's anniversary and those of the following years."""


def treaty(site: Site, record: Treaty) -> dict[str, Any]:
    """The card, what it says, relations, guidance, anniversaries, citations, other values."""
    year = site.today.year
    return {
        "title": record.short_title,
        "description": _treaty_answer(site, record),
        "approvals": sorted(record.approvals, key=_approval_order),
        "approval_groups": _approval_groups(record),
        "unknown": _unknown_labels(site, record, ("authentic_languages", "depositary", "registration")),
        "occasions": _by_day(item for y in (year, year + 1) for item in occasions.of_treaty(record, y)),
        "aloud": [(day, loa.editions(site.library, day)) for day in occasions.next_times(record, site.today)],
        "dayless": occasions.without_a_day(record),
        "cite": citations.cite(site.library, record),
        "namings": site.views.named_by.get(record.id, ()),
        **relation_pictures(site, record),
        "disputed": _disputed(record),
    }


def _by_day(items: Iterable[occasions.Occasion]) -> list[occasions.Occasion]:
    return sorted(items, key=lambda item: (item.day, item.field or ""))


def _approval_order(item: Approval) -> tuple[Any, ...]:
    """Dated ones first, by date; then by party."""
    return (item.date.value is None, item.date.value or 0, item.party, item.act)


def _approval_groups(record: Treaty) -> list[tuple[Fact, str, tuple[str, ...]]]:
    """(date, act, parties): parties that did the same on the same day share a line of the card."""
    groups: dict[tuple[Any, str], list[Approval]] = {}
    for item in sorted(record.approvals, key=_approval_order):
        groups.setdefault((item.date.value, item.act), []).append(item)
    result = []
    for (_, act), items in groups.items():
        # The line is as sure as its weakest part.
        weakest = max((i.date for i in items), key=lambda f: CONFIDENCE_ORDER.index(f.confidence))
        sources = tuple(dict.fromkeys(source for i in items for source in i.date.sources))
        fact = weakest.model_copy(update={"sources": sources})
        result.append((fact, act, tuple(i.party for i in items)))
    return result


def _treaty_answer(site: Site, record: Treaty) -> str:
    parts = [f"Ký {printed.date(record.signed.value)}"]
    if record.signed_place.value:
        parts[0] += f" tại {record.signed_place.value}"
    parts.append(f"hiệu lực {printed.date(record.entered_into_force.value)}")
    if record.status.value:
        parts.append(site.library.label("status", record.status.value))
    parts.append(" – ".join(site.library.label("party", party) for party in record.parties))
    return " · ".join(parts)


def _unknown_labels(site: Site, record: Record, fields: tuple[str, ...]) -> list[str]:
    """Labels of the fields that no source settles; they are named together instead of one by one."""
    return [uncapitalised(site.library.label("field", name)) for name in fields if getattr(record, name).value is None]


def _disputed(record: Record) -> list[tuple[str, Fact]]:
    """The facts of a record that sources disagree about, as (field, fact)."""
    fields = ((name, getattr(record, name)) for name in type(record).model_fields)
    return [(name, value) for name, value in fields if isinstance(value, Fact) and value.others]


def relation_pictures(site: Site, record: Record) -> dict[str, Star | Tall | None]:
    """The two drawings of a record's relations, for wide and for narrow screens; None where there are none."""
    links = site.views.links.get(record.id, ())
    if not links:
        return {"picture": None, "tall": None}
    older, newer = [], []
    for link in links:
        target = site.library.by_id.get(link.other)
        address = f"../{url_of(site.library, link.other)}" if target else None
        # The word on an arrow is that of the record it starts from, whichever side we stand on.
        node = Node(site.name(link.other), address, site.library.label("relation", link.type), link.type != "related")
        (newer if link.inverse else older).append(node)
    here = Node(site.name(record.id), None)
    return {"picture": star(here, older, newer), "tall": tall(here, older, newer)}


def border(site: Site, record: Border) -> dict[str, Any]:
    """The status page of a line: stages, figures, provinces, sets, treaties, what is asked."""
    views = site.views
    moments = timeline.of_line(site.library, views, record.id)
    treaties = views.treaties_by_line.get(record.id, ())
    main = _main_figures(record)
    stages = "; ".join(
        f"{site.library.label('stage', s.stage)}: {site.library.label('stage_state', s.state)}" for s in record.stages
    )
    return {
        "title": record.name,
        "description": capitalised(stages) if stages else references.plain(site.library, record.summary),
        "treaties": treaties,
        "shares": _shares(site, record),
        "figures_in": _named_in,
        "figures": main,
        "more_figures": [figure for figure in record.figures if figure not in main],
        "others_of": _others_of,
        "documents": views.documents_by_line.get(record.id, ()),
        "events": views.events_by_line.get(record.id, ()),
        "topics": [t for t in site.library.topics if record.id in t.lines or t.id in record.topics],
        "moments": moments,
        "axis": axis.draw(moments),
        "upcoming": site.coming_of.get(record.id, ())[:COMING_SHOWN],
        "asked": _asked_of_line(site, record.id),
        "points": _points_of_line(site, record.id),
        "questions": [item for item in site.library.questions if record.id in item.lines],
    }


def _points_of_line(site: Site, line: str) -> list[tuple[str, list[TalkingPoint]]]:
    """(topic id, its points about the line): topics of this line alone first, then those of several."""
    groups = []
    for topic in site.library.topics:
        points = [point for point in site.library.points.get(topic.id, ()) if line in point.lines]
        if points:
            groups.append((topic.id, points))
    return sorted(groups, key=lambda group: group[1][0].lines != (line,))


def _named_in(text: str) -> set[str]:
    return {reference.id for reference in references.find(text)}


def _main_figures(record: Border) -> list[Figure]:
    """The figures that tell the state of the line: the first (its length), and those of its summary and stages."""
    named = _named_in(record.summary).union(*(_named_in(s.text) | set(s.figures) for s in record.stages))
    return [figure for i, figure in enumerate(record.figures) if i == 0 or figure.id in named]


def _others_of(figure: Figure) -> str:
    """The other values in circulation in one line: "1.245 km; 1.137 km"."""
    return "; ".join(printed.amount(other.value, figure.unit) for other in figure.fact.others)


def _asked_of_line(site: Site, line: str) -> dict[tuple[int, str], dict[str, list[str]]]:
    """(year, source) -> topic id -> locators of what that document asks about the line."""
    asked: dict[tuple[int, str], dict[str, list[str]]] = {}
    for naming in site.views.guidance_of_line(line):
        topics = asked.setdefault((naming.guidance.year, naming.guidance.source), {})
        topics.setdefault(naming.topic.id, []).append(naming.guidance.locator)
    return asked


def _shares(site: Site, record: Border) -> list[tuple[Figure, Figure]]:
    """Pairs of percentages of one unfinished step that make up the whole: what is done, and the rest.

    Only unfinished steps are asked: the two shares of a gulf also make 100%, and neither is "done".
    """
    pairs = []
    for stage in (stage for stage in record.stages if stage.state == "partial"):
        figures = [site.library.figures[i][1] for i in stage.figures if i in site.library.figures]
        parts = [figure for figure in figures if figure.unit == "%" and figure.fact.value is not None]
        if len(parts) == 2 and sum(figure.fact.value for figure in parts) == 100:
            pairs.append((parts[0], parts[1]))
    return pairs


def topic(site: Site, record: Topic) -> dict[str, Any]:
    """A topic in its tree, what it is about, the records for it, and what each document asks."""
    return {
        "title": record.title,
        "description": references.plain(site.library, record.summary),
        "children": site.views.children.get(record.id, ()),
        "by_kind": _by_kind(site, site.views.served.get(record.id, ())),
        "namings": site.views.guidance_of.get(record.id, ()),
        "points": loa.of_points(site.library, site.library.points.get(record.id, ())),
        "questions": site.library.asked.get(record.id, ()),
    }


def _by_kind(site: Site, ids: tuple[str, ...]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for any_id in ids:
        groups.setdefault(site.views.kind(any_id), []).append(any_id)
    return groups


def document(site: Site, record: Document) -> dict[str, Any]:
    """A card like the treaty's, who names it, its relations and, for guidance, what it asks."""
    copies = site.library.copies.get(record.id, ())
    asks = _asked_by(site, copies)
    return {
        "title": record.short_title,
        "description": _document_answer(site, record),
        "issuer": citations.issuer(site.library, record),
        "copies": copies,
        "not_printed": any(source.sha256 for source in copies),
        "cite": citations.cite(site.library, record),
        "namings": site.views.named_by.get(record.id, ()),
        "asks": asks,
        "asks_by_root": _by_root(site, asks),
        **relation_pictures(site, record),
        "disputed": _disputed(record),
    }


def _by_root(site: Site, namings: list[Naming]) -> list[tuple[str, list[Naming]]]:
    """(title of the root topic, passages), in the order in which the passages first reach a root."""
    groups: dict[str, list[Naming]] = {}
    for naming in namings:
        groups.setdefault(site.views.root(naming.topic).title, []).append(naming)
    return list(groups.items())


def _asked_by(site: Site, copies: tuple[Source, ...]) -> list[Naming]:
    """The guidance passages of a document, in whichever copies of it they are cited."""
    found = [naming for source in copies for naming in site.views.guidance_by.get(source.id, ())]
    return sorted(found, key=lambda n: (n.guidance.year, n.guidance.source)) if len(copies) > 1 else found


def _document_answer(site: Site, record: Document) -> str:
    parts = [f"{site.library.label('document_kind', record.kind)}{f' số {record.number}' if record.number else ''}"]
    parts.append(f"ban hành {printed.date(record.issued.value)}")
    by = citations.issuer(site.library, record)
    if by:
        parts.append(by)
    if record.status.value:
        parts.append(site.library.label("status", record.status.value))
    return " · ".join(parts)


def event(site: Site, record: Event) -> dict[str, Any]:
    """The day, the coming years with their class, and the records about it."""
    dates = record.dates.value or ()
    years = range(site.today.year, site.today.year + YEARS_AHEAD + 1)
    coming = (
        []
        if record.calendar != "solar" or not record.yearly
        else [item for year in years for date in dates for item in occasions.nth_years(date, (year,))]
    )
    kind = capitalised(site.library.label("event_kind", record.kind))
    return {
        "title": record.title,
        "description": f"{kind} · {printed.dates(dates)}{' · hằng năm' if record.yearly else ''}",
        "coming": coming,
        "topic_ids": site.views.topics_of.get(record.id, ()),
        "namings": site.views.named_by.get(record.id, ()),
        "disputed": _disputed(record),
        **_aloud(site, record),
    }


def _aloud(site: Site, record: Event) -> dict[str, Any]:
    """The loudspeaker text for the next time that the day comes round; empty where it does not."""
    for coming in occasions.next_times(record, site.today):
        return {"loa": loa.editions(site.library, coming), "loa_day": coming.day}
    return {"loa": (), "loa_day": None}


def source(site: Site, record: Source) -> dict[str, Any]:
    """What the source is, how far it can be relied on, and every place that cites it."""
    uses = site.views.uses.get(record.id, ())
    kind = capitalised(site.library.label("source_kind", record.kind))
    dated = f" · {printed.date(record.date)}" if record.date else ""
    return {
        "title": f"{record.title} ({record.publisher})",
        "description": f"{kind} · {record.publisher}{dated} · {len(uses)} chỗ dẫn trong thư viện",
        "uses": [(use, field_label(site, use)) for use in uses],
        "document_record": site.library.by_id.get(record.document or ""),
    }


_STRUCTURE = {"sources", "fact", "date", "definition"}
"""Steps of a path that say nothing to a reader once the field above them is named."""


def field_label(site: Site, use: Use) -> str:
    """The Vietnamese name of the field that a citation supports: "Ngày ký", "Nội dung, câu 2"."""
    names = [step for step in use.path if isinstance(step, str) and step not in _STRUCTURE]
    if not names:
        return "Nghĩa" if "definition" in use.path else "Cả trang"
    label = site.library.label("field", names[0])
    index = use.path[use.path.index(names[0]) + 1] if use.path.index(names[0]) + 1 < len(use.path) else None
    if names[0] == "statements" and isinstance(index, int):
        label += f", câu {index + 1}"
    elif names[0] == "figures" and isinstance(index, int):
        label += f": {use.record.figures[index].label}"
    return label + (", giá trị khác" if "others" in names else "")


BUILDERS: Mapping[str, Callable[[Site, Any], dict[str, Any]]] = {
    "treaties": treaty,
    "borders": border,
    "topics": topic,
    "documents": document,
    "events": event,
    "sources": source,
}
"""By kind; a test holds it against macros.urls.FOLDER_OF."""
