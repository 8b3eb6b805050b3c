"""The language rules of the checker with every phrase turned into keys.

The rules are written in ``macros/tables/proof.json`` as plain Vietnamese; here each phrase becomes
the words' keys, so that the engines in Python and in the browser only compare keys.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from macros.vietnamese import words

TABLE_FILE = Path(__file__).resolve().parent.parent / "tables" / "proof.json"
PHRASES = (
    "stops",
    "plain",
    "together",
    "in_turn",
    "these",
    "pointing",
    "past",
    "looking_back",
    "heads",
    "part_words",
    "length_words",
    "demarcation_words",
    "delimitation_words",
    "remaining_words",
    "anniversary_words",
    "since_words",
    "spelling",
    "spelling_also",
    "no_comma",
    "even_year",
    "round_year",
    "mark_in_force",
    "issuer_words",
    "about_words",
)
GROUPED = ("cues", "approx", "units")

Phrase = list[list[str]]
"""The words of a phrase, each as [exact key, folded key]."""


@cache
def table() -> dict[str, Any]:
    """The rules as written. Treat it as read-only: it is shared."""
    return json.loads(TABLE_FILE.read_text(encoding="utf-8"))


def keys(text: str) -> Phrase:
    """The words of ``text`` as pairs of keys."""
    return [[word.exact, word.folded] for word in words(text)]


def longest_first(phrases: list[Phrase]) -> list[Phrase]:
    """Longest first, so that no phrase hides a longer one; then by the alphabet."""
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))


def canon() -> dict[str, list[Any]]:
    """For each first word the names that start with it: [keys, codes, compare diacritics?]."""
    found: dict[str, list[Any]] = {}
    for codes, names in table()["canon"].items():
        for name in names:
            phrase = keys(name.removeprefix("="))
            found.setdefault(phrase[0][1], []).append([phrase, codes.split(), name.startswith("=")])
    for entries in found.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[0], entry[1]))
    return found


@cache
def compiled() -> dict[str, Any]:
    """The rules for the engines: phrases as keys, the rest as written."""
    rules = {name: value for name, value in table().items() if name not in ("about", "canon", "spelling_follow")}
    for name in PHRASES:
        rules[name] = longest_first([keys(phrase) for phrase in table()[name]])
    for name in GROUPED:
        rules[name] = {
            group: longest_first([keys(phrase) for phrase in phrases]) for group, phrases in table()[name].items()
        }
    # "%" and "km²" are no words; the figures' pattern reads them.
    rules["units"] = {unit: [phrase for phrase in phrases if phrase] for unit, phrases in rules["units"].items()}
    rules["counts"] = {keys(word)[0][0]: number for word, number in table()["counts"].items()}
    rules["body_words"] = [keys(word)[0][1] for word in table()["body_words"]]
    rules["spelling_follow"] = {
        " ".join(pair[0] for pair in keys(phrase)): [keys(word)[0][0] for word in after]
        for phrase, after in table()["spelling_follow"].items()
    }
    rules["lost_words"] = [
        [keys(phrase), [keys(word)[0][0] for word in after], full] for phrase, after, full in table()["lost_words"]
    ]
    # Between the words of "biển, đảo" a comma may stand, between those of "thứ hai, quán …" it parts them.
    rules["spelling_comma"] = [
        " ".join(pair[1] for pair in keys(phrase)) for phrase in table()["spelling"] if "," in phrase
    ]
    rules["canon"] = canon()
    return rules
