"""The same pages for other generators: a folder each, with their own configuration and nothing of ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from bench.build.markdown import page

MKDOCS = """\
site_name: Cột Mốc
use_directory_urls: false
theme:
  name: material
  language: vi
  font: false
nav:
  - index.md
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, {toc: {toc_depth: 2-3}}]
plugins: [search]
"""
"""Stock Material. Pages stay out of `nav`, where each would carry the whole list; search is left on."""

MOST_WORDS = 15_000
"""Zensical stops at a part of a page with more than 32,768 words; Material is spared the same pages."""
UNSEARCHED = "---\nsearch:\n  exclude: true\n---\n"

HUGO = """\
baseURL = "https://example.org/"
title = "Cột Mốc"
languageCode = "vi"
uglyURLs = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap"]
[outputs]
home = ["HTML", "JSON"]
[markup.goldmark.renderer]
unsafe = true
"""
HUGO_INDEX = """\
[{{ range $i, $p := site.RegularPages }}{{ if $i }},{{ end }}
{{ dict "title" .Title "url" .RelPermalink "text" .Plain | jsonify }}{{ end }}]
"""
"""The usual way to a search with Hugo: a file with the words of every page."""


def mkdocs(site: Path, target: Path) -> int:
    """A project for Material and for Zensical, which reads the same file; gives the number of pages."""
    count = 0
    for name, _, text in _pages(site, ".md"):
        head = UNSEARCHED if len(text.split()) > MOST_WORDS else ""
        _put(target / "docs" / f"{name}.md", head + text)
        count += 1
    _put(target / "mkdocs.yml", MKDOCS)
    return count


def hugo(site: Path, target: Path) -> int:
    """A project for Hugo whose layout is the frame of our own pages."""
    count = 0
    layout = _layout((site / "index.html").read_text(encoding="utf-8"))
    for name, title, text in _pages(site, ".html"):
        # A folder's own page is called _index, or all other pages there would be its attachments.
        name = name.removesuffix("index") + "_index" if name.rpartition("/")[2] == "index" else name
        _put(target / "content" / f"{name}.md", f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{text}")
        count += 1
    _put(target / "config.toml", HUGO)
    for name in ("single", "list"):
        _put(target / "layouts" / "_default" / f"{name}.html", layout)
    _put(target / "layouts" / "index.html", layout)
    _put(target / "layouts" / "index.json", HUGO_INDEX)
    return count


def _layout(page: str) -> str:
    """A built page with its content and title cut out."""
    page = re.sub(r'(<article class="cm-article">).*(</article>)', r"\1{{ .Content }}\2", page, flags=re.DOTALL)
    return re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", page, flags=re.DOTALL)


def _pages(site: Path, extension: str) -> Iterator[tuple[str, str, str]]:
    """(path without ending, title, Markdown) of every page of a built site."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix().removesuffix(".html")
        if name != "404":
            yield name, *page(path.read_text(encoding="utf-8"), extension=extension)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
