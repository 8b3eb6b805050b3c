"""The Word outline (đề cương) of a topic or a line: what to say, on what basis, and what to beware of.

It is a working paper, not an issued document: the heading of the issuing body is left to whoever
issues it, since the Party's and the State's differ.
"""

from __future__ import annotations

from collections.abc import Iterable

from macros import occasions, printed, references
from macros.exports import docx_parts as parts
from macros.exports.docx_paper import Cell, Paper
from macros.model import Border, Document, Event, Figure, Library, Question, Topic, Treaty
from macros.views import Views


def of_topic(library: Library, views: Views, topic: Topic) -> bytes:
    """The outline of a topic with everything below it in the tree."""
    paper = Paper(library, topic.title, topic.id)
    paper.title("Đề cương tuyên truyền", topic.title)
    paper.say(topic.summary, topic.sources)
    if topic.lines:
        paper.say("; ".join(references.name_of(library, line) for line in topic.lines) + ".", lead="Tuyến:")
    below = tuple(_below(views, topic))
    if topic.statements or any(each.statements for each in below):
        paper.heading("Điều cần nói cho đúng")
    parts.statements(paper, topic.statements)
    for each in below:
        if each.statements:
            paper.heading(each.title, 2)
            parts.statements(paper, each.statements)
    own = (topic, *below)
    _points(paper, [point.id for each in own for point in library.points.get(each.id, ())])
    ids = {each.id for each in own}
    _questions(paper, [item for item in library.questions if item.topic in ids])
    _basis(paper, views, dict.fromkeys(any_id for each in own for any_id in views.records_of(each)))
    _asked(paper, views, topic, below)
    paper.sources()
    return paper.done()


def of_line(library: Library, views: Views, border: Border) -> bytes:
    """The outline of a line: what is settled, what remains, the figures, the papers, the days."""
    paper = Paper(library, border.name, border.id)
    paper.title("Đề cương tuyên truyền", border.name)
    paper.say(border.summary, border.sources)
    if border.stages:
        paper.heading("Đã xong gì, còn gì")
        for item in border.stages:
            as_of = f" (tính đến {printed.date(item.as_of)})" if item.as_of else ""
            stage, state = library.label("stage", item.stage), library.label("stage_state", item.state)
            lead = f"{printed.capitalised(stage)} – {state}:"
            paper.say(item.text + as_of, item.sources, lead=lead, bullet=True)
    if border.statements:
        paper.heading("Điều cần nói cho đúng")
        parts.statements(paper, border.statements)
    _points(paper, [point.id for point in library.talking_points if border.id in point.lines])
    _questions(paper, [item for item in library.questions if border.id in item.lines])
    if border.figures:
        paper.heading("Số liệu")
        for figure in border.figures:
            _figure(paper, figure)
    for group in border.sets:
        paper.heading(printed.capitalised(group.name))
        names = "; ".join(references.name_of(library, member) for member in group.members)
        paper.say(f"{group.text} Gồm đúng {group.exactly} văn bản: {names}.", group.sources)
    treaties = views.treaties_by_line.get(border.id, ())
    if treaties:
        paper.heading("Điều ước, thỏa thuận của tuyến")
        _treaties(paper, treaties)
    _days_of_line(paper, border)
    namings = views.guidance_of_line(border.id)
    if namings:
        paper.heading("Văn bản hướng dẫn yêu cầu gì")
        newest = max(naming.guidance.year for naming in namings)
        parts.guidance(paper, views, (n for n in namings if n.guidance.year == newest), with_topic=True)
        paper.say("Đề cương chỉ nêu yêu cầu của năm gần nhất; các năm trước xem trang Đối chiếu của thư viện.")
    paper.sources()
    return paper.done()


def _below(views: Views, topic: Topic) -> Iterable[Topic]:
    for child in views.children.get(topic.id, ()):
        yield child
        yield from _below(views, child)


def _points(paper: Paper, ids: list[str]) -> None:
    if ids:
        paper.heading("Ý chính để nói")
        parts.points(paper, [paper.library.by_id[any_id] for any_id in ids])


def _questions(paper: Paper, items: list[Question]) -> None:
    if items:
        paper.heading("Hỏi – đáp")
        for item in items:
            parts.question(paper, item)


def _figure(paper: Paper, figure: Figure) -> None:
    as_of = f" Tính đến {printed.date(figure.fact.as_of)}." if figure.fact.as_of else f" Ngày tính: {printed.UNKNOWN}."
    text = f"{printed.figure(figure)}. Cách tính: {figure.basis}{as_of}"
    if figure.not_inferred:
        text += f" Không được suy ra: {figure.not_inferred}"
    paper.say(text, figure.fact.sources, lead=f"{figure.label}:", bullet=True)


def _treaties(paper: Paper, treaties: Iterable[Treaty]) -> None:
    label = paper.library.label
    rows: list[tuple[Cell, ...]] = [
        (
            (treaty.title, treaty.sources),
            (printed.date(treaty.signed.value), treaty.signed.sources),
            (printed.date(treaty.entered_into_force.value), treaty.entered_into_force.sources),
            label("status", treaty.status.value) if treaty.status.value else printed.UNKNOWN,
        )
        for treaty in treaties
    ]
    paper.table(("Tên", "Ký", "Hiệu lực", "Tình trạng"), rows, (8, 3, 3, 3))


def _days_of_line(paper: Paper, border: Border) -> None:
    year = paper.library.meta.data_as_of.year + 1
    items = [item for item in occasions.of_year(paper.library, year) if border.id in item.lines]
    if items:
        paper.heading(f"Ngày kỷ niệm năm {year}")
        parts.days(paper, items)


def _basis(paper: Paper, views: Views, ids: Iterable[str]) -> None:
    """The records that an officer needs for the topic, each kind with its main dates."""
    library = paper.library
    ids = list(ids)
    treaties = [library.by_id[i] for i in ids if library.kind_of.get(i) == "treaties"]
    documents = [library.by_id[i] for i in ids if library.kind_of.get(i) == "documents"]
    events = [library.by_id[i] for i in ids if library.kind_of.get(i) == "events"]
    figures = [library.figures[i][1] for i in ids if i in library.figures]
    if treaties:
        paper.heading("Điều ước, thỏa thuận cần dùng")
        _treaties(paper, treaties)
    if documents:
        paper.heading("Văn bản cần dùng")
        for item in documents:
            paper.say(_document(item), item.issued.sources or item.sources, bullet=True)
    if figures:
        paper.heading("Số liệu")
        for figure in figures:
            _figure(paper, figure)
    if events:
        paper.heading("Ngày và sự kiện")
        for item in events:
            paper.say(_event(item), item.dates.sources, bullet=True)


def _document(item: Document) -> str:
    issued = f"ban hành {printed.date(item.issued.value)}"
    return f"{item.short_title}: {item.title}; {issued}."


def _event(item: Event) -> str:
    return f"{printed.dates(item.dates.value)}: {item.title}{', hằng năm' if item.yearly else ''}."


def _asked(paper: Paper, views: Views, topic: Topic, below: tuple[Topic, ...]) -> None:
    paper.heading("Văn bản hướng dẫn yêu cầu gì")
    own = list(views.guidance_of.get(topic.id, ()))
    parts.guidance(paper, views, own)
    if not own:
        paper.say("Trong các văn bản hướng dẫn mà thư viện có, chưa thấy yêu cầu riêng về chủ đề này.")
    if below:
        names = "; ".join(each.title for each in below)
        paper.say(f"Yêu cầu riêng của từng chủ đề con có trong đề cương của chủ đề ấy: {names}.")
