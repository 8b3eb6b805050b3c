"""YAML text into plain Python values, with the line of each of them.

Why not ``yaml.safe_load``: it lets the second of two equal keys win, turns ``no`` into False and
``2009-11-18`` into a date object, keeps no lines, and expands aliases without bound. Here the
parser's events (libyaml's, where PyYAML was built with it) are put together one by one, without
recursion, so that hostile depth or size ends in a message and never in a crash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import yaml

MAX_BYTES = 48 * 1024 * 1024
MAX_DEPTH = 40

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

Path = tuple[str | int, ...]


class YamlProblem(Exception):
    """The text cannot be read: 1-based line, what is wrong, what to do (both Vietnamese)."""

    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = line, what, remedy


@dataclass
class Parsed:
    """The value of the whole text, and the line of every path in it."""

    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    duplicates: list[tuple[Path, int, int]] = field(default_factory=list)
    """(path, line of the second, line of the first) for every key that stands twice."""


@dataclass
class _Level:
    """A list or mapping that is being filled."""

    path: Path
    value: list | dict
    key: str | None = None
    key_line: int = 0


def decode(data: bytes) -> str:
    """UTF-8 text of a file (a BOM is allowed). Raises YamlProblem with the line of the bad byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise YamlProblem(line, "tệp không phải UTF-8", "mở bằng trình soạn thảo và lưu lại với mã UTF-8") from None


def parse(text: str) -> Parsed:
    """Parse one YAML document. Raises YamlProblem at the first thing that cannot be read."""
    parsed = Parsed()
    stack: list[_Level] = []
    try:
        for event in yaml.parse(text, Loader=LOADER):
            _step(event, parsed, stack)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(
            (mark.line if mark else 0) + 1,
            f"không đọc được YAML ({_plain(error.problem)})",
            "xem lại thụt lề, dấu hai chấm và dấu nháy ở dòng này và dòng trên",
        ) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1 if isinstance(error.position, int) else 1
        raise YamlProblem(line, "có ký tự điều khiển không được phép", "xóa ký tự lạ ở dòng này") from None
    return parsed


_COLON = "dấu hai chấm sai chỗ, chữ có dấu hai chấm cần đặt trong dấu nháy"
_OPEN = "dấu nháy mở mà không đóng"
_TAG = "thẻ kiểu (dấu !) viết sai"
_DIRECTIVE = "dòng bắt đầu bằng dấu % viết sai"
_CODE = "dấu \\ trong dấu nháy kép viết sai"
_PLAIN = {
    "found a tab character that violates indentation": "thụt lề bằng phím Tab",
    "found a tab character where an indentation space is expected": "thụt lề bằng phím Tab",
    "found character that cannot start any token": "giá trị bắt đầu bằng ký tự không được phép (@, `, % hoặc Tab)",
    "could not find expected ':'": "thiếu dấu hai chấm sau khóa",
    "did not find expected key": "thụt lề lệch, hoặc thiếu dấu hai chấm",
    "did not find expected '-' indicator": "thụt lề lệch, hoặc thiếu dấu gạch đầu mục",
    "did not find expected ',' or ']'": "trong dấu [ thiếu dấu phẩy hoặc dấu ] đóng",
    "did not find expected ',' or '}'": "trong dấu { thiếu dấu phẩy hoặc dấu } đóng",
    "did not find expected node content": "thiếu giá trị",
    "did not find expected <document start>": "có chữ thừa nằm ngoài danh sách",
    "did not find expected comment or line break": "có chữ thừa sau dấu | hoặc dấu >",
    "found an indentation indicator equal to 0": "có số 0 sau dấu | hoặc dấu >",
    "mapping values are not allowed in this context": _COLON,
    "found unexpected ':'": _COLON,
    "block sequence entries are not allowed in this context": "dấu gạch đầu mục sai chỗ",
    "mapping keys are not allowed in this context": "dấu ? sai chỗ",
    "found unexpected end of stream": _OPEN,
    "found unexpected document indicator": _OPEN,
    "found unknown escape character": _CODE,
    "did not find expected hexdecimal number": _CODE,
    "found invalid Unicode character escape code": _CODE,
    "did not find expected alphabetic or numeric character": "sau dấu & hoặc dấu * thiếu tên",
    "found undefined tag handle": _TAG,
    "did not find expected '!'": _TAG,
    "did not find expected tag URI": _TAG,
    "did not find the expected '>'": _TAG,
    "did not find URI escaped octet": _TAG,
    "did not find expected whitespace or line break": _TAG,
    "found unknown directive name": _DIRECTIVE,
    "could not find expected directive name": _DIRECTIVE,
    "found unexpected non-alphabetical character": _DIRECTIVE,
    "found incompatible YAML document": _DIRECTIVE,
    "found duplicate %YAML directive": _DIRECTIVE,
    "found duplicate %TAG directive": _DIRECTIVE,
}
"""What libyaml says, in words for editors. What is not here is told as "sai cú pháp"."""


def _plain(problem: str | None) -> str:
    return _PLAIN.get(problem or "", "sai cú pháp")


def _step(event: yaml.Event, parsed: Parsed, stack: list[_Level]) -> None:
    line = event.start_mark.line + 1
    if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
        _refuse_tricks(event, line)
        if len(stack) >= MAX_DEPTH:
            raise YamlProblem(line, f"lồng nhau quá {MAX_DEPTH} tầng", "xem lại thụt lề hoặc dấu ngoặc")
        if stack and isinstance(stack[-1].value, dict) and stack[-1].key is None:
            raise YamlProblem(
                line, "khóa phải là một từ, không phải danh sách hay bảng", "viết lại thành khóa: giá trị"
            )
        fresh: list | dict = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = _put(fresh, line, parsed, stack)
        stack.append(_Level(path, fresh))
    elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
        stack.pop()
    elif isinstance(event, yaml.ScalarEvent):
        _refuse_tricks(event, line)
        _scalar(event, line, parsed, stack)
    elif isinstance(event, yaml.AliasEvent):
        raise YamlProblem(line, f"dùng bí danh *{event.anchor}", "chép hẳn nội dung ra; thư viện không dùng & và *")
    elif isinstance(event, yaml.DocumentStartEvent) and parsed.lines:
        raise YamlProblem(line, "có dấu --- mở tài liệu thứ hai", "bỏ dòng ---; mỗi tệp một danh sách")


def _refuse_tricks(event: Any, line: int) -> None:
    if event.anchor:
        raise YamlProblem(line, f"dùng neo &{event.anchor}", "bỏ neo; thư viện không dùng & và *")
    if event.tag and event.tag not in ("!", "tag:yaml.org,2002:str"):
        raise YamlProblem(line, f"dùng thẻ kiểu {event.tag}", "bỏ thẻ kiểu")


def _scalar(event: yaml.ScalarEvent, line: int, parsed: Parsed, stack: list[_Level]) -> None:
    top = stack[-1] if stack else None
    if top is not None and isinstance(top.value, dict) and top.key is None:
        path = (*top.path, event.value)
        if event.value in top.value:
            parsed.duplicates.append((path, line, parsed.lines[path]))
        top.key, top.key_line = event.value, line
        return
    _put(resolve(event), line, parsed, stack)


def resolve(event: yaml.ScalarEvent) -> Any:
    """Only null, true, false and plain numbers are more than text; ``no`` and dates stay text."""
    text = event.value
    if event.style or event.tag:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] > "9":
        return text
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _put(value: Any, line: int, parsed: Parsed, stack: list[_Level]) -> Path:
    if not stack:
        parsed.value = value
        parsed.lines[()] = line
        return ()
    top = stack[-1]
    if isinstance(top.value, list):
        path = (*top.path, len(top.value))
        top.value.append(value)
    else:
        # The key's own line is where an editor looks, also when the value starts below it.
        path, line = (*top.path, top.key), top.key_line
        top.value[top.key] = value
        top.key = None
    parsed.lines[path] = line
    return path


@dataclass(frozen=True)
class Item:
    """One item of a list that is a whole file: its value, and where it and its parts stand."""

    value: Any
    line: int
    """Line of the file on which the item begins."""
    text: str
    """The item's own text; its lines are found again when somebody asks for them."""
    duplicates: tuple[tuple[Path, int, int], ...] = ()
    """As in Parsed, with paths inside the item and lines of the file."""

    @classmethod
    def at(cls, value: Any, lines: Mapping[Path, int]) -> Item:
        """An item of a text that was parsed as a whole."""
        item = cls(value, lines[()], "")
        item.__dict__["lines"] = lines
        return item

    @cached_property
    def lines(self) -> Mapping[Path, int]:
        """Line of the file of every path inside the item; the empty path is its start."""
        shift = self.line - 1
        return {path[1:]: line + shift for path, line in parse(self.text).lines.items() if path}


ItemCache = dict[str, tuple[Any, tuple[tuple[Path, int, int], ...]]]
"""Text of an item -> its value and duplicate keys (lines counted from its own first)."""


def items(text: str, cache: ItemCache | None = None) -> list[Item] | None:
    """The items of a file that is one block list, each parsed by itself, or None when it is not that plain.

    Then only the items that changed need to be read again, and nothing keeps the line of every
    value in memory. A file for which this gives None has to be parsed as a whole.
    """
    pieces = _pieces(text)
    if pieces is None:
        return None
    found = []
    for line, piece in pieces:
        known = cache.get(piece) if cache is not None else None
        if known is None:
            known = _item(piece)
            if known is None:
                return None
            if cache is not None:
                cache[piece] = known
        value, duplicates = known
        shifted = tuple((path, one + line - 1, two + line - 1) for path, one, two in duplicates)
        found.append(Item(value, line, piece, shifted))
    return found


def _item(piece: str) -> tuple[Any, tuple[tuple[Path, int, int], ...]] | None:
    """What ItemCache keeps of the text of one item; None when it cannot be read by itself."""
    value, duplicates = _plain_value(piece), ()
    if value is None:
        try:
            parsed = parse(piece)
        except YamlProblem:
            return None
        value, duplicates = parsed.value, tuple((path[1:], one, two) for path, one, two in parsed.duplicates)
    return (value[0], duplicates) if isinstance(value, list) and len(value) == 1 else None


def _plain_value(text: str) -> Any:
    """What ``parse`` gives for a text that holds nothing to tell of; else None.

    Nearly every record is such a text, and then nobody asks for its lines.
    """
    top: Any = []
    above: list[Any] = []
    key: str | None = None
    try:
        for event in yaml.parse(text, Loader=LOADER):
            kind = type(event)
            if kind in _ENDS:
                top = above.pop()
            elif kind in _NODES:
                if event.anchor or event.tag:
                    return None
                if type(top) is dict and key is None:
                    if kind is not yaml.ScalarEvent or event.value in top:
                        return None
                    key = event.value
                    continue
                inner = resolve(event) if kind is yaml.ScalarEvent else _NODES[kind]()
                if key is None:
                    top.append(inner)
                else:
                    top[key], key = inner, None
                if kind is not yaml.ScalarEvent:
                    above.append(top)
                    top = inner
                if len(above) > MAX_DEPTH:
                    return None
            elif kind is yaml.AliasEvent:
                return None
    except yaml.YAMLError:
        return None
    return top[0] if len(top) == 1 else None


_ENDS = {yaml.MappingEndEvent, yaml.SequenceEndEvent}
_NODES = {yaml.ScalarEvent: str, yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
_ITEM = re.compile(r"^-(?= |$)", re.MULTILINE)
_NO_ITEM = re.compile(r"^(?:[^ #\n-]|-[^ \n])", re.MULTILINE)


def _pieces(text: str) -> list[tuple[int, str]] | None:
    """(line, text) of each top-level item; None when a line stands where only items and comments may."""
    if "\r" in text or "\x85" in text or "\u2028" in text or "\u2029" in text:
        # YAML counts more than line feeds as ends of lines.
        return None
    starts = [match.start() for match in _ITEM.finditer(text)]
    if not starts or _NO_ITEM.search(text):
        return None
    if any(line.strip() and line[0] != "#" for line in text[: starts[0]].split("\n")):
        return None
    pieces, number, before = [], 1, 0
    for start, end in pairwise([*starts, len(text)]):
        number, before = number + text.count("\n", before, start), start
        pieces.append((number, text[start:end]))
    number, last = pieces[-1]
    pieces[-1] = (number, last if last.endswith("\n") else last + "\n")
    return pieces


def scalars(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every scalar below ``value`` with its path, in the order of the text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from scalars(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from scalars(inner, (*path, index))
    else:
        yield path, value
