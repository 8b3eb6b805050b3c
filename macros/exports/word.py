"""All Word files: a fact sheet for each treaty, an outline for each topic and line, two tables, the tally."""

from __future__ import annotations

from collections.abc import Iterator

from macros.exports import docx_fact_sheet, docx_outline, docx_tables, docx_tally, names
from macros.model import Library
from macros.views import Views


def files(library: Library) -> Iterator[tuple[str, bytes]]:
    """(path, Word file), in the order of the records."""
    views = Views(library)
    for treaty in library.treaties:
        yield names.fact_sheet(treaty.id), docx_fact_sheet.build(library, views, treaty)
    for border in library.borders:
        yield names.outline(border.id), docx_outline.of_line(library, views, border)
    for topic in library.topics:
        yield names.outline(topic.id), docx_outline.of_topic(library, views, topic)
    yield names.word_table("dieu-uoc"), docx_tables.treaties(library, views)
    yield names.word_table("van-ban"), docx_tables.documents(library, views)
    yield names.TALLY, docx_tally.build(library)
