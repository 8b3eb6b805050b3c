"""Third-party files in the site are exactly those recorded in scripts/vendor.json."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def vendor():
    """scripts/vendor.py as a module (scripts is not a package)."""
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "scripts" / "vendor.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def manifest_of(vendor, **contents):
    """A manifest of one package whose files have the given contents."""
    files = {name: vendor.sha256(data) for name, data in contents.items()}
    return {"packages": [{"name": "x", "version": "1", "folder": "x", "files": files}]}


def test_committed_files_match_the_record(vendor):
    """What is committed is what was taken from the packages."""
    assert vendor.problems(vendor.read_manifest()) == []


def test_what_the_tests_use_matches_its_record(vendor):
    """Checkers are pinned like what is shipped; they are never shipped themselves."""
    assert vendor.problems(vendor.read_manifest(vendor.TESTS_MANIFEST), vendor.TESTS_TARGET) == []


def test_every_package_ships_its_licence(vendor):
    """A package without its licence text must not be shipped."""
    packages = vendor.read_manifest()["packages"]
    assert packages
    for package in packages:
        assert "LICENSE" in package["files"], package["name"]
        assert package["licence"] and package["version"]


def test_changed_missing_and_unlisted_files_are_reported(vendor, tmp_path):
    """Each kind of difference gives one line that names the file."""
    manifest = manifest_of(vendor, a=b"1", b=b"2")
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a").write_bytes(b"changed")
    (tmp_path / "x" / "c").write_bytes(b"stranger")
    found = vendor.problems(manifest, tmp_path)
    assert [line.split(":")[0] for line in found] == ["x/a", "x/b", "x/c"]


def test_a_package_that_was_never_fetched_is_reported(vendor, tmp_path):
    """An entry without hashes proves nothing, so it is a problem."""
    found = vendor.problems({"packages": [{"name": "x", "folder": "x"}]}, tmp_path)
    assert len(found) == 1 and found[0].startswith("x:")
