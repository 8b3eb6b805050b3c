"""LibreOffice, which opens what was made for Word and Excel and says what a reader would see."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from scripts.devenv import debian

MISSING = "Không có LibreOffice: các kiểm thử mở tệp Word, Excel KHÔNG được chạy."
REMEDY = "cài hai gói (Debian/Ubuntu: sudo apt-get install libreoffice-writer libreoffice-calc)."
PACKAGES = ("libreoffice-writer", "libreoffice-calc")


def find_office() -> str | None:
    """Path of LibreOffice; installed first where CI is set and that is possible."""
    found = shutil.which("soffice")
    if found is None and os.environ.get("CI") and all(debian.install(package) for package in PACKAGES):
        found = shutil.which("soffice")
    return found


def converted(office: str, files: Iterable[Path], to: str, folder: Path) -> dict[str, Path]:
    """The files opened and saved as ``to`` (a filter of LibreOffice, e.g. ``pdf``), by their name without ending."""
    files = list(files)
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    done = subprocess.run(
        [*command, "--convert-to", to, "--outdir", str(folder), *map(str, files)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=540,
    )
    made = {file.stem: folder / f"{file.stem}.{to.partition(':')[0]}" for file in files}
    lost = [name for name, path in made.items() if not path.exists()]
    assert not lost, f"LibreOffice did not open {lost}:\n{done.stdout[-2000:]}"
    return made
