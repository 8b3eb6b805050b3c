"""A fresh clone, as a newcomer gets it. Takes minutes and the network: test-full only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.full


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "COTMOC_VENV"}
    return subprocess.run(
        [sys.executable, "scripts/dev.py", *words],
        cwd=root,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def test_fresh_clone_sets_itself_up_and_is_quick_the_second_time(real_root, tmp_path):
    clone = tmp_path / "Biên giới của tôi"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(real_root), str(clone)], check=True)
    first = run(clone, "cotmoc", "--help")
    assert first.returncode == 0, first.stdout
    assert "Môi trường đã sẵn sàng." in first.stdout
    assert "Cách dùng: cotmoc" in first.stdout
    status = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, encoding="utf-8")
    assert status.stdout == "", "setting up leaves files that git sees"
    second = run(clone, "setup")
    assert (second.returncode, second.stdout) == (0, "")
    launcher = clone / ".venv" / ("Scripts/cotmoc.cmd" if os.name == "nt" else "bin/cotmoc")
    done = subprocess.run([launcher, "--help"], capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and "Cách dùng: cotmoc" in done.stdout
