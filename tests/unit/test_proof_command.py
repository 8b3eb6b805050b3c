"""`cotmoc proof`: what it prints, what its JSON holds, its exit status."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.cli.app import run
from scripts.cotmoc import COMMANDS

WRONG = "Hiệp ước biên giới trên đất liền Việt Nam - Trung Quốc ký ngày 31/12/1999.\n"
RIGHT = "Hiệp ước biên giới trên đất liền Việt Nam - Trung Quốc ký ngày 30/12/1999.\n"


def call(real_root: Path, *args: str) -> int:
    return run(COMMANDS, real_root, ["proof", *args])


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_a_right_text_ends_with_0_and_says_what_was_checked(real_root, tmp_path, capsys):
    assert call(real_root, write(tmp_path, "a.txt", RIGHT)) == 0
    out = capsys.readouterr().out
    assert "sai 0" in out
    assert "so 1 ngày" in out
    assert "Chỉ so với những gì thư viện đang có" in out


def test_a_wrong_date_ends_with_1_and_says_where(real_root, tmp_path, capsys):
    file = write(tmp_path, "a.txt", "Kính gửi:\n" + WRONG)
    assert call(real_root, file) == 1
    assert f"{file}:2:64 Sai: “31/12/1999”" in capsys.readouterr().out


def test_hints_alone_end_with_0(real_root, tmp_path):
    assert call(real_root, write(tmp_path, "a.txt", "Họp ngày 5/4/2026.")) == 0


def test_a_file_that_cannot_be_read_ends_with_2_after_the_others(real_root, tmp_path, capsys):
    good, bad = write(tmp_path, "a.txt", WRONG), str(tmp_path / "không có.docx")
    assert call(real_root, bad, good) == 2
    captured = capsys.readouterr()
    assert "Không có tệp" in captured.err
    assert "31/12/1999" in captured.out


def test_json_has_the_promised_fields(real_root, tmp_path, capsys):
    assert call(real_root, write(tmp_path, "a.md", WRONG), "--json") == 1
    data = json.loads(capsys.readouterr().out)
    (file,) = data["files"]
    (finding,) = [f for f in file["findings"] if f["level"] == "sai"]
    assert {"start", "end", "kind", "found", "expected", "id", "message"} <= set(finding)
    assert WRONG[finding["start"] : finding["end"]] == "31/12/1999"
    assert finding["id"] == "vn-cn-1999-land-border-treaty"
    assert data["limits"]


def test_only_the_level_asked_for(real_root, tmp_path, capsys):
    file = write(tmp_path, "a.txt", WRONG + "Họp ngày 5/4/2026.")
    call(real_root, file, "--muc", "sai", "--json")
    levels = {f["level"] for f in json.loads(capsys.readouterr().out)["files"][0]["findings"]}
    assert levels == {"sai"}
