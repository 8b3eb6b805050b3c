"""Versions side by side on a server, one of which is current; visitors see one of them, whole.

    DIR/phien-ban/0007-0.1.0-2026-11-22-1a2b3c4d/   a whole version: the contents of one zip
    DIR/hien-tai                                    a link to the current one
    DIR/web.config                                  optional, IIS: copied into each version
    DIR/.tam-…                                      being unpacked; worthless until renamed

The server serves DIR/hien-tai/thu-vien. A version is never changed once it has its name, and the
link is replaced in one step of the file system (POSIX), so that a process killed at any moment
leaves the old version or the new one. On Windows a junction cannot be replaced in one step: it
is put aside and the new one takes its name, two renamings in a row; `recover` mends a cut between
the two.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.bundling.files import COMPRESSED, SITE, write_folder
from scripts.bundling.package import MANIFEST
from scripts.devenv.console import Stop

VERSIONS = "phien-ban"
CURRENT = "hien-tai"
SETTINGS = "cai-dat.json"
WEB_CONFIG = "web.config"
KEPT = 3
_ASIDE = ".tam-"
_NAME = re.compile(r"(\d{4,})-[A-Za-z0-9.-]+")


@dataclass(frozen=True, order=True)
class Version:
    """A published version; the number only ever grows."""

    number: int
    name: str


def versions(home: Path) -> tuple[Version, ...]:
    """Every whole version, oldest first."""
    folder = home / VERSIONS
    names = (path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ()
    matches = (_NAME.fullmatch(name) for name in names)
    return tuple(sorted(Version(int(match[1]), match[0]) for match in matches if match))


def current(home: Path) -> Version | None:
    """The version that visitors see, or None before the first one."""
    try:
        name = Path(os.readlink(home / CURRENT)).name
    except OSError:
        return None
    return next((version for version in versions(home) if version.name == name), None)


def recover(home: Path) -> None:
    """Clear up after a run that was cut off: what was being unpacked or removed goes."""
    link, put_aside = home / CURRENT, home / f"{_ASIDE}{CURRENT}-truoc"
    if os.path.lexists(put_aside) and not os.path.lexists(link):
        os.rename(put_aside, link)
    for path in sorted(home.glob(f"{_ASIDE}*")):
        if path.is_symlink() or _is_junction(path):
            _remove_link(path)
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def add(home: Path, files: Mapping[str, bytes], prefix: str, now: float) -> Version:
    """Unpack ``files`` (a checked zip) as a new version; the current one stays the current one.

    ``prefix`` is the path under which visitors see the site, "/" or "/a/b/". ``now`` is the time
    in seconds; files get a time later than those of every older version, because the server
    makes its entity tags from time and size.
    """
    old = versions(home)
    number = max((version.number for version in old), default=0) + 1
    manifest = json.loads(files[MANIFEST])
    edition = "-nhe" if manifest["edition"] == "nhe" else ""
    mark = hashlib.sha256(files["SHA256SUMS"]).hexdigest()[:8]
    version = Version(number, f"{number:04}-{manifest['version']}-{manifest['data_as_of']}{edition}-{mark}")
    latest = max((int((home / VERSIONS / item.name / MANIFEST).stat().st_mtime) for item in old), default=0)
    aside = home / f"{_ASIDE}{version.name}"
    write_folder(aside, served(files, prefix, home / WEB_CONFIG), stamp=max(int(now), latest + 1))
    _flush()
    (home / VERSIONS).mkdir(exist_ok=True)
    os.rename(aside, home / VERSIONS / version.name)
    return version


def served(files: Mapping[str, bytes], prefix: str, web_config: Path) -> dict[str, bytes]:
    """``files`` as they lie on the server: the page for missing addresses knows where the site is,
    and beside every text there is its compressed form."""
    result = dict(files)
    missing = f"{SITE}/404.html"
    # The one page that is shown under any address: its own addresses start at the server's root.
    result[missing] = re.sub(rb'(\s(?:href|src|action)=")/', rb"\g<1>" + prefix.encode(), files[missing])
    for name in list(result):
        if name.startswith(f"{SITE}/") and name.endswith(COMPRESSED):
            result[f"{name}.gz"] = gzip.compress(result[name], 9, mtime=0)
    if web_config.is_file():
        result[f"{SITE}/{WEB_CONFIG}"] = web_config.read_bytes()
    return result


def switch(home: Path, version: Version) -> None:
    """Make ``version`` the one that visitors see."""
    target = Path(VERSIONS) / version.name
    new = home / f"{_ASIDE}{CURRENT}"
    _make_link(new, target)
    link = home / CURRENT
    if os.path.lexists(link) and not (link.is_symlink() or _is_junction(link)):
        raise Stop(f"{link} là thư mục thường, không phải liên kết.", "đổi tên nó rồi phát hành lại.")
    if os.name != "nt":
        os.replace(new, link)
    else:
        _replace_junction(new, link, home / f"{_ASIDE}{CURRENT}-truoc")
    _flush()


def prune(home: Path, abandoned: frozenset[Version] = frozenset()) -> tuple[Version, ...]:
    """Remove ``abandoned`` and all but the newest KEPT of the others; gives what is left.

    The current version always stays.
    """
    shown = current(home)
    wanted = [version for version in versions(home) if version not in abandoned or version == shown]
    for version in sorted(set(versions(home)) - {*wanted[-KEPT:], shown}):
        # Renamed first: a removal that is cut off must not leave half a version under its name.
        aside = home / f"{_ASIDE}{version.name}"
        os.rename(home / VERSIONS / version.name, aside)
        shutil.rmtree(aside)
    return versions(home)


def roll_back(home: Path) -> Version:
    """Show the version before the current one again. Raises Stop when there is none."""
    shown = current(home)
    older = [version for version in versions(home) if shown and version < shown]
    if not older:
        raise Stop(f"Trong {home} không có bản nào trước bản hiện tại.", "phát hành một tệp nén khác.")
    switch(home, older[-1])
    return older[-1]


def read_prefix(home: Path) -> str:
    """The path under which visitors see the site, as the last run was told; "/" at first."""
    try:
        return str(json.loads((home / SETTINGS).read_text(encoding="utf-8"))["duong_dan"])
    except FileNotFoundError:
        return "/"
    except (ValueError, KeyError, TypeError) as error:
        raise Stop(f"{home / SETTINGS} không đọc được ({error}).", "xóa tệp đó và dùng --duong-dan.") from error


def write_prefix(home: Path, prefix: str) -> None:
    """Remember the path. Raises Stop for one that is not a path of plain letters."""
    if not re.fullmatch(r"/(?:[A-Za-z0-9._~-]+/)*", prefix):
        raise Stop(f'Đường dẫn "{prefix}" không hợp lệ.', 'viết dạng "/" hoặc "/thu-vien/cot-moc/".', code=2)
    aside = home / f"{_ASIDE}{SETTINGS}"
    aside.write_text(json.dumps({"duong_dan": prefix}) + "\n", encoding="utf-8")
    os.replace(aside, home / SETTINGS)


def publish(home: Path, files: Mapping[str, bytes], prefix: str, now: float, report: Callable[[str], None]) -> Version:
    """Unpack, switch, tidy. ``files`` have been checked; the caller holds the lock on ``home``."""
    recover(home)
    shown = current(home)
    # Rolled back from, or never made current: going back must not lead there.
    abandoned = frozenset(version for version in versions(home) if shown is None or version > shown)
    report(f"Đang bung {len(files)} tệp…")
    version = add(home, files, prefix, now)
    switch(home, version)
    left = prune(home, abandoned)
    report(f"Đang giữ {len(left)} bản: {', '.join(item.name for item in reversed(left))}.")
    return version


def _flush() -> None:
    """Have the disc hold what was written before the next step relies on it."""
    if hasattr(os, "sync"):
        os.sync()


def _make_link(link: Path, target: Path) -> None:
    """A link beside VERSIONS to ``target``, a path relative to it (absolute in a junction)."""
    if os.name != "nt":
        os.symlink(target, link, target_is_directory=True)
        return
    # A junction needs no privilege, a symbolic link on Windows does.
    done = subprocess.run(["cmd", "/c", "mklink", "/J", str(link), str(link.parent / target)], capture_output=True)
    if done.returncode:
        raise Stop(f"Không tạo được liên kết {link}.", "dùng ổ đĩa NTFS và tài khoản được ghi vào đó.")


def _replace_junction(new: Path, link: Path, put_aside: Path) -> None:
    if os.path.lexists(link):
        os.rename(link, put_aside)
    os.rename(new, link)
    if os.path.lexists(put_aside):
        _remove_link(put_aside)


def _is_junction(path: Path) -> bool:
    if os.name != "nt":
        return False
    try:
        return bool(os.lstat(path).st_reparse_tag)
    except OSError:
        return False


def _remove_link(path: Path) -> None:
    # Windows removes a junction like a folder, and what it leads to stays.
    os.rmdir(path) if _is_junction(path) else os.unlink(path)
