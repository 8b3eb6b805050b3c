"""Puts a finished site in the place of the old one, so that a whole site is never lost.

Beside the folder `site` there may be, for a while:

    site-next       being built; worthless until it is finished
    site-previous   the last good site, while the new one takes its place

A crash at any moment leaves `site`, or a whole `site-previous` which `recover`
puts back. Folders are renamed, not linked: editors on Windows may not make links.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from scripts.devenv.console import Stop

# On Windows a virus scanner or a browser holds new files for a moment.
PATIENCE_SECONDS = 5.0


def next_site(site: Path) -> Path:
    """Where to build what will become `site`."""
    return site.with_name(site.name + "-next")


def previous_site(site: Path) -> Path:
    """Where the last good site is while it is being replaced."""
    return site.with_name(site.name + "-previous")


def recover(site: Path) -> None:
    """Clear up after a build that was cut off; afterwards `site`, if there is one, is whole."""
    previous = previous_site(site)
    if previous.is_dir():
        if site.exists():
            shutil.rmtree(previous, ignore_errors=True)
        else:
            _rename(previous, site)
    if next_site(site).exists():
        shutil.rmtree(next_site(site))


def swap(site: Path) -> None:
    """Make the finished `next_site(site)` the site. Raises Stop with the old site in place."""
    if site.exists() and not site.is_dir():
        raise Stop(f"{site} không phải là thư mục.", "đổi tên nó rồi dựng lại.")
    previous = previous_site(site)
    if site.exists():
        _rename(site, previous)
    try:
        _rename(next_site(site), site)
    except Stop:
        if previous.exists():
            _rename(previous, site)
        raise
    # What cannot be removed now (a file still open on Windows) goes at the next `recover`.
    shutil.rmtree(previous, ignore_errors=True)


def _rename(old: Path, new: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            os.rename(old, new)
            return
        except OSError as error:
            if not isinstance(error, PermissionError) or time.monotonic() > deadline:
                raise Stop(
                    f"Không đổi tên được {old} thành {new.name} ({error.strerror}).",
                    "đóng chương trình đang mở tệp trong thư mục đó rồi dựng lại.",
                ) from error
            time.sleep(0.2)
