"""Record pages and fragments of the tiny library: what must stand on them, and what must not."""

from __future__ import annotations

import html
import re

import pytest
from lxml import etree
from lxml import html as lxml_html

from macros.exports import take_away
from macros.load import load_library
from macros.pages import record_pages
from macros.pages.fragments import fragments
from macros.pages.records import BUILDERS
from macros.pages.render import STATUS_CLASS
from macros.urls import FOLDER_OF, url_of
from tests.library import ROOT, TODAY, copy_mini, edit


@pytest.fixture(scope="module")
def mini_folder(tmp_path_factory):
    return copy_mini(tmp_path_factory.mktemp("mini"))


@pytest.fixture(scope="module")
def mini(mini_folder):
    return load_library(mini_folder).library


@pytest.fixture(scope="module")
def pages(mini):
    return {page.record_id: page for page in record_pages(mini, today=TODAY)}


def words(body: str) -> str:
    """What a reader sees, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def rendered(tmp_path, *edits):
    root = copy_mini(tmp_path)
    for item in edits:
        edit(root, *item)
    loaded = load_library(root)
    assert not loaded.problems, loaded.problems
    return {page.record_id: page for page in record_pages(loaded.library, today=TODAY)}


def test_every_kind_with_a_folder_has_a_page(mini, pages):
    assert set(BUILDERS) == set(FOLDER_OF)
    expected = {record.id for kind in FOLDER_OF for record in getattr(mini, kind)}
    assert set(pages) == expected
    assert all(page.path == url_of(mini, page.record_id) for page in pages.values())


def test_the_card_shows_three_dates_with_their_sources(pages):
    body = pages["hiep-uoc-mau-1999"].body
    tree = lxml_html.fromstring(f"<div>{body}</div>")
    dates = tree.xpath("//ul[@class='cm-dates']/li")
    values = [
        (li.xpath("string(p[@class='cm-dates__label'])"), li.xpath("string(p[@class='cm-dates__value'])"))
        for li in dates
    ]
    assert values == [("Ký", "30/12/1999"), ("Phê chuẩn", "09/6/2000"), ("Hiệu lực", "06/7/2000")]
    assert "Công báo số 1 trang 1 ký tại Hà Nội" in words(etree.tostring(dates[0], encoding="unicode"))
    assert len(dates[0].xpath(".//details//li")) == 2


def test_the_unknown_is_said_and_never_blank(pages):
    body = pages["nghi-dinh-thu-mau-2009"].body
    seen = words(body)
    assert "Hiệu lực chưa có nguồn" in seen
    assert "Phê chuẩn chưa có nguồn" in seen
    assert "Ký tháng 11/2009" in seen  # not made into a day
    assert not re.search(r"<(p|dd|td|th|li)( [^>]*)?>\s*</\1>", body)


def test_no_page_has_an_empty_cell_or_value(pages):
    for page in pages.values():
        empty = re.findall(r"<(?:td|th|dd|dt|p|h1|h2|h3)(?: [^>]*)?>\s*</(?:td|th|dd|dt|p|h1|h2|h3)>", page.body)
        assert not empty, (page.path, empty)


def test_fact_position_and_note_look_different_and_a_position_says_whose(pages):
    body = pages["hiep-uoc-mau-1999"].body
    assert 'class="cm-statement cm-statement--position"' in body
    assert "Lập trường – Báo A dẫn lời người phát ngôn" in words(body)
    assert "Điều còn tranh chấp Bên kia nêu cách hiểu khác về đoạn sông." in words(body)


def test_other_values_stand_with_their_resolution(pages):
    seen = words(pages["hiep-uoc-mau-1999"].body)
    assert "31/12/1999 ngày đưa tin, không phải ngày ký" in seen
    figure = words(pages["vn-cn"].body)
    assert "1.449,566 km" in figure and "1.350 km số trước khi phân giới" in figure
    assert "Không được suy ra: không phải chiều dài đường chim bay" in figure


def test_relations_are_listed_and_drawn_from_both_ends(pages):
    assert "Thực hiện Hiệp ước mẫu 1999" in words(pages["nghi-dinh-thu-mau-2009"].body)
    assert "Được thực hiện bởi Nghị định thư mẫu 2009" in words(pages["hiep-uoc-mau-1999"].body)
    picture = lxml_html.fromstring(pages["hiep-uoc-mau-1999"].body).xpath("//*[local-name()='svg']")
    # One drawing for wide screens and one for narrow ones; a sheet shows either.
    assert len(picture) == 2 and all("Nghị định thư mẫu" in drawing.text_content() for drawing in picture)


def test_guidance_that_names_a_treaty_through_its_set_says_so(pages):
    seen = words(pages["nghi-dinh-thu-mau-2009"].body)
    assert "mục 1; gọi chung là Hai văn kiện mẫu" in seen
    assert "gọi chung" not in words(pages["hiep-uoc-mau-1999"].body)


def test_correcting_a_date_changes_every_page_that_prints_it(tmp_path):
    changed = rendered(tmp_path, ("treaties", "value: 1999-12-30", "value: 1999-12-29"))
    for record_id in ("hiep-uoc-mau-1999", "vn-cn", "bien-gioi-mau"):
        assert "29/12/1999" in words(changed[record_id].body), record_id
        assert "30/12/1999" not in words(changed[record_id].body), record_id


def test_markup_in_the_data_is_shown_as_text(tmp_path):
    evil = "<img src=x onerror=alert(1)>\"'"
    changed = rendered(
        tmp_path, ("treaties", "short_title: Hiệp ước mẫu 1999", f"short_title: '{evil.replace(chr(39), chr(39) * 2)}'")
    )
    for page in changed.values():
        assert "<img" not in page.body and "<img" not in page.breadcrumbs
    assert "&lt;img src=x" in changed["hiep-uoc-mau-1999"].body


def test_pages_hold_no_code_and_no_style(pages, mini):
    texts = [page.body for page in pages.values()] + list(all_fragments(mini).values())
    for text in texts:
        assert not re.search(r"<script|<style|\son[a-z]+=|\sstyle=|javascript:", text)
        assert "{{" not in text and "[[" not in text and "None" not in text


def test_a_withdrawn_record_keeps_its_page_with_a_notice(tmp_path):
    withdrawn = "  withdrawn: {on: 2026-01-20, reason: ghi trùng, see: hiep-uoc-mau-1999}\n  relations:"
    page = rendered(tmp_path, ("treaties", "  relations:", withdrawn))["nghi-dinh-thu-mau-2009"]
    assert "đã rút ngày 20/01/2026. ghi trùng Xem: Hiệp ước mẫu 1999" in words(page.notice)


def test_headings_make_the_table_of_contents(pages):
    page = pages["hiep-uoc-mau-1999"]
    ids = [heading.id for heading in page.headings]
    assert "trich-dan" in ids and len(ids) == len(set(ids))
    assert all(f'<h2 id="{i}">' in page.body for i in ids)
    assert 'href="#trich-dan"' in page.toc


def test_topic_pages_show_their_way_down_the_tree(pages):
    page = pages["bien-gioi-mau-van-kien"]
    assert page.crumbs[-1] == ("Biên giới mẫu", "bien-gioi-mau.html")
    seen = words(page.body)
    assert "Nhân dân nói chung" in seen and "đài truyền thanh cơ sở" in seen and "Hạn: 15/6/2026" in seen


def test_event_page_counts_the_coming_years(pages):
    seen = words(pages["ngay-mau-1955"].body)
    assert "07/5/2026 71 năm năm khác" in seen
    assert "07/5/2030 75 năm năm lẻ 5" in seen


SHARES = """    - {id: da-xong-mau, label: Đã xong mẫu, unit: "%", basis: đếm mốc, fact: {value: 84, confidence: medium, sources: [{source: nguon-bao-a, locator: đoạn 3}]}}
    - {id: con-lai-mau, label: Còn lại mẫu, unit: "%", basis: đếm mốc, fact: {value: 16, confidence: medium, sources: [{source: nguon-bao-a, locator: đoạn 3}]}}
"""  # noqa: E501


@pytest.mark.parametrize(("state", "drawn"), [("partial", True), ("done", False)])
def test_a_bar_of_what_is_done_stands_only_on_an_unfinished_step(tmp_path, state, drawn):
    changed = rendered(
        tmp_path,
        ("borders", "      state: done", f"      state: {state}\n      figures: [da-xong-mau, con-lai-mau]"),
        ("borders", "  figures:\n    - id", f"  figures:\n{SHARES}    - id"),
    )
    body = changed["vn-cn"].body
    assert ("cm-progress" in body) is drawn
    assert "84%" in words(body) and "16%" in words(body)


def test_source_page_lists_what_cites_it(pages):
    seen = words(pages["nguon-bao-a"].body)
    assert "Hiệp ước mẫu 1999 Ngày ký đoạn 1" in seen
    assert "Ngày ký, giá trị khác đầu bài" in seen


def test_the_description_answers(pages):
    assert pages["hiep-uoc-mau-1999"].description == (
        "Ký 30/12/1999 tại Hà Nội · hiệu lực 06/7/2000 · còn hiệu lực · Việt Nam – Trung Quốc"
    )


def test_every_link_between_pages_leads_somewhere(mini, pages):
    """Relative links of every record page, followed by hand: the file and the anchor are there."""
    anchors = {page.path: set(re.findall(r'\sid="([^"]+)"', page.body)) for page in pages.values()}
    for path, name in (
        ("co-quan.html", "agency_table"),
        ("thuat-ngu.html", "glossary_list"),
        ("hoi-dap.html", "question_list"),
    ):
        anchors[path] = set(re.findall(r'\sid="([^"]+)"', all_fragments(mini)[name]))
    written = {"/".join(p.relative_to(ROOT / "docs").with_suffix(".html").parts) for p in (ROOT / "docs").rglob("*.md")}
    written |= {path for path, _ in take_away.files(mini)}
    checked = 0
    for page in pages.values():
        for link in re.findall(r'href="([^"]+)"', f"{page.body}{page.breadcrumbs}"):
            if link.startswith("http"):
                continue
            target, _, anchor = link.partition("#")
            target = target.partition("?")[0]
            path = _resolve(page.path, target)
            assert path in anchors or path in written, (page.path, link)
            if anchor and path in anchors:
                assert anchor in anchors[path], (page.path, link)
            checked += 1
    assert checked > 200


def _resolve(page: str, target: str) -> str:
    if not target:
        return page
    parts = page.split("/")[:-1]
    for part in target.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def all_fragments(library) -> dict[str, str]:
    found = {}
    for name, function in fragments(library, TODAY).items():
        found[name] = function("status") if name == "words_of" else function()
    return found


def test_every_fragment_is_one_block_of_html(mini):
    """Markdown ends a block at a blank line and makes code of an indented one."""
    for name, text in all_fragments(mini).items():
        assert not re.search(r"\n\s*\n|\n[ \t]", text), name
        assert text.startswith("<"), name


def test_every_fragment_that_pages_call_exists(mini):
    called = {
        name
        for path in (ROOT / "docs").rglob("*.md")
        for name in re.findall(r"{{\s*(\w+)\(", path.read_text(encoding="utf-8"))
    }
    assert len(called) > 10, "no page calls any fragment"
    assert called <= set(fragments(mini, TODAY))


def test_the_treaty_table_carries_what_it_is_filtered_by(mini):
    table = lxml_html.fromstring(all_fragments(mini)["treaty_table"])
    row = table.xpath("//tbody/tr[1]")[0]
    assert dict(row.attrib) == {
        "data-line": "vn-cn",
        "data-kind": "hiep_uoc",
        "data-year": "1999",
        "data-status": "hieu_luc",
        "data-cited-by": "nguon-ke-hoach-mau",
    }
    assert [cell.get("data-sort-value") for cell in row.xpath("td")][:2] == ["1999-12-30", "2000-07-06"]


def test_every_status_has_a_look(mini):
    assert set(STATUS_CLASS) == set(mini.vocabulary["status"])
    css = (ROOT / "docs" / "assets" / "css" / "components.css").read_text(encoding="utf-8")
    assert all(f".cm-status--{look}" in css for look in STATUS_CLASS.values())


def test_the_same_library_gives_the_same_pages(mini, pages):
    again = {page.record_id: page for page in record_pages(mini, today=TODAY)}
    assert again == pages


def test_a_corrected_date_is_printed_as_every_other_date(mini_root):
    correction = '{field: signed, old: "2009-11-17", new: "2009-11-18", reason: đọc lại, on: 2026-01-15}'
    edit(mini_root, "treaties", "  kind: nghi_dinh_thu\n", f"  corrections: [{correction}]\n  kind: nghi_dinh_thu\n")
    page = fragments(load_library(mini_root).library, TODAY)["corrections_list"]()
    assert "<del>17/11/2009</del> <ins>18/11/2009</ins>" in page
