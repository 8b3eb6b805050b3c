"""Word and Excel files opened by a real office program."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from macros.exports import csv_tables, names, tables, take_away
from macros.load import load_library
from tests.library import copy_mini
from tests.office import converted

A4 = (595, 842)


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


@pytest.fixture(scope="module")
def files(mini, tmp_path_factory) -> dict[str, Path]:
    return written(take_away.files(mini), tmp_path_factory.mktemp("files"))


def written(made, folder: Path) -> dict[str, Path]:
    paths = {}
    for name, content in made:
        paths[name] = folder / Path(name).name
        paths[name].write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return paths


def test_word_files_open_as_a4_with_their_words(office, files, tmp_path):
    chosen = [path for name, path in files.items() if name.endswith(".docx")]
    made = converted(office, chosen, "pdf", tmp_path)
    for name, path in made.items():
        page = PdfReader(path).pages[0]
        assert tuple(sorted(round(float(side)) for side in page.mediabox[2:])) == A4, name
    text = converted(office, [files[names.fact_sheet("hiep-uoc-mau-1999")]], "txt:Text (encoded):UTF8", tmp_path)
    read = text["phieu-hiep-uoc-mau-1999"].read_text(encoding="utf-8-sig")
    assert "30/12/1999" in read and "Được thực hiện bởi: Nghị định thư mẫu 2009" in read
    assert "Hiệp ước mẫu về biên giới trên đất liền giữa nước A và nước B" in read


def test_page_numbers_begin_on_the_second_page(office, mini, files, tmp_path):
    made = converted(office, [files[names.outline("vn-cn")]], "pdf", tmp_path)
    pages = [page.extract_text().split() for page in PdfReader(made["de-cuong-vn-cn"]).pages]
    assert len(pages) >= 2
    assert pages[0][0] != "1"
    assert [page[0] for page in pages[1:]] == [str(number) for number in range(2, len(pages) + 1)]


def test_excel_files_open_with_the_cells_of_the_csv(office, mini, files, tmp_path):
    """LibreOffice's own CSV of the sheet of treaties, against ours; 1:… is its number of the sheet."""
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    converted_file = tmp_path / "dieu-uoc-dieu-uoc.csv"
    try:
        converted(office, [files[names.workbook("dieu-uoc")]], options, tmp_path)
    except AssertionError:
        assert converted_file.exists(), "LibreOffice did not open the workbook"
    opened = list(csv.reader(io.StringIO(converted_file.read_text(encoding="utf-8"))))
    ours = csv_tables.text(next(table for table in tables.tables(mini) if table.name == "dieu-uoc"))
    expected = list(csv.reader(io.StringIO(ours.removeprefix(csv_tables.BOM))))
    assert opened == expected


@pytest.mark.full
def test_every_real_file_opens(office, real_root, tmp_path):
    library = load_library(real_root).library
    folder = tmp_path / "files"
    folder.mkdir()
    paths = [
        path for name, path in written(take_away.files(library), folder).items() if name.endswith((".docx", ".xlsx"))
    ]
    assert len(paths) > 150
    for start in range(0, len(paths), 60):
        opened = converted(office, paths[start : start + 60], "pdf", tmp_path)
        assert all(len(PdfReader(path).pages) >= 1 for path in opened.values())
