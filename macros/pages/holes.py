"""Holes in hand-written pages, filled with what records say after the page has been rendered.

A page in docs/ calls a fragment (a table of ten thousand rows, perhaps); MkDocs and Markdown get
a comment in its place, so that they need not read the table, and so that the fragment can be made
anew without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any

_MARK = re.compile(r"<!--cot-moc:(\d+)-->")


@dataclass(frozen=True)
class Call:
    """One call of a fragment."""

    name: str
    args: tuple[Any, ...]
    options: tuple[tuple[str, Any], ...]

    def result(self, fragments: Mapping[str, Callable[..., str]]) -> str:
        return str(fragments[self.name](*self.args, **dict(self.options)))


class Holes:
    """The calls of one build, by number."""

    def __init__(self) -> None:
        self._numbers: dict[Call, int] = {}

    def macro(self, name: str, fragment: Callable[..., str]) -> Callable[..., str]:
        """What pages call in place of the fragment: leaves a mark."""

        @wraps(fragment)
        def leave(*args: Any, **options: Any) -> str:
            # A wrong call fails here, where the page is named.
            signature(fragment).bind(*args, **options)
            call = Call(name, args, tuple(sorted(options.items())))
            number = self._numbers.setdefault(call, len(self._numbers))
            return f"<!--cot-moc:{number}-->"

        return leave

    def fill(self, page: str, result: Callable[[Call], str]) -> str:
        """The page with each mark replaced."""
        calls = list(self._numbers)
        return _MARK.sub(lambda match: result(calls[int(match[1])]), page)
