"""Real nginx and real Apache with the shipped configurations, at / and at /a/b/c/."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from scripts.bundling import archive, versions
from scripts.bundling.files import COMPRESSED, TYPES
from tests import bundles, servers

pytestmark = pytest.mark.usefixtures("server_programs")
CASES = [(kind, prefix) for kind in ("nginx", "apache2") for prefix in ("/", "/a/b/c/")]
GZIP = {"Accept-Encoding": "gzip, deflate"}


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}{case[1]}")
def server(request, published, tmp_path_factory):
    kind, prefix = request.param
    folder = Path(published[prefix]).parent / f"run-{kind}-{len(prefix)}"
    with servers.running(kind, folder, published[prefix], prefix) as running:
        yield running


def root_of(published, server):
    return published[server.prefix] / "hien-tai" / "thu-vien"


def one_of_each_kind(root):
    """The smallest file of each ending, and the file without one."""
    files = sorted(
        (p for p in root.rglob("*") if p.is_file() and p.suffix != ".gz"), key=lambda p: (p.stat().st_size, p)
    )
    chosen = {}
    for path in files:
        chosen.setdefault(path.suffix, path)
    return chosen


def test_every_kind_of_file_has_its_type(server, published):
    root = root_of(published, server)
    for suffix, path in one_of_each_kind(root).items():
        answer = server.get(path.relative_to(root).as_posix())
        assert answer.status == 200
        assert answer.body == path.read_bytes()
        assert answer.headers["content-type"].lower() == TYPES.get(suffix, "text/plain; charset=utf-8"), path.name


def test_texts_come_compressed_from_the_file_beside(server, published):
    root = root_of(published, server)
    for suffix, path in one_of_each_kind(root).items():
        name = path.relative_to(root).as_posix()
        answer = server.get(name, GZIP)
        assert answer.status == 200
        if suffix in COMPRESSED:
            assert answer.headers["content-encoding"] == "gzip"
            assert answer.body == path.with_name(path.name + ".gz").read_bytes(), "not compressed anew"
            assert gzip.decompress(answer.body) == path.read_bytes()
            assert "accept-encoding" in answer.headers["vary"].lower()
            assert answer.headers["content-type"].lower() == TYPES[suffix]
        elif answer.headers.get("content-encoding") == "gzip":
            assert suffix == "" and gzip.decompress(answer.body) == path.read_bytes()
        else:
            assert answer.body == path.read_bytes()


def test_every_answer_is_hardened(server):
    for name in ("", "index.html", "assets/css/base.css", "api/v1/all.json", "khong-co/dau.html"):
        answer = server.get(name, GZIP)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "geolocation=()" in answer.headers["permissions-policy"]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert not re.search(r"\d", answer.headers["server"]), "the version is nobody's business"


def test_an_unchanged_page_costs_a_short_answer(server):
    for headers in ({}, GZIP):
        first = server.get("index.html", headers)
        assert first.headers["cache-control"] == "no-cache"
        again = server.get("index.html", {**headers, "If-None-Match": first.headers["etag"]})
        assert (again.status, again.body) == (304, b"")
        other = server.get("index.html", {**headers, "If-None-Match": '"1234-abcd"'})
        assert other.status == 200 and other.body == first.body


def test_fonts_may_be_kept(server, published):
    root = root_of(published, server)
    font = one_of_each_kind(root)[".woff2"].relative_to(root).as_posix()
    assert server.get(font).headers["cache-control"] == "max-age=2592000"


def test_folders(server):
    assert b"<h1" in server.get("").body
    assert server.get("dieu-uoc/").status == 200
    moved = server.get("dieu-uoc")
    assert moved.status == 301 and moved.headers["location"].endswith(f"{server.prefix}dieu-uoc/")
    for name in ("assets/", "assets/js/", "api/"):
        listing = server.get(name)
        assert listing.status == 404 and "Không có trang này".encode() in listing.body
    if server.prefix != "/":
        bare = server.get(server.prefix.rstrip("/"))
        assert bare.status == 301 and bare.headers["location"].endswith(server.prefix)


@pytest.mark.parametrize(
    "name",
    ["khong-co.html", "a/b/c/d/e/f.html", "dieu-uoc/khong-co.html", ".git/config", "web.config", "SHA256SUMS"],
)
def test_what_is_not_there_is_not_found(server, name):
    answer = server.get(name)
    assert answer.status == 404
    assert "Không có trang này".encode() in answer.body
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "way", ["../MANIFEST.json", "%2e%2e/MANIFEST.json", "..%2fMANIFEST.json", "x/../../MANIFEST.json"]
)
def test_nothing_beside_the_site_can_be_reached(server, published, way):
    assert (root_of(published, server).parent / "MANIFEST.json").is_file()
    answer = server.get(way)
    assert answer.status in (400, 403, 404) and b"data_as_of" not in answer.body


def test_the_page_for_missing_addresses_leads_to_real_files(server):
    text = server.get("x/y/z.html").body.decode()
    addresses = re.findall(r'\s(?:href|src|action)="([^"#]+)"', text)
    assert len(addresses) > 10
    assert all(address.startswith(server.prefix) for address in addresses)
    assert {address: server.get(address).status for address in addresses if server.get(address).status != 200} == {}


def test_nothing_can_be_written(server):
    for method in ("PUT", "DELETE", "POST", "TRACE"):
        assert server.get("index.html", method=method).status in (403, 404, 405)


@pytest.mark.parametrize("kind", ["nginx", "apache2"])
@pytest.mark.parametrize("prefix", ["/", "/a/b/c/"])
def test_with_the_switch_for_passwords_nobody_outside_gets_anything(kind, prefix, published, tmp_path):
    home = published[prefix]
    folder = home.parent / f"khoa-{kind}-{len(prefix)}"
    folder.mkdir()
    passwords = folder / "mat-khau"
    digest = subprocess.run(["openssl", "passwd", "-apr1", "mở ra"], capture_output=True, check=True, encoding="ascii")
    passwords.write_text(f"canbo:{digest.stdout}", encoding="utf-8")
    passwords.chmod(0o644)
    folder.chmod(0o755)
    root = home / "hien-tai" / "thu-vien"
    names = [path.relative_to(root).as_posix() for path in one_of_each_kind(root).values()]
    names += ["", "dieu-uoc/", "assets/search/index.js", "index.html.gz", "404.html", "khong-co.html", "assets/"]
    with servers.running(kind, folder, home, prefix, passwords) as server:
        for name in names:
            for headers in ({}, GZIP, {"Authorization": "Basic Y2FuYm86c2Fp"}):
                answer = server.get(name, headers)
                assert answer.status == 401, name
                assert len(answer.body) < 1000 and "Cột Mốc".encode() not in answer.body
        let_in = server.get("index.html", {"Authorization": "Basic Y2FuYm86beG7nyByYQ=="})
        assert let_in.status == 200 and "Cột Mốc".encode() in let_in.body


@pytest.mark.parametrize("kind", ["nginx", "apache2"])
def test_an_update_and_a_step_back_are_seen_at_once(kind, tmp_path_factory, published):
    """Same length, same second, clock put back: a visitor who has the old page still gets the new one."""
    home = published["/"].parent / f"cap-nhat-{kind}"
    home.mkdir()
    zips = {text: archive.read_zip(bundles.pack(home / text, bundles.site(text))) for text in ("aa", "bb")}
    versions.publish(home, zips["aa"], "/", 1_800_000_000, report=lambda line: None)
    with servers.running(kind, home / "run", home) as server:
        for headers in ({}, GZIP):
            old = server.get("index.html", headers)
            versions.publish(home, zips["bb"], "/", 1_700_000_000, report=lambda line: None)
            held = {"If-None-Match": old.headers["etag"], "If-Modified-Since": old.headers["last-modified"]}
            new = server.get("index.html", {**headers, **held})
            assert new.status == 200 and new.body != old.body
            versions.roll_back(home)
            held = {"If-None-Match": new.headers["etag"], "If-Modified-Since": new.headers["last-modified"]}
            assert server.get("index.html", {**headers, **held}).body == old.body
