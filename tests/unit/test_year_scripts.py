"""The scripts of the years: every day that the rules give, in words."""

from __future__ import annotations

import json
import re

from macros import occasions
from macros.exports import year_scripts
from macros.load import load_library
from tests.library import copy_mini, edit


def days(text: str, year: int) -> list[dict]:
    match = re.fullmatch(rf"cotmoc\.calendarYear\({year},(.*)\);\n", text, re.DOTALL)
    assert match
    return json.loads(match[1])


def test_every_year_from_2020_to_2045_has_its_script(tmp_path):
    library = load_library(copy_mini(tmp_path)).library
    files = dict(year_scripts.files(library))
    assert list(files) == [f"lich/{year}.js" for year in range(2020, 2046)]
    found = days(files["lich/2045.js"], 2045)
    assert [(day["date"], day["lead"] + day["name"], day["count"]) for day in found] == [
        ("07/5/2045", "Ngày thành lập đơn vị mẫu", "90 năm · năm tròn"),
        ("06/7/2045", "Ngày có hiệu lực: Hiệp ước mẫu 1999", "45 năm · năm lẻ 5"),
        ("02/8/2045", "Trận đầu mẫu", "81 năm · năm khác"),
        ("05/8/2045", "Trận đầu mẫu", "81 năm · năm khác"),
        ("30/12/2045", "Ngày ký: Hiệp ước mẫu 1999", "46 năm · năm khác"),
    ]
    assert [day["count"] for day in days(files["lich/2026.js"], 2026) if day["kind"] == "deadline"] == ["hạn báo cáo"]


def test_the_day_whose_text_to_read_aloud_is_on_the_page_says_so(tmp_path):
    library = load_library(copy_mini(tmp_path)).library
    files = dict(year_scripts.files(library))


    def said(year: int) -> list[str]:
        return [day["date"] for day in days(files[f"lich/{year}.js"], year) if "loa" in day]

    assert said(2025) == []
    assert {"06/7/2026", "30/12/2026"} <= set(said(2026))
    assert said(2028) == []


def test_a_treaty_of_2020_stands_on_its_own_day(tmp_path):
    root = copy_mini(tmp_path)
    edit(root, "treaties", "value: 2000-07-06", "value: 2020-07-06")
    library = load_library(root).library
    (own,) = (d for d in days(dict(year_scripts.files(library))["lich/2020.js"], 2020) if "hiệu lực" in d["lead"])
    assert (own["date"], own["kind"], own["rank"], own["count"]) == ("06/7/2020", "occasion", "", "sự kiện")


def test_real_years_are_complete_and_no_script_can_be_closed(real_root):
    library = load_library(real_root).library
    for path, text in year_scripts.files(library):
        year = int(path[5:9])
        expected = [(item.day.isoformat(), item.rank or "") for item in occasions.of_year(library, year)]
        assert [(day["day"], day["rank"]) for day in days(text, year)] == expected
        assert "</" not in text and "[[" not in text.replace("[[]", "")
