"""Letters, marks, tones and syllables of Vietnamese.

Sources of the rules: the Unicode canonical forms (UAX #15); the inventory of initials and
rhymes of written Vietnamese; tone placement after Quyết định 240/QĐ (1984) of the Ministry of
Education (``hoà``, ``thuỷ``), with the older placement (``hòa``, ``thủy``) held equal to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from macros.analysis.table import table

VOWELS = frozenset("aeiouyAEIOUY")
_MARK = re.compile("[\u0300-\u036f]")
# A word with its marks, and marks that slipped behind the space that ends it.
_RUN = re.compile("(?:[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]*)+(?: [\u0300-\u036f]+)?")


def normalize(text: str) -> str:
    """NFC, the Icelandic eth replaced by đ, stray marks put back on their vowel.

    Idempotent. Number and order of base characters stay the same: only marks move.
    """
    lookalikes = _lookalikes()
    return reattach_marks(text if lookalikes.keys().isdisjoint(map(ord, set(text))) else text.translate(lookalikes))


def reattach_marks(text: str) -> str:
    """Put marks that stand on a consonant or a space back on the vowel they belong to.

    ``côṭ mốc`` → ``cột mốc``, ``tư ̣khu vưc̣`` → ``tự khu vực``. Unicode NFC cannot do this,
    because a mark on a consonant is not canonically equal to one on a vowel. A word that does not
    become a Vietnamese syllable (Pāṇini) is left as it is. The result is NFC.
    """
    composed = unicodedata.normalize("NFC", text)
    if _sound(composed):
        return composed
    return unicodedata.normalize("NFC", _RUN.sub(lambda match: _repair(match.group()), composed))


def _sound(composed: str) -> bool:
    """Whether no letter of an NFC text can hold a mark that slipped: most texts, found quickly."""
    known = _sound_letters()
    new = set(composed) - known
    if not all(char.isascii() or _is_sound(char) for char in new):
        return False
    known |= new
    return True


@cache
def _sound_letters() -> set[str]:
    """A memory that grows with the characters met (bounded by Unicode)."""
    return set()


def _is_sound(char: str) -> bool:
    decomposed = unicodedata.normalize("NFD", char)
    if _MARK.match(decomposed):
        return False
    return not _sort_marks(decomposed)[2]


def fold(text: str) -> str:
    """Lower case without any diacritics, đ → d, dashes → -; misplaced marks do not matter."""
    return shadow(text).text


@dataclass(frozen=True, slots=True)
class Shadow:
    """Folded text with the way back: character ``i`` comes from ``starts[i]:ends[i]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that became ``text[start:end]`` (not empty)."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=32)  # words, dates and numbers of one text each ask for it
def shadow(text: str) -> Shadow:
    """Fold ``text`` and remember where each character came from (code point offsets)."""
    folded_text = " ".join(map(_fold_piece, text.split(" ")))
    if _many().isdisjoint(text):
        # One for one, as in all text that is typed well: no list of places is needed.
        return Shadow(folded_text, range(len(text)), range(1, len(text) + 1))
    pieces, starts, ends = [], [], []
    for index, char in enumerate(text):
        folded = _fold_char(char)
        if not folded and ends:
            ends[-1] = index + 1
        for piece in folded:
            pieces.append(piece)
            starts.append(index)
            ends.append(index + 1)
    return Shadow("".join(pieces), tuple(starts), tuple(ends))


@lru_cache(maxsize=65_536)  # a language has few words
def _fold_piece(piece: str) -> str:
    """What stands between two spaces: most often one word."""
    return "".join(map(_fold_char, piece))


@cache
def _lookalikes() -> dict[int, str]:
    return str.maketrans(table()["lookalikes"])


@cache
def _many() -> set[str]:
    """The characters met that do not become one character."""
    return set()


@cache  # bounded by Unicode
def _fold_char(char: str) -> str:
    folded = "".join(map(_fold_letter, _MARK.sub("", unicodedata.normalize("NFD", char))))
    if len(folded) != 1:
        _many().add(char)
    return folded


def _fold_letter(letter: str) -> str:
    """One letter at a time, so that no rule looks at neighbours or makes the text longer."""
    # Emoji and the like: one unit here, two in a browser, and never part of a word.
    if letter > "\uffff":
        return " "
    lowered = letter.lower()
    # đ has no canonical decomposition, so NFD alone leaves it.
    return table()["fold"].get(lowered, lowered) if len(lowered) == 1 else letter


@cache
def _tone_marks() -> dict[str, str]:
    return {mark: key for key, mark in table()["tones"].items()}


@lru_cache(maxsize=65_536)  # a language has few words
def _repair(run: str) -> str:
    if run.isascii():
        return run
    bases, kept, stray = _sort_marks(unicodedata.normalize("NFD", run))
    if not stray:
        return run
    for position, mark in stray:
        target = _target(bases, kept, position, mark, alone=len(stray) == 1)
        if target is None:
            return run
        if mark not in kept[target]:
            kept[target].append(mark)
    repaired = _join(bases, kept)
    return repaired if is_syllable(repaired.strip()) else run


def _join(bases: list[str], kept: list[list[str]]) -> str:
    return unicodedata.normalize("NFC", "".join(b + "".join(m) for b, m in zip(bases, kept, strict=True)))


def _sort_marks(decomposed: str) -> tuple[list[str], list[list[str]], list[tuple[int, str]]]:
    """Split into base characters, the marks that may stay, and (index of base, stray mark)."""
    bases: list[str] = []
    kept: list[list[str]] = []
    stray: list[tuple[int, str]] = []
    qualities, tones = table()["qualities"], _tone_marks()
    for char in decomposed:
        if not _MARK.match(char):
            bases.append(char)
            kept.append([])
        elif (char in tones and bases[-1] not in VOWELS) or (
            char in qualities and bases[-1].lower() not in qualities[char]
        ):
            stray.append((len(bases) - 1, char))
        else:
            kept[-1].append(char)
    return bases, kept, stray


def _target(bases: list[str], kept: list[list[str]], position: int, mark: str, *, alone: bool) -> int | None:
    """Index of the base that the stray mark belongs to, or None when that is not certain."""
    tones, qualities = _tone_marks(), table()["qualities"]
    if mark in tones:
        toned = [i for i, marks in enumerate(kept) if any(m in tones for m in marks)]
        if toned:
            # The same tone typed twice is one tone; two different ones are for a person to decide.
            return toned[0] if alone and mark in kept[toned[0]] else None
        if alone:
            place = tone_position(_join(bases, kept).strip().lower())
            if place is not None:
                return place
        fits = [i for i, base in enumerate(bases) if base in VOWELS]
    else:
        fits = [
            i
            for i, base in enumerate(bases)
            if base.lower() in qualities[mark] and not any(m in qualities for m in kept[i])
        ]
    left = [i for i in fits if i < position]
    return left[-1] if left else (fits[0] if fits else None)


def strip_tone(word: str) -> tuple[str, str]:
    """``(word without tone in NFC, tone letter or "")``; tone ``"?"`` when there are several."""
    tones = _tone_marks()
    found = ""
    rest = []
    for char in unicodedata.normalize("NFD", word):
        if char in tones:
            found = tones[char] if not found else "?"
        else:
            rest.append(char)
    return unicodedata.normalize("NFC", "".join(rest)), found


@cache
def _inventory() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    rhymes = frozenset(table()["rhymes"])
    return tuple(table()["initials"]), rhymes, frozenset(fold(rhyme) for rhyme in rhymes)


def split_syllable(toneless: str) -> tuple[str, str] | None:
    """Initial and rhyme of a lower-case NFC syllable without tone; None when it is not one."""
    initials, rhymes, _ = _inventory()
    for initial in initials:
        if toneless.startswith(initial) and toneless[len(initial) :] in rhymes:
            return initial, toneless[len(initial) :]
    return None


def is_syllable(word: str) -> bool:
    """Whether the word is spelled like a Vietnamese syllable, with its diacritics.

    A syllable that ends in a stop (c, ch, p, t) has the tone sắc or nặng.
    """
    toneless, tone = strip_tone(unicodedata.normalize("NFC", word).lower())
    parts = split_syllable(toneless)
    if parts is None or tone == "?":
        return False
    return tone in ("s", "j") or not parts[1].endswith(tuple(table()["stop_finals"]))


@cache
def is_folded_syllable(word: str) -> bool:
    """Whether the folded (ASCII) word is some Vietnamese syllable without its diacritics."""
    initials, _, folded = _inventory()
    return any(word.startswith(i) and word[len(i) :] in folded for i in initials if i != "đ")


def tone_position(toneless: str, *, old: bool = False) -> int | None:
    """Index of the letter that takes the tone, or None when ``toneless`` is no syllable.

    ``old`` puts it on the first vowel of oa, oe, uy (hòa, thủy), otherwise on the second.
    """
    parts = split_syllable(toneless)
    if parts is None:
        return None
    start, rhyme = len(parts[0]), parts[1]
    marked = [i for i, letter in enumerate(rhyme) if letter not in "aeiouy" and fold(letter) in "aeou"]
    if marked:
        return start + marked[-1]
    vowels = sum(letter in VOWELS for letter in rhyme)
    if vowels == 1:
        return start
    if vowels < len(rhyme) or vowels == 3:
        return start + (1 if vowels == 3 else vowels - 1)
    return start + (1 if rhyme in table()["second_vowel_tone"] and not old else 0)


def place_tone(toneless: str, tone: str, *, old: bool = False) -> str | None:
    """The syllable with its tone where the orthography wants it; None when it is no syllable."""
    position = tone_position(toneless, old=old)
    if position is None:
        return None
    mark = table()["tones"].get(tone, "")
    return unicodedata.normalize("NFC", toneless[: position + 1] + mark + toneless[position + 1 :])


@cache
def exact_key(word: str) -> str:
    """One key for all right spellings of a word with its diacritics.

    Lower case, one tone placement (hòa = hoà), and i for y where both are written (kí = ký).
    """
    toneless, tone = strip_tone(normalize(word).lower())
    toneless = folded_key(toneless)
    if tone == "?":
        return unicodedata.normalize("NFC", word.lower())
    return place_tone(toneless, tone) or unicodedata.normalize("NFC", toneless + table()["tones"].get(tone, ""))


@cache
def folded_key(folded: str) -> str:
    """The key of a folded word: i for y where both are written (ky = ki), 3 for 03."""
    if folded[:1] == "0" and folded.isascii() and folded.isdigit():
        return folded.lstrip("0") or "0"
    return table()["y_as_i"].get(folded, folded)
