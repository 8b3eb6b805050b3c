"""Geometry of the small pictures: boxes apart, texts inside, arrows from the newer to the older."""

from __future__ import annotations

from itertools import pairwise

import pytest

from macros.drawing import BOX_WIDTH, MAX_BOXES, PADDING, TALL_WIDTH, Node, _text_width, star, tall

HERE = Node("Hiệp ước bổ sung 2005", None)


def nodes(count: int) -> list[Node]:
    return [Node(f"Nghị định thư về đường biên giới số {i}", f"{i}.html", "bổ sung") for i in range(count)]


@pytest.mark.parametrize(("left", "right"), [(1, 0), (0, 1), (1, 1), (3, 5), (6, 2)])
def test_boxes_lie_inside_and_do_not_touch(left, right):
    picture = star(HERE, nodes(left), nodes(right))
    assert len(picture.boxes) == left + right + 1
    for box in picture.boxes:
        assert box.x >= 0 and box.y >= 0
        assert box.x + BOX_WIDTH <= picture.width and box.y + box.height <= picture.height
        assert all(box.y < y < box.y + box.height for y, _ in box.lines)
    for one in picture.boxes:
        for other in picture.boxes:
            if one is not other and one.x == other.x:
                assert one.y + one.height <= other.y or other.y + other.height <= one.y


@pytest.mark.parametrize(("older", "newer"), [(1, 0), (0, 1), (3, 5), (MAX_BOXES + 2, 1)])
def test_the_tall_picture_stands_in_its_width_older_above_newer_below(older, newer):
    picture = tall(HERE, nodes(older), nodes(newer))
    assert picture.width == TALL_WIDTH <= 288  # a screen of 320 px less its margins
    boxes = sorted([picture.here, *(branch.box for branch in picture.branches)], key=lambda box: box.y)
    for one, other in pairwise(boxes):
        assert one.y + one.height <= other.y
    assert boxes[-1].y + boxes[-1].height <= picture.height
    for branch in picture.branches:
        assert (branch.box.y > picture.here.y) is branch.inward
        assert branch.box.x + branch.box.width <= picture.width
        assert branch.word_y < branch.box.y
        for _, text in branch.box.lines:
            assert _text_width(text) <= 10 * (branch.box.width - 2 * PADDING) or " " not in text
    assert len(picture.rails) == (older > 0) + (newer > 0)
    assert picture.points_at_here is (newer > 0)


def test_arrows_run_from_the_newer_to_the_older():
    picture = star(HERE, nodes(1), nodes(1))
    assert len(picture.edges) == 2
    assert all(edge.x2 < edge.x1 and edge.arrow for edge in picture.edges)


def test_many_neighbours_are_counted_in_a_last_box():
    picture = star(HERE, [], nodes(MAX_BOXES + 4))
    labels = [box.node.label for box in picture.boxes]
    assert len(labels) == 1 + MAX_BOXES
    assert labels[-1].startswith("và 5 văn bản khác")


def test_long_labels_are_wrapped_to_the_box():
    label = "Hiệp định hợp tác bảo vệ và khai thác tài nguyên du lịch thác Bản Giốc 3089/BTTTT-TTĐN"
    (box,) = (b for b in star(Node(label, None), nodes(1), []).boxes if b.here)
    assert " ".join(text for _, text in box.lines) == label
    assert all(_text_width(text) <= 10 * (BOX_WIDTH - 2 * PADDING) for _, text in box.lines)
