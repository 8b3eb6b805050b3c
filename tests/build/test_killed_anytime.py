"""Builds killed at random moments, with all their processes or only one of them, and started again at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import swap
from tests.library import ROOT, TODAY, edit

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads the list of processes of Linux"),
]


def start(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "scripts" / "cotmoc.py"), "--root", str(root), "build"],
        env={**os.environ, "COTMOC_TODAY": TODAY.isoformat()},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def children(process: int) -> list[int]:
    """The processes that this one split off."""
    try:
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_a_build_begun_right_after_one_was_killed_is_whole(mini_project: Path) -> None:
    """The next one begins while what the killed one split off may still be writing."""
    site, chance = mini_project / "site", random.Random(1979)
    began = time.monotonic()
    assert start(mini_project).wait() == 0
    took = time.monotonic() - began
    old = contents(site)
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    killed, split = 0, 0
    for _ in range(16):
        build = start(mini_project)
        time.sleep(chance.uniform(0.2, 1) * took)
        split += bool(children(build.pid))
        build.kill()
        killed += build.wait() == -signal.SIGKILL
    assert killed >= 8 and split >= 2, "builds have to be cut off, some of them with processes of their own"
    assert start(mini_project).wait() == 0
    new = contents(site)
    assert new != old and new.keys() == old.keys()
    time.sleep(2)
    assert contents(site) == new, "nobody writes any more"
    left = {path.name for path in mini_project.iterdir() if path.name.startswith("site")}
    assert left == {"site"}
    assert start(mini_project).wait() == 0
    assert contents(site) == new


def test_one_process_of_a_build_that_is_killed_is_told(mini_project: Path) -> None:
    """As when the memory does not suffice: the build ends, says so, and the site stays."""
    site = mini_project / "site"
    assert start(mini_project).wait() == 0
    old = contents(site)
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    told = 0
    for turn in range(8):
        build = start(mini_project)
        hit = False
        end = time.monotonic() + 60
        # Some die as soon as they are there, some later.
        while build.poll() is None and not hit and time.monotonic() < end:
            for child in children(build.pid):
                time.sleep(turn * 0.1)
                if child in children(build.pid):
                    os.kill(child, signal.SIGKILL)
                    hit = True
            time.sleep(0.01)
        said = build.communicate(timeout=120)[1]
        if build.returncode == 0:
            continue  # It had nothing left to do.
        assert build.returncode == 1 and "đã bị dừng giữa chừng" in said and "Cách sửa: " in said, said
        assert "Traceback" not in said and "Lỗi của phần mềm" not in said, said
        assert contents(site) == old
        told += 1
    assert told >= 2, "a process has to be killed while it has work"
    assert {path.name for path in mini_project.iterdir() if path.name.startswith("site")} == {"site"}


def test_a_patch_killed_at_random_moments_is_all_or_nothing(tmp_path: Path) -> None:
    """What `serve` does after an edit, in a process that is killed."""
    site, chance = tmp_path / "site", random.Random(2009)
    names = [f"dieu-uoc/{number}.html" for number in range(300)]
    states = {word: {name: f"{word} {name}".encode() for name in names} for word in ("cũ", "mới")}
    for name, data in states["cũ"].items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    began = time.monotonic()
    swap.patch(site, states["cũ"])
    took = time.monotonic() - began
    found = {"cũ": 0, "mới": 0}
    for turn in range(80):
        want = ("mới", "cũ")[turn % 2]
        child = os.fork()
        if child == 0:
            swap.patch(site, states[want])
            os._exit(0)
        time.sleep(chance.uniform(0, 4) * took)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        swap.recover(site)
        now = contents(site)
        found[next(word for word, state in states.items() if state == now)] += 1
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert min(found.values()) > 5, found
