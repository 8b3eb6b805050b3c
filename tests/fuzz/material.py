"""What the inputs are made of: real records, drafts and queries, and ways to damage a text.

Random characters hardly get past the first line of a parser. So most inputs are real ones with a
few edits, and the pieces that are put in are the ones that the code looks for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

from tests.library import ROOT
from tests.proof.drafts import drafts, seeds
from tests.search.queries import load_queries

ODD = (
    "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u00a0", "\u00ad", "\u0130", "\u0301", "\u0323", "\u031b", "\u200b",
    "\u200e", "\u2028", "\u2029", "\u202e", "\u3000", "\ufeff", "\ufffd", "\ud7ff", "\ue000", "\ue001", "\ue002",
    "\U0001f4a5", "\U0001d7d8", "²", "½", "٣", "１", "Ⅳ", "ß", "ﬁ", "đ", "Đ", "ð",
)  # fmt: skip
"""Characters that trip programs over: controls, marks without a letter, digits of other scripts."""

DATES = (
    "30/12/1999", "31/02/2019", "29/02/2023", "29/02/2024", "18-11-2009", "05.10.2019", "1999-12-30", "1999-13-01",
    "ngày 30 tháng 12 năm 1999", "tháng 10/1993", "năm 1982", "30/12", "12/1999", "0/0/0000", "99/99/9999", "2007",
    "từ 12 đến 16/11/2007", "2021–2025", "2007-11-12/2007-11-16", "18/2/79", "31 tháng 4", "ngày 5/8/1964",
)  # fmt: skip
NUMBERS = (
    "57-KL/TW", "1191/QĐ-TTg", "72/2015/NĐ-CP", "139/2024/QH15", "3089/BTTTT-TTĐN", "36 nq tw", "số 99999/QĐ-XYZ",
    "5115/CTr-BTTTT-BTLBĐBP", "1.449,566", "67.203 km", "1:50.000", "84%", "12 tỉnh", "00", "1.2.3", "1/2/3/4",
    "999999999999999999999", "-5", "1e9", "0,5", "3,14159265358979", "M1", "mốc 1116", "2.359,5 km²",
)  # fmt: skip


@cache
def record_texts() -> tuple[tuple[str, str], ...]:
    """(kind, YAML text) of every record of the real library and of the tiny one."""
    found = []
    for folder in (ROOT / "data", ROOT / "tests" / "fixtures" / "mini" / "data"):
        for path in sorted(folder.glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            found += [(path.stem, piece) for piece in re.findall(r"^- id: (?:.*\n(?!- ))*.*\n", text, re.MULTILINE)]
    return tuple(found)


@cache
def queries() -> tuple[str, ...]:
    """Every query of the query set, as it is typed."""
    return tuple(query.text for query in load_queries())


@cache
def draft_texts() -> tuple[str, ...]:
    """The corpus of drafts, right and wrong ones, and the real documents cut into stretches of all sizes."""
    found = [draft["text"] for draft in drafts()]
    for number, text in enumerate(seeds().values()):
        size = (300, 900, 2500, 4500, 9000)[number % 5]
        found += [text[at : at + size] for at in range(0, len(text), size)]
    return tuple(found)


@cache
def words() -> tuple[str, ...]:
    """Words of the real documents, as they are written."""
    return tuple(sorted({word for text in seeds().values() for word in re.findall(r"\w+", text)}))


_AT = st.integers(0, 10**6)
_OPERATIONS = ("insert", "insert", "replace", "cut", "repeat", "move", "end", "start", "case", "nfd", "line")


def edits(pieces: Sequence[str]) -> st.SearchStrategy:
    """One edit: (operation, place in millionths of the text, another such place, piece to put in)."""
    put_in = st.sampled_from((*pieces, *ODD)) | st.text(max_size=4)
    return st.tuples(st.sampled_from(_OPERATIONS), _AT, _AT, put_in)


def mutated(texts: Sequence[str], pieces: Sequence[str], most: int = 5) -> st.SearchStrategy[str]:
    """One of the texts after up to `most` edits."""
    return st.builds(damage, st.sampled_from(texts), st.lists(edits(pieces), max_size=most))


def damage(text: str, done: Sequence[tuple[str, int, int, str]]) -> str:
    """The text after the edits, one after the other."""
    for operation, one, two, piece in done:
        at, other = len(text) * one // 10**6, len(text) * two // 10**6
        until = min(len(text), at + 1 + two % 30)
        text = _edited(text, operation, at, until, other, piece)
    return text


def _edited(text: str, operation: str, at: int, until: int, other: int, piece: str) -> str:
    some = text[at:until]
    match operation:
        case "insert":
            return text[:at] + piece + text[at:]
        case "replace":
            return text[:at] + piece + text[until:]
        case "cut":
            return text[:at] + text[until:]
        case "repeat":
            return text[:at] + some * 3 + text[until:]
        case "move":
            rest = text[:at] + text[until:]
            return rest[:other] + some + rest[other:]
        case "end":
            return text[:at]
        case "start":
            return text[at:]
        case "case":
            return text[:at] + some.swapcase() + text[until:]
        case "nfd":
            return text[:at] + unicodedata.normalize("NFD", some) + text[until:]
    # A whole line, taken to another place.
    begin, stop = text.rfind("\n", 0, at) + 1, text.find("\n", at) + 1 or len(text)
    rest = text[:begin] + text[stop:]
    goal = rest.find("\n", min(other, len(rest))) + 1
    return rest[:goal] + text[begin:stop] + rest[goal:]


def flipped(data: bytes, places: Sequence[tuple[int, int]]) -> bytes:
    """Bytes with some of them changed: (place in millionths, value that is mixed in)."""
    changed = bytearray(data)
    for place, value in places:
        if changed:
            changed[min(len(changed) - 1, len(changed) * place // 10**6)] ^= value
    return bytes(changed)


def flips(most: int) -> st.SearchStrategy:
    """Places for `flipped`."""
    return st.lists(st.tuples(_AT, st.integers(1, 255)), max_size=most)
