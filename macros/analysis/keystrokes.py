"""Raw Telex and VNI keystrokes: what comes out when the input method was off.

``hieepj uwowcs`` → ``hiệp ước``; ``hie6p5 u7o7c1`` → ``hiệp ước``. A word is decoded only when
it cannot be a Vietnamese word as it stands and the keys give a rightly spelled syllable.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from macros.analysis.letters import (
    fold,
    is_folded_syllable,
    is_syllable,
    place_tone,
    shadow,
    split_syllable,
)
from macros.analysis.table import table, word_pattern

_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}


def decode_typed(text: str, known: Callable[[str], bool] = lambda word: False) -> str:
    """Replace raw Telex and VNI words by what they spell; everything else stays.

    ``known`` says of a folded word that it is used in the library (``apec``, ``list``), so that
    it is never taken for keystrokes.
    """
    mirror = shadow(text)
    pieces, last = [], 0
    for match in word_pattern().finditer(mirror.text):
        if known(match.group()):
            continue
        start, end = mirror.span(*match.span())
        decoded = decode_word(text[start:end])
        if decoded is not None:
            pieces += [text[last:start], decoded]
            last = end
    return "".join([*pieces, text[last:]])


def decode_word(word: str) -> str | None:
    """The syllable (lower case, NFC) that the keys of ``word`` spell; None when none."""
    keys = unicodedata.normalize("NFC", word).lower()
    folded = fold(keys)
    if len(keys) > 12 or keys in table()["telex"]["keep"] or (is_folded_syllable(folded) and "oo" not in keys):
        return None
    if "dd" in keys and not any(letter in "aeiouy" for letter in folded):
        # Letters of a document's symbol: qdd, ttddn.
        return keys.replace("dd", "đ")
    # First with the circumflex key typed later (hiepej), then only right after its vowel (ngoao).
    for spelled in (_telex(keys), _telex(keys, delayed=False), _vni(keys)):
        if spelled is not None and spelled != keys and is_syllable(spelled):
            return spelled
    return None


def _finish(letters: list[str], tone: str) -> str | None:
    toneless = "".join(letters).replace("ưo", "ươ")
    if split_syllable(toneless) is None:
        # One key puts the horn on both letters of uo; only uơ ends a word (thuở).
        toneless = toneless.replace("ươ", "uơ")
    return place_tone(toneless, tone) if tone else toneless


def _telex(keys: str, *, delayed: bool = True) -> str | None:
    rules = table()["telex"]
    letters: list[str] = []
    tone = ""
    for key in keys:
        has_vowel = any(fold(letter) in "aeiouy" for letter in letters)
        if key in rules["tones"] and has_vowel:
            if tone:
                return None
            tone = rules["tones"][key]
        elif key == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key in rules["circumflex"] and key in (letters if delayed else letters[-1:]):
            _replace_last(letters, key, _CIRCUMFLEX[key])
        elif key == rules["hook"]:
            _hook(letters)
        else:
            letters.append(key)
    return _finish(letters, tone)


def _vni(keys: str) -> str | None:
    rules = table()["vni"]
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in rules["tones"] and letters:
            if tone:
                return None
            tone = rules["tones"][key]
        elif key == rules["stroke"] and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key == rules["circumflex"]:
            last = next((letter for letter in reversed(letters) if letter in _CIRCUMFLEX), "")
            if not last:
                return None
            _replace_last(letters, last, _CIRCUMFLEX[last])
        elif key == rules["breve"] and "a" in letters:
            _replace_last(letters, "a", "ă")
        elif key == rules["horn"] and _horn(letters):
            continue
        elif key in "0123456789":
            return None
        else:
            letters.append(key)
    return _finish(letters, tone)


def _replace_last(letters: list[str], old: str, new: str) -> None:
    letters[len(letters) - 1 - letters[::-1].index(old)] = new


def _hook(letters: list[str]) -> None:
    """Telex ``w``: a breve on a, a horn on o and u; alone it is ư."""
    after_q = 2 if letters[:2] == ["q", "u"] else 0
    if letters and letters[-1] == "a" and len(letters) - 2 >= after_q and letters[-2] == "u":
        letters[-2] = "ư"
    elif "a" in letters:
        _replace_last(letters, "a", "ă")
    elif not _horn(letters):
        letters.append("ư")


def _horn(letters: list[str]) -> bool:
    """Put a horn on the last o or u (on both of uo); False when there is none."""
    first = 2 if letters[:2] == ["q", "u"] else 0
    for index in range(len(letters) - 1, first - 1, -1):
        if letters[index] == "o":
            letters[index] = "ơ"
            if index > first and letters[index - 1] == "u":
                letters[index - 1] = "ư"
            return True
        if letters[index] == "u":
            # lưu, hươu: the horn sits on the first of two u.
            first_u = index - 1 if index > first and letters[index - 1] == "u" else index
            letters[first_u] = "ư"
            return True
    return False
