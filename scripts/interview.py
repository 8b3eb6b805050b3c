"""What `cotmoc new` asks on a terminal: one field after another, until there is enough for a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from macros import printed
from macros.checks.sourcing import OPEN
from macros.dates import DateError, PartialDate
from macros.drafting import Field, build, converted, fields, suggested_id
from macros.model import KINDS, Library
from macros.values import ID_PATTERN
from scripts.asking import ask, ask_until, choose
from scripts.devenv.console import say

ASKED: Mapping[str, tuple[str, ...]] = {
    "treaties": (
        *("kind", "level", "title", "title_basis", "short_title", "parties", "lines", "topics"),
        *("signed", "signed_place", "entered_into_force", "status"),
    ),
    "borders": ("name", "short_name", "nature", "neighbours", "summary", "topics"),
    "topics": ("title", "parent", "summary", "lines", "records"),
    "documents": (
        *("kind", "system", "number", "title", "title_basis", "short_title", "issuer", "issuer_name"),
        *("issued", "entered_into_force", "status", "lines", "topics"),
    ),
    "events": ("kind", "title", "dates", "yearly", "summary", "lines", "topics"),
    "agencies": ("name", "level", "system", "established", "dissolved", "summary"),
    "glossary": ("term", "expansion", "definition", "see"),
    "sources": ("kind", "title", "publisher", "url", "date", "language", "document", "reliability"),
    "talking_points": ("topic", "lines", "nature", "stated_by", "main", "facts", "not_inferred", "valid_until"),
    "questions": ("topic", "lines", "question", "answer", "valid_until"),
}
"""The fields that most records of a kind have; the others are added in the file afterwards."""

_KIND_OF = {"lines": "borders", "topics": "topics", "topic": "topics", "parent": "topics", "issuer": "agencies"}
_KIND_OF |= {"document": "documents", "see": "glossary"}
_MUST_BE_CITED = ("treaties", "documents", "events", "agencies")

Given = list[tuple[str, str]]


class Interview:
    """Asks for what `given` (field, text) does not say, and adds the answers to it."""

    def __init__(self, kind: str, library: Library, given: Given, today: date) -> None:
        self.kind, self.library, self.given, self.today = kind, library, given, today
        self._source, self._locator = self._said("source"), self._said("locator")

    def run(self) -> Given:
        """The whole of it. KeyboardInterrupt whenever the editor has had enough."""
        say("Enter: bỏ qua, nghĩa là chưa có nguồn. Ctrl+C: thôi, không ghi gì.")
        known = fields(KINDS[self.kind])
        for name in ASKED[self.kind]:
            if not self._said(name):
                self._ask_field(known[name])
        self._ask_common()
        if not self._said("id"):
            self._ask_id()
        return self.given

    def _said(self, name: str) -> str:
        found = [text for path, text in self.given if path.replace("-", "_").split(".")[0] == name]
        return found[-1] if found else ""

    def _add(self, name: str, text: str) -> None:
        if text:
            self.given.append((name, text))

    def _ask_field(self, field: Field) -> None:
        answer = self._answer(field, self._question(field))
        self._add(field.name, answer)
        if not answer:
            return
        if field.name == "status":
            self._add("status.checked_on", ask("Ngày kiểm tra tình trạng", self.today.isoformat()))
        if field.statement:
            self._add(f"{field.name}.nature", choose("Bản chất", self._words("nature")))
        if (field.fact or field.statement) and answer not in OPEN:
            self._cite(field.name)

    def _question(self, field: Field) -> str:
        """The short question; what explains it is said above, since terminals scroll long prompts away."""
        entry = self.library.vocabulary["field"].get(field.name)
        hint = entry.description if entry else ""
        if hint and not (field.name == "title" and "title_basis" not in fields(KINDS[self.kind])):
            say(f"  {hint}")
        if field.many:
            words = field.is_id or field.vocabulary or field.is_date
            say(f"  Có thể gõ nhiều, cách nhau bằng dấu {'phẩy' if words else 'chấm phẩy'}.")
        return f"{entry.label if entry else field.name}{'' if field.required else ' (có thể bỏ qua)'}"

    def _answer(self, field: Field, question: str) -> str:
        if field.vocabulary:
            choices = self._words(field.vocabulary)
            return choose(question, choices, many=field.many, empty=not field.required)
        if field.is_id:
            return choose(question, self._records(field.name), many=field.many, empty=not field.required)
        return ask_until(question, lambda text: self._wrong(field, text))

    def _wrong(self, field: Field, text: str) -> str:
        if not text:
            return "Mục này cần có." if field.required else ""
        value = converted(field, text, self.today)
        if field.is_date and value is not None:
            try:
                for item in value if isinstance(value, list) else [value]:
                    PartialDate.parse(str(item))
            except DateError as error:
                return str(error)
        if field.other is bool and not isinstance(value, bool):
            return "Gõ có hoặc không."
        return ""

    def _words(self, vocabulary: str) -> dict[str, str]:
        return {key: term.label for key, term in self.library.vocabulary[vocabulary].items()}

    def _records(self, name: str) -> dict[str, str]:
        kind = _KIND_OF.get(name)
        return {record.id: printed.name(record) for k, record in self.library.records() if kind in (None, k)}

    def _ask_source(self, question: str, *, empty: bool) -> str:
        choices = {source.id: source.title for source in self.library.sources}
        again = f" [{self._source}]" if self._source else ""
        answer = choose(f"{question}{again}", choices, empty=empty or bool(self._source))
        self._source = answer or self._source
        return answer or ("" if empty and not again else self._source)

    def _cite(self, name: str) -> None:
        """Source, place in it and confidence of one value."""
        self._add(f"{name}.source", self._ask_source("  Theo nguồn nào (gõ một phần tên)", empty=False))
        self._locator = ask_until("  Chỗ ghi trong nguồn (mục, điều, trang)", _needed, self._locator)
        self._add(f"{name}.locator", self._locator)
        self._add(f"{name}.confidence", choose("  Độ chắc", self._words("confidence")))

    def _ask_common(self) -> None:
        """Where the record itself stands, how sure it is, when it was compared."""
        if self.kind != "sources" and not self._said("source"):
            empty = self.kind not in _MUST_BE_CITED
            source = self._ask_source("Tên và nội dung bản ghi theo nguồn nào", empty=empty)
            if source:
                self._add("source", source)
                self._add("locator", ask_until("Chỗ ghi trong nguồn", _needed, self._locator))
        if fields(KINDS[self.kind]).get("confidence") and not self._said("confidence"):
            self._add("confidence", choose("Độ chắc của cả bản ghi", self._words("confidence")))
        if self.kind != "sources" and not self._said("reviewed_on"):
            self._add("reviewed_on", ask("Ngày đối chiếu với nguồn", self.today.isoformat()))

    def _ask_id(self) -> None:
        taken = {*self.library.by_id, *self.library.figures, *self.library.sets, *self.library.skipped}
        suggestion = suggested_id(self.kind, build(self.kind, self.given, self.today), taken)
        say("  Mã vĩnh viễn, công bố rồi không đổi: a-z, 0-9 và gạch nối.")

        def wrong(text: str) -> str:
            if text in taken:
                return f"Đã có bản ghi mang mã {text}."
            return "" if re.fullmatch(ID_PATTERN, text) and len(text) <= 80 else "Chỉ gồm a-z, 0-9 và gạch nối."

        self._add("id", ask_until("Mã", wrong, suggestion))


def _needed(text: str) -> str:
    return "" if text else "Mục này cần có."
