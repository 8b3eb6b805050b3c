"""Finds the Chromium that the browser tests drive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import debian

# Names on the PATH, the most predictable one first.
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
)
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_APPS = (
    r"Chromium\Application\chrome.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)

MISSING = "Không tìm thấy trình duyệt Chromium (hoặc Chrome, Edge): các kiểm thử trên trình duyệt KHÔNG được chạy."
REMEDY = (
    "cài Chromium (Debian/Ubuntu: sudo apt-get install chromium), "
    "hoặc đặt biến COTMOC_BROWSER bằng đường dẫn của trình duyệt."
)


def candidates(platform: str, env: Mapping[str, str]) -> Iterator[str]:
    """Paths where a browser may be, best first.

    `platform` is a value of `sys.platform`; `env` gives COTMOC_BROWSER and the
    Windows folders. A path is given whether or not there is a file.
    """
    if env.get("COTMOC_BROWSER"):
        yield env["COTMOC_BROWSER"]
        return
    for name in NAMES:
        found = shutil.which(name, path=env.get("PATH", os.defpath))
        if found:
            yield found
    if platform == "darwin":
        yield from MAC_APPS
    if platform == "win32":
        for folder in WINDOWS_FOLDERS:
            for app in WINDOWS_APPS:
                if env.get(folder):
                    yield env[folder] + "\\" + app


def find_browser(platform: str = sys.platform, env: Mapping[str, str] | None = None) -> str | None:
    """Path of a browser that starts, or None."""
    env = os.environ if env is None else env
    for path in candidates(platform, env):
        if Path(path).is_file() and (platform == "win32" or _starts(path)):
            return path
    return None


def _starts(path: str) -> bool:
    """Whether it is a real browser; Ubuntu's `chromium-browser` may only ask for snap.

    Not asked on Windows, where `--version` opens a window.
    """
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def ensure_browser() -> str | None:
    """The browser, after installing Debian's package where that is possible."""
    found = find_browser()
    if found is None and sys.platform.startswith("linux") and debian.install("chromium"):
        found = find_browser()
    return found
