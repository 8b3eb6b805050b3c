"""Fragments about time: the calendar, and the timelines of the library, of lines and of families of texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from macros import axis, occasions, timeline
from macros.axis import Axis
from macros.exports import ics, names, year_scripts
from macros.pages.render import Site
from macros.timeline import Moment

SHARED = "chung"
"""The lane of what belongs to several lines or to none."""


@dataclass(frozen=True, slots=True)
class Section:
    """One timeline of the page: its anchor, heading, what it holds, picture and list."""

    key: str
    title: str
    text: str
    axis: Axis
    moments: tuple[Moment, ...]


class DayFragments:
    """The public methods are macros of hand-written pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._library = site.library

    # ---- the calendar ----
    def calendar_list(self, root: str = "") -> str:
        """This year and the next, month by month; a script shows any other year in their place."""
        years_shown = [(year, _by_month(occasions.of_year(self._library, year))) for year in self._years()]
        undated = [e for e in self._library.events if _has_no_entry(e)]
        choice = {
            "first": year_scripts.YEARS[0],
            "last": year_scripts.YEARS[-1],
            "saved": list(ics.years(self._library)),
        }
        return self._site.render(
            "fragments/calendar_list.html.j2", root, years=years_shown, undated=undated, choice=choice
        )

    def calendar_files(self, root: str = "") -> str:
        """The calendar files: of years, of lines, of topics."""
        span = ics.years(self._library)
        items = [item for year in span for item in occasions.of_year(self._library, year)]
        groups = list(ics.groups(self._library, items))
        return self._site.render(
            "fragments/calendar_files.html.j2", root, years=span, groups=groups, address=names.calendar
        )

    def _years(self) -> tuple[int, int]:
        return (self._site.today.year, self._site.today.year + 1)

    # ---- timelines ----
    def timelines(self, root: str = "") -> str:
        """One timeline for all, one for each line, family of treaties and family of documents."""
        return self._site.render("fragments/timelines.html.j2", root, sections=tuple(self._sections()))

    def _sections(self) -> Iterator[Section]:
        library, site = self._library, self._site
        everything = timeline.everything(library)
        lanes = (*site.line_names.items(), (SHARED, "Nhiều tuyến, hoặc không gắn với tuyến nào"))
        picture = axis.draw(everything, lanes, _lane)
        if picture is None:
            return
        yield Section("tat-ca", "Tất cả", "Điều ước, văn bản và sự kiện của mọi tuyến.", picture, everything)
        for border in library.borders:
            moments = timeline.of_line(library, site.views, border.id)
            yield from self._section(f"tuyen-{border.id}", border.name, "Điều ước và sự kiện.", moments)
        for kind, word in (("treaties", "Họ điều ước"), ("documents", "Họ văn bản")):
            for family in timeline.families(library, site.views, kind):
                yield from self._section(
                    f"ho-{family.root}",
                    f"{word}: {site.name(family.root)}",
                    f"{len(family.members)} văn bản thay thế, bổ sung, sửa đổi hoặc thực hiện nhau, từ văn bản này.",
                    timeline.moments(library, (library.by_id[member] for member in family.members)),
                )

    def _section(self, key: str, title: str, text: str, moments: tuple[Moment, ...]) -> Iterator[Section]:
        picture = axis.draw(moments)
        if picture:
            yield Section(key, title, text, picture, moments)


def _lane(moment: Moment) -> str:
    return moment.lines[0] if len(moment.lines) == 1 else SHARED


def _by_month(items: tuple[occasions.Occasion, ...]) -> list[tuple[int, list[occasions.Occasion]]]:
    return [(month, list(group)) for month, group in groupby(items, key=lambda o: o.day.month)]


def _has_no_entry(event: Any) -> bool:
    """An event that no calendar can show: no date, a date without a day, or a lunar one."""
    dates = event.dates.value or ()
    return event.calendar != "solar" or not any(
        date.as_day() or (date.end and date.start.day and date.end.day) for date in dates
    )
