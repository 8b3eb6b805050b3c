"""The day of an editor, played on a copy of the tiny library: what is edited, what is typed, what is shown."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.pictures.terminal import drawing, played

TODAY = "2026-02-01"
"""The day for which the tiny library was written."""
TREATIES, EVENTS = "data/treaties.yaml", "data/events.yaml"
SIGNED = "signed:\n    value: 1999-12-30\n"

NEW_TREATY = (
    *("hiệp", "2", "cấp chính phủ"),
    *("Hiệp định mẫu về cửa khẩu giữa nước A và nước B", "theo Công báo", "Hiệp định cửa khẩu mẫu 2001", "vn, cn"),
    *("vn-cn", "", "05/3/2001", "công báo", "trang 9", "medium", "", ""),
    *("chưa rõ", "", "", "", "khá", "", "hiep-dinh-cua-khau-mau-2001", "có"),
)
"""What the editor answers, one line after the other."""


class Stage:
    """A copy of the tiny library in which commands are played; `root` is the project that has the code."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        shutil.copytree(root / "tests" / "fixtures" / "mini" / "data", folder / "data")
        shutil.copy(root / "data" / "vocabulary.yaml", folder / "data")
        self.cotmoc("fmt")
        self.git("init", "-q")
        self.commit("Bản đang dùng")

    def edit(self, file: str, find: str, replace: str) -> None:
        """Replace the first `find`, which must be there."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        if find not in text:
            raise ValueError(f"{find!r} is not in {file}")
        path.write_text(text.replace(find, replace, 1), encoding="utf-8", newline="\n")

    def cotmoc(self, *words: str, answers: tuple[str, ...] = ()) -> str:
        """What a terminal shows of one command, with the line that was typed."""
        command = [sys.executable, str(self.root / "scripts" / "cotmoc.py"), "--root", str(self.folder), *words]
        shown = played(command, answers, self.folder, {"COTMOC_TODAY": TODAY})
        return f"$ cotmoc {' '.join(words)}\n{shown}"

    def git(self, *words: str) -> None:
        who = ["-c", "user.name=Biên tập", "-c", "user.email=bien-tap@example.org"]
        subprocess.run(["git", "-C", str(self.folder), *who, *words], check=True, env={**os.environ})

    def commit(self, text: str) -> None:
        self.git("add", "-A", "data")
        self.git("commit", "-q", "-m", text)


def drawings(root: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """(file name, SVG) of every terminal picture, in the order of the handbook."""
    stage = Stage(root, folder)
    yield _drawn("kiem-tra-tot", stage.cotmoc("check"))
    stage.edit(TREATIES, SIGNED, SIGNED.replace("1999-12-30", "31/02/1999"))
    stage.edit(TREATIES, "level: nha_nuoc", "level: nha_nuocs")
    yield _drawn("kiem-tra-loi", stage.cotmoc("check"))
    stage.git("checkout", "-q", "data")
    correct(stage)
    yield _drawn("so-sanh-ngay", stage.cotmoc("diff", "HEAD"))
    stage.commit("Đính chính ngày ký")
    asked = stage.cotmoc("new", "dieu-uoc", answers=NEW_TREATY)
    yield _drawn("them-1", _part(asked, "$ cotmoc", "Loại: 2"))
    yield _drawn("them-2", _part(asked, "Ngày ký", "Nơi ký"))
    yield _drawn("them-3", _part(asked, "Mã [", "Đã thêm"))
    stage.edit(EVENTS, "  kind: ", "  # hỏi lại xã về sự kiện này\n  kind: ")
    stage.edit(EVENTS, "title: ", "title:   ")
    yield _drawn("viet-lai", stage.cotmoc("fmt", "--check") + "\n" + stage.cotmoc("fmt"))


def correct(stage: Stage) -> None:
    """The correction of the handbook: another day, the old one kept as what it is, the correction told."""
    stage.edit(TREATIES, SIGNED, SIGNED.replace("1999-12-30", "1999-12-29"))
    stage.edit(
        TREATIES,
        "    confidence: high\n"
        "    sources:\n"
        "      - source: nguon-cong-bao\n"
        "        locator: trang 1\n"
        "        says: ký tại Hà Nội\n"
        "      - source: nguon-bao-a\n"
        "        locator: đoạn 1\n"
        "    others:\n",
        "    confidence: medium\n"
        "    sources:\n"
        "      - source: nguon-cong-bao\n"
        "        locator: trang 1\n"
        "        says: ký tại Hà Nội\n"
        "    others:\n"
        "      - value: 1999-12-30\n"
        "        sources:\n"
        "          - source: nguon-bao-a\n"
        "            locator: đoạn 1\n"
        "        resolution: báo ghi ngày làm lễ; Công báo ghi ngày ký\n",
    )
    stage.edit(
        TREATIES,
        "  sources:\n    - source: nguon-cong-bao\n      locator: trang 1\n  confidence",
        "  corrections:\n"
        "    - field: signed\n"
        "      old: 1999-12-30\n"
        "      new: 1999-12-29\n"
        "      reason: đọc lại Công báo, trang 1\n"
        "      on: 2026-02-01\n"
        "  sources:\n    - source: nguon-cong-bao\n      locator: trang 1\n  confidence",
    )


LABELS = {
    "kiem-tra-tot": "cotmoc check khi dữ liệu không có lỗi",
    "kiem-tra-loi": "cotmoc check khi có hai lỗi: tệp, dòng, bản ghi, sai gì, sửa thế nào",
    "so-sanh-ngay": "cotmoc diff HEAD sau khi sửa một ngày ký",
    "them-1": "cotmoc new dieu-uoc: gõ một phần tên hoặc số để chọn",
    "them-2": "Sau mỗi ngày máy hỏi nguồn, chỗ ghi trong nguồn, độ chắc; Enter là chưa có nguồn",
    "them-3": "Máy gợi mã, in bản ghi, hỏi lần cuối rồi mới ghi",
    "viet-lai": "cotmoc fmt --check rồi cotmoc fmt",
}


def _part(shown: str, first: str, last: str) -> str:
    """The lines from the one that begins with `first` to the one that begins with `last`."""
    lines = shown.split("\n")
    begin = next(n for n, line in enumerate(lines) if line.startswith(first))
    end = next(n for n, line in enumerate(lines) if n > begin and line.startswith(last))
    before, after = ["…"] * bool(begin), ["…"] * any(lines[end + 1 :])
    return "\n".join([*before, *lines[begin : end + 1], *after])


def _drawn(name: str, text: str) -> tuple[str, str]:
    return f"{name}.svg", drawing(text, LABELS[name])
