"""scripts/alongside.py: work in another process ends, fails and dies with the one that started it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import swap
from scripts.alongside import Alongside

needs_fork = pytest.mark.skipif(not hasattr(os, "fork") or os.cpu_count() == 1, reason="done in one process here")


def test_work_is_done_when_it_is_waited_for(tmp_path: Path) -> None:
    with Alongside(lambda go_on: (tmp_path / "x").write_text("xong")) as other:
        other.finish()
    assert (tmp_path / "x").read_text() == "xong"


@needs_fork
def test_it_goes_on_at_the_same_time(tmp_path: Path) -> None:
    def wait(go_on) -> None:
        while not (tmp_path / "here").exists():
            time.sleep(0.01)

    with Alongside(wait) as other:
        (tmp_path / "here").touch()
        other.finish()


def test_errors_come_over_and_a_full_disk_stays_one() -> None:
    def full(go_on) -> None:
        raise OSError(errno.ENOSPC, "full", "/x/site")

    with pytest.raises(OSError, match="full") as caught, Alongside(full) as other:
        other.finish()
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, "/x/site")

    def wrong(go_on) -> None:
        raise KeyError("x")

    with pytest.raises((RuntimeError, KeyError), match="x"), Alongside(wrong) as other:
        other.finish()


@needs_fork
def test_a_process_that_is_killed_is_an_error() -> None:
    with (
        pytest.raises(RuntimeError, match="status"),
        Alongside(lambda go_on: os.kill(os.getpid(), signal.SIGKILL)) as other,
    ):
        other.finish()


@needs_fork
def test_leaving_early_ends_it(tmp_path: Path) -> None:
    start = time.monotonic()
    with Alongside(lambda go_on: time.sleep(60)):
        pass
    assert time.monotonic() - start < 30


@needs_fork
def test_it_stops_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = f"""
import time
from pathlib import Path
from scripts.alongside import Alongside
def work(go_on):
    while go_on():
        time.sleep(0.01)
    Path({str(tmp_path / "stopped")!r}).touch()
with Alongside(work):
    Path({str(tmp_path / "started")!r}).touch()
    time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", script])
    until(lambda: (tmp_path / "started").exists())
    parent.kill()
    parent.wait()
    until(lambda: (tmp_path / "stopped").exists())


def until(true) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_files_made_aside_join_the_others(tmp_path: Path) -> None:
    for path in ("a/assets/search/index.js", "a/tai-ve/x.csv", "b/assets/css/x.css", "b/index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    swap.merge(tmp_path / "a", tmp_path / "b")
    found = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert found == {"b/assets/search/index.js", "b/tai-ve/x.csv", "b/assets/css/x.css", "b/index.html"}
