"""Makes the libraries, runs every generator over them and keeps the numbers; called by ``cotmoc bench build``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.build import peers, synthetic
from bench.build.measure import Sample, middle, run
from scripts.zensical_env import find_zensical

SIZES = (300, 1_000, 5_000, 10_000)
TIMES = 3
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Row:
    """The numbers of one size. ``runs`` maps what was run to the medians of three runs."""

    records: int
    pages: int
    size_mb: float
    index_kb: float
    runs: dict[str, Sample] = field(default_factory=dict)
    edit: dict[str, float] = field(default_factory=dict)


def measure_all(say: Callable[[str], None], sizes: tuple[int, ...] = SIZES, times: int = TIMES) -> Iterator[Row]:
    """Measure one size after the other. Generators that are not on this machine are left out, and that is said."""
    zensical, hugo = find_zensical(say), shutil.which("hugo")
    if hugo is None:
        say("Không có Hugo (gói hugo của Debian): bỏ qua.")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="cotmoc-bench-") as folder:
            yield _measure(Path(folder), size, times, zensical, hugo, say)


def _measure(
    folder: Path, size: int, times: int, zensical: str | None, hugo: str | None, say: Callable[[str], None]
) -> Row:
    library = folder / "library"
    records = synthetic.write(ROOT, library, size)
    ours = {name: ([sys.executable, "-m", "bench.build.one", name, str(library)], ROOT) for name in ("pages", "whole")}
    ours["check"] = ([sys.executable, "scripts/cotmoc.py", "--root", str(library), "check"], ROOT)
    run(*ours["pages"], {"COTMOC_TODAY": "2026-11-22"})
    site = library / "site"
    index_kb = (site / "assets" / "search" / "index.js").stat().st_size / 1024
    size_mb = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) / 1024 / 1024
    pages = peers.mkdocs(site, folder / "mkdocs")
    commands = {**ours, "material": ([sys.executable, "-m", "mkdocs", "build", "-q"], folder / "mkdocs")}
    if zensical:
        shutil.copytree(folder / "mkdocs", folder / "zensical")
        commands["zensical"] = ([zensical, "build", "-f", "mkdocs.yml"], folder / "zensical")
    if hugo:
        peers.hugo(site, folder / "hugo")
        commands["hugo"] = ([hugo, "--quiet"], folder / "hugo")
    runs: dict[str, list[Sample]] = {name: [] for name in commands}
    # In turns, so that a busy minute of the machine falls on all of them alike.
    for turn in range(times):
        for name, (command, where) in list(commands.items()):
            _clean(where)
            try:
                runs[name].append(run(command, where, {"COTMOC_TODAY": "2026-11-22"}))
            except subprocess.CalledProcessError as error:
                if where == ROOT:
                    raise
                say(f"{records} bản ghi: {name} không dựng được, bỏ qua: {error.stderr or error.output}")
                del commands[name], runs[name]
                continue
            say(f"{records} bản ghi, lần {turn + 1}, {name}: {runs[name][-1].seconds:.1f} giây")
    edit = json.loads(run([sys.executable, "-m", "bench.build.one", "edit", str(library)], ROOT).said.splitlines()[-1])
    return Row(records, pages, size_mb, index_kb, {name: middle(samples) for name, samples in runs.items()}, edit)


def _clean(folder: Path) -> None:
    """Nothing of an earlier run may help the next."""
    for name in ("site", "public", ".cache", "resources"):
        if folder != ROOT:
            shutil.rmtree(folder / name, ignore_errors=True)


def saved(rows: list[Row]) -> str:
    """The rows as JSON text."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n"
