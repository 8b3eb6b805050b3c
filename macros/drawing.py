"""Where things stand in the small pictures: relations of one record, and the line of years.

Pure geometry: positions and texts out, in user units of the SVG (about one pixel). The markup is
in templates/relations.svg.j2 and templates/years.svg.j2; every picture has its list beside it,
so nothing is said by the picture alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

BOX_WIDTH = 220
GAP = 132
"""Between two columns; it holds the word on the arrow."""
LINE_HEIGHT = 20
PADDING = 12
BETWEEN = 14
MAX_BOXES = 6
"""More in one column are counted in a last box and found in the list."""


@dataclass(frozen=True, slots=True)
class Node:
    """A record in the picture: its name and its address from the page."""

    label: str
    url: str | None
    word: str = ""
    """The word on the arrow, e.g. "bổ sung"; empty for the record itself."""
    arrow: bool = True
    """False where the relation has no direction."""


@dataclass(frozen=True, slots=True)
class Box:
    """A placed node. ``lines`` are (y, text) of the wrapped label."""

    x: float
    y: float
    height: float
    node: Node
    here: bool
    lines: tuple[tuple[float, str], ...]

    @property
    def width(self) -> float:
        return BOX_WIDTH

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from (x1, y1) to (x2, y2) with its word; the arrow head is at the second point."""

    x1: float
    y1: float
    x2: float
    y2: float
    word: str
    arrow: bool


@dataclass(frozen=True, slots=True)
class Star:
    """The picture of one record between what it points at (left) and what points at it (right)."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


def star(here: Node, left: Sequence[Node], right: Sequence[Node]) -> Star:
    """Lay out ``here`` between the nodes that it points at and those that point at it.

    Arrows run from right to left, as a newer text points at the older one that it changes.
    """
    columns = [_capped(left), [here], _capped(right)]
    heights = [_column_height(column) for column in columns]
    height = max(heights)
    boxes: list[list[Box]] = []
    x = 2.0
    for column, own in zip(columns, heights, strict=True):
        boxes.append(_place(column, x, 2 + (height - own) / 2, here))
        x += BOX_WIDTH + GAP if column else 0
    centre = boxes[1][0]
    edges = [
        Edge(centre.x, centre.middle, box.x + BOX_WIDTH, box.middle, box.node.word, box.node.arrow) for box in boxes[0]
    ]
    edges += [
        Edge(box.x, box.middle, centre.x + BOX_WIDTH, centre.middle, box.node.word, box.node.arrow) for box in boxes[2]
    ]
    width = x - GAP + 2
    return Star(width, height + 4, tuple(box for column in boxes for box in column), tuple(edges))


def _capped(nodes: Sequence[Node]) -> list[Node]:
    if len(nodes) <= MAX_BOXES:
        return list(nodes)
    kept = list(nodes[: MAX_BOXES - 1])
    return [*kept, Node(f"và {len(nodes) - len(kept)} văn bản khác, xem danh sách dưới hình", None, arrow=False)]


def _wrapped(label: str) -> list[str]:
    """The label in lines that fit a box; a single long word keeps a line to itself."""
    lines: list[str] = []
    for word in label.split():
        if lines and _text_width(f"{lines[-1]} {word}") <= BOX_WIDTH - 2 * PADDING:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _text_width(text: str) -> float:
    """Estimated width at 15 px in the bold cut of the site's font: capitals and figures are wider."""
    return sum(4.5 if char in " .,/()-–" else 10.4 if char.isupper() or char.isdigit() else 8.6 for char in text)


def _box_height(node: Node) -> float:
    return len(_wrapped(node.label)) * LINE_HEIGHT + 2 * PADDING


def _column_height(column: Sequence[Node]) -> float:
    return sum(_box_height(node) for node in column) + BETWEEN * max(0, len(column) - 1)


def _place(column: Sequence[Node], x: float, y: float, here: Node) -> list[Box]:
    boxes = []
    for node in column:
        height = _box_height(node)
        lines = tuple((y + PADDING + LINE_HEIGHT * (i + 0.75), text) for i, text in enumerate(_wrapped(node.label)))
        boxes.append(Box(x, y, height, node, node is here, lines))
        y += height + BETWEEN
    return boxes


YEAR_WIDTH = 20
LANE_LABEL = 176
DOT = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A date to be drawn: its year, lane, name, address, and whether it is less precise than a day."""

    year: int
    lane: str
    label: str
    url: str | None
    field: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A placed mark."""

    x: float
    y: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class Years:
    """The line of years: lanes one below the other, marks of one year stacked."""

    width: float
    height: float
    lanes: tuple[tuple[float, float, str], ...] = ()
    """(top, height, name) of each lane."""
    ticks: tuple[tuple[float, str], ...] = ()
    dots: tuple[Dot, ...] = field(default=())


def years(marks: Iterable[Mark], lanes: Sequence[tuple[str, str]]) -> Years:
    """Lay out marks by year in the given lanes (id, name). Empty decades are drawn like others."""
    marks = [mark for mark in marks if any(mark.lane == lane for lane, _ in lanes)]
    if not marks:
        return Years(0, 0)
    first = min(mark.year for mark in marks) // 5 * 5
    last = max(mark.year for mark in marks) // 5 * 5 + 5
    dots: list[Dot] = []
    rows: list[tuple[float, float, str]] = []
    top = 30.0
    for lane, name in lanes:
        stacks: dict[int, list[Mark]] = defaultdict(list)
        for mark in (m for m in marks if m.lane == lane):
            stacks[mark.year].append(mark)
        height = max(2, max(map(len, stacks.values()), default=0)) * (DOT + 6) + 12
        for year, stack in sorted(stacks.items()):
            x = LANE_LABEL + (year - first + 0.5) * YEAR_WIDTH
            dots += [Dot(x, top + height - 12 - i * (DOT + 6), mark) for i, mark in enumerate(stack)]
        rows.append((top, height, name))
        top += height
    ticks = tuple((LANE_LABEL + (year - first + 0.5) * YEAR_WIDTH, str(year)) for year in range(first, last + 1, 5))
    return Years(LANE_LABEL + (last - first + 2) * YEAR_WIDTH, top + 4, tuple(rows), ticks, tuple(dots))
