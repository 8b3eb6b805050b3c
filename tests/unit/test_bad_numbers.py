"""Numbers beyond what can be spoken are told with their place (found by tests/fuzz)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros import aloud
from macros.dates import DateError, PartialDate
from macros.load import load_library
from tests.library import copy_mini, problems


def test_a_figure_that_nobody_can_say_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    root = copy_mini(tmp_path)
    path = root / "data" / "borders.yaml"
    text = path.read_text(encoding="utf-8")
    assert "vn-cn-dai-mau" in text
    path.write_text(
        re.sub(r"(vn-cn-dai-mau.*?value: )[0-9.]+", r"\g<1>1000000000000", text, count=1, flags=re.DOTALL), "utf-8"
    )
    said = [str(problem) for problem in problems(root)]
    assert any(line.startswith("data/talking_points.yaml:") and "bản đọc loa còn" in line for line in said), said


@pytest.mark.parametrize("text", ["3٣99", "１９９９", "1999-1२", "30/12/١٩٩٩"])
def test_figures_of_other_scripts_are_no_date(text: str) -> None:
    """They look like nothing, or like ours, and were taken for numbers."""
    with pytest.raises(DateError, match="không phải ngày"):
        PartialDate.parse(text)


@pytest.mark.parametrize("number", ["999999999999999999999", "1.000.000.000.000", "1.000.000.000.000,5 km"])
def test_what_is_too_large_stays_in_figures(tmp_path: Path, number: str) -> None:
    said = aloud.speakable(load_library(copy_mini(tmp_path)).library, f"Dài {number} kể từ đây")
    assert re.sub("[^0-9]", "", said) == re.sub("[^0-9]", "", number), "a figure was lost"
    assert aloud.unsayable(said)
