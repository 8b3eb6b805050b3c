"""One thing to measure, in a process of its own: ``python -m bench.build.one WHAT ROOT``."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from pathlib import Path
from statistics import median

from scripts import building
from scripts.cli.app import leave
from scripts.session import Session

TODAY = dt.date(2026, 11, 22)
"""A fixed day: what is built must not depend on when it is measured."""

EDITS = 5


def main(what: str, root: Path) -> None:
    site = root / "site"
    if what in ("pages", "whole"):
        parts = building.PagesOnly() if what == "pages" else building.Parts()
        outcome = building.build(root, site, TODAY, lambda line: None, parts)
        _stop_at(outcome)
        print(json.dumps({"pages": outcome.pages}))
    elif what == "edit":
        print(json.dumps(_edits(root, site)))
    else:
        raise SystemExit(f"unknown: {what}")


def _edits(root: Path, site: Path) -> dict[str, float]:
    """Seconds of the whole build that `serve` begins with, and of the median edit of one date after it."""
    session = Session(root, site, lambda line: None)
    first = session.build(TODAY)
    _stop_at(first)
    path = root / "data" / "treaties.yaml"
    text = path.read_text(encoding="utf-8")
    seconds, cpu, pages = [], [], []
    for day in range(10, 10 + EDITS):
        # The first treaty's day of signature, moved to a January: it stays before it entered into force.
        edited = re.sub(r"(\n  signed:\n    value: \d{4}-)\d{2}-\d{2}", rf"\g<1>01-{day}", text, count=1)
        path.write_text(edited, encoding="utf-8")
        before = time.process_time()
        outcome = session.build(TODAY, [str(path)])
        _stop_at(outcome)
        seconds.append(outcome.seconds)
        cpu.append(time.process_time() - before)
        pages.append(outcome.pages)
    path.write_text(text, encoding="utf-8")
    return {"edit": median(seconds), "edit_cpu": median(cpu), "pages": median(pages), "whole": first.seconds}


def _stop_at(outcome: building.Outcome) -> None:
    if not outcome.good:
        raise SystemExit("\n".join(outcome.problems[:10]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
    leave(0)
