"""Printing that survives old consoles, and the one exception that stops a command."""

from __future__ import annotations

import errno
import sys
from pathlib import Path


class Stop(Exception):
    """The command cannot go on; the text says what is missing and what to do (Vietnamese)."""

    def __init__(self, what: str, remedy: str, code: int = 1):
        super().__init__(f"{what}\nCách sửa: {remedy}")
        self.what = what
        self.remedy = remedy
        self.code = code

    def __reduce__(self) -> tuple:
        return Stop, (self.what, self.remedy, self.code)


def use_utf8() -> None:
    """Make stdout and stderr UTF-8.

    A redirected Windows stream defaults to the ANSI code page (1258 in
    Vietnam), which has no precomposed letters such as "ế" and would raise
    UnicodeEncodeError in the middle of a message.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """Print one line at once, so that order is kept with what child processes print."""
    print(text, file=sys.stderr, flush=True)


def explain_os_error(error: OSError, place: Path | str = "") -> Stop:
    """A file-system error in plain words, with the place and the remedy.

    `place` is said when the error itself does not name a file.
    """
    where = error.filename or place or "(không rõ tệp nào)"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Stop(
            f"Không mở hoặc không ghi được {where} (thư mục chỉ đọc hoặc thiếu quyền).",
            "chép dự án sang thư mục ghi được, hoặc chỉ ra chỗ ghi được: "
            "biến COTMOC_VENV cho môi trường Python, --site-dir cho trang dựng ra.",
        )
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return Stop(f"Ổ đĩa chứa {where} đã đầy.", "giải phóng ít nhất 1 GB rồi chạy lại.")
    if error.errno == errno.EFBIG:
        return Stop(f"Tệp {where} lớn hơn mức máy cho phép.", "nới giới hạn cỡ tệp (ulimit -f) rồi chạy lại.")
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return Stop(f"{where} không phải là thư mục dùng được.", "đổi tên nó rồi chạy lại.")
    return Stop(f"Lỗi tệp ở {where}: {error.strerror or error}.", "xem lại chỗ đó rồi chạy lại.")
