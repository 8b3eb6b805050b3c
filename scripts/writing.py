"""Writing a file of the library: all of it or nothing, also when the disk is full or the power goes."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def write_all(contents: Mapping[Path, str | bytes]) -> None:
    """Put these contents (texts become UTF-8) in the place of the files.

    Everything is written beside the files first; only when that has worked are they renamed. A
    file that is a link stays one. Raises OSError, and then no file has changed, unless a rename
    itself failed between two files.
    """
    aside = {path.resolve().with_name(f".{path.name}.moi"): content for path, content in contents.items()}
    try:
        for path, content in aside.items():
            with path.open("wb") as stream:
                stream.write(content.encode("utf-8") if isinstance(content, str) else content)
                stream.flush()
                os.fsync(stream.fileno())
        for draft, path in zip(aside, contents, strict=True):
            if path.exists():
                shutil.copymode(path, draft)
        for draft, path in zip(aside, contents, strict=True):
            os.replace(draft, path.resolve())
    finally:
        for path in aside:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
