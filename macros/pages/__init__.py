"""Pages made from records: one for each treaty, line, topic, document, event and source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from macros.model import Library, Record
from macros.pages import records
from macros.pages.page import Heading, Page
from macros.pages.render import Site
from macros.urls import FOLDER_OF

__all__ = ["Heading", "Page", "record_page", "record_pages"]


def record_pages(library: Library, *, today: dt.date) -> Iterator[Page]:
    """Every record page, in the order of the files. ``today`` decides which anniversaries come next."""
    site = Site(library, today)
    return (record_page(site, kind, record) for kind in FOLDER_OF for record in getattr(library, kind))


def record_page(site: Site, kind: str, record: Record) -> Page:
    """The page of one record."""
    return site.page(kind, record, **records.BUILDERS[kind](site, record))
