"""The one place where records become HTML: autoescaping templates and the words that they use."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from macros import loa, occasions, printed, references, sheet, talking_points, timeline
from macros.exports import ics, names
from macros.model import Border, Fact, Library, PartialDate, Record, Topic, Treaty
from macros.pages.page import Heading, Page
from macros.pages.templating import Templates, escaped, marked
from macros.printed import KIND_TITLE, capitalised, uncapitalised
from macros.sheet import Sheet
from macros.urls import url_of
from macros.views import Views

STATUS_CLASS = {
    "hieu_luc": "in-force",
    "het_hieu_luc": "terminated",
    "da_thay_the": "replaced",
    "het_giai_doan": "period-ended",
    "chua_hieu_luc": "not-yet",
    "chua_kiem_chung": "unverified",
    "chua_ro": "unknown",
}
"""Looks of the terms of the vocabulary ``status``; a new term without a look is shown plainly."""

UNKNOWN = Markup('<span class="cm-unknown">{}</span>').format(printed.UNKNOWN)
_HEADING = re.compile(r'([^"]+)">(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class Site:
    """What all pages share: the library, its derived views, the day, and the templates."""

    def __init__(self, library: Library, today: dt.date) -> None:
        self.library = library
        self.today = today
        self.views = Views(library)
        self._environments: dict[str, Templates] = {}

    def render(self, template: str, root: str, **context: Any) -> str:
        """A template filled in. ``root`` leads from the page to the site's root ("" or "../").

        Lines are joined: Markdown would take an indented or blank line for its own.
        """
        text = self._environment(root).get_template(template).render(context)
        return "\n".join(filter(None, map(str.lstrip, text.split("\n")))).rstrip()

    def page(self, kind: str, record: Record, *, title: str, description: str, **context: Any) -> Page:
        """The page of one record, from the template of its kind."""
        body = self.render(f"{kind}.html.j2", "../", record=record, **context)
        notice = self.render("withdrawn.html.j2", "../", record=record) if record.withdrawn else ""
        return Page(
            path=url_of(self.library, record.id),
            title=title,
            description=description,
            kind=kind,
            record_id=record.id,
            body=body,
            crumbs=self._crumbs(kind, record),
            headings=headings(body),
            notice=notice,
        )

    def _crumbs(self, kind: str, record: Record) -> tuple[tuple[str, str], ...]:
        crumbs = [("Trang chủ", "../index.html"), (KIND_TITLE[kind], "index.html")]
        if isinstance(record, Topic):
            crumbs += [(topic.title, f"{topic.id}.html") for topic in self.views.ancestors(record)]
        return tuple(crumbs)

    def _environment(self, root: str) -> Templates:
        if root not in self._environments:
            self._environments[root] = environment(self, root)
        return self._environments[root]

    # ---- words ----
    def name(self, any_id: str) -> str:
        """The short name of a record, figure or set, as plain text; the id itself when there is none."""
        return references.name_of(self.library, any_id)

    def source_name(self, source_id: str) -> str:
        """How people call a source: the short title of the document that it is a copy of, else its title."""
        return references.source_name(self.library, source_id)

    def remembering(self, make: Callable[..., Any]) -> Callable[..., Any]:
        """``make`` with a memory for what it has made of the same words."""
        return cache(make)

    def sheets(self, record: Record) -> tuple[Sheet, Sheet]:
        """The one-page sheet of a treaty, a line or a topic, in the usual and in the large type."""
        return sheet.both(self.library, self._content(record))

    def _content(self, record: Record) -> sheet.Content:
        if isinstance(record, Treaty):
            return sheet.of_treaty(self.library, self.views, record)
        if isinstance(record, Border):
            return sheet.of_line(self.library, record)
        if isinstance(record, Topic):
            return sheet.of_topic(self.library, self.views, record)
        raise TypeError(type(record).__name__)

    @cached_property
    def with_days(self) -> frozenset[str]:
        """Lines and topics that have a calendar file."""
        days = (item for year in ics.years(self.library) for item in occasions.of_year(self.library, year))
        return frozenset(any_id for any_id, _, _ in ics.groups(self.library, days))

    @cached_property
    def coming_of(self) -> Mapping[str, tuple[occasions.Occasion, ...]]:
        """For each line the days to come."""
        found: dict[str, list[occasions.Occasion]] = {}
        for item in occasions.upcoming(self.library, self.today):
            for line in item.lines:
                found.setdefault(line, []).append(item)
        return MappingProxyType({line: tuple(items) for line, items in found.items()})

    @cached_property
    def read_aloud(self) -> frozenset[occasions.Occasion]:
        """The days whose text for the loudspeaker stands on the page of their record."""
        records = (*self.library.treaties, *self.library.events)
        return frozenset(day for record in records for day in occasions.next_times(record, self.today))

    @cached_property
    def family_of(self) -> dict[str, str]:
        """For each treaty or document with relatives the oldest of them, whose name its timeline bears."""
        kinds = ("treaties", "documents")
        found = [family for kind in kinds for family in timeline.families(self.library, self.views, kind)]
        return {member: family.root for family in found for member in family.members}

    @cached_property
    def line_names(self) -> dict[str, str]:
        """Id and short name of every line, in the order of the file."""
        return {border.id: border.short_name for border in self.library.borders}

    def terms(self, vocabulary: str) -> dict[str, str]:
        """Id and label of every term of a vocabulary, in its order (for filters)."""
        return {term.id: capitalised(term.label) for term in self.library.vocabulary.get(vocabulary, {}).values()}

    def guidance_names(self) -> dict[str, str]:
        """Id and name of every source that gives guidance, by year."""
        return {source: self.source_name(source) for _, source in self.views.guidance_sources}


def headings(body: str) -> tuple[Heading, ...]:
    """The second-level headings of a body, as text."""
    # A plain search for where they begin takes a tenth of the time of a pattern over the whole body.
    found = map(_HEADING.match, body.split('<h2 id="')[1:])
    return tuple(Heading(match[1], html.unescape(_TAG.sub("", match[2])).strip()) for match in found if match)


def environment(site: Site, root: str) -> Templates:
    """Templates with autoescaping, and filters whose links start from ``root``."""
    words = Words(site, root)
    return Templates(_filters(site, words), _globals(site, words))


def _filters(site: Site, words: Words) -> dict[str, Callable[..., Any]]:
    """What templates write after a bar."""
    return {
        "day": lambda day: printed.date(PartialDate.of(day)),
        "prose": words.prose,
        "link": words.link,
        "show": words.show,
        "date": printed.date,
        "kept": lambda text: printed.written_date(text) or text,
        "number": printed.number,
        "period": printed.period,
        "figure": printed.figure,
        "name": site.name,
        "source_name": site.source_name,
        "linked_source": words.linked_source,
        "cap": capitalised,
        "occasion_when": occasions.when,
        "occasion_weekday": occasions.weekday,
        "occasion_lead": occasions.lead,
        "occasion_count": lambda item: occasions.count(site.library, item),
        "low": uncapitalised,
    }


def _globals(site: Site, words: Words) -> dict[str, Any]:
    """What templates find under a name, at one depth of the site."""
    library = site.library
    return {
        "site": site,
        "library": library,
        "views": site.views,
        "label": library.label,
        "root": words.root,
        "url": words.url,
        "files": names,
        "UNKNOWN": UNKNOWN,
        "status_class": lambda term: STATUS_CLASS.get(term, "unknown"),
        "KIND_TITLE": KIND_TITLE,
        "title_of": site.name,
        "parties": lambda ids: " – ".join(library.label("party", party) for party in ids),
        "basis": lambda saying: talking_points.basis(library, saying),
        "copy_text": lambda saying: talking_points.copy_text(library, saying),
        "editions": lambda saying: loa.editions(library, saying),
    }


class Words:
    """Filters that make links; bound to one depth of the site."""

    def __init__(self, site: Site, root: str) -> None:
        self.site = site
        self.root = root
        # Some records are linked from thousands of places.
        self.link = site.remembering(self._link)
        self.linked_source = site.remembering(self._linked_source)

    def url(self, any_id: str) -> str | None:
        """Address of a record, figure or set from the page; None when it is not in the library."""
        try:
            return self.root + url_of(self.site.library, any_id)
        except KeyError:
            return None

    def _link(self, any_id: str, text: str | None = None) -> Markup:
        """A link that carries the short name, or ``text``."""
        address, words = self.url(any_id), text or self.site.name(any_id)
        # Put together by hand, because Markup.format takes five times as long.
        return Markup(f'<a href="{escape(address)}">{escape(words)}</a>') if address else escape(words)

    def _linked_source(self, source_id: str) -> Markup:
        """A link to the source, under the name that people use."""
        return self.link(source_id, self.site.source_name(source_id))

    def prose(self, text: str) -> Markup:
        """Running text with its references printed and linked."""
        if "[[" not in text:
            return marked(escaped(text))
        pieces = references.pieces(self.site.library, text)
        return marked("".join([self.link(p.id, p.text) if p.id else escaped(p.text) for p in pieces]))

    def show(self, value: Any, vocabulary: str | None = None, unit: str | None = None) -> Markup:
        """The printed form of any value that a fact may hold; the mark of the unknown for None."""
        if isinstance(value, Fact):
            value = value.value
        if value is None or value == ():
            return UNKNOWN
        if vocabulary:
            return escape(self.site.library.label(vocabulary, value))
        if isinstance(value, PartialDate):
            return escape(printed.date(value))
        if isinstance(value, tuple):
            if isinstance(value[0], PartialDate):
                return escape(printed.dates(value))
            return Markup("; ").join(self.show(item) for item in value)
        if isinstance(value, (int, float)):
            return escape(printed.amount(value, unit))
        return self.prose(value)
