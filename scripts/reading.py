"""The plain text of a draft: .txt, .md, .docx, .odt and .pdf with text. Nothing is ever written.

A draft comes from anywhere, so every size is bounded before it is believed: of the file, of what
a zip archive says it holds, of what it really holds, and of the text.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from scripts.devenv.console import Stop

MEGABYTE = 1024 * 1024
LONGEST_TEXT = 5 * MEGABYTE
"""Characters. A plan of 50 pages has about 150,000."""
LARGEST_FILE = 60 * MEGABYTE
LARGEST_PART = 40 * MEGABYTE
"""Of one XML part of a Word or OpenDocument file, unpacked."""
MOST_ELEMENTS = 1_000_000
"""Of one XML part. A plan of 50 pages has about 50,000; each takes a hundred bytes and more of memory."""
DEEPEST = 200
"""Levels of elements in each other. Tables in tables of a real file come to about 30."""
MOST_PAGES = 1000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OPEN = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
KINDS = ".txt, .md, .docx, .odt, .pdf"


class Unreadable(Stop):
    """A file that gives no text; the message says why and what to do. Exit status 2."""

    def __init__(self, what: str, remedy: str):
        super().__init__(what, remedy, code=2)


def read_text(path: Path) -> str:
    """The text of a draft. Raises Unreadable with a message in Vietnamese."""
    try:
        if path.is_dir():
            raise Unreadable(f"{path} là một thư mục.", "chỉ ra từng tệp cần soát.")
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(f"{path} lớn quá {LARGEST_FILE // MEGABYTE} MB.", "tách nhỏ rồi soát từng phần.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(f"Không có tệp {path}.", "xem lại tên tệp và thư mục.") from error
    except OSError as error:
        raise Unreadable(f"Không mở được {path} ({error.strerror}).", "xem lại quyền đọc tệp.") from error
    return text_of(data, path.suffix.lower(), str(path))


def text_of(data: bytes, kind: str, name: str) -> str:
    """The text of a file's contents; ``kind`` is the extension. Raises Unreadable."""
    readers = {".docx": _docx, ".odt": _odt, ".pdf": _pdf, ".txt": _plain, ".md": _plain}
    if kind == ".doc":
        raise Unreadable(f"{name} là tệp Word cũ (.doc).", "mở bằng Word rồi lưu lại dạng .docx.")
    if kind not in readers:
        raise Unreadable(f"{name}: chưa đọc được loại tệp này.", f"dùng {KINDS}, hoặc dán chữ vào tệp .txt.")
    text = readers[kind](data, name)
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"{name} có hơn {LONGEST_TEXT // MEGABYTE} triệu chữ.", "tách nhỏ rồi soát từng phần.")
    return text


def _plain(data: bytes, name: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        if b"\0" in data[:MEGABYTE]:
            raise Unreadable(f"{name} không phải tệp chữ.", f"dùng {KINDS}.")
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{name} không phải chữ Unicode (UTF-8); có thể dùng bảng mã cũ (TCVN3, VNI).",
            "đổi sang Unicode (UniKey, Ctrl+Shift+F6) rồi lưu lại dạng UTF-8.",
        ) from error


_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError,
    EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What reading a damaged archive raises."""


def _parts(data: bytes, name: str, wanted: tuple[str, ...]) -> Iterator[ElementTree.Element]:
    """The wanted XML parts of a zip archive, those that are there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            present = set(archive.namelist())
            if wanted[0] not in present:
                raise Unreadable(f"{name} không phải tệp Word hay OpenDocument.", "mở bằng Word rồi lưu lại.")
            for part in wanted:
                if part in present:
                    yield _parse(_bounded(archive, part, name), name)
    except _BROKEN_ZIP as error:
        raise Unreadable(f"{name} bị hỏng hoặc có mật khẩu.", "mở bằng Word, lưu lại rồi soát lại.") from error


def _bounded(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """One part, never more of it than LARGEST_PART, whatever the archive says of its size."""
    with archive.open(part) as stream:
        data = stream.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise Unreadable(f"{name} giải nén ra quá lớn.", "mở bằng Word, chép phần chữ sang tệp mới.")
    return data


class _Bounded(ElementTree.TreeBuilder):
    """Builds the tree of a part, but not one that is made to blow up in memory or on the stack."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._depth, self._count = name, 0, 0

    def doctype(self, *_: str | None) -> None:
        # A Word file has no document type. Asked of the parser, whatever the part is encoded in.
        raise Unreadable(f"{self._name} có nội dung lạ (khai báo DOCTYPE).", "mở bằng Word rồi lưu lại.")

    def start(self, tag: str, attributes: dict) -> ElementTree.Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            what = "lồng nhau quá sâu" if self._depth > DEEPEST else "có quá nhiều thành phần"
            raise Unreadable(f"{self._name} {what}.", "mở bằng Word, chép phần chữ sang tệp mới.")
        return super().start(tag, attributes)

    def end(self, tag: str) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def _parse(data: bytes, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(data, ElementTree.XMLParser(target=_Bounded(name)))
    # LookupError: an encoding that does not exist.
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Unreadable(f"{name} bị hỏng.", "mở bằng Word, lưu lại rồi soát lại.") from error


def _docx(data: bytes, name: str) -> str:
    parts = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
    lines = [_word_line(p) for root in _parts(data, name, parts) for p in _paragraphs(root)]
    return "\n".join(lines) + "\n"


def _paragraphs(node: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """All paragraphs in order; a text box is stored twice, and its second copy is left out."""
    for child in node:
        if child.tag == FALLBACK:
            continue
        if child.tag == f"{WORD}p":
            yield child
        yield from _paragraphs(child)


_WORD_SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}


def _word_line(node: ElementTree.Element) -> str:
    """The text of a paragraph without that of paragraphs inside it."""
    pieces = []
    for child in node:
        if child.tag == f"{WORD}t":
            pieces.append(child.text or "")
        elif child.tag in _WORD_SIGNS:
            pieces.append(_WORD_SIGNS[child.tag])
        elif child.tag not in (f"{WORD}p", f"{WORD}pPr", FALLBACK):
            pieces.append(_word_line(child))
    return "".join(pieces)


def _odt(data: bytes, name: str) -> str:
    lines = []
    for root in _parts(data, name, ("content.xml",)):
        for node in root.iter():
            if node.tag in (f"{OPEN}p", f"{OPEN}h"):
                lines.append(_open_line(node))
    return "\n".join(lines) + "\n"


def _open_line(node: ElementTree.Element) -> str:
    pieces = [node.text or ""]
    for child in node:
        if child.tag in (f"{OPEN}s", f"{OPEN}tab"):
            pieces.append(" ")
        elif child.tag == f"{OPEN}line-break":
            pieces.append("\n")
        elif child.tag != f"{OPEN}note":
            pieces.append(_open_line(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _pdf(data: bytes, name: str) -> str:
    from pypdf import PdfReader

    if not data.startswith(b"%PDF"):
        raise Unreadable(f"{name} không phải tệp PDF.", f"dùng {KINDS}.")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(f"{name} có mật khẩu.", "bỏ mật khẩu rồi soát lại.")
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(f"{name} có hơn {MOST_PAGES} trang.", "tách nhỏ rồi soát từng phần.")
        text, size = [], 0
        for page in reader.pages:
            text.append(page.extract_text())
            size += len(text[-1])
            if size > LONGEST_TEXT:
                break
    except Unreadable:
        raise
    # What a broken PDF makes the library raise is not limited to its own errors.
    except Exception as error:
        raise Unreadable(f"{name} bị hỏng.", "mở tệp, in lại ra PDF hoặc chép chữ sang Word.") from error
    if size < 20:
        raise Unreadable(f"{name} không có chữ (chỉ có ảnh quét).", "nhận dạng chữ (OCR) rồi soát lại.")
    return "\n".join(text)
