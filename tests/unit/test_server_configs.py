"""The three server configurations say the same, and know every kind of file that is shipped."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from scripts.bundling.files import COMPRESSED, TYPES

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NGINX = (DEPLOY / "nginx" / "cot-moc-vi-tri.conf").read_text(encoding="utf-8")
APACHE = (DEPLOY / "apache" / "cot-moc.conf").read_text(encoding="utf-8")
IIS = (DEPLOY / "iis" / "web.config").read_text(encoding="utf-8")
BARE = {ending: kind.partition(";")[0] for ending, kind in TYPES.items()}


def without_comments(text):
    return re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)


def nginx_headers():
    found = re.findall(r'add_header (\S+) (?:"([^"]*)"|\$cot_moc_cache) always;', without_comments(NGINX))
    return {name: value or "no-cache" for name, value in found}


def apache_headers():
    return dict(reversed(re.findall(r'Header always set (\S+) "([^"]*)"', without_comments(APACHE))))


def iis_headers(root):
    return {item.get("name"): item.get("value") for item in root.iterfind(".//customHeaders/add")}


@pytest.fixture(scope="module")
def iis():
    return ElementTree.fromstring(IIS.encode())


def test_the_same_headers_everywhere(iis):
    assert nginx_headers() == apache_headers() == iis_headers(iis)
    assert len(nginx_headers()) == 7


def test_the_policy_allows_nothing_inline_and_nothing_foreign():
    rules = dict(rule.strip().split(" ", 1) for rule in nginx_headers()["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'none'"
    assert set(rules.values()) == {"'none'", "'self'"}


def test_every_kind_of_file_in_nginx():
    block = re.search(r"types \{(.*?)\}", NGINX, re.DOTALL)[1]
    table = {
        f".{ending}": kind for kind, endings in re.findall(r"(\S+)\s+([^;]+);", block) for ending in endings.split()
    }
    assert table == BARE
    charset = set(re.search(r"charset_types ([^;]+);", NGINX)[1].split())
    assert charset == {kind.partition(";")[0] for kind in TYPES.values() if "charset" in kind}
    compressed = set(re.search(r"gzip_types ([^;]+);", NGINX)[1].split()) | {"text/html"}
    assert compressed == {BARE[ending] for ending in COMPRESSED}


def test_every_kind_of_file_in_apache():
    found = re.findall(r'AddType (?:"([^"]+)"|(\S+)) (\.\S+)', APACHE)
    assert {ending: quoted or bare for quoted, bare, ending in found} == TYPES
    listed = re.search(r"FilesMatch \"\\\.\(\?:([a-z|]+)\)", APACHE)[1].split("|")
    assert {f".{ending}" for ending in listed} == set(COMPRESSED)


def test_every_kind_of_file_in_iis(iis):
    found = {item.get("fileExtension"): item.get("mimeType") for item in iis.iterfind(".//mimeMap")}
    assert found.pop(".") == "text/plain; charset=utf-8"
    assert found == TYPES
    assert {item.get("fileExtension") for item in iis.iterfind(".//staticContent/remove")} == {*TYPES, "."}


def test_iis_shows_the_page_for_missing_addresses_and_no_listing(iis):
    error = iis.find(".//httpErrors/error")
    assert (error.get("statusCode"), error.get("path"), error.get("responseMode")) == ("404", "/404.html", "ExecuteURL")
    assert iis.find(".//directoryBrowse").get("enabled") == "false"


def test_iis_lets_only_accounts_in_once_the_switch_is_thrown(iis):
    assert iis.find(".//authentication") is None, "off as shipped"
    switched = "\n".join(line for line in IIS.splitlines() if line.strip() not in ("<!-- BẮT ĐẦU", "KẾT THÚC -->"))
    root = ElementTree.fromstring(switched.encode())
    assert root.find(".//anonymousAuthentication").get("enabled") == "false"
    assert root.find(".//windowsAuthentication").get("enabled") == "true"
    rules = [(rule.get("accessType"), rule.get("users")) for rule in root.iterfind(".//authorization/add")]
    assert rules == [("Deny", "?"), ("Allow", "*")]
