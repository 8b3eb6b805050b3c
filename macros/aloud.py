"""Written Vietnamese made sayable: dates, numbers, document numbers and abbreviations in words.

``speakable`` takes a text with its references and gives the words for a reader or a speech
machine: no digits, brackets, slashes or abbreviations. A typed field of a record is said from its
value; everything else from its printed form. ``sentences`` cuts the result at clause boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from macros import printed, references, spoken
from macros.analysis.letters import is_syllable
from macros.dates import PartialDate, Point
from macros.model import Document, Fact, Figure, Library, Record, Statement, Treaty

MAX_SYLLABLES = 24
"""A sentence for the ear stays under 25 syllables (the brief that broadcasters give: one breath,
one thought)."""

HELD = "\ue000"
"""Stands for a comma inside a name, at which no sentence is cut."""

NAME, _END = "\ue001", {Treaty: "\ue002", Document: "\ue003"}
_THIS = {"\ue002": "văn kiện", "\ue003": "văn bản"}
_AROUND_NAMES = (NAME, *_THIS)
_NAMED = re.compile("\ue001([^\ue001-\ue003]*)([\ue002\ue003])")
"""A long sentence may be cut around the name of a treaty or document, which is marked for that."""

_PARTIES = {
    "Việt – Trung": "với Trung Quốc",
    "Việt Nam – Lào": "với Lào",
    "Việt Nam – Campuchia": "với Campuchia",
    "Việt Nam – Thái Lan": "với Thái Lan",
    "Việt Nam – Malaysia": "với Malaysia",
    "Việt Nam – Indonesia": "với Indonesia",
    "Việt – Lào – Trung": "với Lào và Trung Quốc",
    "Việt – Lào – Campuchia": "với Lào và Campuchia",
}
"""Brackets that short titles end in, as a listener in Việt Nam wants to hear them."""

ShortForms = tuple[tuple[str, str], ...]
"""Abbreviations, and what each is said as."""

_VOWELS = re.compile(r"[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_UNSAYABLE = re.compile(r"[0-9()\[\]{}/%“”\"<>|_+=@#*&…–]|[A-ZĐ]{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBERED = re.compile(r"(?<![\w.,/-])\d{1,5}[/-](?:\d{4}/)?[A-ZĐ][\w-]*(?:/[A-ZĐ][\w]*)?(?:-[\w-]+)?")
_FULL_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_MONTH_YEAR = re.compile(r"(?<![\d/])(\d{1,2})/(\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")
_YEARS = re.compile(r"(?<!\d)(\d{4}) ?[–-] ?(\d{4})(?!\d)")
_SCALE = re.compile(r"(?<!\d)(\d+):(\d{1,3}(?:\.\d{3})+)")
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?: ?(%|km²|km|m)(?!\w))?")
_LETTERED = re.compile(r"(?<!\w)([A-Z])(\d{1,3})(?!\w)")
_YEAR_AFTER_NUMBER = re.compile(r"(\d[/-]\S+.*) \(\d{4}\)$")
_ROMAN = re.compile(r"[IVX](?<!\w[IVX])[IVX]*(?!\w)")
_ROMAN_FORM = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ORDINAL = re.compile(r"(?:đại hội|khóa|lần thứ|giai đoạn|thế kỷ)$", re.IGNORECASE)
_YEAR_WORD = re.compile(r"(?:năm|tháng|khóa|đến|từ|và|số|mã|khoảng|hơn|gần)$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_CAPITALS = re.compile(r"[A-ZĐƯ&]{2,}[a-z]?")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_YEAR_ALONE = re.compile(r"\d{4}")
_BEFORE_NUMBER = re.compile(r"^[^\d]*?(?=số )")
_YEARS_OF_PLAN = re.compile(r" (giai đoạn|nhiệm kỳ) .*$")
_QUOTES = re.compile(r"[“”\"‘’«»]")
_DASH = re.compile(r"\s[–-]\s|\u2013")
_BLANK_BEFORE_MARK = re.compile(r"\s+([,.])")
_WRITTEN_MARK = re.compile(r"[“”\"‘’«»–/…;:]|\s[-,.]")
_UNTIDY = re.compile(r"[^\S ]|\s[\s,.?!]|[,.?!]\S")
"""Where there is none of these, ``_tidy`` has nothing to do."""
_END_OF_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_END_INSIDE = re.compile(r"[.?!]\s")
_NOT_AS_WRITTEN = re.compile(r"[\d()“”\"‘’«»–/…;:]|^[-,.]|[A-ZĐƯ&]{2}|\.vn|Kenh|(?<!\w)[IVX]+(?!\w)")
"""What ``_in_words`` changes, beside foreign names, as far as it stands between two blanks."""


def bare(text: str) -> str:
    """``text`` without the marks around names."""
    for mark in _AROUND_NAMES:
        text = text.replace(mark, "")
    return text


def speakable(library: Library, text: str) -> str:
    """``text`` in words, its references said from their records."""
    said, at = "", 0
    for reference in references.find(text):
        said += _plain(library, text[at : reference.start])
        said = _joined(said, _reference(library, reference))
        at = reference.end
    return _tidy(said + _plain(library, text[at:]))


def _plain(library: Library, text: str) -> str:
    """A run of typed words; its blanks at both ends stay."""
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return lead + words(library, text.strip()) + (tail if text.strip() else "")


def _joined(before: str, said: str) -> str:
    """Both, without saying a word twice: "ngày" + "ngày mùng năm …", "Nghị quyết" + "Nghị quyết số …"."""
    last = before.rstrip().rpartition(" ")[2].casefold()
    first, _, rest = said.partition(" ")
    return before + (rest if last == first.casefold() and first in ("ngày", "tháng", "năm", "khoảng") else said)


def _reference(library: Library, reference: references.Reference) -> str:
    if reference.id in library.figures and not reference.label:
        return _figure(library, library.figures[reference.id][1], reference)
    record = library.by_id.get(reference.id)
    if type(record) in _END and not reference.field and not reference.label:
        return marked(record, name(library, references.resolve(library, reference)))
    if record is not None and reference.field:
        value = _value(record, reference.field)
        if isinstance(value, Statement):
            return speakable(library, value.text).rstrip(".")
        if isinstance(value, PartialDate):
            return _span(value) if reference.field == "period" else spoken.date(value)
        if isinstance(value, tuple) and value and isinstance(value[0], PartialDate):
            return dates(value)
    return name(library, references.resolve(library, reference))


def _value(record: Record, field: str) -> object:
    try:
        value = printed.raw(record, field)
    except KeyError:
        return None
    return value.value if isinstance(value, Fact) else value


def _figure(library: Library, item: Figure, reference: references.Reference) -> str:
    if reference.field == "as_of" and item.fact.as_of:
        return spoken.date(item.fact.as_of)
    if reference.field or item.fact.value is None or abs(item.fact.value) >= spoken.LIMIT:
        return words(library, references.resolve(library, reference))
    unit = spoken.table()["units"].get(item.unit, item.unit)
    return ("khoảng " if item.approximate else "") + f"{spoken.number(item.fact.value)} {words(library, unit)}"


def dates(values: tuple[PartialDate, ...]) -> str:
    """Several days; days of one month share it: "ngày mùng hai và mùng năm tháng tám năm …"."""
    *early, last = values
    if any(not value.as_day() or not last.as_day() for value in early):
        return " và ".join(spoken.date(value) for value in values)
    alike = all((v.year, v.start.month) == (last.year, last.start.month) for v in early)
    if not alike:
        return " và ".join(spoken.date(value) for value in values)
    before = "".join(f"{spoken.day(value.start.day)} và " for value in early)
    return spoken.date(last).replace("ngày ", f"ngày {before}", 1)


def _span(value: PartialDate) -> str:
    if value.end is not None and value.start.month is None:
        return f"{spoken.whole(value.start.year)} đến {spoken.whole(value.end.year)}"
    return spoken.date(value)


def name(library: Library, text: str) -> str:
    """A name or title in words; its commas do not cut a sentence.

    The year after a number ("Công văn 3089/BTTTT-TTĐN (2023)") is for the eye: it goes.
    """
    return _name(text, _short_forms(library, text))


@lru_cache(maxsize=4096)  # the laws that everybody cites, the papers that report on them
def _name(text: str, short_forms: ShortForms) -> str:
    return _in_words(_YEAR_AFTER_NUMBER.sub(r"\1", text), short_forms).strip(" ,").replace(",", HELD)


def marked(record: Record, said: str) -> str:
    """A name with the marks around which a long sentence may be cut."""
    end = _END.get(type(record))
    if syllables(said) > MAX_SYLLABLES:
        said = _YEARS_OF_PLAN.sub("", said)  # the years, which its own page gives
    return f"{NAME}{said}{end}" if end else said


def words(library: Library, text: str) -> str:
    """Free text in words."""
    if all(map(_is_said_as_written, text.split())):
        return text
    return _in_words(text, _short_forms(library, text))


@cache  # a language has few words
def _is_said_as_written(word: str) -> bool:
    lowered = word.casefold()
    return not _NOT_AS_WRITTEN.search(word) and not any(foreign.split()[0] in lowered for foreign in _readings())


def _in_words(text: str, short_forms: ShortForms) -> str:
    """Order matters: what is longest and surest is replaced first."""
    # Most texts hold no figure, and hardly any holds everything: a look is cheaper than a replacement.
    if "(" in text:
        text = _IN_BRACKETS.sub(lambda m: _in_brackets(m[1].strip(), short_forms), text)
    if _DIGIT.search(text):
        text = _NUMBERED.sub(lambda m: _document_number(m, text), text)
        text = _dated(text)
    for short, said in short_forms:
        text = _as_word(short).sub(said.replace(",", HELD), text)
    text = _foreign_names().sub(lambda m: _readings()[m[0].casefold()], text)
    if _DIGIT.search(text):
        text = _numbers(text)
    text = _ROMAN.sub(lambda m: _roman(m, text), text)
    return _marks(text) if _WRITTEN_MARK.search(text) else text


def _in_brackets(inner: str, short_forms: ShortForms) -> str:
    """Brackets become words or pauses; an abbreviation in brackets after its own words goes."""
    if inner in _PARTIES:
        return _PARTIES[inner]
    if _YEAR_ALONE.fullmatch(inner):
        return f"năm {inner}"
    if inner.isupper() or inner in dict(short_forms):
        return ""
    return f", {inner},"


def _document_number(match: re.Match, text: str) -> str:
    said = spoken.document_number(match[0])
    if said is None:
        return match[0]
    if text.startswith(" của ", match.end()):
        said = said.partition(" của ")[0]
    before = text[: match.start()].rstrip().casefold()
    if before.endswith(_kinds()):
        # The kind is written before the number already; a number without one is no letter.
        said = _BEFORE_NUMBER.sub("", said, count=1)
        return said.removeprefix("số ") if before.endswith(" số") else said
    return said


@cache
def _kinds() -> tuple[str, ...]:
    """How a text ends in which the kind of a document stands before its number."""
    kinds = [kind.casefold() for kind in (*spoken.table()["kinds"].values(), "Luật")]
    return (*kinds, *(f"{kind} số" for kind in kinds))


def _dated(text: str) -> str:
    """Dates in figures, then periods of years."""
    if "/" in text:
        text = _days(text)
    return _YEARS.sub(lambda m: _years(m, text), text)


def _days(text: str) -> str:
    def once(pattern: re.Pattern, say: object) -> None:
        nonlocal text
        found = pattern.search(text)
        while found:
            text = _joined(text[: found.start()], say(found)) + text[found.end() :]
            found = pattern.search(text)

    once(_FULL_DATE, lambda m: spoken.date(PartialDate(Point(int(m[3]), int(m[2]), int(m[1])))))
    once(_MONTH_YEAR, lambda m: spoken.date(PartialDate(Point(int(m[2]), int(m[1])))))
    once(_DAY_MONTH, lambda m: f"ngày {spoken.day(int(m[1]))} tháng {spoken.month(int(m[2]))}")
    return text


def _years(match: re.Match, text: str) -> str:
    """``2021–2025`` → "giai đoạn hai nghìn … đến hai nghìn …", unless the text says what period it is."""
    said = f"{spoken.whole(int(match[1]))} đến {spoken.whole(int(match[2]))}"
    before = text[: match.start()].rstrip().casefold()
    return said if before.endswith(("giai đoạn", "nhiệm kỳ", "thời kỳ", "từ", "năm")) else f"giai đoạn {said}"


def _numbers(text: str) -> str:
    text = _SCALE.sub(lambda m: f"tỷ lệ một phần {_spoken_number(m[2], None)}", text).replace("tỷ lệ tỷ lệ", "tỷ lệ")
    text = _LETTERED.sub(lambda m: f"{m[1]} {spoken.whole(int(m[2]))}", text)
    return _NUMBER.sub(lambda m: _number(m, text), text)


def _number(match: re.Match, text: str) -> str:
    said = _spoken_number(match[1], match[2])
    if match[3]:
        return f"{said} {spoken.table()['units'][match[3]]}"
    whole = match[1].isdigit() and len(match[1]) == 4 and match[1][0] in "12" and match[2] is None
    before = text[: match.start()].rstrip()
    # "Hiệp ước 1999" is said "Hiệp ước năm một nghìn …"; "1.002 mốc" is a count and written with a dot.
    year = whole and before and not _YEAR_WORD.search(before) and not text[match.end() :].lstrip().startswith("mốc")
    return f"năm {said}" if year else said


def _spoken_number(before: str, after: str | None) -> str:
    value = int(before.replace(".", ""))
    if value >= spoken.LIMIT:
        # Stays in figures: ``unsayable`` finds it, and the check that uses that says where it stands.
        return before if after is None else f"{before},{after}"
    return spoken.number(value if after is None else float(f"{value}.{after}"))


def _roman(match: re.Match, text: str) -> str:
    figure = match[0]
    if not _ROMAN_FORM.fullmatch(figure):
        return figure
    if len(figure) == 1 and not _ORDINAL.search(text[: match.start()].rstrip()):
        return figure
    total = 0
    values = [_ROMAN_VALUES[letter] for letter in figure]
    for here, after in zip(values, [*values[1:], 0], strict=True):
        total += here if here >= after else -here
    return spoken.whole(total)


def _short_forms(library: Library, text: str) -> ShortForms:
    """Those that stand in a text, longest first: from the table, else from the glossary and the agencies."""
    capitals = _CAPITALS.findall(text)
    if not (capitals or ".vn" in text or "Tổng đài" in text or "Kenh" in text):
        return ()
    # "TT&TT" is one abbreviation or, where it is not known as such, two.
    likely = dict.fromkeys((*capitals, *"&".join(capitals).split("&")))
    found = {short: library.expansions[short] for short in likely if short in library.expansions}
    found |= {short: said for short, said in spoken.table()["abbreviations"].items() if short in text}
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def _as_word(short: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(short)}(?!\w)")


@cache
def _readings() -> Mapping[str, str]:
    """How foreign names are said, by the name without capitals."""
    return {foreign.casefold(): said for foreign, said in spoken.table()["names"].items()}


@cache
def _foreign_names() -> re.Pattern[str]:
    longest_first = sorted(_readings(), key=lambda foreign: (-len(foreign), foreign))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _marks(text: str) -> str:
    """Quotation marks go, dashes and slashes become breath or words."""
    text = _DASH.sub(" ", _QUOTES.sub("", text))
    text = _BLANK_BEFORE_MARK.sub(r"\1", text)
    return text.replace("/", " và ").replace("…", "").replace(";", ".").replace(":", ",")


def _tidy(text: str) -> str:
    if _UNTIDY.search(text):
        text = re.sub(r"\s+", " ", text)
        text = re.sub(r"\s+([,.?!])", r"\1", text)
        text = re.sub(r",(?=[,.?!])", "", text)
        text = re.sub(r"([,.?!])(?=[^\s,.?!])", r"\1 ", text)
        text = re.sub(r"\.(\s*\.)+", ".", text)
    return text.strip(" ,")


def syllables(text: str) -> int:
    """How many syllables are heard: one a vowel group, so that "Campuchia" counts three."""
    return sum(map(_heard, text.split()))


@cache  # a language has few words
def _heard(word: str) -> int:
    """The same of what stands between two blanks, with the marks and hyphens that stick to it."""
    return sum(max(1, len(_VOWELS.findall(part))) for part in _LETTERS.findall(word))


class Sentence(str):
    """A sentence for the ear that knows how many syllables are heard in it: they were counted where it was cut."""

    __slots__ = ("syllables",)
    syllables: int

    @classmethod
    def of(cls, text: str, count: int) -> Sentence:
        made = cls(text)
        made.syllables = count
        return made


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a spoken text, each ending in a mark.

    A long one is cut before and after the name of a treaty or document ("… theo văn kiện sau. Hiệp
    định …"), else at its commas. Nowhere else, so that no name is torn: ``too_long`` finds the rest.
    """
    for whole in whole_sentences(text):
        yield from _cut(whole)


def whole_sentences(text: str) -> list[str]:
    """The sentences as they are written, uncut."""
    if not _END_INSIDE.search(text):
        text = text.strip()
        return [text] if text else []
    return [part for whole in _END_OF_SENTENCE.split(text) if (part := whole.strip())]


def _cut(sentence: str) -> Iterator[Sentence]:
    body = sentence.rstrip(".?!")
    mark = "?" if sentence.endswith("?") else "."
    *early, last = _pieces(body)
    for piece, count in early:
        yield Sentence.of(_finished(piece, "."), count)
    yield Sentence.of(_finished(last[0], mark), last[1])


def _pieces(body: str) -> list[tuple[str, int]]:
    """A sentence in breaths with their syllables: cut around names where that is enough, so that a list stays whole."""
    count = syllables(body)
    if count <= MAX_SYLLABLES:
        return [(body, count)]
    around = _counted(_around_names(body))
    if all(count <= MAX_SYLLABLES for _, count in around):
        return around
    return _counted(part for piece in _at_commas(body) for part in _around_names(piece))


def _counted(pieces: Iterable[str]) -> list[tuple[str, int]]:
    return [(piece, syllables(piece)) for piece in pieces]


def _at_commas(body: str) -> Iterator[str]:
    """Clauses, as many together as one breath takes."""
    chunk = ""
    for clause in body.split(", "):
        longer = f"{chunk}, {clause}" if chunk else clause
        if chunk and syllables(longer) > MAX_SYLLABLES:
            yield chunk
            chunk = clause
        else:
            chunk = longer
    yield chunk


def _around_names(clause: str) -> Iterator[str]:
    found = _NAMED.search(clause)
    if syllables(clause) <= MAX_SYLLABLES or found is None:
        yield clause
        return
    head, tail = clause[: found.start()].strip(" ,"), clause[found.end() :].strip(" ,")
    if head:
        yield f"{head} {_THIS[found[2]]} sau"
    yield found[1]
    if tail:
        yield from _around_names(tail if tail.startswith("và ") else f"{_THIS[found[2]].capitalize()} này {tail}")


def _finished(text: str, mark: str) -> str:
    text = bare(text).strip(" ,").replace(HELD, ",")
    return text[:1].upper() + text[1:] + mark


def too_long(sentence: Sentence) -> bool:
    """Whether a sentence needs more than one breath."""
    return sentence.syllables > MAX_SYLLABLES


def unsayable(sentence: str) -> str | None:
    """The first thing that cannot be read aloud, or None: a digit, a bracket, an abbreviation, or a word
    that is neither of Vietnamese syllables nor a listed reading (a machine would read it as English)."""
    if all(map(_is_sayable, sentence.split())):
        return None
    found = _UNSAYABLE.search(sentence)
    return found[0] if found else next((word for word in _WORD.findall(sentence) if not _is_said(word)), None)


@cache  # a language has few words
def _is_sayable(word: str) -> bool:
    """Whether nothing is wrong with what stands between two blanks."""
    return not _UNSAYABLE.search(word) and all(map(_is_said, _WORD.findall(word)))


def _is_said(word: str) -> bool:
    return word in _listed() or all(is_syllable(part) for part in word.split("-"))


@cache
def _listed() -> frozenset[str]:
    """The words of all readings in the table: they are checked by whoever adds them there."""
    table = spoken.table()
    said = (*table["names"].values(), *table["abbreviations"].values())
    return frozenset(word for reading in said for word in _WORD.findall(reading))
