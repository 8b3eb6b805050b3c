"""Fragments about files, channels and reports, on the tiny library and on the real pages."""

from __future__ import annotations

import re

import pytest
import yaml
from lxml import html as lxml_html

from macros.exports import names, take_away
from macros.load import load_library
from macros.pages.fragments import fragments
from macros.pages.render import Site
from macros.pages.sharing import CHANNEL_PAGES
from macros.tally import COUNTED, MONTHS
from tests.library import TODAY, copy_mini, edit


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


@pytest.fixture(scope="module")
def made(mini):
    return fragments(mini, TODAY)


def words(text: str) -> str:
    return " ".join(lxml_html.fromstring(f"<div>{text}</div>").text_content().split())


def links(text: str) -> set[str]:
    return set(re.findall(r'href="([^"#]+)"', text))


def test_every_file_that_is_offered_is_made_and_every_table_is_offered(mini, made):
    files = {path for path, _ in take_away.files(mini)}
    offered = {link for link in links(made["downloads"]()) if link.startswith(names.FOLDER)}
    assert offered <= files
    assert {path for path in files if path.endswith((".csv", ".xlsx"))} <= offered
    assert links(made["calendar_files"]()) <= files


def test_the_dictionary_explains_every_column(made):
    tree = lxml_html.fromstring(f"<div>{made['data_dictionary']()}</div>")
    assert tree.xpath("//details[@id='cot-dieu-uoc']//tr[td/code='signed.iso']")
    for row in tree.xpath("//tbody/tr"):
        assert all(cell.text_content().strip() for cell in row)
    status = tree.xpath("//details[@id='cot-dieu-uoc']//tr[td/code='status']")[0].text_content()
    assert "Nhận một trong: còn hiệu lực; hết hiệu lực;" in status


def test_the_eight_channels_are_those_of_the_vocabulary_and_have_pages(real_root, mini):
    vocabulary = list(mini.vocabulary["channel"])
    assert vocabulary[:8] == list(CHANNEL_PAGES) == [channel for channel, _ in COUNTED]
    for channel, page in CHANNEL_PAGES.items():
        text = (real_root / "docs" / page.replace(".html", ".md")).read_text(encoding="utf-8")
        front = yaml.safe_load(text.split("---\n")[1])
        assert front["title"] and front["description"]
        assert f'channel_kit("{channel}")' in text
        assert all(word in text for word in ("**Làm gì:**", "**Dài bao nhiêu:**", "**Ghi nguồn ở đâu:**"))


def test_a_kit_shows_the_passages_that_name_its_channel(made):
    text = words(made["channel_kit"]("truyen_thanh"))
    assert "Cho năm 2026 Văn kiện biên giới mẫu: Giới thiệu Hiệp ước mẫu 1999." in text
    assert "chưa thấy yêu cầu nào nêu riêng kênh này" in words(made["channel_kit"]("tin_nhan"))


def test_the_length_of_the_short_line_is_measured(made):
    assert re.search(r"dài từ \d+ đến \d+ ký tự.*đếm trên 2 điều ước", words(made["channel_kit"]("tin_nhan")))


def test_deadlines_come_from_events_and_guidance_and_say_when_they_have_passed(mini, made, tmp_path):
    text = words(made["deadlines"]())
    assert "15/6/2026" in text and "Phòng mẫu" in text and "Kế hoạch mẫu 2026, mục 4" in text
    assert "Ủy ban nhân dân xã Mẫu" in text, "the deadline of a guidance passage"
    assert "đã qua" not in text
    later = fragments(mini, TODAY.replace(year=2027))
    assert "đã qua" in words(later["deadlines"]())
    root = copy_mini(tmp_path)
    edit(root, "events", "value: 2026-06-15", "value: 2026-06-20")
    assert "20/6/2026" in words(fragments(load_library(root).library, TODAY)["deadlines"]())


def test_the_tally_sheet_has_a_box_for_each_month_and_the_sum(made):
    tree = lxml_html.fromstring(f"<div>{made['tally_sheet']()}</div>")
    rows = tree.xpath("//tbody/tr")
    assert len(rows) == sum(len(units) for _, units in COUNTED)
    assert all(len(row.xpath("td[@class='cm-tally__box']")) == MONTHS + 1 for row in rows)


def test_record_pages_offer_their_files(mini):
    site = Site(mini, TODAY)
    assert site.with_days == {"vn-cn", "bien-gioi-mau"}
