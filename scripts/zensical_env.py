"""The pinned release of Zensical, in an environment of its own: our library never depends on it."""

from __future__ import annotations

import os
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "zensical"
WANTED = ROOT / "requirements-zensical.txt"


def find_zensical(say: Callable[[str], None], folder: Path = FOLDER) -> str | None:
    """Its command, installed at the first call; None, after saying so, when it cannot be had."""
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    program, python = (programs / (name + ".exe" * (os.name == "nt")) for name in ("zensical", "python"))
    if not program.exists():
        venv.create(folder, with_pip=True, clear=True)
        done = subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(WANTED)], capture_output=True)
        if done.returncode:
            say("Không cài được Zensical: bỏ qua.")
            return None
    return str(program)
