"""Builds the site aside and swaps it in; a failure leaves the last good site alone."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import swap
from scripts.alongside import both
from scripts.checking import Examined, examine
from scripts.devenv.console import explain_os_error
from scripts.devenv.filelock import locked

if TYPE_CHECKING:
    from macros.making import Frame
    from macros.model import Library

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
    except OSError as error:
        raise explain_os_error(error, site) from error


def _build(root: Path, site: Path, today: date, report: Callable[[str], None], start: float, parts: Parts) -> Outcome:
    report("Đang kiểm tra dữ liệu…")
    examined = parts.examine(root, today)
    if examined.problems:
        return Outcome(problems=tuple(map(str, examined.problems)))
    report(f"Dữ liệu tốt ({in_seconds(time.monotonic() - start)}); đang dựng trang…")
    folder = swap.next_site(site)
    with _progress(folder, report, start):
        problems = run_mkdocs(root, folder, examined.library, parts)
    if problems:
        return Outcome(problems=problems)
    pages = count_pages(folder)
    swap.swap(site)
    return Outcome(pages=pages, seconds=time.monotonic() - start)


def run_mkdocs(root: Path, folder: Path, library: Library, parts: Parts | None = None) -> tuple[str, ...]:
    """Let MkDocs build into `folder`; every warning is a problem, as with `--strict`.

    hooks.py finds the library, loaded and checked, as `config.extra["cotmoc_library"]`, and what
    is to write the pages as `config.extra["cotmoc_write"]`.
    """
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _warnings() as problems:
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
            config.extra.update(cotmoc_library=library, cotmoc_write=(parts or Parts()).write)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, SystemExit) as error:
            # Abort and mkdocs-macros' exit() come after the reason has been logged.
            if not problems:
                problems.append(f"mkdocs: {error}")
    return tuple(problems)


class Parts:
    """The steps of a build that may be done in another way: reading and checking, and writing."""

    def examine(self, root: Path, today: date) -> Examined:
        return examine(root, today)

    def write(self, library: Library, frame: Frame, out: Path) -> None:
        """Write every file that is made from records: pages here, the files to take away alongside."""
        from macros import making

        def pages() -> None:
            for path, content in self.pages(library, frame):
                making.put(out / path, content)

        def take_away(go_on: Callable[[], bool]) -> None:
            for path, content in making.take_away(library):
                if not go_on():
                    return
                making.put(out / path, content)

        both(pages, take_away)

    def pages(self, library: Library, frame: Frame) -> Iterable[tuple[str, str | bytes]]:
        """(path, content) of every page, and of what pages load."""
        from macros import making

        return making.files(library, frame, library.meta.data_as_of.first())


class PagesOnly(Parts):
    """Without the files to take away: what other generators make too (bench/build)."""

    def write(self, library: Library, frame: Frame, out: Path) -> None:
        from macros import making

        for path, content in self.pages(library, frame):
            making.put(out / path, content)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs and its plugins warn of, instead of printing it."""
    problems: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            problems.append(f"mkdocs: {record.getMessage()}")

    logger = logging.getLogger("mkdocs")
    handler = Collector(logging.WARNING)
    propagate = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield problems
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


@contextmanager
def _progress(folder: Path, report: Callable[[str], None], start: float) -> Iterator[None]:
    """Say now and then how many pages are written. Counting files needs nobody's help."""
    done = threading.Event()

    def tell() -> None:
        while not done.wait(PROGRESS_SECONDS):
            seconds = time.monotonic() - start
            report(f"  {count_pages(folder)} trang, {in_seconds(seconds)}")

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
