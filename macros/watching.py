"""A library that notes what is read from it, so that after an edit only what read it is made anew.

What is noted are pairs (table, key): a record looked up by id, one entry of a derived grouping, or
EVERYTHING in a table that was listed as a whole. ``changed`` gives the same kind of pairs for two
states of a library; a page has to be made anew when the two sets have something in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from functools import cached_property
from types import MappingProxyType
from typing import Any

from macros.library import LOOK_UPS
from macros.model import KINDS, Library, Record
from macros.pages.render import Site
from macros.views import Views

EVERYTHING = "*"
Read = tuple[str, str]

# Beside LOOK_UPS, the tables of the library itself; its lists of records are tables, too, read as a whole.
GROUPINGS = tuple(sorted(name for name, item in vars(Views).items() if isinstance(item, cached_property)))
OF_SITE = tuple(sorted(name for name, item in vars(Site).items() if isinstance(item, cached_property)))
"""Tables of the views and of the site: everything that they compute once."""


class Log:
    """What has been read since ``noting`` began."""

    def __init__(self) -> None:
        self._reads: set[Read] | None = None

    def add(self, table: str, key: Any) -> None:
        if self._reads is not None:
            self._reads.add((table, key))

    def add_all(self, reads: Set[Read]) -> None:
        if self._reads is not None:
            self._reads |= reads

    @contextmanager
    def noting(self) -> Iterator[set[Read]]:
        """The set that fills while the block runs. Blocks inside each other note for both."""
        outer, self._reads = self._reads, set()
        inner = self._reads
        try:
            yield inner
        finally:
            self._reads = outer
            if outer is not None:
                outer |= inner


class Kept:
    """Values with what was read for them: each is made once, until something of that changes."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._values: dict[Any, tuple[Any, frozenset[Read]]] = {}

    def get(self, key: Any, make: Callable[..., Any], *args: Any, read: Read | None = None) -> Any:
        """``make(*args)``. ``read`` is something that was read for it already."""
        known = self._values.get(key)
        if known is None:
            with self._log.noting() as reads:
                value = make(*args)
            known = self._values[key] = (value, frozenset(reads | {read} if read else reads))
        else:
            # For a value that is being made of this one.
            self._log.add_all(known[1])
        return known[0]

    def forget(self, changes: Set[Read]) -> None:
        """Drop what read something of ``changes``."""
        stale = [key for key, (_, reads) in self._values.items() if not reads.isdisjoint(changes)]
        for key in stale:
            del self._values[key]


class _Table(Mapping):
    """A mapping that notes the keys that are looked up."""

    def __init__(self, name: str, inner: Mapping, log: Log) -> None:
        self._name, self._inner, self._log = name, inner, log

    def move(self, inner: Mapping) -> None:
        """From now on stand for this table."""
        self._inner = inner

    def __getitem__(self, key: Any) -> Any:
        self._log.add(self._name, key)
        return self._inner[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self._log.add(self._name, key)
        return self._inner.get(key, default)

    def __contains__(self, key: Any) -> bool:
        self._log.add(self._name, key)
        return key in self._inner

    def __iter__(self) -> Iterator:
        self._log.add(self._name, EVERYTHING)
        return iter(self._inner)

    def __len__(self) -> int:
        self._log.add(self._name, EVERYTHING)
        return len(self._inner)

    def items(self) -> Any:
        self._log.add(self._name, EVERYTHING)
        return self._inner.items()

    def values(self) -> Any:
        self._log.add(self._name, EVERYTHING)
        return self._inner.values()


class WatchedLibrary(Library):
    """The same records; what is read of them is noted. The object stays when the records change."""

    @classmethod
    def of(cls, library: Library, log: Log) -> WatchedLibrary:
        watched = object.__new__(cls)
        tables = {name: _Table(name, getattr(library, name), log) for name in LOOK_UPS}
        watched.__dict__.update(library.__dict__, **tables, _log=log, _tables=tables, _kept=Kept(log))
        return watched

    def once(self, make: Callable[[Library, Record], Any], record: Record) -> Any:
        # The record itself is part of what is kept: nothing else then has its identity.
        return self._kept.get((make, id(record)), _with, make, self, record, read=("by_id", record.id))[1]

    def move(self, library: Library, changes: Set[Read]) -> None:
        """From now on be this library; ``changes`` are what it differs in."""
        self._kept.forget(changes)
        tables = object.__getattribute__(self, "_tables")
        for name, table in tables.items():
            table.move(getattr(library, name))
        self.__dict__.update(library.__dict__)
        self.__dict__.update(tables)

    def alone(self, kind: str, record: Record) -> Library:
        """One record, which is given and not read; what it looks up is noted."""
        one = object.__new__(Library)
        one.__dict__.update({**self.__dict__, **dict.fromkeys(KINDS, ()), "_kinds": (kind,), kind: (record,)})
        return one

    def __getattribute__(self, name: str) -> Any:
        if name in KINDS:
            object.__getattribute__(self, "_log").add(name, EVERYTHING)
        return object.__getattribute__(self, name)


def _with(make: Callable[[Library, Record], Any], library: Library, record: Record) -> tuple[Record, Any]:
    return record, make(library, record)


class _Groupings:
    """Mixed into Views and Site: what they compute once comes ready from ``_real``, and is noted."""

    _watched_names: frozenset[str]
    _keyed: type = Mapping
    """What is looked up in tables of this type is noted key by key."""

    def _watch(self, real: Any, log: Log) -> None:
        self.__dict__.update(_real=real, _log=log, _tables={})

    def _move(self, real: Any) -> None:
        self._real = real
        for name, table in self._tables.items():
            table.move(getattr(real, name))

    def __getattribute__(self, name: str) -> Any:
        if name not in object.__getattribute__(self, "_watched_names"):
            return object.__getattribute__(self, name)
        value = getattr(self._real, name)
        if not isinstance(value, object.__getattribute__(self, "_keyed")):
            self._log.add(name, EVERYTHING)
            return value
        if name not in self._tables:
            self._tables[name] = _Table(name, value, self._log)
        return self._tables[name]


class WatchedViews(_Groupings, Views):
    """The same views, noted when they are read."""

    _watched_names = frozenset(GROUPINGS)

    def __init__(self, library: WatchedLibrary, real: Views, log: Log) -> None:
        self._watch(real, log)
        super().__init__(library)


class WatchedSite(_Groupings, Site):
    """A site whose pages note what they read. It stays, with its templates, when the records change."""

    _watched_names = frozenset(OF_SITE)
    # Templates want plain dicts as such; those are small.
    _keyed = MappingProxyType

    def __init__(self, real: Site, log: Log) -> None:
        self._watch(real, log)
        super().__init__(WatchedLibrary.of(real.library, log), real.today)
        self.views = WatchedViews(self.library, real.views, log)
        self._kept = Kept(log)

    def remembering(self, make: Callable[..., Any]) -> Callable[..., Any]:
        # What comes from memory is not read, so it has to be noted.
        return lambda *args: self._kept.get((make, args), make, *args)

    def move(self, real: Site, changes: Set[Read]) -> None:
        """From now on show the records of this site; ``changes`` are what it differs in."""
        self._kept.forget(changes)
        self._move(real)
        self.library.move(real.library, changes)
        self.views._move(real.views)


def changed_look_ups(old: Library, new: Library) -> frozenset[Read]:
    """Every (table, key) of the library itself whose value differs, with EVERYTHING for its table."""
    found: set[Read] = set()
    for name in KINDS:
        if getattr(old, name) != getattr(new, name):
            found.add((name, EVERYTHING))
    for name in LOOK_UPS:
        found |= _differences(name, getattr(old, name), getattr(new, name))
    return frozenset(found)


def changed(old: Site, new: Site) -> frozenset[Read]:
    """The same for everything that pages read."""
    found = set(changed_look_ups(old.library, new.library))
    for name in GROUPINGS:
        found |= _differences(name, getattr(old.views, name), getattr(new.views, name))
    for name in OF_SITE:
        found |= _differences(name, getattr(old, name), getattr(new, name))
    return frozenset(found)


def _differences(name: str, old: Any, new: Any) -> set[Read]:
    if not isinstance(old, Mapping):
        return {(name, EVERYTHING)} if old != new else set()
    missing = object()
    keys = {key for key, value in new.items() if _differ(old.get(key, missing), value)}
    keys |= old.keys() - new.keys()
    found = {(name, key) for key in keys}
    # The order of a table may be read, too.
    if found or list(old) != list(new):
        found.add((name, EVERYTHING))
    return found


def _differ(old: Any, new: Any) -> bool:
    return old is not new and old != new
