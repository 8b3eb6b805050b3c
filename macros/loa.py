"""Loudspeaker text: a talking point, an answer or an anniversary as it is read aloud.

The source comes first ("Theo …,"), every date and number is in words, each sentence is one
breath. Three editions of about half a minute, one and three minutes: what matters most goes in
first, and what is contested is never left out. Nothing is invented to fill an edition; the stated
seconds are those of the text, at the reading speed of data/library.yaml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from macros import printed, spoken
from macros.aloud import (
    MAX_SYLLABLES,
    NAME,
    Sentence,
    bare,
    marked,
    name,
    sentences,
    speakable,
    syllables,
    unsayable,
    whole_sentences,
)
from macros.dates import PartialDate
from macros.model import Event, Library, Question, Source, TalkingPoint, Treaty
from macros.occasions import Occasion
from macros.talking_points import Saying, cited_in, documents_named


@dataclass(frozen=True, slots=True)
class Edition:
    """A length of broadcast: ``seconds`` is the most that it should take."""

    id: str
    label: str
    seconds: int

    def syllables(self, speed: int) -> int:
        """How many syllables fit at ``speed`` syllables a minute."""
        return self.seconds * speed // 60


SHORT = Edition("ngan", "khoảng 30 giây", 30)
MEDIUM = Edition("vua", "khoảng 1 phút", 60)
LONG = Edition("dai", "đến 3 phút", 180)
EDITIONS = (SHORT, MEDIUM, LONG)
UNCUT = Edition("het", "không giới hạn", 3600)
"""All that a saying has to say, for the checks; nobody broadcasts it."""


@dataclass(frozen=True, slots=True)
class LoaText:
    """A text for the ear. ``syllables`` and ``seconds`` are those of this text, not of the edition;
    ``speed`` is in syllables a minute, pauses included."""

    edition: Edition
    sentences: tuple[Sentence, ...]
    speed: int
    syllables: int

    @property
    def seconds(self) -> int:
        """At its speed, rounded up."""
        return math.ceil(self.syllables * 60 / self.speed)

    @property
    def text(self) -> str:
        """One sentence a line, as it is handed to the reader."""
        return "\n".join(self.sentences)


class _Part(NamedTuple):
    """Sentences that go in together. Lower ``rank`` goes in first; rank 0 always does."""

    rank: int
    sentences: tuple[Sentence, ...]
    syllables: int


def _part(rank: int, said: Iterable[Sentence]) -> _Part:
    said = tuple(said)
    return _Part(rank, said, sum(sentence.syllables for sentence in said))


def loa(library: Library, saying: Saying | Occasion, edition: Edition = MEDIUM) -> LoaText:
    """The text of one edition. Raises ReferenceProblem when the saying names what is not there."""
    stages = EDITIONS.index(edition) + 1 if edition in EDITIONS else len(EDITIONS) - 1
    return _text(library, edition, list(chain.from_iterable(islice(_growing(library, saying), stages))))


def editions(library: Library, saying: Saying | Occasion) -> tuple[LoaText, ...]:
    """The editions that differ, shortest first: where a longer one adds nothing it is left out."""
    return _differing(library, _growing(library, saying))


def of_points(library: Library, points: Iterable[TalkingPoint]) -> list[tuple[TalkingPoint, tuple[LoaText, ...]]]:
    """Each point of a topic with its editions; what one says for another is put into words once."""
    cores = _Cores(library)
    return [(point, _differing(library, _growing(library, point, cores))) for point in points]


def _differing(library: Library, growing: Iterator[Iterable[_Part]]) -> tuple[LoaText, ...]:
    found: list[LoaText] = []
    parts: list[_Part] = []
    for edition, more in zip(EDITIONS, growing, strict=True):
        parts += more
        text = _text(library, edition, parts)
        if not found or text.sentences != found[-1].sentences:
            found.append(text)
    return tuple(found)


def _text(library: Library, edition: Edition, parts: list[_Part]) -> LoaText:
    speed = library.meta.reading_speed
    taken = _fill(parts, edition.syllables(speed))
    said = tuple(chain.from_iterable(part.sentences for part in taken))
    return LoaText(edition, said, speed, sum(part.syllables for part in taken))


def _growing(library: Library, saying: Saying | Occasion, cores: _Cores | None = None) -> Iterator[Iterable[_Part]]:
    """What each edition adds: the saying itself; on what it rests; what else there is of its topic."""
    if isinstance(saying, Occasion):
        yield from (_occasion(library, saying), (), ())
    elif isinstance(saying, Question):
        yield from (_question(library, saying), _closing(library, saying), ())
    else:
        cores = cores or _Cores(library)
        yield _point(library, saying, cores.of(saying))
        yield _closing(library, saying)
        yield _neighbours(library, saying, cores)


def _fill(parts: list[_Part], room: int) -> list[_Part]:
    """The parts that fit, in reading order; they are tried by rank."""
    if sum(part.syllables for part in parts) <= room:
        return parts
    taken: set[int] = set()
    used = 0
    for index, part in sorted(enumerate(parts), key=lambda item: (item[1].rank, item[0])):
        if part.rank == 0 or used + part.syllables <= room:
            taken.add(index)
            used += part.syllables
    return [part for index, part in enumerate(parts) if index in taken]


# ---- what each kind says
class _Cores:
    """What a talking point says in any case, for its own text and for those of its neighbours."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[str, list[_Part]] = {}

    def of(self, point: TalkingPoint) -> list[_Part]:
        if point.id not in self._known:
            opened = _part(0, _opened(self._library, point, point.main))
            self._known[point.id] = [opened, *_contested(self._library, point)]
        return self._known[point.id]


def _point(library: Library, point: TalkingPoint, core: list[_Part]) -> Iterator[_Part]:
    yield core[0]
    for fact in point.facts:
        yield _part(2, _said(library, fact))
    if point.not_inferred:
        yield _part(1, _said(library, point.not_inferred, "Xin lưu ý"))
    yield from core[1:]


def _neighbours(library: Library, point: TalkingPoint, cores: _Cores) -> Iterator[_Part]:
    """The other points of the topic, for the long edition; each with what is contested about it."""
    for rank, other in enumerate((p for p in library.points.get(point.topic, ()) if p.id != point.id), start=5):
        core = cores.of(other)
        heard = chain.from_iterable(part.sentences for part in core)
        yield _Part(rank, tuple(heard), sum(part.syllables for part in core))


def _question(library: Library, question: Question) -> Iterator[_Part]:
    yield _part(0, (*_said(library, question.question), *_opened(library, question, question.answer[0])))
    for text in question.answer[1:]:
        yield _part(1, _said(library, text))
    yield from _contested(library, question)
    for item in question.follow_ups:
        yield _part(3, (*_said(library, item.question), *_said(library, item.answer)))


def _contested(library: Library, saying: Saying) -> Iterator[_Part]:
    if saying.contested:
        yield _part(0, _said(library, saying.contested.text))


def _closing(library: Library, saying: Saying) -> Iterator[_Part]:
    """Last words of the longer editions: the documents that it rests on."""
    records = [library.by_id[any_id] for any_id in documents_named(library, saying)]
    titles = [marked(record, name(library, printed.name(record))) for record in records]
    if titles:
        yield _part(4, sentences(f"Căn cứ để tra lại {'gồm' if titles[1:] else 'là'} {', '.join(titles)}."))


def _said(library: Library, text: str, opening: str = "") -> tuple[Sentence, ...]:
    said = speakable(library, text)
    return tuple(sentences(_follow(opening, said) if opening else said))


def _opened(library: Library, saying: Saying, text: str) -> tuple[Sentence, ...]:
    """The text with whose it is said first: the source, the holder of the position, or the library."""
    said = speakable(library, text)
    if saying.nature == "position" and saying.stated_by:
        whose = speakable(library, saying.stated_by)
        return _headed(f"Theo lập trường của {whose}", f"Sau đây là lập trường của {whose}", said)
    if said.casefold().startswith("theo "):
        return tuple(sentences(said))
    if saying.nature == "note":
        source = f"thư viện {library.meta.name}"
        if _begins_alike(said, source):
            return tuple(sentences(said))
        return _headed(f"Theo {source}", f"{source} lưu ý như sau", said)
    source = _first_source(library, saying, text)
    if _begins_alike(said, source):
        return tuple(sentences(said))
    return _headed(f"Theo {source}", f"{source} cho biết như sau", said)


def _first_source(library: Library, saying: Saying, text: str) -> str:
    """The source of the opening line: the first of the saying's own that has a name to be said (its
    editor lists them in this order), else the surest of the fields that the line names."""
    own = (record for _, _, record in _ranked(library, (item.source for item in saying.sources)))
    return _first_name(library, own) or spoken_source(library, (item.source for item in cited_in(library, text)))


def _begins_alike(said: str, source: str) -> bool:
    """Whether the line opens with its source already ("Kế hoạch của xã …", the law itself)."""
    one, two = (bare(text).casefold().split(None, 2)[:2] for text in (said, source))
    return one == two


def _headed(inline: str, apart: str, said: str) -> tuple[Sentence, ...]:
    """``inline`` before the first sentence where both are one breath, else ``apart`` as its own."""
    first, *rest = sentences(said)
    torn = said.startswith(NAME) and syllables(whole_sentences(said)[0]) > MAX_SYLLABLES
    if not torn and syllables(inline) + first.syllables <= MAX_SYLLABLES:
        return (*sentences(_follow(inline, first, said.startswith(NAME))), *rest)
    return (*sentences(f"{apart}."), first, *rest)


_PROPER = ("Việt Nam", "Trung Quốc", "Cam-pu-chia", "Lào", "In-đô-nê-xi-a", "Hoàng Sa", "Biển Đông", "Quốc hội")
_PROPER += ("Chính phủ", "Nhà nước", "Đảng", "Bộ ", "Ban ", "Ủy ban", "Thủ tướng", "Công ước", "Hải quân")
_PROPER += ("Quân đội", "Đổi mới", NAME)


def _follow(opening: str, said: str, is_name: bool = False) -> str:
    """``opening, said`` with the capital of ``said`` dropped unless it opens a name."""
    if not is_name and not said.startswith(_PROPER):
        said = said[:1].lower() + said[1:]
    return f"{opening}, {said}"


# ---- sources ----
_RANK = {"guidance": 3, "legal_text": 0, "official": 1, "law_database": 2, "press": 2, "academic": 4}
_ASIDE = re.compile(r"\s*\([^)]*\)")
_NOT_A_NAME = re.compile(r"\.\w|không rõ|blog", re.IGNORECASE)


def spoken_source(library: Library, source_ids: Iterable[str]) -> str:
    """Whom to name first: the surest kind of source that has a name to be said.

    Pages without a sayable publisher (a bare address) are passed over; when none is left, the
    library itself is named, which lists them all.
    """
    surest_first = (record for _, _, record in sorted(_ranked(library, source_ids), key=lambda found: found[:2]))
    return _first_name(library, surest_first) or f"nguồn ghi trong thư viện {library.meta.name}"


def _ranked(library: Library, source_ids: Iterable[str]) -> Iterator[tuple[int, int, Source]]:
    """(rank, place in the order given, source) of those that may be named."""
    for order, source_id in enumerate(dict.fromkeys(source_ids)):
        record = library.by_id.get(source_id)
        if isinstance(record, Source) and record.kind in _RANK:
            yield _RANK[record.kind], order, record


def _first_name(library: Library, sources: Iterable[Source]) -> str | None:
    """How the first of the sources is called that has a name to be said."""
    return next(filter(None, (_publisher(library, source) for source in sources)), None)


def _publisher(library: Library, source: Source) -> str | None:
    if source.document in library.by_id:
        document = library.by_id[source.document]
        return marked(document, name(library, printed.name(document)))
    publisher = _ASIDE.sub("", source.publisher).strip()
    if not publisher or _NOT_A_NAME.search(publisher):
        return None
    said = name(library, publisher)
    if unsayable(said):
        return None
    return f"trang {said}" if source.kind == "law_database" else said


# ---- anniversaries ----
def _occasion(library: Library, occasion: Occasion) -> Iterator[_Part]:
    record = library.by_id[occasion.id]
    source = spoken_source(library, (item.source for item in _occasion_sources(record, occasion)))
    first = _first_time(library, record, occasion)
    if isinstance(record, Event):  # it opens with a title, which "Theo …," does not fit
        yield _part(0, tuple(sentences(f"{source} cho biết như sau. {first}")))
    else:
        yield _part(0, _headed(f"Theo {source}", f"{source} cho biết như sau", first))
    if occasion.years:
        yield _part(0, tuple(_count(occasion)))
    if isinstance(record, Event):
        yield _part(2, _said(library, record.summary))
        for statement in record.statements:
            yield _part(3, _said(library, statement.text))
    else:
        yield _part(0, _standing(record))
        yield _part(2, _treaty_facts(record, occasion.field))


_SINCE = {"signed": "ngày ký", "entered_into_force": "ngày có hiệu lực"}


def _count(occasion: Occasion) -> Iterator[Sentence]:
    """Which year it is. That a year is neither round nor half-round tells a listener nothing.

    The day and month of a treaty were just said; only the year is new.
    """
    years = f"{spoken.whole(occasion.years or 0)} năm"
    if occasion.field:
        yield from sentences(f"Đến năm {spoken.whole(occasion.day.year)} là {years} kể từ {_SINCE[occasion.field]}.")
    else:
        day = spoken.date(PartialDate.of(occasion.day))
        yield from sentences(f"{day[:1].upper()}{day[1:]} là kỷ niệm {years}.")
    if occasion.rank == "nam_tron":
        yield from sentences("Đây là năm tròn.")


_STANDING = {
    "het_hieu_luc": "Nay văn kiện này đã hết hiệu lực.",
    "da_thay_the": "Nay văn kiện này đã được thay thế.",
    "het_giai_doan": "Giai đoạn của văn kiện này đã kết thúc.",
    "chua_hieu_luc": "Văn kiện này chưa có hiệu lực.",
    "chua_ro": "Thư viện chưa rõ nay văn kiện này còn hiệu lực hay không.",
    "chua_kiem_chung": "Thư viện chưa kiểm chứng được văn kiện này.",
}
"""What a listener must know of a treaty that is not simply in force, by the vocabulary ``status``."""


def _standing(treaty: Treaty) -> tuple[Sentence, ...]:
    said = _STANDING.get(treaty.status.value or "chua_ro")
    return tuple(sentences(said)) if said else ()


def _occasion_sources(record: Event | Treaty, occasion: Occasion) -> tuple:
    fact = record.dates if isinstance(record, Event) else getattr(record, occasion.field or "signed")
    return (*fact.sources, *record.sources)


def _first_time(library: Library, record: Event | Treaty, occasion: Occasion) -> str:
    """What the day is about, and the date from which it is counted."""
    title = marked(record, name(library, printed.name(record)))
    if isinstance(record, Treaty):
        verb = "được ký" if occasion.field == "signed" else "có hiệu lực"
        return f"{title} {verb} {spoken.date(occasion.first)}." if occasion.first else f"{title}."
    if occasion.last > occasion.day:
        both = (occasion.day, occasion.last)
        first, last = (f"ngày {spoken.day(day.day)} tháng {spoken.month(day.month)}" for day in both)
        return f"{title}. Năm {spoken.whole(occasion.day.year)}, từ {first} đến {last}."
    opening = {"deadline": "Hạn là", "occasion": "Ngày diễn ra là"}.get(record.kind, "Mốc được tính là")
    return f"{title}. {opening} {spoken.date(occasion.first or PartialDate.of(occasion.day))}."


def _treaty_facts(treaty: Treaty, said: str | None) -> tuple[Sentence, ...]:
    """The other date, so that signing and entry into force are not mixed up."""
    other = treaty.entered_into_force.value if said == "signed" else treaty.signed.value
    if other is None:
        return ()
    return tuple(sentences(f"{'Có hiệu lực từ' if said == 'signed' else 'Ký'} {spoken.date(other)}."))
