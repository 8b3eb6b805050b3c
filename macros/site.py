"""What a site is made of beside its pages, and what each record's page puts into its frame."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator

from macros import feed
from macros.exports import api_format, api_schema, year_scripts
from macros.model import Library
from macros.pages import Page

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
