"""Word files: the sheet after Nghị định 30/2020, and a basis behind every sentence."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.shared import Mm, Pt

from macros.exports import names, word
from macros.load import load_library
from tests.library import copy_mini, edit


def library_with(root, *edits):
    copy_mini(root)
    for item in edits:
        edit(root, *item)
    loaded = load_library(root)
    assert not loaded.problems, loaded.problems
    return loaded.library


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return library_with(tmp_path_factory.mktemp("mini"))


@pytest.fixture(scope="module")
def files(mini):
    return dict(word.files(mini))


SHEET = names.fact_sheet("hiep-uoc-mau-1999")
LINE = names.outline("vn-cn")


def read(data: bytes):
    return docx.Document(io.BytesIO(data))


def words(data: bytes) -> str:
    """Everything that a reader sees, in the order of the file, cells apart by a bar."""
    found = []
    for part in read(data).iter_inner_content():
        if hasattr(part, "rows"):
            found += [" | ".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            found.append(part.text)
    return "\n".join(found)


def test_a_file_for_each_treaty_line_topic_and_both_tables(mini, files):
    expected = [
        *(names.fact_sheet(treaty.id) for treaty in mini.treaties),
        *(names.outline(record.id) for record in (*mini.borders, *mini.topics)),
        names.word_table("dieu-uoc"),
        names.word_table("van-ban"),
        names.TALLY,
    ]
    assert list(files) == expected


def test_the_sheet_is_that_of_decree_30(files):
    for path, data in files.items():
        made = read(data)
        section = made.sections[0]
        short, long = sorted((section.page_width, section.page_height))
        assert (round(short / Mm(1)), round(long / Mm(1))) == (210, 297), path
        margins = ("top", "bottom", "left", "right")
        # Word counts in twentieths of a point, so a millimetre comes back slightly off.
        top, bottom, left, right = (round(getattr(section, f"{side}_margin") / Mm(1), 1) for side in margins)
        assert 20 <= top <= 25 and 20 <= bottom <= 25 and 30 <= left <= 35 and 15 <= right <= 20, path
        normal = made.styles["Normal"]
        assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    across = read(files[names.word_table("dieu-uoc")]).sections[0]
    assert across.page_width > across.page_height


def test_the_page_number_stands_at_the_top_from_page_two(files):
    section = read(files[SHEET]).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert section.header.paragraphs[0].alignment == 1  # in the middle


def test_the_foot_says_source_version_and_day(files):
    for name in (SHEET, LINE):
        section = read(files[name]).sections[0]
        for foot in (section.footer, section.first_page_footer):
            text = foot.paragraphs[0].text
            assert "thư viện Thư viện mẫu" in text and "Phiên bản 9.9.9" in text
            assert "dữ liệu đến ngày 31/01/2026" in text and "31/7/2026" in text
    assert "mã hiep-uoc-mau-1999" in read(files[SHEET]).sections[0].footer.paragraphs[0].text


def test_a_fact_sheet_says_what_the_page_says(files):
    text = words(files[SHEET])
    assert "PHIẾU ĐIỀU ƯỚC\nHiệp ước mẫu về biên giới trên đất liền giữa nước A và nước B" in text
    assert re.search(r"Ngày ký \| 30/12/1999 \[\d+\]\[\d+\] \| chắc", text)
    assert re.search(r"Việt Nam phê chuẩn \| 09/6/2000\. Nghị quyết mẫu số 1/2000 \[\d+\] \| khá", text)
    assert re.search(r"Tình trạng \| còn hiệu lực; kiểm tra ngày 15/01/2026 \[\d+\] \| khá", text)
    assert "Lập trường – Báo A dẫn lời người phát ngôn: Đây là cơ sở pháp lý" in text
    assert "Điều còn tranh chấp: Bên kia nêu cách hiểu khác" in text
    assert "Ngày ký, nơi khác ghi 31/12/1999: ngày đưa tin, không phải ngày ký" in text
    assert "Được thực hiện bởi: Nghị định thư mẫu 2009" in text
    assert "Còn thiếu: ngôn ngữ chính thức, nơi lưu chiểu, đăng ký tại Liên hợp quốc: chưa có nguồn." in text


def test_the_unknown_is_said(files):
    text = words(files[names.fact_sheet("nghi-dinh-thu-mau-2009")])
    assert "Phê chuẩn | chưa có nguồn | " in text
    assert "Ngày có hiệu lực | chưa có nguồn | " in text
    assert "Ngày ký | tháng 11/2009" in text
    assert "Bản đọc loa" not in text


def test_a_fact_sheet_has_what_is_read_aloud_on_the_coming_days(files):
    text = words(files[SHEET])
    assert "Ngày ký: thứ Tư 30/12/2026 (20 giây):\nCông báo cho biết như sau." in text
    assert "Đến năm hai nghìn không trăm hai mươi sáu là hai mươi bảy năm kể từ ngày ký." in text
    assert text.count("kể từ ngày có hiệu lực.") == 1


def test_a_line_outline_has_stages_figures_and_what_must_not_be_inferred(files):
    text = words(files[LINE])
    assert re.search(
        r"Hoạch định – đã xong: Đã hoạch định bằng Hiệp ước mẫu 1999\. \(tính đến năm 2000\) \[\d+\]", text
    )
    assert "1.449,566 km. Cách tính: đo theo bản đồ" in text
    assert "Không được suy ra: không phải chiều dài đường chim bay" in text
    assert "Gồm đúng 2 văn bản: Hiệp ước mẫu 1999; Nghị định thư mẫu 2009." in text
    assert "Cho năm 2026" in text and "Hạn: 15/6/2026" in text


def test_a_topic_outline_covers_the_topics_below(files):
    text = words(files[names.outline("bien-gioi-mau")])
    assert "Yêu cầu riêng của từng chủ đề con" in text
    assert "Giới thiệu Hiệp ước mẫu 1999." in words(files[names.outline("bien-gioi-mau-van-kien")])


def test_every_number_leads_to_a_source_and_every_source_is_used(files):
    for path, data in files.items():
        body, _, listed = words(data).partition("\nNguồn\n")
        used = set(re.findall(r"\[(\d+)\]", body))
        defined = re.findall(r"^\[(\d+)\] .+vị trí: ", listed, re.MULTILINE)
        assert used == set(defined), path
        assert len(defined) == len(set(defined)), path


def test_no_reference_is_left_unprinted_and_dates_are_in_official_style(files):
    for data in files.values():
        text = words(data)
        assert "[[" not in text and "None" not in text
        # A zero before months 3 to 9 would be the unofficial style.
        assert not re.search(r"\b\d{1,2}/0[3-9]/\d{4}", text)


def test_a_corrected_date_reaches_every_word_file(tmp_path, files):
    corrected = dict(
        word.files(library_with(tmp_path, ("treaties", "value: 1999-12-30", "value: 1999-12-29"))),
    )
    changed = {path for path in files if files[path] != corrected[path]}
    assert changed >= {SHEET, LINE, names.outline("bien-gioi-mau"), names.word_table("dieu-uoc")}
    for path in (SHEET, LINE, names.word_table("dieu-uoc")):
        assert "29/12/1999" in words(corrected[path])
        assert "30/12/1999" not in words(corrected[path])


def test_files_hold_nothing_of_the_day_they_were_made(mini, files):
    assert dict(word.files(mini)) == files
    with zipfile.ZipFile(io.BytesIO(files[SHEET])) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 31, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-01-31T00:00:00Z") == 2
    assert "python-docx" not in core


def test_the_real_library_makes_all_its_files(real_root):
    library = load_library(real_root).library
    made = dict(word.files(library))
    assert len(made) == len(library.treaties) + len(library.borders) + len(library.topics) + 3 > 100
    assert max(map(len, made.values())) < 200_000
