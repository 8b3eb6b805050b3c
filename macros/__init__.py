"""The library: everything that turns records into text.

MkDocs' macros plugin calls ``define_env``; it registers what a hand-written page may call, and
nothing else. No other module of this package knows MkDocs.
"""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Register the fragments (tables, cards, lists) that pages may call as macros."""
    from macros.pages.fragments import fragments

    library, holes = env.conf.extra["cotmoc_library"], env.conf.extra["cotmoc_holes"]
    for name, function in fragments(library, library.meta.data_as_of.first()).items():
        # The page gets a mark; macros.making puts the fragment there once the page is rendered.
        env.macro(holes.macro(name, function), name)
