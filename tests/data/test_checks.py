"""Each check has a bad file, named after it, on which it must speak; on good data all are silent."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from macros.checks import CHECKS
from tests.library import ROOT, copy_mini, edit, problems

BAD = ROOT / "tests" / "fixtures" / "bad"
NAMES = [rule.__name__ for rule in CHECKS]


def test_the_tiny_library_is_clean(tmp_path: Path) -> None:
    assert problems(copy_mini(tmp_path)) == []


def test_bad_files_and_checks_are_the_same_names() -> None:
    assert sorted(path.stem for path in BAD.glob("*.yaml")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_check_speaks_on_its_bad_file(name: str, tmp_path: Path) -> None:
    case = yaml.safe_load((BAD / f"{name}.yaml").read_text(encoding="utf-8"))
    root = copy_mini(tmp_path)
    for change in case["edits"]:
        edit(root, **change)
    said = [str(problem) for problem in problems(root) if problem.check == name]
    assert any(case["expect"] in line for line in said), said


def test_every_check_states_its_rule_in_one_sentence() -> None:
    for rule in CHECKS:
        first = (rule.__doc__ or "").strip().splitlines()[0]
        assert first.endswith("."), f"{rule.__name__}: {first!r}"
