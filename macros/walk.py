"""Walking through a record: every nested value with its path, as the checks and exports need it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros.model import Base

Path = tuple[str | int, ...]


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """``value`` itself and everything below it, depth first, in the order of the fields."""
    yield path, value
    if isinstance(value, Base):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if inner is not None and inner != ():
                yield from walk(inner, (*path, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from walk(inner, (*path, index))


def of_type(record: Base, *types: type) -> Iterator[tuple[Path, Any]]:
    """The nested values that are instances of one of ``types``."""
    return ((path, value) for path, value in walk(record) if isinstance(value, types))
