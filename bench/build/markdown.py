"""A built page as the plain Markdown that somebody might have written by hand.

The other generators get the same pages with the same words, tables and links, and no code of ours.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_SKIPPED = frozenset({"svg", "script", "style", "button", "form", "input", "select", "nav", "template"})
_VOID = frozenset({"br", "img", "input", "hr", "meta", "link", "col", "wbr"})
_BLOCKS = frozenset({"p", "div", "section", "article", "figure", "details", "summary", "dl", "dt", "dd", "caption"})
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")
_ARTICLE = re.compile(r'<article class="cm-article">(.*)</article>', re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def page(html: str, *, extension: str) -> tuple[str, str]:
    """(title, Markdown) of a page's article. Links to pages end in `extension` (".md" or ".html")."""
    article = _ARTICLE.search(html)
    title = _TITLE.search(html)
    reader = _Reader(extension)
    reader.feed(article[1] if article else "")
    reader.close()
    return (" ".join(title[1].split()) if title else "?"), reader.text()


class _Reader(HTMLParser):
    def __init__(self, extension: str) -> None:
        super().__init__(convert_charrefs=True)
        self._extension = extension
        self._lines: list[str] = []
        self._line: list[str] = []
        self._skip = 0
        self._lists: list[str] = []
        self._link: list[str] = []
        self._row: list[str] | None = None
        self._header = False

    def text(self) -> str:
        self._end()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip() + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skip or tag in _SKIPPED:
            self._skip += tag not in _VOID
        elif tag in _HEADINGS:
            self._end()
            self._line.append(f"{_HEADINGS[tag]} ")
        elif tag in ("ul", "ol"):
            self._end()
            self._lists.append("- " if tag == "ul" else "1. ")
        elif tag == "li":
            self._end()
            # Flat: an outer item is often nothing but a frame.
            self._line.append(self._lists[-1] if self._lists else "- ")
        elif tag == "tr":
            self._end()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._line = []
        elif tag == "thead":
            self._header = True
        elif tag == "a":
            self._link.append(dict(attrs).get("href") or "")
            self._line.append("[")
        elif tag in _MARKS:
            self._line.append(_MARKS[tag])
        elif tag == "br":
            self._line.append(" ")
        elif tag in _BLOCKS and self._row is None:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            self._skip -= 1
        elif tag in ("td", "th") and self._row is not None:
            self._row.append(" ".join("".join(self._line).split()))
            self._line = []
        elif tag == "tr" and self._row is not None:
            self._rows()
        elif tag in ("ul", "ol") and self._lists:
            self._end()
            self._lists.pop()
        elif tag == "a" and self._link:
            self._line.append(f"]({self._address(self._link.pop())})")
        elif tag in _MARKS:
            self._line.append(_MARKS[tag])
        elif (tag in _BLOCKS or tag in _HEADINGS or tag in ("li", "table")) and self._row is None:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._line.append(_SPECIAL.sub(r"\\\1", " ".join(data.split()).join(_edges(data))))

    def _rows(self) -> None:
        self._lines.append("| " + " | ".join(self._row or [""]) + " |")
        if self._header:
            self._lines.append("|" + " --- |" * len(self._row or [""]))
        self._row, self._header = None, False

    def _end(self) -> None:
        """Close the block that is being read."""
        text = "".join(self._line).rstrip()
        self._line = []
        if text.strip() and text.strip() not in ("-", "1."):
            self._lines += [text, ""] if not self._lists else [text]
        elif self._lines and self._lines[-1]:
            self._lines.append("")

    def _address(self, href: str) -> str:
        address = href.partition("#")[0]
        return address.removesuffix(".html") + self._extension if address.endswith(".html") else address or "#"


def _edges(data: str) -> tuple[str, str]:
    """A space at each end where the text had one."""
    return (" " if data[:1].isspace() else "", " " if data[-1:].isspace() else "")
