"""What may be shipped: the kinds of files, and names that every system can hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from scripts.devenv.console import Stop

SITE = "thu-vien"
"""The folder of the zip that holds the site; a server serves this folder and nothing else."""

SERVERS = "may-chu"
"""The folder of the zip with the server configurations."""

LONGEST_NAME = 179
"""Windows allows 260 characters in all; the rest is left to the folder that people choose."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
}
"""Every kind of file of the site, with the type that a server has to send for it. The server
configurations in deploy/ repeat this table, each in its own language; a test compares them."""

COMPRESSED = (".css", ".csv", ".html", ".ics", ".js", ".json", ".svg", ".txt", ".xml", ".atom")
"""Kinds worth compressing; the others are compressed by nature."""

BARE_NAMES = ("LICENSE", "SHA256SUMS")
"""Files that may do without an ending."""

_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")


def problems_of_names(names: Iterable[str]) -> Iterator[str]:
    """One Vietnamese sentence for each name that some system cannot hold or that must not be shipped."""
    seen: dict[str, str] = {}
    for name in names:
        parts = name.split("/")
        if not set(name) <= _ALLOWED:
            yield f"{name!a}: tên tệp chỉ được có chữ không dấu, số, gạch nối và dấu chấm"
        elif name.startswith("/") or any(part in ("", ".", "..") or part.endswith(".") for part in parts):
            yield f"{name}: đường dẫn không an toàn"
        elif any(part.split(".")[0].lower() in _RESERVED for part in parts):
            yield f"{name}: tên riêng của Windows"
        if len(name) > LONGEST_NAME:
            yield f"{name[:60]}…: đường dẫn dài {len(name)} ký tự, tối đa {LONGEST_NAME}"
        if not may_be_shipped(name):
            yield f"{name!a}: loại tệp không được đóng gói"
        # Windows and macOS take two names that differ in case for one.
        other = seen.setdefault(name.lower(), name)
        if other != name:
            yield f"{name}: trùng tên với {other} trên Windows"


def may_be_shipped(name: str) -> bool:
    """Whether a file of this name is one of the kinds known here. Programs are not."""
    path = PurePosixPath(name)
    endings = {*TYPES, ".conf", ".config"} if path.parts[0] == SERVERS else TYPES
    return path.suffix.lower() in endings or path.name in BARE_NAMES


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its path with forward slashes, in the order of the names.

    Raises Stop for a link, because what it leads to may differ from machine to machine.
    """
    contents: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Stop(f"{path} là liên kết hoặc tệp đặc biệt, không đóng gói được.", "thay nó bằng tệp thường.")
        if path.is_file():
            contents[path.relative_to(folder).as_posix()] = path.read_bytes()
    return contents


def write_folder(folder: Path, contents: Mapping[str, bytes], *, stamp: float | None = None) -> None:
    """Write every file below ``folder``, readable by everybody; ``stamp`` is their time in seconds.

    The permissions are set, not left to the umask: the web server is another user.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    made = {folder}
    for name, data in contents.items():
        path = folder / name
        for parent in reversed(path.relative_to(folder).parents):
            place = folder / parent
            if place not in made:
                place.mkdir(exist_ok=True)
                place.chmod(0o755)
                made.add(place)
        path.write_bytes(data)
        path.chmod(0o644)
        if stamp is not None:
            os.utime(path, (stamp, stamp))
