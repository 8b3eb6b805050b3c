"""Shares work out among processes that are split off (fork), so that they have the library in memory already.

Where the system cannot do that (Windows), the work is done one piece after the other. The standard
library's pools are of no use here: their processes outlive a parent that was killed, and wait for
it for ever.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import struct
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from scripts.cli.app import describe
from scripts.devenv.console import Stop

MOST = 4
"""Processes at a time. More would mostly wait for each other's memory and for the disc."""

GoOn = Callable[[], bool]
"""Says whether to go on: nobody is left to work for when the first process was killed."""
Work = Callable[[GoOn], Any]
LaterWork = Callable[[Any, GoOn], Any]
"""Gets what was told, too; not done when nothing was."""

_NUMBER = struct.Struct("=I")


class Crew:
    """Does ``work`` at once, and ``later`` after `tell`; leaving the block without `finish` ends it all.

    Each process takes the next piece as soon as it is done with one, in the order given: what takes
    longest should come first. What a piece returns must be picklable, and small.
    """

    def __init__(self, work: Sequence[Work], later: Sequence[LaterWork] = (), hands: int | None = None) -> None:
        self._work, self._later = work, later
        self._hands = hands or processors()
        self.children: dict[int, int] = {}
        """Process number → the pipe that gives its results."""
        self._told: Any = None
        self._done: dict[int, Any] = {}

    def __enter__(self) -> Crew:
        self._jar = _Jar(len(self._work) + len(self._later))
        self._board = _Board()
        # The collector would write to all memory that the processes share.
        gc.freeze()
        # A system that is short of memory may refuse; then fewer do the same work.
        with suppress(OSError):
            for _ in range(self._hands - 1):
                self._split()
        return self

    def tell(self, value: Any) -> None:
        """What the later pieces wait for. Raises what a piece in another process has raised already."""
        ended, _, _ = select.select(list(self.children.values()), [], [], 0)
        for child in [child for child, pipe in self.children.items() if pipe in ended]:
            self._done |= self._results_of(child)
        self._told = value
        if self.children:
            self._board.show(value)

    def finish(self) -> list[Any]:
        """Take part until all is done. The results, in the order of the pieces; raises what a piece raised.

        When nothing was told, the later pieces are left.
        """
        self._board.close_writing()
        results = self._done | dict(self._pieces(lambda: self._told, lambda: True))
        for child in list(self.children):
            results |= self._results_of(child)
        return [results[number] for number in sorted(results)]

    def __exit__(self, *exc: object) -> None:
        for child, pipe in self.children.items():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(pipe)
        self._jar.close()
        self._board.close()
        gc.unfreeze()

    def _pieces(self, told: Callable[[], Any], go_on: GoOn) -> Iterator[tuple[int, Any]]:
        """Take pieces and do them: number and result of each."""
        for number in self._jar:
            if not go_on():
                return
            if number < len(self._work):
                yield number, self._work[number](go_on)
            elif (value := told()) is not None:
                yield number, self._later[number - len(self._work)](value, go_on)

    def _split(self) -> None:
        parent = os.getpid()
        reading, writing = os.pipe()
        try:
            with warnings.catch_warnings():
                # Threads that there may be wait or print; the new process does neither.
                warnings.simplefilter("ignore", DeprecationWarning)
                child = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        if child:
            os.close(writing)
            self.children[child] = reading
            return
        status = 1
        try:
            self._board.only_read()
            said: Any = dict(self._pieces(self._board.read, lambda: os.getppid() == parent))
            status = 0
        except BaseException as error:
            said = _portable(error)
        with suppress(OSError), open(writing, "wb") as pipe:
            pickle.dump(said, pipe)
        os._exit(status)

    def _results_of(self, child: int) -> dict[int, Any]:
        with open(self.children.pop(child), "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        if not said and os.WIFSIGNALED(status):
            # It had no time to say why; a system that runs out of memory does this.
            what = f"Một phần việc đã bị dừng giữa chừng (tín hiệu {os.WTERMSIG(status)}), thường vì máy thiếu bộ nhớ."
            raise Stop(what, "đóng bớt chương trình rồi chạy lại.")
        if not said:
            raise RuntimeError(f"a process ended with status {status}")
        value = pickle.loads(said)
        if isinstance(value, BaseException):
            raise value
        return value


class _Jar:
    """Numbers that several processes take one by one: a pipe gives each of them to one reader only."""

    def __init__(self, count: int) -> None:
        # A pipe holds at least 16 kB before its writer has to wait for a reader.
        if count > 4_000:
            raise ValueError(f"{count} pieces of work are too many")
        self._pipe, writing = os.pipe()
        with open(writing, "wb") as jar:
            jar.write(b"".join(map(_NUMBER.pack, range(count))))

    def __iter__(self) -> Iterator[int]:
        while taken := os.read(self._pipe, _NUMBER.size):
            yield _NUMBER.unpack(taken)[0]

    def close(self) -> None:
        os.close(self._pipe)


class _Board:
    """Where one process shows a value to those that wait for it."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()
        # Without a name, so that nothing is left of it when all are killed.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._read: tuple[Any, ...] = ()

    def show(self, value: Any) -> None:
        self._file.write(pickle.dumps(value))
        self._file.flush()
        # Its end wakes all who wait.
        self.close_writing()

    def only_read(self) -> None:
        """In a process that was split off: the end of the pipe is seen when the first process closes it."""
        self.close_writing()

    def read(self) -> Any:
        """The value; waits until it is shown."""
        if not self._read:
            os.read(self._reading, 1)
            # Whoever shares the file shares its position: it is read without moving that.
            text = os.pread(self._file.fileno(), os.fstat(self._file.fileno()).st_size, 0)
            self._read = (pickle.loads(text) if text else None,)
        return self._read[0]

    def close(self) -> None:
        self.close_writing()
        os.close(self._reading)
        self._file.close()

    def close_writing(self) -> None:
        """Wake those who wait, with or without a value."""
        if self._writing >= 0:
            os.close(self._writing)
            self._writing = -1


def spread(work: Sequence[Work]) -> list[Any]:
    """The results of all pieces, done by as many processes as there are processors for."""
    with Crew(work) as crew:
        return crew.finish()


def processors() -> int:
    """How many processes may work at a time; 1 where none can be split off."""
    if not hasattr(os, "fork"):
        return 1
    # The processors that this process may use, which in a container are fewer than the machine has.
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST, usable)


def _portable(error: BaseException) -> BaseException:
    """The error in a form that can be pickled; a full disk must stay one."""
    if isinstance(error, OSError):
        return OSError(error.errno, error.strerror, error.filename)
    return RuntimeError(describe(error))
