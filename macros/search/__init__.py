"""Search: documents from records, an index of integers, queries in stages.

``build`` turns a library into an index, ``search`` answers a query from it; the browser's
``docs/assets/js/search.js`` reads the same index and gives the same answer in the same order.
"""

from collections.abc import Iterator, Mapping

from macros.frame import read_pages
from macros.model import Library
from macros.search.documents import SearchDoc, documents, page_sections, parts
from macros.search.index import Index, build, index_script, spelling_of
from macros.search.query import Answer, Filters, Hit, search
from macros.vietnamese import table_script

__all__ = [
    "Answer",
    "Filters",
    "Hit",
    "Index",
    "SearchDoc",
    "build",
    "documents",
    "files",
    "index_for",
    "index_script",
    "page_sections",
    "parts",
    "read_pages",
    "search",
    "spelling_of",
    "table_script",
]


def index_for(library: Library, pages: Mapping[str, str]) -> Index:
    """The index of a library and its hand-written pages: the one the site and the CLI use."""
    return build(library, documents(library, page_sections(pages)))


def files(library: Library, pages: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(path below the site, text) of what the browser loads to search."""
    yield "assets/search/table.js", table_script()
    yield "assets/search/index.js", index_script(index_for(library, pages))
