"""Work that goes on in a process of its own, where the system allows it, while other work is done here.

A process that is split off (fork) has the library in memory already. Windows cannot do that; there
the work is done when it is waited for.
"""

from __future__ import annotations

import os
import pickle
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress

from scripts.cli.app import describe

Work = Callable[[Callable[[], bool]], None]
"""Gets a function that says whether to go on: nobody is left to finish for when the parent was killed."""


class Alongside:
    """One piece of work; leaving the block without `finish` ends it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._child = self._pipe = 0

    def __enter__(self) -> Alongside:
        if hasattr(os, "fork") and (os.cpu_count() or 1) > 1:
            self._child, self._pipe = _split(self._work)
        return self

    def finish(self) -> None:
        """Wait until the work is done. Raises what it raised."""
        if not self._child:
            self._work(lambda: True)
            return
        with open(self._pipe, "rb") as said:
            error = said.read()
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        if error:
            raise pickle.loads(error)
        if status:
            raise RuntimeError(f"a process ended with status {status}")

    def __exit__(self, *exc: object) -> None:
        if self._child:
            with suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            os.close(self._pipe)


def _split(work: Work) -> tuple[int, int]:
    """Process number, and the end of a pipe that gives the pickled error if there is one."""
    reading, writing = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        # Other threads only wait or print; the new process does neither.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        work(lambda: os.getppid() == parent)
    except BaseException as error:
        os.write(writing, _pickled(error))
        os._exit(1)
    os._exit(0)


def _pickled(error: BaseException) -> bytes:
    if isinstance(error, OSError):
        return pickle.dumps(OSError(error.errno, error.strerror, error.filename))
    return pickle.dumps(RuntimeError(describe(error)))
