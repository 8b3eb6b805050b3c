"""The frame of the command line: statuses, messages, Vietnamese."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from scripts import cotmoc
from scripts.cli import app
from scripts.devenv.console import Stop
from tests.library import TODAY, edit, problems

COMMANDS = {"boom": "tests_cli_boom"}


@pytest.fixture
def command(monkeypatch, tmp_path):
    """Run a command whose body is the given function; gives the exit status."""
    import click

    def run(body, words=("boom",)):
        @click.command()
        @click.option("--so", type=click.Choice(["mot", "hai"]))
        @click.pass_obj
        def boom(settings, so):
            return body(settings)

        module = type(sys)("tests_cli_boom")
        module.command = boom
        monkeypatch.setitem(sys.modules, "tests_cli_boom", module)
        return app.run(COMMANDS, tmp_path, words)

    return run


def fail(error):
    raise error


@pytest.mark.parametrize(("value", "status"), [(None, 0), (0, 0), (1, 1), (3, 3)])
def test_status_of_a_command(command, value, status):
    assert command(lambda settings: value) == status


def test_stop_is_two_lines_and_status_one(command, capsys):
    assert command(lambda s: fail(Stop("Thiếu tệp x.", "thêm tệp x."))) == 1
    assert capsys.readouterr().err == "Thiếu tệp x.\nCách sửa: thêm tệp x.\n"


def test_our_own_error_is_one_vietnamese_line(command, capsys):
    assert command(lambda s: fail(KeyError("khoá\nlạ"))) == 1
    shown = capsys.readouterr().err
    assert shown.count("\n") == 1
    assert re.match(r"Lỗi của phần mềm tại test_cli\.py:\d+: KeyError: ", shown)
    assert "--debug" in shown and "Traceback" not in shown


def test_syntax_error_names_the_file_that_has_it(command, capsys):
    assert command(lambda s: compile("def x(:", "/x/macros/pages.py", "exec")) == 1
    assert " tại pages.py:1: SyntaxError: " in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--debug", "boom"], ["boom", "--debug"]])
def test_debug_shows_the_traceback(command, capsys, words):
    assert command(lambda s: fail(KeyError("x")), words) == 1
    assert "Traceback" in capsys.readouterr().err


def test_full_disk_is_told_as_such(command, capsys):
    assert command(lambda s: fail(OSError(errno.ENOSPC, "full", "/x/site"))) == 1
    assert "Ổ đĩa chứa /x/site đã đầy" in capsys.readouterr().err


def test_interruption(command, capsys):
    assert command(lambda s: fail(KeyboardInterrupt())) == 130
    # After an empty line, because the terminal has just shown "^C".
    assert capsys.readouterr().err.split() == ["Đã", "dừng."]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["nope"], "Không có lệnh nope"),
        (["boom", "--nope"], "Không có tùy chọn --nope"),
        (["boom", "thừa"], "Thừa đối số (thừa)"),
        (["boom", "--so"], "cần một giá trị"),
        (["boom", "--so", "ba"], "không hợp lệ"),
        (["--root", "/không/có", "boom"], "không có"),
        ([], "Cách dùng:"),
    ],
)
def test_wrong_usage_is_status_two_in_vietnamese(command, capsys, words, text):
    assert command(lambda s: 0, words) == 2
    shown = capsys.readouterr().err
    assert text in shown
    assert not re.search(r"\b(Usage|Error|No such|Invalid|Options|Try|for help|OPTIONS)\b", shown)


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in cotmoc.COMMANDS)])
def test_help_of_every_command_is_vietnamese(real_root, capsys, words):
    assert app.run(cotmoc.COMMANDS, real_root, words) == 0
    shown = capsys.readouterr().out
    assert "Cách dùng: cotmoc" in shown
    assert not re.search(r"\b(Usage|Options|Commands|Show|OPTIONS|INTEGER|TEXT|PATH)\b", shown)
    assert not re.search(r"\w\.\.\.$", shown, re.MULTILINE), "a summary is cut off"


def test_settings_reach_the_command(command, tmp_path, monkeypatch):
    monkeypatch.setenv("COTMOC_TODAY", "2026-09-02")
    seen = []
    command(seen.append)
    assert seen == [app.Settings(root=tmp_path, today=date(2026, 9, 2), debug=False)]


def test_wrong_today(command, capsys, monkeypatch):
    monkeypatch.setenv("COTMOC_TODAY", "31/02/2026")
    assert command(lambda s: 0) == 2
    assert "COTMOC_TODAY" in capsys.readouterr().err


def test_today_is_the_day_in_vietnam(monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz):
            return datetime(2026, 1, 1, 18, 0, tzinfo=app.timezone.utc).astimezone(tz)

    monkeypatch.setattr(app, "datetime", Clock)
    assert app.today({}) == date(2026, 1, 2)


def test_runs_from_anywhere(real_root, tmp_path):
    done = subprocess.run(
        [sys.executable, str(real_root / "scripts" / "cotmoc.py"), "--help"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "cp1258"},
    )
    assert done.returncode == 0
    assert "Cột Mốc" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
def test_what_cannot_be_told_is_a_failure(real_root):
    """The process ends without the usual clearing up, which would have told that the output is lost."""
    with open("/dev/full", "w") as full:
        command = [sys.executable, str(real_root / "scripts" / "cotmoc.py"), "--help"]
        assert subprocess.run(command, stdout=full, stderr=subprocess.DEVNULL).returncode == 1


@pytest.fixture
def mini(mini_root, monkeypatch):
    """Run `cotmoc` on the tiny library, on the day for which it was written."""
    monkeypatch.setenv("COTMOC_TODAY", TODAY.isoformat())
    return lambda *words: app.run(cotmoc.COMMANDS, mini_root, words)


def test_check_of_good_data(mini, capsys):
    assert mini("check") == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert re.fullmatch(r"Dữ liệu tốt: \d+ bản ghi, không có lỗi\.\n", shown.err)


def test_check_prints_what_the_checks_find_in_file_order(mini, mini_root, capsys):
    edit(mini_root, "treaties", "signed:", "signd:")
    edit(mini_root, "borders", "- id:", "- idd:")
    expected = [str(problem) for problem in problems(mini_root)]
    assert len(expected) >= 2
    assert mini("check") == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines() == expected
    assert shown.err == f"Có {len(expected)} lỗi trong dữ liệu.\n"


def test_build_of_bad_data_prints_problems_and_touches_nothing(mini, mini_root, capsys):
    (mini_root / "site").mkdir()
    (mini_root / "site" / "index.html").write_text("bản tốt", encoding="utf-8")
    edit(mini_root, "treaties", "signed:", "signd:")
    assert mini("build") == 1
    shown = capsys.readouterr().err
    assert all(str(problem) in shown for problem in problems(mini_root))
    assert (mini_root / "site" / "index.html").read_text(encoding="utf-8") == "bản tốt"


@pytest.mark.parametrize("harm", ["empty", "folder", "binary", "missing"])
def test_damaged_file_is_a_problem_not_a_traceback(mini, mini_root, capsys, harm):
    path = mini_root / "data" / "treaties.yaml"
    path.unlink()
    if harm == "folder":
        path.mkdir()
    elif harm != "missing":
        path.write_bytes({"empty": b"", "binary": bytes(range(256))}[harm])
    assert mini("check") == 1
    shown = capsys.readouterr()
    assert re.search(r"^data/treaties\.yaml:\d+", shown.out, re.MULTILINE)
    assert "Traceback" not in shown.out + shown.err and "Lỗi của phần mềm" not in shown.err


def test_check_of_an_empty_folder_is_status_one(tmp_path, capsys):
    assert app.run(cotmoc.COMMANDS, tmp_path, ["--root", str(tmp_path), "check"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert re.match(r"data/\w+\.yaml:1: ", first)


def test_check_again_after_every_edit(mini_root, monkeypatch, capsys):
    """Each batch tells the whole state anew; drafts of editors are no edits; a new vocabulary is read."""
    monkeypatch.setenv("COTMOC_TODAY", TODAY.isoformat())
    data, good = mini_root / "data", (mini_root / "data" / "treaties.yaml").read_text("utf-8")

    def edits():
        edit(mini_root, "treaties", "signed:", "signd:")
        yield {(1, str(data / "treaties.yaml"))}
        yield set()
        yield {(1, str(data / ".treaties.yaml.swp")), (1, str(data / "4913"))}
        (data / "treaties.yaml").write_text(good, "utf-8")
        edit(mini_root, "vocabulary", "hieu_luc: {label: còn hiệu lực}", "con: {label: còn hiệu lực}")
        yield {(1, str(data / "treaties.yaml")), (1, str(data / "vocabulary.yaml"))}
        edit(mini_root, "vocabulary", "con: {label: còn hiệu lực}", "hieu_luc: {label: còn hiệu lực}")
        yield {(1, str(data / "vocabulary.yaml"))}
        raise KeyboardInterrupt

    monkeypatch.setattr("scripts.commands.serve.watched", lambda root, names: edits())
    assert app.run(cotmoc.COMMANDS, mini_root, ["check", "--watch"]) == 0
    shown = capsys.readouterr()
    said = [re.sub(r"^\d\d:\d\d:\d\d ", "", line) for line in shown.err.splitlines() if line]
    assert [re.sub(r"\d+", "n", line) for line in said] == [
        "Dữ liệu tốt: n bản ghi, không có lỗi.",
        "Có n lỗi trong dữ liệu.",
        "Có n lỗi trong dữ liệu.",
        "Dữ liệu tốt: n bản ghi, không có lỗi.",
        "Đã dừng.",
    ]
    assert "signd" in shown.out and 'từ "hieu_luc" không có trong danh mục' in shown.out


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_check_watch_ends_on_ctrl_c_with_status_zero(real_root, mini_root):
    command = [sys.executable, str(real_root / "scripts" / "cotmoc.py"), "--root", str(mini_root), "check", "--watch"]
    environment = {**os.environ, "COTMOC_TODAY": TODAY.isoformat(), "PYTHONUNBUFFERED": "1"}
    # A shell that runs the tests in the background has them ignore Ctrl-C.
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=environment, **heard) as process:
        try:
            assert "Dữ liệu tốt" in process.stderr.readline()
            edit(mini_root, "treaties", "signed:", "signd:")
            assert "lỗi trong dữ liệu" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
