"""`cotmoc new`: a new record in its data file; with --from, a new guidance document as a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scripts.cli.app import Settings
from scripts.devenv.console import Stop, say

if TYPE_CHECKING:
    from macros.model import Library
    from scripts.interview import Given

DRAFTS = "drafts"
HELP = """Thêm một bản ghi, hoặc đọc văn bản mới thành bản nháp.

\b
LOẠI (tiếng Anh hay tiếng Việt, không cần dấu):
  treaty, dieu-uoc      agency, co-quan
  document, van-ban     source, nguon
  event, su-kien        term, thuat-ngu
  topic, chu-de         border, tuyen
  talking-point, y-chinh    question, hoi-dap

Ví dụ: cotmoc new dieu-uoc. Máy hỏi từng mục. Hoặc cho sẵn mục nào biết: --id, --title, --signed
1999-12-30, --source seed-…, --locator "mục II.1" hay bất cứ trường nào: --TRƯỜNG GIÁ-TRỊ; phần của
một trường viết --signed.locator. Chưa có nguồn thì bỏ trống (null), không đoán. Bản ghi được kiểm tra rồi mới
nối vào cuối tệp; có lỗi thì không ghi gì.

Với --from, bản nháp ghi vào thư mục drafts/, không bao giờ vào data/: bản ghi mà văn bản nêu tên, văn bản
thư viện chưa có, các mục hướng dẫn theo tuyến để điền. Đọc .docx, .txt, .md, .odt, .pdf có chữ.
"""
USAGE = "viết: cotmoc new LOẠI --TRƯỜNG GIÁ-TRỊ, ví dụ: cotmoc new dieu-uoc --signed 1999-12-30."


@click.command(help=HELP, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[LOẠI] [--TRƯỜNG GIÁ-TRỊ]")
@click.option("--set", "pairs", multiple=True, metavar="TRƯỜNG=GIÁ-TRỊ", help="Như --TRƯỜNG GIÁ-TRỊ; nhiều lần được.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra và in bản ghi, không ghi.")
@click.option("--from", "file", type=click.Path(path_type=Path), metavar="TỆP", help="Văn bản cần đọc thành bản nháp.")
@click.option("--to", type=click.Path(path_type=Path), metavar="THƯ MỤC", help="Nơi ghi bản nháp (mặc định: drafts/).")
@click.pass_obj
def command(
    settings: Settings,
    words: tuple[str, ...],
    pairs: tuple[str, ...],
    dry_run: bool,
    file: Path | None,
    to: Path | None,
) -> int:
    if file is not None:
        return _draft(settings, file, to)
    name, given = _given(words, pairs)
    if name is None:
        raise Stop("Chưa nói thêm loại bản ghi nào.", USAGE, code=2)
    return _add(settings, name, given, dry_run)


def _given(words: tuple[str, ...], pairs: tuple[str, ...]) -> tuple[str | None, Given]:
    """(kind as typed, fields as typed). Raises Stop."""
    name, given, rest = None, [], list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("--"):
            field, equals, text = word[2:].partition("=")
            if not equals and not rest:
                raise Stop(f"Tùy chọn {word} cần một giá trị.", USAGE, code=2)
            given.append((field, text if equals else rest.pop(0)))
        elif name is None:
            name = word
        else:
            raise Stop(f"Thừa “{word}”.", USAGE + " Giá trị có dấu cách thì đặt trong dấu nháy.", code=2)
    for pair in pairs:
        field, equals, text = pair.partition("=")
        if not equals:
            raise Stop(f"--set {pair} thiếu dấu =.", "viết --set trường=giá trị.", code=2)
        given.append((field, text))
    return name, given


def _add(settings: Settings, name: str, given: Given, dry_run: bool) -> int:
    from macros.drafting import DraftError, build, kind_called
    from macros.yaml_form import written
    from scripts.adding import addition

    asked = False
    try:
        kind = kind_called(name)
        record = build(kind, given, settings.today)
        if sys.stdin.isatty() and _lacks(kind, record):
            given, asked = _interview(settings, kind, given), True
            record = build(kind, given, settings.today)
    except DraftError as error:
        raise Stop(error.what, error.remedy, code=2) from None
    if "id" not in record:
        raise Stop("Thiếu mã bản ghi.", f"thêm --id, ví dụ --id {_suggestion(settings, kind, record)}", code=2)
    added = addition(settings.root, kind, record, settings.today)
    click.echo(written([record], kind), nl=False)
    for problem in added.refused:
        click.echo(str(problem), err=True)
    if added.refused:
        say(f"Có {len(added.refused)} lỗi, nên chưa ghi gì vào data/{kind}.yaml.")
        return 1
    if dry_run or (asked and not _agreed(kind)):
        say("Chưa ghi gì.")
        return 0
    added.write()
    say(f"Đã thêm {record['id']} vào cuối data/{kind}.yaml.")
    for problem in added.later:
        say(f"Còn việc phải làm: {problem}")
    return 0


def _lacks(kind: str, record: dict[str, Any]) -> bool:
    from macros.drafting import fields
    from macros.model import KINDS

    return any(field.required and name not in record for name, field in fields(KINDS[kind]).items())


def _readable(settings: Settings) -> Library:
    from scripts.checking import examine

    library = examine(settings.root, settings.today).library
    if library is None:
        raise Stop("Chưa đọc được dữ liệu.", "chạy “cotmoc check” để xem lỗi.", code=2)
    return library


def _interview(settings: Settings, kind: str, given: Given) -> Given:
    from scripts.interview import Interview

    return Interview(kind, _readable(settings), given, settings.today).run()


def _suggestion(settings: Settings, kind: str, record: dict[str, Any]) -> str:
    from macros.drafting import suggested_id

    return suggested_id(kind, record, _readable(settings).by_id)


def _agreed(kind: str) -> bool:
    from macros.vietnamese import fold
    from scripts.asking import ask

    return fold(ask(f"Ghi vào data/{kind}.yaml? (có/không)")) in ("c", "co", "y", "yes")


def _draft(settings: Settings, file: Path, to: Path | None) -> int:
    from macros.proofing import kit_for
    from macros.proofing.importing import draft
    from scripts.reading import read_text

    folder = (to or settings.root / DRAFTS).resolve()
    if folder.is_relative_to((settings.root / "data").resolve()):
        raise Stop("Bản nháp không được ghi vào data/.", "chọn thư mục khác, hoặc bỏ --to.", code=2)
    text = read_text(file)
    library = _readable(settings)
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
