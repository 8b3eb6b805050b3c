"""A process that builds, kept warm between builds and replaced when the code changes.

A process of its own, because Python does not forget modules: only a new one
is sure to run the code that is on the disk.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Collection
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from scripts.building import Outcome
from scripts.cli.app import describe
from scripts.devenv.console import Stop, say, use_utf8
from scripts.session import Session

DIED = "Tiến trình dựng trang dừng đột ngột (hết bộ nhớ?); sửa tệp bất kỳ để dựng lại."


class Worker:
    """Builds one library into one folder, on request."""

    def __init__(self, root: Path, site: Path):
        self._root = root
        self._site = site
        self._process: multiprocessing.Process | None = None
        self._pipe: Connection | None = None
        self._refreshing = False

    def build(self, today: date, changed: Collection[str] = ()) -> Outcome:
        """Build now; whatever goes wrong is a problem in the outcome. `changed`: see Session.build."""
        if self._process is None:
            self._start()
        try:
            self._pipe.send((today, tuple(changed)))
            while not isinstance(answer := self._pipe.recv(), Outcome):
                # The answer to an earlier `refresh`, which gave way to this build.
                self._refreshing = False
            return answer
        except (EOFError, OSError):
            self.stop()
            return Outcome(problems=(DIED,))

    def refresh(self) -> bool:
        """Make the files to take away anew, a little at a call: True once they are of the last build."""
        if self._process is None:
            return True
        try:
            if not self._refreshing:
                self._pipe.send(None)
                self._refreshing = True
            if not self._pipe.poll():
                return False
            self._refreshing = False
            return self._pipe.recv()
        except (EOFError, OSError):
            self.stop()
            return True

    def stop(self) -> None:
        """End the process; the next build starts a new one."""
        if self._process is not None:
            self._pipe.close()
            self._process.terminate()
            self._process.join()
            self._process = self._pipe = None
            self._refreshing = False

    def _start(self) -> None:
        # spawn: the same on every system, and no threads of ours are copied.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._root, self._site), daemon=True)
        self._process.start()
        theirs.close()


def _work(pipe: Connection, root: Path, site: Path) -> None:
    """Body of the process: a day and changed files in, an outcome out, until the other end is closed.

    None asks for the files to take away; they give way to the next request.
    """
    # Ctrl+C is for the parent, which then stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_utf8()
    session = Session(root, site, report=say)
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        if asked is None:
            pipe.send(_refreshed(session, pipe))
        else:
            pipe.send(_outcome(session, *asked))


def _outcome(session: Session, today: date, changed: tuple[str, ...]) -> Outcome:
    try:
        return session.build(today, changed)
    except Stop as stop:
        return Outcome(problems=(str(stop),))
    except Exception as error:
        return Outcome(problems=(describe(error),))


def _refreshed(session: Session, pipe: Connection) -> bool:
    try:
        return session.take_away(lambda: not pipe.poll())
    except Exception as error:
        # The pages are good; a whole build will tell this error as a problem.
        say(describe(error))
        return True
