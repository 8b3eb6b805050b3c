"""`cotmoc proof`: check drafts against the records, as the page soat.html does."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scripts.cli.app import Settings
from scripts.devenv.console import say

if TYPE_CHECKING:
    from macros.proofing import Finding, Kit, Result

HELP = """Soát dự thảo: so tên, ngày, số liệu với thư viện.

Đọc .txt, .md, .docx, .odt, .pdf có chữ; dấu - là đọc từ đầu vào chuẩn. Không sửa tệp nào.

Mã thoát: 0 không có chỗ nào ở mức "Sai"; 1 có chỗ "Sai"; 2 có tệp không đọc được.
"""


@click.command(help=HELP)
@click.argument("files", metavar="TỆP…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="In JSON: start, end, kind, level, found, expected, id, message…")
@click.option("--muc", type=click.Choice(["sai", "xem", "tat-ca"]), default="tat-ca", help="Chỉ in từ mức này trở lên.")
@click.pass_obj
def command(settings: Settings, files: tuple[str, ...], as_json: bool, muc: str) -> int:
    from macros.proofing import LIMITS, kit_for
    from scripts.checking import examine

    library = examine(settings.root, settings.today).library
    if library is None:
        click.echo("Chưa đọc được dữ liệu; chạy “cotmoc check” để xem lỗi.", err=True)
        return 2
    kit = kit_for(library)
    reports, worst = [], 0
    for name in files:
        status, report = _one(name, kit, muc, as_json=as_json)
        reports.append(report)
        worst = max(worst, status)
    if as_json:
        about = {"version": library.meta.version, "data_as_of": library.meta.data_as_of.iso(), "limits": LIMITS}
        click.echo(json.dumps({**about, "files": reports}, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(["Điều bộ soát không biết:", *(f"- {limit}" for limit in LIMITS)]))
    return worst


def _one(name: str, kit: Kit, muc: str, *, as_json: bool) -> tuple[int, dict[str, Any]]:
    """Check one file; (exit status, its part of the JSON)."""
    from macros.proofing import proof
    from scripts.reading import Unreadable, read_text, text_of

    try:
        text = text_of(sys.stdin.buffer.read(), ".txt", "Đầu vào") if name == "-" else read_text(Path(name))
    except Unreadable as error:
        say(str(error))
        return 2, {"file": name, "error": error.what, "remedy": error.remedy}
    result = proof(text, kit)
    shown = {"sai": ("sai",), "xem": ("sai", "nen_xem_lai")}.get(muc, ("sai", "nen_xem_lai", "goi_y"))
    data = result.data()
    data["findings"] = [finding for finding in data["findings"] if finding["level"] in shown]
    if not as_json:
        click.echo(_printed(name, text, result, shown))
    return int(any(finding.level == "sai" for finding in result.findings)), {"file": name, **data}


def _printed(name: str, text: str, result: Result, shown: tuple[str, ...]) -> str:
    from macros.proofing import LEVELS

    lines = [_row(name, text, finding) for finding in result.findings if finding.level in shown]
    counts = ", ".join(
        f"{label.lower()} {sum(f.level == level for f in result.findings)}" for level, label in LEVELS.items()
    )
    records = len({entry.id for entry in result.named})
    lines.append(
        f"{name}: {counts}. Đã nhận ra {records} bản ghi, so {result.dates} ngày, xem {result.figures} số liệu."
    )
    if result.unknown:
        names = "; ".join(dict.fromkeys(item["found"] for item in result.unknown))
        lines.append(f"Chưa có trong thư viện nên không soát được: {names}.")
    return "\n".join(lines)


def _row(name: str, text: str, finding: Finding) -> str:
    from macros.proofing import LEVELS

    line = text.count("\n", 0, finding.start) + 1
    column = finding.start - (text.rfind("\n", 0, finding.start) + 1) + 1
    found = " ".join(finding.found.split())
    known = "; ".join(
        part for part in (finding.source, f"độ chắc: {finding.confidence}" if finding.confidence else "") if part
    )
    also = f" (còn {len(finding.also)} chỗ nữa)" if finding.also else ""
    tail = f" [{known}]" if known else ""
    return f"{name}:{line}:{column} {LEVELS[finding.level]}: “{found}”{also}. {finding.message}{tail}"
