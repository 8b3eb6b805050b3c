"""Publishing: visitors see the old site or the new one, whole, whatever happens and whenever."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from scripts.bundling import archive, versions
from scripts.devenv.console import Stop
from tests import bundles
from tests.crashes import Crash, crash_after

NOW = 1_800_000_000


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The checked contents of two zips, one saying `cũ`, one saying `mới`."""
    folder = tmp_path_factory.mktemp("goi")
    zips = {text: bundles.pack(folder / text, bundles.site(text)) for text in ("cũ", "mới")}
    return {text: archive.read_zip(path) for text, path in zips.items()}


@pytest.fixture
def home(tmp_path, packed):
    """A server's folder with one published version, `cũ`."""
    home = tmp_path / "Máy chủ"
    home.mkdir()
    publish(home, packed["cũ"])
    return home


def publish(home, files, now=NOW, prefix="/"):
    return versions.publish(home, files, prefix, now, report=lambda line: None)


def seen(home):
    """What every page says to a visitor; fails when pages are missing or of two versions."""
    root = home / "hien-tai" / "thu-vien"
    pages = [name for name in bundles.site() if name.endswith(".html")]
    texts = set()
    for name in pages:
        data = (root / name).read_bytes()
        assert gzip.decompress((root / f"{name}.gz").read_bytes()) == data
        texts |= {word for word in ("cũ", "mới") if f"<h1>{word}</h1>".encode() in data}
    assert len(texts) == 1, texts
    return texts.pop()


def leftovers(home):
    return sorted(path.name for path in home.iterdir() if path.name.startswith(".tam"))


def test_the_new_version_takes_the_place_of_the_old(home, packed):
    assert seen(home) == "cũ"
    publish(home, packed["mới"])
    assert seen(home) == "mới"
    assert leftovers(home) == []
    assert os.readlink(home / "hien-tai").startswith("phien-ban/0002-1.2.3-2026-01-15-")


def test_three_versions_are_kept_and_the_next_number_is_new(home, packed):
    for text in ("mới", "cũ", "mới", "cũ"):
        publish(home, packed[text])
    assert [version.number for version in versions.versions(home)] == [3, 4, 5]


def test_going_back_and_on_again(home, packed):
    publish(home, packed["mới"])
    assert versions.roll_back(home).number == 1
    assert seen(home) == "cũ"
    with pytest.raises(Stop, match="không có bản nào trước"):
        versions.roll_back(home)
    assert seen(home) == "cũ"


def test_a_version_that_was_rolled_back_from_is_never_gone_back_to(home, packed):
    publish(home, packed["mới"])
    versions.roll_back(home)
    publish(home, packed["mới"])
    assert [version.number for version in versions.versions(home)] == [1, 3]
    assert versions.roll_back(home).number == 1


def test_files_of_a_newer_version_are_later_even_when_the_clock_is_not(home, packed):
    """The server's entity tag is time and size; two versions must never share one."""
    page = home / "hien-tai" / "thu-vien" / "index.html"
    before = page.stat().st_mtime
    publish(home, packed["cũ"], now=NOW - 86_400)
    assert page.stat().st_mtime > before


def test_the_page_for_missing_addresses_knows_its_path(home, packed):
    publish(home, packed["mới"], prefix="/a/b/c/")
    text = (home / "hien-tai" / "thu-vien" / "404.html").read_text(encoding="utf-8")
    assert 'href="/a/b/c/assets/css/base.css"' in text and 'href="/a/b/c/index.html"' in text
    assert seen(home) == "mới"


def test_the_path_is_remembered_and_checked(home):
    assert versions.read_prefix(home) == "/"
    versions.write_prefix(home, "/a/b/")
    assert versions.read_prefix(home) == "/a/b/"
    for wrong in ("a/", "/a", "/a b/", '/"/', "//x/", ""):
        with pytest.raises(Stop, match="không hợp lệ"):
            versions.write_prefix(home, wrong)
    (home / "cai-dat.json").write_text("{", encoding="utf-8")
    with pytest.raises(Stop, match="không đọc được"):
        versions.read_prefix(home)


def test_iis_settings_go_with_every_version(home, packed):
    (home / "web.config").write_text("<configuration/>", encoding="utf-8")
    publish(home, packed["mới"])
    assert (home / "hien-tai" / "thu-vien" / "web.config").read_text(encoding="utf-8") == "<configuration/>"


def test_every_file_can_be_read_by_the_server(tmp_path, packed):
    before = os.umask(0o077)
    try:
        publish(tmp_path, packed["cũ"])
    finally:
        os.umask(before)
    root = versions.current(tmp_path)
    for path in (tmp_path / "phien-ban" / root.name).rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def test_a_folder_in_place_of_the_link_is_not_touched(tmp_path, packed):
    (tmp_path / "hien-tai").mkdir()
    with pytest.raises(Stop, match="không phải liên kết"):
        publish(tmp_path, packed["cũ"])
    assert (tmp_path / "hien-tai").is_dir()


NAMES = ("rename", "replace", "unlink", "rmdir", "symlink", "mkdir", "chmod", "utime", "sync")
STEPS = [(os, name) for name in NAMES]


def test_crash_at_every_step(tmp_path, packed, monkeypatch):
    """A third version is published over two, so that unpacking, switching and removing all happen."""
    monkeypatch.setattr(versions, "KEPT", 2)

    def prepared(name):
        home = tmp_path / name
        home.mkdir()
        publish(home, packed["cũ"])
        publish(home, packed["cũ"])
        return home

    whole = prepared("whole")
    with monkeypatch.context() as patch:
        steps = crash_after(patch, None, STEPS)
        publish(whole, packed["mới"])
    switching = steps.index("symlink")
    assert steps.count("symlink") == 1 and steps[switching + 1] == "replace" and "rmdir" in steps[switching:]
    # Unpacking repeats itself: some of its steps, and every step from the flush before the switch on.
    for limit in sorted({*range(0, switching, 7), *range(switching - 4, len(steps))}):
        home = prepared(f"cut-{limit}")
        with monkeypatch.context() as patch, pytest.raises(Crash):
            crash_after(patch, limit, STEPS)
            publish(home, packed["mới"])
        assert seen(home) == ("mới" if limit > switching + 1 else "cũ"), f"cut after {limit} steps"
        publish(home, packed["mới"])
        assert seen(home) == "mới" and leftovers(home) == []


def test_killed_a_hundred_times(tmp_path, packed):
    """A process that publishes again and again is killed at random moments; a visitor looks after each."""
    home = tmp_path / "home"
    home.mkdir()
    publish(home, packed["cũ"])
    chance = random.Random(1979)
    found = {"cũ": 0, "mới": 0}
    cut = 0
    for turn in range(100):
        want = ("mới", "cũ")[turn % 2]
        if turn % 10 == 0:
            # Measured again and again: the machine may be busy with something else.
            start = time.perf_counter()
            publish(home, packed["cũ"])
            duration = time.perf_counter() - start
        child = os.fork()
        if child == 0:
            publish(home, packed[want])
            os._exit(0)
        time.sleep(chance.uniform(0, duration * 1.3))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        cut += os.WIFSIGNALED(status)
        found[seen(home)] += 1
    assert cut > 30, "most children were killed before they were done"
    assert min(found.values()) > 10, found
    publish(home, packed["mới"])
    assert seen(home) == "mới" and leftovers(home) == []
    assert len(versions.versions(home)) <= versions.KEPT


def test_the_command_publishes_refuses_and_goes_back(tmp_path):
    def run(*words):
        command = [sys.executable, "scripts/cotmoc.py", "publish", str(tmp_path / "máy chủ"), *map(str, words)]
        return subprocess.run(command, capture_output=True, encoding="utf-8")

    old, new = (bundles.pack(tmp_path / text, bundles.site(text)) for text in ("cũ", "mới"))
    assert run(old).returncode == 0
    done = run(new, "--duong-dan", "/tv/")
    assert done.returncode == 0 and "Đã phát hành 0002-1.2.3" in done.stderr
    assert seen(tmp_path / "máy chủ") == "mới"
    (tmp_path / "hong.zip").write_bytes(new.read_bytes()[:-500])
    refused = run(tmp_path / "hong.zip")
    assert refused.returncode == 1 and "không dùng được" in refused.stderr
    assert seen(tmp_path / "máy chủ") == "mới"
    back = run("--rollback")
    assert back.returncode == 0 and "Đã quay lại bản 0001" in back.stderr
    assert seen(tmp_path / "máy chủ") == "cũ"
