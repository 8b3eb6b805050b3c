"""Fragments about carrying the library's content out: files, kits of the channels, the tally sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from macros import citations, printed
from macros.exports import api_format, names, tables
from macros.model import KINDS, Event, Library, Treaty
from macros.pages.render import Site
from macros.tally import COUNTED, HEAD, MONTHS, NOTE
from macros.views import Naming

CHANNEL_PAGES = {
    "truyen_thanh": "kenh-truyen-thanh.html",
    "bang_tin": "kenh-bang-tin.html",
    "ban_tin": "kenh-ban-tin.html",
    "tai_lieu": "kenh-tai-lieu.html",
    "truyen_mieng": "kenh-truyen-mieng.html",
    "trang_dien_tu": "kenh-trang-dien-tu.html",
    "mang_xa_hoi": "kenh-mang-xa-hoi.html",
    "tin_nhan": "kenh-tin-nhan.html",
}
"""The eight channels of Nghị định 49/2024/NĐ-CP and their pages, in the order of the vocabulary."""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: the day, for whom, what, and where it stands (an event, or a guidance passage)."""

    when: str
    past: bool
    text: str
    who: str
    id: str
    where: str


ONE_LINE_CHANNELS = ("mang_xa_hoi", "tin_nhan", "bang_tin")
"""Where a citation has to be short."""


def _one_line(library: Library, treaty: Treaty) -> int:
    """Length of the one-line citation, without the words that say where it was found."""
    return len(citations.cite(library, treaty).plain.partition(" (Theo")[0])


class SharingFragments:
    """The public methods are macros of hand-written pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._library = site.library

    def _render(self, name: str, root: str, /, **context: Any) -> str:
        return self._site.render(f"fragments/{name}.html.j2", root, **context)

    # ---- files ----
    @cached_property
    def _tables(self) -> tuple[tables.Outline, ...]:
        return tuple(tables.outlines(self._library))

    def downloads(self, root: str = "") -> str:
        """Every table as Excel, CSV and JSON, and the Word files."""
        return self._render("downloads", root, tables=self._tables, names=names, kinds=tuple(KINDS))

    def data_dictionary(self, root: str = "") -> str:
        """What each column of each table means, from the vocabulary of fields."""
        return self._render("data_dictionary", root, tables=self._tables)

    def format_changes(self, root: str = "") -> str:
        """Every state of the open data's format, newest first."""
        return self._render("format_changes", root, changes=tuple(reversed(api_format.CHANGES)))

    # ---- channels ----
    def channel_list(self, root: str = "") -> str:
        """The eight channels with how many passages of guidance name them."""
        rows = [(channel, page, len(self._asked(channel))) for channel, page in CHANNEL_PAGES.items()]
        return self._render("channel_list", root, rows=rows)

    def channel_kit(self, channel: str = "truyen_thanh", root: str = "") -> str:
        """What of this library fits one channel, and which guidance names it."""
        asked = groupby(self._asked(channel), key=lambda naming: naming.guidance.year)
        by_year = [(year, list(items)) for year, items in asked]
        lengths = self._lengths if channel in ONE_LINE_CHANNELS else ()
        return self._render("channel_kit", root, channel=channel, by_year=by_year, lengths=lengths, names=names)

    def _asked(self, channel: str) -> list[Naming]:
        """The passages that name the channel, the newest year first."""
        own = [naming for naming in self._site.views.guidance if channel in naming.guidance.channels]
        return sorted(own, key=lambda n: (-n.guidance.year, n.guidance.source, n.topic.id, n.guidance.locator))

    def reading_speed(self, root: str = "") -> str:
        """At how many syllables a minute the loudspeaker texts are counted, and what has been measured."""
        return self._render("reading_speed", root, speed=self._library.meta.reading_speed)

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted(self._library.once(_one_line, treaty) for treaty in self._library.treaties)

    # ---- reports ----
    def deadlines(self, root: str = "") -> str:
        """Every deadline that a document gives by its date, and whether it has passed on the day of the data."""
        return self._render("deadlines", root, dues=self._dues())

    def _dues(self) -> list[Due]:
        today = self._site.today
        found = []
        for event in self._library.events:
            if event.kind == "deadline" and event.dates.value:
                found.append((event.dates.value[0], self._due_of_event(event)))
        named = {name for naming in self._site.views.guidance for name in naming.guidance.names}
        for naming in self._site.views.guidance:
            item = naming.guidance
            # A passage whose deadline is an event of its own is listed as that event.
            covered = any(name in named and self._library.kind_of.get(name) == "events" for name in item.names)
            if item.deadline and not covered:
                where = f"{self._site.source_name(item.source)}, {item.locator}"
                due = Due(
                    printed.date(item.deadline),
                    item.deadline.last() < today,
                    item.asks,
                    "; ".join(item.actors),
                    naming.topic.id,
                    where,
                )
                found.append((item.deadline, due))
        return [due for _, due in sorted(found, key=lambda pair: (pair[0], pair[1].id, pair[1].text))]

    def _due_of_event(self, event: Event) -> Due:
        first = event.dates.sources[0] if event.dates.sources else None
        where = f"{self._site.source_name(first.source)}, {first.locator}" if first else printed.UNKNOWN
        past = event.dates.value[0].last() < self._site.today
        return Due(printed.dates(event.dates.value), past, event.summary, event.who or "", event.id, where)

    def tally_sheet(self, root: str = "") -> str:
        """The sheet on which a half-year's work is counted by hand."""
        sheet = {"rows": COUNTED, "head": HEAD, "months": MONTHS, "note": NOTE}
        return self._render("tally_sheet", root, **sheet, pages=CHANNEL_PAGES, file=names.TALLY)
