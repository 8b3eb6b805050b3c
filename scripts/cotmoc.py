"""The command line `cotmoc`: registers the commands, one module each in scripts/commands/."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# name -> module with a click command called `command`; imported only when it is asked for.
COMMANDS = {
    "check": "scripts.commands.check",
    "build": "scripts.commands.build",
    "serve": "scripts.commands.serve",
    "export": "scripts.commands.export",
    "search": "scripts.commands.search",
    "proof": "scripts.commands.proof",
    "new": "scripts.commands.new",
    "fmt": "scripts.commands.fmt",
    "diff": "scripts.commands.diff",
    "bench": "scripts.commands.bench",
    "bundle": "scripts.commands.bundle",
    "publish": "scripts.commands.publish",
    "zensical": "scripts.commands.zensical",
}

if __name__ == "__main__":
    # In place of scripts/, whose module names must not hide anybody else's.
    sys.path[0] = str(ROOT)
    from scripts.cli.app import leave, run

    leave(run(COMMANDS, ROOT, sys.argv[1:]))
