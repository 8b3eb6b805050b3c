"""Geometry of the small pictures: boxes apart, texts inside, arrows from the newer to the older."""

from __future__ import annotations

import pytest

from macros.drawing import BOX_WIDTH, MAX_BOXES, PADDING, Node, _text_width, star

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
    assert all(_text_width(text) <= BOX_WIDTH - 2 * PADDING for _, text in box.lines)
