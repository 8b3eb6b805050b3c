"""Puts a finished site in the place of the old one, so that a whole site is never lost.

Beside the folder `site` there may be, for a while:

    site-next       being built; worthless until it is finished, or holds a finished patch
    site-aside      made at the same time, to be merged into it
    site-previous   the last good site, while the new one takes its place

A crash at any moment leaves `site`, or a whole `site-previous` which `recover`
puts back. Folders are renamed, not linked: editors on Windows may not make links.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from scripts.devenv.console import Stop

# On Windows a virus scanner or a browser holds new files for a moment.
PATIENCE_SECONDS = 5.0

PATCH = ".patch.json"
"""In `site-next`: the list of files that are to be moved into `site`, not a whole site."""


def next_site(site: Path) -> Path:
    """Where to build what will become `site`."""
    return site.with_name(site.name + "-next")


def aside(site: Path) -> Path:
    """Where files are made at the same time as the pages; `merge` brings both together."""
    return site.with_name(site.name + "-aside")


def merge(source: Path, target: Path) -> None:
    """Move all files of `source` into `target`, whose own files stay, and remove `source`."""
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir() and not place.exists():
            _rename(path, place)
        elif path.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            _rename(path, place)
    shutil.rmtree(source, ignore_errors=True)


def previous_site(site: Path) -> Path:
    """Where the last good site is while it is being replaced."""
    return site.with_name(site.name + "-previous")


def patch(site: Path, changes: Mapping[str, bytes | None]) -> None:
    """Replace some files of `site` (None removes one), all of them or none.

    They are written aside first. From the moment when the list PATCH is there, a crash is mended
    by finishing (`recover`); before that, by throwing away.
    """
    near = next_site(site)
    for path, content in changes.items():
        if content is not None:
            target = near / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    near.mkdir(parents=True, exist_ok=True)
    put = sorted(path for path, content in changes.items() if content is not None)
    lists = {"put": put, "gone": sorted(changes.keys() - put)}
    draft = near / f"{PATCH}.draft"
    draft.write_text(json.dumps(lists), encoding="utf-8")
    os.replace(draft, near / PATCH)
    _finish_patch(site)


def _finish_patch(site: Path) -> None:
    """Move what is still in `site-next` into `site` and remove what is to go."""
    near = next_site(site)
    lists = json.loads((near / PATCH).read_text(encoding="utf-8"))
    for path in lists["put"]:
        # What is no longer there was moved before a crash.
        if (near / path).is_file():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            _rename(near / path, site / path)
    for path in lists["gone"]:
        (site / path).unlink(missing_ok=True)
    shutil.rmtree(near)


def recover(site: Path) -> None:
    """Clear up after a build that was cut off; afterwards `site`, if there is one, is whole."""
    if (next_site(site) / PATCH).is_file():
        _finish_patch(site)
    previous = previous_site(site)
    if previous.is_dir():
        if site.exists():
            shutil.rmtree(previous, ignore_errors=True)
        else:
            _rename(previous, site)
    for folder in (next_site(site), aside(site)):
        if folder.exists():
            shutil.rmtree(folder)


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
            os.replace(old, new) if old.is_file() else os.rename(old, new)
            return
        except OSError as error:
            if not isinstance(error, PermissionError) or time.monotonic() > deadline:
                raise Stop(
                    f"Không đổi tên được {old} thành {new.name} ({error.strerror}).",
                    "đóng chương trình đang mở tệp trong thư mục đó rồi dựng lại.",
                ) from error
            time.sleep(0.2)
