"""`cotmoc publish`: put a zip on an intranet server without visitors noticing."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click

from scripts.cli.app import Settings
from scripts.devenv.console import Stop, explain_os_error, say

HELP = """Đưa một bản lên máy chủ nội bộ, hoặc quay lại bản trước.

Bung ra chỗ riêng, kiểm tra, rồi mới đổi liên kết THƯ MỤC/hien-tai; người đang xem thấy trọn bản cũ hoặc trọn bản
mới. Giữ ba bản gần nhất. Máy chủ phục vụ THƯ MỤC/hien-tai/thu-vien. Không ghi TỆP thì đóng gói bản hiện có.
"""


@click.command(help=HELP)
@click.argument("home", metavar="THƯ MỤC", type=click.Path(file_okay=False, path_type=Path))
@click.argument("file", metavar="[TỆP]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rollback", is_flag=True, help="Không phát hành; quay lại bản trước bản hiện tại.")
@click.option(
    "--duong-dan",
    "prefix",
    metavar="/A/B/",
    help='Đường dẫn của thư viện trên máy chủ, ví dụ "/thu-vien/" (mặc định "/"); được nhớ cho lần sau.',
)
@click.pass_obj
def command(settings: Settings, home: Path, file: Path | None, rollback: bool, prefix: str | None) -> int:
    from scripts.devenv.filelock import locked

    if rollback and file:
        raise Stop("--rollback không đi cùng một tệp.", "bỏ một trong hai.", code=2)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with locked(home / ".khoa", on_wait=lambda: say("Một lần phát hành khác đang chạy, đang chờ…")):
            return _roll_back(home) if rollback else _publish(settings, home, file, prefix)
    except OSError as error:
        raise explain_os_error(error, home) from error


def _roll_back(home: Path) -> int:
    from scripts.bundling import versions

    versions.recover(home)
    say(f"Đã quay lại bản {versions.roll_back(home).name}.")
    return 0


def _publish(settings: Settings, home: Path, file: Path | None, prefix: str | None) -> int:
    from scripts.bundling import archive, versions
    from scripts.commands import bundle

    if prefix is not None:
        versions.write_prefix(home, prefix)
    with tempfile.TemporaryDirectory(prefix="cotmoc-") as aside:
        path = file or bundle.make(settings, Path(aside), is_light=False)
        if path is None:
            return 1
        say(f"Đang kiểm tra {path.name}…")
        files = archive.read_zip(path)
    version = versions.publish(home, files, versions.read_prefix(home), time.time(), report=say)
    say(f"Đã phát hành {version.name} vào {home}.")
    return 0
