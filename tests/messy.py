"""Writes the same data as many hands would: any order, quotes, layout, with comments everywhere."""

from __future__ import annotations

import json
import random
import re
from typing import Any

PLAIN = re.compile(r"[A-Za-zÀ-ỹ][\wÀ-ỹ /.-]*\w")


class Hand:
    """One editor's habits, from a seed. ``comments`` are those written so far."""

    def __init__(self, chance: random.Random, *, talks: bool = True) -> None:
        self.chance = chance
        self.talks = talks
        self.comments: list[str] = []
        self.deepest = 99
        """No comment may stand deeper: after a block text it would be part of that."""

    def file(self, value: Any) -> str:
        text = "\n".join(["---"] * self.often(1) + self.block(value) + self.above(0)) + "\n"
        return text.replace("\n", "\r\n") if self.often(1) else text

    def often(self, tenths: int) -> bool:
        return self.chance.random() < tenths / 10

    def comment(self) -> str:
        extra = self.chance.choice(["", " [x], {y}: 'z' \"w", " - id: x", " # #", ": >-"])
        self.comments.append(f"# ghi chú {len(self.comments)}{extra}")
        return self.comments[-1]

    def beside(self) -> str:
        return f"{self.chance.choice([' ', '   '])}{self.comment()}" if self.talks and self.often(2) else ""

    def above(self, most: int) -> list[str]:
        """Comments and empty lines; a comment may stand at any depth."""
        lines = []
        while self.often(2):
            pad = " " * self.chance.randint(0, min(most, self.deepest))
            lines.append(pad + self.comment() if self.talks and self.often(7) else "")
        return lines

    def block(self, value: Any, depth: int = 0) -> list[str]:
        lines = []
        pairs = list(value.items()) if isinstance(value, dict) else [(None, item) for item in value]
        if isinstance(value, dict):
            self.chance.shuffle(pairs)
        for key, inner in pairs:
            lines += self.above(depth + 4)
            head = "-" if key is None else f"{self.quoted(key) if self.often(1) else self.key(key)}:"
            lines += self.entry(head, inner, depth)
        return lines

    def entry(self, head: str, inner: Any, depth: int) -> list[str]:
        pad = " " * depth
        self.deepest = 99
        if not isinstance(inner, (dict, list)):
            return self.scalar_lines(f"{pad}{head}", inner, depth)
        if not inner or self.often(3):
            return self.flow_lines(f"{pad}{head}", inner, depth)
        step = self.chance.choice([1, 2, 4])
        if head == "-" and self.often(7):
            first, *rest = self.block_plain_first(inner, depth + 1 + step)
            return [f"{pad}-{' ' * step}{first.lstrip()}", *rest]
        if head != "-" and isinstance(inner, list) and self.often(3):
            # A list may stand under its key without being moved in.
            return [f"{pad}{head}{self.beside()}", *self.block(inner, depth)]
        return [f"{pad}{head}{self.beside()}", *self.block(inner, depth + step)]

    def block_plain_first(self, value: Any, depth: int) -> list[str]:
        """Lines whose first one is no comment, so that a dash can be put before it."""
        lines = self.block(value, depth)
        while not lines[0].strip() or lines[0].lstrip().startswith("#"):
            if lines[0].strip():
                self.comments.remove(lines[0].strip())
            lines.pop(0)
        return lines

    def scalar_lines(self, head: str, value: Any, depth: int) -> list[str]:
        if isinstance(value, str) and self.often(2) and value.isprintable() and re.fullmatch(r"\S+( \S+)*", value):
            words = value.split(" ")
            cut = self.chance.randint(1, len(words))
            parts = [" ".join(words[:cut]), " ".join(words[cut:])]
            inside, self.deepest = " " * (depth + 2), depth
            return [f"{head} >-{self.beside()}", *(inside + part for part in parts if part)]
        return [f"{head} {self.flat(value)}{self.beside()}"]

    def flow_lines(self, head: str, value: Any, depth: int) -> list[str]:
        if value and self.often(3):
            inside = " " * (depth + self.chance.randint(1, 4))
            pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
            items = [(f"{self.quoted(key)}: " if key is not None else "") + self.flat(item) for key, item in pairs]
            marks = "{}" if isinstance(value, dict) else "[]"
            lines = [f"{head} {marks[0]}{self.beside()}"]
            for item in items:
                lines += [f"{inside}{self.comment()}"] if self.talks and self.often(2) else []
                lines.append(f"{inside}{item},{self.beside()}")
            lines += [f"{inside}{self.comment()}"] if self.talks and self.often(2) else []
            return [*lines, f"{inside}{marks[1]}{self.beside()}"]
        return [f"{head} {self.flat(value)}{self.beside()}"]

    def flat(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.quoted(key)}: {self.flat(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flat, value)) + "]"
        if value is None:
            return self.chance.choice(["null", "~"])
        if isinstance(value, str):
            plain = PLAIN.fullmatch(value) and value not in ("null", "true", "false")
            return value if plain and self.often(7) else self.quoted(value)
        return json.dumps(value)

    def key(self, key: str) -> str:
        return key if re.fullmatch(r"[a-z][a-z_]*", key) else self.quoted(key)

    def quoted(self, text: str) -> str:
        if self.often(5) and "\n" not in text and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        return "".join(sign if sign.isprintable() else _escape(sign) for sign in json.dumps(text, ensure_ascii=False))


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
