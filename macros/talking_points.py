"""Talking points and questions: what each rests on, and the plain text that is copied.

Nothing is typed twice: the basis of a saying is its own sources and those of every field that it
names, so a reader can ask of any sentence on which document it rests.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros import printed, references
from macros.model import (
    Citation,
    Document,
    Fact,
    Figure,
    Library,
    Question,
    Record,
    Source,
    Statement,
    TalkingPoint,
    Term,
    Treaty,
)

Saying = TalkingPoint | Question

SHOWN_SOURCES = 3
"""How many sources a copied text names; the page lists all of them."""


def texts(saying: Saying) -> Iterator[str]:
    """Every sentence of a saying, in the order of the page."""
    if isinstance(saying, TalkingPoint):
        yield saying.main
        yield from saying.facts
        if saying.not_inferred:
            yield saying.not_inferred
    else:
        yield saying.question
        yield from saying.answer
        for item in saying.follow_ups:
            yield item.question
            yield item.answer
    if saying.contested:
        yield saying.contested.text


def named(saying: Saying) -> tuple[str, ...]:
    """Ids of the records, figures and sets that a saying names, in order, each once."""
    return tuple(dict.fromkeys(ref.id for text in texts(saying) for ref in references.find(text)))


def basis(library: Library, saying: Saying) -> tuple[Citation, ...]:
    """What a saying rests on: its own sources first, then those of every field it names.

    A place is listed once, where it is first used. A reference that leads nowhere adds nothing
    (a check reports it).
    """
    found = [*saying.sources, *(saying.contested.sources if saying.contested else ())]
    for text in texts(saying):
        found += cited_in(library, text)
    places: dict[tuple[str, str], Citation] = {}
    for item in found:
        places.setdefault((item.source, item.locator), item)
    return tuple(places.values())


def cited_in(library: Library, text: str) -> Iterator[Citation]:
    """What the fields cite that a text names, in the order of the text."""
    for reference in references.find(text):
        yield from _sources_of(library, reference)


def _sources_of(library: Library, reference: references.Reference) -> tuple[Citation, ...]:
    if reference.id in library.figures:
        figure: Figure = library.figures[reference.id][1]
        return figure.fact.sources
    if reference.id in library.sets:
        return library.sets[reference.id][1].sources
    record = library.by_id.get(reference.id)
    if record is None:
        return ()
    if reference.field:
        try:
            value = printed.raw(record, reference.field)
        except KeyError:
            return ()
        if isinstance(value, (Fact, Statement)):
            return value.sources
    return _of_record(record)


def _of_record(record: Record) -> tuple[Citation, ...]:
    if isinstance(record, Source):
        return (Citation(source=record.id, locator="toàn bộ"),)
    return record.definition.sources if isinstance(record, Term) else record.sources


def documents_named(library: Library, saying: Saying) -> tuple[str, ...]:
    """Ids of the treaties and domestic documents that a saying names, those of named sets included."""
    found: list[str] = []
    for any_id in named(saying):
        if any_id in library.sets:
            # A member that is lost is told by references_resolve; the other checks go on.
            found += (member for member in library.sets[any_id][1].members if member in library.by_id)
        elif isinstance(library.by_id.get(any_id), (Treaty, Document)):
            found.append(any_id)
    # A member that could not be read is told by the checks; what is left can still be said.
    return tuple(any_id for any_id in dict.fromkeys(found) if any_id in library.by_id)


def copy_text(library: Library, saying: Saying) -> str:
    """The plain text with its citation, for a message or a word processor: no markup, no link."""
    lines = [*_body(library, saying)]
    if saying.contested:
        lines.append(f"Điều còn tranh chấp: {references.plain(library, saying.contested.text)}")
    lines.append(f"Căn cứ: {'; '.join(_basis_words(library, saying))}.")
    lines.append(
        f"(Theo thư viện {library.meta.name}, mã {saying.id}, dữ liệu đến {printed.date(library.meta.data_as_of)}; "
        f"rà lại sau ngày {printed.date(saying.valid_until)})"
    )
    return "\n".join(lines)


def whose_words(library: Library, saying: Saying) -> str:
    """Whose a saying is, in plain words: the holder of a position, the library for its own note."""
    if saying.nature == "position":
        return references.plain(library, saying.stated_by or "chưa ghi ai nêu")
    return library.label("nature", saying.nature)


def _body(library: Library, saying: Saying) -> Iterator[str]:
    def plain(text: str) -> str:
        return references.plain(library, text)

    whose = f"{whose_words(library, saying)}: " if saying.nature != "fact" else ""
    if isinstance(saying, TalkingPoint):
        yield whose + plain(saying.main)
        yield from (f"- {plain(text)}" for text in saying.facts)
        if saying.not_inferred:
            yield f"Lưu ý: {plain(saying.not_inferred)}"
    else:
        yield f"Hỏi: {plain(saying.question)}"
        yield f"Đáp: {whose}{' '.join(plain(text) for text in saying.answer)}"
        for item in saying.follow_ups:
            yield f"Nếu hỏi tiếp: {plain(item.question)} – {plain(item.answer)}"


def _basis_words(library: Library, saying: Saying) -> list[str]:
    """Named documents, then the places that the saying cites itself."""
    words = [printed.name(library.by_id[any_id]) for any_id in documents_named(library, saying)]
    cited = basis(library, saying)[:SHOWN_SOURCES]
    words += [f"{references.source_name(library, item.source)} ({item.locator})" for item in cited]
    return list(dict.fromkeys(words))
