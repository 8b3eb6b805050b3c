"""Tables, CSV and Excel: what stands in them, read back with other programs' readers."""

from __future__ import annotations

import csv
import io
import time
import zipfile

import openpyxl
import pytest

from macros.exports import csv_tables, names, tables, xlsx
from macros.load import load_library
from macros.model import KINDS
from tests.library import copy_mini, edit


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


@pytest.fixture(scope="module")
def made(mini):
    return {table.name: table for table in tables.tables(mini)}


tzset = getattr(time, "tzset", lambda: None)  # Windows has none


def rows(table):
    """The rows as dictionaries by machine name."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def changed(tmp_path, *edits):
    root = copy_mini(tmp_path)
    for item in edits:
        edit(root, *item)
    loaded = load_library(root)
    assert not loaded.problems, loaded.problems
    return loaded.library


def test_every_kind_has_a_table_with_a_row_for_each_record(mini, made):
    assert set(names.TABLE_OF) == set(KINDS)
    for kind in KINDS:
        assert [row["id"] for row in rows(made[names.TABLE_OF[kind]])] == [r.id for r in getattr(mini, kind)]


def test_a_fact_brings_its_iso_form_confidence_and_source(made):
    treaty = rows(made["dieu-uoc"])[0]
    assert (treaty["signed"], treaty["signed.iso"], treaty["signed.confidence"]) == ("30/12/1999", "1999-12-30", "chắc")
    assert treaty["signed.sources"] == "Công báo số 1, trang 1; Bài báo A về lễ ký, đoạn 1"
    assert treaty["status"] == "còn hiệu lực"
    assert treaty["status.note"] == "kiểm tra ngày 15/01/2026"


def test_the_unknown_is_said_and_a_month_stays_a_month(made):
    protocol = rows(made["dieu-uoc"])[1]
    assert protocol["entered_into_force"] == "chưa có nguồn"
    assert (protocol["signed"], protocol["signed.iso"]) == ("tháng 11/2009", "2009-11")


def test_terms_and_ids_are_printed_as_words(made):
    treaty = rows(made["dieu-uoc"])[0]
    assert treaty["kind"] == "Hiệp ước"
    assert treaty["parties"] == "Việt Nam; Trung Quốc"
    assert treaty["lines"] == "Tuyến biên giới Việt Nam - Trung Quốc"
    assert treaty["id"] == "hiep-uoc-mau-1999"


def test_references_in_texts_are_printed(made):
    texts = [row["text"] for row in rows(made["noi-dung"]) if row["record"] == "vn-cn"]
    assert texts == ["Hai bên đã ký Hiệp ước mẫu 1999 ngày 30/12/1999."]
    assert not [cell for table in made.values() for row in table.rows for cell in row if "[[" in str(cell)]


def test_every_citation_has_a_row_that_says_what_it_supports(mini, made):
    found = rows(made["can-cu"])
    place = [row["record.field"] for row in found if row["says"] == "ký tại Hà Nội"]
    assert place == ["Ngày ký / Nguồn 1"]
    assert all(row["source"] and row["locator"] for row in found)


def test_values_not_taken_stand_with_the_reason(made):
    found = {(row["record"], row["value"]): row["resolution"] for row in rows(made["gia-tri-khac"])}
    assert found["hiep-uoc-mau-1999", "31/12/1999"] == "ngày đưa tin, không phải ngày ký"
    assert found["vn-cn", 1350] == "số trước khi phân giới"


def test_columns_are_named_once_and_explained(made):
    for table in made.values():
        assert len({column.key for column in table.columns}) == len(table.columns), table.name
        assert all(column.label and column.meaning for column in table.columns), table.name
        # A label that is a bare field name means that the vocabulary lacks the field.
        assert not [column.label for column in table.columns if column.label.isascii() and "_" in column.label]


def test_csv_is_read_back_cell_for_cell(made):
    text = csv_tables.text(made["so-lieu"])
    assert text.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert read[0] == [column.label for column in made["so-lieu"].columns]
    assert read[1] == [str(cell) for cell in made["so-lieu"].rows[0]]
    assert "1449.566" in read[1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_text_becomes_a_formula_in_csv(start):
    assert csv_tables.safe(f"{start}1+1") == f"'{start}1+1"
    assert csv_tables.safe(-5) == -5


def test_no_text_becomes_a_formula_in_excel(tmp_path):
    library = changed(tmp_path, ("treaties", "short_title: Hiệp ước mẫu 1999", 'short_title: "=1+1"'))
    everything = tuple(tables.tables(library))
    assert "\n'=1+1" in csv_tables.text(everything[0]).replace(",", "\n")
    book = openpyxl.load_workbook(io.BytesIO(xlsx.workbook(library, everything)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.value == "=1+1"], "the text is there"
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_excel_opens_with_the_same_cells(mini, made):
    files = dict(xlsx.files(mini, tuple(made.values())))
    book = openpyxl.load_workbook(io.BytesIO(files["tai-ve/dieu-uoc.xlsx"]))
    assert book.sheetnames[:2] == ["Đọc trước", "dieu-uoc"]
    assert {"noi-dung", "quan-he", "can-cu"} <= set(book.sheetnames)
    assert "yeu-cau" not in book.sheetnames, "treaties give no guidance"
    read = [[cell.value or "" for cell in row] for row in book["dieu-uoc"].iter_rows()]
    assert read[0] == [column.label for column in made["dieu-uoc"].columns]
    assert read[1:] == [list(row) for row in made["dieu-uoc"].rows]
    assert "31/01/2026" in [row[1].value for row in book["Đọc trước"].iter_rows()]
    whole = openpyxl.load_workbook(io.BytesIO(files["tai-ve/cot-moc.xlsx"]))
    assert set(made) <= set(whole.sheetnames)


def test_a_row_is_as_high_as_its_longest_cell_and_the_sheet_is_a4(mini, made):
    """LibreOffice does not make room by itself for text that wraps."""
    files = dict(xlsx.files(mini, tuple(made.values())))
    book = openpyxl.load_workbook(io.BytesIO(files["tai-ve/dieu-uoc.xlsx"]))
    for sheet in book.worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape"), sheet.title
        for row in sheet.iter_rows(min_row=3 if sheet.title == "Đọc trước" else 1):
            widths = [sheet.column_dimensions[cell.column_letter].width for cell in row]
            lines = max(len(str(cell.value or "")) / width for cell, width in zip(row, widths, strict=True))
            height = sheet.row_dimensions[row[0].row].height or 15.75
            assert height >= min(409, 15.75 * (lines - 1)), (sheet.title, row[0].row)
    assert book["Đọc trước"].page_setup.fitToHeight == 0


def test_excel_holds_nothing_of_this_machine_or_day(mini, made, monkeypatch):
    everything = tuple(made.values())
    first = xlsx.workbook(mini, everything)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    tzset()
    try:
        assert xlsx.workbook(mini, everything) == first
    finally:
        monkeypatch.undo()
        tzset()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 31, 0, 0, 0)}
        assert "2026-01-31T00:00:00Z" in archive.read("docProps/core.xml").decode()
