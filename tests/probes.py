"""Hostile texts for every text field of every record, put in behind the back of the checks."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from macros.library import KINDS, Library
from macros.values import Base

REFUSED = {
    "markup": "<img src=x onerror=window.pwned=1>",
    "closing tag": "</script><script>window.pwned=1</script>",
    "comment": "<!-- x",
    "script address": "javascript:window.pwned=1",
    "Script address": "JavaScript :window.pwned=1",
    "template": "{{ config.extra }}",
    "template block": "{% include 'x' %}",
    "entity": "&lt;b&gt; &#60;",
    "right-to-left override": "chữ \u202e nguợc",
    "isolate": "chữ \u2066 ẩn",
    "zero width": "chữ\u200b ẩn",
}
"""What the checks refuse in every text."""

CONTROL = "chữ \x1b[31m"
"""Refused as well; not tried on pages, because a Word file cannot hold it and the build stops."""

SHOWN = {
    "quotes": '" onmouseover="window.pwned=1" x=\' onfocus=\'window.pwned=1',
    "markdown link": "[bấm](data:text/html,x) ![x](http://192.0.2.1/x.png)",
    "markdown code": "`x` **đậm** # y | z || !!! note",
    "backslashes": "\\u003cscript\\u003e \\n $& $1 \\",
    "line separators": "một\u2028hai\u2029ba",
}
"""What is not refused, or not by every check: it has to be harmless on the page."""

NOT_TEXT = {"id", "url", "kind", "level", "nature"}
"""Fields whose values other rules fix; see `is_text`."""


def is_text(library: Library, name: str, value: str) -> bool:
    """Whether a leaf is free text: no id, no term of the vocabulary, no address."""
    ids = (library.by_id, library.figures, library.sets)
    terms = (value in terms for terms in library.vocabulary.values())
    return name not in NOT_TEXT and not any(value in known for known in ids) and not any(terms)


def poisoned(library: Library, text: str) -> tuple[Library, set[tuple[str, tuple]]]:
    """The library with ``text`` at the end of every free text; and where: (record id, path)."""
    places: set[tuple[str, tuple]] = set()

    def change(record_id: str) -> Callable[[str, tuple, str], str]:
        def at(name: str, path: tuple, value: str) -> str:
            if not is_text(library, name, value):
                return value
            places.add((record_id, path))
            return f"{value} {text}"

        return at

    kinds = {
        kind: tuple(_mapped(record, "", (), change(record.id)) for record in getattr(library, kind)) for kind in KINDS
    }
    return dataclasses.replace(library, **kinds), places


def _mapped(value: Any, name: str, path: tuple, at: Callable[[str, tuple, str], str]) -> Any:
    if isinstance(value, str):
        return at(name, path, value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, name, (*path, index), at) for index, item in enumerate(value))
    if isinstance(value, Base):
        fields = type(value).model_fields
        return value.model_copy(
            update={field: _mapped(getattr(value, field), field, (*path, field), at) for field in fields}
        )
    return value


def all_probes() -> Iterator[str]:
    """Every probe, those that the checks refuse included: what gets past them must be harmless too."""
    yield from REFUSED.values()
    yield from SHOWN.values()
