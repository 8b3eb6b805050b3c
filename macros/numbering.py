"""Sources as numbers in brackets, and the list that the numbers lead to: for everything on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros import printed, references
from macros.model import Citation, Library


class SourceNumbers:
    """Gives each place in each source one number, in the order of first use."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[tuple[str, str], tuple[int, Citation]] = {}
        self._names: dict[str, str] = {}

    def marks(self, basis: Iterable[Citation]) -> str:
        """``[1][4]``; empty where nothing is cited."""
        found = []
        for item in basis:
            key = (item.source, item.locator)
            number, _ = self._numbers.setdefault(key, (len(self._numbers) + 1, item))
            found.append(f"[{number}]")
        return "".join(dict.fromkeys(found))

    def listed(self) -> Iterator[tuple[int, Citation]]:
        """Every number with its place, in order."""
        yield from self._numbers.values()

    def full(self, item: Citation) -> str:
        """Name, publisher, date, place and address of a source."""
        source = self._library.by_id[item.source]
        parts = [references.source_name(self._library, source.id), source.publisher]
        if source.date:
            parts.append(printed.date(source.date))
        parts.append(f"vị trí: {item.locator}")
        if source.url:
            parts.append(source.url)
        return ", ".join(dict.fromkeys(parts)) + "."

    def short(self, item: Citation) -> str:
        """Name and place of a source."""
        name = self._names.get(item.source)
        if name is None:
            name = self._names[item.source] = references.source_name(self._library, item.source)
        return f"{name}, {item.locator}"
