"""Whether every address inside the pages leads to a file and to a place on it."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

# Our own pages only, which are written by templates: attributes are always in double quotes.
_ADDRESS = re.compile(r'\s(?:href|src|action|poster|data)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, order=True)
class BrokenLink:
    """An address that leads nowhere."""

    page: str
    address: str

    def __str__(self) -> str:
        return f"{self.page}: liên kết hỏng {self.address}"


def broken_links(site: Mapping[str, bytes]) -> Iterator[BrokenLink]:
    """Every address of every page of ``site`` (path -> content) that has no target in ``site``.

    404.html is left out: it stands for all depths, so its addresses start at the server's root.
    Addresses with a scheme (https:, mailto:) lead outside and are not followed.
    """
    ids: dict[str, frozenset[str]] = {}
    for page in sorted(name for name in site if name.endswith(".html") and name != "404.html"):
        text = site[page].decode("utf-8")
        for address in sorted(set(_ADDRESS.findall(text))):
            target, fragment = _resolve(page, html.unescape(address))
            if target is None:
                continue
            there = target in site
            if there and fragment and target.endswith(".html"):
                there = fragment in _ids(site, target, ids)
            if not there:
                yield BrokenLink(page, address)


def _resolve(page: str, address: str) -> tuple[str | None, str]:
    """(path inside the site, id on it); the path is None for an address outside.

    What follows a colon in a fragment is the state of a table (assets/js/tables.js).
    """
    if _SCHEME.match(address) or address.startswith("//"):
        return None, ""
    path, _, fragment = address.partition("#")
    place = unquote(fragment).partition(":")[0]
    path = unquote(path.partition("?")[0])
    if not path:
        return page, place
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path)), place


def _ids(site: Mapping[str, bytes], name: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
    if name not in known:
        known[name] = frozenset(map(html.unescape, _ID.findall(site[name].decode("utf-8"))))
    return known[name]
