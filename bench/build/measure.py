"""Runs a command and measures it: seconds on the clock and of the processors, and the most memory it held."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Sample:
    """One run. ``seconds`` is on the clock, ``cpu`` of all processors, ``memory`` in MB."""

    seconds: float
    cpu: float
    memory: float
    said: str = ""


def middle(samples: Sequence[Sample]) -> Sample:
    """The median of each number by itself."""
    return Sample(median(s.seconds for s in samples), median(s.cpu for s in samples), median(s.memory for s in samples))


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Sample:
    """Run to the end. Raises CalledProcessError when the command fails: a failed run is no measurement."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(
        list(command),
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        watcher = _Watcher(process.pid)
        watcher.start()
        said, _ = process.communicate()
        seconds = time.perf_counter() - start
        watcher.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), said[-2000:])
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Sample(seconds, cpu, watcher.most, said)


class _Watcher(threading.Thread):
    """Keeps the most memory that a process and those below it held at one time.

    Pages shared between processes are counted once (PSS): a process that was split off holds the
    same library, not a second one. Linux only; elsewhere the result is 0.
    """

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root, self._done, self.most = root, threading.Event(), 0.0

    def run(self) -> None:
        while not self._done.wait(POLL_SECONDS):
            self.most = max(self.most, sum(map(_megabytes, _family(self._root))))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _family(root: int) -> list[int]:
    """The process and all below it."""
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
    return found


def _megabytes(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
