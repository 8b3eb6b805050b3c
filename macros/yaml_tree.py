"""YAML text as a tree that keeps its comments; macros.yaml_form writes the tree again in one form.

Why not ruamel.yaml: it hangs a comment onto what stands *before* it, so that a key that moves
leaves its comment behind. Here a comment belongs to the key or item that follows it, or on whose
line it stands, and moves along.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from macros.yaml_text import LOADER, YamlProblem, parse, resolve

_COMMENT = re.compile(r"#[^\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")
"""First line of a block text (``>-  # a comment``); the rest of it holds no comments."""
_STRANGE_BREAK = re.compile("[\x85\u2028\u2029]")


@dataclass
class Entry:
    """A key with its value, or an item of a list (key None)."""

    key: str | None
    node: Node
    line: int = 0
    """0-based line of the text."""
    column: int = 0
    before: list[str] = field(default_factory=list)
    """Comments above it; "" is an empty line."""
    beside: str = ""
    """The comment on its own line."""


@dataclass
class Scalar:
    """A value that is neither a mapping nor a list."""

    value: Any
    end_line: int = 0


@dataclass
class Collection:
    """A mapping or a list."""

    is_map: bool
    flow: bool = False
    start: int = 0
    """Offset in the text, as ``end``."""
    column: int = 0
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    """Comments after the last entry."""
    end: int = 0
    end_line: int = 0


Node = Scalar | Collection


def compose(text: str) -> Collection:
    """The tree of a file. Raises YamlProblem, also for what only hand-written text has and ``parse`` lets pass."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if found := _STRANGE_BREAK.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise YamlProblem(line, "có ký tự xuống dòng lạ", "xóa rồi gõ lại chỗ xuống dòng ở dòng này")
    # Hostile depth, aliases and most tags end here.
    for path, line, first in parse(text).duplicates:
        raise YamlProblem(line, f'khóa "{path[-1]}" viết hai lần (lần đầu ở dòng {first})', "giữ một, xóa một")
    reader = _Reader()
    for event in yaml.parse(text, Loader=LOADER):
        reader.take(event)
    if not isinstance(reader.root, Collection):
        raise YamlProblem(1, "tệp không phải danh sách hay bảng", "lấy lại tệp (git checkout)")
    _hang(text, reader.root, reader.spans)
    return reader.root


def tree(value: Any) -> Node:
    """The same kind of tree for plain values, without comments."""
    if isinstance(value, dict):
        return Collection(True, entries=[Entry(key, tree(inner)) for key, inner in value.items()])
    if isinstance(value, (list, tuple)):
        return Collection(False, entries=[Entry(None, tree(inner)) for inner in value])
    return Scalar(value)


class _Reader:
    """Puts events together to nodes; ``parse`` has refused before what is odd."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.spans: list[tuple[int, int]] = []
        """Offsets of every key and value; comments stand between them."""
        self._open: list[Collection] = []
        self._keys: list[yaml.ScalarEvent | None] = []

    def take(self, event: Any) -> None:
        if getattr(event, "tag", None):
            raise YamlProblem(event.start_mark.line + 1, f"dùng thẻ kiểu {event.tag}", "bỏ thẻ kiểu, dùng dấu nháy")
        if isinstance(event, yaml.ScalarEvent):
            self.spans.append((event.start_mark.index, event.end_mark.index))
            if self._open and self._open[-1].is_map and self._keys[-1] is None:
                self._keys[-1] = event
            else:
                self._put(Scalar(resolve(event), event.end_mark.line), event)
        elif isinstance(event, yaml.CollectionStartEvent):
            start = event.start_mark
            node = Collection(isinstance(event, yaml.MappingStartEvent), event.flow_style, start.index, start.column)
            self._put(node, event)
            self._open.append(node)
            self._keys.append(None)
        elif isinstance(event, yaml.CollectionEndEvent):
            node = self._open.pop()
            self._keys.pop()
            node.end, node.end_line = event.end_mark.index, event.end_mark.line

    def _put(self, node: Node, event: Any) -> None:
        if not self._open:
            self.root = node
            return
        top, key = self._open[-1], self._keys[-1]
        at = (key or event).start_mark
        # In a list it is the dash that an editor lines comments up with.
        column = at.column if top.is_map or top.flow else top.column
        top.entries.append(Entry(key.value if key else None, node, at.line, column))
        self._keys[-1] = None


@dataclass(frozen=True)
class _Comment:
    text: str
    start: int
    line: int
    column: int
    alone: bool
    """Whether nothing else stands on its line."""
    gap: bool
    """Whether the line above is empty."""


@dataclass(frozen=True)
class _Spot:
    """An entry in the order of the text: with those that it is in, outermost first, itself last."""

    chain: tuple[Entry, ...]
    start: int

    @property
    def entry(self) -> Entry:
        return self.chain[-1]


def _spots(collection: Collection, chain: tuple[Entry, ...], starts: Sequence[int]) -> Iterator[_Spot]:
    for entry in collection.entries:
        here = (*chain, entry)
        yield _Spot(here, starts[entry.line] + entry.column)
        if isinstance(entry.node, Collection):
            yield from _spots(entry.node, here, starts)


def _comments(text: str, spans: list[tuple[int, int]], starts: Sequence[int]) -> Iterator[_Comment]:
    """Every comment: a # between keys and values, never one inside of them."""
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        for match in _COMMENT.finditer(text, at, start):
            yield _placed(text, starts, match.start(), match[0])
        if header := _HEADER.match(text, start, end):
            yield _placed(text, starts, header.start(1), header[1])
        at = end


def _placed(text: str, starts: Sequence[int], start: int, said: str) -> _Comment:
    line = bisect_right(starts, start) - 1
    alone = not text[starts[line] : start].strip()
    return _Comment(said.rstrip(), start, line, start - starts[line], alone, _is_empty(text, starts, line - 1))


def _is_empty(text: str, starts: Sequence[int], line: int) -> bool:
    return line >= 0 and not text[starts[line] : starts[line + 1]].strip()


def _hang(text: str, root: Collection, spans: list[tuple[int, int]]) -> None:
    """Give every comment to the entry that it is about."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    spots = list(_spots(root, (), starts))
    places = [spot.start for spot in spots]
    for comment in _comments(text, spans, starts):
        index = bisect_right(places, comment.start)
        last = spots[index - 1] if index else None
        owner = None if comment.alone or last is None else _beside(last, comment)
        if owner is None:
            _above(root, last, spots[index] if index < len(spots) else None, comment)
        elif not owner.beside:
            owner.beside = comment.text
        else:
            owner.before.append(comment.text)
    for entry in root.entries:
        if _is_empty(text, starts, entry.line - 1):
            entry.before.append("")


def _beside(spot: _Spot, comment: _Comment) -> Entry | None:
    """The entry on whose line a comment stands; a [list] that is closed counts as one value."""
    for entry in spot.chain:
        node = entry.node
        if isinstance(node, Collection) and node.flow and node.end <= comment.start:
            break
    else:
        entry = spot.entry
    node = entry.node
    end = entry.line if isinstance(node, Collection) and not node.flow else node.end_line
    return entry if entry.line <= comment.line <= end else None


def _above(root: Collection, last: _Spot | None, following: _Spot | None, comment: _Comment) -> None:
    """A comment on a line of its own: above what follows, or at the end of a deeper list or mapping."""
    said = ["", comment.text] if comment.gap else [comment.text]
    around = [root, *(entry.node for entry in last.chain if isinstance(entry.node, Collection))] if last else [root]
    ahead = [root, *(entry.node for entry in following.chain[:-1])] if following else []
    column = following.entry.column if following else -1
    for collection in reversed(around):
        if collection.flow:
            if not collection.start < comment.start < collection.end:
                continue
            if any(collection is other for other in ahead):
                break
        elif not column < collection.column <= comment.column:
            continue
        # An empty list is always written as [], beside its key.
        (collection.tail if collection.entries or collection is root else last.entry.before).extend(said)
        return
    (following.entry.before if following else root.tail).extend(said)
