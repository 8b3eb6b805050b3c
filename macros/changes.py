"""What changed from one state of the library to the next, as data/changes.yaml keeps it.

``cotmoc diff OLD NEW --save`` appends a step; the page "Thay đổi gần đây" and the feed print them.
Values are kept as they were printed on that day: a later change of a name does not rewrite history.
"""

from __future__ import annotations

from typing import Literal

from macros.dates import PartialDate
from macros.values import Base, Id, Text

What = Literal["new", "changed", "gone"]
WHAT: dict[str, str] = {"new": "mới", "changed": "sửa", "gone": "bỏ"}


class FieldChange(Base):
    """One field before and after. None stands for "chưa có"."""

    path: tuple[str, ...]
    """Names of fields, from the record down."""
    item: str | None = None
    """What the item is called, when the path goes through a list."""
    old: str | None = None
    new: str | None = None
    listed: bool = False
    """True where something came into a list (``new`` alone) or left it (``old`` alone)."""
    sources: tuple[Id, ...] = ()
    """What the new value rests on."""


class Change(Base):
    """One record that came, changed or went."""

    kind: str
    id: Id
    name: Text
    what: What
    fields: tuple[FieldChange, ...] = ()


class Step(Base):
    """All changes from one state of the data to the next."""

    id: Id
    """Permanent; part of the feed's entry id."""
    on: PartialDate
    """``data_as_of`` of the newer state."""
    version: Text
    title: Text
    changes: tuple[Change, ...]
