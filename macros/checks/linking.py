"""Checks of everything by which one record points at another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from macros import references
from macros.checks.finding import Finding
from macros.model import (
    Border,
    Citation,
    Confusable,
    Document,
    Event,
    Guidance,
    Library,
    Place,
    Question,
    Record,
    Relation,
    Source,
    Stage,
    Succession,
    TalkingPoint,
    Term,
    Topic,
    Treaty,
    TreatySet,
    Variant,
    Withdrawn,
)
from macros.walk import of_type, values, words_of

_ANY = ("treaties", "documents", "borders", "topics", "events", "agencies", "glossary", "sources")
_NAMEABLE = (*_ANY, "figures", "sets")

TARGETS: Mapping[type, Mapping[str, tuple[str, ...]]] = {
    Citation: {"source": ("sources",)},
    Variant: {"source": ("sources",)},
    Relation: {"target": ("treaties", "documents")},
    Confusable: {"id": _ANY},
    Withdrawn: {"see": _ANY},
    Stage: {"figures": ("figures",), "treaties": ("treaties",)},
    TreatySet: {"members": ("treaties", "documents")},
    Guidance: {"source": ("sources",), "lines": ("borders",), "names": _NAMEABLE},
    Succession: {"agency": ("agencies",)},
    Treaty: {"lines": ("borders",), "topics": ("topics",)},
    Border: {"topics": ("topics",)},
    Topic: {"parent": ("topics",), "lines": ("borders",), "records": _NAMEABLE},
    Document: {"issuer": ("agencies",), "lines": ("borders",), "topics": ("topics",)},
    Event: {"lines": ("borders",), "topics": ("topics",), "records": _NAMEABLE},
    Term: {"see": _ANY},
    Source: {"document": ("documents",)},
    TalkingPoint: {"topic": ("topics",), "lines": ("borders",)},
    Question: {"topic": ("topics",), "lines": ("borders",)},
}
"""For each type its fields that hold ids, and the kinds that such an id may be of."""


def _kind(library: Library, name: str) -> str | None:
    if name in library.figures:
        return "figures"
    return "sets" if name in library.sets else library.kind_of.get(name)


def references_resolve(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Every id that a record names exists."""
    missing: dict[str, list[tuple[str, tuple]]] = {}
    known = library.kind_of.keys() | library.figures.keys() | library.sets.keys()
    for record, named in library.each(ids_named):
        if named <= known:
            continue
        for path, target, _ in pointers_of(record):
            if target not in known and not _may_be_skipped(library, target):
                missing.setdefault(target, []).append((record.id, path))
    for target, places in missing.items():
        # One line for each lost record, not one for each of the many places that name it.
        places.sort(key=lambda place: library.where(place[0], *place[1]))
        first = library.where(places[0][0], *places[0][1])
        more = sorted({library.where(record, *path) for record, path in places} - {first})
        yield Finding(
            *places[0],
            f'trỏ tới "{target}" nhưng không có bản ghi nào mang id ấy{_also_at(more)}',
            "sửa id, hoặc thêm lại bản ghi đã xóa",
        )


def _also_at(places: list[Place]) -> str:
    """`` (và ở 9 chỗ khác: data/borders.yaml:4, …)``; the first four are named."""
    if not places:
        return ""
    named = ", ".join(f"{place.file}:{place.line}" for place in places[:4])
    return f" (và ở {len(places)} chỗ khác: {named}{' …' if len(places) > 4 else ''})"


def references_are_of_the_right_kind(library: Library, _today: dt.date) -> Iterator[Finding]:
    """An id names a record of a kind that fits the field."""
    for record, path, target, allowed in _pointers(library):
        kind = _kind(library, target)
        if kind is not None and kind not in allowed:
            yield Finding(
                record, path, f'"{target}" nằm ở {kind}, không dùng được ở đây', f"dùng id của {', '.join(allowed)}"
            )


def _pointers(library: Library) -> Iterator[tuple[str, tuple, str, tuple[str, ...]]]:
    """(record, path, id named there, kinds allowed there) for fields and for texts."""
    for _, record in library.records():
        yield from ((record.id, *pointer) for pointer in pointers_of(record))


def ids_named(record: Record) -> frozenset[str]:
    """The ids of ``pointers_of``."""
    found: set[str] = set()
    for value in values(record):
        if isinstance(value, str):
            if "[[" in value:
                found.update(reference.id for reference in references.find(value))
            continue
        for field in TARGETS.get(type(value), ()):
            target = getattr(value, field)
            if target:
                found.update((target,) if isinstance(target, str) else target)
    return frozenset(found)


def pointers_of(record: Record) -> tuple[tuple[tuple, str, tuple[str, ...]], ...]:
    """(path, id named there, kinds allowed there) of one record."""
    found: list[tuple[tuple, str, tuple[str, ...]]] = []
    for path, part in of_type(record, *TARGETS):
        for field, allowed in TARGETS[type(part)].items():
            value = getattr(part, field)
            if isinstance(value, str):
                found.append(((*path, field), value, allowed))
            elif value:
                found += [((*path, field, index), target, allowed) for index, target in enumerate(value)]
    if "[[" in words_of(record):
        for path, text in of_type(record, str):
            found += [(path, reference.id, _NAMEABLE) for reference in references.find(text)]
    return tuple(found)


def _may_be_skipped(library: Library, target: str) -> bool:
    """A record that could not be read may be the target; a border takes its figures and sets with it."""
    return target in library.skipped or "borders" in library.skipped.values()


def references_in_text_can_be_printed(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Every ``[[reference]]`` inside a text is well-formed and names a field that can be printed."""
    for _, record in library.records():
        words = words_of(record)
        for path, text in of_type(record, str) if "[[" in words or "]]" in words else ():
            if "[[" not in text and "]]" not in text:
                continue
            for broken in references.malformed(text):
                yield Finding(
                    record.id, path, f'tham chiếu "{broken[:60]}" viết sai dạng', "viết [[id]] hoặc [[id.trường]]"
                )
            for reference in references.find(text):
                if _kind(library, reference.id) is None:
                    continue
                try:
                    references.resolve(library, reference)
                except references.InnerProblem:
                    continue
                except references.ReferenceProblem as problem:
                    yield Finding(record.id, path, *problem.args)


def _relations(library: Library) -> Iterator[tuple[Record, int, Relation]]:
    for record in (*library.treaties, *library.documents):
        for index, relation in enumerate(record.relations):
            yield record, index, relation


def relations_point_elsewhere(library: Library, _today: dt.date) -> Iterator[Finding]:
    """No record is related to itself."""
    for record, index, relation in _relations(library):
        if relation.target == record.id:
            yield Finding(record.id, ("relations", index, "target"), "quan hệ trỏ về chính bản ghi này", "sửa target")


def relations_are_typed_once(library: Library, _today: dt.date) -> Iterator[Finding]:
    """A relation is typed on one side only; the other direction is derived."""
    typed = {(record.id, relation.type, relation.target) for record, _, relation in _relations(library)}
    for record, index, relation in _relations(library):
        if (relation.target, relation.type, record.id) in typed and record.id > relation.target:
            yield Finding(
                record.id,
                ("relations", index),
                f'quan hệ {relation.type} với "{relation.target}" viết ở cả hai bản ghi',
                "giữ một chiều; chiều kia máy tự suy ra",
            )


def relations_have_no_cycle(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Supplementing, replacing and the like never lead back to where they started."""
    edges: dict[str, list[tuple[int, str]]] = {}
    for record, index, relation in _relations(library):
        if relation.type not in ("related", "based_on"):
            edges.setdefault(record.id, []).append((index, relation.target))
    for name in _in_cycles({key: [target for _, target in value] for key, value in edges.items()}):
        yield Finding(name, ("relations", edges[name][0][0]), "các quan hệ nối thành vòng tròn", "bỏ quan hệ sai chiều")


def _in_cycles(graph: Mapping[str, list[str]]) -> list[str]:
    """The nodes from which one can come back to oneself, sorted."""

    def reaches_itself(start: str) -> bool:
        seen, todo = set(), list(graph.get(start, ()))
        while todo:
            node = todo.pop()
            if node == start:
                return True
            if node not in seen:
                seen.add(node)
                todo.extend(graph.get(node, ()))
        return False

    return sorted(node for node in graph if reaches_itself(node))


def topics_form_a_tree(library: Library, _today: dt.date) -> Iterator[Finding]:
    """No topic lies, however far up, under itself."""
    for name in _in_cycles({t.id: [t.parent] for t in library.topics if t.parent}):
        yield Finding(name, ("parent",), "chủ đề nằm dưới chính nó", "sửa parent")


def guidance_year_matches(library: Library, _today: dt.date) -> Iterator[Finding]:
    """Guidance comes from a guidance document and is filed under the year that the document guides."""
    for topic in library.topics:
        for path, item in of_type(topic, Guidance):
            source = library.by_id.get(item.source)
            document = library.by_id.get(source.document or "") if isinstance(source, Source) else None
            if isinstance(source, Source) and source.kind != "guidance":
                yield Finding(
                    topic.id,
                    (*path, "source"),
                    f'nguồn "{item.source}" không phải kế hoạch hay hướng dẫn',
                    "chọn nguồn loại guidance",
                )
            elif isinstance(document, Document) and document.guides_year != item.year:
                yield Finding(
                    topic.id,
                    (*path, "year"),
                    f"năm {item.year} khác năm mà văn bản hướng dẫn ({document.guides_year})",
                    "sửa year",
                )
