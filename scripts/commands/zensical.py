"""`cotmoc zensical`: build the site with Zensical and say how far that goes (docs/zensical.md)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scripts.cli.app import Settings
from scripts.devenv.console import Stop, say

if TYPE_CHECKING:
    from scripts.second_life import Compared

HELP = """Dựng trang bằng Zensical thay MkDocs rồi so với trang thường.

Cài Zensical (bản ghi trong requirements-zensical.txt) vào một môi trường riêng ở .cache/, dựng cùng trang, cùng
mẫu, cùng dữ liệu, rồi so từng trang và từng tệp. Không đụng tới site/. Kết quả lần gần nhất: docs/zensical.md.
"""

SHOWN = 10
"""Names of a list that are printed; the rest is counted."""


@click.command(help=HELP)
@click.option("--to", type=click.Path(path_type=Path), metavar="THƯ MỤC", help="Giữ trang dựng ra ở đây (phải trống).")
@click.pass_obj
def command(settings: Settings, to: Path | None) -> int:
    if to is not None and to.exists() and any(to.iterdir()):
        raise Stop(f"Thư mục {to} không trống.", "chọn một thư mục trống hoặc chưa có.", code=2)
    program = find()
    with tempfile.TemporaryDirectory(prefix="cotmoc-zensical-") as folder:
        compared = build(settings, program, Path(folder), to)
    for line in told(compared):
        say(line)
    return 0 if compared.good else 1


def find() -> str:
    """The command of the pinned release. Raises Stop when it cannot be had."""
    from scripts.zensical_env import find_zensical

    program = find_zensical(say)
    if program is None:
        raise Stop("Chưa có Zensical.", "nối mạng rồi chạy lại, để pip tải gói về.")
    return program


def build(settings: Settings, program: str, folder: Path, keep: Path | None = None) -> Compared:
    """Build both sites below ``folder`` and compare them. Raises Stop when one of them cannot be built."""
    from scripts import building, second_life
    from scripts.checking import examine

    library = examine(settings.root, settings.today).library
    outcome = building.build(settings.root, folder / "thuong" / "site", settings.today, report=say)
    if library is None or not outcome.good:
        raise Stop("\n".join(outcome.problems), "sửa các lỗi trên rồi chạy lại.")
    place = (keep or folder / "zensical").absolute()
    place.mkdir(parents=True, exist_ok=True)
    say(f"Đang dựng bằng {version(program)}…")
    holes = second_life.prepare(settings.root, library, place)
    second_life.render(program, place)
    site = second_life.fill(settings.root, library, place, holes)
    usual = second_life.contents(folder / "thuong" / "site")
    return second_life.compare(second_life.contents(site), usual)


def version(program: str) -> str:
    """“Zensical 0.0.73”."""
    done = subprocess.run([program, "--version"], capture_output=True, encoding="utf-8")
    return f"Zensical {(done.stdout.split() or ['(không rõ bản)'])[-1]}"


def told(compared: Compared) -> list[str]:
    """What was found, in Vietnamese, one line each."""
    lists = {
        "Trang thiếu": compared.missing,
        "Trang còn chỗ chưa điền": compared.unfilled,
        "Liên kết hỏng": compared.broken,
        "Tệp khác hoặc thừa, thiếu (kiểu chữ, mã, chỉ mục tìm kiếm, dữ liệu mở, tệp tải về)": compared.other_files,
        "Trang khác với bản thường": compared.different,
    }
    lines = [f"Trang dựng được: {compared.pages}, trong đó trang bản ghi: {compared.records}."]
    lines.append(f"Trang giống bản thường: {compared.same}.")
    for name, found in lists.items():
        shown = f": {', '.join(found[:SHOWN])}{' …' if len(found) > SHOWN else ''}" if found else ""
        lines.append(f"{name}: {len(found)}{shown}.")
    return lines
