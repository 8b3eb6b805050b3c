"""Walking through a record: every nested value with its path, as the checks and exports need it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import Any

from macros.annotations import leaves
from macros.model import Base

Path = tuple[str | int, ...]
Nodes = list[tuple[Path, Any]]


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """``value`` itself and everything below it, depth first, in the order of the fields."""
    return iter(_last.nodes(value) if path == () else _nodes(value, path))


def of_type(record: Base, *types: type) -> Iterator[tuple[Path, Any]]:
    """The nested values that are instances of one of ``types``."""
    return iter(_last.of_type(record, types))


def values(record: Base) -> list[Any]:
    """What ``walk`` gives, without paths and in another order: for a look at what is hardly ever told."""
    found: list[Any] = [record]
    for value in found:  # it grows meanwhile
        if isinstance(value, Base):
            found += [inner for inner in value.__dict__.values() if inner is not None]
        elif isinstance(value, tuple):
            found += value
    return found


def parts(record: Base) -> Nodes:
    """The models inside, as ``walk`` gives them but without all else: for who looks at each record once."""
    found: Nodes = []
    _gather_parts(record, (), found.append)
    return found


def words_of(record: Base) -> str:
    """Every text of a record in one, a blank between them: to look once whether there is something to look for."""
    return _last.words_of(record)


class _Last:
    """The nodes of the value walked last: dozens of rules look at one record after each other."""

    def __init__(self) -> None:
        self._begin(None)

    def _begin(self, value: Any) -> None:
        self._value, self._nodes = value, _nodes(value, ())
        self._by_class: dict[type, list[int]] = {}
        self._by_types: dict[tuple[type, ...], Nodes] = {}
        self._words: str | None = None

    def nodes(self, value: Any) -> Nodes:
        if self._value is not value:
            self._begin(value)
        return self._nodes

    def of_type(self, value: Any, types: tuple[type, ...]) -> Nodes:
        nodes = self.nodes(value)
        found = self._by_types.get(types)
        if found is None:
            places = self._places()
            # A few classes hold thousands of nodes: they are asked, not the nodes.
            alike = [places[cls] for cls in places if is_one_of(cls, types)]
            chosen = alike[0] if len(alike) == 1 else sorted(chain.from_iterable(alike))
            found = self._by_types[types] = [nodes[place] for place in chosen]
        return found

    def _places(self) -> Mapping[type, list[int]]:
        """Where among the nodes those of each class are."""
        if not self._by_class:
            for place, (_, value) in enumerate(self._nodes):
                self._by_class.setdefault(type(value), []).append(place)
        return self._by_class

    def words_of(self, value: Any) -> str:
        nodes = self.of_type(value, (str,))
        if self._words is None:
            self._words = " ".join([text for _, text in nodes])
        return self._words


@cache
def is_one_of(cls: type, types: tuple[type, ...]) -> bool:
    """Whether values of the class are instances of one of ``types``: asking a model's class takes ten times as long."""
    return issubclass(cls, types)


def _nodes(value: Any, path: Path) -> Nodes:
    nodes: Nodes = []
    _gather(value, path, nodes.append)
    return nodes


def _gather(value: Any, path: Path, add: Callable[[tuple[Path, Any]], None]) -> None:
    add((path, value))
    if isinstance(value, Base):
        inside = value.__dict__
        for name in fields(type(value)):
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


def _gather_parts(value: Base, path: Path, add: Callable[[tuple[Path, Any]], None]) -> None:
    inside = value.__dict__
    for name in _with_parts(type(value)):
        inner = inside[name]
        if type(inner) is tuple:
            for index, part in enumerate(inner):
                place = (*path, name, index)
                add((place, part))
                _gather_parts(part, place, add)
        elif inner is not None:
            add(((*path, name), inner))
            _gather_parts(inner, (*path, name), add)


@cache
def _with_parts(cls: type[Base]) -> tuple[str, ...]:
    """The fields that may hold models: one in three, and they hold nothing else."""
    fields = cls.model_fields.items()
    return tuple(name for name, info in fields if any(leaf.is_a(Base) for leaf in leaves(info.annotation)))


@cache
def fields(cls: type[Base]) -> tuple[str, ...]:
    """The names of a model's fields, in order."""
    return tuple(cls.model_fields)


_last = _Last()
