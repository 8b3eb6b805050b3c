"""Checks that follow edits: a record is looked at again when it, or something it looked up, has changed."""

from __future__ import annotations

import datetime as dt

from macros.checks import check_record, check_whole
from macros.model import Library, Problem, Record
from macros.watching import Log, Read, WatchedLibrary, changed_look_ups


class Following:
    """The problems of a library that is being edited."""

    def __init__(self, today: dt.date) -> None:
        self._today = today
        self._log = Log()
        self._library: Library | None = None
        self._watched: WatchedLibrary | None = None
        self._known: dict[int, tuple[Record, set[Read]]] = {}
        """By identity: the record, found good, and what was looked up for that."""

    def problems(self, library: Library) -> tuple[Problem, ...]:
        """All problems of this state, as ``check`` gives them."""
        changes = changed_look_ups(self._library, library) if self._library else frozenset()
        if self._watched is None:
            self._watched = WatchedLibrary.of(library, self._log)
        self._watched.move(library, changes)
        self._library = library
        found = list(check_whole(library, self._today))
        known = {}
        for kind, record in library.records():
            seen = self._known.get(id(record))
            if seen is not None and seen[1].isdisjoint(changes):
                known[id(record)] = seen
                continue
            with self._log.noting() as reads:
                wrong = list(check_record(self._watched, kind, record, self._today))
            found += wrong
            if not wrong:
                known[id(record)] = (record, reads)
        self._known = known
        return tuple(sorted(set(found)))
