"""The one form of the data files: order of keys, quotes, lists on one line or many, empty lines.

It was read off the files as people had written them, so that little had to change:

- a value stands on one line, however long (editors wrap it on the screen), plain where it can,
  else in double quotes;
- lists of ids, words of the vocabulary and dates stand on one line, lists of sentences one item a line;
- keys stand in the order of the model, the record's own first, then statements, sources, dates of review;
- one empty line between records; comments stay with what they are about.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from pydantic import StringConstraints

from macros.annotations import Leaf, leaves
from macros.changes import Step
from macros.dates import PartialDate
from macros.model import (
    KINDS,
    Agency,
    Base,
    Border,
    Document,
    Event,
    Meta,
    Record,
    Source,
    Term,
    Topic,
    Treaty,
    VocabularyTerm,
)
from macros.yaml_text import YamlProblem, parse, resolve
from macros.yaml_tree import Collection, Entry, Node, Scalar, compose, tree


@dataclass(frozen=True)
class Shape:
    """What stands at one place of a file, as far as its form depends on it."""

    model: type[Base] | None = None
    """A mapping with these keys."""
    item: Shape | None = None
    """A list of these."""
    value: Shape | None = None
    """A mapping with any keys to these."""
    word: bool = False
    """An id, a word of the vocabulary or a date: short, and never with spaces."""
    on_one_line: bool = False
    """A mapping written {on one line}."""


ANYTHING = Shape()
FILES: Mapping[str, Shape] = {
    **{kind: Shape(item=Shape(model=cls)) for kind, cls in KINDS.items()},
    "library": Shape(model=Meta),
    "changes": Shape(item=Shape(model=Step)),
    "vocabulary": Shape(value=Shape(value=Shape(on_one_line=True))),
}
"""Every data file by name."""

_LAST = ("statements", "guidance", "corrections", "sources", "confidence", "valid_until", "reviewed_on", "withdrawn")
"""These close a record, in this order."""
_ALIASES_AFTER: Mapping[type[Record], str] = {
    Treaty: "variants",
    Border: "neighbours",
    Topic: "parent",
    Document: "short_title",
    Event: "title",
    Agency: "name",
    Term: "expansion",
    Source: "title",
}
"""Other names stand beside the names."""


def formed(text: str, name: str) -> str:
    """The text of the data file ``name`` in the one form. Raises YamlProblem where it cannot be read.

    What the file says is the same before and after; otherwise nothing is given back.
    """
    result = _text(compose(text), FILES[name])
    if not _same(parse(text).value, parse(result).value):
        raise YamlProblem(1, "viết lại sẽ làm đổi dữ liệu, nên để nguyên", "báo lỗi này cho kỹ thuật viên, kèm tệp")
    return result


def written(value: Any, name: str) -> str:
    """Plain values (the whole of a file, or some of its records) as text in the one form."""
    root = tree(value)
    if isinstance(root, Scalar):
        raise TypeError("a data file is a list or a mapping")
    return _text(root, FILES[name])


def _same(one: Any, two: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)


def _text(root: Collection, shape: Shape) -> str:
    lines = [*_block(root, shape, top=True), *root.tail] if root.entries else [_flat(root, shape), *root.tail]
    shown: list[str] = []
    for line in lines:
        if line or (shown and shown[-1]):
            shown.append(line)
    return "\n".join(shown).strip("\n") + "\n"


def _block(node: Collection, shape: Shape, *, top: bool = False) -> Iterator[str]:
    """Lines of a mapping or list, one entry after another; the caller indents them."""
    for index, entry in enumerate(_ordered(node, shape)):
        inner = inside(shape, entry.key)
        flat = _flat(entry.node, inner)
        lines = list(_block(entry.node, inner)) if flat is None else []
        if flat is None and entry.key is None:
            lines = _raised(entry, lines)
        above = [line for line in entry.before if line or top]
        if top and index and not node.is_map and "" not in above[:1]:
            above.insert(0, "")
        yield from above
        yield from _entry_lines(entry, flat, lines)
    if not top:
        yield from (line for line in node.tail if line)


def _entry_lines(entry: Entry, flat: str | None, lines: list[str]) -> Iterator[str]:
    beside = f"  {entry.beside}" if entry.beside else ""
    head = "-" if entry.key is None else f"{scalar(entry.key)}:"
    if flat is not None:
        yield f"{head} {flat}{beside}"
        return
    if entry.key is None:
        yield f"- {lines.pop(0)}"
    else:
        yield f"{head}{beside}"
    yield from (f"  {line}" for line in lines)


def _raised(entry: Entry, lines: list[str]) -> list[str]:
    """Comments above the first line of an item go above the item; its own goes to that line."""
    while lines[0].startswith("#"):
        entry.before.append(lines.pop(0))
    if entry.beside:
        entry.before.append(entry.beside)
        entry.beside = ""
    return lines


def _flat(node: Node, shape: Shape) -> str | None:
    """A value that stands on the line of its key or dash, or None where it needs lines of its own."""
    if isinstance(node, Scalar):
        return scalar(node.value)
    if not node.entries:
        return "{}" if node.is_map else "[]"
    if node.tail or not all(isinstance(e.node, Scalar) and not e.before and not e.beside for e in node.entries):
        return None
    values = [(entry.key, scalar(entry.node.value, in_flow=True)) for entry in node.entries]
    if node.is_map:
        return "{" + ", ".join(f"{scalar(key)}: {value}" for key, value in values) + "}" if shape.on_one_line else None
    return "[" + ", ".join(value for _, value in values) + "]" if shape.item and shape.item.word else None


def _ordered(node: Collection, shape: Shape) -> list[Entry]:
    """Keys after the model; what it does not know stays behind, in its order."""
    if not node.is_map or shape.model is None:
        return node.entries
    order = {name: place for place, name in enumerate(order_of(shape.model))}
    return sorted(node.entries, key=lambda entry: order.get(entry.key, len(order)))


@cache
def order_of(cls: type[Base]) -> tuple[str, ...]:
    """The keys of a kind of record, or of a part of one, in the order in which they are written."""
    names = list(cls.model_fields)
    if not issubclass(cls, Record):
        return tuple(names)
    own = [name for name in names if name not in Record.model_fields and name not in _LAST]
    place = own.index(_ALIASES_AFTER[cls]) + 1 if cls in _ALIASES_AFTER else 0
    return ("id", *own[:place], "aliases", *own[place:], *(name for name in _LAST if name in names))


@cache
def inside(shape: Shape, key: str | None) -> Shape:
    """What stands under a key of a mapping, or is an item of a list (key None)."""
    if key is None:
        return shape.item or ANYTHING
    if shape.model is not None and key in shape.model.model_fields:
        return _shape_of(shape.model.model_fields[key].annotation)
    return shape.value or ANYTHING


def _shape_of(annotation: Any) -> Shape:
    """The first alternative that has a form of its own decides."""
    return next((shape for leaf in leaves(annotation) if (shape := _leaf_shape(leaf)) != ANYTHING), ANYTHING)


def _leaf_shape(leaf: Leaf) -> Shape:
    shape = ANYTHING
    if leaf.is_a(PartialDate) or any(isinstance(mark, VocabularyTerm) or _is_pattern(mark) for mark in leaf.marks):
        shape = Shape(word=True)
    elif leaf.is_a(Base):
        shape = Shape(model=leaf.type)
    return Shape(item=shape) if leaf.many else shape


def _is_pattern(mark: Any) -> bool:
    return isinstance(mark, StringConstraints) and mark.pattern is not None


_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=]")
_NOT_PLAIN = re.compile(r": |:$| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\s$")
_IN_FLOW = re.compile(r"[,\[\]{}]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def scalar(value: Any, *, in_flow: bool = False) -> str:
    """One value as text: plain where the loader reads that back as the same, else in double quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    plain = _START.match(value) and not _NOT_PLAIN.search(value) and not (in_flow and _IN_FLOW.search(value))
    if plain and isinstance(resolve(yaml.ScalarEvent(None, None, (True, False), value)), str):
        return value
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
