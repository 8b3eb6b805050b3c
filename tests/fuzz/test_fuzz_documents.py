"""Documents from anywhere: a text and a draft for the editor, or a refusal; never more than that."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
import yaml
from hypothesis import strategies as st

from macros import proofing
from macros.load import load_library
from macros.model import Library
from macros.proofing.importing import PARTS, draft
from scripts.reading import KINDS, LONGEST_TEXT, Unreadable, text_of
from tests.fuzz.material import DATES, NUMBERS, ODD, damage, draft_texts, edits, flipped, flips
from tests.fuzz.running import lengths, run
from tests.library import ROOT

TAGS = (
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", "<w:br/>",
    "<w:tab/>", "<w:pPr/>", "<w:del>", "<w:txbxContent>", "<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "&amp;", "&lt;",
    "&x;", "&#0;", "&#xFFFF;", "<!DOCTYPE a>", '<!ENTITY b "c">', "xmlns:w='x'", "<", ">", "]]>", '"', "<a:b/>",
    '<?xml version="1.0" encoding="UTF-16"?>', '<?xml version="1.1"?>', "<text:p>", "</text:p>", "<text:note>",
)  # fmt: skip
OPEN = "urn:oasis:names:tc:opendocument:xmlns"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT).library


@cache
def _word_files() -> tuple[bytes, ...]:
    """Word files as python-docx writes them: headings, paragraphs, tables, of real drafts."""
    from docx import Document

    found = []
    for text in draft_texts()[-12::3]:
        document = Document()
        document.add_heading(text[:40].replace("\n", " "))
        for line in text.split("\n"):
            document.add_paragraph(line)
        document.add_table(rows=2, cols=2).cell(1, 1).text = text[:60]
        found.append(_saved(document))
    return tuple(found)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    """(extension, XML of the main part) of real documents."""
    found = []
    for data in _word_files():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found.append((".docx", archive.read("word/document.xml").decode()))
    for text in draft_texts()[-6:]:
        lines = "".join(f"<text:p>{line}<text:s/></text:p>" for line in _escaped(text).split("\n"))
        found.append((".odt", f'<o:d xmlns:o="{OPEN}:office:1.0" xmlns:text="{OPEN}:text:1.0">{lines}</o:d>'))
    return tuple(found)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def packed(kind: str, xml: bytes, name: str = "") -> bytes:
    """A file of that kind with one part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name or {".docx": "word/document.xml"}.get(kind, "content.xml"), xml)
    return buffer.getvalue()


_SAFE = (*DATES, *NUMBERS, *(odd for odd in ODD if odd >= " "))
_TYPED = st.tuples(st.just("insert"), st.integers(0, 10**6), st.just(0), st.sampled_from(_SAFE))
"""An edit that leaves the XML whole, unless it hits a tag."""


def _edited_xml() -> st.SearchStrategy[tuple[str, bytes]]:
    """Real XML after edits, in one of several encodings, packed so that the zip is whole."""

    def make(part: tuple[str, str], done: list, encoding: str) -> tuple[str, bytes]:
        kind, xml = part
        return kind, packed(kind, damage(xml, done).encode(encoding, "surrogatepass"))

    encoding = st.sampled_from((*("utf-8",) * 12, "utf-8-sig", "utf-16", "utf-16-le"))
    pieces = st.lists(edits((*TAGS, *DATES, *NUMBERS)), max_size=2) | st.lists(_TYPED, max_size=6)
    return st.builds(make, st.sampled_from(_parts()), pieces, encoding)


def _built_xml() -> st.SearchStrategy[tuple[str, bytes]]:
    """Paragraphs put together out of tags and words, well-formed at least at the start."""
    words = st.sampled_from((*TAGS, *TAGS, *DATES, *NUMBERS, *(odd for odd in ODD if odd >= " ")))

    def make(pieces: list[str], deep: int) -> tuple[str, bytes]:
        inside = "<w:p>" * deep + "".join(pieces) + "</w:p>" * deep
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        return ".docx", packed(
            ".docx", f'<w:document xmlns:w="{space}">{inside}</w:document>'.encode("utf-8", "replace")
        )

    return st.builds(make, st.lists(words, max_size=8), st.sampled_from((0, 1, 1, 2, 3, 50, 3000)))


def _edited_bytes() -> st.SearchStrategy[tuple[str, bytes]]:
    """Whole Word files with bytes changed or cut off."""

    def make(data: bytes, places: list, cut: int) -> tuple[str, bytes]:
        return ".docx", flipped(data, places)[: len(data) * cut // 100]

    return st.builds(make, st.sampled_from(_word_files()), flips(6), st.sampled_from((100, 100, 100, 99, 50, 3)))


def _plain_text() -> st.SearchStrategy[tuple[str, bytes]]:
    def make(text: str, done: list, encoding: str, kind: str) -> tuple[str, bytes]:
        return kind, damage(text, done).encode(encoding, "replace")

    codes = st.sampled_from(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1258", "utf-16-be"))
    short = tuple(text for text in draft_texts() if len(text) < 3000)
    done = st.lists(edits((*DATES, *NUMBERS)), max_size=4)
    return st.builds(make, st.sampled_from(short), done, codes, st.sampled_from((".txt", ".md", ".docx", ".pdf", ".x")))


@lengths
def test_a_document_becomes_a_text_and_a_draft_or_is_refused(
    library: Library, count: int, record_property: Callable
) -> None:
    kit = proofing.kit_for(library)
    turn = iter(range(10**9))

    def read(given: tuple[str, bytes]) -> str:
        kind, data = given
        try:
            text = text_of(data, kind, "văn bản")
        except Unreadable as refusal:
            assert refusal.code == 2 and refusal.what.startswith("văn bản") and refusal.remedy
            return "refused"
        assert len(text) <= LONGEST_TEXT and kind in KINDS
        assert text == text_of(data, kind, "văn bản")
        # Reading is quick and the draft is not; every fifth text goes on to it.
        if next(turn) % 5 == 0:
            _drafted(text, library, kit)
            return "drafted" if text.strip() else "empty"
        return "read" if text.strip() else "empty"

    inputs = st.one_of(_edited_xml(), _edited_xml(), _built_xml(), _edited_bytes(), _plain_text())
    run(count, inputs, read, record_property).reaches(0.2, "read", "drafted")


def _drafted(text: str, library: Library, kit: proofing.Kit) -> None:
    written = draft(text, "văn bản.docx", library, kit)
    parts = yaml.safe_load(written)
    assert list(parts) == list(PARTS)
    assert {item["id"] for item in parts["da_co"]} <= set(library.by_id)
    assert all(item["asks"] is None for item in parts["huong_dan"]), "what is asked is for a person to write"
    last = text.count("\n") + 1
    for key in ("van_ban_chua_co", "dieu_uoc_chua_ro", "can_xem"):
        assert all(1 <= item["line"] <= last for item in parts[key])
    for item in parts["van_ban_chua_co"]:
        assert item["number"] in " ".join(text.split()) or item["number"] in text, "a number that the text has not"
