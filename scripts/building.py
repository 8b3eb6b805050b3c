"""Builds the site aside and swaps it in; a failure leaves the last good site alone."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import swap
from scripts.checking import examine
from scripts.devenv.console import explain_os_error
from scripts.devenv.filelock import locked

if TYPE_CHECKING:
    from macros.model import Library

PROGRESS_SECONDS = 2.0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a build came to. With problems, the site is the one from before."""

    problems: tuple[str, ...] = ()
    pages: int = 0
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        return not self.problems


def build(root: Path, site: Path, today: date, report: Callable[[str], None]) -> Outcome:
    """Check the library in `root` and build it into `site`. Raises Stop for the file system.

    `report` gets lines of progress. One build into a folder at a time: a second one waits.
    """
    start = time.monotonic()
    try:
        site.parent.mkdir(parents=True, exist_ok=True)
        waiting = "Một lần dựng khác đang chạy, đang chờ…"
        with locked(site.with_name(f".{site.name}.lock"), on_wait=lambda: report(waiting)):
            swap.recover(site)
            try:
                return _build(root, site, today, report, start)
            finally:
                # Gone already when the build was good; a failed one leaves nothing half-written.
                shutil.rmtree(swap.next_site(site), ignore_errors=True)
    except OSError as error:
        raise explain_os_error(error, site) from error


def _build(root: Path, site: Path, today: date, report: Callable[[str], None], start: float) -> Outcome:
    report("Đang kiểm tra dữ liệu…")
    examined = examine(root, today)
    if examined.problems:
        return Outcome(problems=tuple(map(str, examined.problems)))
    report(f"Dữ liệu tốt ({in_seconds(time.monotonic() - start)}); đang dựng trang…")
    folder = swap.next_site(site)
    with _progress(folder, report, start):
        problems = run_mkdocs(root, folder, examined.library)
    if problems:
        return Outcome(problems=problems)
    pages = count_pages(folder)
    swap.swap(site)
    return Outcome(pages=pages, seconds=time.monotonic() - start)


def run_mkdocs(root: Path, folder: Path, library: Library) -> tuple[str, ...]:
    """Let MkDocs build into `folder`; every warning is a problem, as with `--strict`.

    hooks.py finds the library, loaded and checked, as `config.extra["cotmoc_library"]`.
    """
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _warnings() as problems:
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
            config.extra["cotmoc_library"] = library
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
