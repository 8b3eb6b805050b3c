"""Addresses inside the site: stable, the same on an intranet and in the offline bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.model import Library

FOLDER_OF = {
    "treaties": "dieu-uoc",
    "borders": "tuyen",
    "topics": "chu-de",
    "documents": "van-ban",
    "events": "su-kien",
    "sources": "nguon",
}
"""Kinds of record that have a page each, and the folder of those pages."""

ANCHORED_ON = {"agencies": "co-quan.html", "glossary": "thuat-ngu.html", "questions": "hoi-dap.html"}
"""Kinds of record that share one page."""


def url_of(library: Library, record_id: str) -> str:
    """Address of a record, figure or named set, relative to the site's root. Raises KeyError for an unknown id."""
    for owned in (library.figures, library.sets):
        if record_id in owned:
            return f"tuyen/{owned[record_id][0].id}.html#{record_id}"
    kind = library.kind_of[record_id]
    if kind == "talking_points":
        return f"chu-de/{library.by_id[record_id].topic}.html#{record_id}"
    if kind in ANCHORED_ON:
        return f"{ANCHORED_ON[kind]}#{record_id}"
    return f"{FOLDER_OF[kind]}/{record_id}.html"
