"""Records as flat tables for Excel, CSV and Word: one table a kind, one for each kind of part.

The columns follow the model: a field gives a column, a fact gives its printed value, the ISO form
of a date, how sure it is and where it stands. What is a list of parts (statements, relations,
guidance, figures …) has a table of its own, one row a part. Labels and meanings come from the
vocabulary ``field``, so a new field needs no line here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from pydantic import StringConstraints

from macros import printed, references
from macros.annotations import leaves
from macros.exports.names import TABLE_OF
from macros.model import (
    KINDS,
    Approval,
    Base,
    Citation,
    Confusable,
    Correction,
    Fact,
    Figure,
    FollowUp,
    Guidance,
    Library,
    Other,
    PartialDate,
    Provinces,
    Record,
    Relation,
    Stage,
    Statement,
    Status,
    Succession,
    TreatySet,
    Variant,
    VocabularyTerm,
    Withdrawn,
)
from macros.printed import KIND_TITLE
from macros.values import ID_PATTERN
from macros.walk import parts

Cell = str | int | float
"""Text or a number; an empty text where the record has nothing to say about the field."""

PARTS: dict[str, tuple[type[Base], str]] = {
    "noi-dung": (Statement, "Nội dung: từng câu"),
    "phe-chuan": (Approval, "Phê chuẩn, phê duyệt"),
    "quan-he": (Relation, "Quan hệ"),
    "buoc": (Stage, "Các bước của từng tuyến"),
    "so-lieu": (Figure, "Số liệu"),
    "tinh-thanh": (Provinces, "Tỉnh, thành phố dọc tuyến"),
    "bo-van-kien": (TreatySet, "Bộ văn kiện"),
    "yeu-cau": (Guidance, "Văn bản hướng dẫn yêu cầu gì"),
    "hoi-tiep": (FollowUp, "Nếu hỏi tiếp"),
    "cach-viet-khac": (Variant, "Cách viết khác đã in"),
    "de-nham": (Confusable, "Dễ nhầm"),
    "noi-tiep-nhan": (Succession, "Cơ quan tiếp nhận"),
    "gia-tri-khac": (Other, "Giá trị khác đang lưu hành"),
    "dinh-chinh": (Correction, "Đính chính"),
    "can-cu": (Citation, "Căn cứ: từng chỗ dẫn nguồn"),
}
"""Name of the table of a part -> its type and title."""

NEVER_BLANK = {"number", "issuer"}
"""Fields that are no facts and whose absence still means that no source was found."""

MAY_BE_ABSENT = {"period", "terminated", "dissolved"}
"""Facts that most records have no use for: an empty cell then does not claim that a source is lacking."""

LAST = ("aliases", "sources", "reviewed_on", "withdrawn")
"""Fields of every record that stand behind its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the stable machine name (``signed``, ``signed.iso``), ``label`` and ``meaning`` are Vietnamese."""

    key: str
    label: str
    meaning: str
    terms: tuple[str, ...] = ()
    """The words that may stand here, where the field takes a term of a vocabulary."""


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is the file's name; ``kind`` the kind of record, None for a table of parts."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: str | None = None


def tables(library: Library) -> Iterator[Table]:
    """Every table: the kinds in the order of KINDS, then the parts; rows in the order of the files."""
    maker = _Maker(library)
    for kind in KINDS:
        yield maker.of_kind(kind)
    for name in PARTS:
        yield maker.of_part(name)


@dataclass(frozen=True, slots=True)
class Outline:
    """A table without its rows: what a page says about it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    count: int
    kind: str | None = None


def outlines(library: Library) -> Iterator[Outline]:
    """Every table of ``tables`` in its order, with the number of its rows."""
    maker = _Maker(library)
    for kind in KINDS:
        columns = tuple(column for field in maker.fields_of(kind) for column, _ in field.columns)
        yield Outline(TABLE_OF[kind], KIND_TITLE[kind], columns, len(getattr(library, kind)), kind)
    counts: Counter[str] = Counter()
    for _, own in library.each(_part_counts):
        counts.update(own)
    for name, (cls, title) in PARTS.items():
        yield Outline(name, title, maker.part_columns(cls), counts[name])


def _part_counts(record: Record) -> Counter[str]:
    """How many rows a record gives each table of parts."""
    names = (_table_of_part(type(part)) for _, part in parts(record))
    return Counter(name for name in names if name)


@cache
def _table_of_part(cls: type) -> str | None:
    # Other[PartialDate] and Other[str] are classes of their own.
    return next((name for name, (part, _) in PARTS.items() if issubclass(cls, part)), None)


def of_kind(library: Library, everything: tuple[Table, ...], kind: str) -> Iterator[Table]:
    """From all tables the one of ``kind``, then those of its parts, with its rows only."""
    yield next(table for table in everything if table.kind == kind)
    ids = {record.id for record in getattr(library, kind)}
    for table in everything:
        rows = tuple(row for row in table.rows if table.kind is None and row[0] in ids)
        if rows:
            yield replace(table, rows=rows)


@dataclass(frozen=True, slots=True)
class _Field:
    """How one field of a class becomes columns: each column with the function from value to cell."""

    name: str
    columns: tuple[tuple[Column, Callable[[Any], Cell]], ...]


class _Maker:
    def __init__(self, library: Library) -> None:
        self.library = library

    @cached_property
    def _parts(self) -> dict[type[Base], list[tuple[str, Record, tuple, Base]]]:
        """Every part by its type, in the order of the files; each record is walked once."""
        types = tuple(cls for cls, _ in PARTS.values())
        found: dict[type[Base], list] = {cls: [] for cls in types}
        for kind, record in self.library.records():
            for path, part in parts(record):
                if name := _table_of_part(type(part)):
                    found[PARTS[name][0]].append((kind, record, path, part))
        return found

    def of_kind(self, kind: str) -> Table:
        fields = self.fields_of(kind)
        columns = tuple(column for field in fields for column, _ in field.columns)
        rows = tuple(tuple(self._cells(fields, record)) for record in getattr(self.library, kind))
        return Table(TABLE_OF[kind], KIND_TITLE[kind], columns, rows, kind)

    def fields_of(self, kind: str) -> list[_Field]:
        names = sorted(KINDS[kind].model_fields, key=lambda name: LAST.index(name) if name in LAST else -1)
        return [self._field(KINDS[kind], name) for name in names]

    def of_part(self, name: str) -> Table:
        cls, title = PARTS[name]
        fields = [self._field(cls, field) for field in cls.model_fields]
        rows = []
        for kind, record, path, part in self._parts[cls]:
            where = (record.id, references.name_of(self.library, record.id), KIND_TITLE[kind], self._path(path))
            rows.append((*where, *self._cells(fields, part)))
        return Table(name, title, self.part_columns(cls), tuple(rows))

    def part_columns(self, cls: type[Base]) -> tuple[Column, ...]:
        """Where a part stands, then its own fields."""
        columns = (
            Column("record", "Mã bản ghi", "Bản ghi chứa dòng này."),
            Column("record.name", "Bản ghi", "Tên gọn của bản ghi."),
            Column("record.kind", "Loại bản ghi", "Bản ghi thuộc bảng nào."),
            Column("record.field", "Trường", "Dòng này nằm ở trường nào của bản ghi."),
        )
        fields = [self._field(cls, field) for field in cls.model_fields]
        return (*columns, *(column for field in fields for column, _ in field.columns))

    def _cells(self, fields: list[_Field], value: Base) -> Iterator[Cell]:
        for field in fields:
            for _, cell in field.columns:
                yield cell(getattr(value, field.name))

    # ---- columns ----
    def _field(self, cls: type[Base], name: str) -> _Field:
        info = cls.model_fields[name]
        annotation = info.annotation
        # Pydantic moves the marks of a plain Annotated field into its metadata.
        marks = tuple(info.metadata)
        if isinstance(annotation, type) and issubclass(annotation, Fact):
            return _Field(name, self._fact_columns(name, annotation))
        if _holds_parts(annotation) and name != "sources":
            return _Field(name, ())
        vocabulary, is_id = _marks(annotation, marks)
        column = self._column(name, vocabulary=vocabulary)
        return _Field(name, ((column, self._plain(name, vocabulary, is_id and name != "id")),))

    def _column(self, name: str, suffix: str = "", label: str = "", vocabulary: str | None = None) -> Column:
        entry = self.library.vocabulary.get("field", {}).get(name)
        title = entry.label if entry else name
        words = self.library.vocabulary.get(vocabulary or "", {}).values()
        return Column(
            name + suffix,
            title + label,
            _MEANING[suffix] if suffix else _FOR_READERS.get(name) or (entry.description if entry else "") or title,
            tuple(term.label for term in words),
        )

    def _fact_columns(self, name: str, cls: type[Fact]) -> tuple[tuple[Column, Callable[[Any], Cell]], ...]:
        vocabulary = "status" if cls is Status else None
        columns: list[tuple[Column, Callable[[Any], Cell]]] = [
            (self._column(name, vocabulary=vocabulary), lambda fact: self._fact(name, fact, vocabulary))
        ]
        if "PartialDate" in str(cls.model_fields["value"].annotation):
            columns.append((self._column(name, ".iso", " (ISO)"), lambda fact: _iso(fact.value)))
        sure = self._column(name, ".confidence", " – độ chắc", "confidence")
        columns.append((sure, lambda fact: self.library.label("confidence", fact.confidence or "")))
        columns.append((self._column(name, ".sources", " – nguồn"), self._sources_of_fact))
        columns.append((self._column(name, ".note", " – ghi chú"), self._note))
        return tuple(columns)

    # ---- cells ----
    def _plain(self, name: str, vocabulary: str | None, is_id: bool) -> Callable[[Any], Cell]:
        def cell(value: Any) -> Cell:
            if value is None or value == ():
                return printed.UNKNOWN if name in NEVER_BLANK else ""
            return self._value(value, vocabulary, is_id)

        return cell

    def _fact(self, name: str, fact: Fact, vocabulary: str | None) -> Cell:
        if fact.value is None or fact.value == ():
            return "" if name in MAY_BE_ABSENT and not fact.sources else printed.UNKNOWN
        if name == "period":
            return printed.period(fact.value)
        return self._value(fact.value, vocabulary, False)

    def _value(self, value: Any, vocabulary: str | None, is_id: bool) -> Cell:
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(value, (int, float)):
            return value
        if isinstance(value, PartialDate):
            return printed.date(value)
        if isinstance(value, Citation):
            return self._citation(value)
        if isinstance(value, Base):
            return self._single(value)
        if isinstance(value, tuple):
            if value and isinstance(value[0], PartialDate):
                return printed.dates(value)
            return "; ".join(str(self._value(item, vocabulary, is_id)) for item in value)
        if vocabulary:
            return self.library.label(vocabulary, value)
        return references.name_of(self.library, value) if is_id else references.plain(self.library, value)

    def _single(self, part: Base) -> str:
        """A definition, what is contested, why it was withdrawn: the text, then where it stands."""
        text = references.plain(self.library, part.reason if isinstance(part, Withdrawn) else part.text)
        basis = "; ".join(map(self._citation, getattr(part, "sources", ())))
        return f"{text} (Theo: {basis})" if basis else text

    def _citation(self, item: Citation) -> str:
        return f"{references.source_name(self.library, item.source)}, {item.locator}"

    def _sources_of_fact(self, fact: Fact) -> str:
        parts = [self._citation(item) for item in fact.sources]
        if fact.derived:
            parts.append(f"Cách tính: {references.plain(self.library, fact.derived)}")
        return "; ".join(parts)

    def _note(self, fact: Fact) -> str:
        """The day for which it held, the day on which it was checked, and the note, as one text."""
        checked = fact.checked_on if isinstance(fact, Status) else None
        parts = [
            f"tính đến {printed.date(fact.as_of)}" if fact.as_of else "",
            f"kiểm tra ngày {printed.date(checked)}" if checked else "",
            references.plain(self.library, fact.note) if fact.note else "",
        ]
        return "; ".join(part for part in parts if part)

    def _path(self, path: tuple) -> str:
        """``signed / others 1``: the Vietnamese labels of the steps, parts counted from 1."""
        words = []
        for step in path:
            if isinstance(step, int):
                words[-1] += f" {step + 1}"
            else:
                words.append(self.library.label("field", step))
        return " / ".join(words)


_FOR_READERS = {
    "signed": "Ngày ký; rõ đến mức nguồn cho biết.",
    "entered_into_force": "Ngày có hiệu lực; không suy từ ngày ký.",
    "status": "Tình trạng hiệu lực vào ngày kiểm tra ghi ở cột ghi chú.",
    "main": "Câu chính; ngày, số và tên văn kiện lấy từ bản ghi.",
    "number": "Số, ký hiệu đúng như khi ban hành.",
    "id": "Mã vĩnh viễn, không đổi qua các phiên bản.",
}
"""Meanings for those who read a table, where the vocabulary tells editors how to write the field."""

_MEANING = {
    ".iso": "Cùng ngày ấy, viết năm-tháng-ngày để sắp xếp; chỉ rõ đến tháng hoặc năm thì viết đến đó.",
    ".confidence": "Độ chắc của giá trị: chắc, khá hoặc yếu.",
    ".sources": "Nguồn và vị trí trong nguồn của giá trị.",
    ".note": "Tính đến ngày nào, kiểm tra ngày nào, và ghi chú về giá trị.",
}


def _iso(value: Any) -> str:
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, tuple):
        return "; ".join(item.iso() for item in value)
    return ""


def _holds_parts(annotation: Any) -> bool:
    """True for a list of parts; a single part (a definition, what is contested) is a text in its cell."""
    return any(leaf.many and leaf.is_a(Base) for leaf in leaves(annotation))


def _marks(annotation: Any, metadata: tuple) -> tuple[str | None, bool]:
    """(name of the vocabulary, whether it is an id) of a field or of the items of a list."""
    found = [mark for leaf in leaves(annotation, metadata) for mark in leaf.marks]
    vocabulary = next((mark.vocabulary for mark in found if isinstance(mark, VocabularyTerm)), None)
    is_id = any(isinstance(mark, StringConstraints) and mark.pattern == ID_PATTERN for mark in found)
    return vocabulary, is_id
