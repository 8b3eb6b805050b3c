"""A process that builds, kept warm between builds and replaced when the code changes.

A process of its own, because Python does not forget modules: only a new one
is sure to run the code that is on the disk.
"""

from __future__ import annotations

import multiprocessing
import signal
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from scripts.building import Outcome, build
from scripts.cli.app import describe
from scripts.devenv.console import Stop, say, use_utf8

DIED = "Tiến trình dựng trang dừng đột ngột (hết bộ nhớ?); sửa tệp bất kỳ để dựng lại."


class Worker:
    """Builds one library into one folder, on request."""

    def __init__(self, root: Path, site: Path):
        self._root = root
        self._site = site
        self._process: multiprocessing.Process | None = None
        self._pipe: Connection | None = None

    def build(self, today: date) -> Outcome:
        """Build now; whatever goes wrong is a problem in the outcome."""
        if self._process is None:
            self._start()
        try:
            self._pipe.send(today)
            return self._pipe.recv()
        except (EOFError, OSError):
            self.stop()
            return Outcome(problems=(DIED,))

    def stop(self) -> None:
        """End the process; the next build starts a new one."""
        if self._process is not None:
            self._pipe.close()
            self._process.terminate()
            self._process.join()
            self._process = self._pipe = None

    def _start(self) -> None:
        # spawn: the same on every system, and no threads of ours are copied.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_work, args=(theirs, self._root, self._site), daemon=True
        )
        self._process.start()
        theirs.close()


def _work(pipe: Connection, root: Path, site: Path) -> None:
    """Body of the process: a day in, an outcome out, until the other end is closed."""
    # Ctrl+C is for the parent, which then stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_utf8()
    while True:
        try:
            today = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(root, site, today))


def _outcome(root: Path, site: Path, today: date) -> Outcome:
    try:
        return build(root, site, today, report=say)
    except Stop as stop:
        return Outcome(problems=(str(stop),))
    except Exception as error:
        return Outcome(problems=(describe(error),))
