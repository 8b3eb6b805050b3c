"""Drafts from files: what is read, and what is refused with a clear message."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from scripts.reading import LARGEST_PART, LONGEST_TEXT, Unreadable, read_text, text_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(**parts: bytes) -> bytes:
    """A zip archive; part names with a dot are given as word__document."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return buffer.getvalue()


def word(body: str, **more: bytes) -> bytes:
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed(word__document=document.encode(), **more)


def test_a_word_file_gives_paragraphs_tables_and_footnotes():
    body = (
        "<w:p><w:r><w:t>Hiệp ước </w:t></w:r><w:r><w:t>biên giới</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ô 1</w:t><w:tab/><w:t>ô 2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    note = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote><w:p><w:r><w:t>chú thích</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    text = text_of(word(body, word__footnotes=note.encode()), ".docx", "x.docx")
    assert text == "Hiệp ước biên giới\nô 1\tô 2\nchú thích\n"


def test_a_real_word_file(tmp_path: Path):
    from docx import Document

    document = Document()
    document.add_paragraph("Ký ngày 31/12/1999.")
    document.add_paragraph("Dòng hai")
    document.save(str(tmp_path / "a.docx"))
    assert read_text(tmp_path / "a.docx").splitlines() == ["Ký ngày 31/12/1999.", "Dòng hai"]


def test_an_opendocument_file():
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    xml = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body>'
        "<text:h>Kế hoạch</text:h><text:p>ký<text:s/>ngày <text:span>30/12/1999</text:span>.</text:p>"
        "</office:body></office:document-content>"
    )
    assert text_of(packed(content=xml.encode()), ".odt", "x.odt") == "Kế hoạch\nký ngày 30/12/1999.\n"


def test_plain_text_in_both_unicode_forms():
    assert text_of("\ufeffbiển\r\nđảo".encode(), ".txt", "x") == "biển\nđảo"
    assert text_of("biển".encode("utf-16"), ".md", "x") == "biển"


BOMB_LINE = b"<w:p><w:r><w:t>" + b"a" * 1000 + b"</w:t></w:r></w:p>"
REFUSED = {
    "no text at all": (b"\x7fELF\0\0\0", ".txt", "không phải tệp chữ"),
    "an old Vietnamese encoding": ("biên giới đất liền".encode("cp1258", "ignore") + b"\xf0\x9f", ".txt", "bảng mã cũ"),
    "an old Word file": (b"\xd0\xcf\x11\xe0", ".doc", "Word cũ"),
    "another kind": (b"x", ".xlsx", "chưa đọc được"),
    "a zip of something else": (packed(other=b"<a/>"), ".docx", "không phải tệp Word"),
    "no zip": (b"not a zip", ".docx", "bị hỏng"),
    "half a zip": (word("<w:p/>" * 500)[:-80], ".docx", "bị hỏng"),
    "broken XML": (packed(word__document=b"<w:document"), ".docx", "bị hỏng"),
    "entities": (packed(word__document=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), ".docx", "nội dung lạ"),
    "a zip bomb": (packed(word__document=BOMB_LINE * (LARGEST_PART // 1000)), ".docx", "quá lớn"),
    "no PDF": (b"hello", ".pdf", "không phải tệp PDF"),
    "a broken PDF": (b"%PDF-1.7\n1 0 obj\n<<", ".pdf", "bị hỏng"),
    "too much text": (b"a " * (LONGEST_TEXT // 2 + 1), ".txt", "tách nhỏ"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason_and_a_remedy(case: str):
    data, kind, reason = REFUSED[case]
    start = time.perf_counter()
    with pytest.raises(Unreadable, match=reason) as refusal:
        text_of(data, kind, "dự thảo")
    assert refusal.value.code == 2
    assert refusal.value.remedy
    assert time.perf_counter() - start < 20


def test_missing_files_and_folders(tmp_path: Path):
    with pytest.raises(Unreadable, match="Không có tệp"):
        read_text(tmp_path / "x.txt")
    with pytest.raises(Unreadable, match="là một thư mục"):
        read_text(tmp_path)


def test_a_scanned_pdf_has_no_text(tmp_path: Path):
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(str(tmp_path / "a.pdf"))
    with pytest.raises(Unreadable, match="không có chữ"):
        read_text(tmp_path / "a.pdf")
