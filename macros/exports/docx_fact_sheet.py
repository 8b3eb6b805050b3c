"""The Word fact sheet of a treaty: what is known, how sure, from where, and what it is not to be taken for."""

from __future__ import annotations

from macros import citations, occasions, printed, references
from macros.exports import docx_parts as parts
from macros.exports.docx_paper import Cell, Paper
from macros.model import Fact, Library, Treaty
from macros.views import Views

OPTIONAL = ("period", "terminated", "authentic_languages", "depositary", "registration")
"""Fields that get a row only where a source gives them; the missing ones are named in one sentence."""

EXPECTED = ("authentic_languages", "depositary", "registration")


def build(library: Library, views: Views, treaty: Treaty) -> bytes:
    """The sheet as a Word file."""
    paper = Paper(library, treaty.short_title, treaty.id)
    paper.title("Phiếu điều ước", treaty.title)
    if treaty.withdrawn:
        paper.say(treaty.withdrawn.reason, lead=f"Bản ghi đã rút ngày {printed.date(treaty.withdrawn.on)}:")
    _card(paper, treaty)
    lookalikes = views.confusable.get(treaty.id, ())
    if lookalikes:
        paper.heading("Dễ nhầm")
        for other, note in lookalikes:
            paper.say(note, lead=f"{references.name_of(library, other)}:", bullet=True)
    if treaty.statements:
        paper.heading("Nội dung")
        parts.statements(paper, treaty.statements)
    _relations(paper, views, treaty)
    parts.differing(paper, treaty)
    year = library.meta.data_as_of.year
    coming = [item for each in (year, year + 1) for item in occasions.of_treaty(treaty, each)]
    days = sorted(coming, key=lambda item: (item.day, item.field or ""))
    if days:
        paper.heading("Ngày kỷ niệm năm nay và năm sau")
        parts.days(paper, days)
    parts.aloud(paper, occasions.next_times(treaty, library.meta.data_as_of.first()))
    _named(paper, views, treaty)
    paper.heading("Trích dẫn để chép")
    cite = citations.cite(library, treaty)
    paper.say(cite.state, lead="Kiểu văn bản Nhà nước:")
    paper.say(cite.party, lead="Kiểu văn bản của Đảng:")
    paper.sources()
    return paper.done()


def _card(paper: Paper, treaty: Treaty) -> None:
    library = paper.library
    label = library.label
    lines = "; ".join(references.name_of(library, line) for line in treaty.lines)
    rows: list[tuple[str, Cell, str]] = [
        ("Tên gọn", (treaty.short_title, treaty.sources), ""),
        ("Tên ghi theo", treaty.title_basis, ""),
        ("Loại, cấp", f"{label('treaty_kind', treaty.kind)}, {label('treaty_level', treaty.level)}", ""),
        ("Các bên", " – ".join(label("party", party) for party in treaty.parties), ""),
        ("Tuyến", lines or "không gắn với tuyến nào", ""),
        _row(paper, treaty, "signed"),
        _row(paper, treaty, "signed_place"),
        *_approvals(paper, treaty),
        _row(paper, treaty, "entered_into_force"),
        _row(paper, treaty, "status"),
        *(_row(paper, treaty, name) for name in OPTIONAL if getattr(treaty, name).value is not None),
        ("Cả bản ghi", f"đối chiếu với nguồn ngày {printed.date(treaty.reviewed_on)}", _sure(paper, treaty)),
    ]
    paper.table(("Mục", "Nội dung", "Độ chắc"), rows, (4, 11, 2))
    missing = [printed.uncapitalised(label("field", name)) for name in EXPECTED if getattr(treaty, name).value is None]
    if missing:
        paper.say(f"{', '.join(missing)}: {printed.UNKNOWN}.", lead="Còn thiếu:")


def _row(paper: Paper, treaty: Treaty, name: str) -> tuple[str, Cell, str]:
    fact = getattr(treaty, name)
    # The fields that a text may refer to have their printed form already.
    shown = (
        printed.field(paper.library, treaty, name) if name in printed.PRINTABLE[Treaty] else printed.value(fact.value)
    )
    return paper.library.label("field", name), (_with_notes(paper, shown, fact), fact.sources), _sure(paper, fact)


def _approvals(paper: Paper, treaty: Treaty) -> list[tuple[str, Cell, str]]:
    label = paper.library.label
    if not treaty.approvals:
        return [("Phê chuẩn", printed.UNKNOWN, "")]
    rows = []
    for item in treaty.approvals:
        name = f"{label('party', item.party)} {label('approval_act', item.act)}"
        text = _with_notes(paper, printed.date(item.date.value), item.date)
        text += f". {item.instrument}" if item.instrument else ""
        rows.append((name, (text, item.date.sources), _sure(paper, item.date)))
    return rows


def _with_notes(paper: Paper, shown: str, fact: Fact) -> str:
    """The value, then how it was computed, the day of the check, and the note."""
    checked = getattr(fact, "checked_on", None)
    notes = [
        f"tính đến {printed.date(fact.as_of)}" if fact.as_of else "",
        f"kiểm tra ngày {printed.date(checked)}" if checked else "",
        f"cách tính: {fact.derived}" if fact.derived else "",
        fact.note or "",
    ]
    return "; ".join([shown, *(note.rstrip(".") for note in notes if note)])


def _sure(paper: Paper, item: Fact | Treaty) -> str:
    has_value = not isinstance(item, Fact) or item.value is not None
    return paper.library.label("confidence", item.confidence) if item.confidence and has_value else ""


def _relations(paper: Paper, views: Views, treaty: Treaty) -> None:
    links = views.links.get(treaty.id, ())
    groups = views.sets_of.get(treaty.id, ())
    if not links and not groups:
        return
    paper.heading("Quan hệ với văn bản khác")
    for link in links:
        word = paper.library.label(link.vocabulary, link.type)
        note = f". {link.relation.note}" if link.relation.note else ""
        other = references.name_of(paper.library, link.other)
        paper.say(f"{other}{note}", link.relation.sources, lead=f"{printed.capitalised(word)}:", bullet=True)
    for _, group in groups:
        names = "; ".join(references.name_of(paper.library, member) for member in group.members)
        paper.say(
            f"gồm đúng {group.exactly} văn bản: {names}.", group.sources, lead=f"Thuộc {group.name}:", bullet=True
        )


def _named(paper: Paper, views: Views, treaty: Treaty) -> None:
    paper.heading("Văn bản hướng dẫn nào nêu")
    namings = views.named_by.get(treaty.id, ())
    for naming in namings:
        item = naming.guidance
        via = f" (gọi chung là {references.name_of(paper.library, naming.via)})" if naming.via else ""
        where = f"{references.source_name(paper.library, item.source)}, cho năm {item.year}, {item.locator}{via}."
        paper.say(where, bullet=True)
    if not namings:
        paper.say("Trong các văn bản hướng dẫn mà thư viện có, chưa thấy văn bản nào nêu điều ước này.")
