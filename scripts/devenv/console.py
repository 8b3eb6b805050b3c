"""Printing that survives old consoles, and the one exception that stops a command."""

from __future__ import annotations

import sys


class Stop(Exception):
    """The command cannot go on; the text says what is missing and what to do (Vietnamese)."""

    def __init__(self, what: str, remedy: str, code: int = 1):
        super().__init__(f"{what}\nCách sửa: {remedy}")
        self.what = what
        self.remedy = remedy
        self.code = code


def use_utf8() -> None:
    """Make stdout and stderr UTF-8.

    A redirected Windows stream defaults to the ANSI code page (1258 in
    Vietnam), which has no precomposed letters such as "ế" and would raise
    UnicodeEncodeError in the middle of a message.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """Print one line at once, so that order is kept with what child processes print."""
    print(text, file=sys.stderr, flush=True)
