"""How Vietnamese says what it writes: numbers, dates, document numbers, abbreviations.

Loudspeaker staff and speech machines read "57-KL/TW" or "05/10/2019" badly, so texts for the
ear have everything written out. Rules of reading numbers are those of the primary-school
syllabus: ``mốt`` and ``tư`` and ``lăm`` after a ten, ``linh`` for an empty ten, every group of
three digits read in full after the first (2005: "hai nghìn không trăm linh năm"). Days 1 to 10
of a month are said with ``mùng``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from macros.dates import PartialDate, Point

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")
LIMIT = 10**12
"""Whole numbers below this are spoken; no figure of the library comes near it."""


@lru_cache(maxsize=4096)  # years come again and again
def whole(value: int) -> str:
    """A whole number in words. Raises ValueError from 10**12 on."""
    if value < 0:
        return "âm " + whole(-value)
    if value >= LIMIT:
        raise ValueError(f"{value} is too large to be spoken")
    if value == 0:
        return _DIGITS[0]
    groups = []
    while value:
        value, rest = divmod(value, 1000)
        groups.append(rest)
    words = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            # A group that is not the first is read with its hundreds, even when they are none.
            words += [_below_thousand(groups[place], full=place < len(groups) - 1), _GROUPS[place]]
    return " ".join(word for word in words if word)


def _below_thousand(value: int, *, full: bool) -> str:
    hundreds, rest = divmod(value, 100)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if rest and rest < 10 and words:
        words += ["linh", _DIGITS[rest]]
    elif rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(value: int) -> str:
    tens, unit = divmod(value, 10)
    if tens == 0:
        return _DIGITS[unit]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if unit == 5:
        words.append("lăm")
    elif unit == 1 and tens > 1:
        words.append("mốt")
    elif unit == 4 and tens > 1:
        words.append("tư")
    elif unit:
        words.append(_DIGITS[unit])
    return " ".join(words)


def number(value: int | float) -> str:
    """Any number of the records: ``1449.566`` → "một nghìn … phẩy năm trăm sáu mươi sáu"."""
    if isinstance(value, int):
        return whole(value)
    before, _, after = f"{abs(value):.6f}".rstrip("0").rstrip(".").partition(".")
    sign = "âm " if value < 0 else ""
    return sign + whole(int(before)) + (f" phẩy {_decimals(after)}" if after else "")


def _decimals(digits: str) -> str:
    # Up to three decimals are said as one number; a leading zero would be lost, so it is said.
    lead = len(digits) - len(digits.lstrip("0"))
    rest = digits[lead:]
    tail = [whole(int(rest))] if len(digits) <= 3 else [_DIGITS[int(d)] for d in rest]
    return " ".join(["không"] * lead + tail)


def day(value: int) -> str:
    """The day of a month: ``5`` → "mùng năm", ``15`` → "mười lăm"."""
    return f"mùng {whole(value)}" if value <= 10 else whole(value)


def month(value: int) -> str:
    """The month: April is "tư", the others are their numbers."""
    return "tư" if value == 4 else whole(value)


def _point(point: Point) -> str:
    words = [f"ngày {day(point.day)}"] if point.day else []
    words += [f"tháng {month(point.month)}"] if point.month else []
    return " ".join([*words, f"năm {whole(point.year)}"])


def date(value: PartialDate) -> str:
    """``2019-10-05`` → "ngày mùng năm tháng mười năm hai nghìn không trăm mười chín"."""
    if value.end is None:
        return _point(value.start)
    return f"từ {_point(value.start)} đến {_point(value.end)}"


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Symbols of document kinds and issuers, abbreviations and units, as they are spoken."""
    path = Path(__file__).parent / "tables" / "spoken.json"
    return json.loads(path.read_text(encoding="utf-8"))


_STATE = re.compile(
    r"(?P<no>\d{1,5})/(?:(?P<year>\d{4})/)?(?P<kind>[A-ZĐ]+[a-z]?)?(?P<qh>QH\d{1,2})?(?:-(?P<by>[A-Za-zĐđƯư]+(?:\d{1,2})?(?:-[A-Za-zĐđƯư]+)?))?"
)
_TERM = re.compile(r"(\D+)(\d{1,2})")
_PARTY = re.compile(r"(?P<no>\d{1,5})-(?P<kind>[A-ZĐ]{2,4})/(?P<by>[A-ZĐƯ]+(?:\d{1,2})?)")


def document_number(text: str) -> str | None:
    """``57-KL/TW`` → "Kết luận số năm mươi bảy của Trung ương"; None when the form is unknown.

    Party numbers follow Hướng dẫn 36-HD/VPTW (03/4/2018), those of the State Nghị định
    30/2020/NĐ-CP: number, year for legal documents, kind and issuer.
    """
    match = _PARTY.fullmatch(text) or _STATE.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    kinds, issuers = table()["kinds"], table()["issuers"]
    symbol = parts.get("kind") or ""
    if symbol in issuers and symbol not in kinds:
        # An official letter has no kind in its number: 3089/BTTTT-TTĐN is by its first part.
        return f"Công văn số {whole(int(parts['no']))} của {issuers[symbol]}"
    kind = kinds.get(symbol)
    said = ([kind] if kind else []) + [f"số {whole(int(parts['no']))}"]
    if parts.get("year"):
        said.append(f"năm {whole(int(parts['year']))}")
    if parts.get("qh"):
        said.append(f"của Quốc hội khóa {whole(int(parts['qh'][2:]))}")
    elif parts.get("by"):
        issuer = issuers.get(parts["by"]) or _with_term(parts["by"], issuers) or _two_issuers(parts["by"], issuers)
        if issuer is None:
            return None
        said.append(f"của {issuer}")
    if not kind and not parts.get("qh") and not parts.get("by"):
        return None
    return " ".join(said)


def _with_term(text: str, issuers: Mapping[str, str]) -> str | None:
    """An elected body with its term: ``QH10`` → "Quốc hội khóa mười"."""
    match = _TERM.fullmatch(text)
    if match is None or match[1] not in issuers:
        return None
    return f"{issuers[match[1]]} khóa {whole(int(match[2]))}"


def _two_issuers(text: str, issuers: Mapping[str, str]) -> str | None:
    """A joint document (``BTTTT-BTLBĐBP``), or a letter whose second part is the drafting office."""
    one, _, two = text.partition("-")
    first, second = issuers.get(one), issuers.get(two)
    return f"{first} và {second}" if first and second else None
