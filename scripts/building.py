"""Builds the site aside and swaps it in; a failure leaves the last good site alone."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import swap
from scripts.checking import Examined, read
from scripts.crew import Aside, Crew, GoOn, LaterWork, Work
from scripts.devenv.console import explain_os_error
from scripts.devenv.filelock import locked
from scripts.rendering import render_frame

if TYPE_CHECKING:
    from macros.frame import Frame
    from macros.model import Library, Problem

Files = Iterable[tuple[str, str | bytes]]
"""(path below the site, content)."""

PROGRESS_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a build came to. With problems, the site is the one from before."""

    problems: tuple[str, ...] = ()
    pages: int = 0
    seconds: float = 0.0
    stale: bool = False
    """Whether the files to take away are still those from before."""

    @property
    def good(self) -> bool:
        return not self.problems


def build(root: Path, site: Path, today: date, report: Callable[[str], None], parts: Parts | None = None) -> Outcome:
    """Check the library in `root` and build it into `site`. Raises Stop for the file system.

    `report` gets lines of progress. One build into a folder at a time: a second one waits.
    """
    start = time.monotonic()
    with alone(site, report):
        return _build(root, site, today, report, start, parts or Parts())


@contextmanager
def alone(site: Path, report: Callable[[str], None]) -> Iterator[None]:
    """Hold the right to change `site`, whole when it is given and whole when it is left."""
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        waiting = "Một lần dựng khác đang chạy, đang chờ…"
        with locked(site.with_name(f".{site.name}.lock"), on_wait=lambda: report(waiting)):
            swap.recover(site)
            try:
                yield
            finally:
                # Gone already when the build was good; a failed one leaves nothing half-written.
                shutil.rmtree(swap.next_site(site), ignore_errors=True)
                shutil.rmtree(swap.aside(site), ignore_errors=True)
    except OSError as error:
        raise explain_os_error(error, site) from error


def _build(root: Path, site: Path, today: date, report: Callable[[str], None], start: float, parts: Parts) -> Outcome:
    report("Đang đọc dữ liệu…")
    folder, aside = swap.next_site(site), swap.aside(site)
    # MkDocs needs no record for the frame: it works while they are being read.
    with Aside(lambda: render_frame(root, folder)) as frame:
        examined = parts.examine(root, today)
        if examined.problems:
            return Outcome(problems=tuple(map(str, examined.problems)))
        report(f"Đã đọc dữ liệu ({in_seconds(time.monotonic() - start)}); đang kiểm tra và dựng trang…")
        try:
            teller = _Teller(folder, aside, report, start)
            _make(root, folder, aside, examined.library, today, parts, frame, teller)
            faulty = bool(frame.value().problems)
        except Exception:
            # Records that do not agree with each other may break any page: then they are what is to be told.
            if problems := _faults(examined.library, today, parts, frame):
                return Outcome(problems=problems)
            raise
        if faulty:
            return Outcome(problems=_faults(examined.library, today, parts, frame))
    swap.merge(aside, folder)
    pages = count_pages(folder)
    swap.swap(site)
    return Outcome(pages=pages, seconds=time.monotonic() - start)


def _make(
    root: Path, folder: Path, aside: Path, library: Library, today: date, parts: Parts, frame: Aside, teller: _Teller
) -> None:
    """Check the records, and make all that is made of them at the same time."""
    pieces = [_checking(part) for part in parts.checks(library, today)]
    pieces += [_writing(part, aside) for part in parts.early(library, root)]
    later = [_writing_later(part, folder) for part in parts.later(library)]
    wait = cache(lambda: frame.value().of(library))
    # What MkDocs complains of ends the build: the rest would be made for nothing.
    go_on = lambda: not (frame.ready() and frame.value().problems)  # noqa: E731
    with Crew(pieces, later, wait, go_on=go_on) as crew, teller.telling():
        for part in parts.here(library):
            _writing_later(part, folder)(wait(), lambda: True)
        crew.finish()


def _faults(library: Library, today: date, parts: Parts, frame: Aside) -> tuple[str, ...]:
    """Every problem of the records, in file order; when there is none, those of the hand-written pages."""
    from macros.checks import in_file_order

    found = in_file_order(part() for part in parts.checks(library, today))
    return tuple(map(str, found)) or frame.value().faults(library)


class BadRecords(Exception):
    """Some check speaks: the rest of the build is of no use."""


def _checking(part: Callable[[], list[Problem]]) -> Work:
    def work(go_on: GoOn) -> None:
        if part():
            raise BadRecords

    return work


class Parts:
    """What a build is made of, some of which may be done in another way."""

    def examine(self, root: Path, today: date) -> Examined:
        """Read the records; most checks are left for later."""
        return read(root, today)

    def checks(self, library: Library, today: date) -> list[Callable[[], list[Problem]]]:
        """The checks that are left to do while pages are made: mostly they have nothing to say."""
        from macros.checks import check_parts

        return check_parts(library, today)

    def early(self, library: Library, root: Path) -> list[Callable[[], Files]]:
        """What can be made before MkDocs has rendered the frame of the pages."""
        from macros import making
        from macros.exports import take_away
        from macros.frame import read_pages

        return [*making.beside(library, read_pages(root / "docs")), *take_away.parts(library)]

    def later(self, library: Library) -> list[Callable[[Frame], Files]]:
        """What is put into the frame."""
        from macros import making

        return making.page_parts(library)

    def here(self, library: Library) -> list[Callable[[Frame], Files]]:
        """What is put into the frame in this process, because it is asked for again."""
        return []


class PagesOnly(Parts):
    """Without the files to take away: what other generators make too (bench/build)."""

    def early(self, library: Library, root: Path) -> list[Callable[[], Files]]:
        from macros import making
        from macros.frame import read_pages

        return making.beside(library, read_pages(root / "docs"))


def _writing(part: Callable[[], Files], out: Path) -> Work:
    return lambda go_on: _write(part(), out, go_on)


def _writing_later(part: Callable[[Frame], Files], out: Path) -> LaterWork:
    # Without a frame MkDocs has complained, and nothing will come of this build.
    return lambda frame, go_on: _write(part(frame) if frame else (), out, go_on)


def _write(files: Files, out: Path, go_on: GoOn) -> None:
    from macros import making

    for path, content in files:
        if not go_on():
            return
        making.put(out / path, content)


@dataclass(frozen=True)
class _Teller:
    """Says now and then how much is written. Counting files needs nobody's help."""

    folder: Path
    aside: Path
    report: Callable[[str], None]
    start: float

    @contextmanager
    def telling(self) -> Iterator[None]:
        done = threading.Event()

        def tell() -> None:
            while not done.wait(PROGRESS_SECONDS):
                seconds = time.monotonic() - self.start
                files = sum(path.is_file() for path in self.aside.rglob("*"))
                self.report(f"  {count_pages(self.folder)} trang, {files} tệp khác, {in_seconds(seconds)}")

        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        try:
            yield
        finally:
            done.set()
            teller.join()


def count_pages(folder: Path) -> int:
    """Number of HTML files below `folder`; 0 when it is not there yet."""
    return sum(1 for _ in folder.rglob("*.html")) if folder.is_dir() else 0


def summary(outcome: Outcome, site: Path) -> str:
    """The last line of a good build."""
    return f"Đã dựng {outcome.pages} trang trong {in_seconds(outcome.seconds)} vào {site.name}/."


def in_seconds(seconds: float) -> str:
    """A duration with the Vietnamese decimal comma: "6,3 giây"."""
    return f"{seconds:.1f} giây".replace(".", ",")
