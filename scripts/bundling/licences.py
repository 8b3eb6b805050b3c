"""Who made what is shipped, and under which licence: every file of the zip belongs to one work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bundling.files import SERVERS, SITE
from scripts.devenv.console import Stop

if TYPE_CHECKING:
    from macros.library import Meta

CODE_LICENCE_FILE = "GIAY-PHEP-MA-NGUON.txt"
_VENDOR = f"{SITE}/assets/vendor/"


@dataclass(frozen=True, kw_only=True)
class Work:
    """A part of the zip with one maker and one licence."""

    name: str
    version: str
    licence: str
    """SPDX identifier, or the name that data/library.yaml gives."""
    files: tuple[str, ...]
    """Path prefixes inside the zip; the longest one that fits a file decides."""
    text: str
    """Where the licence can be read: a path inside the zip, or an address."""


def works(meta: Meta, vendor: Mapping[str, object]) -> tuple[Work, ...]:
    """Every work in the zip. ``vendor`` is scripts/vendor.json as read."""
    own = meta.name
    data = Work(
        name=f"{own}: dữ liệu và bài viết",
        version=meta.version,
        licence=meta.data_licence,
        # The indexes are made from the records, word for word.
        files=("", f"{SITE}/assets/search/index.js", f"{SITE}/assets/proof/"),
        text="https://creativecommons.org/licenses/by/4.0/deed.vi",
    )
    code = Work(
        name=f"{own}: mã nguồn, giao diện, cấu hình máy chủ",
        version=meta.version,
        licence=meta.code_licence,
        files=(f"{SITE}/assets/", f"{SERVERS}/", CODE_LICENCE_FILE),
        text=CODE_LICENCE_FILE,
    )
    return (data, code, *map(_vendored, vendor["packages"]))


def _vendored(package: Mapping[str, str]) -> Work:
    folder = f"{_VENDOR}{package['folder']}/"
    return Work(
        name=package["name"],
        version=package["version"],
        licence=package["licence"],
        files=(folder,),
        text=f"{folder}LICENSE",
    )


def owner(works: Iterable[Work], name: str) -> Work:
    """The work that a file of the zip belongs to. Raises Stop for a vendored file of no known package."""
    fitting = [(prefix, work) for work in works for prefix in work.files if name.startswith(prefix)]
    prefix, work = max(fitting, key=lambda pair: len(pair[0]))
    if name.startswith(_VENDOR) and not prefix.startswith(_VENDOR):
        raise Stop(f"{name}: không rõ của ai, theo giấy phép nào.", "khai báo gói đó trong scripts/vendor.json.")
    return work


def listed(works: Iterable[Work], names: Iterable[str]) -> list[dict[str, object]]:
    """The works for MANIFEST.json, each with the number of its files; works without files are left out.

    Raises Stop when the text of a licence is not in the zip.
    """
    names = tuple(names)
    works = tuple(works)
    counts: dict[str, int] = {}
    for name in names:
        work = owner(works, name)
        counts[work.name] = counts.get(work.name, 0) + 1
    shipped = [work for work in works if work.name in counts]
    for work in shipped:
        if not work.text.startswith("https://") and work.text not in names:
            raise Stop(f"Thiếu văn bản giấy phép {work.text}.", "chạy python scripts/vendor.py.")
    return [{**asdict(work), "count": counts[work.name]} for work in shipped]


def read_vendor(path: Path) -> Mapping[str, object]:
    """scripts/vendor.json."""
    return json.loads(path.read_text(encoding="utf-8"))
