"""Fragments about time: the timelines of the library, of each line and of each family of texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros import axis, timeline
from macros.axis import Axis
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
            moments = timeline.of_line(library, border.id)
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
