"""The real site, built for real: nothing leads nowhere, nothing unfinished is published."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from lxml import html

from macros.load import load_library
from macros.urls import FOLDER_OF, url_of

# Templates and sentinels that were not filled, references that were not printed, Python's own words.
RESIDUE = re.compile(r"\{\{|\{%|%%[A-Z]+%%|\[\[[a-z0-9-]|\bUndefined\b|\bNone\b|&lt;(?:strong|em|a|span)\b")

HANDBOOK = "so-tay-bien-tap.html"
SAMPLES = "mau-giao-dien.html"
"""The page that shows every component, for developers: it holds several of each, and sample code."""


@pytest.fixture(scope="module")
def library(real_root):
    return load_library(real_root).library


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, html.HtmlElement]:
    return {
        path.relative_to(built_site).as_posix(): html.parse(str(path)).getroot() for path in built_site.rglob("*.html")
    }


def test_every_record_has_its_page_at_its_stable_address(library, pages) -> None:
    for kind, folder in FOLDER_OF.items():
        for record in getattr(library, kind):
            page = pages[f"{folder}/{record.id}.html"]
            assert page.find("body").get("data-page-id") == record.id


def test_every_internal_link_and_anchor_leads_somewhere(built_site, pages) -> None:
    @cache
    def anchors(name: str) -> frozenset[str]:
        return frozenset(pages[name].xpath("//@id | //a/@name"))

    broken = set()
    for name, page in pages.items():
        for target in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src | //form/@action"):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            path, fragment = urldefrag(target)
            fragment = fragment.partition(":")[0]  # after the colon: a table's chosen filters
            # A path from the root stands on the 404 page only, which is served at any depth.
            base = built_site if path.startswith("/") and name == "404.html" else (built_site / name).parent
            file = (base / unquote(path.partition("?")[0]).lstrip("/")).resolve() if path else built_site / name
            if not file.is_file():
                broken.add(f"{name} -> {target}")
                continue
            inside = file.relative_to(built_site.resolve()).as_posix()
            if fragment and inside in pages and fragment not in anchors(inside):
                broken.add(f"{name} -> {target} (no such anchor)")
    assert sorted(broken) == []


def test_every_record_address_has_its_anchor(library, pages) -> None:
    for kind in ("agencies", "glossary", "questions", "talking_points"):
        for record in getattr(library, kind):
            path, _, anchor = url_of(library, record.id).partition("#")
            assert pages[path].xpath("//*[@id=$anchor]", anchor=anchor), record.id


def test_no_template_residue_is_published(pages) -> None:
    for name, page in pages.items():
        if name == SAMPLES:
            continue
        # The handbook shows editors, as code, what they type.
        for script in page.xpath("//script | //style" + (" | //pre | //code" if name == HANDBOOK else "")):
            script.drop_tree()
        found = RESIDUE.search(page.text_content())
        assert not found, (name, page.text_content()[max(0, found.start() - 60) : found.end() + 60])


def test_each_page_has_one_heading_a_title_of_its_own_and_a_language(pages) -> None:
    titles: dict[str, str] = {}
    for name, page in pages.items():
        assert page.get("lang") == "vi", name
        assert len(page.xpath("//h1")) == 1 or name == SAMPLES, name
        title = page.findtext("head/title").strip()
        assert title and titles.setdefault(title, name) == name, (title, name, titles.get(title))


def test_ids_are_unique_on_each_page(pages) -> None:
    for name, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), (name, sorted({i for i in ids if ids.count(i) > 1}))


def test_pages_run_no_inline_code(pages) -> None:
    for name, page in pages.items():
        assert not page.xpath("//script[not(@src) and not(@type='application/json')]"), name
        assert not page.xpath("//@style | //style"), name
        assert not page.xpath("//@*[starts-with(name(), 'on')]"), name


def test_shells_are_gone_and_folders_hold_only_pages(built_site) -> None:
    assert not list(built_site.rglob("_khung*"))


def test_open_data_is_what_the_library_holds(built_site, library) -> None:
    whole = json.loads((built_site / "api/v1/all.json").read_text(encoding="utf-8"))
    assert whole["count"] == sum(1 for _ in library.records())
    for record in whole["records"]["treaties"]:
        assert (built_site / record["url"]).is_file()
