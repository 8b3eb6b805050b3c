"""The one-page sheet: most important first, nothing cut inside a sentence, what is left out is counted."""

from __future__ import annotations

import pytest

from macros import sheet
from macros.load import load_library
from macros.views import Views
from tests.library import copy_mini, edit


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


def of_treaty(library, any_id="hiep-uoc-mau-1999"):
    return sheet.fit(library, sheet.of_treaty(library, Views(library), library.by_id[any_id]))


def contents(library, views):
    yield from (sheet.of_treaty(library, views, treaty) for treaty in library.treaties)
    yield from (sheet.of_line(library, border) for border in library.borders)
    yield from (sheet.of_topic(library, views, topic) for topic in library.topics)


def test_a_treaty_shows_its_dates_with_numbered_sources(mini):
    made = of_treaty(mini)
    rows = {row.lead: (row.text, row.marks) for row in made.rows}
    assert rows["Ngày ký"] == ("30/12/1999, tại Hà Nội", "[1][2]")
    assert rows["Việt Nam phê chuẩn"][0] == "09/6/2000"
    assert rows["Tình trạng"][0] == "còn hiệu lực (kiểm tra ngày 15/01/2026)"
    assert made.sources[0] == (1, "Công báo số 1, trang 1")
    assert made.left_out == 0


def test_the_unknown_stands_on_the_sheet(mini):
    rows = {row.lead: row.text for row in of_treaty(mini, "nghi-dinh-thu-mau-2009").rows}
    assert rows["Phê chuẩn"] == rows["Ngày có hiệu lực"] == "chưa có nguồn"
    assert rows["Ngày ký"] == "tháng 11/2009"


def test_a_position_stands_with_whose_it_is_and_what_is_contested(mini):
    (item,) = (row for row in of_treaty(mini).paragraphs if row.lead.startswith("Lập trường"))
    assert item.lead == "Lập trường – Báo A dẫn lời người phát ngôn:"
    assert "Điều còn tranh chấp: Bên kia nêu cách hiểu khác" in item.text


def test_every_number_is_listed_and_used(real_root):
    library = load_library(real_root).library
    views = Views(library)
    for content in contents(library, views):
        item = sheet.fit(library, content)
        marks = "".join(row.marks for row in (*item.rows, *item.paragraphs))
        used = {int(number) for number in marks.replace("[", " ").replace("]", " ").split()}
        assert used == {number for number, _ in item.sources}, item.title
        assert item.rows or item.paragraphs, item.title


def test_what_does_not_fit_is_left_out_whole_and_counted(tmp_path):
    root = copy_mini(tmp_path)
    long = "Câu này rất dài và lặp lại để chiếm chỗ trên tờ giấy. " * 60
    edit(root, "treaties", "text: Đây là cơ sở pháp lý của đường biên giới mẫu.", f"text: {long.strip()}")
    made = of_treaty(load_library(root).library)
    assert made.left_out == 1
    assert all(row.text in long or "rất dài" not in row.text for row in made.paragraphs)


def test_smaller_type_takes_more_and_never_less(real_root):
    library = load_library(real_root).library
    views = Views(library)
    gained = 0
    for content in contents(library, views):
        usual, large = (sheet.fit(library, content, points) for points in (sheet.USUAL, sheet.LARGE))
        assert usual.left_out <= large.left_out, content.title
        assert sheet.both(library, content) == (usual, large)
        gained += large.left_out - usual.left_out
    assert gained > 0


def test_a_line_opens_with_what_is_settled(mini):
    made = sheet.fit(mini, sheet.of_line(mini, mini.by_id["vn-cn"]))
    assert made.paragraphs[1].lead == "Hoạch định – đã xong:"
    assert any("1.449,566 km" in row.text for row in made.paragraphs)
