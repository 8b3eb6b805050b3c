"""What a record page is: its address, what stands in the frame, and its body."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape


@dataclass(frozen=True, slots=True)
class Heading:
    """A second-level heading of the page, for its table of contents."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page made from one record.

    ``path`` is relative to the site's root; links in ``body``, ``notice`` and ``crumbs`` are
    relative to the page's folder. ``title`` and ``description`` are plain text, ``body`` and
    ``notice`` are HTML.
    """

    path: str
    title: str
    description: str
    kind: str
    record_id: str
    body: str
    crumbs: tuple[tuple[str, str], ...] = ()
    headings: tuple[Heading, ...] = ()
    notice: str = ""

    # Put together by hand, because Markup.format takes five times as long.

    @property
    def breadcrumbs(self) -> str:
        """HTML of the way here: the site's start, the list, the page itself."""
        items = "".join(f'<li><a href="{escape(url)}">{escape(label)}</a></li>' for label, url in self.crumbs)
        here = f'<li><span aria-current="page">{escape(self.title)}</span></li>'
        return f'<nav class="cm-breadcrumbs" aria-label="Vị trí trang"><ol>{items}{here}</ol></nav>'

    @property
    def toc(self) -> str:
        """HTML of the table of contents; empty where there is little to list."""
        if len(self.headings) < 3:
            return ""
        items = "".join(f'<li><a href="#{escape(h.id)}">{escape(h.text)}</a></li>' for h in self.headings)
        return (
            '<nav class="cm-toc" aria-label="Trong trang này"><details open><summary>Trong trang này</summary>'
            f"<ol>{items}</ol></details></nav>"
        )
