"""Where in a document a place stands: the labels of the sections around it.

Guidance texts number by Roman numeral, Arabic number, letter and dash (Nghị định 30/2020/NĐ-CP,
Phụ lục I, mục II.5; Hướng dẫn 36-HD/VPTW for the Party's), and repeat or skip labels. The locator
says what is printed; the line of the collected text is given beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_LEAD = "^[ \t#*_>]*"
_ROMAN = re.compile(_LEAD + "([IVX]{1,5})[.\\-/][ \t]")
_NUMBER = re.compile(_LEAD + "([0-9]{1,2}(?:\\.[0-9]{1,2})*)[.)/]?[ \t]+(?=[^ \t0-9])")
_LETTER = re.compile(_LEAD + "([a-zđ])[.)][ \t]")
_DASH = re.compile("^[ \t]*[-+\u2022*\u2013][ \t]+(?=[^*\u2013-])")
_NOTE = re.compile("^<sup>([0-9]{1,2})</sup>|^([\u00b9\u00b2\u00b3\u2070-\u2079]+)")


@dataclass(frozen=True, slots=True)
class Section:
    """The labels in force from ``start`` on."""

    start: int
    roman: str = ""
    number: str = ""
    letter: str = ""
    dash: int = 0
    note: str = ""

    def locator(self) -> str:
        """``mục II.1.c, gạch đầu dòng thứ 2``; ``chú thích 3``; ``phần đầu`` before any label."""
        if self.note:
            return f"chú thích {self.note}"
        labels = ".".join(label for label in (self.roman, self.number, self.letter) if label)
        parts = [f"mục {labels}"] if labels else []
        if self.dash:
            parts.append(f"gạch đầu dòng thứ {self.dash}")
        return ", ".join(parts) or "phần đầu"


class Outline:
    """The sections of a text, for finding the one that a place is in."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sections = _sections(text)
        self._starts = [section.start for section in self._sections]

    def at(self, place: int) -> Section:
        """The section that ``place`` stands in."""
        return self._sections[bisect_right(self._starts, place) - 1]

    def line(self, place: int) -> int:
        """1-based line of the text."""
        return self._text.count("\n", 0, place) + 1


def _sections(text: str) -> list[Section]:
    found = [Section(0)]
    start = 0
    for line in text.split("\n"):
        section = _next(found[-1], line, start)
        if section is not None:
            found.append(section)
        start += len(line) + 1
    return found


def _next(last: Section, line: str, start: int) -> Section | None:
    """The section that this line opens, or None."""
    note = _NOTE.match(line)
    if note:
        return Section(start, last.roman, last.number, last.letter, 0, note[1] or note[2])
    # A footnote lasts to the next label or empty line.
    plain = Section(start, last.roman, last.number, last.letter) if last.note else None
    roman, number, letter = _ROMAN.match(line), _NUMBER.match(line), _LETTER.match(line)
    if roman:
        return Section(start, roman[1])
    if number:
        return Section(start, last.roman, number[1])
    if letter:
        return Section(start, last.roman, last.number, letter[1])
    if _DASH.match(line):
        return Section(start, last.roman, last.number, last.letter, last.dash + 1)
    return plain if plain and not line.strip() else None
