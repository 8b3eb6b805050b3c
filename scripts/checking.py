"""Loads and checks a library: the same for every command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.crew import Work, spread

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
    from macros.checks import check_parts, in_file_order
    from macros.load import load_library

    loaded = load_library(root)
    found = set(loaded.problems)
    if loaded.library is not None:
        parts = check_parts(loaded.library, today)
        found.update(in_file_order(spread([_piece(part) for part in parts])))
    return Examined(loaded.library, tuple(sorted(found)))


def _piece(part: Callable[[], list[Problem]]) -> Work:
    return lambda go_on: part()
