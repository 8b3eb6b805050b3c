"""A real, small disc for tests of what happens when it is full."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTE = 1024 * 1024
MISSING = "Không gắn được ổ nhỏ: các kiểm thử ổ đĩa đầy KHÔNG được chạy."
REMEDY = "chạy các kiểm thử ấy trên Linux với quyền root."


@contextmanager
def small_disc(place: Path, size: int) -> Iterator[Path | None]:
    """A disc of ``size`` bytes at ``place``; None where this user may not mount one."""
    place.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", f"size={size}", "cotmoc", str(place)]
    mounted = mount and os.name == "posix" and subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disc: Path, leave: int) -> Path:
    """Fill the disc but for ``leave`` bytes; gives the file that takes the room."""
    filler = disc / "chiem-cho"
    with filler.open("wb") as stream:
        stream.write(bytes(max(0, shutil.disk_usage(disc).free - leave)))
    return filler
