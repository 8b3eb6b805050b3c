"""The zip: what is in it, that it is the same everywhere, and that a damaged one is noticed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
import zipfile

import pytest

from scripts.bundling import archive, files, leaflet, licences, light, links, package
from scripts.devenv.console import Stop
from tests import bundles


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    return bundles.pack(tmp_path_factory.mktemp("goi"), bundles.site())


def contents(path):
    with zipfile.ZipFile(path) as opened:
        return {info.filename: opened.read(info) for info in opened.infolist()}


def rewritten(path, target, change):
    """A copy of the zip whose contents `change` (a function on the mapping) has altered."""
    held = contents(path)
    change(held)
    with zipfile.ZipFile(target, "w") as opened:
        for name, data in held.items():
            opened.writestr(name, data)
    return target


def test_a_whole_zip_is_whole(bundle):
    assert archive.verify(bundle) == []
    held = contents(bundle)
    assert {"MO-THU-VIEN.html", "CACH-MO.html", "MANIFEST.json", "SHA256SUMS", "thu-vien/index.html"} <= held.keys()
    assert list(held) == sorted(held)
    assert archive.read_zip(bundle) == held


def test_the_sums_are_those_that_sha256sum_reads(bundle, tmp_path):
    with zipfile.ZipFile(bundle) as opened:
        opened.extractall(tmp_path / "Thư viện của tôi")
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "Thư viện của tôi", capture_output=True
    )
    assert checked.returncode == 0, checked.stdout
    assert len(checked.stdout.splitlines()) == len(contents(bundle)) - 1


def test_the_manifest_counts_and_names_licences(bundle):
    held = contents(bundle)
    manifest = json.loads(held["MANIFEST.json"])
    assert (manifest["version"], manifest["data_as_of"], manifest["edition"]) == ("1.2.3", "2026-01-15", "day-du")
    assert manifest["files"] == len(held) - 2
    described = held.keys() - {"MANIFEST.json", "SHA256SUMS"}
    assert manifest["bytes"] == sum(len(held[name]) for name in described)
    assert manifest["records"] == {"treaties": 0}
    assert sum(work["count"] for work in manifest["licences"]) == len(held) - 1
    assert {work["licence"] for work in manifest["licences"]} == {"CC BY 4.0", "Apache-2.0"}


def test_nothing_of_machine_clock_or_zone_goes_in(tmp_path, monkeypatch):
    first = bundles.pack(tmp_path / "một", bundles.site()).read_bytes()
    monkeypatch.setenv("TZ", "America/St_Johns")
    time.tzset()
    before = os.umask(0o077)
    try:
        shuffled = dict(reversed(bundles.site().items()))
        second = bundles.pack(tmp_path / "hai ba", shuffled).read_bytes()
    finally:
        os.umask(before)
        monkeypatch.undo()
        time.tzset()
    assert first == second


def test_one_changed_byte_changes_the_zip(tmp_path, bundle):
    other = bundles.pack(tmp_path, {**bundles.site(), "index.html": bundles.page("khác")})
    assert hashlib.sha256(other.read_bytes()).digest() != hashlib.sha256(bundle.read_bytes()).digest()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda held: held.update({"thu-vien/index.html": b"x"}), "thu-vien/index.html: nội dung khác"),
        (lambda held: held.pop("thu-vien/dieu-uoc/a.html"), "thu-vien/dieu-uoc/a.html: thiếu tệp"),
        (lambda held: held.update({"thu-vien/la.html": b"x"}), "thu-vien/la.html: tệp lạ"),
        (lambda held: held.update({"../ra-ngoai.html": b"x"}), "không an toàn"),
        (lambda held: held.update({"/etc/x.html": b"x"}), "không an toàn"),
        (lambda held: held.update({"thu-vien/chay.exe": b"MZ"}), "loại tệp không được đóng gói"),
        (lambda held: held.update({"thu-vien/CON.html": b"x"}), "tên riêng của Windows"),
        (lambda held: held.update({"thu-vien/biên-giới.html": b"x"}), "chữ không dấu"),
        (lambda held: held.update({"thu-vien/INDEX.html": b"x"}), "trùng tên với"),
        (lambda held: held.update({f"thu-vien/{'a' * 170}.html": b"x"}), "tối đa 179"),
        (lambda held: held.pop("SHA256SUMS"), "thiếu SHA256SUMS"),
        (lambda held: held.update({"SHA256SUMS": b"gi do"}), "dòng không đọc được"),
        (lambda held: held.pop("MANIFEST.json"), "thiếu MANIFEST.json"),
        (lambda held: held.pop("MO-THU-VIEN.html"), "thiếu MO-THU-VIEN.html"),
    ],
)
def test_what_is_wrong_is_named(bundle, tmp_path, change, said):
    damaged = rewritten(bundle, tmp_path / "hong.zip", change)
    assert any(said in line for line in archive.verify(damaged)), archive.verify(damaged)
    with pytest.raises(Stop, match="không dùng được"):
        archive.read_zip(damaged)


def test_a_manifest_that_counts_wrongly_is_noticed(bundle, tmp_path):
    def change(held):
        held["MANIFEST.json"] = held["MANIFEST.json"].replace(b'"files": ', b'"files": 9', 1)
        held["SHA256SUMS"] = package.sums({n: d for n, d in held.items() if n != "SHA256SUMS"})

    damaged = rewritten(bundle, tmp_path / "x.zip", change)
    assert archive.verify(damaged) == ["MANIFEST.json: số tệp hoặc số byte không khớp"]


@pytest.mark.parametrize("keep", [0, 10, 500, -30])
def test_a_zip_cut_short_is_no_zip(bundle, tmp_path, keep):
    (tmp_path / "cut.zip").write_bytes(bundle.read_bytes()[:keep])
    assert len(archive.verify(tmp_path / "cut.zip")) == 1


def test_every_flipped_byte_is_noticed_or_harmless(bundle, tmp_path):
    """A flip may hit what nobody reads (a time in the local header); it never changes a file unnoticed."""
    good, whole = bundle.read_bytes(), contents(bundle)
    noticed = 0
    for place in range(0, len(good), 97):
        damaged = bytearray(good)
        damaged[place] ^= 0x5A
        (tmp_path / "x.zip").write_bytes(damaged)
        try:
            assert archive.read_zip(tmp_path / "x.zip") == whole
        except Stop:
            noticed += 1
    assert noticed > 50


def test_a_link_in_a_zip_is_refused(bundle, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as opened:
        info = zipfile.ZipInfo("thu-vien/index.html")
        info.external_attr = 0o120777 << 16
        opened.writestr(info, "/etc/passwd")
    assert "thu-vien/index.html: liên kết hoặc tệp đặc biệt" in archive.verify(tmp_path / "x.zip")


def test_a_zip_that_unpacks_too_far_is_refused_unread(bundle, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "UNPACKED_LIMIT", 1000)
    assert any("bung ra quá" in line for line in archive.verify(bundle))


def test_links_inside_a_site_folder_are_refused(tmp_path):
    (tmp_path / "a.html").write_text("x", encoding="utf-8")
    (tmp_path / "b.html").symlink_to("a.html")
    with pytest.raises(Stop, match="liên kết"):
        files.read_folder(tmp_path)


def test_sizes_over_the_limit_are_said_with_both_numbers():
    assert archive.too_big(15_000_000, is_light=False) is None
    assert "15,1 MB, quá mức 15,0 MB" in str(archive.too_big(15_100_000, is_light=False))
    assert "6,1 MB, quá mức 6,0 MB của bản nhẹ" in str(archive.too_big(6_100_000, is_light=True))


def test_the_light_edition_has_no_office_files_and_no_dead_links(tmp_path):
    held = contents(bundles.pack(tmp_path, bundles.site(), is_light=True))
    assert not [name for name in held if name.endswith((".xlsx", ".docx"))]
    text = held["thu-vien/van-ban/index.html"].decode()
    assert '<span class="cm-absent"><b>Bảng</b> (có trong bản đầy đủ)</span>' in text
    assert 'href="../index.html"' in text, "other links stay"
    assert json.loads(held["MANIFEST.json"])["edition"] == "nhe"


def test_the_light_edition_says_what_the_pictures_of_the_handbook_show():
    shown = '<img alt="Máy hỏi &quot;loại&quot;" src="../assets/img/so-tay/a.svg">'
    page = f'<p>{shown} <img alt="y" src="assets/img/x.svg"></p>'
    made = light.light({"x.html": page.encode(), "assets/img/so-tay/a.svg": b"<svg/>", "assets/img/x.svg": b""})
    assert sorted(made) == ["assets/img/x.svg", "x.html"]
    assert made["x.html"].decode() == (
        '<p><span class="cm-absent">Hình: Máy hỏi &quot;loại&quot; (có trong bản đầy đủ)</span>'
        ' <img alt="y" src="assets/img/x.svg"></p>'
    )


def test_light_takes_one_link_at_a_time():
    html = '<a href="a.html">A</a> <a download href="x.docx">B</a> <a href="c.html">C</a>'
    assert light.light({"x.html": html.encode()})["x.html"].decode() == (
        '<a href="a.html">A</a> <span class="cm-absent">B (có trong bản đầy đủ)</span> <a href="c.html">C</a>'
    )


def test_broken_links_are_all_found():
    site = {
        "index.html": b'<a href="a/b.html#x"> <a href="a/b.html#y"> <img src="no.png"> <a href="//x/"> <a href="#z">',
        "a/b.html": b'<p id="x"> <a href="../index.html?q=1"> <a href="?q=%20#x:line=bien"> '
        b'<form action="../tim.html"> <a href="../../up.html">',
        "404.html": b'<a href="/khong-xet.html">',
    }
    assert [(link.page, link.address) for link in links.broken_links(site)] == [
        ("a/b.html", "../../up.html"),
        ("a/b.html", "../tim.html"),
        ("index.html", "#z"),
        ("index.html", "a/b.html#y"),
        ("index.html", "no.png"),
    ]


def test_a_site_with_a_broken_link_is_not_packed(tmp_path):
    with pytest.raises(Stop, match=r"index\.html: liên kết hỏng khong-co\.html"):
        bundles.pack(tmp_path, {**bundles.site(), "index.html": b'<a href="khong-co.html">'})


def test_a_site_of_another_version_is_not_packed(tmp_path):
    with pytest.raises(Stop, match="không cùng phiên bản"):
        bundles.pack(tmp_path, bundles.site(version="9.9.9"))


def test_a_file_of_nobody_is_not_packed(tmp_path):
    with pytest.raises(Stop, match="không rõ của ai"):
        bundles.pack(tmp_path, {**bundles.site(), "assets/vendor/la/x.js": b""})


def test_a_vendored_file_needs_its_licence_text(tmp_path):
    with pytest.raises(Stop, match="Thiếu văn bản giấy phép"):
        bundles.pack(tmp_path, {**bundles.site(), "assets/vendor/source-serif-4/x.woff2": b""})


def test_every_kind_of_file_has_one_owner():
    vendor = {"packages": [{"name": "x", "version": "1", "licence": "MIT", "folder": "x"}]}
    works = licences.works(bundles.meta(), vendor)
    owners = {
        "thu-vien/dieu-uoc/a.html": "CC BY 4.0",
        "thu-vien/assets/js/site.js": "Apache-2.0",
        "thu-vien/assets/search/index.js": "CC BY 4.0",
        "thu-vien/assets/vendor/x/a.js": "MIT",
        "may-chu/nginx/cot-moc.conf": "Apache-2.0",
    }
    assert {name: licences.owner(works, name).licence for name in owners} == owners


def test_the_opener_does_nothing_without_the_site():
    """Only this page taken out of the zip: its words stay, because the script is beside the site."""
    text = leaflet.opener("Cột Mốc")
    head = text.partition("<noscript>")[0]
    assert "http-equiv" not in head
    assert "<script>" not in text and "style=" not in text
    assert "Giải nén tất cả" in text


def test_the_leaflet_leads_into_the_site():
    page = '<article class="cm-article"><a href="phat-hanh.html">x</a><a href="#y"></article>'
    text = leaflet.how_to("Cột Mốc", page, "bản 1")
    assert 'href="thu-vien/phat-hanh.html"' in text and 'href="#y"' in text and "bản 1" in text


def test_the_command_checks_a_file(bundle, tmp_path):
    def run(path):
        command = [sys.executable, "scripts/cotmoc.py", "bundle", "--verify", str(path)]
        return subprocess.run(command, capture_output=True, encoding="utf-8")

    good = run(bundle)
    assert (good.returncode, good.stdout) == (0, "") and "nguyên vẹn" in good.stderr
    bad = run(rewritten(bundle, tmp_path / "x.zip", lambda held: held.pop("CACH-MO.html")))
    assert bad.returncode == 1 and "CACH-MO.html: thiếu tệp" in bad.stdout and "đừng dùng" in bad.stderr
