"""Each check has a bad file, named after it, on which it must speak; on good data all are silent."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from macros.checks import CHECKS, WHOLE
from macros.load import load_library
from tests.library import ROOT, TODAY, copy_mini, edit, problems

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


@pytest.mark.parametrize("name", [None, *NAMES])
def test_rules_for_single_records_say_the_same_record_by_record(name: str | None, tmp_path: Path) -> None:
    """Or the table WHOLE would lack a rule, and an edit could hide what another record then does wrong."""
    root = copy_mini(tmp_path)
    for change in yaml.safe_load((BAD / f"{name}.yaml").read_text(encoding="utf-8"))["edits"] if name else ():
        edit(root, **change)
    library = load_library(root).library
    if library is None:
        pytest.skip("nothing could be read")
    for rule in (rule for rule in CHECKS if rule not in WHOLE):
        alone = [f for kind, record in library.records() for f in rule(library.alone(kind, record), TODAY)]
        assert sorted(map(repr, alone)) == sorted(map(repr, rule(library, TODAY))), rule.__name__
