"""Checks of what is said aloud and copied: talking points and questions name fields, never values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import chain, pairwise

from macros import aloud, loa, references
from macros.checks.finding import Finding
from macros.model import Document, Library, Question, TalkingPoint, Treaty
from macros.vietnamese import fold
from macros.walk import of_type

_SPOKEN_FIELDS = {"main", "facts", "not_inferred", "question", "answer", "text"}
_DIGIT = re.compile(r"\d")


def _texts(library: Library) -> Iterator[tuple[str, tuple, str]]:
    """(record, path, text without its references) for every sentence that is said."""
    for item in (*library.talking_points, *library.questions):
        yield from ((item.id, path, text) for path, text in _said(item))


def _said(item: TalkingPoint | Question) -> Iterator[tuple[tuple, str]]:
    for path, text in of_type(item, str):
        if not _SPOKEN_FIELDS.isdisjoint(path) and "sources" not in path:
            yield path, references.without(text)


def no_date_or_number_is_typed(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A talking point or answer holds no digit: dates, numbers and figures come from records."""
    for record, path, text in _texts(library):
        found = _DIGIT.search(text)
        if found:
            near = text[max(0, found.start() - 12) : found.end() + 12].strip()
            yield Finding(
                record,
                path,
                f'gõ thẳng số hoặc ngày ("… {near} …")',
                "dẫn trường của bản ghi: [[id.signed]], [[id số liệu]] …",
            )


def no_title_is_typed(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A talking point or answer types no title of a treaty or document: it names the record."""
    titles = {title: record.id for record, own in library.each(_titles, ("treaties", "documents")) for title in own}
    by_inside: dict[str, list[tuple[str, str]]] = {}
    for title, target in titles.items():
        by_inside.setdefault(_inside(title), []).append((title, target))
    for record, texts in library.each(_folded, ("talking_points", "questions")):
        for path, folded, pieces in texts:
            for title, target in chain.from_iterable(map(by_inside.__getitem__, sorted(by_inside.keys() & pieces))):
                if title in folded:
                    yield Finding(record.id, path, f'gõ thẳng tên của "{target}"', f"viết [[{target}]]")


def _titles(record: Treaty | Document) -> tuple[str, ...]:
    """Its folded titles of three words and more."""
    return tuple(fold(name) for name in (record.title, record.short_title) if name.count(" ") >= 2)


def _inside(title: str) -> str:
    """The second word of a title, and the third where that is not its last: whole words wherever it is typed."""
    words = title.split(" ")
    return " ".join(words[1:3] if len(words) > 3 else words[1:2])


def _folded(item: TalkingPoint | Question) -> list[tuple[tuple, str, frozenset[str]]]:
    """(path, folded text, its words and pairs of words) of every sentence that is said."""
    found = []
    for path, text in _said(item):
        folded = fold(text)
        words = folded.split(" ")
        found.append((path, folded, frozenset(words).union(map(" ".join, pairwise(words)))))
    return found


def sayings_name_their_basis(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A talking point or answer rests on at least one record or source."""
    for item in (*library.talking_points, *library.questions):
        if not item.sources and not any(next(references.find(text), None) for _, text in of_type(item, str)):
            yield Finding(
                item.id,
                (),
                "không nêu căn cứ nào",
                'dẫn một bản ghi bằng [[id]], hoặc thêm  sources: [{source: …, locator: "…"}]',
            )


def sayings_are_still_valid(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A talking point or answer is not past the day until which it was reviewed for."""
    as_of = library.meta.data_as_of.first()
    for item in (*library.talking_points, *library.questions):
        if item.valid_until.last() < as_of:
            yield Finding(
                item.id,
                ("valid_until",),
                f"đã quá hạn dùng {item.valid_until.official()}",
                "rà lại nội dung rồi đặt hạn mới",
            )


def sayings_can_be_read_aloud(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Every sentence for the loudspeaker is under 25 syllables and holds no figure or abbreviation."""
    for item in (*library.talking_points, *library.questions):
        try:
            sentences = loa.loa(library, item, loa.UNCUT).sentences
        except references.ReferenceProblem:
            continue  # told by references_in_text_can_be_printed
        for sentence in dict.fromkeys(sentences):
            rest = aloud.unsayable(sentence)
            if rest:
                remedy = "viết bằng chữ, hoặc thêm cách đọc vào macros/tables/spoken.json"
                yield Finding(item.id, (), f'bản đọc loa còn "{rest}" trong câu "{sentence[:80]}"', remedy)
            elif aloud.too_long(sentence):
                what = f'bản đọc loa có câu dài {sentence.syllables} tiếng: "{sentence[:80]}"'
                yield Finding(item.id, (), what, "thêm dấu phẩy hoặc tách câu, để mỗi câu dưới 25 tiếng")


def sayings_say_whose(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A talking point or answer that is a position names who states it."""
    for item in (*library.talking_points, *library.questions):
        if item.nature == "position" and not item.stated_by:
            yield Finding(item.id, ("nature",), "là lập trường nhưng không ghi ai nêu", "thêm  stated_by: …")
