"""Mistakes that people make, made in a copy of the real records: one clear line each, with file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts import cotmoc
from scripts.cli import app

TREATIES = Path("data") / "treaties.yaml"


@pytest.fixture
def check(real_root: Path, tmp_path: Path, capsys):
    """Write ``text`` as the treaties' file of a copy of the real records; gives what ``cotmoc check`` prints."""
    shutil.copytree(real_root / "data", tmp_path / "data")

    def run(text: str) -> list[str]:
        (tmp_path / TREATIES).write_text(text, encoding="utf-8")
        status = app.run(cotmoc.COMMANDS, tmp_path, ["check"])
        shown = capsys.readouterr()
        said = shown.out.splitlines()
        assert "Lỗi của phần mềm" not in shown.err, shown.err
        assert status == (1 if said else 0)
        return said

    return run


@pytest.fixture(scope="module")
def text(real_root: Path) -> str:
    return (real_root / TREATIES).read_text(encoding="utf-8")


def record(text: str, record_id: str) -> str:
    """The lines of one record."""
    return re.search(rf"^- id: {record_id}\n(?:(?!- id: ).*\n?)*", text, re.MULTILINE)[0]


def line_of(text: str, part: str) -> int:
    """The line (from 1) on which ``part``, which stands once, begins."""
    assert text.count(part) == 1
    return text[: text.index(part)].count("\n") + 1


def test_the_records_are_good_before_the_mistake(check, text) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    "deleted",
    ["vn-cn-1999-land-border-treaty", "vn-kh-2019-supplementary-treaty", "unclos-1982", "vn-cn-2009-border-gates"],
)
def test_a_deleted_treaty_that_is_referred_to(check, text, deleted) -> None:
    (line,) = check(text.replace(record(text, deleted), "", 1))
    assert re.match(
        rf'data/[a-z]+\.yaml:\d+ [a-z0-9-]+: trỏ tới "{deleted}" nhưng không có bản ghi nào mang id ấy', line
    )
    assert line.endswith("sửa id, hoặc thêm lại bản ghi đã xóa")


def test_a_duplicated_key(check, text) -> None:
    own = record(text, "unclos-1982")
    key = re.search(r"^  kind: .*\n", own, re.MULTILINE)[0]
    first = line_of(text, own) + own[: own.index(key)].count("\n")
    (line,) = check(text.replace(own, own.replace(key, key + key, 1), 1))
    assert line == (
        f'data/treaties.yaml:{first + 1} unclos-1982: khóa "kind" viết hai lần (lần đầu ở dòng {first}); '
        "giữ một, xóa một"
    )


def test_a_day_that_does_not_exist(check, text) -> None:
    own = record(text, "vn-kh-2019-supplementary-treaty")
    where = line_of(text, own) + own[: own.index("value: 2019-10-05")].count("\n")
    (line,) = check(text.replace(own, own.replace("value: 2019-10-05", "value: 31/02/2019", 1), 1))
    assert line.startswith(f"data/treaties.yaml:{where} vn-kh-2019-supplementary-treaty: signed: ")
    assert "tháng 2/2019 không có ngày 31" in line and "viết năm-tháng-ngày" in line


def test_a_bare_date_with_a_month_that_does_not_exist(check, text) -> None:
    own = record(text, "vn-cn-2009-demarcation-protocol")
    fact = re.search(r"^  signed:\n(?:    .*\n)+", own, re.MULTILINE)[0]
    where = line_of(text, own) + own[: own.index(fact)].count("\n")
    (line,) = check(text.replace(own, own.replace(fact, "  signed: 2009-13-01\n", 1), 1))
    assert line.startswith(f"data/treaties.yaml:{where} vn-cn-2009-demarcation-protocol: signed: ")
    assert "không có tháng 13" in line
