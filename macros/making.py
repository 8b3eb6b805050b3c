"""From a library to the files of its site: everything that is made from records.

The frame (menus, footers, hand-written pages with holes in them) is what the site generator has
rendered once; ``files`` fills it.

What makes the files is imported where it is needed: of the processes that share a build, each needs
some of it only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from macros.frame import Frame
from macros.model import Library, Record
from macros.site import BESIDE_PAGES, page_values
from macros.urls import FOLDER_OF

if TYPE_CHECKING:
    from macros.pages.render import Site

Content = tuple[str, str | bytes]
WRITTEN_PARTS = 8
PAGES_TOGETHER = 40


def files(library: Library, frame: Frame) -> Iterator[tuple[str, str | bytes]]:
    """(path below the site, content) of everything but the files to take away."""
    yield from pages(library, frame)
    for part in beside(library, frame.texts):
        yield from part()


def pages(library: Library, frame: Frame) -> Iterator[Content]:
    """(path below the site, text) of every page."""
    for part in page_parts(library):
        yield from part(frame)


def page_parts(library: Library) -> list[Callable[[Frame], Iterator[Content]]]:
    """What makes the pages once there is a frame, in parts that may be made side by side."""
    site = cache(partial(_site, library))
    parts = [partial(_written, site, number) for number in range(WRITTEN_PARTS)]
    for kind in FOLDER_OF:
        records = getattr(library, kind)
        for start in range(0, len(records), PAGES_TOGETHER):
            parts.append(partial(_record_pages, site, kind, records[start : start + PAGES_TOGETHER]))
    return parts


def _site(library: Library) -> Site:
    from macros.pages.render import Site

    # "Today" is the day of the data, so that a site does not depend on when it is built.
    return Site(library, library.meta.data_as_of.first())


def _written(site: Callable[[], Site], number: int, frame: Frame) -> Iterator[Content]:
    from macros.pages import fragments

    made = fragments.of_site(site())
    for path, page in islice(frame.written.items(), number, None, WRITTEN_PARTS):
        yield path, frame.holes.fill(page, lambda call: call.result(made))


def _record_pages(site: Callable[[], Site], kind: str, records: Iterable[Record], frame: Frame) -> Iterator[Content]:
    from macros.pages import record_page

    shell = frame.shells[FOLDER_OF[kind]]
    for record in records:
        page = record_page(site(), kind, record)
        yield page.path, shell.fill(page_values(page))


def beside(library: Library, texts: Mapping[str, str]) -> list[Callable[[], Iterator[Content]]]:
    """What makes all that needs no frame, in such parts: the search index, the open data, the draft checker's rules …

    The longest comes first.
    """
    makers = (_open_data, *BESIDE_PAGES)
    return [partial(_search, library, texts), *(partial(maker, library) for maker in makers)]


def _search(library: Library, texts: Mapping[str, str]) -> Iterator[Content]:
    from macros import search

    return search.files(library, texts)


def _open_data(library: Library) -> Iterator[Content]:
    from macros.exports import api

    return api.files(library)


def write(library: Library, frame: Frame, out: Path) -> None:
    """Write the whole site, with the files to take away, into ``out``."""
    from macros.exports import take_away

    for path, content in chain(files(library, frame), take_away.files(library)):
        put(out / path, content)


def put(target: Path, content: str | bytes) -> None:
    """Write one file and make its folder."""
    # As bytes: a text would get the line ends of the system at hand.
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        _put(target, data)
    except FileNotFoundError:
        # Folders are few and files are many: most need not ask for theirs.
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(target, data)


def _put(target: Path, data: bytes) -> None:
    with open(target, "wb") as file:
        file.write(data)
