"""Has MkDocs render the frame of the pages; the only module of the command line that knows MkDocs."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.frame import Frame
    from macros.model import Library


@dataclass(frozen=True)
class Rendered:
    """What came of rendering the frame: with problems, there may be none."""

    problems: tuple[str, ...]
    frame: Frame | None = None

    def of(self, library: Library) -> Frame | None:
        """The frame of this library."""
        return self.frame and self.frame.of(library.meta)

    def faults(self, library: Library) -> tuple[str, ...]:
        """All that is wrong with hand-written pages."""
        from macros.pages.fragments import fragments

        calls = self.frame.faults(fragments(library, library.meta.data_as_of.first())) if self.frame else ()
        return self.problems + tuple(calls)


def render_frame(root: Path, folder: Path) -> Rendered:
    """Let MkDocs render the frame, and copy what pages load into `folder`; no record is needed for that.

    Every warning is a problem, as with `--strict`. hooks.py hands over what was rendered by calling
    `config.extra["cotmoc_keep"]`.
    """
    _spare_needless_work()
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    import macros  # noqa: F401 – the hooks are to find this one, not what else is called so

    kept: list[Frame] = []
    with _warnings() as problems:
        try:
            config = load_config(config_file=str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
            config.extra["cotmoc_keep"] = kept.append
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, SystemExit) as error:
            # Abort and mkdocs-macros' exit() come after the reason has been logged.
            if not problems:
                problems.append(f"mkdocs: {error}")
    return Rendered(tuple(problems), kept[0] if kept else None)


def _spare_needless_work() -> None:
    """What mkdocs-macros does beforehand for pages of other projects takes a third of the time of our frame."""
    # To ask for its own newest release, which is never done here. Loaded when it is used after all.
    if "requests" not in sys.modules and (spec := importlib.util.find_spec("requests")):
        spec.loader = importlib.util.LazyLoader(spec.loader)
        sys.modules["requests"] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    from mkdocs_macros import context

    # Twelve calls of git, for pages that tell the last commit.
    context.get_git_info = dict


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs and its plugins warn of, instead of printing it."""
    import logging

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
