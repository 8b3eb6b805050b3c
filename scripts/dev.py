# -*- coding: utf-8 -*-
"""Sets everything up on a fresh machine, then runs one command.

Needs the standard library only. This file alone also has to be readable by
old Pythons (2.7, 3.x), so that they can say which version is needed instead
of failing with a syntax error: no f-strings, no annotations here. The work is
in scripts/devenv/.
"""

from __future__ import unicode_literals

import os
import sys

NEEDED = (3, 11)

TOO_OLD = (
    "Cần Python %d.%d trở lên; bản đang chạy là %d.%d (%s).\n"
    "Cách sửa: cài Python mới (https://www.python.org/downloads/ hoặc gói của hệ điều hành)"
    " rồi chạy lại, ví dụ: python3.12 scripts/dev.py serve\n"
)


def too_old_message(version, executable):
    """Text for a Python below NEEDED, or None when `version` (major, minor) will do."""
    if tuple(version[:2]) >= NEEDED:
        return None
    if isinstance(executable, bytes):
        executable = executable.decode("utf-8", "replace")
    return TOO_OLD % (NEEDED + tuple(version[:2]) + (executable,))


def main():
    message = too_old_message(sys.version_info, sys.executable)
    if message:
        # Bytes, because old Pythons encode their own way, or not at all.
        getattr(sys.stderr, "buffer", sys.stderr).write(message.encode("utf-8"))
        return 2
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    # In place of scripts/, whose module names must not hide anybody else's.
    sys.path[0] = root
    from scripts.devenv.main import run

    return run(root, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
