"""`cotmoc diff`: which records and fields changed between two states of the library."""

from __future__ import annotations

import io
import json
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scripts.cli.app import Settings
from scripts.devenv.console import Stop, say

if TYPE_CHECKING:
    from macros.changes import Change

HELP = """Nói bằng tiếng Việt bản ghi nào, trường nào đã đổi.

CŨ và MỚI là hai lần ghi của git (mã, nhánh, nhãn), hai tệp all.json của dữ liệu mở, hoặc hai thư mục
thư viện. Bỏ MỚI thì so với dữ liệu đang có trong thư mục.
"""


@click.command(help=HELP)
@click.argument("old", metavar="CŨ")
@click.argument("new", metavar="MỚI", required=False)
@click.option("--json", "as_json", is_flag=True, help="In JSON.")
@click.option("--save", metavar="TÊN", help="Ghi thành một bước trong data/changes.yaml, với tên này.")
@click.pass_obj
def command(settings: Settings, old: str, new: str | None, as_json: bool, save: str | None) -> int:
    from macros import diff

    here = _library(settings.root)
    before, after = _state(settings.root, old), _state(settings.root, new)
    found = diff.changes(before["records"], after["records"], here.vocabulary)
    if as_json:
        shown = [change.model_dump(mode="json", exclude_defaults=True) for change in found]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        names = {r["id"]: r["title"] for state in (before, after) for r in state["records"].get("sources", ())}
        for line in _report(found, here.vocabulary, names):
            click.echo(line)
    if save:
        _save(settings.root, save, after, found)
    return 0


def _report(found: tuple[Change, ...], vocabulary: Any, names: dict[str, str]) -> list[str]:
    from macros import diff
    from macros.changes import WHAT
    from macros.pages.render import KIND_TITLE

    if not found:
        return ["Không có gì thay đổi."]
    shown = []
    for change in found:
        shown.append(f"{WHAT[change.what].upper()} · {KIND_TITLE[change.kind]} · {change.name} ({change.id})")
        shown += [f"  {diff.line(field, vocabulary, names)}" for field in change.fields]
    counts = [f"{sum(c.what == what for c in found)} {word}" for what, word in WHAT.items()]
    return [*shown, f"{len(found)} bản ghi: {', '.join(counts)}."]


def _library(root: Path, name: str = "thư mục này") -> Any:
    from macros.load import load_library

    loaded = load_library(root)
    # Words of an earlier state may break a rule of today; what counts is that every record was read.
    problems = [p for p in loaded.problems if loaded.library is None or p.place.file != "data/vocabulary.yaml"]
    if problems:
        what = f"Không đọc được dữ liệu của {name}: {problems[0]}"
        raise Stop(what, "xem mọi lỗi bằng “cotmoc check”; lần ghi cũ có thể theo khuôn dữ liệu khác.")
    return loaded.library


def _state(root: Path, name: str | None) -> dict[str, Any]:
    """The open data (api/v1/all.json) of a file, a library's folder or a commit; None is `root` itself."""
    if name is None:
        return _open_data(root)
    path = Path(name)
    if path.is_file():
        return _from_file(path)
    if (path / "data").is_dir():
        return _open_data(path, name)
    with tempfile.TemporaryDirectory() as folder:
        _extract(root, name, Path(folder))
        return _open_data(Path(folder), name)


def _open_data(root: Path, name: str = "thư mục này") -> dict[str, Any]:
    from macros.exports import api

    return json.loads(dict(api.files(_library(root, name)))[f"{api.FOLDER}/all.json"])


def _from_file(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        data = None
    records = data.get("records") if isinstance(data, dict) else None
    good = isinstance(records, dict) and all(
        isinstance(items, list) and all(isinstance(item, dict) and isinstance(item.get("id"), str) for item in items)
        for items in records.values()
    )
    if not good:
        raise Stop(f"{path} không phải tệp all.json của dữ liệu mở.", "lấy tệp api/v1/all.json của một bản dựng.")
    return data


def _extract(root: Path, revision: str, target: Path) -> None:
    """Put `data/` of a commit into `target`. Git's own error is shown when there is none."""
    # An option in place of a revision would make git do something else.
    if revision.startswith("-") or not re.fullmatch(r"[\w./~^@{}:-]+", revision):
        raise Stop(f"“{revision}” không phải tên một lần ghi của git.", "viết mã như 1a2b3c4, nhánh hoặc nhãn.")
    command = ["git", "-C", str(root), "archive", "--format=zip", f"{revision}", "--", "data"]
    try:
        done = subprocess.run(command, capture_output=True)
    except FileNotFoundError:
        raise Stop("Chưa cài git.", "cài git, hoặc so hai tệp all.json.") from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise Stop(f"Không lấy được dữ liệu của “{revision}”: {said}", "xem các mã bằng: git log --oneline -- data")
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        archive.extractall(target)


def _save(root: Path, title: str, after: dict[str, Any], found: tuple[Change, ...]) -> None:
    """Append a step to data/changes.yaml; an id is the day and the number of the step on that day."""
    from macros.changes import Step
    from macros.load import load_library
    from macros.yaml_form import written
    from scripts.writing import write_all

    if not found:
        say("Không có gì thay đổi nên không ghi.")
        return
    day = after["data_as_of"]
    path = root / "data" / "changes.yaml"
    number = 1 + sum(step.on.iso() == day for step in load_library(root).library.changes)
    step = Step(id=f"{day}-{number}", on=day, version=after["version"], title=title, changes=found)
    text = path.read_text(encoding="utf-8") if path.exists() else HEADER
    added = written([step.model_dump(mode="json", exclude_defaults=True)], "changes")
    write_all({path: f"{text.rstrip()}\n\n{added}"})
    say(f"Đã ghi bước {step.id} ({len(found)} bản ghi) vào data/changes.yaml.")


HEADER = "# Các lần thay đổi, do máy ghi: cotmoc diff CŨ MỚI --save TÊN. Không sửa bằng tay.\n"
