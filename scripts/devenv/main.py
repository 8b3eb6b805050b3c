"""Reads the command of scripts/dev.py, sets up, hands over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from . import browser, environment
from .console import Stop, say, use_utf8

OWN = ("setup", "test", "test-full", "lint", "pictures", "cotmoc")
"""Commands of this script; every other one is handed over to cotmoc."""
HELP = """\
Cột Mốc – chuẩn bị môi trường rồi chạy một lệnh.

Cách dùng: python3 scripts/dev.py LỆNH [tùy chọn]

  serve         kiểm tra, dựng và mở thư viện tại http://127.0.0.1:8000
  check         kiểm tra dữ liệu
  build         dựng trang vào thư mục site/
  test          chạy các kiểm thử thường ngày (nhận thêm tùy chọn của pytest)
  test-full     chạy mọi kiểm thử, kể cả những kiểm thử lâu
  lint          kiểm tra mã nguồn (ruff)
  pictures      vẽ lại hình của sổ tay biên tập
  setup         chỉ chuẩn bị môi trường
  cotmoc …      gọi thẳng dòng lệnh cotmoc
  LỆNH khác     chuyển cho cotmoc (xem: python3 scripts/dev.py cotmoc --help)

Biến môi trường: COTMOC_VENV (thư mục môi trường Python), COTMOC_BROWSER (trình duyệt),
CI (thiếu trình duyệt là lỗi).
"""


def run(root: str, args: list[str]) -> int:
    """Run `args` (command and options) for the project in `root`; gives the exit status."""
    use_utf8()
    if not args or args[0] in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0 if args else 2
    try:
        return _run(Path(root), args)
    except Stop as stop:
        say(str(stop))
        return stop.code
    except KeyboardInterrupt:
        say("Đã dừng.")
        return 130


def _run(root: Path, args: list[str]) -> int:
    place = environment.layout(root, os.environ)
    environment.ensure(place, os.environ)
    env = environment.child_env(os.environ)
    name, rest = args[0], args[1:]
    if name == "setup":
        return 0
    if name in ("test", "test-full"):
        return _test(place, rest, env, full=name == "test-full")
    if name == "pictures":
        return subprocess.run([str(place.python), "-m", "scripts.pictures"], cwd=root, env=env).returncode
    if name == "lint":
        command = [str(place.python), "-m", "ruff", "check", *(rest or ["."])]
        return subprocess.run(command, cwd=root, env=env).returncode
    words = rest if name == "cotmoc" else args
    return _hand_over([str(place.python), str(root / "scripts" / "cotmoc.py"), *words], env)


def _test(place: environment.Layout, rest: list[str], env: dict[str, str], *, full: bool) -> int:
    found = browser.ensure_browser()
    if found:
        env = {**env, "COTMOC_BROWSER": found}
    elif env.get("CI"):
        raise Stop(browser.MISSING, browser.REMEDY)
    command = [str(place.python), "-m", "pytest", *pytest_flags(rest, full=full), *rest]
    return subprocess.run(command, cwd=place.root, env=env).returncode


def pytest_flags(rest: list[str], *, full: bool, cores: int | None = None) -> list[str]:
    """Flags of a test run that `rest`, the flags typed by hand, does not give itself."""
    cores = cores or os.cpu_count() or 1
    flags = []
    if not full and not any(flag.startswith("-m") for flag in rest):
        flags += ["-m", "not full"]
    if cores > 1 and not any(flag.startswith(("-n", "--numprocesses", "--pdb")) for flag in rest):
        # Four at most: each worker may hold a browser.
        flags += ["-n", str(min(cores, 4)), "--dist", "worksteal"]
    return flags


def _hand_over(command: list[str], env: dict[str, str]) -> int:
    """Become `command`; where the system cannot (Windows), run it and pass its status on."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, env)
    with subprocess.Popen(command, env=env) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # The console sent it to the child as well; let it end in its own way.
                continue
