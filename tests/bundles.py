"""A tiny library packed as the real one is: for tests of zips, of publishing and of servers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from macros.library import Meta
from macros.load import load_library
from scripts.bundling import archive, package
from scripts.bundling.files import read_folder

ROOT = Path(__file__).resolve().parent.parent
PENDING: tuple[str, ...] = ()
"""Pages that others link to and that are still being made; they stand in for themselves."""

DAY = dt.date(2026, 1, 15)


def meta(version: str = "1.2.3") -> Meta:
    """What a library says of itself."""
    return Meta.model_validate(
        {
            "name": "Cột Mốc",
            "tagline": "Thử",
            "version": version,
            "data_as_of": "2026-01-15",
            "review_by": "2026-07-15",
            "publisher": "Nhóm thử",
            "data_licence": "CC BY 4.0",
            "code_licence": "Apache-2.0",
            "report_to": "người thử",
        }
    )


def page(text: str, base: str = "") -> bytes:
    """A page in a frame like the real one's."""
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{text}</title>'
        f'<link rel="stylesheet" href="{base}assets/css/base.css"></head><body><main>'
        f'<article class="cm-article"><h1>{text}</h1><p><a href="{base}index.html">Trang chủ</a></p></article>'
        "</main></body></html>\n"
    ).encode()


def site(text: str = "cũ", version: str = "1.2.3") -> dict[str, bytes]:
    """A small site in which every page says ``text``."""
    return {
        "index.html": page(text),
        "cach-mo.html": page(text),
        "404.html": page(text, "/"),
        "dieu-uoc/a.html": page(text, "../"),
        "assets/css/base.css": f"/* {text} */ body {{ color: #000 }}\n".encode(),
        "assets/js/open.js": b'"use strict";\n',
        "api/v1/all.json": f'{{"version":"{version}","data_as_of":"2026-01-15","records":{{"treaties":[]}}}}'.encode(),
        "tai-ve/bang.xlsx": b"PK",
        "van-ban/index.html": b'<a class="x" href="../tai-ve/bang.xlsx"><b>B\xe1\xba\xa3ng</b></a>' + page(text, "../"),
    }


def pack(folder: Path, contents: Mapping[str, bytes], *, version: str = "1.2.3", is_light: bool = False) -> Path:
    """The zip of a site with these contents, written into ``folder``."""
    files = package.package(contents, meta(version), is_light=is_light)
    folder.mkdir(exist_ok=True)
    path = folder / f"{package.stem(meta(version), is_light=is_light)}.zip"
    path.write_bytes(archive.to_zip(files, DAY))
    return path


def pack_real(built: Path, folder: Path, *, is_light: bool = False) -> Path:
    """The zip of the real library, from a site that was built before."""
    real = load_library(ROOT).library.meta
    site = read_folder(built)
    for name in PENDING:
        site.setdefault(name, site["cach-mo.html"])
    files = package.package(site, real, is_light=is_light)
    path = folder / f"{package.stem(real, is_light=is_light)}.zip"
    path.write_bytes(archive.to_zip(files, real.data_as_of.first()))
    return path
