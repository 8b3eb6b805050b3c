"""The only reader of the data folder: YAML files into a Library, every problem kept with file and line.

Nothing here judges whether records agree with each other: that is for macros.checks. A record
that cannot be typed is left out and its id kept in ``Library.skipped``, so that the checks can
still run over the rest and all problems are shown in one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from macros.changes import Step
from macros.model import KINDS, Library, Meta, Place, Problem, Record, VocabularyEntry
from macros.yaml_text import MAX_BYTES, Item, ItemCache, Parsed, YamlProblem, decode, items, parse

DATA = "data"


@dataclass(frozen=True)
class LoadResult:
    """``library`` is None when not even the vocabulary or the library's own data could be read."""

    library: Library | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _File:
    """What was read from one file of records."""

    text: str
    records: tuple[Record, ...]
    places: dict[str, Places]


@dataclass(frozen=True)
class Memory:
    """What one reading leaves for the next: items and records of text that has not changed.

    A record that is read again from the same text is the same object.
    """

    items: ItemCache = field(default_factory=dict)
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    """By kind and text."""
    files: dict[str, _File] = field(default_factory=dict)
    """By kind: the last file without a problem."""
    parsed: dict[str, Parsed] = field(default_factory=dict)
    """By text: the files that hold no records."""
    said: dict[tuple[Any, int], tuple[Record, Any]] = field(default_factory=dict)
    """By function and identity of the record: the record, and what the function said of it."""

    def recall(self, make: Callable[[Record], Any], record: Record) -> Any:
        """``make(record)``, made once."""
        key = (make, id(record))
        if key not in self.said:
            self.said[key] = (record, make(record))
        return self.said[key][1]

    def forget(self, library: Library) -> None:
        """Drop what is no longer part of the library, once that is most of it."""
        alive = {id(record) for _, record in library.records()}
        if len(self.records) > 2 * len(alive) + 100:
            for kept in (self.records, self.said):
                for key in [key for key, value in kept.items() if id(_record_of(value)) not in alive]:
                    del kept[key]
            self.items.clear()


def _record_of(kept: Any) -> Any:
    return kept[0] if isinstance(kept, tuple) else kept


@dataclass
class _Collector:
    """What one load has gathered so far."""

    root: Path
    memory: Memory | None = None
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Places] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    def report(self, file: str, line: int, what: str, remedy: str, record: str = "") -> None:
        # A key may run over two lines; a message stands on one.
        what, record = (" ".join(text.split()) for text in (what, record))
        self.problems.append(Problem(Place(file, line), record, what, remedy, "load"))


class Places(Mapping[tuple, Place]):
    """Path inside a record -> place. The lines are looked for when somebody asks: mostly nobody does."""

    def __init__(self, file: str, item: Item) -> None:
        self._file, self._item = file, item

    def __getitem__(self, path: tuple) -> Place:
        return Place(self._file, self._item.lines[path])

    def __iter__(self) -> Iterator[tuple]:
        return iter(self._item.lines)

    def __len__(self) -> int:
        return len(self._item.lines)


def load_library(root: Path, memory: Memory | None = None) -> LoadResult:
    """Read ``root/data``. Never raises for bad data: each problem is in the result.

    With ``memory``, text that was read before is not read again; it must be that of one vocabulary.
    """
    work = _Collector(root, memory)
    vocabulary = _vocabulary(work)
    meta = _meta(work)
    kinds = {kind: _records(work, kind, vocabulary or {}) for kind in KINDS}
    changes = _changes(work)
    problems = tuple(sorted(work.problems))
    if vocabulary is None or meta is None:
        return LoadResult(None, problems)
    seen = {"places": work.places, "skipped": work.skipped}
    library = Library(meta=meta, vocabulary=vocabulary, changes=changes, memory=memory, **seen, **kinds)
    if memory is not None:
        memory.forget(library)
    return LoadResult(library, problems)


def _text(work: _Collector, name: str) -> tuple[str, str | None]:
    """(relative path, text) of one file of the data folder; None after reporting when it cannot be read."""
    rel = f"{DATA}/{name}.yaml"
    path = work.root / DATA / f"{name}.yaml"
    try:
        if path.is_dir():
            raise YamlProblem(1, "là một thư mục, không phải tệp", "xóa thư mục này và lấy lại tệp (git checkout)")
        if path.stat().st_size > MAX_BYTES:
            raise YamlProblem(
                1, f"tệp lớn quá {MAX_BYTES // 1024 // 1024} MB", "lấy lại tệp đúng; dữ liệu thật nhỏ hơn nhiều"
            )
        return rel, decode(path.read_bytes())
    except FileNotFoundError:
        work.report(rel, 1, "thiếu tệp", "lấy lại tệp (git checkout)")
    except OSError as error:
        work.report(rel, 1, f"không mở được tệp ({error.strerror})", "xem lại quyền đọc tệp")
    except YamlProblem as problem:
        work.report(rel, problem.line, problem.what, problem.remedy)
    return rel, None


def _read(work: _Collector, name: str) -> tuple[str, Parsed | None]:
    """Parse one file of the data folder; (relative path, None) after reporting when it cannot be."""
    rel, text = _text(work, name)
    known = work.memory.parsed.get(text) if work.memory and text is not None else None
    if text is None or known is not None:
        return rel, known
    before = len(work.problems)
    parsed = _parsed(work, rel, text)
    if work.memory and parsed is not None and len(work.problems) == before:
        work.memory.parsed[text] = parsed
    return rel, parsed


def _parsed(work: _Collector, rel: str, text: str) -> Parsed | None:
    try:
        parsed = parse(text)
        if parsed.value is None:
            raise YamlProblem(1, "tệp trống", "lấy lại tệp (git checkout)")
    except YamlProblem as problem:
        work.report(rel, problem.line, problem.what, problem.remedy)
        return None
    for key_path, line, first in parsed.duplicates:
        _report_duplicate(work, rel, key_path, line, first, _record_id(parsed, key_path))
    return parsed


def _report_duplicate(work: _Collector, rel: str, path: tuple, line: int, first: int, record: str) -> None:
    work.report(rel, line, f'khóa "{path[-1]}" viết hai lần (lần đầu ở dòng {first})', "giữ một, xóa một", record)


def _record_id(parsed: Parsed, path: tuple) -> str:
    if path and isinstance(parsed.value, list) and isinstance(path[0], int):
        record = parsed.value[path[0]]
        return str(record.get("id", "")) if isinstance(record, dict) else ""
    return ""


def _vocabulary(work: _Collector) -> dict[str, dict[str, VocabularyEntry]] | None:
    rel, parsed = _read(work, "vocabulary")
    if parsed is None:
        return None
    if not isinstance(parsed.value, dict):
        work.report(rel, 1, "cần các danh mục, mỗi danh mục một bảng từ", "xem mẫu trong CONTRIBUTING.md")
        return None
    result: dict[str, dict[str, VocabularyEntry]] = {}
    for name, terms in parsed.value.items():
        result[name] = {}
        for term_id, entry in terms.items() if isinstance(terms, dict) else ():
            label = entry.get("label") if isinstance(entry, dict) else None
            if not isinstance(label, str):
                work.report(rel, parsed.lines[name, term_id], f'từ "{term_id}" thiếu nhãn', "thêm {label: …}")
                continue
            for key in entry.keys() - {"label", "description"}:
                # What comes of {description: one thing, another}: the comma ends the sentence.
                where, remedy = parsed.lines[name, term_id, key], "đặt câu có dấu phẩy trong dấu nháy"
                work.report(rel, where, f'từ "{term_id}" có khóa lạ "{key}"', remedy)
            result[name][term_id] = VocabularyEntry(term_id, label, str(entry.get("description") or ""))
        if not result[name]:
            work.report(
                rel, parsed.lines[(name,)], f'danh mục "{name}" không có từ nào', "thêm từ dạng  id: {label: …}"
            )
    return result


def _meta(work: _Collector) -> Meta | None:
    rel, parsed = _read(work, "library")
    if parsed is None:
        return None
    try:
        return Meta.model_validate(parsed.value)
    except ValidationError as error:
        _report_errors(work, rel, parsed.lines, "", error)
        return None


def _changes(work: _Collector) -> tuple[Step, ...]:
    """The kept changes; a library that never kept any has no such file."""
    if not (work.root / DATA / "changes.yaml").exists():
        return ()
    rel, parsed = _read(work, "changes")
    if parsed is None:
        return ()
    try:
        return TypeAdapter(tuple[Step, ...]).validate_python(parsed.value)
    except ValidationError as error:
        _report_errors(work, rel, parsed.lines, "", error)
        return ()


def _records(work: _Collector, kind: str, vocabulary: Mapping[str, Any]) -> tuple[Record, ...]:
    rel, text = _text(work, kind)
    if text is None:
        return ()
    known = work.memory.files.get(kind) if work.memory else None
    if known is None or known.text != text:
        before = len(work.problems)
        known = _records_of(work, rel, text, kind, vocabulary)
        if work.memory and len(work.problems) == before:
            work.memory.files[kind] = known
    work.places.update(known.places)
    return known.records


def _records_of(work: _Collector, rel: str, text: str, kind: str, vocabulary: Mapping[str, Any]) -> _File:
    records, places = [], {}
    for item in _items(work, rel, text):
        raw = item.value
        if not isinstance(raw, dict):
            work.report(rel, item.line, "mục này không phải bản ghi", "mỗi bản ghi bắt đầu bằng  - id: …")
            continue
        record_id = raw.get("id") if isinstance(raw.get("id"), str) else ""
        try:
            record = _record(work, kind, item, vocabulary)
        except ValidationError as error:
            _report_errors(work, rel, item.lines, record_id, error)
            work.skipped[record_id] = kind
        else:
            records.append(record)
        # Of two records with one id the second is the one that a check points at.
        places[record_id] = Places(rel, item)
    return _File(text, tuple(records), places)


def _record(work: _Collector, kind: str, item: Item, vocabulary: Mapping[str, Any]) -> Record:
    known = work.memory.records.get((kind, item.text)) if work.memory and item.text else None
    if known is not None:
        return known
    record = KINDS[kind].model_validate(item.value, context={"vocabulary": vocabulary})
    if work.memory and item.text:
        work.memory.records[kind, item.text] = record
    return record


def _items(work: _Collector, rel: str, text: str) -> list[Item]:
    """The items of a file of records, each read by itself where the file allows it."""
    found = items(text, work.memory.items if work.memory else None)
    if found is not None:
        for item in found:
            record_id = str(item.value.get("id", "")) if isinstance(item.value, dict) else ""
            for path, line, first in item.duplicates:
                _report_duplicate(work, rel, path, line, first, record_id)
        return found
    parsed = _parsed(work, rel, text)
    if parsed is None:
        return []
    if not isinstance(parsed.value, list):
        work.report(rel, 1, "cần một danh sách bản ghi", "mỗi bản ghi bắt đầu bằng  - id: …")
        return []
    lines: list[dict[tuple, int]] = [{} for _ in parsed.value]
    for path, line in parsed.lines.items():
        if path:
            lines[path[0]][path[1:]] = line
    return [Item.at(value, own) for value, own in zip(parsed.value, lines, strict=True)]


_MESSAGES = {
    "missing": ("thiếu trường {field}", "thêm {field}; xem bản ghi mẫu trong CONTRIBUTING.md"),
    "extra_forbidden": ('không có trường tên "{field}"', "sửa tên trường hoặc xóa dòng này"),
    "string_type": ("{field} phải là chữ, không phải {input}", "đặt giá trị trong dấu nháy"),
    "string_too_short": ("{field} để trống", "điền giá trị, hoặc xóa dòng này nếu chưa có"),
    "string_too_long": ("{field} dài quá mức cho phép", "rút ngắn"),
    "string_pattern_mismatch": (
        "{field} {input} viết không đúng dạng",
        "id chỉ gồm a-z, 0-9 và dấu gạch nối; địa chỉ bắt đầu bằng http",
    ),
    "tuple_type": ("{field} phải là danh sách", "viết mỗi mục một dòng bắt đầu bằng dấu -"),
    "model_type": ("{field} phải là một bảng khóa: giá trị", "xem bản ghi mẫu trong CONTRIBUTING.md"),
    "bool_type": ("{field} phải là true hoặc false", "sửa giá trị"),
    "int_type": ("{field} phải là số nguyên, không phải {input}", "sửa giá trị"),
    "int_parsing": ("{field} phải là số, không phải {input}", "sửa giá trị; dấu thập phân trong YAML là dấu chấm"),
}


def _report_errors(work: _Collector, rel: str, lines: Mapping[tuple, int], record: str, error: ValidationError) -> None:
    """One problem for each wrong field; the branches of a union count as one."""
    seen = set()
    for item in error.errors(include_url=False):
        loc = tuple(part for part in item["loc"] if part not in ("int", "float"))
        if loc in seen:
            continue
        seen.add(loc)
        what, remedy = _explain(item, loc)
        work.report(rel, _line(lines, loc), what, remedy, record)


def _line(lines: Mapping[tuple, int], path: tuple) -> int:
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


def _explain(item: Mapping[str, Any], loc: tuple) -> tuple[str, str]:
    """(what is wrong, what to do) in Vietnamese for one error of pydantic."""
    name = ".".join(str(part) for part in loc if part != "value") or "bản ghi"
    kind = (
        item["type"]
        .replace("int_from_float", "int_type")
        .replace("float_parsing", "int_parsing")
        .replace("float_type", "int_parsing")
    )
    if kind in ("value_error", "vocabulary"):
        what, _, remedy = item["msg"].removeprefix("Value error, ").partition("; ")
        return f"{name}: {what}", remedy
    if kind == "model_attributes_type":
        kind = "model_type"
    what, remedy = _MESSAGES.get(kind, ("{field} không hợp lệ ({input})", "xem bản ghi mẫu trong CONTRIBUTING.md"))
    shown = repr(item.get("input"))[:60]
    return what.format(field=name, input=shown), remedy.format(field=name, input=shown)
