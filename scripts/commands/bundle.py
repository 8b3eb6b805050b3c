"""`cotmoc bundle`: the whole library in one zip, or the check of one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scripts.cli.app import Settings
from scripts.devenv.console import Stop, say

if TYPE_CHECKING:
    from macros.library import Meta

HELP = """Đóng gói thư viện thành một tệp nén trong dist/.

Giải nén rồi mở MO-THU-VIEN.html là dùng được, không cần mạng. Hai lần đóng gói cùng một bản cho cùng một tệp.
"""


@click.command(help=HELP)
@click.option("--nhe", "is_light", is_flag=True, help="Bản nhẹ: không có tệp Word và Excel.")
@click.option(
    "--verify",
    "verified",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="TỆP",
    help="Không đóng gói; kiểm tra một tệp nén đã có.",
)
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="THƯ MỤC",
    help="Nơi ghi (mặc định: dist/).",
)
@click.option(
    "--site-dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="THƯ MỤC",
    help="Đóng gói trang đã dựng ở đây, không dựng lại.",
)
@click.pass_obj
def command(settings: Settings, is_light: bool, verified: Path | None, to: Path | None, site_dir: Path | None) -> int:
    if verified:
        return check(verified)
    made = make(settings, to or settings.root / "dist", is_light=is_light, site=site_dir)
    return 0 if made else 1


def check(path: Path) -> int:
    """Say what is wrong with a zip, or what it is."""
    from scripts.bundling import archive

    problems = archive.verify(path)
    for problem in problems:
        click.echo(problem)
    if problems:
        say(f"{path.name}: có {len(problems)} lỗi, đừng dùng; hãy xin lại tệp ở nơi đã cấp.")
        return 1
    import hashlib

    say(f"{path.name}: nguyên vẹn. SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return 0


def make(settings: Settings, folder: Path, *, is_light: bool, site: Path | None = None) -> Path | None:
    """Build, pack and check; gives the zip, or None when the library has problems. Raises Stop."""
    from macros.load import load_library
    from scripts.bundling import archive, package
    from scripts.bundling.files import read_folder

    with tempfile.TemporaryDirectory(prefix="cotmoc-") as aside:
        if site is None:
            site = Path(aside) / "site"
            if not _build(settings, site):
                return None
        meta: Meta = load_library(settings.root).library.meta
        files = package.package(read_folder(site), meta, is_light=is_light)
    data = archive.to_zip(files, meta.data_as_of.first())
    too_big = archive.too_big(len(data), is_light=is_light)
    if too_big:
        raise too_big
    path = folder / f"{package.stem(meta, is_light=is_light)}.zip"
    _write(path, data)
    problems = archive.verify(path)
    if problems:
        path.unlink()
        raise Stop("\n".join(problems), "báo lỗi này cho người giữ mã nguồn.")
    size = f"{len(data) / 1_000_000:.2f}".replace(".", ",")
    say(f"Đã đóng gói {len(files)} tệp, {size} MB: {path}")
    return path


def _build(settings: Settings, site: Path) -> bool:
    from scripts import building

    outcome = building.build(settings.root, site, settings.today, report=say)
    for problem in outcome.problems:
        say(problem)
    if outcome.problems:
        say(f"Không đóng gói: có {len(outcome.problems)} lỗi.")
    return outcome.good


def _write(path: Path, data: bytes) -> None:
    """Never half a zip under the name of a whole one."""
    from scripts.devenv.console import explain_os_error
    from scripts.writing import write_all

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_all({path: data})
    except OSError as error:
        raise explain_os_error(error, path) from error
