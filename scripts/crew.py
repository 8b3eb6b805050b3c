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
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from scripts.cli.app import describe
from scripts.devenv.console import Stop

MOST = 4
"""Processes at a time. More would mostly wait for each other's memory and for the disc."""

LOOK_SECONDS = 0.02
"""How often a process that works aside looks whether it is still needed: sooner than another can begin."""

GoOn = Callable[[], bool]
"""Says whether to go on: nobody is left to work for when the first process was killed."""
Work = Callable[[GoOn], Any]
LaterWork = Callable[[Any, GoOn], Any]
"""Gets what was told, too; not done when nothing was."""

_NUMBER = struct.Struct("=I")


class Aside:
    """One piece of work begun at once, in a process of its own; what it gives is read wherever it is needed.

    Processes that are split off later can read it, too. Where none can be split off, the work is done
    when somebody asks for it. Leaving the block ends it.
    """

    def __init__(self, work: Callable[[], Any], hands: int | None = None) -> None:
        self._work = work
        self._alone = (hands or processors()) < 2
        self._child = 0
        self._given: tuple[Any, ...] = ()

    def __enter__(self) -> Aside:
        self._board = _Board()
        if not self._alone:
            # A system that is short of memory may refuse; then it is done here.
            with suppress(OSError):
                self._child = _split(partial(self._show, os.getpid()))
        self._board.close_writing()
        return self

    def value(self) -> Any:
        """What the work gave; waits for it. Raises what it raised."""
        if not self._given:
            self._given = (self._board.read(),) if self._child else (self._work(),)
        if isinstance(self._given[0], BaseException):
            raise self._given[0]
        return self._given[0]

    def ready(self) -> bool:
        """Whether its value is there: nobody has to wait for it."""
        return bool(self._given) or (self._child != 0 and self._board.shows())

    def __exit__(self, *exc: object) -> None:
        if self._child:
            _end(self._child)
        self._board.close()

    def _show(self, parent: int) -> None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        try:
            value = self._work()
        except BaseException as error:
            value = _portable(error)
        self._board.show(value)


class Crew:
    """Does ``work`` at once, and ``later`` once there is what it needs; leaving the block without `finish` ends it all.

    Each process takes the next piece as soon as it is done with one, in the order given: what takes
    longest should come first. What a piece returns must be picklable, and small. ``awaited`` waits
    for what the later pieces get. No piece is begun once ``go_on`` says no.
    """

    def __init__(
        self,
        work: Sequence[Work],
        later: Sequence[LaterWork] = (),
        awaited: Callable[[], Any] = lambda: None,
        hands: int | None = None,
        go_on: GoOn = lambda: True,
    ) -> None:
        self._work, self._later, self._awaited, self._go_on = work, later, awaited, go_on
        self._hands = hands or processors()
        self.children: dict[int, int] = {}
        """Process number → the pipe that gives its results."""

    def __enter__(self) -> Crew:
        self._jar = _Jar(len(self._work) + len(self._later))
        # The collector would write to all memory that the processes share.
        gc.freeze()
        # A system that is short of memory may refuse; then fewer do the same work.
        with suppress(OSError):
            for _ in range(self._hands - 1):
                self._add()
        return self

    def finish(self) -> list[Any]:
        """Take part until all is done. The results, in the order of the pieces; raises what a piece raised."""
        results = dict(self._pieces(self._go_on))
        for child in list(self.children):
            results |= self._results_of(child)
        return [results[number] for number in sorted(results)]

    def __exit__(self, *exc: object) -> None:
        for child, pipe in self.children.items():
            _end(child)
            os.close(pipe)
        self._jar.close()
        gc.unfreeze()

    def _pieces(self, go_on: GoOn) -> Iterator[tuple[int, Any]]:
        """Take pieces and do them: number and result of each."""
        for number in self._jar:
            if not go_on():
                return
            if number < len(self._work):
                yield number, self._work[number](go_on)
            else:
                yield number, self._later[number - len(self._work)](self._awaited(), go_on)

    def _add(self) -> None:
        """One process more."""
        parent = os.getpid()
        reading, writing = os.pipe()

        def do() -> None:
            try:
                said: Any = dict(self._pieces(lambda: os.getppid() == parent and self._go_on()))
            except BaseException as error:
                said = _portable(error)
            with suppress(OSError), open(writing, "wb") as pipe:
                pickle.dump(said, pipe)

        try:
            child = _split(do)
        except OSError:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        self.children[child] = reading

    def _results_of(self, child: int) -> dict[int, Any]:
        with open(self.children.pop(child), "rb") as pipe:
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        if not said and os.WIFSIGNALED(status):
            raise _cut_off(f" (tín hiệu {os.WTERMSIG(status)})")
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

    def show(self, value: Any) -> None:
        self._file.write(pickle.dumps(value))
        self._file.flush()

    def read(self) -> Any:
        """The value; waits until the process that shows it has ended."""
        os.read(self._reading, 1)
        # Whoever shares the file shares its position: it is read without moving that.
        text = os.pread(self._file.fileno(), os.fstat(self._file.fileno()).st_size, 0)
        return pickle.loads(text) if text else _cut_off()

    def shows(self) -> bool:
        return bool(select.select([self._reading], [], [], 0)[0])

    def close(self) -> None:
        self.close_writing()
        os.close(self._reading)
        self._file.close()

    def close_writing(self) -> None:
        """In all processes but the one that shows: the end of the pipe, which comes with its end, wakes who waits."""
        if self._writing >= 0:
            os.close(self._writing)
            self._writing = -1


def _split(work: Callable[[], None]) -> int:
    """Do it in a process that is split off, and end that; gives the process number."""
    with warnings.catch_warnings():
        # Threads that there may be wait or print; the new process does neither.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def _end_with(parent: int) -> None:
    """End this process when the first one is killed: it would go on writing where the next build clears up."""
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


def _end(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _cut_off(why: str = "") -> Stop:
    """It had no time to say why; a system that runs out of memory does this."""
    what = f"Một phần việc đã bị dừng giữa chừng{why}, thường vì máy thiếu bộ nhớ."
    return Stop(what, "đóng bớt chương trình rồi chạy lại.")


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
    if isinstance(error, Stop):
        return error
    if isinstance(error, OSError):
        return OSError(error.errno, error.strerror, error.filename)
    return RuntimeError(describe(error))
