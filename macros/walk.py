"""Walking through a record: every nested value with its path, as the checks and exports need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from macros.model import Base

Path = tuple[str | int, ...]
Nodes = list[tuple[Path, Any]]


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """``value`` itself and everything below it, depth first, in the order of the fields."""
    return iter(_last.nodes(value) if path == () else _nodes(value, path))


def of_type(record: Base, *types: type) -> Iterator[tuple[Path, Any]]:
    """The nested values that are instances of one of ``types``."""
    return iter(_last.of_type(record, types))


class _Last:
    """The nodes of the value walked last: dozens of rules look at one record after each other."""

    def __init__(self) -> None:
        self._kept: tuple[Any, Nodes, dict[tuple[type, ...], Nodes]] = (None, [], {})

    def nodes(self, value: Any) -> Nodes:
        kept, nodes, _ = self._kept
        if kept is not value or value is None:
            nodes = _nodes(value, ())
            self._kept = (value, nodes, {})
        return nodes

    def of_type(self, value: Any, types: tuple[type, ...]) -> Nodes:
        nodes = self.nodes(value)
        by_type = self._kept[2]
        found = by_type.get(types)
        if found is None:
            found = by_type[types] = [node for node in nodes if _is_one_of(type(node[1]), types)]
        return found


@cache
def _is_one_of(cls: type, types: tuple[type, ...]) -> bool:
    # Asking a model's class whether something is an instance of it takes ten times as long.
    return issubclass(cls, types)


_last = _Last()


def _nodes(value: Any, path: Path) -> Nodes:
    nodes: Nodes = []
    _gather(value, path, nodes.append)
    return nodes


def _gather(value: Any, path: Path, add: Callable[[tuple[Path, Any]], None]) -> None:
    add((path, value))
    if isinstance(value, Base):
        inside = value.__dict__
        for name in _fields(type(value)):
            inner = inside[name]
            if inner is None or inner == ():
                continue
            if isinstance(inner, str):
                add(((*path, name), inner))
            else:
                _gather(inner, (*path, name), add)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            _gather(inner, (*path, index), add)


@cache
def _fields(cls: type[Base]) -> tuple[str, ...]:
    return tuple(cls.model_fields)
