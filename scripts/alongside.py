"""Runs two pieces of work at once, the second in a process of its own where the system allows it.

A process that is split off (fork) has the library in memory already. Windows cannot do that; there
the two run one after the other.
"""

from __future__ import annotations

import os
import pickle
import signal
import warnings
from collections.abc import Callable

from scripts.cli.app import describe


def both(one: Callable[[], None], other: Callable[[Callable[[], bool]], None]) -> None:
    """Run both; raises what either raises. `other` gets a function that says whether to go on."""
    if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        one()
        other(lambda: True)
        return
    child, pipe = _split(other)
    try:
        one()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(pipe)
        raise
    with open(pipe, "rb") as said:
        error = said.read()
    _, status = os.waitpid(child, 0)
    if error:
        raise pickle.loads(error)
    if status:
        raise RuntimeError(f"a process ended with status {status}")


def _split(work: Callable[[Callable[[], bool]], None]) -> tuple[int, int]:
    """Process number, and the end of a pipe that gives the pickled error if there is one."""
    reading, writing = os.pipe()
    parent = os.getpid()
    with warnings.catch_warnings():
        # The only other thread counts files and prints; the new process does neither.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        # Nobody is left to finish for when the first process has been killed.
        work(lambda: os.getppid() == parent)
    except BaseException as error:
        os.write(writing, _pickled(error))
        os._exit(1)
    os._exit(0)


def _pickled(error: BaseException) -> bytes:
    if isinstance(error, OSError):
        return pickle.dumps(OSError(error.errno, error.strerror, error.filename))
    return pickle.dumps(RuntimeError(describe(error)))
