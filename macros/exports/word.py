"""All Word files: a fact sheet for each treaty, an outline for each topic and line, two tables, the tally."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from macros.exports import docx_fact_sheet, docx_outline, docx_tables, docx_tally, names
from macros.model import Library
from macros.views import Views


def files(library: Library) -> Iterator[tuple[str, bytes]]:
    """(path, Word file), in the order of the records."""
    return ((path, make()) for path, make in makers(library))


def makers(library: Library) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(path, what makes the file): one takes as long as forty pages, so that they are best made side by side."""
    views = Views(library)
    for treaty in library.treaties:
        yield names.fact_sheet(treaty.id), partial(docx_fact_sheet.build, library, views, treaty)
    for border in library.borders:
        yield names.outline(border.id), partial(docx_outline.of_line, library, views, border)
    for topic in library.topics:
        yield names.outline(topic.id), partial(docx_outline.of_topic, library, views, topic)
    yield names.word_table("dieu-uoc"), partial(docx_tables.treaties, library, views)
    yield names.word_table("van-ban"), partial(docx_tables.documents, library, views)
    yield names.TALLY, partial(docx_tally.build, library)
