"""Installs Debian packages when that is possible without asking anything by hand."""

from __future__ import annotations

import os
import shutil
import subprocess

from .console import say


def apt_command() -> list[str] | None:
    """How apt-get can be run here: as root, through `sudo -n`, or None when it cannot."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if not shutil.which("sudo"):
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return ["sudo", "-n", "apt-get"] if allowed.returncode == 0 else None


def install(package: str) -> bool:
    """Install `package` with apt-get; True when apt says that it is there.

    The package lists are fetched only when the first attempt fails: they are
    often fresh, and fetching them takes longer than the rest.
    """
    apt = apt_command()
    if apt is None:
        return False
    say(f"Đang cài gói {package} của hệ điều hành (apt-get)…")
    # Another installation may hold the lock; wait for it rather than fail.
    wait = ["-o", "DPkg::Lock::Timeout=600"]
    get = [*apt, *wait, "install", "-y", "--no-install-recommends", package]
    for step in (get, [*apt, *wait, "update"], get):
        done = _quietly(step)
        if done.returncode == 0 and step is get:
            return True
    say(f"apt-get không cài được {package}:\n" + "\n".join(done.stdout.splitlines()[-5:]))
    return False


def _quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
