"""Word tables of all treaties and of all documents, across A4, to be pasted into a plan or printed."""

from __future__ import annotations

from collections.abc import Iterable

from macros import citations, printed, references
from macros.exports.docx_paper import Cell, Paper
from macros.model import Document, Library, Treaty
from macros.views import Views


def treaties(library: Library, views: Views) -> bytes:
    """All treaties, line by line and by date of signing; those without a line at the end."""
    paper = Paper(library, "Điều ước và thỏa thuận", "bang-dieu-uoc", landscape=True)
    paper.title("Bảng điều ước và thỏa thuận", "theo tuyến, theo ngày ký")
    for border in library.borders:
        paper.heading(border.name)
        _treaty_table(paper, views.treaties_by_line.get(border.id, ()))
    rest = sorted((t for t in library.treaties if not t.lines), key=lambda t: views.sort_key(t.id))
    if rest:
        paper.heading("Không gắn với tuyến nào")
        _treaty_table(paper, rest)
    paper.sources()
    return paper.done()


def _treaty_table(paper: Paper, items: Iterable[Treaty]) -> None:
    label = paper.library.label
    rows: list[tuple[Cell, ...]] = [
        (
            str(number),
            (item.title, item.sources),
            " – ".join(label("party", party) for party in item.parties),
            (printed.date(item.signed.value), item.signed.sources),
            (printed.date(item.entered_into_force.value), item.entered_into_force.sources),
            (label("status", item.status.value) if item.status.value else printed.UNKNOWN, item.status.sources),
        )
        for number, item in enumerate(items, 1)
    ]
    paper.table(("Số", "Tên", "Các bên", "Ký", "Hiệu lực", "Tình trạng"), rows, (1, 10, 4, 4, 4, 4))


def documents(library: Library, views: Views) -> bytes:
    """All domestic documents, the Party's first, by date of issue."""
    paper = Paper(library, "Văn bản trong nước", "bang-van-ban", landscape=True)
    paper.title("Bảng văn bản trong nước", "theo hệ thống, theo ngày ban hành")
    order = list(library.vocabulary.get("system", {}))
    for system in order:
        items = sorted((d for d in library.documents if d.system == system), key=lambda d: views.sort_key(d.id))
        if items:
            paper.heading(library.label("system", system))
            _document_table(paper, items)
    paper.sources()
    return paper.done()


def _document_table(paper: Paper, items: Iterable[Document]) -> None:
    library = paper.library
    rows: list[tuple[Cell, ...]] = [
        (
            str(number),
            f"{library.label('document_kind', item.kind)}: {item.number or printed.UNKNOWN}",
            (references.plain(library, item.title), item.sources),
            citations.issuer(library, item) or printed.UNKNOWN,
            (printed.date(item.issued.value), item.issued.sources),
            (library.label("status", item.status.value) if item.status.value else printed.UNKNOWN, item.status.sources),
        )
        for number, item in enumerate(items, 1)
    ]
    paper.table(("Số", "Loại, số hiệu", "Về việc", "Cơ quan", "Ban hành", "Tình trạng"), rows, (1, 5, 9, 4, 4, 4))
