"""Runs the query set on a prepared engine in headless Chromium and counts."""

from __future__ import annotations

import functools
import gzip
import http.server
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.search.queries import Query

SAMPLE = 150
"""Queries asked at the larger sizes, where only the time counts, not what is found."""
RUN = """async ([texts, rounds]) => {
  const found = [], times = [];
  for (let round = 0; round < rounds; round++) {
    for (const text of texts) {
      const begin = performance.now();
      const ids = await window.ask(text);
      times.push(performance.now() - begin);
      if (!round) found.push(ids);
    }
  }
  return [found, times];
}"""


@dataclass(frozen=True)
class Result:
    """One engine at one size. Times in ms; ``found`` are the ids of the best ten a query."""

    engine: str
    size: int
    raw: int
    packed: int
    load: float
    p50: float
    p95: float
    found: tuple[tuple[str, ...], ...]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing: thousands of lines would say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on a free port of this machine."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def measure(
    browser, engine: str, folder: Path, files: list[Path], queries: tuple[Query, ...], size: int, *, loads: int = 3
) -> Result:
    """Load some times (median), then ask all queries twice; the quicker time of each counts.

    What else the machine does meanwhile slows one of two askings more often than both.
    """
    with served(folder) as address:
        waited = []
        for attempt in range(loads):
            page = browser.new_page()
            if engine == "material":
                page.add_init_script(path=str(folder / "site" / "material.js"))
            page.goto(f"{address}/{'site/index.html' if engine == 'material' else 'index.html'}")
            page.set_default_timeout(600_000)
            waited.append(page.evaluate("() => window.ready"))
            if attempt < loads - 1:
                page.close()
        texts = [query.text for query in queries]
        found, times = page.evaluate(RUN, [texts, 2])
        page.close()
    best = sorted(map(min, times[: len(texts)], times[len(texts) :]))
    contents = [path.read_bytes() for path in files]
    return Result(
        engine=engine,
        size=size,
        raw=sum(map(len, contents)),
        packed=sum(len(gzip.compress(content)) for content in contents),
        load=statistics.median(waited),
        p50=best[len(best) // 2],
        p95=best[int(len(best) * 0.95)],
        found=tuple(tuple(ids) for ids in found),
    )


@dataclass(frozen=True)
class Quality:
    """Shares in percent; for queries that must find nothing only ``first`` counts."""

    count: int
    first: float
    third: float
    reciprocal: float


def quality(queries: tuple[Query, ...], found: tuple[tuple[str, ...], ...]) -> dict[str, Quality]:
    """success@1, success@3 and MRR@10 a form; ``""`` is all forms but "nothing"."""
    ranks: dict[str, list[float]] = {}
    for query, ids in zip(queries, found, strict=True):
        places = [ids.index(i) + 1 for i in query.first if i in ids]
        rank = min(places, default=0)
        if not query.first:
            rank = 0 if ids else 1
        ranks.setdefault(query.form, []).append(rank)
        if query.first:
            ranks.setdefault("", []).append(rank)
    return {form: _quality(values) for form, values in ranks.items()}


def _quality(ranks: list[float]) -> Quality:
    count = len(ranks)
    return Quality(
        count=count,
        first=100 * sum(rank == 1 for rank in ranks) / count,
        third=100 * sum(1 <= rank <= 3 for rank in ranks) / count,
        reciprocal=100 * sum(1 / rank for rank in ranks if rank) / count,
    )
