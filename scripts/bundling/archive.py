"""The zip itself: the same bytes on every machine, and the check of one that arrived."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.bundling import leaflet
from scripts.bundling.files import SITE, problems_of_names
from scripts.bundling.package import MANIFEST, SUMS
from scripts.devenv.console import Stop

LIMITS = {False: 15_000_000, True: 6_000_000}
"""Most bytes of a zip: the whole edition, the light one. They have to fit an e-mail and an old disc."""

UNPACKED_LIMIT = 300_000_000
"""More than this is not one of ours; a small zip can be made to unpack into a full disc."""

_SUM_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


def to_zip(files: Mapping[str, bytes], day: dt.date) -> bytes:
    """A zip of ``files``, ordered by name; every entry is of midnight of ``day``.

    Nothing of the machine goes in: no clock, no time zone, no owner, no umask. The compressed
    bytes are those of the zlib that Python was built with.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.create_system = 3  # else the letter of the system that packs is written down
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return target.getvalue()


def too_big(size: int, *, is_light: bool) -> Stop | None:
    """What to say about a zip of ``size`` bytes when it is over the limit."""
    limit = LIMITS[is_light]
    if size <= limit:
        return None
    return Stop(
        f"Tệp nén {_mb(size)}, quá mức {_mb(limit)} của {'bản nhẹ' if is_light else 'bản đầy đủ'}.",
        "bớt tệp lớn trong docs/assets hoặc trong phần tải về, rồi đóng gói lại.",
    )


def _mb(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def read_zip(path: Path) -> dict[str, bytes]:
    """The files of a zip that is whole and one of ours. Raises Stop with everything that is wrong."""
    problems, files = _examine(path)
    if problems:
        shown = "\n".join(problems[:20])
        raise Stop(f"{shown}\nTệp {path.name} không dùng được: {len(problems)} lỗi.", "xin lại tệp ở nơi đã cấp.")
    return files


def verify(path: Path) -> list[str]:
    """One Vietnamese sentence for each thing that is wrong with the zip; none when it is whole."""
    return _examine(path)[0]


def _examine(path: Path) -> tuple[list[str], dict[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            problems = list(_problems_of_entries(archive.infolist()))
            if problems:
                return problems, {}
            files = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        return [f"{path.name} hỏng hoặc không phải tệp nén ({error})"], {}
    except Exception as error:
        # zlib.error and its kin of other methods share no ancestor.
        if type(error).__name__ not in ("error", "LZMAError"):
            raise
        return [f"{path.name} hỏng ({error})"], {}
    return [*_problems_of_sums(files), *_problems_of_manifest(files)], files


def _problems_of_entries(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    names = [info.filename for info in entries]
    if len(set(names)) != len(names):
        yield "tệp nén có hai tệp cùng tên"
    if sum(info.file_size for info in entries) > UNPACKED_LIMIT:
        yield f"tệp nén bung ra quá {_mb(UNPACKED_LIMIT)}"
    yield from problems_of_names(names)
    for info in entries:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            yield f"{info.filename}: liên kết hoặc tệp đặc biệt"


def _problems_of_sums(files: Mapping[str, bytes]) -> Iterator[str]:
    if SUMS not in files:
        yield f"thiếu {SUMS}"
        return
    known: dict[str, str] = {}
    for line in files[SUMS].decode("ascii", "replace").splitlines():
        match = _SUM_LINE.fullmatch(line)
        if match is None:
            yield f"{SUMS}: dòng không đọc được: {line[:80]!a}"
        else:
            known[match[2]] = match[1]
    for name in sorted(known.keys() | files.keys() - {SUMS}):
        if name not in files:
            yield f"{name}: thiếu tệp"
        elif name not in known:
            yield f"{name}: tệp lạ, không có trong {SUMS}"
        elif hashlib.sha256(files[name]).hexdigest() != known[name]:
            yield f"{name}: nội dung khác với {SUMS}"


def _problems_of_manifest(files: Mapping[str, bytes]) -> Iterator[str]:
    for name in (leaflet.OPENER, leaflet.HOW_TO, MANIFEST, f"{SITE}/index.html", f"{SITE}/404.html"):
        if name not in files:
            yield f"thiếu {name}"
    if MANIFEST not in files:
        return
    try:
        manifest = json.loads(files[MANIFEST])
        counted = (manifest["files"], manifest["bytes"])
        manifest["version"], manifest["data_as_of"], manifest["edition"]
    except (ValueError, KeyError, TypeError) as error:
        yield f"{MANIFEST}: không đọc được ({error})"
        return
    others = [data for name, data in files.items() if name not in (MANIFEST, SUMS)]
    if counted != (len(others), sum(map(len, others))):
        yield f"{MANIFEST}: số tệp hoặc số byte không khớp"
