"""Documents made to break a reader: refused in a sentence, in bounded time and memory."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile

import pytest

from scripts.reading import DEEPEST, LARGEST_PART, MOST_ELEMENTS, Unreadable, text_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PART = "word/document.xml"


def word(body: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word file with this body, or with these bytes as its main part."""
    xml = body if isinstance(body, bytes) else f'<w:document xmlns:w="{W}">{body}</w:document>'.encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(PART, xml)
    return buffer.getvalue()


def lying_about_its_size() -> bytes:
    """A bomb whose directory says that it unpacks to ten bytes."""
    data = bytearray(word(b"<w:p>" + b" " * (LARGEST_PART + 10)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


def damaged(method: int) -> bytes:
    """A file whose packed bytes are broken: each method of packing has its own error."""
    chance = random.Random(1)
    data = bytearray(word("".join(f"<w:p>{chance.random()}</w:p>" for _ in range(200)), method))
    start = data.index(PART.encode()) + len(PART)
    data[start : start + 200] = bytes(255 - byte for byte in data[start : start + 200])
    return bytes(data)


ENTITIES = '<!DOCTYPE a [<!ENTITY b "{}">]><a>&b;</a>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]><a>&i;</a>"  # fmt: skip

REFUSED = {
    "deep nesting": (word("<w:p>" * (DEEPEST + 1) + "</w:p>" * (DEEPEST + 1)), "lồng nhau quá sâu"),
    "very deep nesting": (word("<w:r>" * 200_000 + "</w:r>" * 200_000), "lồng nhau quá sâu"),
    "entities": (word(ENTITIES.format("c").encode()), "DOCTYPE"),
    "entities after a long comment": (word(b"<!--" + b"x" * 9000 + b"-->" + ENTITIES.format("c").encode()), "DOCTYPE"),
    "entities in UTF-16": (word(ENTITIES.format("c").encode("utf-16")), "DOCTYPE"),
    "entities that grow": (word(LAUGHS.encode("utf-16")), "DOCTYPE"),
    "an outer document type": (word(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), "DOCTYPE"),
    "an encoding that is none": (word(b'<?xml version="1.0" encoding="x-khong-co"?><a/>'), "bị hỏng"),
    "a size that is a lie": (lying_about_its_size(), "hỏng|quá lớn"),
    **{f"broken packing {method}": (damaged(method), "bị hỏng") for method in (8, 12, 14)},
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_reason_and_a_remedy(case: str) -> None:
    data, reason = REFUSED[case]
    with pytest.raises(Unreadable, match=reason) as refusal:
        text_of(data, ".docx", "dự thảo")
    assert refusal.value.code == 2 and refusal.value.remedy


def test_a_part_of_nothing_but_elements_does_not_fill_the_memory() -> None:
    data = word("<a/>" * (MOST_ELEMENTS * 2))
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match="quá nhiều thành phần"):
            text_of(data, ".docx", "dự thảo")
        assert tracemalloc.get_traced_memory()[1] < 300 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_tables_in_tables_are_still_read() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 30 + "<w:p><w:r><w:t>trong cùng</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 30
    assert text_of(word(deep), ".docx", "dự thảo") == "trong cùng\n"
