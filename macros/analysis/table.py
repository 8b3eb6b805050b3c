"""The one table of rules, read once, with its patterns compiled."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE_FILE = Path(__file__).resolve().parent.parent / "tables" / "vietnamese.json"


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern; ``groups`` has one letter a group that says what it holds."""

    name: str
    groups: str
    pattern: re.Pattern[str]


@cache
def table() -> dict[str, Any]:
    """The table as written. Treat it as read-only: it is shared."""
    return json.loads(TABLE_FILE.read_text(encoding="utf-8"))


def table_script() -> str:
    """The table as a script for the browser (a site opened from disc cannot fetch files)."""
    text = json.dumps(table(), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"window.cotmocTable={text};\n"


def words_pattern(words: list[str]) -> str:
    """An alternative of plain words, longest first so that no word hides a longer one."""
    return "|".join(word.replace(" ", " +") for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def date_rules() -> tuple[Rule, ...]:
    return tuple(Rule(r["name"], r["groups"], _compile(r["pattern"])) for r in table()["dates"])


@cache
def number_rules() -> tuple[Rule, ...]:
    types = table()["document_types"]
    words = [form for forms in types.values() for form in forms]
    codes = [form for form in words if " " not in form and form != "luat"]
    parts = {
        "{types}": words_pattern([w for w in words if w != "luat"]),
        "{words}": words_pattern([w for w in words if w not in codes]),
        "{codes}": words_pattern(codes),
        "{issuers}": "|".join(sorted(table()["issuers"], key=lambda w: (-len(w), w))),
    }
    return tuple(Rule(r["name"], r["groups"], _compile(_fill(r["pattern"], parts))) for r in table()["numbers"])


@cache
def type_of_form() -> dict[str, str]:
    """From a folded form ("nq", "nghi quyet") to the code ("NQ")."""
    return {form: code for code, forms in table()["document_types"].items() for form in forms}


@cache
def word_pattern() -> re.Pattern[str]:
    return _compile(table()["word"])


def _fill(pattern: str, parts: dict[str, str]) -> str:
    for name, text in parts.items():
        pattern = pattern.replace(name, text)
    return pattern


def _compile(pattern: str) -> re.Pattern[str]:
    # ASCII, because \d and \w mean more in Python than in a browser.
    return re.compile(pattern, re.ASCII)
