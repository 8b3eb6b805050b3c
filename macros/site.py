"""The frame that record pages are filled into, and the list of what else a site is made of.

MkDocs renders one empty page (a *shell*) for each folder of records; its header, menu and footer
are the same for all records there. The shell is cut at its sentinels once and put around each
record's body, so that ten thousand records cost ten thousand joins, not ten thousand renderings
of the theme.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping

from macros import feed
from macros.exports import api_format, api_schema, year_scripts
from macros.model import Library
from macros.pages import Page
from macros.urls import FOLDER_OF

Maker = Callable[[Library], Iterator[tuple[str, str | bytes]]]
"""From a library to (path below the site, text or bytes)."""


def _draft_checker(library: Library) -> Iterator[tuple[str, str]]:
    from macros import proofing  # slow to import, and only one process of a build needs it

    yield from proofing.files(library)


BESIDE_PAGES: tuple[Maker, ...] = (
    _draft_checker,
    api_format.files,
    api_schema.files,
    feed.files,
    year_scripts.files,
)
"""What pages load or link to, beside the open data and the search index (macros.making)."""

FOLDERS = tuple(FOLDER_OF.values())
"""Each folder of record pages gets a shell of its own, so that the menu can show where one is."""

SHELL = "_khung"
_SENTINEL = re.compile(r"%%([A-Z_]+)%%")


def shell_sources() -> Mapping[str, str]:
    """Markdown of the shell pages by path: empty pages with the template that holds the sentinels."""
    return {f"{folder}/{SHELL}.md": "---\ntemplate: khung.html\ntitle: Cột Mốc\n---\n" for folder in FOLDERS}


class Shell:
    """A rendered shell page, cut at its sentinels."""

    def __init__(self, text: str) -> None:
        self._parts = _SENTINEL.split(text)
        self.names = frozenset(self._parts[1::2])
        if "CONTENT" not in self.names:
            raise ValueError("the shell page has no %%CONTENT%% sentinel")

    def fill(self, values: Mapping[str, str]) -> str:
        """The page. ``values`` are HTML already; a sentinel without a value is an error."""
        parts = list(self._parts)
        parts[1::2] = [values[name] for name in parts[1::2]]
        return "".join(parts)


def library_values(library: Library) -> dict[str, str]:
    """What the frame of every page says of the library, ready to print: `config.extra.cotmoc` in templates.

    Plain text, because the templates of other generators cannot call Python.
    """
    meta = library.meta
    plain = ("tagline", "version", "publisher", "data_licence", "code_licence", "report_to")
    return {name: getattr(meta, name) for name in plain} | {
        "as_of": meta.data_as_of.official(),
        "as_of_iso": meta.data_as_of.iso(),
        "review_by": meta.review_by.official(),
        "review_by_iso": meta.review_by.last().isoformat(),
    }


def page_values(page: Page) -> dict[str, str]:
    """What stands at each sentinel for one page."""
    return {
        "TITLE": html.escape(page.title),
        "DESCRIPTION": html.escape(page.description),
        "PAGE_ID": html.escape(page.record_id),
        "KIND": html.escape(page.kind),
        "CONTENT": page.body,
        "TOC": page.toc,
        "NOTICE": page.notice,
        "BREADCRUMBS": page.breadcrumbs,
    }
