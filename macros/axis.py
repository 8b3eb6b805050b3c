"""Where moments stand on a line of years: pure geometry, in user units of the SVG.

Years are spaced truthfully: a day is everywhere as wide as any other, and empty decades stay
empty. What is known to the month or the year only is drawn as a bar over all the days that it can
mean. Marks that would cover each other are stacked, never shifted along the years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from macros.timeline import Moment

MARK = 26
"""Width and height of a mark with its number."""
ROW = MARK + 12
TOP = 34
LANE_TITLE = 26
SIDE = 24
WIDTH = 980
"""Wanted width of the picture; short stretches of years get no more than WIDEST a year."""
WIDEST, NARROWEST = 90.0, 4.0
TICK_SPACE = 64
STEPS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Place:
    """A placed moment: ``x`` is the middle of its mark; ``bar`` the stretch of days that it can mean."""

    number: int
    moment: Moment
    x: float
    y: float
    bar: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the picture: its upper edge, height and name (empty where there is only one)."""

    y: float
    height: float
    name: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The whole picture. ``ticks`` are (x, year)."""

    width: float
    height: float
    ticks: tuple[tuple[float, int], ...]
    lanes: tuple[Lane, ...]
    places: tuple[Place, ...]
    first: int
    last: int


def draw(
    moments: Sequence[Moment],
    lanes: Sequence[tuple[str, str]] = (("", ""),),
    lane_of: Callable[[Moment], str] = lambda _moment: "",
) -> Axis | None:
    """The picture of ``moments``, numbered from 1 in their order; None where there is nothing to draw.

    ``lanes`` are (id, name) from top to bottom; ``lane_of`` says where a moment stands. Lanes
    without moments are left out.
    """
    if not moments:
        return None
    first = min(moment.when.first().year for moment in moments)
    last = max(moment.when.last().year for moment in moments) + 1
    scale = min(WIDEST, max(NARROWEST, (WIDTH - 2 * SIDE) / (last - first)))
    numbered = list(enumerate(moments, 1))
    y, drawn, places = float(TOP), [], []
    for lane, name in lanes:
        own = [(number, moment) for number, moment in numbered if lane_of(moment) == lane]
        if not own:
            continue
        top = y + (LANE_TITLE if name else 8)
        rows = _stack(own, lambda day: SIDE + _years_since(first, day) * scale)
        places += [Place(n, m, x, top + row * ROW + MARK / 2, bar) for n, m, x, bar, row in rows]
        height = top - y + (max(row for *_, row in rows) + 1) * ROW
        drawn.append(Lane(y, height, name))
        y += height
    step = next((each for each in STEPS if each * scale >= TICK_SPACE), STEPS[-1])
    ticks = tuple((SIDE + (year - first) * scale, year) for year in range(-(-first // step) * step, last + 1, step))
    places.sort(key=lambda place: place.number)
    return Axis(2 * SIDE + (last - first) * scale, y + 8, ticks, tuple(drawn), tuple(places), first, last - 1)


def _years_since(first: int, day: dt.date) -> float:
    """Years from 1 January of ``first``, by days of the year at hand."""
    start = dt.date(day.year, 1, 1)
    length = (dt.date(day.year + 1, 1, 1) - start).days
    return day.year - first + (day - start).days / length


def _stack(
    own: list[tuple[int, Moment]], x_of: Callable[[dt.date], float]
) -> list[tuple[int, Moment, float, tuple[float, float] | None, int]]:
    """Each moment with its place, bar and row: the first row in which it covers nothing."""
    ends: list[float] = []
    found = []
    for number, moment in own:
        left, right = x_of(moment.when.first()), x_of(moment.when.last() + dt.timedelta(days=1))
        precise = moment.when.precision == "day"
        x = left if precise else (left + right) / 2
        bar = None if precise else (left, right)
        start, end = min(left, x - MARK / 2), max(x + MARK / 2, x if precise else right)
        row = next((index for index, taken in enumerate(ends) if taken <= start), len(ends))
        ends[row : row + 1] = [end + 2]
        found.append((number, moment, x, bar, row))
    return found
