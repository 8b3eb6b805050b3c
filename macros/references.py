"""References inside running text: ``[[record-id]]``, ``[[record-id.signed]]``, ``[[record-id|words]]``.

They keep the promise that no date is typed twice: a text names the field of a record, and what
is printed follows the record. Braces were not taken, since they are Jinja's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from macros import printed
from macros.model import Library

_REFERENCE = re.compile(r"\[\[(?P<id>[a-z0-9-]+)(?:\.(?P<field>[a-z_]+))?(?:\|(?P<label>[^\[\]|]+))?\]\]")
_RUNNING = {"definition", "basis"}
"""Fields that are running text with references of their own; they do not nest further."""
_BRACKETS = re.compile(r"\[\[.*?(?:\]\]|$)|\]\]")


class Reference(NamedTuple):
    """One reference: where it stands in the text and what it names."""

    start: int
    end: int
    id: str
    field: str | None
    label: str | None


class Piece(NamedTuple):
    """A run of text; ``id`` is set where it should link to that record (or figure, or set)."""

    text: str
    id: str | None = None


class ReferenceProblem(ValueError):
    """A reference that leads nowhere: (what is wrong, what to do), Vietnamese."""


class InnerProblem(ReferenceProblem):
    """The same inside a text that is quoted as a whole (a definition): told where that text stands."""


def find(text: str) -> Iterator[Reference]:
    """All well-formed references of ``text``, in order."""
    # Most texts name nothing, and a plain search is quicker than the pattern.
    return map(_reference, _REFERENCE.finditer(text)) if "[[" in text else iter(())


def _reference(match: re.Match[str]) -> Reference:
    return Reference(*match.span(), *match.groups())


def without(text: str) -> str:
    """``text`` with its references cut out: what somebody typed with their own hands."""
    return _REFERENCE.sub(" ", text)


def malformed(text: str) -> list[str]:
    """Bracket pairs that are no reference (a space in the id, a missing bracket …)."""
    rest = _REFERENCE.sub("", text)
    return [match[0] for match in _BRACKETS.finditer(rest)] if "[[" in rest or "]]" in rest else []


def resolve(library: Library, reference: Reference) -> str:
    """The text to print. Raises ReferenceProblem when the record or its field is not there."""
    if reference.id in library.figures:
        return reference.label or _of_figure(library, reference)
    if reference.id in library.sets:
        return reference.label or library.sets[reference.id][1].name
    record = library.by_id.get(reference.id)
    if record is None:
        raise ReferenceProblem(
            f'trỏ tới "{reference.id}" nhưng không có bản ghi nào mang id ấy', "sửa id, hoặc thêm bản ghi"
        )
    if reference.field is None:
        return reference.label or printed.name(record)
    try:
        text = printed.field(library, record, reference.field)
    except KeyError:
        raise _no_field(reference, printed.PRINTABLE.get(type(record), ())) from None
    return _nested(library, reference, text)


def _of_figure(library: Library, reference: Reference) -> str:
    item = library.figures[reference.id][1]
    if reference.field is None:
        return printed.figure(item)
    try:
        return _nested(library, reference, printed.figure_field(item, reference.field))
    except KeyError:
        raise _no_field(reference, printed.FIGURE_FIELDS) from None


def _nested(library: Library, reference: Reference, text: str) -> str:
    """A field that is itself running text (a definition, a basis) prints its own references."""
    if reference.field not in _RUNNING:
        return text
    if any(inner.field in _RUNNING for inner in find(text)):
        raise ReferenceProblem(
            f'"{reference.id}.{reference.field}" lại dẫn một đoạn chữ khác', "trong đoạn đó chỉ dẫn tên, ngày, số"
        )
    try:
        return plain(library, text)
    except ReferenceProblem as problem:
        raise InnerProblem(*problem.args) from None


def _running_text(library: Library, reference: Reference) -> str:
    if reference.id in library.figures:
        return printed.figure_field(library.figures[reference.id][1], reference.field or "")
    return printed.field(library, library.by_id[reference.id], reference.field or "")


def _no_field(reference: Reference, fields: tuple[str, ...]) -> ReferenceProblem:
    return ReferenceProblem(
        f'"{reference.id}" không có trường "{reference.field}" để dẫn', f"chọn một trong: {', '.join(fields)}"
    )


def pieces(library: Library, text: str) -> list[Piece]:
    """``text`` cut at its references, each resolved; for pages that link and files that do not."""
    result, at = [], 0
    for reference in find(text):
        if reference.start > at:
            result.append(Piece(text[at : reference.start]))
        said = resolve(library, reference)
        # Running text is quoted, not linked as a whole; its own references stay links.
        inner = pieces(library, _running_text(library, reference)) if reference.field in _RUNNING else []
        result += inner or [Piece(said, reference.id)]
        at = reference.end
    if at < len(text):
        result.append(Piece(text[at:]))
    return result


def plain(library: Library, text: str) -> str:
    """``text`` with every reference replaced by what it prints."""
    if "[[" not in text:
        return text
    return "".join([piece.text for piece in pieces(library, text)]) if "[[" in text else text


def name_of(library: Library, any_id: str) -> str:
    """The short name of a record, figure or set, as plain text; the id itself when there is none."""
    if any_id in library.sets:
        return library.sets[any_id][1].name
    if any_id in library.figures:
        return library.figures[any_id][1].label
    record = library.by_id.get(any_id)
    return plain(library, printed.name(record)) if record else any_id


def source_name(library: Library, source_id: str) -> str:
    """How people call a source: the short title of the document that it is a copy of, else its title."""
    document = getattr(library.by_id.get(source_id), "document", None)
    return name_of(library, document if document in library.by_id else source_id)
