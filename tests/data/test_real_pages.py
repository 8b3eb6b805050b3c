"""Every page of the real records: nothing empty, nothing left over, no link that leads nowhere."""

from __future__ import annotations

import re

import pytest

from macros.exports.names import FOLDER
from macros.load import load_library
from macros.pages import record_pages
from macros.pages.fragments import fragments
from tests.library import ROOT

HAND_WRITTEN = {
    "/".join(path.relative_to(ROOT / "docs").with_suffix(".html").parts) for path in (ROOT / "docs").rglob("*.md")
}
EMPTY = re.compile(r"<(td|th|dd|dt|p|h1|h2|h3|li|summary)(?: [^>]*)?>\s*</\1>")
SHARED = {"co-quan.html": "agency_table", "thuat-ngu.html": "glossary_list", "hoi-dap.html": "question_list"}


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT).library


@pytest.fixture(scope="module")
def texts(library):
    """Path or fragment name -> HTML."""
    today = library.meta.data_as_of.first()
    found = {page.path: page.body for page in record_pages(library, today=today)}
    for name, function in fragments(library, today).items():
        found[name] = function("status") if name == "words_of" else function()
    return found


def test_nothing_is_empty_and_nothing_is_left_over(texts):
    assert len(texts) > 400
    for name, text in texts.items():
        empty = EMPTY.search(text)
        assert not empty, (name, text[max(0, empty.start() - 200) : empty.end()] if empty else "")
        for residue in ("{{", "{%", "[[", "None", "Undefined", "PartialDate"):
            assert residue not in text, (name, residue)


def test_no_anchor_stands_twice_on_a_page(texts):
    for name, text in texts.items():
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name


def test_links_of_record_pages_lead_somewhere(texts):
    anchors = {path: set(re.findall(r'\sid="([^"]+)"', text)) for path, text in texts.items()}
    anchors |= {path: anchors[name] for path, name in SHARED.items()}
    wrong, checked = [], 0
    for path, text in texts.items():
        if "/" not in path:
            continue
        for link in re.findall(r'href="(?!http)([^"]+)"', text):
            checked += 1
            target, _, anchor = link.partition("#")
            target = target.partition("?")[0]
            full = _resolve(path, target)
            if full.startswith(f"{FOLDER}/"):
                continue  # a file to take away: tests/build/test_site.py looks for it in the built site
            if (full not in anchors and full not in HAND_WRITTEN) or (
                anchor and full in anchors and anchor not in anchors[full]
            ):
                wrong.append((path, link))
    assert checked > 5000
    assert not wrong


def _resolve(page: str, target: str) -> str:
    parts = page.split("/")[:-1] if target else page.split("/")
    for part in filter(None, target.split("/")):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_each_treaty_page_prints_its_dates_as_the_record_has_them(library, texts):
    for treaty in library.treaties:
        card = texts[f"dieu-uoc/{treaty.id}.html"].partition("cm-card__facts")[0]
        shown = re.findall(r'<p class="cm-dates__label">(.*?)</p>\s*<p class="cm-dates__value">(.*?)</p>', card)
        values = {label: re.sub(r"<[^>]+>", "", value) for label, value in shown}
        for label, fact in (("Ký", treaty.signed), ("Hiệu lực", treaty.entered_into_force)):
            assert values[label] == (fact.value.official() if fact.value else "chưa có nguồn"), treaty.id


def test_every_source_of_a_treaty_date_stands_in_its_chip(library, texts):
    for treaty in library.treaties:
        text = texts[f"dieu-uoc/{treaty.id}.html"]
        for citation in (*treaty.signed.sources, *treaty.entered_into_force.sources):
            assert f"../nguon/{citation.source}.html" in text, (treaty.id, citation.source)
