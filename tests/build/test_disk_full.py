"""A disc that is really full: told in Vietnamese, exit 1, and what was good before is still there.

The disc is a small one in memory, which only root may mount. The limit for the size of files does
for everybody what a quota does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scripts.devenv.console import Stop
from scripts.session import Session
from tests import bundles
from tests.disks import MEGABYTE, MISSING, fill, small_disc
from tests.library import ROOT, TODAY, edit

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs mount or limits of Unix")
FULL = "đã đầy"


@pytest.fixture
def disc(tmp_path: Path) -> Iterator[Path]:
    with small_disc(tmp_path / "ổ nhỏ", 24 * MEGABYTE) as place:
        if place is None:
            pytest.skip(MISSING)
        yield place


def cotmoc(root: Path, *words: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "cotmoc.py"), "--root", str(root), *map(str, words)]
    env = {**os.environ, "COTMOC_TODAY": TODAY.isoformat()}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, timeout=300, **options)


def contents(folder: Path) -> Mapping[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def told(done: subprocess.CompletedProcess[str], words: str = FULL) -> None:
    assert done.returncode == 1, done.stderr
    assert words in done.stderr and "Cách sửa: " in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and "Lỗi của phần mềm" not in done.stderr, done.stderr


# How much of what a site needs is left: nothing, too little soon, and too little near the end.
@pytest.mark.parametrize(
    "share",
    [0.3, *(pytest.param(share, marks=pytest.mark.full) for share in (0, 0.02, 0.6, 0.9, 0.98))],
)
def test_a_build_on_a_full_disc_leaves_the_last_good_site(disc: Path, mini_project: Path, share: float) -> None:
    site = disc / "site"
    assert cotmoc(mini_project, "build", "--site-dir", site).returncode == 0
    old = contents(site)
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    filler = fill(disc, int(sum(map(len, old.values())) * share))
    told(cotmoc(mini_project, "build", "--site-dir", site))
    assert contents(site) == old
    left = {path.name for path in disc.iterdir()}
    assert left <= {"site", ".site.lock", filler.name}, "nothing half-written is left"
    filler.unlink()
    assert cotmoc(mini_project, "build", "--site-dir", site).returncode == 0
    assert b"29/12/1999" in contents(site)["dieu-uoc/hiep-uoc-mau-1999.html"]


@pytest.mark.full
def test_an_edit_served_on_a_full_disc_leaves_the_last_good_site(disc: Path, mini_project: Path) -> None:
    session = Session(mini_project, disc / "site", lambda line: None)
    assert session.build(TODAY).good
    old = contents(disc / "site")
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    changed = [str(mini_project / "data" / "treaties.yaml")]
    filler = fill(disc, 4096)
    with pytest.raises(Stop, match=FULL):
        session.build(TODAY, changed)
    assert contents(disc / "site") == old
    filler.unlink()
    assert session.build(TODAY, changed).good
    assert b"29/12/1999" in contents(disc / "site")["dieu-uoc/hiep-uoc-mau-1999.html"]


@pytest.fixture
def packed(tmp_path: Path) -> Mapping[str, Path]:
    """Two zips of a tiny site."""
    return {text: bundles.pack(tmp_path / text, bundles.site(text)) for text in ("cũ", "mới")}


@pytest.mark.parametrize("leave", [0, 8192])
def test_publishing_on_a_full_disc_leaves_the_old_version(
    disc: Path, tmp_path: Path, packed: Mapping[str, Path], leave: int
) -> None:
    assert cotmoc(tmp_path, "publish", disc, packed["cũ"]).returncode == 0
    seen = contents(disc / "hien-tai" / "thu-vien")
    filler = fill(disc, leave)
    told(cotmoc(tmp_path, "publish", disc, packed["mới"]))
    assert contents(disc / "hien-tai" / "thu-vien") == seen
    filler.unlink()
    assert cotmoc(tmp_path, "publish", disc, packed["mới"]).returncode == 0
    assert contents(disc / "hien-tai" / "thu-vien") != seen
    assert not [path.name for path in disc.iterdir() if path.name.startswith(".tam")]


@pytest.mark.full
def test_a_bundle_on_a_full_disc_leaves_the_old_one_and_no_half(disc: Path, mini_root: Path, tmp_path: Path) -> None:
    edit(mini_root, "library", "version: 9.9.9", "version: 1.2.3")
    edit(mini_root, "library", "data_as_of: 2026-01-31", "data_as_of: 2026-01-15")
    (disc / "dist").mkdir()
    (disc / "dist" / "cot-muc-cu.zip").write_bytes(b"PK")
    fill(disc, 4096)
    folder = tmp_path / "nhỏ"
    for name, data in bundles.site("mới").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    done = cotmoc(mini_root, "bundle", "--site-dir", folder, "--to", disc / "dist")
    told(done)
    assert [path.name for path in (disc / "dist").iterdir()] == ["cot-muc-cu.zip"]


@pytest.mark.parametrize(
    "words",
    [
        ("fmt",),
        (
            "new",
            "nguon",
            "--id",
            "nguon-moi-tinh",
            "--title",
            "Nguồn mới",
            "--kind",
            "official",
            "--language",
            "vi",
            "--publisher",
            "Nơi thử",
        ),
    ],
)
def test_a_full_disc_never_cuts_a_data_file(disc: Path, mini_root: Path, words: tuple[str, ...]) -> None:
    root = disc / "thu-vien"
    root.mkdir()
    (root / "data").mkdir()
    for path in (mini_root / "data").glob("*.yaml"):
        (root / "data" / path.name).write_bytes(path.read_bytes())
    edit(root, "treaties", "  level: nha_nuoc\n", "  level:   nha_nuoc\n")
    old = contents(root / "data")
    fill(disc, 0)
    told(cotmoc(root, *words))
    assert contents(root / "data") == old


@pytest.mark.full
def test_open_data_on_a_full_disc_is_told(disc: Path, mini_root: Path) -> None:
    fill(disc, 30_000)
    told(cotmoc(mini_root, "export", "api", "--to", disc / "dist"))


def test_a_limit_for_files_leaves_the_last_good_site(mini_project: Path) -> None:
    """For everybody, root or not: no file may be longer than 60,000 bytes, and some have to be."""
    import resource

    assert cotmoc(mini_project, "build").returncode == 0
    old = contents(mini_project / "site")
    assert max(map(len, old.values())) > 60_000
    edit(mini_project, "treaties", "value: 1999-12-30", "value: 1999-12-29")
    limit = (60_000, 60_000)
    done = cotmoc(mini_project, "build", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    told(done, "lớn hơn mức máy cho phép")
    assert contents(mini_project / "site") == old
    assert {path.name for path in mini_project.iterdir() if path.name.startswith("site")} == {"site"}
