"""Prepares, measures and reports; called by ``cotmoc bench search``."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.search.engines import ENGINES, HERE
from bench.search.measure import SAMPLE, Result, measure
from bench.search.records import enlarge
from bench.search.report import report
from macros.dates import PartialDate
from macros.model import Library
from macros.search import Index, build, documents, page_sections, read_pages
from tests.search.queries import Query, load_queries

SIZES = (0, 1_000, 10_000)
"""0 stands for the real number of records."""


def peers(root: Path, say: Callable[[str], None]) -> Path | None:
    """The folder with the peers' packages; None when npm is not there or cannot fetch them."""
    npm = shutil.which("npm")
    if npm is None:
        say("Không có npm: chỉ đo Cột Mốc và Material.")
        return None
    folder = root / ".cache" / "bench-search"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", folder / "package.json")
    command = [npm, "install", "--no-audit", "--no-fund", "--silent"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        why = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()[:1]
        say(" ".join(["npm không tải được các công cụ khác: chỉ đo Cột Mốc và Material.", *why]))
        return None
    return folder


def run(
    library: Library, root: Path, browser, today: date, say: Callable[[str], None], sizes: tuple[int, ...] = SIZES
) -> str:
    """Measure every engine at every size; the report in Markdown."""
    queries, before = load_queries(), _load()
    npm = peers(root, say)
    real = documents(library, page_sections(read_pages(root / "docs")))
    results: list[Result] = []
    for size in sizes:
        docs = enlarge(real, size or len(real))
        asked = sample(queries, SAMPLE) if size else queries
        index = build(library, docs)
        for name, (title, _, needs_npm) in ENGINES.items():
            if needs_npm and npm is None:
                continue
            try:
                result = _one(browser, name, docs, index, npm, asked, loads=1 if size else 3)
            except Exception as error:
                if name == "ours":
                    raise
                # A peer that fails must not take the others' figures with it; the report names it.
                say(f"{title}, {len(docs)} bản ghi: không đo được ({str(error).splitlines()[0][:200]})")
                continue
            results.append(result)
            say(f"{title}, {len(docs)} bản ghi: p95 {result.p95:.1f} ms, {result.packed // 1000} kB gzip")
    facts = {
        "load": " – ".join(f"{value:.0f}" for value in sorted({before, _load()})),
        "day": PartialDate.of(today).official(),
        "machine": machine(),
        "browser": browser.version,
    }
    return report(results, queries, facts)


def sample(queries: tuple[Query, ...], most: int) -> tuple[Query, ...]:
    """Every n-th query, so that all forms are among them."""
    return queries[:: -(-len(queries) // most)]


def _one(browser, name: str, docs, index: Index, npm: Path | None, queries: tuple[Query, ...], *, loads: int) -> Result:
    with tempfile.TemporaryDirectory(prefix="cotmoc-bench-") as folder:
        files = ENGINES[name][1](Path(folder), docs, index, npm)
        return measure(browser, name, Path(folder), files, queries, len(docs), loads=loads)


def _load() -> float:
    """How busy the machine is (mean of the last five minutes); 0 where that is not told."""
    return os.getloadavg()[1] if hasattr(os, "getloadavg") else 0.0


def machine() -> str:
    """Processor and memory, in a few words."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [x.partition(":")[2].strip() for x in cpuinfo.read_text().splitlines() if x.startswith("model name")]
        model = names[0] if names else model
    return f"{os.cpu_count()} nhân {model}, {platform.system()}"
