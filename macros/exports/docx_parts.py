"""Parts that fact sheets and outlines share: statements, guidance, days, points, differing values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from macros import loa, occasions, printed, references
from macros.exports.docx_paper import Paper
from macros.model import Contested, Fact, Library, Question, Record, Statement, TalkingPoint
from macros.occasions import Occasion
from macros.talking_points import basis, whose_words
from macros.views import Naming, Views

FULL_TEXT = "nguyên văn ở vị trí đã ghi"


def statements(paper: Paper, items: Iterable[Statement]) -> None:
    """Facts first, then positions under whose they are, then the library's own notes."""
    items = list(items)
    for nature in ("fact", "position", "note"):
        for item in (each for each in items if each.nature == nature):
            statement(paper, item)


def statement(paper: Paper, item: Statement) -> None:
    """One statement with its nature in words, and what is contested behind it."""
    as_of = f" (tính đến {printed.date(item.as_of)})" if item.as_of else ""
    if item.nature == "fact":
        paper.say(item.text + as_of, item.sources, bullet=True)
    elif item.nature == "position":
        whose = references.plain(paper.library, item.stated_by or "chưa ghi ai nêu")
        paper.say(item.text + as_of, item.sources, lead=f"Lập trường – {whose}:", bullet=True)
    else:
        paper.say(item.text + as_of, item.sources, lead="Ghi chú của thư viện:", bullet=True)
    contested(paper, item.contested)


def contested(paper: Paper, item: Contested | None) -> None:
    """That it is contested, with the neutral word on the other side."""
    if item:
        paper.say(item.text, item.sources, lead="Điều còn tranh chấp:", bullet=True)


def points(paper: Paper, items: Sequence[TalkingPoint]) -> None:
    """Talking points one after the other, and until when they may be used."""
    for item in items:
        point(paper, item)
    for day in sorted({item.valid_until for item in items}):
        own = [item for item in items if item.valid_until == day]
        which = "Các ý trên" if len(own) == len(items) else f"{len(own)} ý trong số trên"
        paper.say(f"{which} cần xem lại trước khi dùng sau ngày {printed.date(day)}.")


def point(paper: Paper, item: TalkingPoint) -> None:
    """A talking point: the line in bold with whose it is, what supports it, what it does not mean."""
    whose = f"{whose_words(paper.library, item)}: " if item.nature != "fact" else ""
    paper.say("", basis(paper.library, item), lead=whose + references.plain(paper.library, item.main))
    for text in item.facts:
        paper.say(text, bullet=True)
    if item.not_inferred:
        paper.say(printed.capitalised(item.not_inferred), lead="Không được suy ra, cần lưu ý:", bullet=True)
    contested(paper, item.contested)


def question(paper: Paper, item: Question) -> None:
    """A question as people ask it, the answer with whose it is and its basis, and what is asked next."""
    whose = f"Trả lời – {whose_words(paper.library, item)}:" if item.nature != "fact" else "Trả lời:"
    paper.heading(references.plain(paper.library, item.question), 2)
    paper.say(" ".join(item.answer), basis(paper.library, item), lead=whose)
    contested(paper, item.contested)
    for follow in item.follow_ups:
        paper.say(follow.answer, lead=f"Nếu hỏi tiếp – {references.plain(paper.library, follow.question)}", bullet=True)


def guidance(paper: Paper, views: Views, namings: Iterable[Naming], *, with_topic: bool = False) -> None:
    """What documents ask, by year, as a table; the wording is ours and the place is given."""
    namings = list(namings)
    for year in sorted({naming.guidance.year for naming in namings}, reverse=True):
        paper.heading(f"Cho năm {year}", 2)
        rows = [_guidance_row(paper.library, n, with_topic) for n in namings if n.guidance.year == year]
        paper.table(("Văn bản, vị trí", "Yêu cầu", "Đối tượng, kênh, ai làm, hạn"), rows, (5, 7, 5))
    if namings:
        paper.say(f"Cột “Yêu cầu” là lời tóm tắt của thư viện; {FULL_TEXT}.")


def _guidance_row(library: Library, naming: Naming, with_topic: bool) -> tuple[str, str, str]:
    item = naming.guidance
    where = f"{references.source_name(library, item.source)}, {item.locator}"
    asks = f"{naming.topic.title}: {item.asks}" if with_topic else item.asks
    parts = [
        ("Đối tượng", "; ".join(library.label("audience", each) for each in item.audiences)),
        ("Kênh", "; ".join(library.label("channel", each) for each in item.channels)),
        ("Ai làm", "; ".join(item.actors)),
        ("Hạn", printed.date(item.deadline) if item.deadline else ""),
    ]
    return where, asks, ". ".join(f"{name}: {text}" for name, text in parts if text) or "Không nêu riêng."


def days(paper: Paper, items: Iterable[Occasion]) -> None:
    """Anniversaries and deadlines as a table with the class of each year."""
    rows = [
        (
            occasions.when(item),
            occasions.lead(item) + references.name_of(paper.library, item.id),
            occasions.count(paper.library, item),
        )
        for item in items
    ]
    paper.table(("Ngày", "Nội dung", "Lần thứ, loại năm"), rows, (3, 9, 5))
    paper.say("Loại năm theo Nghị định 145/2013/NĐ-CP, Điều 3.")


def aloud(paper: Paper, items: Iterable[Occasion]) -> None:
    """What is read on the loudspeaker on each of these days, in the edition of a minute."""
    for number, item in enumerate(items):
        if number == 0:
            paper.heading("Bản đọc loa cho ngày kỷ niệm sắp tới")
        text = loa.loa(paper.library, item)
        when = f"{occasions.lead(item)}{printed.uncapitalised(occasions.weekday(item))} {occasions.when(item)}"
        paper.say("", lead=f"{when} ({text.seconds} giây):")
        for sentence in text.sentences:
            paper.say(sentence)


def differing(paper: Paper, record: Record) -> None:
    """Values in circulation that were not taken, with the reason."""
    pairs: list[tuple[str, Fact[Any]]] = [
        (name, getattr(record, name)) for name in type(record).model_fields if isinstance(getattr(record, name), Fact)
    ]
    pairs = [(name, fact) for name, fact in pairs if fact.others]
    if not pairs:
        return
    paper.heading("Nguồn ghi khác nhau")
    for name, fact in pairs:
        label = paper.library.label("field", name)
        for other in fact.others:
            shown = paper.library.label("status", other.value) if name == "status" else printed.value(other.value)
            paper.say(f"{other.resolution}", other.sources, lead=f"{label}, nơi khác ghi {shown}:", bullet=True)
