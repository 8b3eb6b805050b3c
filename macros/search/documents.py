"""What can be found: one search document a record, figure, named set and section of a page.

A document's row answers by itself (dates, status, number); its texts are only indexed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros import printed
from macros.dates import PartialDate
from macros.model import (
    Agency,
    Border,
    Document,
    Event,
    Fact,
    Figure,
    Library,
    Question,
    Record,
    Source,
    Statement,
    TalkingPoint,
    Term,
    Treaty,
    TreatySet,
)
from macros.references import plain, without
from macros.urls import url_of
from macros.walk import of_type

TYPE_OF = {
    "treaties": "treaty",
    "borders": "border",
    "topics": "topic",
    "documents": "document",
    "events": "event",
    "agencies": "agency",
    "glossary": "term",
    "sources": "source",
    "talking_points": "talking_point",
    "questions": "question",
}
_GENERIC = {"treaties": "điều ước ; văn kiện", "documents": "văn bản"}
_KIND_LABEL = {
    "borders": "Tuyến biên giới",
    "topics": "Chủ đề",
    "agencies": "Cơ quan",
    "glossary": "Thuật ngữ",
    "sources": "Nguồn",
    "talking_points": "Điểm nói",
    "questions": "Hỏi – đáp",
}


@dataclass(frozen=True, slots=True)
class SearchDoc:
    """One thing that can be found.

    ``names`` are what it is called (title first), ``facets`` its kind, parties and lines in
    words, ``body`` everything else. ``dates`` are (ISO date, role): ``signed``, ``in_force`` or
    ``other``. ``confusable`` are (id, note) of records that it is taken for.
    """

    id: str
    type: str
    title: str
    url: str
    kind: str
    names: tuple[str, ...]
    answer: str = ""
    status: str = ""
    number: str = ""
    lines: tuple[str, ...] = ()
    facets: str = ""
    body: str = ""
    dates: tuple[tuple[str, str], ...] = ()
    confusable: tuple[tuple[str, str], ...] = ()


def documents(library: Library, sections: tuple[SearchDoc, ...] = ()) -> tuple[SearchDoc, ...]:
    """All search documents: records in the library's order, their parts, sections of pages."""
    return (*(part.document(library) for part in parts(library)), *sections)


@dataclass(frozen=True)
class Part:
    """Something that has a search document of its own: a record, or a figure or set of one."""

    id: str
    record: Record
    document: Callable[[Library], SearchDoc]


def parts(library: Library) -> Iterator[Part]:
    """All parts, in the order of the search documents."""
    for kind, record in library.records():
        if record.withdrawn is None:
            yield Part(record.id, record, lambda lib, kind=kind, record=record: _of_record(lib, kind, record))
    for i, (border, _) in library.figures.items():
        yield Part(i, border, lambda lib, i=i: _of_figure(lib, *lib.figures[i]))
    for i, (border, _) in library.sets.items():
        yield Part(i, border, lambda lib, i=i: _of_set(lib, *lib.sets[i]))


def _of_record(library: Library, kind: str, record: Record) -> SearchDoc:
    lines = tuple(_field(record, "lines", ()))
    own = (record.id,) if isinstance(record, Border) else lines
    label = _kind_label(library, kind, record)
    names = [plain(library, name) for name in _names(record)]
    return SearchDoc(
        id=record.id,
        type=TYPE_OF[kind],
        title=names[0],
        url=url_of(library, record.id),
        kind=label,
        names=tuple(dict.fromkeys(names)),
        answer=_answer(library, record),
        status=_status(library, record),
        number=_field(record, "number") or "",
        lines=own,
        facets=" ; ".join([label, _GENERIC.get(kind, ""), *_party_words(library, record), *_line_words(library, own)]),
        body=_body(library, record),
        dates=tuple(_dates(record)),
        confusable=tuple((c.id, plain(library, c.note)) for c in _field(record, "confusable", ())),
    )


def _field(record: Record, name: str, default: Any = None) -> Any:
    """A field that only some kinds of record have: a model takes long to say that it lacks one."""
    return record.__dict__.get(name, default)


def _kind_label(library: Library, kind: str, record: Record) -> str:
    vocabulary = {"treaties": "treaty_kind", "documents": "document_kind", "events": "event_kind"}
    if kind in vocabulary:
        label = library.label(vocabulary[kind], record.kind)
        return label[:1].upper() + label[1:]
    return _KIND_LABEL[kind]


def _names(record: Record) -> list[str]:
    """What the record is called, the name for the row first."""
    match record:
        case Treaty():
            own = [record.short_title, record.title, record.title_en]
        case Document():
            own = [record.short_title, record.number, record.title]
        case Border():
            own = [record.name, record.short_name]
        case Term():
            own = [record.term, record.expansion]
        case _:
            own = [printed.name(record)]
    misprints = [variant.text for variant in _field(record, "variants", ())]
    return [name for name in (*own, *record.aliases, *misprints) if name]


def _party_words(library: Library, record: Record) -> list[str]:
    parties = _field(record, "parties") or _field(record, "neighbours", ())
    words = [library.label("party", party) for party in parties]
    issuer = _field(record, "issuer")
    if issuer in library.by_id:
        words.append(printed.name(library.by_id[issuer]))
    words += [name for name in (_field(record, "issuer_name"),) if name]
    return words


def _line_words(library: Library, lines: tuple[str, ...]) -> list[str]:
    records = [library.by_id[line] for line in lines if line in library.by_id]
    return [record.short_name for record in records if isinstance(record, Border)]


def _status(library: Library, record: Record) -> str:
    status = _field(record, "status")
    return library.label("status", status.value) if status and status.value else ""


def _answer(library: Library, record: Record) -> str:
    """The line that answers in the result row: "ký … · hiệu lực …"."""
    match record:
        case Treaty():
            parts = [_dated("ký", record.signed), _dated("hiệu lực", record.entered_into_force)]
        case Document():
            parts = [_dated("ban hành", record.issued)]
            if record.entered_into_force.value:
                parts.append(_dated("hiệu lực", record.entered_into_force))
        case Event():
            parts = [printed.dates(record.dates.value)]
        case Agency():
            span = (("từ", record.established), ("đến", record.dissolved))
            parts = [_dated(word, fact) for word, fact in span if fact.value]
            parts = parts or [_short(plain(library, record.summary))]
        case Term():
            parts = [_short(plain(library, record.definition.text))]
        case Source():
            parts = [record.publisher]
        case TalkingPoint():
            parts = [f"{record.stated_by} nêu"] if record.stated_by else []
            parts += [_short(plain(library, fact)) for fact in record.facts[:1]]
        case Question():
            parts = [f"{record.stated_by} nêu"] if record.stated_by else []
            parts += [_short(plain(library, record.answer[0]))]
        case _:
            parts = [_short(plain(library, record.summary))]
    return " · ".join(parts)


def _dated(word: str, fact: Fact[PartialDate]) -> str:
    return f"{word} {printed.date(fact.value)}" if fact.value else f"{word}: {printed.UNKNOWN}"


def _short(text: str, limit: int = 140) -> str:
    """The first words of a text, cut at a space."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0].rstrip(" ,;:") + "…"


_NAMED_APART = {
    "id",
    "aliases",
    "sources",
    "corrections",
    "reviewed_on",
    "withdrawn",
    "confusable",
    "reliability",
}


def _body(library: Library, record: Record) -> str:
    """All texts of the record that are not its names: summaries, statements, places, notes."""
    if isinstance(record, TalkingPoint):
        return ""  # its facts stand in the records that it names; here the line itself is enough
    texts = []
    for path, value in of_type(record, str):
        if path[0] in _NAMED_APART or "sources" in path:
            continue
        if " " in value or path[-1] == "value":
            # What a saying quotes is found under the record that it quotes.
            quoting = isinstance(record, Question)
            texts.append(" ".join(without(value).split()) if quoting else plain(library, value))
    texts += [statement.stated_by for _, statement in of_type(record, Statement) if statement.stated_by]
    return " ; ".join(dict.fromkeys(texts))


_ROLES = {"signed": "signed", "entered_into_force": "in_force", "issued": "signed"}


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    """Dates of the record's own facts and of its approvals; also those in circulation."""
    for name, role in _ROLES.items():
        fact = _field(record, name)
        if fact is not None:
            yield from ((iso, role) for iso in _iso(fact.value))
            yield from ((iso, "other") for other in fact.others for iso in _iso(other.value))
    for approval in _field(record, "approvals", ()):
        yield from ((iso, "other") for iso in _iso(approval.date.value))
    for name in ("dates", "established", "dissolved", "terminated", "period"):
        fact = _field(record, name)
        for value in _several(fact.value if fact else None):
            role = "signed" if name == "dates" else "other"
            yield from ((iso, role) for iso in _iso(value))
    if isinstance(record, Source):
        yield from ((iso, "other") for iso in _iso(record.date))


def _several(value: PartialDate | tuple[PartialDate, ...] | None) -> tuple[PartialDate, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _iso(value: PartialDate | None) -> list[str]:
    if value is None:
        return []
    return [value.start.iso()] + ([value.end.iso()] if value.end else [])


def _of_figure(library: Library, border: Border, figure: Figure) -> SearchDoc:
    label = plain(library, figure.label)
    return SearchDoc(
        id=figure.id,
        type="figure",
        title=label,
        url=url_of(library, figure.id),
        kind="Số liệu",
        names=(label,),
        answer=printed.figure(figure),
        lines=(border.id,),
        facets=f"số liệu ; {border.short_name} ; {border.name}",
        body=" ; ".join(
            [printed.figure(figure), plain(library, figure.basis)]
            + ([plain(library, figure.not_inferred)] if figure.not_inferred else [])
        ),
    )


def _of_set(library: Library, border: Border, treaty_set: TreatySet) -> SearchDoc:
    members = [printed.name(library.by_id[m]) for m in treaty_set.members if m in library.by_id]
    return SearchDoc(
        id=treaty_set.id,
        type="set",
        title=treaty_set.name,
        url=url_of(library, treaty_set.id),
        kind="Bộ văn kiện",
        names=(treaty_set.name, *treaty_set.aliases),
        answer=_short("; ".join(members)),
        lines=(border.id,),
        facets=f"bộ văn kiện ; {border.short_name}",
        body=plain(library, treaty_set.text) + " ; " + " ; ".join(members),
    )


_HEADING = re.compile(r"^(#{1,3})\s+(.+?)\s*(?:\{:?\s*#([\w-]+)[^}]*\})?\s*#*$")
_NOISE = re.compile(r"^---\n.*?\n---\n|```.*?```|\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->|<[^>]+>", re.DOTALL)
_UNLISTED = re.compile(r"^search: *false *$", re.MULTILINE)
_SIGNS = re.compile(r"\{:?[^}]*\}|[*_`>|\s]+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def page_sections(pages: Mapping[str, str]) -> tuple[SearchDoc, ...]:
    """One document for each headed section of hand-written pages.

    A page with ``search: false`` in its front matter is left out.

    ``pages`` maps the path of a Markdown file below ``docs/`` to its text. Anchors are those
    that Python-Markdown's toc extension gives; macros' output is not part of the text.
    """
    found: list[SearchDoc] = []
    for path in sorted(pages):
        if not _UNLISTED.search(pages[path].partition("\n---\n")[0]):
            found += _sections(path.removesuffix(".md") + ".html", pages[path])
    return tuple(found)


def _sections(url: str, text: str) -> Iterator[SearchDoc]:
    from markdown.extensions.toc import slugify, unique

    used: set[str] = set()
    page, title, anchor, lines = "", "", "", []
    for line in [*_NOISE.sub("", text).splitlines(), "# "]:
        heading = _HEADING.match(line)
        if heading is None and line != "# ":
            lines.append(_SIGNS.sub(" ", _LINK.sub(r"\1", line)).strip(" -"))
            continue
        if title:
            yield _section(url, page, title, anchor, " ".join(filter(None, lines)))
        if heading is not None:
            title = _SIGNS.sub(" ", _LINK.sub(r"\1", heading[2])).strip()
            slug = heading[3] or unique(slugify(title, "-"), used)
            anchor = "" if len(heading[1]) == 1 else slug
            page, lines = page or title, []


def _section(url: str, page: str, title: str, anchor: str, text: str) -> SearchDoc:
    address = f"{url}#{anchor}" if anchor else url
    return SearchDoc(
        id=f"trang:{address}",
        type="page",
        title=title,
        url=address,
        kind="Trang" if title == page else page,
        names=(title,),
        answer=_short(text),
        body=text,
    )
