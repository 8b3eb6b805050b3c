"""One A4 sheet of a treaty, a line or a topic: what matters most, in large type, with its sources.

The sheet is what is pinned to a notice board or handed round at a meeting. It must fit on one page
in the size of type that is asked for, so what goes on it is weighed in lines of that size, most
important things first; what does not fit is counted and said to be on the full page. Nothing is cut
inside a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros import printed, references, talking_points
from macros.model import Border, Citation, Contested, Fact, Library, Statement, TalkingPoint, Topic, Treaty
from macros.numbering import SourceNumbers
from macros.views import Views

LINES = 36.0
"""Lines of 14-point type that the body of one sheet holds, head and foot taken off."""
CHARACTERS = 66
"""Characters of the site's type in one such line: 165 mm wide."""
CELLS = (18, 41)
"""The same in the two columns of the table at the top."""
SOURCE_LINE = 0.66
"""Height of a line of the list of sources, which is set smaller, and holds more characters."""
SOURCE_CHARACTERS = 96
LARGE, USUAL = 14, 12
"""The two sizes of type, in points; the numbers above are those of the large one."""
SOURCES_EACH = 2
"""Sources named for one statement; the page lists all of them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table at the top, or a paragraph: ``lead`` in bold, text, numbers of sources."""

    lead: str
    text: str
    marks: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """``left_out`` counts paragraphs that did not fit; ``sources`` are (number, text)."""

    kind: str
    title: str
    rows: tuple[Row, ...]
    paragraphs: tuple[Row, ...]
    left_out: int
    sources: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Item:
    lead: str
    text: str
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All that a sheet would say if it had room, most important things first."""

    kind: str
    title: str
    rows: tuple[_Item, ...]
    body: tuple[_Item, ...]


def of_treaty(library: Library, views: Views, treaty: Treaty) -> Content:
    """The dates, the status, what it says and what it is taken for."""
    label = library.label
    rows = [
        _Item("Các bên", " – ".join(label("party", party) for party in treaty.parties)),
        _fact(library, treaty, "signed", _at(treaty)),
        *_approvals(library, treaty),
        _fact(library, treaty, "entered_into_force"),
        _fact(library, treaty, "status", _checked(treaty)),
    ]
    body = [
        *(_statement(library, item) for item in _by_nature(treaty.statements, "fact", "position")),
        *(
            _Item(f"Dễ nhầm với {references.name_of(library, other)}:", references.plain(library, note))
            for other, note in views.confusable.get(treaty.id, ())
        ),
        *(_statement(library, item) for item in _by_nature(treaty.statements, "note")),
    ]
    return Content("Điều ước", treaty.title, tuple(rows), tuple(body))


def of_line(library: Library, border: Border) -> Content:
    """What is settled and what remains, then the figures with their basis."""
    body = [_Item("", references.plain(library, border.summary), border.sources)]
    for item in border.stages:
        stage, state = library.label("stage", item.stage), library.label("stage_state", item.state)
        lead = f"{printed.capitalised(stage)} – {state}:"
        as_of = f" (tính đến {printed.date(item.as_of)})" if item.as_of else ""
        body.append(_Item(lead, references.plain(library, item.text) + as_of, item.sources))
    for figure in border.figures:
        as_of = f"; tính đến {printed.date(figure.fact.as_of)}" if figure.fact.as_of else ""
        text = f"{printed.figure(figure)}{as_of}. {references.plain(library, figure.basis)}"
        body.append(_Item(f"{figure.label}:", text, figure.fact.sources))
    body += [_statement(library, item) for item in _by_nature(border.statements, "fact", "position", "note")]
    return Content("Tuyến biên giới", border.name, (), tuple(body))


def of_topic(library: Library, views: Views, topic: Topic) -> Content:
    """What it is about, the lines to say, and the treaties with their dates."""
    body = [_Item("", references.plain(library, topic.summary), topic.sources)]
    body += [_statement(library, item) for item in _by_nature(topic.statements, "fact", "position")]
    body += [_point(library, item) for item in library.points.get(topic.id, ())]
    for any_id in views.records_of(topic):
        record = library.by_id.get(any_id)
        if isinstance(record, Treaty):
            dates = f"ký {printed.date(record.signed.value)}, hiệu lực {printed.date(record.entered_into_force.value)}."
            basis = (*record.signed.sources[:1], *record.entered_into_force.sources[:1])
            body.append(_Item(f"{record.short_title}:", dates, basis))
    body += [_statement(library, item) for item in _by_nature(topic.statements, "note")]
    return Content("Chủ đề", topic.title, (), tuple(body))


def _by_nature(items: Iterable[Statement], *natures: str) -> Iterator[Statement]:
    items = list(items)
    return (item for nature in natures for item in items if item.nature == nature)


def _fact(library: Library, treaty: Treaty, name: str, more: str = "") -> _Item:
    fact: Fact = getattr(treaty, name)
    return _Item(library.label("field", name), printed.field(library, treaty, name) + more, fact.sources)


def _at(treaty: Treaty) -> str:
    return f", tại {treaty.signed_place.value}" if treaty.signed_place.value else ""


def _checked(treaty: Treaty) -> str:
    return f" (kiểm tra ngày {printed.date(treaty.status.checked_on)})" if treaty.status.checked_on else ""


def _approvals(library: Library, treaty: Treaty) -> list[_Item]:
    if not treaty.approvals:
        return [_Item("Phê chuẩn", printed.UNKNOWN)]
    return [
        _Item(
            f"{library.label('party', item.party)} {library.label('approval_act', item.act)}",
            printed.date(item.date.value),
            item.date.sources,
        )
        for item in treaty.approvals
    ]


def _statement(library: Library, item: Statement) -> _Item:
    lead = {
        "position": f"Lập trường – {references.plain(library, item.stated_by or 'chưa ghi ai nêu')}:",
        "note": "Ghi chú của thư viện:",
    }.get(item.nature, "")
    as_of = f" (tính đến {printed.date(item.as_of)})" if item.as_of else ""
    text = references.plain(library, item.text) + as_of + _contested(library, item.contested)
    contested = item.contested.sources[:1] if item.contested else ()
    return _Item(lead, text, (*item.sources[: SOURCES_EACH - len(contested)], *contested))


def _point(library: Library, item: TalkingPoint) -> _Item:
    lead = f"{talking_points.whose_words(library, item)}:" if item.nature != "fact" else ""
    text = references.plain(library, item.main) + _contested(library, item.contested)
    return _Item(lead, text, talking_points.basis(library, item))


def _contested(library: Library, item: Contested | None) -> str:
    """Never left out: a position stands with the word on the other side, or not at all."""
    return f" Điều còn tranh chấp: {references.plain(library, item.text)}" if item else ""


# ---- fitting ----
def both(library: Library, content: Content) -> tuple[Sheet, Sheet]:
    """The sheet in the usual and in the large type."""
    large = fit(library, content, LARGE)
    # What has room in the large type has room in any smaller one.
    return (fit(library, content, USUAL) if large.left_out else large), large


def fit(library: Library, content: Content, points: int = LARGE) -> Sheet:
    """What of the content has room in type of so many points."""
    numbers = SourceNumbers(library)
    known: set[tuple[str, str]] = set()
    more = LARGE / points  # smaller type: so many times the lines, and the characters in each
    room = LINES * more - 1.6 * _lines(content.title, CHARACTERS * 0.7 * more) - 2
    drawn = []
    for item in content.rows:
        room -= _cost(numbers, item, known, more, in_table=True)
        drawn.append(Row(item.lead, item.text, numbers.marks(_few(item, known))))
    paragraphs, left_out = [], 0
    for item in content.body:
        cost = _cost(numbers, item, known, more) + 0.35
        if cost > room:
            left_out += 1
            continue
        room -= cost
        paragraphs.append(Row(item.lead, item.text, numbers.marks(_few(item, known))))
    sources = tuple((number, numbers.short(place)) for number, place in numbers.listed())
    return Sheet(content.kind, content.title, tuple(drawn), tuple(paragraphs), left_out, sources)


def _few(item: _Item, known: set[tuple[str, str]]) -> tuple[Citation, ...]:
    chosen = item.basis[:SOURCES_EACH]
    known |= {(place.source, place.locator) for place in chosen}
    return chosen


def _cost(
    numbers: SourceNumbers, item: _Item, known: set[tuple[str, str]], more: float, *, in_table: bool = False
) -> float:
    """Lines that the item and the sources that it brings along take; ``more`` is how much a line holds."""
    chosen = item.basis[:SOURCES_EACH]
    text = f"{item.text} {'[0]' * len(chosen)}"
    new = [place for place in chosen if (place.source, place.locator) not in known]
    listed = sum(_lines(f"[00] {numbers.short(place)}", SOURCE_CHARACTERS * more) * SOURCE_LINE for place in new)
    if in_table:
        return max(_lines(item.lead, CELLS[0] * more), _lines(text, CELLS[1] * more)) + 0.25 + listed
    return _lines(f"{item.lead} {text}", CHARACTERS * more) + listed


def _lines(text: str, width: float) -> int:
    return max(1, math.ceil(len(text) / width))
