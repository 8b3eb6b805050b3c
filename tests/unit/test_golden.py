"""Every page of the tiny library against its golden file: no page changes unseen.

After a change on purpose, write the files anew and read the difference before committing it:

    python3 scripts/dev.py test tests/unit/test_golden.py --bless
    git diff tests/golden
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from macros.load import load_library
from macros.pages import Page, record_pages
from macros.pages.fragments import fragments
from macros.urls import FOLDER_OF
from tests.library import ROOT, TODAY, copy_mini

GOLDEN = ROOT / "tests" / "golden"
WORDS = ("words_of", "status")
"""The one fragment that takes an argument, and a vocabulary to call it with."""


def _whole(page: Page) -> str:
    """All that a page brings to its frame, in the order of the frame."""
    head = f"<!-- {page.path}\n{page.title}\n{page.description}\n-->"
    return "\n".join(part for part in (head, page.notice, page.breadcrumbs, page.toc, page.body) if part) + "\n"


@pytest.fixture(scope="module")
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Golden file name -> what the templates make of the tiny library; written down with ``--bless``."""
    library = load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library
    texts = {page.path: _whole(page) for page in record_pages(library, today=TODAY)}
    for name, function in fragments(library, TODAY).items():
        text = function(WORDS[1]) if name == WORDS[0] else function()
        texts[f"fragments/{name}.html"] = text + "\n"
    if request.config.getoption("--bless"):
        _bless(texts)
    return texts


def _blessed() -> Iterator[str]:
    return (path.relative_to(GOLDEN).as_posix() for path in sorted(GOLDEN.rglob("*.html")))


def _bless(made: dict[str, str]) -> None:
    for name in _blessed():
        if name not in made:
            (GOLDEN / name).unlink(missing_ok=True)
    for name, text in made.items():
        (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")


def test_every_page_has_a_golden_file_and_every_file_its_page(made: dict[str, str]) -> None:
    assert sorted(_blessed()) == sorted(made)
    assert {name.partition("/")[0] for name in made} == {*FOLDER_OF.values(), "fragments"}


@pytest.mark.parametrize("folder", [*FOLDER_OF.values(), "fragments"])
def test_pages_are_as_blessed(made: dict[str, str], folder: str) -> None:
    changed = {}
    for name, text in made.items():
        path: Path = GOLDEN / name
        if name.startswith(f"{folder}/") and path.is_file() and path.read_text(encoding="utf-8") != text:
            changed[name] = _first_difference(path.read_text(encoding="utf-8"), text)
    assert not changed, (changed, "if this is meant: python3 scripts/dev.py test tests/unit/test_golden.py --bless")


def _first_difference(before: str, after: str) -> tuple[str | None, str | None]:
    """The first line that differs, before and after; None where one text has ended."""
    pairs = zip_longest(before.splitlines(), after.splitlines())
    return next((pair for pair in pairs if pair[0] != pair[1]), (before, after))
