"""The frame that everything made from records is put into: menus, footers, hand-written pages with holes.

MkDocs renders it without knowing any record, while they are still being read in another process.
So this module imports nothing that knows records, and what the frame says of the library itself
(its version, its date) is marked in it and put in afterwards.

MkDocs renders one empty page (a *shell*) for each folder of records; its header, menu and footer
are the same for all records there. The shell is cut at its sentinels once and put around each
record's body, so that ten thousand records cost ten thousand joins, not ten thousand renderings
of the theme.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from macros.holes import Holes
from macros.urls import FOLDER_OF

if TYPE_CHECKING:
    from macros.model import Meta

SHELL = "_khung"
_SENTINEL = re.compile(r"%%([A-Z_]+)%%")

_SAID = ("tagline", "version", "publisher", "data_licence", "code_licence", "report_to")
_VALUES: Mapping[str, Callable[[Meta], str]] = {name: attrgetter(name) for name in _SAID} | {
    "as_of": lambda meta: meta.data_as_of.official(),
    "as_of_iso": lambda meta: meta.data_as_of.iso(),
    "review_by": lambda meta: meta.review_by.official(),
    "review_by_iso": lambda meta: meta.review_by.last().isoformat(),
}
LIBRARY_MARKS: Mapping[str, str] = {name: f"%%LIBRARY_{name.upper()}%%" for name in _VALUES}
"""What stands in a frame for what is said of the library: `config.extra.cotmoc` in templates."""
_LIBRARY = re.compile("|".join(LIBRARY_MARKS.values()))


def library_values(meta: Meta) -> dict[str, str]:
    """What the frame of every page says of the library, as plain text."""
    return {name: value(meta) for name, value in _VALUES.items()}


def shell_sources() -> Mapping[str, str]:
    """Markdown of the shell pages by path: empty pages with the template that holds the sentinels."""
    folders = FOLDER_OF.values()
    return {f"{folder}/{SHELL}.md": "---\ntemplate: khung.html\ntitle: Cột Mốc\n---\n" for folder in folders}


def read_pages(docs: Path) -> dict[str, str]:
    """The hand-written pages as they were typed: Markdown files directly in ``docs``, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(docs.glob("*.md"))}


class Shell:
    """A rendered shell page, cut at its sentinels."""

    def __init__(self, text: str) -> None:
        self._parts = _SENTINEL.split(text)
        self.names = frozenset(self._parts[1::2])
        if "CONTENT" not in self.names:
            raise ValueError("the shell page has no %%CONTENT%% sentinel")

    def fill(self, values: Mapping[str, str]) -> str:
        """The page. ``values`` are HTML already; a sentinel without a value is an error."""
        parts = list(self._parts)
        parts[1::2] = [values[name] for name in parts[1::2]]
        return "".join(parts)


@dataclass(frozen=True)
class Frame:
    """What does not depend on records: rendered pages by path, and what their holes call for."""

    pages: Mapping[str, str]
    holes: Holes
    texts: Mapping[str, str] = field(default_factory=dict)
    """The hand-written pages as they were typed, by name, for the search."""

    def of(self, meta: Meta) -> Frame:
        """The same with what it says of the library put in."""
        values = {LIBRARY_MARKS[name]: html.escape(text) for name, text in library_values(meta).items()}
        say = lambda match: values[match[0]]  # noqa: E731
        return replace(self, pages={path: _LIBRARY.sub(say, page) for path, page in self.pages.items()})

    @cached_property
    def shells(self) -> Mapping[str, Shell]:
        """The shell of each folder of record pages."""
        return {folder: Shell(self.pages[f"{folder}/{SHELL}.html"]) for folder in FOLDER_OF.values()}

    @cached_property
    def written(self) -> Mapping[str, str]:
        """The hand-written pages."""
        return {path: page for path, page in self.pages.items() if not path.endswith(f"/{SHELL}.html")}

    def faults(self, fragments: Mapping[str, Callable[..., str]]) -> Iterator[str]:
        """A message for each call in a page that no fragment can answer."""
        for path, page in self.written.items():
            for call in self.holes.calls(page):
                if fault := call.fault(fragments):
                    source = path.removesuffix(".html") + ".md"
                    yield f"docs/{source}: {call} gọi không đúng ({fault}); sửa các tham số trong ngoặc"
