"""The kept changes as an Atom feed (RFC 4287), the same bytes for the same data.

The library has no address of its own (an intranet, a disc), so that ids are of the ``urn:`` kind
and links are relative to the feed.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from macros import diff
from macros.changes import WHAT, Change, Step
from macros.model import Library
from macros.urls import url_of

PATH = "thay-doi.atom"
PAGE = "thay-doi.html"
ATOM = "http://www.w3.org/2005/Atom"
_SPACE = uuid.uuid5(uuid.NAMESPACE_OID, "cot-moc")
SHOWN = 200
"""Records told one by one in an entry; the page has them all."""


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path below the site, text) of the feed."""
    yield PATH, atom(library)


def atom(library: Library) -> str:
    """One entry a step, newest first."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", _urn("feed"))
    _add(feed, "title", f"{library.meta.name}: thay đổi gần đây")
    _add(feed, "updated", _moment(library.meta.data_as_of.last().isoformat()))
    _add(_add(feed, "author"), "name", library.meta.publisher)
    _add(feed, "link", rel="self", href=PATH)
    _add(feed, "link", rel="alternate", type="text/html", href=PAGE)
    for step in reversed(library.changes):
        _entry(_add(feed, "entry"), library, step)
    ET.indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _entry(entry: ET.Element, library: Library, step: Step) -> None:
    _add(entry, "id", _urn(step.id))
    _add(entry, "title", step.title)
    _add(entry, "updated", _moment(step.on.last().isoformat()))
    _add(entry, "link", rel="alternate", type="text/html", href=f"{PAGE}#{step.id}")
    body = ET.Element("div")
    for change in step.changes[:SHOWN]:
        _change(body, library, change)
    if len(step.changes) > SHOWN:
        _add_html(body, "p", f"… và {len(step.changes) - SHOWN} bản ghi nữa.")
    _add(entry, "content", ET.tostring(body, encoding="unicode"), type="html")


def _change(body: ET.Element, library: Library, change: Change) -> None:
    paragraph = _add_html(body, "p", f"{WHAT[change.what]}: ")
    if change.id in library.by_id:
        _add_html(paragraph, "a", change.name, href=url_of(library, change.id))
    else:
        paragraph.text += change.name
    rows = _add_html(body, "ul") if change.fields else None
    for field in change.fields:
        titles = {s: library.by_id[s].title for s in field.sources if s in library.by_id}
        _add_html(rows, "li", diff.line(field, library.vocabulary, titles))


def _urn(name: str) -> str:
    return uuid.uuid5(_SPACE, name).urn


def _moment(day: str) -> str:
    # Atom asks for a time; the library knows days (of Việt Nam).
    return f"{day}T00:00:00+07:00"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
    child.text = text
    return child


def _add_html(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text
    return child
