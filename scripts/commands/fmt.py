"""`cotmoc fmt`: the data files in their one form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from scripts.cli.app import Settings
from scripts.devenv.console import Stop, say

HELP = """Viết lại tệp dữ liệu theo một khuôn chung.

Thứ tự khóa, dấu nháy, danh sách một dòng hay nhiều dòng, dòng trống. Lời chú (#) được giữ; dữ liệu
không đổi. Không nêu TỆP thì làm mọi tệp trong data/.
"""


@click.command(help=HELP)
@click.argument("files", nargs=-1, metavar="[TỆP]...", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Chỉ nói tệp nào chưa theo khuôn, không ghi.")
@click.pass_obj
def command(settings: Settings, files: tuple[Path, ...], only_check: bool) -> int:
    from scripts.writing import write_all

    new, problems = {}, []
    for path in files or _all(settings.root):
        try:
            old = _read(path)
            text = _formed(old, path)
        except _Unreadable as error:
            problems.append(f"{_shown(path, settings.root)}:{error}")
        else:
            if text.encode("utf-8") != old:
                new[path] = text
    for problem in problems:
        click.echo(problem)
    for path in new:
        what = "chưa theo khuôn; chạy “cotmoc fmt”" if only_check else "đã viết lại"
        click.echo(f"{_shown(path, settings.root)}: {what}")
    if not only_check:
        write_all(new)
    if not new and not problems:
        say("Mọi tệp đã theo khuôn.")
    return 1 if problems or (only_check and new) else 0


class _Unreadable(Exception):
    """``line: what; remedy``, as in the messages of `cotmoc check`."""


def _all(root: Path) -> Iterator[Path]:
    from macros.yaml_form import FILES

    paths = [root / "data" / f"{name}.yaml" for name in FILES]
    if not paths[0].parent.is_dir():
        raise Stop(f"Không có thư mục {paths[0].parent}.", "xem lại --root.")
    return (path for path in paths if path.exists())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Stop(f"Không có tệp {path}.", "xem lại tên tệp.", code=2) from None


def _formed(data: bytes, path: Path) -> str:
    from macros.yaml_form import FILES, formed
    from macros.yaml_text import YamlProblem, decode

    if path.stem not in FILES or path.suffix != ".yaml":
        names = ", ".join(f"{name}.yaml" for name in FILES)
        raise Stop(f"{path} không phải tệp dữ liệu.", f"chọn trong: {names}.", code=2)
    try:
        return formed(decode(data), path.stem)
    except YamlProblem as problem:
        raise _Unreadable(f"{problem.line}: {problem.what}; {problem.remedy}") from None


def _shown(path: Path, root: Path) -> str:
    whole = path.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(path)
