"""The blank sheet from which every Word file starts: python-docx's template, stripped and set in type.

The template brings 160 styles, a picture of itself and clip-art for tables; none of it is used, and
it would make each of several hundred files three times as large.
"""

from __future__ import annotations

import io
from functools import lru_cache

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
SIZE = Pt(14)
KEPT = ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet", "Header", "Footer", "Table Grid", "Normal Table")
BEFORE, AFTER = Pt(12), Pt(6)
"""Space around headings, and after paragraphs (NĐ 30/2020: at least 6 pt)."""


@lru_cache(maxsize=1)
def blank() -> bytes:
    """The empty document as a file."""
    made = docx.Document()
    for style in list(made.styles):
        if style.name not in KEPT and not (style.type == WD_STYLE_TYPE.CHARACTER and style.builtin and not style.name):
            style.delete()
    for style in made.styles:
        if isinstance(style, ParagraphStyle):
            _set(style)
    latent = made.styles.element.find(qn("w:latentStyles"))
    if latent is not None:
        latent.getparent().remove(latent)
    package = made.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    for key, relation in list(made.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_XML or relation.reltype.endswith("/stylesWithEffects"):
            del made.part.rels[key]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _set(style: ParagraphStyle) -> None:
    style.font.name, style.font.size = FONT, SIZE
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    # The template's headings take their type and colour from its theme, which would win.
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    colour = properties.find(qn("w:color"))
    if colour is not None:
        properties.remove(colour)
    if style.name == "Normal":
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        properties.append(language)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), AFTER
    if style.name == "Title" or style.name.startswith("Heading"):
        style.font.bold, style.font.italic = True, style.name == "Heading 2"
        style.paragraph_format.space_before, style.paragraph_format.space_after = BEFORE, AFTER
        style.paragraph_format.keep_with_next = True
        line = style.element.get_or_add_pPr().find(qn("w:pBdr"))
        if line is not None:
            line.getparent().remove(line)
