"""Checks of single records and of ids: unique, safe, complete."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from macros.checks.finding import Finding
from macros.model import KINDS, Library
from macros.walk import of_type

# Device names of Windows: a file of that name cannot be made there, whatever its ending.
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}


def unique_ids(library: Library, _today: dt.date) -> Iterator[Finding]:
    """An id is used once, in all kinds together (figures and named sets included)."""
    names = [record.id for _, record in library.records()]
    for border in library.borders:
        names += [item.id for item in (*border.figures, *border.sets)]
    for name, count in Counter(names).items():
        if count > 1:
            owned = library.figures.get(name) or library.sets.get(name)
            record = name if name in library.by_id else owned[0].id
            yield Finding(record, ("id",), f'id "{name}" dùng {count} lần', "đổi một trong các id đó")


def safe_file_names(library: Library, _today: dt.date) -> Iterator[Finding]:
    """An id can be a file name on every system."""
    for _, record in library.records():
        if record.id in _RESERVED:
            yield Finding(record.id, ("id",), f'id "{record.id}" là tên riêng của Windows', "chọn id khác")


def no_repeats_in_lists(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A list names nothing twice."""
    for _, record in library.records():
        for path, value in of_type(record, tuple):
            if len(value) < 2 or len(set(value)) == len(value):
                continue
            for item, count in Counter(map(repr, value)).items():
                if count > 1:
                    index = max(i for i, v in enumerate(value) if repr(v) == item)
                    yield Finding(
                        record.id, (*path, index), f"{path[-1]}: mục này đã có trong danh sách", "xóa mục lặp"
                    )


def sets_are_exact(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A named set has exactly as many members as its name says."""
    for border in library.borders:
        for index, item in enumerate(border.sets):
            if len(item.members) != item.exactly:
                yield Finding(
                    border.id,
                    ("sets", index, "members"),
                    f'bộ "{item.name}" phải có đúng {item.exactly} văn kiện, đang có {len(item.members)}',
                    "sửa danh sách members hoặc số exactly",
                )


def deadlines_are_complete(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A deadline has a day and says who must meet it; an anniversary has its first day or year."""
    for event in library.events:
        if event.kind == "deadline" and not (event.dates.value and event.who):
            yield Finding(
                event.id, ("dates",), "hạn báo cáo thiếu ngày hoặc thiếu người thực hiện (who)", "điền dates và who"
            )
        if event.kind == "anniversary" and not event.dates.value:
            yield Finding(
                event.id, ("dates",), "ngày kỷ niệm thiếu ngày gốc", "điền dates, hoặc đổi kind thành occasion"
            )


def labelled_fields(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Every field of the model has a Vietnamese label in the vocabulary."""
    labels = library.vocabulary.get("field", {})
    for kind, cls in KINDS.items():
        for name in cls.model_fields:
            if name not in labels:
                yield Finding(
                    "", (), f'danh mục field thiếu nhãn cho trường "{name}" của {kind}', "thêm vào data/vocabulary.yaml"
                )
