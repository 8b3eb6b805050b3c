"""What in a style, a script or a page Chrome 109 or Firefox ESR 102 does not understand.

The names come from MDN's browser-compat-data (tests/vendor/levels). The check is by name, not by
type: `list.findLast(…)` is found because no object has a `findLast` at these levels, while a
method that is old on one object and new on another passes. The syntax of scripts is checked
exactly, by a parser that stops at ES2020.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

VENDOR = Path(__file__).resolve().parent / "vendor"
LEVELS = json.loads((VENDOR / "levels" / "levels.json").read_text(encoding="utf-8"))
_SETS = {name: frozenset(value) for name, value in LEVELS.items() if isinstance(value, list)}

# Run in a page that has loaded acorn and acorn-walk: every name that a script takes from outside.
NAMES_OF_SCRIPT = """(text) => {
  let tree;
  try { tree = acorn.parse(text, {ecmaVersion: 2020, sourceType: "script"}); }
  catch (error) { return {error: String(error)}; }
  const declared = new Set(), globals = new Set(), members = new Set();
  acorn.walk.full(tree, (node) => {
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier") { declared.add(node.id.name); }
    if (/Function/.test(node.type)) {
      if (node.id) { declared.add(node.id.name); }
      node.params.forEach((p) => { if (p.type === "Identifier") { declared.add(p.name); } });
    }
    if (node.type === "Identifier") { globals.add(node.name); }
    if (node.type === "MemberExpression") {
      if (!node.computed) { members.add(node.property.name); }
      else if (node.property.type === "Literal") { members.add(String(node.property.value)); }
    }
  });
  return {globals: [...globals].filter((name) => !declared.has(name)), members: [...members]};
}"""


def problems_of_script(names: dict[str, list[str]]) -> Iterator[str]:
    """What is too new among the names that NAMES_OF_SCRIPT found."""
    if "error" in names:
        yield f"syntax: {names['error']}"
        return
    yield from (f"global {name}" for name in sorted(_SETS["globals"] & set(names["globals"])))
    yield from (f"member .{name}" for name in sorted(_SETS["members"] & set(names["members"])))


def problems_of_style(text: str) -> Iterator[str]:
    """What is too new in a style sheet: properties, values, functions, units, selectors, at-rules."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
    text = re.sub(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)", '""', text)
    open_rules: list[str] = []
    for head, mark in re.findall(r"([^{};]*)([{};])", text):
        head = head.strip()
        if mark == "{":
            yield from _of_head(head, open_rules)
            open_rules.append(head)
            continue
        if head:
            yield from _of_declaration(head)
        if mark == "}":
            open_rules.pop()


def _of_head(head: str, open_rules: list[str]) -> Iterator[str]:
    if head.startswith("@"):
        rule = re.match(r"@([\w-]+)", head)[1]
        if rule in _SETS["at_rules"]:
            yield f"@{rule}"
        for feature in re.findall(r"\(\s*([\w-]+)", head) if rule == "media" else ():
            if feature in _SETS["media_features"]:
                yield f"@media ({feature})"
        return
    if open_rules and not open_rules[-1].startswith("@"):
        yield f"nested rule {head}"
    for name in re.findall(r"::?([\w-]+)", head):
        if name in _SETS["selectors"]:
            yield f"selector :{name}"


def _of_declaration(text: str) -> Iterator[str]:
    if text.startswith("@"):
        yield from _of_head(text, [])
        return
    name, _, value = (part.strip() for part in text.partition(":"))
    if name.startswith("--"):
        pass
    elif name not in _SETS["known_properties"]:
        yield f"unknown property {name}"
    elif name in _SETS["properties"]:
        yield f"property {name}"
    for word in re.findall(r"(?<![\w-])[A-Za-z][\w-]*(?![\w(-])", value):
        if word in LEVELS["values"].get(name, ()):
            yield f"value {name}: {word}"
    for function in re.findall(r"([A-Za-z][\w-]*)\(", value):
        if function in _SETS["functions"]:
            yield f"function {function}()"
    for unit in re.findall(r"(?<![\w-])[\d.]+([a-zA-Z]+)\b", value):
        if unit in _SETS["units"]:
            yield f"unit {unit}"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}


def problems_of_page(text: str) -> Iterator[str]:
    """What is too new among the elements and attributes of a page."""
    tags = _Tags()
    tags.feed(text)
    yield from (f"element {name}" for name in sorted(_SETS["elements"] & tags.elements))
    yield from (f"attribute {name}" for name in sorted(_SETS["attributes"] & tags.attributes))
