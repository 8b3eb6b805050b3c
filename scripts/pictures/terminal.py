"""What a terminal shows while a command runs, and that as a drawing."""

from __future__ import annotations

import os
import re
import select
import time
import unicodedata
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

COLUMNS = 78
PATIENCE_SECONDS = 60.0
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x07")


def played(command: Sequence[str], answers: Sequence[str], folder: Path, env: Mapping[str, str]) -> str:
    """Everything that `command` shows on a terminal on which `answers` are typed, one a question.

    Raises RuntimeError when it neither asks nor ends. Not for Windows.
    """
    import pty

    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover - the other process
        os.chdir(folder)
        os.execve(command[0], list(command), {**os.environ, **env, "TERM": "dumb", "COLUMNS": str(COLUMNS)})
    shown, left, end = b"", list(answers), time.monotonic() + PATIENCE_SECONDS
    try:
        while (piece := _read(terminal, end)) is not None:
            shown += piece
            if left and shown.endswith(b": "):
                os.write(terminal, f"{left.pop(0)}\n".encode())
    finally:
        os.close(terminal)
        os.waitpid(process, 0)
    return _CONTROL.sub("", shown.decode("utf-8")).replace("\r\n", "\n").replace("\r", "")


def _read(terminal: int, end: float) -> bytes | None:
    """The next piece of output; None once the other side has closed."""
    if not select.select([terminal], [], [], max(0.0, end - time.monotonic()))[0]:
        raise RuntimeError("the command neither asks nor ends")
    try:
        return os.read(terminal, 65536) or None
    except OSError:
        return None


CHARACTER, LINE, MARGIN = 8.43, 21, 14
_WIDTH = round(COLUMNS * CHARACTER) + 2 * MARGIN
_FONT = "Consolas, 'Courier New', 'Liberation Mono', Menlo, monospace"
"""Those that have all Vietnamese letters; a picture cannot bring along the site's own fonts."""


def drawing(text: str, label: str) -> str:
    """The text as SVG: attributes only, so that it shows under a policy without inline styles."""
    lines = [part for line in text.rstrip("\n").split("\n") for part in _wrapped(line)]
    height = len(lines) * LINE + 2 * MARGIN
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">',
        f"<title>{escape(label)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" rx="6" fill="#f4f3ee" stroke="#b9b5a6"/>',
        f'<g font-family="{_FONT}" font-size="14" fill="#22262b">',
    ]
    for number, line in enumerate(lines):
        bold = ' font-weight="bold"' if line.startswith("$ ") else ""
        place = f'x="{MARGIN}" y="{MARGIN + number * LINE + 15}"'
        drawn.append(f'<text {place}{bold} xml:space="preserve">{escape(line)}</text>' if line else "")
    return "\n".join([*filter(None, drawn), "</g>", "</svg>"]) + "\n"


def _wrapped(line: str) -> list[str]:
    """Pieces of at most COLUMNS columns, broken between words where there is one."""
    pieces = []
    line = unicodedata.normalize("NFC", line)
    while len(line) > COLUMNS:
        cut = line.rfind(" ", COLUMNS // 2, COLUMNS)
        cut = cut if cut > 0 else COLUMNS
        pieces.append(line[:cut])
        line = "    " + line[cut:].lstrip()
    return [*pieces, line]
