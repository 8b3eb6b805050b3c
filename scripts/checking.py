"""Loads and checks a library: the same for every command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.model import Library, Problem


@dataclass(frozen=True)
class Examined:
    """A library and everything that is wrong with it, in file order.

    `library` is None when nothing could be made of the files; then there are problems.
    """

    library: Library | None
    problems: tuple[Problem, ...]


def examine(root: Path, today: date) -> Examined:
    """Read `root`/data and run every check over it."""
    from macros.checks import check
    from macros.load import load_library

    loaded = load_library(root)
    found = set(loaded.problems)
    if loaded.library is not None:
        found.update(check(loaded.library, today))
    return Examined(loaded.library, tuple(sorted(found)))
