"""Seeded samples of what people type, made from the rules of the language (not from records)."""

from __future__ import annotations

import random
import unicodedata

from macros.analysis.letters import place_tone, split_syllable
from macros.analysis.table import table

TONES = ("", "s", "f", "r", "x", "j")
TELEX = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
VNI = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
VNI_TONE = {"": "", "s": "1", "f": "2", "r": "3", "x": "4", "j": "5"}
JOINERS = (" ", " ", " ", ", ", " – ", "-", "/", ". ", "; ", "\n", "\u00a0", " (", ") ", " 🙂 ", "")
DATES = (
    "{d}/{m}/{y}",
    "{d:02}/{m:02}/{y}",
    "{d}-{m}-{y}",
    "{y}-{m:02}-{d:02}",
    "{d}.{m}.{y}",
    "ngày {d} tháng {m} năm {y}",
    "ngay {d} thang {m} nam {y}",
    "tháng {m}/{y}",
    "tháng {m} năm {y}",
    "{m}/{y}",
    "năm {y}",
    "{d}/{m}",
    "{y}",
    "{d} {m} {y}",
    "{d:02}{m:02}{y}",
    "ngày {d} tháng {m}",
    "{d}/{m}/{s:02}",
)
NUMBERS = (
    "{n}-NQ/TW",
    "{n} nq tw",
    "nghị quyết {n}",
    "nq{n}",
    "{n}/QĐ-TTg",
    "{n} qd ttg",
    "{n}/{y}/NĐ-CP",
    "{n}/{y}/QH15",
    "kết luận số {n}-KL/TW",
    "{n}/BTTTT-TTĐN",
    "số {n}/{y}",
    "thông tư {n} {y} tt btttt",
    "{n}/{y}/NQ-QH10",
)


def syllables() -> list[str]:
    """Every rightly spelled syllable that the inventory allows, toneless ones included."""
    result = []
    for initial in table()["initials"]:
        for rhyme in table()["rhymes"]:
            if split_syllable(initial + rhyme) != (initial, rhyme):
                continue
            stop = rhyme.endswith(tuple(table()["stop_finals"]))
            result += [
                place_tone(initial + rhyme, tone)
                for tone in TONES
                if not stop or tone in ("s", "j")
            ]
    return result


def telex(syllable: str, *, tone_last: bool = True) -> str:
    """The keys that type the syllable with Telex; the tone key last, or right after its vowel."""
    return _keys(syllable, TELEX, {tone: tone for tone in TONES}, tone_last)


def vni(syllable: str, *, tone_last: bool = True) -> str:
    """The keys that type the syllable with VNI."""
    return _keys(syllable, VNI, VNI_TONE, tone_last)


def _keys(syllable: str, letters: dict[str, str], tones: dict[str, str], tone_last: bool) -> str:
    marks = {mark: tone for tone, mark in table()["tones"].items()}
    keys, last = "", ""
    for char in syllable:
        decomposed = unicodedata.normalize("NFD", char)
        tone = next((tones[marks[m]] for m in decomposed if m in marks), "")
        bare = unicodedata.normalize("NFC", "".join(m for m in decomposed if m not in marks))
        keys += letters.get(bare, bare) + ("" if tone_last else tone)
        last = last or tone
    return keys + (last if tone_last else "")


def misplace(syllable: str) -> str:
    """Move the tone mark behind the last letter (as broken converters do)."""
    decomposed = unicodedata.normalize("NFD", syllable)
    marks = set(table()["tones"].values())
    tone = "".join(c for c in decomposed if c in marks)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in marks)) + tone


def texts(count: int, seed: int) -> list[str]:
    """``count`` strings: words in all kinds of typing, dates, numbers, signs and any character."""
    rng = random.Random(seed)
    inventory = syllables()
    return [_text(rng, inventory) for _ in range(count)]


def _text(rng: random.Random, inventory: list[str]) -> str:
    pieces = []
    for _ in range(rng.randint(1, 7)):
        pieces += [_piece(rng, inventory), rng.choice(JOINERS)]
    return "".join(pieces)


def _piece(rng: random.Random, inventory: list[str]) -> str:
    word = rng.choice(inventory)
    d, m, y = rng.randint(1, 31), rng.randint(1, 13), rng.randint(1885, 2035)
    kinds = (
        lambda: word,
        lambda: word.upper(),
        lambda: word.capitalize(),
        lambda: unicodedata.normalize("NFD", word),
        lambda: misplace(word),
        lambda: telex(word, tone_last=rng.random() < 0.5),
        lambda: vni(word, tone_last=rng.random() < 0.5),
        lambda: rng.choice(DATES).format(d=d, m=m, y=y, s=y % 100),
        lambda: rng.choice(NUMBERS).format(n=rng.randint(1, 6000), y=y),
        lambda: "".join(
            rng.choice("abcdeghiklmnopqrstuvxyzđâêôơưăfjw0123456789")
            for _ in range(rng.randint(1, 8))
        ),
        lambda: "".join(_any_character(rng) for _ in range(rng.randint(1, 5))),
        lambda: (
            rng.choice(inventory) + rng.choice("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
        ),
    )
    return rng.choice(kinds)()


def _any_character(rng: random.Random) -> str:
    """An assigned character (Python and the browser may know different new ones)."""
    while True:
        char = chr(
            rng.choice(
                (
                    rng.randint(0x20, 0x24F),
                    rng.randint(0x300, 0x1FFF),
                    rng.randint(0x2000, 0xFFFD),
                    rng.randint(0x1F300, 0x1F64F),
                )
            )
        )
        if unicodedata.category(char) not in ("Cn", "Cs", "Co"):
            return char
