"""`cotmoc export`: the files of the library outside the site."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.exports import plain, take_away
from macros.load import load_library
from scripts import cotmoc
from scripts.cli import app


def run(root, *words: str) -> int:
    return app.run(cotmoc.COMMANDS, root, ("export", *words))


@pytest.fixture
def no_problems(monkeypatch):
    """The tiny library is of another day; what its checks say is not the matter here."""
    monkeypatch.setattr("macros.checks.check", lambda *_arguments: ())


def test_the_files_to_take_away_are_written_as_they_are_in_the_site(mini_root, tmp_path, capsys, no_problems):
    assert run(mini_root, "tai-ve", "--to", str(tmp_path / "ra")) == 0
    expected = dict(take_away.files(load_library(mini_root).library))
    written = {p.relative_to(tmp_path / "ra").as_posix() for p in (tmp_path / "ra").rglob("*") if p.is_file()}
    assert written == set(expected)
    assert f"Đã ghi {len(expected)} tệp" in capsys.readouterr().err
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "ra" / "tai-ve" / "dieu-uoc.xlsx").read_bytes()))
    assert "dieu-uoc" in book.sheetnames
    csv = (tmp_path / "ra" / "tai-ve" / "dieu-uoc.csv").read_bytes()
    assert csv.startswith(b"\xef\xbb\xbf") and b"\r\r\n" not in csv


def test_open_data_is_written_too(mini_root, tmp_path, no_problems):
    assert run(mini_root, "api", "--to", str(tmp_path / "ra")) == 0
    assert (tmp_path / "ra" / "api" / "v1" / "treaties.json").is_file()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


@given(JSON)
def test_json_is_written_as_by_the_standard_library(value) -> None:
    assert plain.json_text(value) == json.dumps(value, ensure_ascii=False, indent=1)
