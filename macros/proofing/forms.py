"""The forms under which treaties, laws and events are named, as sequences of codes.

A form is what remains of a title, variant, short title or alias when names of countries and
words that come and go ("về", "giữa", "nước") are left out. A final year may be left out too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.model import Document, Event, Library, Record, Treaty
from macros.proofing import rules
from macros.proofing.stream import Stream, read

_COUNTED = re.compile("^[0-9]+ năm ")
HARMLESS = ("viết tắt", "khác chữ hoa", "gọi tắt", "cách viết", "tên này là phần đầu", "chú giải chữ tắt", "dấu phẩy")
"""Remarks on variants that are good to use all the same."""


Naming = tuple[list[str], list[str], str | None, bool]
"""One form of one record: codes, the keys in which each is spelled, the remark on it, whether it needs capitals."""


@dataclass(slots=True)
class Form:
    """One sequence of codes and the records that bear it."""

    codes: tuple[str, ...]
    ids: list[str] = field(default_factory=list)
    spelled: list[set[str]] = field(default_factory=list)
    """For each code the exact keys in which it is rightly spelled."""
    remarks: dict[str, str] = field(default_factory=dict)
    """For a record whose own title differs, the remark on this form."""
    needs: bool = False
    """True where the form alone says too little without the parties."""
    capitals: bool = False


def all_forms(library: Library) -> list[Any]:
    """Every form as [codes, ids, spellings, {id: remark}, needs, capitals], in a fixed order."""
    found: dict[tuple[str, ...], Form] = {}
    for record in (*library.treaties, *library.documents, *library.events):
        if record.withdrawn is None:
            for naming in library.once(_namings, record):
                _add(found, record, *naming)
    return [
        [
            list(form.codes),
            form.ids,
            ["|".join(sorted(words)) for words in form.spelled],
            {i: form.remarks[i] for i in form.ids if form.remarks.get(i)},
            int(form.needs),
            int(form.capitals),
        ]
        for _, form in sorted(found.items())
    ]


def _namings(_library: Library, record: Record) -> list[Naming]:
    """Every form of one record, in the order of its names."""
    return [naming for text, remark in _names(record) for naming in _namings_by(record, text, remark)]


def _names(record: Record) -> Iterator[tuple[str, str | None]]:
    """(name, remark) of everything that names the record itself; None for a mere alias."""
    if isinstance(record, Treaty):
        if record.kind == "nhom":
            return
        yield record.title, ""
        yield record.short_title, ""
        yield from ((variant.text, variant.remark or "") for variant in record.variants)
        yield from ((alias, None) for alias in record.aliases)
    elif isinstance(record, Document):
        if record.kind in ("luat", "tuyen_bo") or record.number is None:
            yield record.title, ""
            yield record.short_title, ""
            yield from ((alias, "") for alias in record.aliases if len(alias.split()) > 2)
    elif isinstance(record, Event) and (record.yearly or record.title[:1].isdigit()):
        title = _COUNTED.sub("", record.title.split(", ")[0])
        yield title, ""
        yield title.removeprefix("Ngày ").removeprefix("ngày "), ""


def _namings_by(record: Record, text: str, remark: str | None) -> Iterator[Naming]:
    """The forms that come from one name."""
    compiled = rules.compiled()
    stream = read(text, {}, compiled["canon"])
    codes, spelled = _codes(stream, compiled["fillers"])
    if not codes or "lỗi" in (remark or ""):
        return
    capitals = len(codes) == 1 and codes[0].isalpha() and text.split()[0].isupper() and len(text) > 2
    if not capitals and not _worth_it(record, codes):
        return
    if remark and any(word in remark for word in HARMLESS):
        remark = ""
    yield codes, spelled, remark, capitals
    # "Hiệp ước hoạch định … năm 1985" is also named without its year.
    if codes[-1].startswith("#") and len(codes) >= 4 and codes[-2] != codes[-1] and not codes[-2].startswith("#"):
        yield codes[:-1], spelled[:-1], remark, capitals


def _codes(stream: Stream, fillers: Sequence[str]) -> tuple[list[str], list[str]]:
    codes, spelled, little = [], [], frozenset(fillers)
    for unit in stream.units:
        if unit.code in little or unit.code.startswith("@") or unit.code in ("D", "N"):
            continue
        codes.append(unit.code)
        spelled.append(" ".join(item.exact for item in stream.items[unit.a : unit.b]))
    return codes, spelled


def _worth_it(record: Record, codes: Sequence[str]) -> bool:
    """Leaves out aliases that name a place or a theme ("thác Bản Giốc") and lone kinds."""
    if isinstance(record, Treaty):
        return codes[0].startswith("%") and len(codes) >= 2
    if isinstance(record, Document):
        return len(codes) >= 2 and codes[0] in ("luat", "%tuyen_bo", "nghi", "chuong", "dai")
    return len(codes) >= 3 or record.title[:1].isdigit()


def _add(found: dict, record: Record, codes: list[str], spelled: list[str], remark: str | None, capitals: bool) -> None:
    key = tuple(codes)
    form = found.setdefault(key, Form(key, spelled=[set() for _ in codes], needs=_needs(codes), capitals=capitals))
    if record.id not in form.ids:
        form.ids.append(record.id)
        form.remarks[record.id] = remark or ""
    elif remark is not None:
        form.remarks[record.id] = remark and form.remarks[record.id]
    for words, word in zip(form.spelled, spelled, strict=True):
        words.add(word)


def _needs(codes: Sequence[str]) -> bool:
    """Few words and no year: "hiệp định thương mại", "nghị định thư bổ sung"."""
    content = [code for code in codes if not code.startswith("%")]
    return not any(code.startswith("#") for code in content) and len(content) <= 4 and codes[0].startswith("%")


def content(text: str) -> list[str]:
    """The codes of a subject (trích yếu) without countries and little words, each once, sorted."""
    compiled = rules.compiled()
    units = read(text, {}, compiled["canon"]).units
    return sorted({unit.code for unit in units if unit.code not in compiled["fillers"] and unit.code[0] not in "@DN"})


def is_part(label: str) -> bool:
    """Whether a figure is of a part of the line only (a province, the stretch along rivers)."""
    words = [word[1] for word in rules.keys(label)]
    return words[:1] == ["phan"] or "tinh" in words


def topic_of(label: str) -> str:
    """What a percentage or number of years is about: one of the word lists of the rules."""
    words = " ".join(word[1] for word in rules.keys(label))
    for topic, part in (("remaining", "con lai"), ("delimitation", "hoach dinh"), ("demarcation", "phan gioi")):
        if part in words:
            return topic
    return ""


def records_of(forms: Iterable[Any]) -> set[str]:
    """Ids of all records that have a form."""
    return {record_id for form in forms for record_id in form[1]}
