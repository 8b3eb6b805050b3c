"""Settings of the editors' tools: VS Code and pre-commit name files and commands that exist."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from tests.commands import assert_exists
from tests.library import ROOT, copy_mini, edit, problems

HOOKS = [
    hook
    for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    for hook in repo["hooks"]
]
TASKS = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
MAKE = re.findall(r"^\t@\$\(DEV\) (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


def test_every_data_file_has_its_schema_in_vs_code() -> None:
    schemas = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert all((ROOT / path).is_file() for path in schemas)
    assert set(schemas.values()) == {f"data/{path.name}" for path in (ROOT / "data").glob("*.yaml")}
    assert all(f"{name.removesuffix('.yaml').removeprefix('data/')}.json" in path for path, name in schemas.items())


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task["label"])
def test_tasks_of_vs_code_exist(task) -> None:
    assert_exists(task["command"])
    assert_exists(task["windows"]["command"])


def test_vs_code_reads_the_problems_that_check_prints(tmp_path) -> None:
    pattern = next(task for task in TASKS if task["problemMatcher"])["problemMatcher"][0]["pattern"]
    root = copy_mini(tmp_path)
    edit(root, "treaties", "signed:", "signd:")
    (root / "data" / "events.yaml").unlink()
    for problem in problems(root):
        match = re.match(pattern["regexp"], str(problem))
        found = match[pattern["file"]], int(match[pattern["line"]])
        assert found == (problem.place.file, problem.place.line)
        assert problem.what in match[pattern["message"]]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks_run_from_this_folder_and_exist(hook) -> None:
    assert hook["language"] == "system"
    assert_exists(hook["entry"])
    if "files" in hook:
        assert all(re.search(hook["files"], f"data/{path.name}") for path in (ROOT / "data").glob("*.yaml"))
        assert not re.search(hook["files"], "data/schema/treaties.json")


def test_hooks_are_local() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    assert {hook["id"] for hook in HOOKS} == {"fmt", "check", "lint"}


@pytest.mark.parametrize("line", MAKE)
def test_targets_of_make_exist(line: str) -> None:
    assert_exists(f"python3 scripts/dev.py {line}")
