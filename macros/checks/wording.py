"""Checks of the text itself: its Unicode form, and that it is text and not code."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator

from macros.checks.finding import Finding
from macros.model import Library
from macros.vietnamese import reattach_marks
from macros.walk import of_type, words_of

# Zero-width, bidirectional and other format controls: they change what is read, or hide it. Characters for
# private use: each font shows something else, and macros.aloud puts its own marks there.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ue000-\uf8ff\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKUP = re.compile(r"<\s*[/!a-zA-Z]|\{\{|\{%|\{#|</|javascript\s*:|&#?\w+;", re.IGNORECASE)


def _texts(library: Library, may_hold: Callable[[str], bool]) -> Iterator[tuple[str, tuple, str]]:
    """(record, path, text) of the records whose texts, put together, ``may_hold`` what a rule looks for."""
    for _, record in library.records():
        if may_hold(words_of(record)):
            for path, text in of_type(record, str):
                yield record.id, path, text


def _unclean(words: str) -> bool:
    # Whatever is hidden, controls something or is a blank of another kind cannot be printed.
    return not words.isprintable() or "  " in words or words != words.strip() or not _is_composed(words)


def _is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def text_is_clean_unicode(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Text is in composed form (NFC) and holds no hidden or control characters."""
    for record, path, text in _texts(library, _unclean):
        hidden = _HIDDEN.search(text) or _CONTROL.search(text)
        if hidden:
            yield Finding(record, path, f"có ký tự ẩn U+{ord(hidden[0]):04X}", "xóa ký tự đó và gõ lại chữ")
        elif not _is_composed(text):
            yield Finding(record, path, "chữ có dấu ở dạng tách rời (chưa phải NFC)", "gõ lại bằng Unicode dựng sẵn")
        elif text != text.strip() or "  " in text:
            yield Finding(record, path, "có khoảng trắng thừa", "bỏ khoảng trắng ở đầu, cuối hoặc chỗ lặp đôi")


def _with_signs(words: str) -> bool:
    return "<" in words or "{" in words or "&" in words or "javascr" in words.casefold()


def text_holds_no_markup(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Text holds no HTML, no template code and no script address: pages add the markup."""
    for record, path, text in _texts(library, _with_signs):
        found = _MARKUP.search(text)
        if found and path[-1] != "url":
            yield Finding(
                record, path, f'có mã "{found[0]}" trong chữ', "viết chữ thường; không dùng thẻ HTML hay mã mẫu"
            )


def _repaired(text: str) -> str | None:
    """The text with its marks in place, None where they are."""
    right = reattach_marks(text)
    return None if right == unicodedata.normalize("NFC", text) else right


def marks_are_in_place(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Tone marks stand on their vowel (scanned texts bring "côṭ mốc")."""
    for record, path, text in _texts(library, lambda words: _repaired(words) is not None):
        if path[-1] == "printed" or (len(path) > 1 and path[-2] == "aliases"):
            continue  # what is printed or typed wrongly somewhere is kept as it is there
        right = _repaired(text)
        if right is not None:
            yield Finding(record, path, "dấu thanh đặt sai chỗ", f"sửa thành: {right[:80]}")
