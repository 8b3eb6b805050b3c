"""No date is typed twice: a date that is corrected in its one place changes on every page that prints it.

What sources say, in their chips, on their own pages and in notes about their wording, stays as they
said it; so do values that were not taken (``others``) and other forms in print (``variants``).
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

from lxml import html

from macros.library import Library
from macros.load import load_library
from macros.model import PartialDate
from macros.pages import record_pages
from macros.pages.fragments import fragments
from macros.walk import of_type
from tests.library import ROOT

FIELDS = ("signed", "entered_into_force", "terminated")
QUOTED = "//details[summary/h2[@id='ten-khac']] | " + " | ".join(
    f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in ("cm-source", "cm-discrepancy", "cm-dates__note")
)
"""The parts of a page that repeat what somebody else said or printed."""


def words(text: str) -> str:
    """What the library itself says on a page, without what it quotes."""
    tree = html.fromstring(f"<div>{text}</div>")
    for quoted in tree.xpath(QUOTED):
        quoted.drop_tree()
    return " ".join(" ".join(tree.itertext()).split())


def said(library: Library) -> dict[str, str]:
    """Page or fragment -> what the library itself says there; the sources' own pages left out."""
    today = library.meta.data_as_of.first()
    pages = record_pages(library, today=today)
    found = {p.path: words(f"{p.description} {p.body}") for p in pages if p.kind != "sources"}
    for name, function in fragments(library, today).items():
        if name not in ("words_of", "source_table", "recent_changes"):  # past states stay as they were
            found[name] = words(function())
    return found


@cache
def before() -> tuple[Library, dict[str, str]]:
    library = load_library(ROOT).library
    return library, said(library)


def holds(text: str, date: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(date)}(?!\d)", text) is not None


def test_one_corrected_line_of_yaml_reaches_every_page(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data" / "treaties.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("value: 1999-12-30\n") == 1
    path.write_text(text.replace("value: 1999-12-30\n", "value: 1999-12-29\n"), encoding="utf-8")

    _, old = before()
    loaded = load_library(tmp_path)
    assert not loaded.problems
    new = said(loaded.library)
    printed = [name for name, page in old.items() if holds(page, "30/12/1999")]
    # Its own page, its line, texts that point at it, topics, the list, calendar and timeline.
    for expected in ("dieu-uoc/vn-cn-1999-land-border-treaty.html", "tuyen/vn-cn.html", "treaty_table", "timelines"):
        assert expected in printed
    assert any(name.startswith("chu-de/") for name in printed)
    for name in printed:
        assert holds(new[name], "29/12/1999"), name
    assert [name for name, page in new.items() if holds(page, "30/12/1999")] == []


def test_no_date_of_any_treaty_is_typed_a_second_time() -> None:
    """Every date that belongs to one field of one treaty is moved at once; none of the old ones remains."""
    library, old = before()
    everywhere = Counter(date for _, record in library.records() for _, date in of_type(record, PartialDate))
    moved: dict[str, str] = {}
    treaties = []
    for treaty in library.treaties:
        changes = {}
        for field in FIELDS:
            fact = getattr(treaty, field)
            if fact.value is not None and fact.value.as_day() and everywhere[fact.value] == 1:
                # Days of the 1870s, which nothing else in the library names.
                date = PartialDate.of(dt.date(1870, 1, 1) + dt.timedelta(days=37 * len(moved)))
                moved[fact.value.official()] = date.official()
                changes[field] = fact.model_copy(update={"value": date})
        treaties.append(treaty.model_copy(update=changes))
    assert len(moved) > 20
    new = said(replace(library, treaties=tuple(treaties)))
    left = [(date, name) for name, page in new.items() for date in moved if holds(page, date)]
    assert left == []
    lost = [(d, name) for name, page in old.items() for d in moved if holds(page, d) and not holds(new[name], moved[d])]
    assert lost == []
