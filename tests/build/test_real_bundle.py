"""The real library as one zip: small enough, the same from anywhere, nothing unknown in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from scripts.bundling import archive
from scripts.bundling.files import SITE
from tests import bundles


@pytest.fixture(scope="module")
def real_zip(built_site, tmp_path_factory):
    return bundles.pack_real(built_site, tmp_path_factory.mktemp("goi"))


def test_it_is_whole_and_under_the_limit(real_zip):
    assert archive.verify(real_zip) == []
    assert real_zip.stat().st_size <= archive.LIMITS[False] == 15_000_000


def test_the_light_one_is_whole_and_under_its_limit(built_site, tmp_path):
    light = bundles.pack_real(built_site, tmp_path, is_light=True)
    assert light.name.endswith("-nhe.zip")
    assert archive.verify(light) == []
    assert light.stat().st_size <= archive.LIMITS[True] == 6_000_000


def test_the_manifest_knows_every_work(real_zip, real_root):
    with zipfile.ZipFile(real_zip) as opened:
        manifest = json.loads(opened.read("MANIFEST.json"))
        names = set(opened.namelist())
    shipped = {work["name"] for work in manifest["licences"]}
    vendored = {package["name"] for package in json.loads((real_root / "scripts/vendor.json").read_bytes())["packages"]}
    assert vendored < shipped
    for work in manifest["licences"]:
        assert work["version"] and work["licence"]
        assert work["text"] in names or work["text"].startswith("https://creativecommons.org/")
    with_own_page = ("treaties", "borders", "topics", "documents", "events", "sources")
    pages = sum(manifest["records"][kind] for kind in with_own_page)
    assert manifest["pages"] > pages > 300


def test_nothing_of_this_machine_is_inside(real_zip, real_root):
    """No path of the folder it was built in, nor of the Python that built it."""
    with zipfile.ZipFile(real_zip) as opened:
        text = b"\n".join(opened.read(name) for name in opened.namelist())
    for word in (str(real_root), "file:///", "localhost:", "site-packages"):
        assert word.encode() not in text, word


def tracked_copy(root, target):
    """What git knows of the project (and what is new), copied to another folder."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=root, capture_output=True, check=True, encoding="utf-8").stdout
    for name in filter(None, names.split("\0")):
        if (root / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, target / name)
    return target


def test_another_folder_and_another_time_zone_give_the_same_bytes(real_zip, real_root, tmp_path):
    clone = tracked_copy(real_root, tmp_path / "Dự án ở nơi khác")
    env = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1999", "PYTHONUTF8": "0"}
    command = [sys.executable, "scripts/cotmoc.py", "build", "--site-dir", str(tmp_path / "ra" / "trang")]
    done = subprocess.run(command, cwd=clone, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    site = tmp_path / "ra" / "trang"
    assert (site / "index.html").is_file()
    again = bundles.pack_real(site, tmp_path / "ra")
    with zipfile.ZipFile(real_zip) as one, zipfile.ZipFile(again) as two:
        assert one.namelist() == two.namelist()
        assert [name for name in one.namelist() if one.read(name) != two.read(name)] == []
    assert again.read_bytes() == real_zip.read_bytes()


def test_the_leaflet_fits_one_sheet(real_zip, browser, tmp_path):
    """CACH-MO.html is printed and put with the disc."""
    from pypdf import PdfReader

    folder = tmp_path / "Đĩa biên giới 2026"
    with zipfile.ZipFile(real_zip) as opened:
        opened.extractall(folder)
    page = browser.new_page()
    page.goto((folder / "CACH-MO.html").as_uri())
    page.pdf(path=tmp_path / "to.pdf", prefer_css_page_size=True)
    page.close()
    sheets = PdfReader(tmp_path / "to.pdf").pages
    assert len(sheets) == 1
    assert (round(sheets[0].mediabox.width), round(sheets[0].mediabox.height)) == (595, 842)
    assert "MO-THU-VIEN.html" in sheets[0].extract_text()


def test_a_double_click_opens_the_home_page(real_zip, browser, tmp_path):
    folder = tmp_path / "Thư viện của xã"
    with zipfile.ZipFile(real_zip) as opened:
        opened.extractall(folder)
    context = browser.new_context()
    context.set_offline(True)
    page = context.new_page()
    page.goto((folder / "MO-THU-VIEN.html").as_uri())
    page.wait_for_url((folder / SITE / "index.html").as_uri())
    assert page.locator("h1").count() == 1
    context.close()
    shutil.rmtree(folder / SITE)
    alone = browser.new_page()
    alone.goto((folder / "MO-THU-VIEN.html").as_uri())
    alone.wait_for_timeout(300)
    assert "Giải nén tất cả" in alone.locator("main").inner_text(), "not unpacked: the page says what to do"
    alone.close()


def test_the_command_makes_the_same_zip(real_zip, built_site, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(built_site, site)
    for name in bundles.PENDING:
        if not (site / name).exists():
            shutil.copy(site / "cach-mo.html", site / name)
    command = [sys.executable, "scripts/cotmoc.py", "bundle", "--site-dir", str(site), "--to", str(tmp_path / "ra")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "Đã đóng gói" in done.stderr
    assert [path.name for path in (tmp_path / "ra").iterdir()] == [real_zip.name]
    assert (tmp_path / "ra" / real_zip.name).read_bytes() == real_zip.read_bytes()
    (site / "index.html").write_text('<a href="mat-roi.html">', encoding="utf-8")
    refused = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert refused.returncode == 1 and "index.html: liên kết hỏng mat-roi.html" in refused.stderr
