"""Where things stand in the small picture of one record's relations.

Pure geometry: positions and texts out, in user units of the SVG (about one pixel). The markup is
in templates/relations.svg.j2; every picture has its list beside it,
so nothing is said by the picture alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

BOX_WIDTH = 220
GAP = 132
"""Between two columns; it holds the word on the arrow."""
LINE_HEIGHT = 20
PADDING = 12
BETWEEN = 14
TALL_WIDTH = 284
"""Of the picture for narrow screens: a page of 320 px less its margins."""
RAIL = 14
"""Where the upright line of the tall picture stands."""
WORD_HEIGHT = 24
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
    width: float = BOX_WIDTH

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


@dataclass(frozen=True, slots=True)
class Branch:
    """What ties a box of the tall picture to its rail: the word above the box, and the arrow head's end."""

    box: Box
    word_y: float
    inward: bool
    """True for a newer text, whose arrow ends at ``here``; False for an older one, where it ends at the box."""


@dataclass(frozen=True, slots=True)
class Tall:
    """The same picture for a narrow screen: older texts above, newer ones below, one rail on the left."""

    width: float
    height: float
    here: Box
    branches: tuple[Branch, ...]

    @property
    def rails(self) -> tuple[tuple[float, float], ...]:
        """(from, to) of the upright lines, above and below ``here``."""
        above = [b.box.middle for b in self.branches if not b.inward]
        below = [b.box.middle for b in self.branches if b.inward]
        rails = []
        if above:
            rails.append((above[0], self.here.y))
        if below:
            rails.append((self.here.y + self.here.height, below[-1]))
        return tuple(rails)

    @property
    def points_at_here(self) -> bool:
        """Whether some newer text's relation has a direction."""
        return any(b.inward and b.box.node.arrow for b in self.branches)


def tall(here: Node, older: Sequence[Node], newer: Sequence[Node]) -> Tall:
    """Lay out the star from top to bottom in ``TALL_WIDTH``, for screens too narrow for ``star``."""
    branches: list[Branch] = []
    y = 2.0

    def place(node: Node, inward: bool) -> None:
        nonlocal y
        box = _box(node, RAIL * 2.5, y + WORD_HEIGHT, TALL_WIDTH - RAIL * 2.5 - 2, here)
        branches.append(Branch(box, y + WORD_HEIGHT - 7, inward))
        y = box.y + box.height + BETWEEN

    for node in _capped(older):
        place(node, False)
    centre = _box(here, 2, y, TALL_WIDTH - 4, here)
    y = centre.y + centre.height + BETWEEN
    for node in _capped(newer):
        place(node, True)
    return Tall(TALL_WIDTH, y - BETWEEN + 2, centre, tuple(branches))


def _capped(nodes: Sequence[Node]) -> list[Node]:
    if len(nodes) <= MAX_BOXES:
        return list(nodes)
    kept = list(nodes[: MAX_BOXES - 1])
    return [*kept, Node(f"và {len(nodes) - len(kept)} văn bản khác, xem danh sách dưới hình", None, arrow=False)]


_SPACE = 45


@lru_cache(maxsize=256)
def _wrapped(label: str, width: float = BOX_WIDTH) -> tuple[str, ...]:
    """The label in lines that fit a box; a single long word keeps a line to itself."""
    room = 10 * (width - 2 * PADDING)
    lines: list[str] = []
    taken = 0
    for word in label.split():
        own = _text_width(word)
        if lines and taken + _SPACE + own <= room:
            lines[-1] += f" {word}"
            taken += _SPACE + own
        else:
            lines.append(word)
            taken = own
    return tuple(lines) or ("",)


@lru_cache(maxsize=4096)
def _text_width(text: str) -> int:
    """Estimated width at 15 px in the bold cut of the site's font, in tenths: capitals and figures are wider."""
    return sum(_SPACE if char in " .,/()-–" else 104 if char.isupper() or char.isdigit() else 86 for char in text)


def _box_height(node: Node) -> float:
    return len(_wrapped(node.label)) * LINE_HEIGHT + 2 * PADDING


def _column_height(column: Sequence[Node]) -> float:
    return sum(_box_height(node) for node in column) + BETWEEN * max(0, len(column) - 1)


def _place(column: Sequence[Node], x: float, y: float, here: Node) -> list[Box]:
    boxes = []
    for node in column:
        boxes.append(_box(node, x, y, BOX_WIDTH, here))
        y += boxes[-1].height + BETWEEN
    return boxes


def _box(node: Node, x: float, y: float, width: float, here: Node) -> Box:
    texts = _wrapped(node.label, width)
    lines = tuple((y + PADDING + LINE_HEIGHT * (i + 0.75), text) for i, text in enumerate(texts))
    return Box(x, y, len(texts) * LINE_HEIGHT + 2 * PADDING, node, node is here, lines, width)
