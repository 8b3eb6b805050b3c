"""`cotmoc serve`: check, build, serve, and do it again after every edit."""

from __future__ import annotations

import os
import signal
import time
import webbrowser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scripts.cli.app import Settings, today
from scripts.devenv.console import Stop, say

if TYPE_CHECKING:
    from scripts.serve import Live
    from scripts.worker import Worker

# What watchfiles gives: (kind of change, path).
Changes = set[tuple[int, str]]

WATCHED = ("data", "docs", "macros", "scripts", "hooks.py", "mkdocs.yml")


HELP = """Dựng và mở thư viện trên máy này.

Sửa một tệp thì dựng lại và trang tự tải lại; sửa sai thì lỗi hiện trên trang, bản cũ vẫn mở.
"""


@click.command(help=HELP)
@click.option("--port", type=int, default=8000, metavar="SỐ", help="Cổng (mặc định: 8000).")
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="ĐỊA CHỈ",
    help="Địa chỉ (mặc định: 127.0.0.1, chỉ máy này vào được).",
)
@click.option("--open", "open_page", is_flag=True, help="Mở trình duyệt khi dựng xong.")
@click.pass_obj
def command(settings: Settings, port: int, host: str, open_page: bool) -> int:
    from scripts.serve import Live, Server
    from scripts.worker import Worker

    live = Live(first=int(time.time()))
    site = settings.root / "site"
    server = Server(host, port, site, live)
    worker = Worker(settings.root, site)
    # A plain `kill` has to end the building process too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server.start()
    try:
        say(f"Đang chuẩn bị {server.url}")
        batches = watched(settings.root)
        if rebuild(worker, live):
            say(f"Thư viện đang mở tại {server.url} (Ctrl+C để dừng).")
        if open_page:
            webbrowser.open(server.url)
        follow(settings.root, batches, worker, live)
    except KeyboardInterrupt:
        say("Đã dừng.")
    finally:
        worker.stop()
        server.stop()
    return 0


def rebuild(worker: Worker, live: Live, changed: Iterable[Path] = ()) -> bool:
    """Build once and tell terminal and browsers how it went."""
    outcome = worker.build(today(os.environ), [str(name) for name in changed])
    if outcome.good:
        from scripts.building import in_seconds

        verb = "Đã dựng lại" if outcome.stale else "Đã dựng"
        say(f"{verb} {outcome.pages} trang trong {in_seconds(outcome.seconds)}.")
        live.built()
        return True
    for problem in outcome.problems:
        say(problem)
    say(f"Có {len(outcome.problems)} lỗi; vẫn mở bản dựng được gần nhất (nếu có).")
    live.failed(outcome.problems)
    return False


def watched(root: Path, names: tuple[str, ...] = WATCHED) -> Iterator[Changes]:
    """Batches of changed files from now on; an empty batch whenever nothing has changed."""
    from watchfiles import watch

    paths = [root / name for name in names if (root / name).exists()]
    if not paths:
        raise Stop(f"Không có gì để theo dõi trong {root}.", "xem lại --root.")
    batches = watch(
        *paths,
        # An editor that saves ten files gets one build, and half a second later at most.
        debounce=500,
        step=50,
        rust_timeout=200,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    # Runs the generator up to where it listens: what is edited during a build is kept for later.
    next(batches)
    return batches


# How long nobody must have edited before the files to take away are made anew.
SETTLED_SECONDS = 3.0


def follow(root: Path, batches: Iterable[Changes], worker: Worker, live: Live) -> None:
    """Rebuild after every batch that is not empty, until interrupted."""
    stale_since: float | None = None
    for batch in batches:
        names = sorted(edited(batch))
        if not names:
            if stale_since is not None and time.monotonic() - stale_since > SETTLED_SECONDS and worker.refresh():
                stale_since = None
                say("Đã làm lại các tệp tải về.")
            continue
        say("Có sửa đổi: " + ", ".join(str(_inside(name, root)) for name in names[:5]))
        if is_code(names):
            worker.stop()
        rebuild(worker, live, names)
        stale_since = time.monotonic()


def edited(batch: Changes) -> set[Path]:
    """The files of a batch, without what editors and `cotmoc fmt` write beside them for a moment."""
    names = {Path(name) for _, name in batch}
    return {name for name in names if not name.name.startswith(".") and not name.name.endswith(("~", "4913"))}


def is_code(names: Iterable[Path]) -> bool:
    """Whether a running process would go on with what it has already imported."""
    return any(name.suffix == ".py" for name in names)


def _inside(name: Path, root: Path) -> Path:
    return name.relative_to(root) if name.is_relative_to(root) else name
