"""Files of the real data damaged as discs, editors and merges damage them: told, and the site stays.

Each damaged file goes through `cotmoc build` itself, except that no pages are written: where the
damage does no harm the build would go on, and that is noted instead (test_harmless_… goes on).
"""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from macros import proofing, search
from macros.exports import api
from macros.load import load_library
from macros.pages import record_page
from macros.pages.render import Site
from macros.urls import FOLDER_OF
from scripts import building, cotmoc, session
from scripts.checking import examine
from scripts.cli import app
from scripts.rendering import Rendered
from tests.library import ROOT

NAMES = sorted(path.name for path in (ROOT / "data").glob("*.yaml"))
WENT_ON = "(dựng tiếp)"
PROBLEM = re.compile(r"data/[a-z_]+\.yaml:[1-9][0-9]*(?: [^\s:]+)?: .*[^\s;]; \S.*")
KEY = re.compile(r"^( *(?:- )?)([a-z_]+): ?(.*)$")

Damage = Callable[[bytes, random.Random], bytes]


def cut(data: bytes, chance: random.Random) -> bytes:
    """The disc was full, or the mail cut off: only the beginning is there."""
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    """Single bytes went bad."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 8))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def remove_key(data: bytes, chance: random.Random) -> bytes:
    """A line with a key is gone, with its value or without what stands below it."""
    return _edit_line(data, chance, lambda line: [])


def double_key(data: bytes, chance: random.Random) -> bytes:
    """A line stands twice, as after a merge done wrong."""
    return _edit_line(data, chance, lambda line: [line, line.replace("- ", "  ", 1)])


def shift(data: bytes, chance: random.Random) -> bytes:
    """One line has a space more or less, or a tab, at its beginning."""
    how = chance.choice((lambda line: [" " + line], lambda line: [line.removeprefix(" ")], lambda line: ["\t" + line]))
    return _edit_line(data, chance, how)


def _edit_line(data: bytes, chance: random.Random, edit: Callable[[str], list[str]]) -> bytes:
    lines = data.decode().split("\n")
    at = chance.choice([number for number, line in enumerate(lines) if KEY.match(line)])
    return "\n".join([*lines[:at], *edit(lines[at]), *lines[at + 1 :]]).encode()


DAMAGES: tuple[Damage, ...] = (cut, flip, remove_key, double_key, shift)


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """A copy of the real data, in memory where the machine has a place for that."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="cotmoc-") as folder:
        shutil.copytree(ROOT / "data", Path(folder) / "data")
        (Path(folder) / "site" / "dieu-uoc").mkdir(parents=True)
        for page in ("index.html", "dieu-uoc/a.html"):
            (Path(folder) / "site" / page).write_text("bản tốt", encoding="utf-8")
        yield Path(folder)


@pytest.fixture
def build(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> Callable[[str, bytes], list]:
    """Build with one file replaced; gives the problems that were told, none when the build would go on."""
    monkeypatch.setattr(building, "render_frame", lambda *_: Rendered((WENT_ON,)))
    today = app.today({})
    remembering = session._Remembering(today)

    def parts() -> building.Parts:
        return remembering

    def run(name: str, data: bytes) -> list[str]:
        # What an editor's session remembers holds for one vocabulary.
        monkeypatch.setattr(building, "Parts", building.Parts if name == "vocabulary.yaml" else parts)
        path = root / "data" / name
        good = path.read_bytes()
        path.write_bytes(data)
        try:
            status = app.run(cotmoc.COMMANDS, root, ["build"])
        finally:
            path.write_bytes(good)
            monkeypatch.undo()
            monkeypatch.setattr(building, "render_frame", lambda *_: Rendered((WENT_ON,)))
        shown = capsys.readouterr()
        assert status == 1 and "Lỗi của phần mềm" not in shown.err and "Traceback" not in shown.err, shown.err[-2000:]
        _site_is_whole(root)
        said = [line for line in shown.err.splitlines() if not line.startswith(("Đang đọc", "Đã đọc"))]
        assert re.match(r"Không dựng được: có [1-9]", said.pop()), shown.err
        return [line for line in said if line != WENT_ON]

    return run


def _site_is_whole(root: Path) -> None:
    names = sorted(path.name for path in root.iterdir() if path.name.startswith("site"))
    assert names == ["site"], "nothing half-written is left"
    pages = [path for path in (root / "site").rglob("*") if path.is_file()]
    assert len(pages) == 2 and all(path.read_text(encoding="utf-8") == "bản tốt" for path in pages)


def damaged(count: int) -> Iterator[tuple[str, Damage, bytes, random.Random]]:
    """Every file in turn, with every damage in turn, at places that are the same each time."""
    for number in range(count):
        name, damage = NAMES[number % len(NAMES)], DAMAGES[number % len(DAMAGES)]
        chance = random.Random(number)
        good = (ROOT / "data" / name).read_bytes()
        yield name, damage, damage(good, chance), chance


def test_good_data_would_be_built(build: Callable) -> None:
    """Also by what `serve` remembers, which once knew no abbreviations."""
    for name in ("treaties.yaml", "vocabulary.yaml"):
        assert build(name, (ROOT / "data" / name).read_bytes()) == []


@pytest.mark.parametrize("count", [pytest.param(26, id="short"), pytest.param(2600, id="long", marks=pytest.mark.full)])
def test_damaged_data_is_told_and_the_site_stays(build: Callable, root: Path, count: int, record_property) -> None:
    became: Counter[str] = Counter()
    for number, (name, damage, data, chance) in enumerate(damaged(count)):
        problems = build(name, data)
        for line in problems:
            assert PROBLEM.fullmatch(line), line
        became[f"{damage.__name__}, {'told' if problems else 'harmless'}"] += 1
        if problems and number % 100 == 0:
            _told_alike(root, name, data, problems)
        if not problems and chance.random() < 60 / count:
            _good_library(root, name, data)
    assert sum(became.values()) == count
    assert sum(n for word, n in became.items() if word.endswith("told")) > count / 3, became
    record_property("inputs", f"{count} damaged files: {', '.join(f'{w} {n}' for w, n in sorted(became.items()))}")


def _told_alike(root: Path, name: str, data: bytes, problems: list[str]) -> None:
    """Reading everything anew finds the same as reading what has changed."""
    with tempfile.TemporaryDirectory(prefix="cotmoc-") as folder:
        shutil.copytree(root / "data", Path(folder) / "data")
        (Path(folder) / "data" / name).write_bytes(data)
        assert [str(problem) for problem in examine(Path(folder), app.today({})).problems] == problems


def _good_library(root: Path, name: str, data: bytes) -> None:
    """What passes the checks can be made into pages, open data, a search index and a draft checker."""
    with tempfile.TemporaryDirectory(prefix="cotmoc-") as folder:
        shutil.copytree(root / "data", Path(folder) / "data")
        (Path(folder) / "data" / name).write_bytes(data)
        library = load_library(Path(folder)).library
    site = Site(library, library.meta.data_as_of.first())
    for kind in FOLDER_OF:
        for record in getattr(library, kind):
            assert record_page(site, kind, record).body
    assert list(api.files(library))
    assert search.search(search.index_for(library, {}), "hiệp ước").hits
    assert proofing.proof("Hiệp ước", proofing.kit_for(library)).named is not None
