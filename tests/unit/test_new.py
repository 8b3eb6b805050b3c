"""`cotmoc new`: a well-formed record at the end of its file, or nothing at all."""

from __future__ import annotations

import builtins
import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.drafting import DraftError, build, converted, fields, kind_called, slugged, suggested_id
from macros.load import load_library
from macros.model import KINDS
from macros.yaml_form import formed
from macros.yaml_text import parse
from scripts import cotmoc
from scripts.adding import appended
from scripts.cli import app
from scripts.commands import new
from scripts.interview import ASKED
from tests.library import TODAY, problems

TREATY = {
    "id": "vn-la-2001-thu",
    "kind": "hiep_dinh",
    "level": "chinh_phu",
    "title": "Hiệp định thử: mẫu",
    "title-basis": "theo Công báo",
    "short-title": "Hiệp định thử 2001",
    "parties": "vn, cn",
    "lines": "vn-cn",
    "signed": "05/3/2001",
    "status": "chua_ro",
    "status.checked_on": "hôm nay",
    "source": "nguon-cong-bao",
    "locator": "trang 9",
    "confidence": "medium",
}
TREATY_TEXT = """\
- id: vn-la-2001-thu
  kind: hiep_dinh
  level: chinh_phu
  title: "Hiệp định thử: mẫu"
  title_basis: theo Công báo
  short_title: Hiệp định thử 2001
  parties: [vn, cn]
  lines: [vn-cn]
  signed:
    value: 2001-03-05
    confidence: medium
    sources:
      - source: nguon-cong-bao
        locator: trang 9
  entered_into_force:
    value: null
  status:
    value: chua_ro
    checked_on: 2026-02-01
  sources:
    - source: nguon-cong-bao
      locator: trang 9
  confidence: medium
"""
CITED = {"source": "nguon-cong-bao", "locator": "trang 9"}
OTHERS: dict[str, dict[str, str]] = {
    "văn bản": {
        **{"id": "v-1", "kind": "quyet_dinh", "system": "state", "number": "1/QĐ", "title": "Về mẫu"},
        **{"title_basis": "theo Công báo", "short_title": "Quyết định 1", "issued": "2001", "confidence": "medium"},
        **{"status": "chua_ro", "status.checked_on": "2026-01-02", **CITED},
    },
    "su-kien": {
        **{"id": "s-1", "kind": "anniversary", "title": "Ngày mẫu", "dates": "02/5/1990, 05/5/1990"},
        **{"yearly": "có", "summary": "Ngày kỷ niệm mẫu.", "confidence": "medium", **CITED},
    },
    "agency": {
        **{"id": "c-1", "title": "Ban Mẫu", "level": "trung_uong", "system": "party"},
        **{"summary": "Cơ quan mẫu.", "established": "1990", "confidence": "low", **CITED},
    },
    "thuật ngữ": {
        **{"id": "tn-thu", "term": "thử", "definition": "Làm cho biết.", "definition.nature": "fact"},
        **{"confidence": "medium", **CITED},
    },
    "chủ đề": {"id": "cd-1", "title": "Chủ đề mới", "summary": "Một câu."},
    "hoi-dap": {
        **{"id": "h-1", "topic": "bien-gioi-mau", "question": "Có gì mới?"},
        **{"answer": "Có [[hiep-uoc-mau-1999]].; Xem trang ấy.", "valid_until": "2026-12"},
    },
}


@pytest.fixture
def run(mini_root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("COTMOC_TODAY", TODAY.isoformat())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    return lambda *words: app.run(cotmoc.COMMANDS, mini_root, ["new", *words])


def options(given: dict[str, str]) -> list[str]:
    return [word for name, text in given.items() for word in (f"--{name}", text)]


def state(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / "data").iterdir()) if path.is_file()}


def test_a_treaty_from_options_is_appended_and_nothing_else_changes(run, mini_root, capsys) -> None:
    before = state(mini_root)
    assert run("treaty", *options(TREATY)) == 0
    after = state(mini_root)
    added = after.pop("treaties.yaml").removeprefix(before.pop("treaties.yaml")).decode("utf-8")
    assert after == before
    assert added == "\n" + TREATY_TEXT and capsys.readouterr().out == TREATY_TEXT
    assert problems(mini_root) == []
    assert str(load_library(mini_root).library.by_id["vn-la-2001-thu"].signed.value.iso()) == "2001-03-05"


@pytest.mark.parametrize("name", OTHERS)
def test_every_kind_that_stands_alone(run, mini_root, name: str) -> None:
    path = mini_root / "data" / f"{kind_called(name)}.yaml"
    before = path.read_bytes()
    assert run(name, *options(OTHERS[name])) == 0
    assert problems(mini_root) == []
    assert path.read_bytes().startswith(before)
    added = path.read_bytes()[len(before) :].decode("utf-8").lstrip()
    assert formed(path.read_text("utf-8"), path.stem).endswith(added)


def test_a_source_comes_before_what_cites_it(run, mini_root, capsys) -> None:
    source = ["--id", "web-thu", "--kind", "press", "--title", "Bài thử", "--publisher", "Báo", "--language", "vi"]
    assert run("nguon", *source) == 0
    assert "Còn việc phải làm: data/sources.yaml:" in capsys.readouterr().err
    assert [p.check for p in problems(mini_root)] == ["sources_are_cited"]
    assert run("treaty", *options({**TREATY, "signed.source": "web-thu", "signed.locator": "đoạn 1"})) == 0
    assert problems(mini_root) == []


def test_what_the_checks_refuse_is_not_written(run, mini_root, capsys) -> None:
    before = state(mini_root)
    assert run("treaty", *options({**TREATY, "signed": "2030-01-01", "lines": "khong-co"})) == 1
    shown = capsys.readouterr().err
    assert "vn-la-2001-thu: signed" in shown and "khong-co" in shown and "nên chưa ghi gì" in shown
    assert state(mini_root) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Chưa nói thêm loại"),
        (["hiepuoc"], "Không có loại bản ghi “hiepuoc”"),
        (["treaty", "--sgined", "1999"], "Không có trường “sgined”"),
        (["treaty", "--signed"], "cần một giá trị"),
        (["treaty", "mot", "hai"], "Thừa “mot”"),
        (["treaty", "--set", "signed"], "thiếu dấu ="),
        (["treaty", "--relations", "x"], "gồm nhiều phần"),
        (["treaty", "--title.x", "x"], "không có phần “x”"),
        (["treaty", "--short-title", "Ghi nhớ", "--parties", "vn,la", "--signed", "2001-05"], "vn-la-ghi-nho-2001"),
    ],
)
def test_wrong_usage_is_told(run, mini_root, capsys, words, said) -> None:
    before = state(mini_root)
    assert run(*words) == 2
    assert said in capsys.readouterr().err
    assert state(mini_root) == before


def test_an_id_that_is_taken_is_refused(run, mini_root, capsys) -> None:
    before = state(mini_root)
    assert run("treaty", *options({**TREATY, "id": "hiep-uoc-mau-1999"})) == 1
    assert "hiep-uoc-mau-1999" in capsys.readouterr().err and state(mini_root) == before


def test_dry_run_writes_nothing(run, mini_root, capsys) -> None:
    before = state(mini_root)
    assert run("treaty", *options(TREATY), "--dry-run") == 0
    assert capsys.readouterr().out == TREATY_TEXT and state(mini_root) == before


def test_a_broken_file_is_left_alone(run, mini_root, capsys) -> None:
    path = mini_root / "data" / "treaties.yaml"
    path.write_text("- id: [a\n", "utf-8")
    assert run("treaty", *options(TREATY)) == 1
    assert "sửa lỗi ấy trước" in capsys.readouterr().err and path.read_text("utf-8") == "- id: [a\n"


def test_an_edit_in_between_is_not_overwritten(run, mini_root, capsys, monkeypatch) -> None:
    path = mini_root / "data" / "treaties.yaml"
    real = new.click.echo

    def editor_saves(*args, **kwargs):
        path.write_bytes(path.read_bytes() + b"# vua sua\n")
        real(*args, **kwargs)

    monkeypatch.setattr(new.click, "echo", editor_saves)
    assert run("treaty", *options(TREATY)) == 1
    assert path.read_bytes().endswith(b"# vua sua\n") and "chạy lại" in capsys.readouterr().err


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[str]]:
    """Sit at the terminal and give these answers; the questions are kept. The last one is Ctrl+C."""

    def sit(said: list[str]) -> list[str]:
        left: Iterator[str] = iter(said)
        asked: list[str] = []

        def answer(question: str) -> str:
            asked.append(question)
            for text in left:
                return text
            raise KeyboardInterrupt

        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(builtins, "input", answer)
        return asked

    return sit


TYPED = [
    *("hiệp", "2", "cấp chính phủ"),  # the first is not clear enough; then a number of what was shown
    *("Hiệp định thử: mẫu", "theo Công báo", "Hiệp định thử 2001", "vn, trung quốc", "vn-cn", ""),
    *("31/02/2001", "05/3/2001", "công báo", "trang 9", "2"),  # a day that does not exist is asked again
    *("", "", "chua_ro", ""),
    *("", "", "khá", ""),  # the same source and place again
    *("HOA", "hiep-uoc-mau-1999", "vn-la-2001-thu"),
    "có",
]


def test_the_interview_gives_the_same_record(run, mini_root, answers, capsys) -> None:
    asked = answers(TYPED)
    assert run("dieu-uoc") == 0, capsys.readouterr().err
    shown = capsys.readouterr()
    assert shown.out == TREATY_TEXT + "  reviewed_on: 2026-02-01\n"
    assert "2001-02-31" in shown.err and "Đã có bản ghi mang mã hiep-uoc-mau-1999" in shown.err
    assert any("Mã [vn-cn-hiep-dinh-thu-2001]" in question for question in asked)
    assert problems(mini_root) == []


@pytest.mark.parametrize("count", [0, 1, 5, 9, len(TYPED) - 1])
def test_ctrl_c_leaves_everything_as_it_was(run, mini_root, answers, count: int) -> None:
    before = state(mini_root)
    answers(TYPED[:count])
    assert run("dieu-uoc") == 130
    assert state(mini_root) == before


def test_no_at_the_end_writes_nothing(run, mini_root, answers) -> None:
    before = state(mini_root)
    answers([*TYPED[:-1], "không"])
    assert run("dieu-uoc") == 0
    assert state(mini_root) == before


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_asked_for_what_it_needs(kind: str) -> None:
    known = fields(KINDS[kind])
    asked = {*ASKED[kind], "id", "confidence"}
    assert {name for name, field in known.items() if field.required} <= asked
    assert set(ASKED[kind]) <= set(known)
    assert not [n for n in ASKED[kind] if known[n].part and not known[n].fact and not known[n].statement]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1999-12-30", "1999-12-30"), ("30/12/1999", "1999-12-30"), ("12/1999", "1999-12"), ("1999", 1999), ("", None)],
)
def test_dates_keep_their_precision(text: str, value) -> None:
    assert converted(fields(KINDS["treaties"])["signed"], text, TODAY) == value
    assert converted(fields(KINDS["events"])["dates"], text, TODAY) == value


def test_several_dates_are_a_list() -> None:
    field = fields(KINDS["events"])["dates"]
    assert converted(field, "02/8/1964, 05/8/1964", TODAY) == ["1964-08-02", "1964-08-05"]


@given(st.text(max_size=20), st.text(max_size=30), st.sampled_from(sorted(KINDS)))
@settings(max_examples=300, deadline=None)
def test_whatever_is_given_makes_a_record_or_is_told(name: str, text: str, kind: str) -> None:
    for path in (name, f"signed.{name}", "title", "parties", "dates", "statements.text"):
        try:
            build(kind, [(path, text)], dt.date(2026, 1, 1))
        except DraftError as error:
            assert error.what and error.remedy


@given(st.text(max_size=40), st.lists(st.text(max_size=5), max_size=3))
@settings(max_examples=200, deadline=None)
def test_a_suggested_id_is_always_one(title: str, taken: list[str]) -> None:
    for kind in KINDS:
        found = suggested_id(kind, {"title": title, "term": title}, taken)
        assert found not in taken and slugged(found) == found and 0 < len(found) <= 80


@pytest.mark.parametrize(
    "before", [b"", b"[]\n", b"# ch\xc3\xba\n[]\n", b"- id: a\n", b"- id: a", b"- id: a\r\n- id: b\r\n"]
)
def test_every_byte_stays(before: bytes) -> None:
    after = appended(before, "- id: z\n  x: 1\n")
    assert after.startswith(before.replace(b"[]\n", b""))
    assert parse(after.decode("utf-8")).value[-1] == {"id": "z", "x": 1}
    assert b"\r\n" not in before or b"\n" not in after.replace(b"\r\n", b"")
