"""The files of a library that is being edited, made again and again: anew only what read something that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from macros import search
from macros.exports import api
from macros.frame import Frame
from macros.holes import Call
from macros.model import Library, Record
from macros.pages import fragments, record_page
from macros.pages.render import Site
from macros.search.documents import SearchDoc
from macros.search.live import LiveIndex
from macros.site import BESIDE_PAGES, page_values
from macros.urls import FOLDER_OF
from macros.watching import Kept, Log, WatchedSite, changed


class Editing:
    """The files of a library that is being edited."""

    def __init__(self, library: Library, frame: Frame) -> None:
        # "Today" is the day of the data, so that a site does not depend on when it is built.
        self._frame, self._today = frame, library.meta.data_as_of.first()
        self._log = Log()
        self._site = Site(library, self._today)
        self._watched = WatchedSite(self._site, self._log)
        self._parts = Kept(self._log)
        self._last: dict[str, tuple[tuple, Any]] = {}
        self._index = LiveIndex()
        self._sections = search.page_sections(frame.texts)
        self._files: dict[str, str | bytes] = {}

    @property
    def library(self) -> Library:
        """The state that was made last."""
        return self._site.library

    def update(self, library: Library | None = None) -> dict[str, str | bytes | None]:
        """(path, content) of the files that differ from those given before; None for one that is gone.

        The vocabulary and the library's own data must be those of the first library.
        """
        if library is not None:
            site = Site(library, self._today)
            changes = changed(self._site, site)
            self._parts.forget(changes)
            self._site = site
            self._watched.move(site, changes)
        before = self._files
        self._files = dict(self._made())
        different = {p: new for p, new in self._files.items() if (old := before.get(p)) is not new and old != new}
        return different | dict.fromkeys(before.keys() - self._files.keys())

    def _made(self) -> Iterator[tuple[str, str | bytes]]:
        # Outside of any part nothing is noted, so the real library is as good as the watched one.
        library = self._site.library
        for path, page in self._frame.written.items():
            yield path, self._parts.get(("written", path), self._filled, page)
        for kind, folder in FOLDER_OF.items():
            for record in getattr(library, kind):
                read = ("by_id", record.id)
                yield self._parts.get(("page", record.id), self._page, kind, folder, record, read=read)
        yield from self._open_data(library)
        for maker in BESIDE_PAGES:
            yield from self._parts.get(("beside", maker), lambda maker=maker: list(maker(self._watched.library)))
        # The words and rules of the search are code, not records.
        yield "assets/search/table.js", self._parts.get("words of the search", search.table_script)
        yield "assets/search/index.js", self._search(library)

    def _filled(self, page: str) -> str:
        return self._frame.holes.fill(page, self._hole)

    def _hole(self, call: Call) -> str:
        # New ones each time: what a fragment remembers from another call would not be noted here.
        return call.result(fragments.of_site(self._watched))

    def _page(self, kind: str, folder: str, record: Record) -> tuple[str, str]:
        page = record_page(self._watched, kind, record)
        return page.path, self._frame.shells[folder].fill(page_values(page))

    def _open_data(self, library: Library) -> Iterator[tuple[str, str]]:
        texts = {record.id: self._json(record) for _, record in library.records()}

        def assembled(*_texts: str) -> dict[str, str]:
            return dict(api.assembled(library, lambda record: texts[record.id]))

        yield from self._unless_same("api", assembled, *texts.values()).items()

    def _json(self, record: Record) -> str:
        make = partial(api.record_text, self._watched.library, record)
        return self._parts.get(("json", record.id), make, read=("by_id", record.id))

    def _search(self, library: Library) -> str:
        docs = (*self._documents(library), *self._sections)
        spelling = self._parts.get("spelling", search.spelling_of, self._watched.library)
        labels = {border.id: border.short_name for border in library.borders}
        return self._unless_same("search", self._index.script, docs, spelling, labels)

    def _documents(self, library: Library) -> Iterator[SearchDoc]:
        for part in search.parts(library):
            make, read = part.document, ("by_id", part.record.id)
            document = self._parts.get(("document", part.id), make, self._watched.library, read=read)
            if document is not None:
                yield document

    def _unless_same(self, name: str, make: Callable[..., Any], *given: Any) -> Any:
        """``make(*given)``, or what it gave the last time when that was for the same."""
        known = self._last.get(name)
        if known is None or known[0] != given:
            known = self._last[name] = (given, make(*given))
        return known[1]
