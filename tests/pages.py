"""Which pages of a built site stand for all of them, and what a reader's browser makes of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_KIND = re.compile(r'<body[^>]*\sdata-kind="([^"]*)"')


def page_types(site: Path) -> list[str]:
    """Every hand-written page, and of each kind of record the longest page, which has the most parts."""
    longest: dict[tuple[str, str], Path] = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name == "404.html":
            continue
        kind = _KIND.search(path.read_text(encoding="utf-8"))[1]
        key = (path.parent.name, kind) if kind not in ("page", "home") else (name, kind)
        if key not in longest or path.stat().st_size > longest[key].stat().st_size:
            longest[key] = path
    return sorted(path.relative_to(site).as_posix() for path in longest.values())


@dataclass
class Watched:
    """A page that notes what it must not do."""

    page: object
    base: str
    asked: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def open(self, name: str) -> object:
        """Open a page of the site and let its scripts finish."""
        self.page.goto(self.base + name, wait_until="load")
        self.page.evaluate("document.fonts.ready")
        return self.page

    def see(self, route: object) -> None:
        """Note a request; let through only what is inside the site."""
        address = route.request.url
        self.asked.append(address)
        if address.startswith((self.base, "data:", "blob:")):
            route.continue_()
        else:
            self.outside.append(address)
            route.abort()

    def note_failure(self, request: object) -> None:
        """Note a request without an answer, unless the reader had gone on to another page."""
        if request.failure != "net::ERR_ABORTED":
            self.failures.append(f"{self.page.url}: {request.failure} {request.url}")


@contextmanager
def watched(browser: object, base: str, **options: object) -> Iterator[Watched]:
    """A page in a fresh context; ``base`` is the address of the site, with a slash at its end."""
    context = browser.new_context(**options)
    if base.startswith("file:"):
        context.set_offline(True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    result = Watched(page, base)
    context.route("**/*", result.see)
    page.on("pageerror", lambda error: result.failures.append(f"{page.url}: {error}"))
    page.on("console", lambda m: result.failures.append(f"{page.url}: {m.text}") if m.type == "error" else None)
    page.on("requestfailed", result.note_failure)
    page.on("response", lambda r: result.failures.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    yield result
    context.close()
