"""The builds of one `serve`: the first one whole, then as little as an edit asks for."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import swap
from scripts.building import Files, Outcome, Parts, alone, build
from scripts.checking import Examined, Examiner, only_records

if TYPE_CHECKING:
    from macros.frame import Frame
    from macros.model import Library, Problem


class _Remembering(Parts):
    """A whole build that keeps what the next, smaller one needs."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.examiner = Examiner(today)
        self.editing = None

    def examine(self, root: Path, today: date) -> Examined:
        return self.examiner.examine(root)

    def checks(self, library: Library, today: date) -> list[Callable[[], list[Problem]]]:
        return []  # `examine` has done them, and remembers what they said

    def early(self, library: Library, root: Path) -> list[Callable[[], Files]]:
        from macros.exports import take_away

        return take_away.parts(library)

    def later(self, library: Library) -> list[Callable[[Frame], Files]]:
        return []

    def here(self, library: Library) -> list[Callable[[Frame], Files]]:
        return [partial(self._begin, library)]

    def _begin(self, library: Library, frame: Frame) -> Files:
        from macros.editing import Editing

        self.editing = Editing(library, frame)
        return self.editing.update().items()


class Session:
    """Builds one library into one folder, again and again."""

    def __init__(self, root: Path, site: Path, report: Callable[[str], None]) -> None:
        self._root, self._site, self._report = root, site, report
        self._parts: _Remembering | None = None

    def build(self, today: date, changed: Collection[str] = ()) -> Outcome:
        """Build now. `changed` are the files that changed since the last call, if that is known.

        Whatever is not sure to be a plain edit of records is built as a whole.
        """
        parts = self._parts
        if parts is not None and parts.editing is not None and parts.today == today and self._is_plain(changed):
            try:
                return self._follow(parts)
            except BaseException:
                # What is remembered may be ahead of what is on the disc.
                self._parts = None
                raise
        self._parts = None
        gc.unfreeze()
        fresh = _Remembering(today)
        outcome = build(self._root, self._site, today, self._report, fresh)
        if outcome.good:
            self._parts = fresh
            # What is kept is large and stays: the collector need not walk through it at every edit.
            gc.collect()
            gc.freeze()
        return outcome

    def _is_plain(self, changed: Collection[str]) -> bool:
        """Whether only files of records have changed: they leave the frame of the pages as it is."""
        return only_records(self._root, set(map(Path, changed))) and self._site.is_dir()

    def _follow(self, parts: _Remembering) -> Outcome:
        start = time.monotonic()
        examined = parts.examine(self._root, parts.today)
        if examined.problems:
            return Outcome(problems=tuple(map(str, examined.problems)))
        changes = {
            path: content.encode("utf-8") if isinstance(content, str) else content
            for path, content in parts.editing.update(examined.library).items()
        }
        with alone(self._site, self._report):
            swap.patch(self._site, changes)
        pages = sum(path.endswith(".html") for path in changes)
        return Outcome(pages=pages, seconds=time.monotonic() - start, stale=True)

    def take_away(self, go_on: Callable[[], bool]) -> bool:
        """Make the files to take away anew, unless `go_on` says to stop; True when all are made."""
        from macros.exports import take_away

        if self._parts is None:
            return True
        library = self._parts.editing.library
        made = {}
        for path, content in take_away.files(library):
            if not go_on():
                return False
            made[path] = content.encode("utf-8") if isinstance(content, str) else content
        with alone(self._site, self._report):
            old = {path.relative_to(self._site).as_posix() for path in self._site.glob("tai-ve/**/*") if path.is_file()}
            swap.patch(self._site, made | dict.fromkeys(old - made.keys()))
        return True
