"""A Word document as an office uses it: A4, Times New Roman 14, margins after Nghị định 30/2020/NĐ-CP.

Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục I: A4; margins of 20–25 mm above and below, 30–35 mm
left, 15–20 mm right; size 13–14; page number in the middle of the upper margin from page 2 on.

Every sentence carries numbers in brackets that lead to the list of sources at the end: on paper
nothing can be unfolded.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from macros import printed, references
from macros.exports.archive import midnight, settled
from macros.exports.docx_blank import blank
from macros.model import Citation, Library
from macros.numbering import SourceNumbers

SMALL = Pt(11)
MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(15)}
TEXT_WIDTH_MM = 210 - 30 - 15


class Paper:
    """One document in the making. ``record_id`` is printed in the foot, so that a sheet can be traced."""

    def __init__(self, library: Library, title: str, record_id: str, *, landscape: bool = False) -> None:
        self.library = library
        self._numbers = SourceNumbers(library)
        self._docx = docx.Document(io.BytesIO(blank()))
        self._page(record_id, landscape)
        meta, core = library.meta, self._docx.core_properties
        # Word's properties hold 255 characters; official titles can be longer.
        core.title, core.author, core.subject = (text[:255] for text in (title, meta.publisher, meta.name))
        core.comments = f"{meta.name} {meta.version}, dữ liệu đến {printed.date(meta.data_as_of)}, mã {record_id}"
        core.created = core.modified = midnight(meta.data_as_of.first())
        core.last_modified_by, core.language = meta.publisher, "vi-VN"

    # ---- the sheet ----
    def _page(self, record_id: str, landscape: bool) -> None:
        section = self._docx.sections[0]
        section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
        for name, width in MARGINS.items():
            setattr(section, name, width)
        section.header_distance = section.footer_distance = Mm(10)
        self.text_width = (297 - 45) if landscape else TEXT_WIDTH_MM
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(number, "PAGE")
        meta = self.library.meta
        words = (
            f"Nguồn: thư viện {meta.name}, mã {record_id}. Phiên bản {meta.version}, dữ liệu đến ngày "
            f"{printed.date(meta.data_as_of)}; xem lại trước ngày {printed.date(meta.review_by)}."
        )
        for foot in (section.footer, section.first_page_footer):
            paragraph = foot.paragraphs[0]
            paragraph._p.style = "Footer"
            paragraph.add_run(words).font.size = Pt(10)

    # ---- what stands on it ----
    def _paragraph(self, style: str | None = None) -> Paragraph:
        paragraph = self._docx.add_paragraph()
        # By its id: python-docx would search all styles for the name, which takes most of the time.
        if style:
            paragraph._p.style = style
        return paragraph

    def title(self, kind: str, title: str) -> None:
        """``ĐỀ CƯƠNG`` above what it is about, both in the middle."""
        for text in (kind.upper(), title):
            paragraph = self._paragraph("Title")
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_before = Pt(0)
            paragraph.add_run(text)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of level 1 or 2; it never stands alone at the foot of a page."""
        self._paragraph(f"Heading{level}").add_run(text)

    def say(self, text: str, basis: Iterable[Citation] = (), *, lead: str = "", bullet: bool = False) -> None:
        """A paragraph: ``lead`` in bold, the text with its references printed, the numbers of its sources."""
        paragraph = self._paragraph("ListBullet" if bullet else None)
        if not bullet:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if lead:
            paragraph.add_run(f"{lead} " if text else lead).bold = True
        paragraph.add_run(references.plain(self.library, text))
        self._mark(paragraph, basis)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float]) -> None:
        """A table with its heading on every page. ``widths`` are parts of the width of the text.

        A cell is a text, or a text with the citations that it rests on.
        """
        rows = [head, *rows]
        table = self._docx.add_table(rows=len(rows), cols=len(head))
        table._tbl.tblPr.style = "TableGrid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        columns = [Mm(self.text_width * width / sum(widths)) for width in widths]
        for grid, width in zip(table._tbl.tblGrid.gridCol_lst, columns, strict=True):
            grid.w = width
        for number, (row, contents) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit" if number else "w:tblHeader"))
            for cell, content, width in zip(row.tc_lst, contents, columns, strict=True):
                cell.width = width
                self._fill(_Cell(cell, table), content, bold=not number)
        self._paragraph().paragraph_format.space_after = Pt(0)

    def _fill(self, cell: _Cell, content: Cell, *, bold: bool = False) -> None:
        text, basis = content if isinstance(content, tuple) else (content, ())
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(references.plain(self.library, text))
        run.font.size, run.bold = Pt(12), bold or None
        self._mark(paragraph, basis, Pt(10))

    def _mark(self, paragraph: Paragraph, basis: Iterable[Citation], size: Pt = SMALL) -> None:
        marks = self._numbers.marks(basis)
        if marks:
            paragraph.add_run(f" {marks}").font.size = size

    def sources(self) -> None:
        """The numbered list of every source used so far, with the place in it."""
        listed = list(self._numbers.listed())
        if not listed:
            return
        self.heading("Nguồn")
        for number, item in listed:
            paragraph = self._paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(f"[{number}] {self._numbers.full(item)}").font.size = Pt(12)

    def done(self) -> bytes:
        """The file; the same library gives the same bytes."""
        out = io.BytesIO()
        self._docx.save(out)
        return settled(out.getvalue(), self.library.meta.data_as_of.first())


Cell = str | tuple[str, Iterable[Citation]]


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that Word computes, such as the number of the page."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    element.append(run)
    paragraph._p.append(element)
