"""scripts/dev.py and scripts/devenv: what a fresh machine meets first."""

from __future__ import annotations

import ast
import errno
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.devenv import browser, console, debian, environment, filelock, main, pip

DEV = Path(__file__).resolve().parents[2] / "scripts" / "dev.py"


def load_dev():
    namespace: dict[str, object] = {"__name__": "dev", "__file__": str(DEV)}
    exec(compile(DEV.read_text(encoding="utf-8"), str(DEV), "exec"), namespace)
    return namespace


# -- the version of Python ----------------------------------------------------


def test_dev_py_parses_on_old_pythons():
    tree = ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 4))
    imported = [node.names[0].name for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert imported == ["unicode_literals"], "Python 2.7 cannot encode its own byte strings"
    banned = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, banned)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert functions
    assert not [f for f in functions if f.returns or any(a.annotation for a in f.args.args)]


@pytest.mark.parametrize("version", [(2, 7), (3, 6), (3, 10)])
def test_old_python_is_told_which_one_is_needed(version):
    text = load_dev()["too_old_message"](version, "/usr/bin/python")
    assert "Cần Python 3.11 trở lên" in text
    assert f"{version[0]}.{version[1]} (/usr/bin/python)" in text
    assert "Cách sửa" in text


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (4, 0)])
def test_new_python_goes_on(version):
    assert load_dev()["too_old_message"](version, "python") is None


# -- where the environment is -------------------------------------------------


@pytest.mark.parametrize(
    ("os_name", "python", "launcher"),
    [("posix", "bin/python", "bin/cotmoc"), ("nt", "Scripts/python.exe", "Scripts/cotmoc.cmd")],
)
def test_python_of_each_platform(tmp_path, os_name, python, launcher):
    place = environment.layout(tmp_path, {}, os_name)
    assert place.python == tmp_path / ".venv" / python
    assert place.launcher == tmp_path / ".venv" / launcher


def test_cotmoc_venv_names_the_folder(tmp_path):
    place = environment.layout(tmp_path, {"COTMOC_VENV": str(tmp_path / "môi trường")}, "posix")
    assert place.folder == tmp_path / "môi trường"


def test_blank_cotmoc_venv_is_no_folder(tmp_path):
    assert environment.layout(tmp_path, {"COTMOC_VENV": " "}).folder == tmp_path / ".venv"


def test_windows_launcher_reads_vietnamese_paths(tmp_path):
    place = environment.layout(tmp_path / "Biên giới", {}, "nt")
    first, second = environment.launcher_text(place).split("\r\n")[:2]
    assert first == "@chcp 65001 >nul"
    assert f'"{place.python}"' in second and second.endswith("%*")


@pytest.mark.skipif(os.name == "nt", reason="a /bin/sh script")
def test_launcher_runs_from_a_path_with_spaces_and_vietnamese_letters(tmp_path):
    place = environment.layout(tmp_path / "Cột mốc 'số 1'", {}, "posix")
    place.bin.mkdir(parents=True)
    place.python.symlink_to(sys.executable)
    script = place.root / "scripts" / "cotmoc.py"
    script.parent.mkdir()
    script.write_text("import sys; print(sys.argv[1:])", encoding="utf-8")
    place.launcher.write_text(environment.launcher_text(place), encoding="utf-8")
    place.launcher.chmod(0o755)
    done = subprocess.run(
        [place.launcher, "tìm", "biên giới"], capture_output=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "['tìm', 'biên giới']"


# -- the stamp ----------------------------------------------------------------


@pytest.fixture
def ready(tmp_path):
    """A place that looks finished, without pip having run."""
    place = environment.layout(tmp_path, {}, os.name)
    place.lock.write_text("click==8.0 --hash=sha256:0\n", encoding="utf-8")
    place.bin.mkdir(parents=True)
    place.python.write_bytes(b"")
    (place.folder / environment.MARK).write_text("", encoding="utf-8")
    (place.folder / environment.STAMP).write_text(environment.stamp(place), encoding="utf-8")
    return place


def test_ready_when_nothing_changed(ready):
    assert environment.is_ready(ready)


def test_readiness_is_quick_and_starts_no_process(ready, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    start = time.perf_counter()
    environment.ensure(ready, {})
    assert time.perf_counter() - start < 0.2


def test_changed_lock_is_not_ready(ready):
    ready.lock.write_text("click==8.1 --hash=sha256:0\n", encoding="utf-8")
    assert not environment.is_ready(ready)


def test_other_python_is_not_ready(ready, monkeypatch):
    monkeypatch.setattr(environment.platform, "python_version", lambda: "3.99.0")
    assert not environment.is_ready(ready)


def test_moved_folder_is_not_ready(ready, tmp_path):
    moved = tmp_path / "moved"
    shutil.copytree(ready.folder, moved)
    assert not environment.is_ready(environment.layout(tmp_path, {"COTMOC_VENV": str(moved)}))


def test_missing_python_is_not_ready(ready):
    ready.python.unlink()
    assert not environment.is_ready(ready)


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe", b"{}", b"[1"])
def test_damaged_stamp_is_not_ready(ready, garbage):
    (ready.folder / environment.STAMP).write_bytes(garbage)
    assert not environment.is_ready(ready)


# -- making it ----------------------------------------------------------------


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A place to make, where the bare environment and pip are stand-ins that leave a trace."""
    place = environment.layout(tmp_path, {}, os.name)
    place.lock.write_text("click==8.0 --hash=sha256:0\n", encoding="utf-8")

    def create(where):
        where.bin.mkdir(parents=True)
        where.python.write_bytes(b"")

    # Debian without python3-venv runs these tests as well.
    monkeypatch.setattr(environment, "_has_ensurepip", lambda: True)
    monkeypatch.setattr(environment, "_create", create)
    monkeypatch.setattr(environment.pip, "install", lambda *a: None)
    return place


def test_made_environment_is_stamped_and_has_the_launcher(bare):
    environment.ensure(bare, {})
    assert environment.is_ready(bare)
    assert bare.launcher.read_bytes().decode() == environment.launcher_text(bare)


def test_interrupted_installation_is_redone(bare, monkeypatch):
    calls = []

    def interrupted(*args):
        (bare.folder / "half").write_text("", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(environment.pip, "install", interrupted)
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(bare, {})
    assert not environment.is_ready(bare)
    monkeypatch.setattr(environment.pip, "install", lambda *a: calls.append(a))
    environment.ensure(bare, {})
    assert environment.is_ready(bare)
    assert len(calls) == 1
    assert not (bare.folder / "half").exists()


def test_interrupted_emptying_is_taken_up_again(bare, monkeypatch):
    environment.ensure(bare, {})
    bare.lock.write_text("click==9.0 --hash=sha256:0\n", encoding="utf-8")
    remove = shutil.rmtree
    monkeypatch.setattr(environment.shutil, "rmtree", lambda path: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        environment.ensure(bare, {})
    monkeypatch.setattr(environment.shutil, "rmtree", remove)
    environment.ensure(bare, {})
    assert environment.is_ready(bare)


def test_folder_of_somebody_else_is_left_alone(bare):
    bare.folder.mkdir()
    (bare.folder / "luận văn.docx").write_text("quý", encoding="utf-8")
    with pytest.raises(console.Stop, match="không đụng tới"):
        environment.ensure(bare, {})
    assert (bare.folder / "luận văn.docx").read_text(encoding="utf-8") == "quý"


def test_missing_lock_is_named(tmp_path):
    with pytest.raises(console.Stop, match=r"requirements\.lock"):
        environment.ensure(environment.layout(tmp_path, {}), {})


def test_file_in_place_of_the_folder(bare):
    bare.folder.write_text("", encoding="utf-8")
    with pytest.raises(console.Stop, match="không phải là thư mục"):
        environment.ensure(bare, {})


def test_full_disk_is_seen_before_anything_is_made(bare, monkeypatch):
    monkeypatch.setattr(
        environment.shutil, "disk_usage", lambda p: shutil._ntuple_diskusage(1, 1, 0)
    )
    with pytest.raises(console.Stop, match="800 MB"):
        environment.ensure(bare, {})
    assert not (bare.folder / environment.MARK).exists()


def test_missing_ensurepip_names_the_debian_package(bare, monkeypatch):
    asked = []
    monkeypatch.setattr(environment, "_has_ensurepip", lambda: False)
    monkeypatch.setattr(environment.debian, "install", lambda name: bool(asked.append(name)))
    with pytest.raises(console.Stop, match="apt-get install python3-venv"):
        environment.ensure(bare, {})
    assert asked == [f"python3.{sys.version_info.minor}-venv", "python3-venv"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "chỉ đọc"),
        (errno.EACCES, "thiếu quyền"),
        (errno.ENOSPC, "đầy"),
        (errno.ENOTDIR, "không phải là thư mục"),
        (errno.EIO, "Lỗi tệp"),
    ],
)
def test_file_errors_name_place_and_remedy(number, words):
    stop = console.explain_os_error(OSError(number, os.strerror(number), "/x/.venv"), Path("/y"))
    assert words in stop.what and "/x/.venv" in stop.what
    assert stop.remedy


def test_children_get_no_foreign_python_settings():
    env = environment.child_env({"PYTHONPATH": "/x", "PYTHONHOME": "/y", "PIP_USER": "1", "A": "b"})
    assert env == {"A": "b", "PYTHONUTF8": "1", "PIP_USER": "0"}


# -- pip ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "đầy"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "mã băm"),
        (
            "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
            "mạng",
        ),
        ("SSL: CERTIFICATE_VERIFY_FAILED", "chứng chỉ"),
        ("ProxyError('Cannot connect to proxy.', ...)", "Proxy"),
        ("PermissionError: [Errno 13] Permission denied: 'x'", "quyền"),
        ("ERROR: something new", "ERROR: something new"),
    ],
)
def test_pip_failures_are_explained(output, words):
    stop = pip.explain("Collecting x\n" + output)
    assert words in stop.what
    assert stop.remedy


def test_pip_shows_each_package(capsys):
    lines = [
        "Looking in links: /w\n",
        "Collecting mkdocs-material==9.8.1 (from -r requirements.lock (line 1))\n",
        "Processing /w/annotated_types-0.8.0-py3-none-any.whl (from -r requirements.lock)\n",
        "Installing collected packages: mkdocs-material\n",
    ]
    assert pip._follow(lines, 7) == [line.rstrip() for line in lines]
    shown = capsys.readouterr().err.splitlines()
    assert shown[0].startswith("  [ 1/7] mkdocs-material ")
    assert shown[1].startswith("  [ 2/7] annotated_types ")
    assert "2 gói" in shown[2]


def test_requirements_are_counted():
    assert pip.count_requirements("a==1 \\\n    --hash=sha256:0\n    # via b==2\nc-d==3\n") == 2


def test_pip_failure_stops(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n", encoding="utf-8")
    broken = [sys.executable, "-c", "print('Errno 28'); raise SystemExit(1)"]
    with pytest.raises(console.Stop, match="đầy"):
        pip.install(broken, lock, os.environ)


# -- the lock between processes -------------------------------------------------


def test_second_process_waits_for_the_first(tmp_path):
    path = tmp_path / "x.lock"
    code = (
        "import sys; from pathlib import Path; from scripts.devenv.filelock import locked\n"
        "with locked(Path(sys.argv[1]), on_wait=lambda: print('waits', flush=True)):\n"
        "    print('has it')"
    )
    with filelock.locked(path):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            cwd=DEV.parents[1],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout.readline().strip() == "waits"
    assert other.communicate(timeout=20)[0].strip() == "has it"


# -- the browser ----------------------------------------------------------------


def executable(path: Path, code: int) -> str:
    path.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for browsers")
def test_browser_that_does_not_start_is_passed_over(tmp_path):
    executable(tmp_path / "chromium-browser", 1)
    chrome = executable(tmp_path / "google-chrome", 0)
    assert browser.find_browser("linux", {"PATH": str(tmp_path)}) == chrome


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand for browsers")
def test_cotmoc_browser_is_the_only_candidate_when_given(tmp_path):
    executable(tmp_path / "chromium", 0)
    env = {"PATH": str(tmp_path), "COTMOC_BROWSER": str(tmp_path / "absent")}
    assert browser.find_browser("linux", env) is None


def test_edge_is_found_on_windows():
    env = {"PATH": "", "PROGRAMFILES(X86)": r"C:\Program Files (x86)"}
    expected = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe"
    assert expected in list(browser.candidates("win32", env))


def test_chrome_is_found_on_a_mac():
    assert any("Google Chrome.app" in path for path in browser.candidates("darwin", {"PATH": ""}))


def test_apt_fetches_its_lists_only_after_a_failure(monkeypatch):
    steps = []

    def fake(command):
        steps.append("update" if "update" in command else "install")
        # The first attempt fails, as with lists that are out of date.
        return subprocess.CompletedProcess(command, int(len(steps) == 1), "")

    monkeypatch.setattr(debian, "apt_command", lambda: ["apt-get"])
    monkeypatch.setattr(debian, "_quietly", fake)
    assert debian.install("chromium")
    assert steps == ["install", "update", "install"]


def test_apt_is_not_asked_without_the_right(monkeypatch):
    monkeypatch.setattr(debian, "apt_command", lambda: None)
    monkeypatch.setattr(debian, "_quietly", None)
    assert not debian.install("chromium")


# -- the command ------------------------------------------------------------------


@pytest.fixture
def no_setup(monkeypatch):
    monkeypatch.setattr(main.environment, "ensure", lambda *a: None)


@pytest.fixture
def handed(no_setup, monkeypatch):
    calls = []
    monkeypatch.setattr(main, "_hand_over", lambda command, env: calls.append(command) or 7)
    return calls


@pytest.mark.parametrize(
    ("args", "passed"),
    [
        (["serve", "--port", "81"], ["serve", "--port", "81"]),
        (["cotmoc", "check", "--json"], ["check", "--json"]),
        (["search", "biên giới"], ["search", "biên giới"]),
    ],
)
def test_words_are_passed_through_with_the_status(handed, tmp_path, args, passed):
    assert main.run(str(tmp_path), args) == 7
    assert handed[0][1:] == [str(tmp_path / "scripts" / "cotmoc.py"), *passed]


def test_help_needs_no_environment(capsys, monkeypatch):
    monkeypatch.setattr(main.environment, "ensure", None)
    assert main.run("/nowhere", ["--help"]) == 0
    assert "test-full" in capsys.readouterr().out
    assert main.run("/nowhere", []) == 2


def test_stop_is_printed_without_a_traceback(tmp_path, capsys):
    assert main.run(str(tmp_path), ["check"]) == 1
    shown = capsys.readouterr().err
    assert "requirements.lock" in shown and "Cách sửa" in shown
    assert "Traceback" not in shown


def test_ci_without_browser_is_a_failure(no_setup, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(main.browser, "ensure_browser", lambda: None)
    monkeypatch.setattr(main.subprocess, "run", None)
    monkeypatch.setenv("CI", "true")
    assert main.run(str(tmp_path), ["test"]) == 1
    assert browser.MISSING in capsys.readouterr().err


def test_status_of_the_tests_is_passed_on(no_setup, tmp_path, monkeypatch):
    monkeypatch.setattr(main.browser, "ensure_browser", lambda: "/x/chromium")
    given = {}

    def fake(command, cwd, env):
        given.update(env=env, command=command)
        return subprocess.CompletedProcess(command, 5)

    monkeypatch.setattr(main.subprocess, "run", fake)
    assert main.run(str(tmp_path), ["test", "-k", "dates"]) == 5
    assert given["env"]["COTMOC_BROWSER"] == "/x/chromium"
    assert given["command"][-2:] == ["-k", "dates"]


@pytest.mark.parametrize(
    ("rest", "full", "cores", "flags"),
    [
        ([], False, 2, ["-m", "not full", "-n", "2", "--dist", "worksteal"]),
        ([], True, 16, ["-n", "4", "--dist", "worksteal"]),
        (["-m", "unit"], False, 1, []),
        (["-n0"], True, 2, []),
        (["--pdb"], True, 2, []),
    ],
)
def test_pytest_flags_yield_to_those_typed(rest, full, cores, flags):
    assert main.pytest_flags(rest, full=full, cores=cores) == flags


def test_output_is_utf8_on_a_vietnamese_windows_console():
    env = {**os.environ, "PYTHONIOENCODING": "cp1258", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, str(DEV), "--help"], capture_output=True, env=env)
    assert done.returncode == 0
    assert "chuẩn bị môi trường rồi chạy một lệnh" in done.stdout.decode("utf-8")


def test_every_alias_of_the_makefile_calls_dev_py(real_root):
    rules: dict[str, str] = {}
    name = ""
    for line in (real_root / "Makefile").read_text(encoding="utf-8").splitlines():
        if line.startswith("\t"):
            rules[name] = line.strip()
        elif line.endswith(":"):
            name = line[:-1]
    assert {"serve", "test", "test-full", "check", "build", "bundle", "bench"} <= rules.keys()
    assert all(rule.startswith("@$(DEV) ") for rule in rules.values())


def test_stamp_is_readable_json(ready):
    assert set(json.loads(environment.stamp(ready))) == {
        "folder", "implementation", "lock", "platform", "python",
    }  # fmt: skip


def test_home_is_nobodys():
    assert Path.home().name.startswith("cotmoc-home-")
