"""Bad input of any kind ends in one clear line with file and line number, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.load import load_library
from macros.yaml_text import YamlProblem, items, parse
from tests.library import ROOT, copy_mini, edit, problems


def lines(root: Path) -> list[str]:
    return [str(problem) for problem in problems(root)]


def test_a_deleted_treaty_gives_one_line_with_every_place_that_names_it(tmp_path: Path) -> None:
    root = copy_mini(tmp_path)
    path = root / "data" / "treaties.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[text.index("- id: nghi-dinh-thu-mau-2009") :], encoding="utf-8")
    said = [line for line in lines(root) if "hiep-uoc-mau-1999" in line]
    assert len(said) == 1
    assert said[0].startswith('data/borders.yaml:4 vn-cn: trỏ tới "hiep-uoc-mau-1999"')
    assert "và ở 12 chỗ khác: data/borders.yaml:15" in said[0]
    assert said[0].endswith("sửa id, hoặc thêm lại bản ghi đã xóa")


def test_a_duplicate_key_gives_both_lines(tmp_path: Path) -> None:
    root = copy_mini(tmp_path)
    edit(root, "treaties", "  level: nha_nuoc\n", "  level: nha_nuoc\n  level: chinh_phu\n")
    assert lines(root) == [
        'data/treaties.yaml:15 hiep-uoc-mau-1999: khóa "level" viết hai lần (lần đầu ở dòng 14); giữ một, xóa một'
    ]


def test_a_key_over_two_lines_gives_one_line(tmp_path: Path) -> None:
    root = copy_mini(tmp_path)
    edit(root, "treaties", "value: 1999-12-30", 'value: 1999-12-30\n    "a\\nb": 1')
    (line,) = lines(root)
    assert 'không có trường tên "signed.a b"' in line


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("31/02/2019", "tháng 2/2019 không có ngày 31"),
        ("2009-13-01", "không có tháng 13"),
        ("no", '"no" không phải ngày'),
    ],
)
def test_an_impossible_date_gives_one_line(tmp_path: Path, value: str, said: str) -> None:
    root = copy_mini(tmp_path)
    edit(root, "treaties", "value: 1999-12-30", f"value: {value}")
    (line,) = lines(root)
    assert line.startswith("data/treaties.yaml:24 hiep-uoc-mau-1999: signed: ")
    assert said in line


def test_a_bare_impossible_date_gives_one_line(tmp_path: Path) -> None:
    root = copy_mini(tmp_path)
    sourced = "    confidence: medium\n    sources: [{source: nguon-bao-a, locator: đoạn 10}]\n"
    edit(root, "agencies", f"  established:\n    value: 2007\n{sourced}", "  established: 2009-13-01\n")
    (line,) = lines(root)
    assert line.startswith("data/agencies.yaml:7 co-quan-cu: established: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1: tệp trống"),
        (b"# only a comment\n", "1: tệp trống"),
        (b"- id: a\n  title: \xff\n", "2: tệp không phải UTF-8"),
        (b"- id: [a\n  b: c\n", "không đọc được YAML"),
        (b"- id: a\n\tb: c\n", "không đọc được YAML"),
        (b"id: a\n", "cần một danh sách bản ghi"),
        (b"- 1\n- x\n", "mục này không phải bản ghi"),
        (b"- &a {id: x}\n- *a\n", "dùng neo &a"),
        (b"- !!python/object:os.system {id: x}\n", "dùng thẻ kiểu"),
        (b"- id: a\x00\n", "ký tự điều khiển"),
        (b"[" * 100_000, "lồng nhau quá 40 tầng"),
        (b"---\n- id: a\n---\n- id: b\n", "tài liệu thứ hai"),
        (b"- ? {a: 1}\n  : 2\n", "khóa phải là một từ"),
    ],
)
def test_a_broken_file_gives_one_clear_line(tmp_path: Path, content: bytes, said: str) -> None:
    root = copy_mini(tmp_path)
    (root / "data" / "treaties.yaml").write_bytes(content)
    said_lines = [str(p) for p in load_library(root).problems]
    assert any(line.startswith("data/treaties.yaml:") and said in line for line in said_lines), said_lines


def test_missing_folder_and_huge_files_are_said(tmp_path: Path) -> None:
    root = copy_mini(tmp_path)
    (root / "data" / "events.yaml").unlink()
    (root / "data" / "agencies.yaml").unlink()
    (root / "data" / "agencies.yaml").mkdir()
    with (root / "data" / "glossary.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    said = [str(p) for p in load_library(root).problems]
    assert [line.split(";")[0] for line in said] == [
        "data/agencies.yaml:1: là một thư mục, không phải tệp",
        "data/events.yaml:1: thiếu tệp",
        "data/glossary.yaml:1: tệp lớn quá 48 MB",
    ]


def test_all_problems_come_in_one_run_in_file_order(tmp_path: Path) -> None:
    root = copy_mini(tmp_path)
    edit(root, "treaties", "value: 1999-12-30", "value: 1999-02-30")
    edit(root, "events", "kind: deadline", "kind: han")
    edit(root, "agencies", "level: trung_uong", "level: [trung_uong]")
    said = problems(root)
    assert [p.place.file for p in said] == ["data/agencies.yaml", "data/events.yaml", "data/treaties.yaml"]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-[]{}'\"&*!#%|>\n ,?0.", max_size=60))
def test_any_text_parses_or_says_a_problem(text: str) -> None:
    try:
        parse(text)
    except YamlProblem as problem:
        assert problem.line >= 1 and problem.what and problem.remedy


UNUSUAL = [
    "- &x a\n",
    "- *x\n",
    "- !t a\n",
    "- ! 1\n",
    "- !!str 1\n",
    "- {a: 1, a: 2}\n",
    "- [a]: b\n",
    "- ? [a]\n  : b\n",
    "-\n",
    "- a: ~\n  b: null\n  c: -1\n  d: +2.5\n  e: 0x1\n  f: no\n  g: ''\n  h: '1'\n",
    "- |\n  x\n",
    "- - - a\n    - b\n",
    *(f"- {'[' * depth}{']' * depth}\n" for depth in (38, 39, 40)),
]


@pytest.mark.parametrize("text", UNUSUAL)
def test_an_item_read_by_itself_is_what_the_whole_text_gives(text: str) -> None:
    same_as_whole(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_spoiled_record_read_by_itself_is_what_the_whole_text_gives(data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(REAL_RECORDS))
    at = data.draw(st.integers(0, len(record)))
    same_as_whole(record[:at] + data.draw(st.sampled_from("&*!-:[]{}'\"|>#%@ \n\t?,a1")) + record[at + 1 :])


REAL_RECORDS = (ROOT / "data" / "events.yaml").read_text(encoding="utf-8").split("\n\n")


def same_as_whole(text: str) -> None:
    """``items`` gives up, or gives what ``parse`` gives."""
    found = items(text)
    if found is not None:
        whole = parse(text)
        assert repr([item.value for item in found]) == repr(whole.value)
        told = [(path[1:], one, two) for path, one, two in whole.duplicates]
        assert [duplicate for item in found for duplicate in item.duplicates] == told
        lines = {(n, *path): line for n, item in enumerate(found) for path, line in item.lines.items()}
        assert lines == {path: line for path, line in whole.lines.items() if path}


def test_a_comma_that_ends_a_description_is_told(tmp_path: Path) -> None:
    root = copy_mini(tmp_path)
    path = root / "data" / "vocabulary.yaml"
    path.write_text("status:\n  cu: {label: đã cũ, description: giai đoạn ấy, nay đã qua}\n", encoding="utf-8")
    said = [str(p) for p in load_library(root).problems if p.place.file.endswith("vocabulary.yaml")]
    assert said == ['data/vocabulary.yaml:2: từ "cu" có khóa lạ "nay đã qua"; đặt câu có dấu phẩy trong dấu nháy']


def test_a_character_for_private_use_is_told(tmp_path: Path) -> None:
    """Each font shows something else, and the texts for reading aloud hold such marks of ours for a while."""
    root = copy_mini(tmp_path)
    edit(root, "treaties", "short_title: Hiệp ước mẫu 1999", "short_title: Hiệp ước \ue001mẫu 1999")
    assert "data/treaties.yaml:17 hiep-uoc-mau-1999: có ký tự ẩn U+E001" in "\n".join(lines(root))
