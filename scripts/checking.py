"""Loads and checks a library: the same for every command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.crew import Work, spread

if TYPE_CHECKING:
    from macros.load import LoadResult
    from macros.model import Library, Problem


@dataclass(frozen=True)
class Examined:
    """A library and everything that is wrong with it, in file order.

    `library` is None when nothing could be made of the files; then there are problems.
    """

    library: Library | None
    problems: tuple[Problem, ...]


def read(root: Path, today: date) -> Examined:
    """Read `root`/data. It is checked only where something cannot be read: then all that is wrong is told at once."""
    from macros.load import load_library

    loaded = load_library(root)
    return _examined(loaded, partial(_checked, today) if loaded.problems else lambda library: ())


def examine(root: Path, today: date) -> Examined:
    """Read `root`/data and run every check over it."""
    from macros.load import load_library

    return _examined(load_library(root), partial(_checked, today))


def _checked(today: date, library: Library) -> Iterable[Problem]:
    from macros.checks import check_parts, in_file_order

    return in_file_order(spread([_piece(part) for part in check_parts(library, today)]))


def _piece(part: Callable[[], list[Problem]]) -> Work:
    return lambda go_on: part()


class Examiner:
    """Examines a library that is being edited, again and again: only what changed is looked at anew.

    It is for one day and for one vocabulary; when either changes, a new one is needed.
    """

    def __init__(self, today: date) -> None:
        from macros.checks.following import Following
        from macros.load import Memory

        self.today = today
        self._memory = Memory()
        self._checks = Following(today)

    def examine(self, root: Path) -> Examined:
        """The same as the function `examine`, sooner."""
        from macros.load import load_library

        return _examined(load_library(root, self._memory), self._checks.problems)


def _examined(loaded: LoadResult, check: Callable[[Library], Iterable[Problem]]) -> Examined:
    found = set(loaded.problems)
    if loaded.library is not None:
        found.update(check(loaded.library))
    return Examined(loaded.library, tuple(sorted(found)))


def only_records(root: Path, changed: set[Path]) -> bool:
    """Whether nothing but files of records has changed: an Examiner can then go on."""
    from macros.model import KINDS

    data = root / "data"
    # What an editor writes beside a file for a moment, before it takes the file's place, is not read.
    read = {path for path in changed if path.parent != data or path.suffix == ".yaml"}
    return bool(changed) and read <= {data / f"{kind}.yaml" for kind in KINDS}
