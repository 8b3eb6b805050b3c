"""Ready-made citations of a treaty or a domestic document, to be copied into a text.

State style: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6.b: at the first mention a
document is given with its kind, number and symbol, date of issue, issuing body and subject; laws
and ordinances with kind and name only. The date is written out (mục II.4).

Party style: as the Party documents among our sources cite (a comma before "ngày", the date in
figures): "Nghị quyết số 36-NQ/TW, ngày 22/10/2018 của …" (seed-phong-quang-2026, chú thích 2).

What is not known is said to be unknown; a citation is never made to look complete.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros import printed
from macros.dates import PartialDate
from macros.model import Document, Library, Record, Treaty

NOT_PRINTED = "không ghi trong bản thu thập"
"""For a document that we hold in full and that bears no number or no date."""

UNVERIFIED = "[chưa kiểm chứng]"

_VERBS = ("phê duyệt", "ban hành", "quy định", "hướng dẫn", "sửa đổi", "phê chuẩn", "công bố", "bãi bỏ", "thực hiện")
"""A subject that opens with one of these follows the issuer without "về"."""

_PLAIN_OPENERS = (
    *_VERBS,
    "tiếp tục",
    "tăng cường",
    "một số",
    "công tác",
    "hoạt động",
    "tuyên truyền",
    "quản lý",
    "phối hợp",
    "hội nhập",
    "nghiên cứu",
    "thống nhất",
    "sắp xếp",
    "cơ cấu",
    "đẩy mạnh",
)
"""Openings that are no proper names, so that their capital is dropped inside a sentence."""


@dataclass(frozen=True, slots=True)
class Citations:
    """The three forms of one citation: State, Party, one plain line."""

    state: str
    party: str
    plain: str


def cite(library: Library, record: Record) -> Citations:
    """The citations of a treaty or a document. Raises TypeError for other kinds."""
    if isinstance(record, Treaty):
        forms = _treaty(library, record)
    elif isinstance(record, Document):
        forms = _document(library, record)
    else:
        raise TypeError(type(record).__name__)
    if record.status.value != "chua_kiem_chung":
        return forms
    # A copied line leaves the page's warning behind, so it carries its own.
    return Citations(*(f"{text} {UNVERIFIED}" for text in (forms.state, forms.party, forms.plain)))


def _treaty(library: Library, treaty: Treaty) -> Citations:
    state, party = [treaty.title], [treaty.title]
    signed, place = treaty.signed.value, treaty.signed_place.value
    if signed:
        where = f" tại {place}" if place else ""
        state.append(f"ký {_words(signed)}{where}")
        party.append(f"ký {_figures(signed)}{where}")
    else:
        state.append(f"ngày ký: {printed.UNKNOWN}")
        party.append(f"ngày ký: {printed.UNKNOWN}")
    force = treaty.entered_into_force.value
    state.append(f"có hiệu lực từ {_words(force)}" if force else f"ngày có hiệu lực: {printed.UNKNOWN}")
    party.append(f"có hiệu lực từ {_figures(force)}" if force else f"ngày có hiệu lực: {printed.UNKNOWN}")
    plain = f"{treaty.short_title}: ký {printed.date(signed)}; hiệu lực {printed.date(force)}"
    return Citations(", ".join(state), ", ".join(party), f"{plain}. {_origin(library, treaty)}")


def _document(library: Library, document: Document) -> Citations:
    kind = library.label("document_kind", document.kind)
    if document.kind == "luat":
        law = document.title if document.title.startswith(kind) else f"{kind} {document.title}"
        return Citations(law, law, f"{law}. {_origin(library, document)}")
    date = document.issued.value
    state = _join(library, document, f" {_words(date)}" if date else "")
    party = _join(library, document, f", {_figures(date)}" if date else "")
    plain = _join(library, document, f" {_figures(date)}" if date else "")
    return Citations(state, party, f"{plain}. {_origin(library, document)}")


def _join(library: Library, document: Document, dated: str) -> str:
    """Kind, number, date, issuer, subject in this order, then what is missing."""
    kind = library.label("document_kind", document.kind)
    by = issuer(library, document)
    self_named = document.title.startswith(f"{kind} ")
    # A resolution of a congress carries its kind and its issuer in its title.
    named = bool(by) and self_named and " ".join(by.split()[:2]).casefold() in document.title.casefold()
    issued_by = f" của {by}" if by and not named else ""
    missing = _missing(library, document, known_issuer=bool(by) or self_named)
    if self_named and not document.number:
        after = f",{dated.removeprefix(',')}" if dated else ""
        return f"{document.title}{issued_by}{after}{missing}"
    number = f" số {document.number}" if document.number else ""
    return f"{kind}{number}{dated}{issued_by}{_subject(kind, document.title)}{missing}"


def _missing(library: Library, document: Document, *, known_issuer: bool) -> str:
    """`` (số, ngày: …)`` for what a full citation lacks; empty when it lacks nothing."""
    held = any(source.sha256 for source in library.copies.get(document.id, ()))
    date = document.issued.value
    lacks = [
        word
        for word, absent in (
            ("số", not document.number),
            ("ngày", date is None or date.precision != "day"),
            ("cơ quan ban hành", not known_issuer),
        )
        if absent
    ]
    return f" ({', '.join(lacks)}: {NOT_PRINTED if held else printed.UNKNOWN})" if lacks else ""


def issuer(library: Library, document: Document) -> str | None:
    """The issuing body by its name: as recorded, else as printed, else None."""
    if document.issuer and document.issuer in library.by_id:
        return printed.name(library.by_id[document.issuer])
    return document.issuer_name


def _subject(kind: str, title: str) -> str:
    """The subject as it runs on inside a sentence, with "về" where Vietnamese asks for it."""
    if title.startswith(f"{kind} "):
        return title.removeprefix(kind)
    folded = title.casefold()
    if folded.startswith(("về ", "v/v ")):
        return f" {title[0].lower()}{title[1:]}"
    if folded.startswith(_PLAIN_OPENERS):
        title = title[0].lower() + title[1:]
    return f" {title}" if folded.startswith(_VERBS) else f" về {title}"


def _words(date: PartialDate) -> str:
    """``ngày 30 tháng 12 năm 1999``, ``tháng 10 năm 1993``, ``năm 1982``."""
    return date.in_words()


def _figures(date: PartialDate) -> str:
    """``ngày 30/12/1999``, ``tháng 10/1993``, ``năm 1982``."""
    return f"ngày {printed.date(date)}" if date.precision == "day" else printed.date(date)


def _origin(library: Library, record: Record) -> str:
    """Where the reader of the copied line finds it again."""
    return f"(Theo thư viện {library.meta.name}, mã {record.id}, dữ liệu đến {printed.date(library.meta.data_as_of)})"
