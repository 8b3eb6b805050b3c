"""Writing a file of the library: all of it or nothing, also when the disk is full or the power goes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path


def write_all(texts: Mapping[Path, str]) -> None:
    """Put these texts (UTF-8, line feeds) in the place of the files.

    Everything is written beside the files first; only when that has worked are they renamed. A
    file that is a link stays one. Raises OSError, and then no file has changed, unless a rename
    itself failed between two files.
    """
    aside = {path.resolve().with_name(f".{path.name}.moi"): text for path, text in texts.items()}
    try:
        for path, text in aside.items():
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        for draft, path in zip(aside, texts, strict=True):
            os.replace(draft, path.resolve())
    finally:
        for path in aside:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
