"""The library: everything that turns records into text.

MkDocs' macros plugin calls ``define_env``; it registers what a hand-written page may call, and
nothing else. No other module of this package knows MkDocs.
"""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the fragments (tables, cards, lists) that pages may call as macros."""
    # The page gets a mark; macros.making puts the fragment there once the page is rendered.
    for name, leave_mark in env.conf.extra["cotmoc_holes"].macros().items():
        env.macro(leave_mark, name)
