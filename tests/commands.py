"""Whether a command line that is written down somewhere can be run."""

from __future__ import annotations

import shlex

from scripts import cotmoc
from scripts.cli.app import LazyGroup
from scripts.devenv import main
from tests.library import ROOT


def assert_exists(line: str) -> None:
    """A line of scripts/dev.py, or one that begins with `cotmoc`, names a command and options that it has."""
    words = shlex.split(line, comments=True)
    if words[0] != "cotmoc":
        python, script, *words = words
        assert python in ("python3", "py") and (ROOT / script).samefile(ROOT / "scripts" / "dev.py")
        if words[0] in main.OWN:
            return
        words = ["cotmoc", *words]
    _, name, *rest = words
    assert name in cotmoc.COMMANDS, line
    command = LazyGroup(modules=cotmoc.COMMANDS, name="cotmoc").get_command(None, name)
    known = {option for parameter in command.params for option in parameter.opts}
    if command.context_settings.get("ignore_unknown_options"):
        # `new` takes the fields of a record as options.
        return
    assert {word for word in rest if word.startswith("--")} <= known, line
