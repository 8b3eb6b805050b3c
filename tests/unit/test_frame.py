"""macros/frame.py and holes.py: what is rendered before any record is known, and what is put into it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from macros.frame import LIBRARY_MARKS, Frame, library_values
from macros.holes import FRAGMENTS, Holes
from macros.load import load_library
from macros.pages.fragments import fragments
from tests.library import ROOT, TODAY, copy_mini


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    return load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library


def test_pages_may_call_what_there_is(mini) -> None:
    assert sorted(FRAGMENTS) == sorted(fragments(mini, TODAY))


def test_the_frame_says_what_the_library_is(mini) -> None:
    meta = mini.meta.model_copy(update={"tagline": "a < b"})
    marked = Frame({"a.html": " ".join(f"{name}={mark}" for name, mark in LIBRARY_MARKS.items())}, Holes())
    said = marked.of(meta).pages["a.html"]
    assert "tagline=a &lt; b" in said and "%%" not in said
    assert f"as_of={meta.data_as_of.official()}" in said
    assert library_values(meta).keys() == LIBRARY_MARKS.keys()


@pytest.mark.parametrize(
    ("args", "options", "fault"),
    [
        ((), {}, ""),
        (("../",), {}, ""),
        ((), {"limit": 2}, ""),
        ((), {"limits": 2}, "docs/a.md: {{ next_events(limits=2) }} gọi không đúng"),
        (("", 2, 3), {}, "docs/a.md: {{ next_events('', 2, 3) }} gọi không đúng"),
    ],
)
def test_a_wrong_call_is_told_with_its_page(mini, args, options, fault) -> None:
    holes = Holes()
    page = f"<p>{holes.macros()['next_events'](*args, **options)}</p>"
    found = [*Frame({"a.html": page}, holes).faults(fragments(mini, TODAY))]
    assert [text.startswith(fault) for text in found] == ([True] if fault else [])


def test_what_the_frame_needs_knows_no_record() -> None:
    """It is rendered while the records are being read: their models would be made twice."""
    code = "import sys, macros.frame, macros.compiled, macros.holes; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert {"pydantic", "yaml", "macros.model"}.isdisjoint(loaded.stdout.split())
