"""The draft checker: compares a text with the records, and says what it could not compare.

``compile_index`` turns a library into tables, ``Kit`` makes them ready, ``proof`` checks a text.
The browser's engine (docs/assets/js/proof-*.js) reads the same tables and is tested to agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from macros.model import Library
from macros.proofing.engine import Result, proof
from macros.proofing.index import compile_index
from macros.proofing.kit import Kit
from macros.proofing.messages import LEVELS, LIMITS
from macros.proofing.report import Finding

__all__ = ["LEVELS", "LIMITS", "Finding", "Kit", "Result", "compile_index", "files", "kit_for", "proof"]


def kit_for(library: Library) -> Kit:
    """The checker's tables for a library, ready to use."""
    return Kit(compile_index(library))


def files(library: Library) -> Iterator[tuple[str, str]]:
    """(path below the site, text) of what the browser loads to check a draft."""
    index = compile_index(library) | {"levels": LEVELS, "limits": LIMITS}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    yield "assets/proof/index.js", f"window.cotmocProofIndex={text};\n"
