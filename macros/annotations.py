"""What the type of a model's field allows, taken apart: for forms, drafts and tables that are made from the model."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin


@dataclass(frozen=True)
class Leaf:
    """One of the types that a value may have, or that the items of a list may have (``many``).

    ``marks`` are what ``Annotated`` says of it (a vocabulary, a pattern).
    """

    type: Any
    marks: tuple[Any, ...] = ()
    many: bool = False

    def is_a(self, cls: type) -> bool:
        """Whether the type is this class or one of its kind."""
        return isinstance(self.type, type) and issubclass(self.type, cls)


def leaves(annotation: Any, marks: tuple[Any, ...] = (), many: bool = False) -> Iterator[Leaf]:
    """The alternatives of an annotation without None, in its order; ``marks`` are those of the field."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from leaves(args[0], (*marks, *args[1:]), many)
    elif origin in (Union, types.UnionType):
        for arg in args:
            yield from leaves(arg, marks, many)
    elif origin is tuple:
        yield from leaves(args[0], marks, True)
    elif annotation is not type(None):
        yield Leaf(annotation, marks, many)
