"""The editors' handbook says what the tools do: commands, messages and pictures are the real ones."""

from __future__ import annotations

import os
import re

import pytest

from scripts.pictures import scenes, terminal
from scripts.pictures.__main__ import FOLDER
from tests.commands import assert_exists
from tests.library import ROOT

PAGE = (ROOT / "docs" / "so-tay-bien-tap.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[([^\]]*)\]\(assets/img/so-tay/([^)]+)\)", PAGE)
SAID = re.findall(r"^\| `(.+?)` \|", PAGE.partition("| Máy nói |")[2].partition("\n\n")[0], re.MULTILINE)
COMMANDS = re.findall(r"`(cotmoc [^`…]+)", PAGE) + re.findall(r"^((?:cotmoc|python3) [^#\n…]+)", PAGE, re.MULTILINE)
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "macros").rglob("*.py")))
FILES = sorted(path.name for path in (ROOT / FOLDER).iterdir())


def test_every_picture_is_shown_and_described_and_they_are_small() -> None:
    assert sorted(name for _, name in PICTURES) == FILES
    assert all(len(text) > 20 for text, _ in PICTURES)
    assert sum((ROOT / FOLDER / name).stat().st_size for name in FILES) < 400_000


@pytest.mark.skipif(os.name == "nt", reason="no terminals of this kind")
def test_terminal_pictures_are_what_the_commands_show_today(tmp_path) -> None:
    made = dict(scenes.drawings(ROOT, tmp_path))
    assert sorted(made) == [name for name in FILES if name.endswith(".svg")]
    for name, text in made.items():
        kept = (ROOT / FOLDER / name).read_text(encoding="utf-8")
        assert kept == text, f"{name}: run `python3 scripts/dev.py pictures` and look at them"


@pytest.mark.parametrize("said", SAID)
def test_every_message_that_is_explained_can_be_printed(said: str) -> None:
    assert said in CODE


def test_there_are_messages_and_commands_to_look_at() -> None:
    assert len(SAID) >= 15 and len(COMMANDS) >= 15


@pytest.mark.parametrize("line", sorted(set(COMMANDS)))
def test_every_command_exists(line: str) -> None:
    assert_exists(line.replace("TỆP", "x").replace("LOẠI", "x"))


def test_a_drawing_wraps_long_lines_and_escapes(tmp_path) -> None:
    text = terminal.drawing("$ a <b>\n" + "chữ " * 60 + "\n", "hình")
    assert "&lt;b&gt;" in text and 'font-weight="bold"' in text and "style=" not in text
    assert text.count("<text ") == 1 + -(-240 // (terminal.COLUMNS - 4))
    assert all(len(line) <= terminal.COLUMNS for line in re.findall(r'preserve">([^<]*)<', text))


def test_a_command_that_waits_for_ever_is_not_waited_for(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(terminal, "PATIENCE_SECONDS", 0.3)
    with pytest.raises(RuntimeError):
        terminal.played(["/bin/cat"], (), tmp_path, {})
