"""Everything that goes into the zip, as one ordered mapping from name to bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bundling import leaflet, licences
from scripts.bundling.files import SERVERS, SITE, problems_of_names, read_folder
from scripts.bundling.light import light
from scripts.bundling.links import broken_links
from scripts.devenv.console import Stop

if TYPE_CHECKING:
    from macros.library import Meta

MANIFEST = "MANIFEST.json"
SUMS = "SHA256SUMS"
CODE_ROOT = Path(__file__).resolve().parent.parent.parent


def stem(meta: Meta, *, is_light: bool) -> str:
    """Name of the zip without its ending: version, day of the data, edition."""
    return f"cot-muc-{meta.version}-{meta.data_as_of.iso()}" + ("-nhe" if is_light else "")


def package(site: Mapping[str, bytes], meta: Meta, *, is_light: bool) -> dict[str, bytes]:
    """The contents of the zip for a built site (path -> content), ordered by name.

    Raises Stop for broken links, names that some system cannot hold, unknown licences.
    """
    counts = _counts(site, meta)
    if is_light:
        site = light(site)
    _stop_at(list(map(str, broken_links(site))), "liên kết hỏng", "sửa trang có liên kết đó rồi đóng gói lại.")
    files = {f"{SITE}/{name}": data for name, data in site.items()}
    files |= {f"{SERVERS}/{name}": data for name, data in read_folder(CODE_ROOT / "deploy").items()}
    files[licences.CODE_LICENCE_FILE] = (CODE_ROOT / "LICENSE").read_bytes()
    files[leaflet.OPENER] = leaflet.opener(meta.name).encode()
    files[leaflet.HOW_TO] = leaflet.how_to(meta.name, site["cach-mo.html"].decode(), _line(meta, is_light)).encode()
    files[MANIFEST] = _manifest(files, meta, counts, is_light=is_light)
    files[SUMS] = sums(files)
    _stop_at(list(problems_of_names(files)), "tên tệp không dùng được", "đổi tên tệp đó.")
    return dict(sorted(files.items()))


def _stop_at(problems: list[str], what: str, remedy: str) -> None:
    if problems:
        shown = "\n".join(problems[:20])
        raise Stop(f"{shown}\nKhông đóng gói được: {len(problems)} {what}.", remedy)


def _line(meta: Meta, is_light: bool) -> str:
    edition = "bản nhẹ, không có tệp Word và Excel" if is_light else "bản đầy đủ"
    return (
        f"{meta.name}, phiên bản {meta.version}, {edition}. Dữ liệu đến ngày {meta.data_as_of.official()}; "
        f"xem lại trước ngày {meta.review_by.official()}."
    )


def _counts(site: Mapping[str, bytes], meta: Meta) -> dict[str, int]:
    """Number of records of each kind, from the site's own open data."""
    everything = json.loads(site["api/v1/all.json"])
    if (everything["version"], everything["data_as_of"]) != (meta.version, meta.data_as_of.iso()):
        raise Stop("Trang đã dựng không cùng phiên bản với data/library.yaml.", "dựng lại trang rồi đóng gói.")
    return {kind: len(records) for kind, records in everything["records"].items()}


def _manifest(files: Mapping[str, bytes], meta: Meta, counts: Mapping[str, int], *, is_light: bool) -> bytes:
    vendor = licences.read_vendor(CODE_ROOT / "scripts" / "vendor.json")
    names = (*files, MANIFEST)
    value = {
        "name": meta.name,
        "version": meta.version,
        "data_as_of": meta.data_as_of.iso(),
        "review_by": meta.review_by.last().isoformat(),
        "edition": "nhe" if is_light else "day-du",
        "start": leaflet.OPENER,
        "site": f"{SITE}/index.html",
        "records": dict(counts),
        "pages": sum(1 for name in files if name.startswith(f"{SITE}/") and name.endswith(".html")),
        # The two files that describe the others are not counted among them.
        "files": len(files),
        "bytes": sum(map(len, files.values())),
        "licences": licences.listed(licences.works(meta, vendor), names),
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def sums(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS as `sha256sum --check` reads it, ordered by name."""
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return "".join(lines).encode("ascii")
