"""Small helpers for tests about records: a copy of the tiny library, edited; its problems."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from macros.checks import check
from macros.load import LoadResult, load_library
from macros.model import Problem

ROOT = Path(__file__).resolve().parent.parent
MINI = ROOT / "tests" / "fixtures" / "mini"
TODAY = dt.date(2026, 2, 1)


def copy_mini(target: Path) -> Path:
    """The tiny library with the real vocabulary (a vocabulary lives once) in ``target``."""
    shutil.copytree(MINI / "data", target / "data")
    shutil.copy(ROOT / "data" / "vocabulary.yaml", target / "data" / "vocabulary.yaml")
    return target


def edit(root: Path, file: str, find: str, replace: str) -> None:
    """Replace the first ``find``, which must be there, in a data file."""
    path = root / "data" / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert find in text, f"{find!r} is not in {file}.yaml"
    path.write_text(text.replace(find, replace, 1), encoding="utf-8")


def problems(root: Path, today: dt.date = TODAY) -> list[Problem]:
    """Every problem of loading and checking, as ``cotmoc check`` would print them."""
    loaded: LoadResult = load_library(root)
    checked = check(loaded.library, today) if loaded.library else ()
    return sorted({*loaded.problems, *checked})
