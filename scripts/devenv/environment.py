"""Makes the virtual environment from requirements.lock, once, and knows when it is stale."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import debian, pip
from .console import Stop, explain_os_error, say
from .filelock import locked

STAMP = "cotmoc-stamp.json"
# Written before anything else, so that only folders made here are ever emptied.
MARK = "cotmoc-venv"
LOCK = "cotmoc-venv.lock"
# The finished environment takes 420 MB, and pip unpacks beside it.
NEEDED_BYTES = 800 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things are in one environment. `windows` stands for os.name == "nt"."""

    root: Path
    folder: Path
    windows: bool

    @property
    def bin(self) -> Path:
        return self.folder / ("Scripts" if self.windows else "bin")

    @property
    def python(self) -> Path:
        return self.bin / ("python.exe" if self.windows else "python")

    @property
    def launcher(self) -> Path:
        return self.bin / ("cotmoc.cmd" if self.windows else "cotmoc")

    @property
    def lock(self) -> Path:
        return self.root / "requirements.lock"


def layout(root: Path, env: Mapping[str, str], os_name: str = os.name) -> Layout:
    """The environment that `env` asks for: COTMOC_VENV, or `.venv` in the project."""
    asked = env.get("COTMOC_VENV", "").strip()
    folder = Path(os.path.abspath(os.path.expanduser(asked))) if asked else root / ".venv"
    return Layout(root=root, folder=folder, windows=os_name == "nt")


def stamp(place: Layout) -> str:
    """What the environment depends on; a change of any part means making it anew.

    The folder is a part because the scripts inside name it by its full path.
    """
    return json.dumps(
        {
            "lock": hashlib.sha256(place.lock.read_bytes()).hexdigest(),
            "python": platform.python_version(),
            "implementation": sys.implementation.cache_tag,
            "platform": sys.platform,
            "folder": str(place.folder),
        },
        sort_keys=True,
    )


def is_ready(place: Layout) -> bool:
    """Whether a finished installation of exactly this lock is there. Starts no process."""
    try:
        written = (place.folder / STAMP).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return written == stamp(place) and place.python.exists()


def child_env(env: Mapping[str, str]) -> dict[str, str]:
    """Environment for what runs inside: nobody else's Python settings, UTF-8 everywhere."""
    dropped = {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    kept = {key: value for key, value in env.items() if key not in dropped}
    return {**kept, "PYTHONUTF8": "1", "PIP_USER": "0"}


def ensure(place: Layout, env: Mapping[str, str]) -> None:
    """Make the environment when it is absent, stale or half-made. Raises Stop."""
    if not place.lock.is_file():
        raise Stop(f"Thiếu tệp {place.lock}.", "lấy lại từ kho mã: git checkout requirements.lock")
    if not is_ready(place):
        try:
            _make_alone(place, env)
        except OSError as error:
            raise explain_os_error(error, place.folder) from error
    _write_launcher(place)


def _make_alone(place: Layout, env: Mapping[str, str]) -> None:
    place.folder.mkdir(parents=True, exist_ok=True)
    waiting = "Một lần chạy khác đang cài môi trường, đang chờ…"
    with locked(place.folder / LOCK, on_wait=lambda: say(waiting)):
        if not is_ready(place):
            _make(place, env)


def _make(place: Layout, env: Mapping[str, str]) -> None:
    if shutil.disk_usage(place.folder).free < NEEDED_BYTES:
        what = f"Ổ đĩa chứa {place.folder} không còn đủ 800 MB."
        raise Stop(what, "giải phóng chỗ rồi chạy lại.")
    _require_ensurepip()
    say(f"Đang tạo môi trường Python trong {place.folder} (chỉ lần đầu, vài phút)…")
    (place.folder / STAMP).unlink(missing_ok=True)
    _clear(place.folder)
    (place.folder / MARK).write_text("made by scripts/dev.py\n", encoding="utf-8")
    _create(place)
    # -I: a PYTHONPATH or a pip beside the project must not take part.
    pip.install([str(place.python), "-I", "-m", "pip"], place.lock, child_env(env))
    _write_whole(place.folder / STAMP, stamp(place))
    say("Môi trường đã sẵn sàng.")


def _clear(folder: Path) -> None:
    """Empty a folder that was made here; refuse any other that holds something."""
    entries = [entry for entry in folder.iterdir() if entry.name != LOCK]
    if entries and not (folder / MARK).exists():
        raise Stop(
            f"Thư mục {folder} đã có nội dung không do dev.py tạo, nên không đụng tới.",
            "xóa hoặc đổi tên nó, hoặc đặt COTMOC_VENV bằng một thư mục khác.",
        )
    # The mark goes last: an emptying that is interrupted can be taken up again.
    for entry in sorted(entries, key=lambda e: e.name == MARK):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _create(place: Layout) -> None:
    """Make the bare environment. Windows copies Python, since links need a privilege there."""
    try:
        venv.EnvBuilder(with_pip=True, symlinks=not place.windows).create(place.folder)
    except subprocess.CalledProcessError as error:
        output = error.output.decode("utf-8", "replace") if error.output else ""
        raise pip.recognise(output) or Stop(
            "Python không tạo được môi trường ảo (venv).\n" + output[-1000:],
            "cài lại Python kèm venv và pip (Debian/Ubuntu: sudo apt-get install python3-venv).",
        ) from error


def _require_ensurepip() -> None:
    """Debian cuts ensurepip out of Python into python3-venv; get it, or say so."""
    if _has_ensurepip():
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for package in (f"python{version}-venv", "python3-venv"):
        if debian.install(package) and _has_ensurepip():
            return
    raise Stop(
        f"Python này ({sys.executable}) thiếu mô-đun venv/ensurepip.",
        f"Debian/Ubuntu: sudo apt-get install python3-venv (hoặc python{version}-venv); "
        "hệ khác: cài Python từ https://www.python.org/downloads/.",
    )


def _has_ensurepip() -> bool:
    # Asked in a new process: this one would remember that it was missing.
    asked = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True)
    return asked.returncode == 0


def launcher_text(place: Layout) -> str:
    """The script that lets `cotmoc` be called by its name once the environment is active."""
    script = place.root / "scripts" / "cotmoc.py"
    if place.windows:
        # 65001: cmd.exe reads the rest of the file, and so its paths, as UTF-8.
        return f'@chcp 65001 >nul\r\n@"{place.python}" -X utf8 "{script}" %*\r\n'
    python = shlex.quote(str(place.python))
    # /bin/sh, because a #! line breaks at the first space of a path.
    return f'#!/bin/sh\nexec {python} -X utf8 {shlex.quote(str(script))} "$@"\n'


def _write_launcher(place: Layout) -> None:
    text = launcher_text(place)
    try:
        if place.launcher.read_bytes() == text.encode("utf-8"):
            return
    except OSError:
        pass
    try:
        _write_whole(place.launcher, text)
        place.launcher.chmod(0o755)
    except OSError:
        # A convenience only: `dev.py cotmoc …` works without it.
        say(f"Lưu ý: không ghi được {place.launcher}; hãy dùng scripts/dev.py cotmoc …")


def _write_whole(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(text.encode("utf-8"))
    os.replace(beside, path)
