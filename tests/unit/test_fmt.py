"""One form for the data files: the same data, every comment, the same text when done twice."""

from __future__ import annotations

import os
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.model import KINDS, Record
from macros.yaml_form import FILES, formed, order_of, written
from macros.yaml_text import YamlProblem, decode, parse
from scripts import cotmoc
from scripts.cli import app
from tests.library import MINI, ROOT, TODAY, problems
from tests.messy import Hand

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cs",))),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcđê -:#'\"0no", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)
MINI_RECORDS = {kind: parse((MINI / "data" / f"{kind}.yaml").read_text(encoding="utf-8")).value for kind in KINDS}


def comments(text: str) -> list[str]:
    """Every comment of a text in which # is used for nothing else."""
    return sorted(match[0].rstrip() for match in re.finditer(r"# ghi chú[^\r\n]*", text))


def strict(value):
    """Values in which 1, 1.0 and True are not the same, and the order of keys is."""
    if isinstance(value, dict):
        return {key: strict(inner) for key, inner in value.items()}
    return [strict(item) for item in value] if isinstance(value, list) else (type(value).__name__, value)


@given(st.lists(st.dictionaries(st.sampled_from(["id", "a", "b"]), PLAIN, min_size=1), max_size=3))
@settings(max_examples=300, deadline=None)
def test_what_is_written_is_read_back_as_the_same(value: list) -> None:
    text = written(value, "treaties")
    assert strict(parse(text).value) == strict(value)
    assert formed(text, "treaties") == text


def check_hand(value: list, kind: str, seed: int) -> None:
    hand = Hand(random.Random(seed))
    text = hand.file(value)
    assert strict(parse(text).value) == strict(value), "the test itself wrote something else"
    result = formed(text, kind)
    assert strict(parse(result).value) == strict(value)
    assert comments(result) == sorted(hand.comments)
    assert formed(result, kind) == result


@given(st.sampled_from(sorted(MINI_RECORDS)), st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_any_hand_comes_out_in_the_one_form(kind: str, seed: int) -> None:
    check_hand(MINI_RECORDS[kind], kind, seed)


@given(st.lists(st.dictionaries(st.sampled_from(["id", "a", "sources"]), PLAIN, min_size=1), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_hand_with_any_values(value: list) -> None:
    for text in ("#", " #"):
        value = [{**item, "x": f"a{text}b"} for item in value]
    check_hand(value, "treaties", len(repr(value)))


@given(st.sampled_from(sorted(MINI_RECORDS)), st.integers(0, 10**9))
@settings(max_examples=300, deadline=None)
def test_a_damaged_file_keeps_its_data_or_is_told(kind: str, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray((MINI / "data" / f"{kind}.yaml").read_bytes()[: chance.randint(1, 4000)])
    for _ in range(chance.randint(0, 3)):
        data[chance.randrange(len(data))] = chance.choice(b"\n :#-[]{}'\"&*!|>%@`,\t\x00\xff a")
    try:
        text = decode(bytes(data))
        result = formed(text, kind)
    except YamlProblem as problem:
        assert problem.line >= 1 and problem.what and problem.remedy
    else:
        assert strict(parse(result).value) == strict(parse(text).value)
        assert formed(result, kind) == result


@given(st.sampled_from(sorted(MINI_RECORDS)), st.integers(0, 10**9))
@settings(max_examples=50, deadline=None)
def test_two_hands_without_comments_give_the_same_text(kind: str, seed: int) -> None:
    texts = {formed(Hand(random.Random(n), talks=False).file(MINI_RECORDS[kind]), kind) for n in (seed, seed + 1)}
    assert texts == {written(MINI_RECORDS[kind], kind)}


@pytest.mark.parametrize("name", FILES)
def test_the_data_are_in_the_one_form(name: str) -> None:
    text = (ROOT / "data" / f"{name}.yaml").read_bytes().decode("utf-8")
    assert formed(text, name) == text, "run `python3 scripts/dev.py fmt`"


def test_files_are_all_of_the_data_folder() -> None:
    assert {path.stem for path in (ROOT / "data").glob("*.yaml")} == set(FILES)


@pytest.mark.parametrize("cls", KINDS.values())
def test_the_order_names_every_field_once(cls: type[Record]) -> None:
    assert sorted(order_of(cls)) == sorted(cls.model_fields)


MESSY = """\
# đầu tệp
- title: 'Hiệp ước: mẫu'   # tên
  # về mã
  id: a
  signed: {confidence: high, value: "1999-12-30"} # ngày ký
  parties: [vn, # ta
    cn]
  lines:
  - vn-cn   # tuyến
  - vn-la
  topics:
    - x
  aliases: [tên khác]
  # cuối bản ghi

# --- Lào ---
- id: b
  title: >-
    một
    hai
# cuối tệp
"""
NEAT = """\
# đầu tệp
# về mã
- id: a
  title: "Hiệp ước: mẫu"  # tên
  aliases:
    - tên khác
  parties:
    - vn  # ta
    - cn
  lines:
    - vn-cn  # tuyến
    - vn-la
  topics: [x]
  signed:  # ngày ký
    value: 1999-12-30
    confidence: high
  # cuối bản ghi

# --- Lào ---
- id: b
  title: một hai
# cuối tệp
"""


def test_an_example() -> None:
    assert formed(MESSY, "treaties") == NEAT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: a\n  id: b\n", "viết hai lần"),
        ("- id: [a\n", "không đọc được YAML"),
        ("- id: &x a\n", "neo"),
        ("- id: !!str 1\n", "thẻ kiểu"),
        ("chữ\n", "không phải danh sách"),
        ("- id: 'a\u2028b'\n", "xuống dòng lạ"),
    ],
)
def test_what_cannot_be_kept_is_refused(text: str, said: str) -> None:
    with pytest.raises(YamlProblem, match=said):
        formed(text, "treaties")


@pytest.fixture
def fmt(mini_root, monkeypatch):
    monkeypatch.setenv("COTMOC_TODAY", TODAY.isoformat())
    return lambda *words: app.run(cotmoc.COMMANDS, mini_root, ["fmt", *map(str, words)])


def test_the_command_writes_and_says_so(fmt, mini_root, capsys) -> None:
    path = mini_root / "data" / "treaties.yaml"
    assert fmt() == 0
    path.write_text("# chú\n" + path.read_text(encoding="utf-8").replace("signed:\n", "signed:   # ký\n"), "utf-8")
    capsys.readouterr()
    before = path.read_bytes()
    assert fmt("--check") == 1
    assert capsys.readouterr().out == "data/treaties.yaml: chưa theo khuôn; chạy “cotmoc fmt”\n"
    assert path.read_bytes() == before
    assert fmt(path) == 0
    assert "data/treaties.yaml: đã viết lại" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8").startswith("# chú\n")
    assert fmt("--check") == 0 and problems(mini_root) == []


def test_a_broken_file_is_told_and_the_others_are_done(fmt, mini_root, capsys) -> None:
    (mini_root / "data" / "events.yaml").write_text("- id: [a\n", "utf-8")
    assert fmt() == 1
    assert re.search(r"^data/events\.yaml:\d+: không đọc được YAML", capsys.readouterr().out, re.M)
    assert (mini_root / "data" / "events.yaml").read_text("utf-8") == "- id: [a\n"
    assert fmt("--check") == 1
    assert capsys.readouterr().out.count("\n") == 1


def test_a_file_of_something_else_is_refused(fmt, tmp_path, capsys) -> None:
    (tmp_path / "khac.yaml").write_text("a: 1\n", "utf-8")
    assert fmt(tmp_path / "khac.yaml") == 2
    assert fmt(tmp_path / "data" / "treaties.yaml") == 2
    assert "không phải tệp dữ liệu" in capsys.readouterr().err


def test_a_disk_that_is_full_changes_nothing(mini_root, monkeypatch) -> None:
    from scripts import writing

    path = mini_root / "data" / "events.yaml"
    before, names = path.read_bytes(), sorted(os.listdir(path.parent))
    monkeypatch.setattr(writing.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "đầy")))
    with pytest.raises(OSError):
        writing.write_all({path: "hỏng", path.with_name("topics.yaml"): "hỏng"})
    assert path.read_bytes() == before and sorted(os.listdir(path.parent)) == names
