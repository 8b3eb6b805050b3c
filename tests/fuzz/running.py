"""Runs a property over many generated inputs, and counts how far they got into the code.

A property gives back one word for what became of an input ("refused", "loaded" …). The counts are
shown after the run, and a test says which share has to get past the first line of defence: inputs
that are all refused at the door try nothing.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

SHORT, LONG = int(os.environ.get("COTMOC_FUZZ_COUNT", "300")), 100_000
PART = 5_000
"""Inputs of one run of hypothesis, which remembers each of them: a longer one fills the memory."""

PROPERTY = "inputs"

lengths = pytest.mark.parametrize(
    "count", [pytest.param(SHORT, id="short"), pytest.param(LONG, id="long", marks=pytest.mark.full)]
)
"""Every test here runs twice: briefly each time, and over a hundred thousand inputs in `make test-full`."""


class Tally:
    """How many inputs there were, how many of them different, and what became of them."""

    def __init__(self) -> None:
        self.inputs = 0
        self.became: Counter[str] = Counter()
        self._seen: set[int] = set()

    def note(self, value: Any, became: str) -> None:
        self.inputs += 1
        self.became[became] += 1
        self._seen.add(hash(repr(value)))

    @property
    def different(self) -> int:
        return len(self._seen)

    def reaches(self, least: float, *became: str) -> None:
        """Fails unless at least this part of the inputs (0 to 1) became one of these."""
        share = sum(self.became[word] for word in became) / self.inputs
        assert share >= least, f"{share:.2f} of the inputs, not {least}: {self.became}"


def run(count: int, strategy: st.SearchStrategy, holds: Callable[[Any], str], record: Callable) -> Tally:
    """Try `holds` on `count` inputs. The same inputs each time, unless COTMOC_FUZZ_SEED gives a number.

    So a red run is about what was changed, and not about luck. `record` is the fixture record_property.
    """
    tally = Tally()
    first = int(os.environ.get("COTMOC_FUZZ_SEED", "0"))
    start = time.monotonic()
    for part in range(0, count, PART):
        _part(min(PART, count - part), first + part, strategy, holds, tally)
    seconds = time.monotonic() - start
    became = ", ".join(f"{word} {number}" for word, number in sorted(tally.became.items()))
    record(PROPERTY, f"{tally.inputs} inputs, {tally.different} different, {seconds:.0f} s: {became}")
    assert tally.inputs >= count
    return tally


def _part(count: int, number: int, strategy: st.SearchStrategy, holds: Callable[[Any], str], tally: Tally) -> None:
    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def each(value: Any) -> None:
        tally.note(value, holds(value))

    each()
