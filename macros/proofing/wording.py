"""Likely slips of the keyboard or the scanner, and a few usual ways of writing names."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence

from macros.proofing.kit import Kit, phrase_at
from macros.proofing.report import GOI_Y, XEM, Report
from macros.proofing.stream import COMMA, Stream
from macros.proofing.titles import like
from macros.vietnamese import is_folded_syllable, is_syllable, normalize

_RUN = re.compile("(?:[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]*)+(?: [\u0300-\u036f]+)?")
_LONE = re.compile("(?<![A-Za-z0-9\u00c0-\u1eff.,/-])([mn]) +((?:19|20)[0-9]{2})(?![0-9])")
_OLD_TONE = re.compile("([ou])([\u0300\u0301\u0303\u0309\u0323])([aey])$")
_LETTERS = re.compile("[a-z\u0111\u00e0-\u1ef9]+")


def check(stream: Stream, kit: Kit, report: Report) -> None:
    """Reports likely slips. A text without diacritics is left alone."""
    _marks(stream, report)
    if not stream.bare:
        _phrases(stream, kit, report)
        _words(stream, report)
        _lost(stream, kit, report)
    _names(stream, kit, report)


def _marks(stream: Stream, report: Report) -> None:
    """Marks on the wrong letter or behind a space, and the Icelandic eth that old fonts had for đ."""
    for match in _RUN.finditer(stream.text):
        if match[0].isascii():
            continue
        repaired = normalize(match[0])
        if repaired != unicodedata.normalize("NFC", match[0]):
            report.add(GOI_Y, match.start(), match.end(), "marks", {"expected": repaired}, fix=repaired)


def _phrases(stream: Stream, kit: Kit, report: Report) -> None:
    """Words that belong together, one of which has other diacritics than it should."""
    items, at = stream.items, 0
    also = {" ".join(pair[0] for pair in phrase) for phrase in kit.rules["spelling_also"]}
    while at < len(items):
        hit = phrase_at(stream, at, len(items), kit.spelled, folded=True)
        if not hit:
            at += 1
            continue
        length, phrase = hit
        wrong = [n for n in range(length) if items[at + n].exact != phrase[n][0]]
        # Where every word differs ("cơ quan đối ngoại", "quân đội") they are other words.
        if 0 < len(wrong) < length and not _is_allowed(stream, kit, at, length, also):
            for n in wrong:
                _slip(stream, at + n, phrase[n][0], report)
        at += length if not wrong else 1


def _is_allowed(stream: Stream, kit: Kit, at: int, length: int, also: set[str]) -> bool:
    items = stream.items
    found = " ".join(item.exact for item in items[at : at + length])
    plain = " ".join(item.folded for item in items[at : at + length])
    most = COMMA if plain in kit.rules["spelling_comma"] else 0
    if found in also or any(items[at + n].gap > most or items[at + n].quoted for n in range(1, length)):
        return True
    if _is_other_name(stream, kit, at, length, plain):
        return True
    following = kit.rules["spelling_follow"].get(found)
    return following is not None and at + length < len(items) and items[at + length].exact in following


def _is_other_name(stream: Stream, kit: Kit, at: int, length: int, plain: str) -> bool:
    """ "Phạm Văn Đồng" is no "vận động", "tuyên bố chính trị" no "Bộ Chính trị"."""
    written = [stream.text[item.start : item.start + 1] for item in stream.items[at : at + length]]
    capital = [letter != letter.lower() for letter in written]
    if plain in kit.rules["spelling_proper"]:
        return not capital[0]
    shouted = all(
        stream.text[item.start : item.end] == stream.text[item.start : item.end].upper()
        for item in stream.items[at : at + length]
    )
    return length > 1 and all(capital) and not shouted


def _slip(stream: Stream, n: int, word: str, report: Report) -> None:
    item = stream.items[n]
    if report.covered(item.start, item.end, XEM, GOI_Y):
        return
    expected = like(stream.text[item.start : item.end], word)
    report.add(XEM, item.start, item.end, "spelling", {"expected": expected}, fix=expected)


def _words(stream: Stream, report: Report) -> None:
    """Words with Vietnamese letters that no Vietnamese syllable has."""
    for item in stream.items:
        if item.kind != "word" or item.exact == item.folded:
            continue
        found = unicodedata.normalize("NFC", stream.text[item.start : item.end])
        if not _LETTERS.fullmatch(found.lower()) or (is_syllable(found) and not _has_stray_tone(found, item.exact)):
            continue
        if found == found.upper() or any(f.start <= item.start < f.end <= item.end + 2 for f in report.findings):
            continue
        # "Phnôm", "Brévié": foreign names have letters that no Vietnamese syllable has in that order.
        if not is_folded_syllable(item.folded):
            continue
        report.add(XEM, item.start, item.end, "not_a_word", {}, kind="spelling")


def _has_stray_tone(found: str, exact: str) -> bool:
    """Whether the tone stands where neither the new nor the old spelling puts it ("Đứơc")."""
    return _toned(found.lower()) != _toned(exact)


def _toned(word: str) -> str:
    """The word decomposed, the tone of oa, oe and uy on the second vowel, y as i."""
    return _OLD_TONE.sub("\\1\\3\\2", unicodedata.normalize("NFD", word)).replace("y", "i")


def _lost(stream: Stream, kit: Kit, report: Report) -> None:
    """Letters or words that a scanner dropped."""
    items = stream.items
    for phrase, after, full in kit.rules["lost_words"]:
        for at in range(len(items) - len(phrase)):
            hit = phrase_at(stream, at, len(items), {phrase[0][1]: [phrase]})
            following = items[at + len(phrase)]
            if hit and following.exact not in after and not following.gap and following.kind == "word":
                start, end = items[at].start, items[at + len(phrase) - 1].end
                report.add(XEM, start, end, "lost_letter", {"expected": full}, kind="spelling", fix=full)
    for match in _LONE.finditer(stream.text):
        expected = f"năm {match[2]}"
        report.add(
            XEM, match.start(), match.end(), "lost_letter", {"expected": expected}, kind="spelling", fix=expected
        )


def _names(stream: Stream, kit: Kit, report: Report) -> None:
    for wrong, right in kit.rules["case_style"]:
        at = stream.text.find(wrong)
        while at >= 0:
            report.add(GOI_Y, at, at + len(wrong), "name_style", {"expected": right}, fix=right)
            at = stream.text.find(wrong, at + 1)
    _dashes(stream, report)
    _commas(stream, kit, report)


def _dashes(stream: Stream, report: Report) -> None:
    """ "Việt Nam Trung Quốc": the dash between two countries is lost."""
    units = stream.units
    for one, two in itertools.pairwise(units):
        if one.code != "@vn" or two.code[0] != "@" or two.code == "@vn" or two.b - two.a > 2:
            continue
        between = stream.text[one.end : two.start]
        if between and between.strip(" ") == "" and stream.items[one.a].folded == "viet" and one.b - one.a == 2:
            expected = f"{stream.text[one.start : one.end]} - {stream.text[two.start : two.end]}"
            report.add(GOI_Y, one.start, two.end, "dash", {"expected": expected}, kind="name_style", fix=expected)


def _commas(stream: Stream, kit: Kit, report: Report) -> None:
    items = stream.items
    for at in range(len(items)):
        hit = phrase_at(stream, at, len(items), kit.heads["no_comma"])
        if hit and any(items[at + n].gap == COMMA for n in range(1, hit[0])):
            start, end = items[at].start, items[at + hit[0] - 1].end
            expected = " ".join(_spelled(stream, range(at, at + hit[0])))
            report.add(XEM, start, end, "name_style", {"expected": expected}, fix=expected)


def _spelled(stream: Stream, places: Sequence[int]) -> list[str]:
    return [stream.text[stream.items[n].start : stream.items[n].end] for n in places]
