"""What the checker knows: the records, turned into tables that both engines read.

``compile_index`` gives plain JSON values. Nothing is added that a record does not hold: dates come
with their source, confidence and the values that were not taken; statuses with the day on which
they were checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros import printed, references
from macros.model import (
    Agency,
    Citation,
    Document,
    Event,
    Fact,
    Figure,
    Library,
    PartialDate,
    Record,
    Treaty,
)
from macros.proofing import forms, rules
from macros.proofing.messages import MESSAGES, WHAT
from macros.urls import url_of
from macros.vietnamese import find_numbers

VERSION = 1


def compile_index(library: Library) -> dict[str, Any]:
    """The tables for one library, as plain JSON values in a fixed order."""
    names = _names(library)
    index: dict[str, Any] = {
        "version": VERSION,
        "as_of": library.meta.data_as_of.official(),
        "rules": rules.compiled(),
        "messages": MESSAGES,
        "what": WHAT,
        "records": {record.id: library.once(_record, record) for record in _checked(library)},
        "figures": [_figure(library, border.id, figure) for border, figure in library.figures.values()],
        "sets": {item.id: _set(library, item) for _, item in library.sets.values()},
        "named": _named(library),
        "spelled": _spelled(names),
        "proper": [" ".join(pair[1] for pair in rules.keys(name)) for name in names if name[:1].isupper()],
    }
    index["numbers"], index["loose"] = _numbers(library)
    index["forms"] = forms.all_forms(library)
    index["bodies"] = _bodies(library)
    index["rules"] = index["rules"] | {"spelling_proper": _proper(index)}
    return index


def _checked(library: Library) -> Iterable[Record]:
    return (
        record
        for kind in ("treaties", "documents", "events", "agencies")
        for record in getattr(library, kind)
        if record.withdrawn is None
    )


def _record(library: Library, record: Record) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": type(record).__name__.lower(),
        "name": printed.name(record),
        "url": url_of(library, record.id),
    }
    if isinstance(record, Treaty):
        entry |= _treaty(library, record)
    elif isinstance(record, Document):
        entry |= _document(library, record)
    elif isinstance(record, Event):
        entry |= {"title": record.title, "dates": {"signed": _dates(library, record.dates)}, "yearly": record.yearly}
    elif isinstance(record, Agency):
        entry |= _agency(library, record)
    return {key: value for key, value in entry.items() if value not in (None, [], {}, "")}


def _treaty(library: Library, record: Treaty) -> dict[str, Any]:
    ratified = [_date(library, item.date) for item in record.approvals]
    dates = {
        "signed": _date(library, record.signed),
        "in_force": _date(library, record.entered_into_force),
        "ended": _date(library, record.terminated),
    }
    dates |= {"ratified": [date for date in ratified if date]}
    return {
        "title": record.title,
        "short": record.short_title,
        "kind": f"%{record.kind}",
        "parties": [party for party in record.parties if party != "vn"],
        "lines": list(record.lines),
        "dates": {role: date for role, date in dates.items() if date},
        "status": _status(library, record),
        "near": [item.id for item in record.confusable],
    }


def _document(library: Library, record: Document) -> dict[str, Any]:
    dates = {"signed": _date(library, record.issued), "in_force": _date(library, record.entered_into_force)}
    issuer = library.by_id.get(record.issuer) if record.issuer else None
    return {
        "title": record.title,
        "short": record.short_title,
        "number": record.number,
        "key": next((match.value for match in find_numbers(record.number or "")), None),
        "label": library.label("document_kind", record.kind),
        "dates": {role: date for role, date in dates.items() if date},
        "issuer": printed.name(issuer) if issuer else record.issuer_name,
        "issuer_id": record.issuer,
        "status": _status(library, record),
        "guides_year": record.guides_year,
        "lines": list(record.lines),
        "subject": forms.content(record.title),
        "near": [item.id for item in record.confusable],
    }


def _agency(library: Library, record: Agency) -> dict[str, Any]:
    ended = _ended(library, record)
    if ended is None:
        return {"title": record.name}
    successors = [
        {
            "id": item.agency,
            "name": printed.name(library.by_id[item.agency]),
            "on": printed.date(item.on.value) if item.on.value else "",
            "scope": references.plain(library, item.scope),
        }
        for item in ended.successors
    ]
    date = _date(library, ended.dissolved)
    return {"title": record.name, "dates": {"ended": date}, "after": successors, "heir": ended.id}


def _ended(library: Library, record: Agency) -> Agency | None:
    """The record itself, or the general one whose name begins its own, where that has ended."""
    if record.dissolved.value:
        return record
    # By the name's beginnings, not body by body: each body asks.
    words = record.name.split(" ")
    general = [item for n in range(1, len(words)) for item in library.ended_bodies.get(" ".join(words[:n]), ())]
    return max(general, key=lambda item: (len(item.name), item.id), default=None)


def _status(library: Library, record: Treaty | Document) -> dict[str, Any] | None:
    status = record.status
    if status.value in (None, "hieu_luc", "chua_ro"):
        return None
    period = record.period.value
    ended = getattr(record, "terminated", Fact()).value
    last = period.last().year if period else ended.last().year if ended else None
    return {
        "value": status.value,
        "label": library.label("status", status.value),
        "until": last if last is not None else getattr(record, "guides_year", None),
        "note": references.plain(library, status.note) if status.note else "",
        "source": _source(library, status.sources),
        "confidence": library.label("confidence", status.confidence) if status.confidence else "",
        "heirs": list(library.replaced_by.get(record.id, ())),
    }


def _source(library: Library, citations: Iterable[Citation]) -> str:
    for citation in citations:
        return f"{library.by_id[citation.source].title}, {citation.locator}"
    return ""


def _span(date: PartialDate) -> list[int]:
    first, last = date.first(), date.last()
    return [first.year * 10000 + first.month * 100 + first.day, last.year * 10000 + last.month * 100 + last.day]


def _date(library: Library, fact: Fact[PartialDate]) -> dict[str, Any] | None:
    if fact.value is None:
        return None
    return _dated(library, fact, [fact.value])


def _dates(library: Library, fact: Fact[tuple[PartialDate, ...]]) -> dict[str, Any] | None:
    return _dated(library, fact, list(fact.value)) if fact.value else None


def _dated(library: Library, fact: Fact[Any], values: list[PartialDate]) -> dict[str, Any]:
    others = [
        [*_span(value), references.plain(library, other.resolution)]
        for other in fact.others
        for value in (other.value if isinstance(other.value, tuple) else (other.value,))
    ]
    confidence = fact.confidence or ""
    return {
        "spans": [_span(value) for value in values],
        "show": [value.official() for value in values],
        "long": [value.in_words() for value in values],
        "level": confidence,
        "confidence": library.label("confidence", confidence) if confidence else "",
        "source": _source(library, fact.sources),
        "others": others,
    }


def _numbers(library: Library) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Documents by the key of their number, and by number and type alone."""
    exact: dict[str, list[str]] = {}
    loose: dict[str, list[str]] = {}
    for record in library.documents:
        whole, parts = library.once(_numbers_of_document, record)
        for key in whole:
            _add(exact, key, record.id)
        for key in parts:
            _add(loose, key, record.id)
    for record in library.treaties:
        for key in library.once(_numbers_of_treaty, record):
            _add(exact, key, record.id)
    return dict(sorted(exact.items())), dict(sorted(loose.items()))


def _numbers_of_document(_library: Library, record: Document) -> tuple[list[str], list[str]]:
    """Keys of the numbers that a document bears, and of its own number and type alone."""
    texts = [record.number or "", *(item.text for item in record.variants), *record.aliases]
    first = (match for text in texts for match in find_numbers(text)[:1])
    whole = [m.value for m in first if m.form.startswith("written") or m.form == "spaced-assembly"]
    own = find_numbers(record.number or "")
    return whole, [f"{match.number} {match.type or _type_code(record.kind)}" for match in own]


def _numbers_of_treaty(_library: Library, record: Treaty) -> list[str]:
    """Keys of the numbers under which a treaty is also known."""
    found = (match for alias in record.aliases for match in find_numbers(alias))
    return [match.value for match in found if match.form.startswith("written")]


def _type_code(kind: str) -> str:
    return {"cong_van": "CV", "luat": "L", "nghi_quyet": "NQ", "nghi_dinh": "NĐ", "chuong_trinh": "CTr"}.get(kind, "")


def _add(table: dict[str, list[str]], key: str, record_id: str) -> None:
    if record_id not in table.setdefault(key, []):
        table[key].append(record_id)


def _bodies(library: Library) -> list[Any]:
    """Names of bodies: [keys, id, only in capitals?], longest first."""
    found = [body for record in library.agencies for body in library.once(_bodies_of, record)]
    return sorted(found, key=lambda entry: (-len(entry[0]), entry[0], entry[1]))


def _bodies_of(_library: Library, record: Agency) -> list[Any]:
    found = []
    starts = set(rules.compiled()["body_words"])
    for name in (record.name, *record.aliases):
        phrase = rules.keys(name.split(" (")[0])
        capitals = name == name.upper() and len(phrase) == 1
        # Of the aliases only those that name a body: "Biên phòng tỉnh" stands in many other names.
        if name == record.name or capitals or phrase[0][1] in starts:
            found.append([phrase, record.id, capitals])
    return found


def _figure(library: Library, line: str, figure: Figure) -> dict[str, Any]:
    fact = figure.fact
    return {
        "id": figure.id,
        "line": line,
        "label": figure.label,
        "value": fact.value,
        "unit": _unit_of(figure),
        "show": printed.figure(figure),
        "number": printed.number(fact.value) if fact.value is not None else "",
        "approximate": figure.approximate,
        "basis": references.plain(library, figure.basis),
        "as_of": printed.date(fact.as_of) if fact.as_of else "",
        "level": fact.confidence or "",
        "confidence": library.label("confidence", fact.confidence) if fact.confidence else "",
        "source": _source(library, fact.sources),
        "url": url_of(library, figure.id),
        "others": [[other.value, references.plain(library, other.resolution)] for other in fact.others],
        "part": forms.is_part(figure.label),
        "topic": forms.topic_of(figure.label),
    }


def _unit_of(figure: Figure) -> str:
    label = " ".join(word[1] for word in rules.keys(figure.label))
    if figure.unit in ("km", "km²", "%", "năm"):
        return {"km²": "km2", "năm": "year"}.get(figure.unit, figure.unit)
    for part, unit in rules.table()["unit_of_label"]:
        if part in label:
            return unit
    return "marker" if "moc" in label.split() else "other"


def _set(library: Library, item: Any) -> dict[str, Any]:
    return {
        "name": item.name,
        "members": list(item.members),
        "exactly": item.exactly,
        "parties": sorted({p for m in item.members for p in library.by_id[m].parties if p != "vn"}),
        "url": url_of(library, item.id),
        "source": _source(library, item.sources),
        "forms": [rules.keys(name) for name in (item.name, *item.aliases)],
    }


def _named(library: Library) -> list[Any]:
    """What each guidance text names on each line: [line, year, source title, locator, treaty ids]."""
    found = []
    treaties = {record.id for record in library.treaties}
    for topic in library.topics:
        for item in topic.guidance:
            names = [name for name in item.names if name in treaties]
            for name in (name for name in item.names if name in library.sets):
                names += [member for member in library.sets[name][1].members if member not in names]
            lines = [line for line in item.lines if line in {"vn-cn", "vn-la", "vn-kh"}]
            if names and len(lines) == 1:
                title = library.by_id[item.source].title
                found.append([lines[0], item.year, item.source, title, item.locator, names])
    return sorted(found, key=lambda entry: (entry[0], -entry[1], entry[2], entry[4]))


def _proper(index: dict[str, Any]) -> list[str]:
    """Phrases written with a capital, in the rules or as names of the library: folded words."""
    names = [phrase for phrase in rules.table()["spelling"] if phrase[:1].isupper()]
    folded = {" ".join(pair[1] for pair in rules.keys(name)) for name in names}
    return sorted(folded | set(index["proper"]))


def _names(library: Library) -> list[str]:
    """Names of bodies and lines."""
    names = [name for record in library.agencies for name in (record.name, *record.aliases)]
    names += [record.name for record in library.borders]
    return sorted({name.split(" (")[0] for name in names if name != name.upper()})


def _spelled(names: Iterable[str]) -> list[Any]:
    """Names of three words and more, whose diacritics are checked."""
    phrases = [rules.keys(name) for name in names]
    return rules.longest_first(
        [p for p in phrases if len(p) >= 3 and all(a != b or not b.isalpha() for a, b in p[-1:])]
    )
