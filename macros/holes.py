"""Holes in hand-written pages, filled with what records say after the page has been rendered.

A page in docs/ calls a fragment (a table of ten thousand rows, perhaps); MkDocs and Markdown get
a comment in its place, so that they need not read the table, and so that the fragment can be made
anew without them. Nothing here needs a record or a fragment: pages are rendered while the records
are still being read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

FRAGMENTS = (
    # the home page
    "hero_search",
    "next_events",
    "doors",
    # lists of records
    "line_status",
    "treaty_table",
    "document_table",
    "border_list",
    "topic_tree",
    "event_table",
    "source_table",
    "glossary_list",
    "question_list",
    "agency_table",
    # guidance
    "guidance_matrix",
    "guidance_table",
    "deadlines",
    # days
    "calendar_list",
    "calendar_files",
    "timelines",
    # what changed
    "year_changes",
    "corrections_list",
    "recent_changes",
    # the library itself
    "words_of",
    "counts",
    "about_facts",
    # to take away and to pass on
    "downloads",
    "data_dictionary",
    "format_changes",
    "channel_list",
    "channel_kit",
    "reading_speed",
    "tally_sheet",
)
"""What a hand-written page may call, by the names of the functions in macros.pages.fragments."""

_MARK = re.compile(r"<!--cot-moc:(\d+)-->")


@dataclass(frozen=True)
class Call:
    """One call of a fragment, as ``{{ name(args, key=option) }}`` in a page."""

    name: str
    args: tuple[Any, ...]
    options: tuple[tuple[str, Any], ...]

    def result(self, fragments: Mapping[str, Callable[..., str]]) -> str:
        return str(fragments[self.name](*self.args, **dict(self.options)))

    def fault(self, fragments: Mapping[str, Callable[..., str]]) -> str:
        """What is wrong with the arguments; empty when they fit."""
        try:
            signature(fragments[self.name]).bind(*self.args, **dict(self.options))
        except TypeError as error:
            return str(error)
        return ""

    def __str__(self) -> str:
        given = [*map(repr, self.args), *(f"{name}={value!r}" for name, value in self.options)]
        return f"{{{{ {self.name}({', '.join(given)}) }}}}"


class Holes:
    """The calls of one build, by number."""

    def __init__(self) -> None:
        self._numbers: dict[Call, int] = {}

    def macros(self) -> dict[str, Callable[..., str]]:
        """What pages call in place of the fragments, by name: each call leaves a mark."""
        return {name: self.macro(name) for name in FRAGMENTS}

    def macro(self, name: str) -> Callable[..., str]:
        """One of them."""

        def leave(*args: Any, **options: Any) -> str:
            call = Call(name, args, tuple(sorted(options.items())))
            number = self._numbers.setdefault(call, len(self._numbers))
            return f"<!--cot-moc:{number}-->"

        return leave

    def calls(self, page: str) -> Iterator[Call]:
        """The calls whose marks a page has."""
        calls = list(self._numbers)
        return (calls[int(match[1])] for match in _MARK.finditer(page))

    def fill(self, page: str, result: Callable[[Call], str]) -> str:
        """The page with each mark replaced."""
        calls = list(self._numbers)
        return _MARK.sub(lambda match: result(calls[int(match[1])]), page)
