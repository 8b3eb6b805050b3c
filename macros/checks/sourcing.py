"""Checks that everything asserted says where it comes from, and how sure it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from macros.checks.finding import Finding
from macros.checks.linking import references_resolve
from macros.model import Citation, Fact, Guidance, Library, Record, Stage, Statement, Status, Variant
from macros.walk import of_type, values

OPEN = ("chua_ro", "chua_kiem_chung")
"""Words for a status that is not known or not verified: they assert nothing, so there is nothing to source."""
_ADD = 'thêm  sources: [{source: …, locator: "…"}]'


def _facts(library: Library) -> Iterator[tuple[str, tuple, Fact]]:
    for _, record in library.records():
        for path, fact in of_type(record, Fact):
            yield record.id, path, fact


def facts_have_sources(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A value stands only with a source."""
    for record, path, fact in _facts(library):
        if fact.value is not None and not fact.sources and not _is_open(fact):
            yield Finding(record, path, f"{path[-1]}: có giá trị nhưng không có nguồn", _ADD)


def _is_open(fact: Fact) -> bool:
    return isinstance(fact, Status) and fact.value in OPEN


def facts_have_confidence(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A value says how sure it is."""
    for record, path, fact in _facts(library):
        if fact.value is not None and fact.confidence is None and not _is_open(fact):
            yield Finding(
                record, path, f"{path[-1]}: thiếu độ chắc (confidence)", "thêm  confidence: high, medium hoặc low"
            )
    for _, item in library.records():
        for path, stage in of_type(item, Stage):
            if stage.sources and stage.confidence is None:
                yield Finding(item.id, path, "thiếu độ chắc (confidence)", "thêm  confidence: high, medium hoặc low")


def high_confidence_has_two_sources(library: Library, _today: dt.date) -> Iterator[Finding]:
    """High confidence means that at least two different sources agree."""
    for record, path, fact in _facts(library):
        if fact.confidence == "high" and len({c.source for c in fact.sources}) < 2:
            yield Finding(
                record,
                path,
                f"{path[-1]}: ghi chắc (high) nhưng chưa đủ hai nguồn khác nhau",
                "thêm nguồn thứ hai, hoặc đổi thành medium",
            )


def statements_have_sources(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A fact or a position in words has a source; only the library's own note may stand alone."""
    for _, record in library.records():
        for path, statement in of_type(record, Statement):
            if statement.nature != "note" and not statement.sources:
                yield Finding(record.id, path, "câu này không có nguồn", _ADD + ", hoặc đổi nature thành note")
        for path, stage in of_type(record, Stage):
            if stage.state != "unknown" and not stage.sources:
                yield Finding(record.id, path, "bước này không có nguồn", _ADD)


def positions_say_whose(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A position names who states it; a note is nobody else's."""
    for _, record in library.records():
        for path, statement in of_type(record, Statement):
            if statement.nature == "position" and not statement.stated_by:
                yield Finding(record.id, path, "lập trường không ghi ai nêu", "thêm  stated_by: …")
            if statement.nature == "note" and statement.stated_by:
                yield Finding(
                    record.id,
                    path,
                    "ghi chú của thư viện mà lại ghi người nêu",
                    "đổi nature thành position, hoặc bỏ stated_by",
                )


def records_have_sources(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A treaty, document, event or agency says where its title and existence stand."""
    for kind in ("treaties", "documents", "events", "agencies"):
        for record in getattr(library, kind):
            if not record.sources and getattr(record, "withdrawn", None) is None:
                yield Finding(record.id, (), "bản ghi không có nguồn cho tên và sự tồn tại của nó", _ADD)


def status_says_when_checked(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A status carries the day on which it was checked."""
    for record in (*library.treaties, *library.documents):
        if record.status.value is None:
            yield Finding(
                record.id, ("status",), "thiếu tình trạng hiệu lực", "thêm status; nếu chưa biết thì value: chua_ro"
            )
        elif record.status.checked_on is None:
            yield Finding(
                record.id, ("status",), "tình trạng không ghi ngày kiểm tra", "thêm  checked_on: năm-tháng-ngày"
            )


def inferred_status_is_weak(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A status that no source states outright, only inferred, is of low confidence."""
    for record in (*library.treaties, *library.documents):
        if record.status.derived and record.status.confidence != "low":
            yield Finding(record.id, ("status", "confidence"), "tình trạng chỉ là suy ra", "đổi confidence thành low")


def other_values_differ(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A value in circulation that was not taken differs from the one that was."""
    for record, path, fact in _facts(library):
        for index, other in enumerate(fact.others):
            if other.value == fact.value:
                yield Finding(record, (*path, "others", index), "giá trị khác lại trùng giá trị đã chọn", "xóa mục này")


_CITING = (Citation, Variant, Guidance)


def cited_by(record: Record) -> frozenset[str]:
    """Ids of the sources that a record cites."""
    parts = (part for part in values(record) if type(part) in _CITING)
    return frozenset(part.source for part in parts if part.source)


def sources_are_cited(library: Library, today: dt.date) -> Iterator[Finding]:
    """Every source is cited at least once."""
    cited = {source for _, sources in library.each(cited_by) for source in sources}
    unused = [source for source in library.sources if source.id not in cited and source.withdrawn is None]
    if not unused or library.skipped or next(references_resolve(library, today), None):
        return  # a record that could not be read, or was deleted by mistake, may be the one that cites it
    for source in unused:
        yield Finding(source.id, (), "không bản ghi nào dẫn nguồn này", "dẫn nguồn ở bản ghi liên quan, hoặc xóa nguồn")
