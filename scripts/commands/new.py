"""`cotmoc new --from`: a new guidance document as draft YAML for the editor, never live data."""

from __future__ import annotations

from pathlib import Path

import click

from scripts.cli.app import Settings
from scripts.devenv.console import Stop, say

DRAFTS = "drafts"
HELP = """Đọc văn bản hướng dẫn mới thành bản nháp YAML.

Bản nháp ghi vào thư mục drafts/, không bao giờ vào data/: bản ghi mà văn bản nêu tên, văn bản thư viện
chưa có (số, loại, nơi ban hành, ngày, chỗ ghi), các mục hướng dẫn theo tuyến để điền. Đọc .docx, .txt, .md,
.odt, .pdf có chữ.
"""


@click.command(help=HELP)
@click.option("--from", "file", required=True, type=click.Path(path_type=Path), metavar="TỆP", help="Văn bản cần đọc.")
@click.option("--to", type=click.Path(path_type=Path), metavar="THƯ MỤC", help="Nơi ghi bản nháp (mặc định: drafts/).")
@click.pass_obj
def command(settings: Settings, file: Path, to: Path | None) -> int:
    from macros.proofing import kit_for
    from macros.proofing.importing import draft
    from scripts.checking import examine
    from scripts.reading import read_text

    folder = (to or settings.root / DRAFTS).resolve()
    if folder.is_relative_to((settings.root / "data").resolve()):
        raise Stop("Bản nháp không được ghi vào data/.", "chọn thư mục khác, hoặc bỏ --to.", code=2)
    text = read_text(file)
    library = examine(settings.root, settings.today).library
    if library is None:
        click.echo("Chưa đọc được dữ liệu; chạy “cotmoc check” để xem lỗi.", err=True)
        return 2
    written = draft(text, file.name, library, kit_for(library))
    target = free_name(folder, file.stem)
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(written, encoding="utf-8", newline="\n")
    say(f"Đã ghi bản nháp {target}. Chưa có gì đổi trong data/.")
    return 0


def free_name(folder: Path, stem: str) -> Path:
    """A name that no file has yet: an editor's work on an earlier draft is never overwritten."""
    target = folder / f"{stem}.yaml"
    count = 2
    while target.exists():
        target = folder / f"{stem}-{count}.yaml"
        count += 1
    return target
