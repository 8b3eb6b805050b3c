"""Installs what requirements.lock names, with progress, and explains failures."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from .console import Stop, say

# A package from the index, or from a local folder of packages.
_COLLECTING = re.compile(r"^(?:Collecting |Processing .*[/\\])([A-Za-z0-9._]+?(?:-[A-Za-z._]+)*)(?=[-= ]|$)")
_REQUIREMENT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*==", re.MULTILINE)

# What pip prints -> (what is wrong, what to do). The first that fits is told.
FAILURES: tuple[tuple[str, str, str], ...] = (
    (
        r"No space left on device|Errno 28|WinError 112",
        "Ổ đĩa đã đầy khi đang cài các gói Python.",
        "giải phóng ít nhất 1 GB rồi chạy lại cùng lệnh.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "Một gói tải về không đúng mã băm ghi trong requirements.lock, nên không được cài.",
        "chạy lại; nếu vẫn thế, xem proxy hoặc kho gói nội bộ có thay đổi tệp hay không.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "Không xác minh được chứng chỉ của kho gói Python.",
        "xem lại ngày giờ của máy và proxy; có thể đặt PIP_CERT bằng tệp chứng chỉ của cơ quan.",
    ),
    (
        r"ProxyError|407 Proxy",
        "Proxy từ chối kết nối tới kho gói Python.",
        "đặt đúng biến HTTPS_PROXY rồi chạy lại.",
    ),
    (
        r"name resolution|getaddrinfo failed|NewConnectionError|NameResolutionError"
        r"|ConnectTimeout|Read timed out|ReadTimeout|Network is unreachable|nodename nor servname"
        r"|Connection refused|Max retries exceeded|ConnectionResetError",
        "Không kết nối được tới kho gói Python (mất mạng?).",
        "nối mạng rồi chạy lại; chỉ lần đầu cần mạng. "
        "Không có mạng thì đặt PIP_FIND_LINKS bằng thư mục chứa sẵn các gói.",
    ),
    (
        r"Permission denied|Errno 13|WinError 5\b",
        "Không có quyền ghi vào môi trường Python khi đang cài.",
        "đóng các chương trình đang dùng thư mục đó, hoặc đặt COTMOC_VENV bằng thư mục ghi được.",
    ),
)


def count_requirements(lock: str) -> int:
    """Number of packages that the text of a lock file pins."""
    return len(_REQUIREMENT.findall(lock))


def recognise(output: str) -> Stop | None:
    """The failure in pip's `output`, in plain words, when it is one of those known."""
    for pattern, what, remedy in FAILURES:
        if re.search(pattern, output, re.IGNORECASE):
            return Stop(what, remedy)
    return None


def explain(output: str) -> Stop:
    """The failure in pip's `output`, in plain words; its own last lines when unknown."""
    known = recognise(output)
    if known:
        return known
    tail = "\n".join(output.splitlines()[-15:])
    return Stop(f"pip không cài được các gói Python:\n{tail}", "đọc các dòng trên, rồi chạy lại.")


def install(pip: list[str], lock: Path, env: Mapping[str, str]) -> None:
    """Install every package of `lock`, hashes required. Raises Stop.

    `pip` is the command of the environment's own pip.
    """
    command = [
        *pip,
        "install",
        "--require-hashes",
        "--requirement",
        str(lock),
        "--no-input",
        "--disable-pip-version-check",
        "--retries=2",
        "--progress-bar=off",
        "--root-user-action=ignore",
    ]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=dict(env),
    ) as process:
        output = _follow(process.stdout, count_requirements(lock.read_text(encoding="utf-8")))
    if process.returncode != 0:
        raise explain("\n".join(output))


def _follow(lines: Iterable[str], total: int) -> list[str]:
    """Show pip's progress, one short line a package; gives all lines back."""
    seen: list[str] = []
    collected = 0
    start = time.monotonic()
    for line in lines:
        seen.append(line.rstrip())
        package = _COLLECTING.match(line)
        if package:
            collected += 1
            seconds = time.monotonic() - start
            say(f"  [{collected:>2}/{total}] {package[1]} ({seconds:.0f} giây)")
        elif line.startswith("Installing collected"):
            say(f"  đã tải xong {collected} gói, đang cài…")
    return seen
