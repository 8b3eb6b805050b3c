"""Take third-party browser files from pinned npm packages into the repository.

The site asks nothing of the network, so fonts and scripts are committed under
``docs/assets/vendor/<folder>/`` together with their licence texts.
``scripts/vendor.json`` records, for every package, the version, the licence, the SHA-256
of the package file and the SHA-256 of each file taken from it.

    python scripts/vendor.py            fetch what vendor.json lists and record the hashes
    python scripts/vendor.py --check    verify what is committed; needs no network
    python scripts/vendor.py --tests    the same for what only the tests use (tests/vendor/)

To add a package, add an entry with ``name``, ``version``, ``licence``, ``folder`` and
``take`` (paths inside the package), then run the script without arguments.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "scripts" / "vendor.json"
TARGET = ROOT / "docs" / "assets" / "vendor"
TESTS_MANIFEST = ROOT / "tests" / "vendor" / "vendor.json"
TESTS_TARGET = ROOT / "tests" / "vendor" / "npm"


def sha256(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_manifest(path: Path = MANIFEST) -> dict:
    """Return the manifest as written; see the module docstring for its form."""
    return json.loads(path.read_text(encoding="utf-8"))


def problems(manifest: dict, target: Path = TARGET) -> list[str]:
    """Return one Vietnamese sentence for each difference between manifest and folder.

    An unlisted file is a problem too: everything shipped must have a known origin.
    """
    found: list[str] = []
    listed: set[str] = set()
    for package in manifest["packages"]:
        if not package.get("files"):
            found.append(f"{package['name']}: chưa ghi mã băm; chạy scripts/vendor.py")
        for name, digest in sorted(package.get("files", {}).items()):
            relative = f"{package['folder']}/{name}"
            listed.add(relative)
            path = target / relative
            if not path.is_file():
                found.append(f"{relative}: thiếu tệp; chạy scripts/vendor.py")
            elif sha256(path.read_bytes()) != digest:
                found.append(f"{relative}: nội dung khác bản đã ghi; chạy scripts/vendor.py")
    present = {p.relative_to(target).as_posix() for p in target.rglob("*") if p.is_file()}
    found += [f"{name}: không có trong vendor.json; xóa hoặc khai báo"
              for name in sorted(present - listed)]
    return found


def extract(tarball: Path, wanted: list[str]) -> dict[str, bytes]:
    """Return the wanted files of an npm package, by path inside it.

    Only regular files are taken, and only by exact name, so a package cannot write
    outside its folder. Raises KeyError naming the first file that is absent.
    """
    with tarfile.open(tarball) as archive:
        members = {PurePosixPath(*PurePosixPath(m.name).parts[1:]).as_posix(): m
                   for m in archive.getmembers() if m.isfile()}
        missing = [name for name in wanted if name not in members]
        if missing:
            raise KeyError(f"{tarball.name}: {missing[0]}")
        return {name: archive.extractfile(members[name]).read() for name in wanted}


def fetch(package: dict, target: Path = TARGET) -> dict:
    """Pack one package with npm, write its files and return the completed entry.

    Raises ValueError when the package file is not the one recorded before: a published
    version never changes, so a different one must be looked at by a person.
    """
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["npm", "pack", "--silent", f"{package['name']}@{package['version']}"],
                       cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        tarball = next(Path(scratch).glob("*.tgz"))
        digest = sha256(tarball.read_bytes())
        if package.get("package_sha256") not in (None, digest):
            raise ValueError(f"{package['name']}: gói tải về khác bản đã ghi")
        contents = extract(tarball, package["take"])
    folder = target / package["folder"]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    files = {}
    for name, data in sorted(contents.items()):
        flat = PurePosixPath(name).name
        (folder / flat).write_bytes(data)
        files[flat] = sha256(data)
    return {**package, "package_sha256": digest, "files": files}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 when all is in order, 1 otherwise."""
    parser = argparse.ArgumentParser(description="Quản lý tệp của bên thứ ba trong trang")
    parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không dùng mạng")
    parser.add_argument("--tests", action="store_true", help="tệp chỉ dùng cho kiểm thử, không đóng gói")
    options = parser.parse_args(arguments)
    path, target = (TESTS_MANIFEST, TESTS_TARGET) if options.tests else (MANIFEST, TARGET)
    manifest = read_manifest(path)
    if not options.check:
        manifest["packages"] = [fetch(package, target) for package in manifest["packages"]]
        path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    found = problems(manifest, target)
    print("\n".join(found) if found else "Tệp của bên thứ ba: khớp.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
