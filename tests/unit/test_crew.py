"""scripts/crew.py: work is shared out, and ends, fails and dies with the process that began it."""

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
from scripts.crew import Aside, Crew, spread
from scripts.devenv.console import Stop

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="done in one process here")
HANDS = [1, pytest.param(3, marks=needs_fork)]


@pytest.mark.parametrize("hands", HANDS)
def test_results_come_in_the_order_of_the_pieces(hands: int) -> None:
    with Crew([lambda go_on, n=n: n * n for n in range(500)], hands=hands) as crew:
        assert crew.finish() == [n * n for n in range(500)]


def test_spread_gives_the_results() -> None:
    assert spread([lambda go_on: "a", lambda go_on: "b"]) == ["a", "b"]
    assert spread([]) == []


@needs_fork
def test_pieces_are_done_at_the_same_time(tmp_path: Path) -> None:
    def meet(own: str, other: str):
        def work(go_on) -> int:
            (tmp_path / own).touch()
            until((tmp_path / other).exists)
            return os.getpid()

        return work

    with Crew([meet("one", "two"), meet("two", "one")], hands=2) as crew:
        first, second = crew.finish()
    assert first != second


@pytest.mark.parametrize("hands", HANDS)
def test_later_pieces_get_what_was_made_aside(hands: int) -> None:
    later = [lambda made, go_on, n=n: made["base"] + n for n in range(50)]
    with (
        Aside(lambda: {"base": 100, "much": "x" * 1_000_000}, hands) as aside,
        Crew([lambda go_on: "early"], later, aside.value, hands) as crew,
    ):
        assert crew.finish() == ["early", *range(100, 150)]


@needs_fork
def test_what_is_made_aside_is_begun_at_once(tmp_path: Path) -> None:
    with Aside((tmp_path / "begun").touch, hands=2):
        until((tmp_path / "begun").exists)


@pytest.mark.parametrize("hands", HANDS)
def test_errors_come_over_from_what_is_made_aside(hands: int) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "full", "/x/site")

    def stop() -> None:
        raise Stop("hỏng", "sửa", code=3)

    with pytest.raises(OSError, match="full") as caught, Aside(full, hands) as aside:
        aside.value()
    assert caught.value.errno == errno.ENOSPC
    with Aside(stop, hands) as aside:
        for _ in range(2):
            with pytest.raises(Stop, match="hỏng") as stopped:
                aside.value()
            assert (stopped.value.remedy, stopped.value.code) == ("sửa", 3)


@needs_fork
def test_one_aside_that_is_killed_is_an_error() -> None:
    with Aside(lambda: os.kill(os.getpid(), signal.SIGKILL), hands=2) as aside:
        with pytest.raises(Stop, match="bị dừng giữa chừng"):
            aside.value()
        with pytest.raises(Stop, match="bị dừng giữa chừng"), Crew([], [lambda *_: 1], aside.value, hands=3) as crew:
            crew.finish()


@needs_fork
def test_what_is_made_aside_is_made_here_when_the_system_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, "no more")

    monkeypatch.setattr(os, "fork", refuse)
    with Aside(os.getpid, hands=2) as aside:
        assert aside.value() == os.getpid()


@needs_fork
def test_leaving_early_ends_what_is_made_aside(tmp_path: Path) -> None:
    def write() -> None:
        (tmp_path / "child").write_text(str(os.getpid()))
        time.sleep(60)

    start = time.monotonic()
    with Aside(write, hands=2):
        until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text() != "")
    assert time.monotonic() - start < 30
    assert not alive(int((tmp_path / "child").read_text()))


@pytest.mark.parametrize("hands", HANDS)
def test_errors_come_over_and_a_full_disk_stays_one(hands: int) -> None:
    def full(go_on) -> None:
        raise OSError(errno.ENOSPC, "full", "/x/site")

    with pytest.raises(OSError, match="full") as caught, Crew([full] * 3, hands=hands) as crew:
        crew.finish()
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, "/x/site")


@needs_fork
def test_an_error_in_another_process_is_told() -> None:
    here = os.getpid()

    def wrong(go_on) -> None:
        if os.getpid() != here:
            raise KeyError("x")
        time.sleep(0.05)

    with pytest.raises(RuntimeError, match="KeyError: 'x'"), Crew([wrong] * 20, hands=2) as crew:
        crew.finish()


@needs_fork
def test_a_process_that_is_killed_is_an_error() -> None:
    here = os.getpid()

    def die(go_on) -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.05)

    with pytest.raises(Stop, match="bị dừng giữa chừng"), Crew([die] * 20, hands=2) as crew:
        crew.finish()


@needs_fork
def test_a_system_that_refuses_more_processes_gets_the_work_done_by_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    real, made = os.fork, []

    def fork() -> int:
        if made:
            raise BlockingIOError(errno.EAGAIN, "no more")
        made.append(True)
        return real()

    monkeypatch.setattr(os, "fork", fork)
    pipes = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    with Crew([lambda go_on, n=n: n for n in range(50)], hands=4) as crew:
        assert len(crew.children) == 1
        assert crew.finish() == list(range(50))
    if pipes:
        assert len(os.listdir("/proc/self/fd")) == pipes


@needs_fork
def test_leaving_early_ends_all(tmp_path: Path) -> None:
    start = time.monotonic()
    with Crew([lambda go_on: time.sleep(60)] * 2, hands=3) as crew:
        children = list(crew.children)
    assert time.monotonic() - start < 30
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


@needs_fork
def test_it_stops_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = f"""
import time
from pathlib import Path
from scripts.crew import Crew
def work(go_on):
    while go_on():
        time.sleep(0.01)
    Path({str(tmp_path / "stopped")!r}).touch()
with Crew([work], hands=2):
    Path({str(tmp_path / "started")!r}).touch()
    time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", script])
    until((tmp_path / "started").exists)
    parent.kill()
    parent.wait()
    until((tmp_path / "stopped").exists)


@needs_fork
def test_what_is_made_aside_and_who_waits_for_it_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = f"""
import os, time
from pathlib import Path
from scripts.crew import Aside, Crew
def aside():
    Path({str(tmp_path / "aside")!r}).write_text(str(os.getpid()))
    time.sleep(60)
with Aside(aside, hands=2) as aside, Crew([], [lambda made, go_on: None], aside.value, hands=2) as crew:
    Path({str(tmp_path / "draft")!r}).write_text(str(*crew.children))
    os.replace({str(tmp_path / "draft")!r}, {str(tmp_path / "child")!r})
    time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", script])
    until((tmp_path / "child").exists)
    until(lambda: (tmp_path / "aside").exists() and (tmp_path / "aside").read_text() != "")
    processes = [int((tmp_path / name).read_text()) for name in ("aside", "child")]
    parent.kill()
    parent.wait()
    for process in processes:
        until(lambda process=process: not alive(process))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # Whoever inherited it may not have asked how it ended.
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


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
