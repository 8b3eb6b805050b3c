"""What a site is made of beside its pages, and what each record's page puts into its frame."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from macros.model import Library

if TYPE_CHECKING:
    from macros.pages.page import Page

Maker = Callable[[Library], Iterator[tuple[str, str | bytes]]]
"""From a library to (path below the site, text or bytes)."""


def _files_of(module: str, library: Library) -> Iterator[tuple[str, str | bytes]]:
    # Some are slow to import, and only one process of a build needs each.
    return import_module(module).files(library)


BESIDE_PAGES: tuple[Maker, ...] = tuple(
    partial(_files_of, f"macros.{name}")
    for name in ("proofing", "exports.api_format", "exports.api_schema", "feed", "exports.year_scripts")
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
