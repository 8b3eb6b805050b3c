"""Adds a record to a data file: checked first, appended last, and nothing else of the file touched."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.checking import examine
from scripts.devenv.console import Stop
from scripts.writing import write_all

if TYPE_CHECKING:
    from macros.model import Problem

LATER = frozenset({"sources_are_cited"})
"""Rules that a new record cannot satisfy by itself: a source has to be there before it can be cited."""


@dataclass(frozen=True)
class Addition:
    """What a data file will be, and what the checks will then say that they do not say now."""

    path: Path
    before: bytes
    after: bytes
    refused: tuple[Problem, ...]
    later: tuple[Problem, ...]
    """What is still to be done elsewhere."""

    def write(self) -> None:
        """All or nothing. Raises Stop when the file was edited in the meantime."""
        if self.path.read_bytes() != self.before:
            raise Stop(f"{self.path.name} vừa được sửa ở nơi khác nên chưa ghi.", "chạy lại lệnh này.")
        write_all({self.path: self.after})


def addition(root: Path, kind: str, record: dict[str, Any], today: date) -> Addition:
    """`record` at the end of its file, tried out on a copy of the data. Raises Stop."""
    from macros.yaml_form import written

    path = root / "data" / f"{kind}.yaml"
    before = path.read_bytes()
    after = appended(before, written([record], kind))
    known = {(p.record, p.what) for p in examine(root, today).problems}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(root / "data", Path(folder) / "data", ignore=shutil.ignore_patterns("schema", ".*"))
        (Path(folder) / "data" / path.name).write_bytes(after)
        tried = examine(Path(folder), today)
    found = tried.problems
    new = [problem for problem in found if (problem.record, problem.what) not in known]
    later = tuple(p for p in new if p.check in LATER and p.record == record.get("id"))
    if not new and (tried.library is None or record.get("id") not in tried.library.by_id):
        first = next((p for p in found if p.place.file.endswith(path.name)), found[0] if found else "")
        raise Stop(f"Tệp đang có lỗi nên chưa thêm được: {first}", "sửa lỗi ấy trước.")
    return Addition(path, before, after, tuple(p for p in new if p not in later), later)


def appended(before: bytes, text: str) -> bytes:
    """A list with one more item; every byte that was there stays, but for the [] of an empty list."""
    lines = b"\r\n" if b"\r\n" in before else b"\n"
    before = re.sub(rb"(?m)^\[\][ \t]*\r?\n?", b"", before)
    gap = lines if before.strip() else b""
    ended = b"" if not before or before.endswith(b"\n") else lines
    return before + ended + gap + text.encode("utf-8").replace(b"\n", lines)
