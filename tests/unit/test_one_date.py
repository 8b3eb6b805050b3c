"""One corrected treaty date reaches every output: pages, tables, Word, calendars, timelines, sheets."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from macros.exports import api, take_away, year_scripts
from macros.load import load_library
from macros.pages import record_pages
from macros.pages.fragments import fragments
from tests.library import TODAY, copy_mini, edit

OLD, NEW = ("1999-12-30", "30/12/1999"), ("1998-11-28", "28/11/1998")
"""The date of signing before and after, as data and as it is printed."""


def outputs(root) -> dict[str, str]:
    """Everything that is made from the records, as searchable text, by a name that says what it is."""
    library = load_library(root).library
    found = {page.path: page.body + page.description for page in record_pages(library, today=TODAY)}
    for name, function in fragments(library, TODAY).items():
        found[f"fragment {name}"] = function("status") if name == "words_of" else function()
    for path, content in (*api.files(library), *take_away.files(library), *year_scripts.files(library)):
        found[path] = content if isinstance(content, str) else readable(path, content)
    return found


def readable(path: str, content: bytes) -> str:
    if path.endswith(".ics"):
        return content.decode("utf-8").replace("\r\n ", "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "".join(parts))


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return outputs(copy_mini(tmp_path_factory.mktemp("before")))


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    root = copy_mini(tmp_path_factory.mktemp("after"))
    edit(root, "treaties", f"value: {OLD[0]}", f"value: {NEW[0]}")
    return outputs(root)


def naming(files: dict[str, str], date: tuple[str, str]) -> set[str]:
    return {name for name, text in files.items() if any(form in text for form in date)}


def test_no_output_keeps_the_old_date_and_each_that_had_it_has_the_new(before, after):
    assert naming(after, OLD) == set()
    assert naming(after, NEW) == naming(before, OLD)
    assert naming(before, NEW) == set()


def test_every_kind_of_output_names_the_date(before):
    """So that the test above cannot pass by finding nothing."""
    named = naming(before, OLD)
    expected = {
        "dieu-uoc/hiep-uoc-mau-1999.html",
        "tuyen/vn-cn.html",
        "chu-de/bien-gioi-mau.html",
        "fragment treaty_table",
        "fragment timelines",
        "api/v1/treaties.json",
        "tai-ve/dieu-uoc.csv",
        "tai-ve/dieu-uoc.xlsx",
        "tai-ve/cot-moc.xlsx",
        "tai-ve/phieu-hiep-uoc-mau-1999.docx",
        "tai-ve/de-cuong-vn-cn.docx",
        "tai-ve/de-cuong-bien-gioi-mau.docx",
        "tai-ve/bang-dieu-uoc.docx",
        "tai-ve/lich-2026.ics",
        "tai-ve/lich-vn-cn.ics",
    }
    assert expected <= named, expected - named


def test_anniversaries_move_with_the_date(before, after):
    assert "DTSTART;VALUE=DATE:20261230" in before["tai-ve/lich-2026.ics"]
    assert "DTSTART;VALUE=DATE:20261230" not in after["tai-ve/lich-2026.ics"]
    assert "DTSTART;VALUE=DATE:20261128" in after["tai-ve/lich-2026.ics"]
    assert "28/11/2045" in after["lich/2045.js"] and "47 năm" in after["lich/2045.js"]
    assert "28/11/2026" in after["fragment calendar_list"]
    assert "30/12/2026" not in after["fragment calendar_list"]
