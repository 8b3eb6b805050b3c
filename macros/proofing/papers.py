"""Numbered documents against the records: number, symbol, kind, issuer, subject.

Symbols: Nghị định 30/2020/NĐ-CP, Phụ lục I (State); Hướng dẫn 36-HD/VPTW (Party).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.proofing.claims import Claim
from macros.proofing.dating import agrees
from macros.proofing.kit import Kit, phrase_at
from macros.proofing.mentions import Mention
from macros.proofing.report import GOI_Y, SAI, XEM, Report
from macros.proofing.stream import CLAUSE, SENTENCE, Stream
from macros.vietnamese import fold


@dataclass(slots=True)
class Paper:
    """A numbered document as the text describes it."""

    mention: Mention
    value: str
    kind: str | None
    number: str
    first: int
    start: int
    end: int
    issuer: str = ""
    issuer_place: tuple[int, int] = (0, 0)
    subject: list[str] = field(default_factory=list)
    subject_place: tuple[int, int] = (0, 0)
    subject_whole: bool = True
    dates: list[str] = field(default_factory=list)


def check(
    stream: Stream, kit: Kit, found: Sequence[Mention], claims: Sequence[Claim], report: Report
) -> list[tuple[int, int]]:
    """Reports on every numbered document. Gives the places of issuers, which are history."""
    issuers = []
    before: Paper | None = None
    for mention in found:
        if mention.kind != "number":
            continue
        paper = _describe(stream, kit, mention, claims)
        if paper.issuer:
            issuers.append(paper.issuer_place)
        if before and before.value == paper.value and _is_repeated(stream, before, paper):
            report.add(XEM, before.end, paper.end, "number_repeated", {}, fix="", id=mention.ids[0])
        elif mention.ids[0] and not mention.loose:
            _known(kit, paper, report)
        elif mention.ids[0]:
            _partial(stream, kit, paper, report)
        else:
            _unknown(kit, paper, report)
        before = paper
    return issuers


def _describe(stream: Stream, kit: Kit, mention: Mention, claims: Sequence[Claim]) -> Paper:
    item = stream.items[stream.units[mention.a].a]
    start = item.start
    while start < item.end and stream.text[start] not in "0123456789":
        start += 1
    match = item.match
    kind = " ".join(fold(stream.text[item.start : start]).replace("so", " ").replace(":", " ").split())
    paper = Paper(mention, match.value, match.type, match.number, item.start, start, item.end)
    paper.dates = [
        stream.items[stream.units[c.unit].a].exact for c in claims if c.mention is mention and c.role == "signed"
    ]
    paper.kind = kind or None
    _around(stream, kit, paper, mention.a + 1)
    return paper


def _around(stream: Stream, kit: Kit, paper: Paper, at: int) -> None:
    """Reads what follows a number: its date, "của …", "về …"."""
    units = stream.units
    n = at
    while n < len(units) and n < at + 16 and units[n].gap < CLAUSE and units[n].code != "N":
        unit = units[n]
        if not paper.issuer and phrase_at(stream, unit.a, unit.a + 1, kit.heads["issuer_words"]):
            n = _issuer(stream, kit, paper, n)
            continue
        hit = phrase_at(stream, unit.a, len(stream.items), kit.heads["about_words"])
        if hit:
            _subject(stream, kit, paper, n, unit.a + hit[0])
            return
        if unit.code == "D" or unit.code[0] == "#" or phrase_at(stream, unit.a, unit.b, kit.heads["plain"]):
            n += 1
            continue
        if unit.closed or unit.gap or n > at + 8:
            return
        n += 1


def _issuer(stream: Stream, kit: Kit, paper: Paper, n: int) -> int:
    units = stream.units
    at = units[n].b
    for skip in range(4):
        hit = phrase_at(stream, at + skip, len(stream.items), kit.bodies, folded=False)
        if hit:
            start, end = stream.items[at + skip].start, stream.items[at + skip + hit[0] - 1].end
            paper.issuer, paper.issuer_place = hit[1][1], (start, end)
            while n < len(units) and units[n].start < end:
                n += 1
            return n
        if at + skip >= len(stream.items) or stream.items[at + skip].gap >= CLAUSE:
            break
    return n + 1


def _subject(stream: Stream, kit: Kit, paper: Paper, n: int, after: int) -> None:
    """The codes of "về …" up to the end of the clause, each once, sorted."""
    units, codes = stream.units, []
    while n < len(units) and units[n].a < after:
        n += 1
    first = n
    while n < len(units) and units[n].gap < CLAUSE and not units[n].opened and units[n].code not in ("N", "D"):
        if n > first and (units[n].closed or units[n].gap == SENTENCE or n - first > 45):
            break
        cue = phrase_at(stream, units[n].a, len(stream.items), kit.cues) if units[n].gap else None
        if cue and cue[1][1] != "other":
            break
        if units[n].code not in kit.fillers and units[n].code[0] not in "@":
            codes.append(units[n].code)
        n += 1
    if n > first:
        paper.subject, paper.subject_place = sorted(set(codes)), (units[first].start, units[n - 1].end)
        paper.subject_whole = n >= len(units) or units[n].gap != CLAUSE


def _share(part: Sequence[str], whole: Sequence[str]) -> int:
    """Percent of ``part`` that is in ``whole``."""
    return 100 * sum(code in whole for code in part) // len(part) if part else 0


def _known(kit: Kit, paper: Paper, report: Report) -> None:
    record_id = _best(kit, paper)
    record = kit.records[record_id]
    paper.mention.ids = [record_id]
    if record["type"] != "document":
        return
    _style(record_id, record, paper, report)
    label = fold(record.get("label", ""))
    written = fold(report.text[max(0, paper.first - 24) : paper.first]).strip()
    if paper.kind and label and paper.kind != label and _is_label(kit, paper.kind) and not written.endswith(label):
        values = {"number": record["number"], "expected": record["label"]}
        report.add(SAI, paper.first, paper.end, "kind_wrong", values, kind="number_wrong", id=record_id)
    _check_issuer(kit, record_id, record, paper, report)
    _check_subject(kit, record_id, record, paper, report)


def _best(kit: Kit, paper: Paper) -> str:
    for record_id in paper.mention.ids:
        fact = kit.records[record_id].get("dates", {}).get("signed")
        if fact and any(agrees(date, fact["spans"]) for date in paper.dates):
            return record_id
    return paper.mention.ids[0]


def _is_label(kit: Kit, kind: str) -> bool:
    return any(record.get("label") and fold(record["label"]) == kind for record in kit.records.values())


def _style(record_id: str, record: dict[str, Any], paper: Paper, report: Report) -> None:
    found = report.text[paper.start : paper.end]
    right = record["number"]
    if (
        paper.value == record["key"]
        and fold(found) != fold(right)
        and not report.covered(paper.start, paper.end, SAI, XEM)
    ):
        report.add(GOI_Y, paper.start, paper.end, "number_style", {"expected": right}, fix=right, id=record_id)


def _check_issuer(kit: Kit, record_id: str, record: dict[str, Any], paper: Paper, report: Report) -> None:
    right = record.get("issuer_id")
    if not paper.issuer or not right or paper.issuer == right:
        return
    found, expected = kit.records[paper.issuer]["name"], record["issuer"]
    written = report.text[paper.issuer_place[0] : paper.issuer_place[1]]
    if written != found and fold(written) in fold(expected):
        # "Trung ương" for a body of the Centre: short, not wrong.
        return
    if found.startswith(expected) or expected.startswith(found) or _general(found, expected):
        return
    start, end = paper.issuer_place
    values = {"name": record["name"], "expected": expected, "found": report.text[start:end]}
    report.add(SAI, start, end, "issuer_wrong", values, id=record_id, fix=expected)


def _general(found: str, expected: str) -> bool:
    """ "UBND tỉnh" for "Ủy ban nhân dân tỉnh Lạng Sơn": a level instead of a place."""
    return any(level in found and found.replace(level, level[4:]) in expected for level in ("cấp tỉnh", "cấp xã"))


def _check_subject(kit: Kit, record_id: str, record: dict[str, Any], paper: Paper, report: Report) -> None:
    own = record.get("subject", [])
    if len(paper.subject) < 4 or not own:
        return
    shared = _share(paper.subject, own)
    start, end = paper.subject_place
    values = {"name": record["name"], "expected": record["title"]}
    other = _by_subject(kit, paper.subject, record_id) if shared < 80 else ""
    if shared < 35 or (other and _share(paper.subject, kit.records[other]["subject"]) - shared >= 30):
        level = SAI if other else XEM
        extra = report.say("subject_other", {"other": kit.records[other]["name"]}) if other else ""
        report.add(level, start, end, "subject_wrong", values, id=record_id, extra=extra)
    elif paper.subject_whole and shared >= 80 and _share(own, paper.subject) < 60 and len(own) >= 9:
        report.add(GOI_Y, start, end, "subject_short", values, id=record_id)


def _by_subject(kit: Kit, subject: Sequence[str], besides: str) -> str:
    """The other document whose subject is this, or ""."""
    ranked = sorted(
        (-_share(subject, record["subject"]) - _share(record["subject"], subject), record_id)
        for record_id, record in kit.records.items()
        if record.get("subject") and record_id != besides and len(subject) >= 3
    )
    return ranked[0][1] if ranked and -ranked[0][0] >= 140 else ""


def _is_repeated(stream: Stream, before: Paper, paper: Paper) -> bool:
    between = stream.text[before.end : paper.start]
    return fold(between).replace("so", "").strip(" :") == ""


def _partial(stream: Stream, kit: Kit, paper: Paper, report: Report) -> None:
    """ "Nghị quyết 36" without its symbol."""
    units, after = stream.units, paper.mention.b
    if after < len(units) and not _ends_here(stream, kit, after):
        paper.mention.ids = [""]
        return
    ids = paper.mention.ids
    dated = [
        i
        for i in ids
        if paper.dates
        and any(
            agrees(d, kit.records[i]["dates"]["signed"]["spans"])
            for d in paper.dates
            if "signed" in kit.records[i].get("dates", {})
        )
    ]
    ids = dated or [i for i in ids if paper.issuer and kit.records[i].get("issuer_id") == paper.issuer] or ids
    ids = [i for i in ids if _share(paper.subject, kit.records[i].get("subject", [])) >= 60] or ids
    paper.mention.ids = ids
    expected = "; ".join(kit.records[i]["number"] for i in ids)
    fix = kit.records[ids[0]]["number"] if len(ids) == 1 else None
    report.add(GOI_Y, paper.start, paper.end, "number_incomplete", {"expected": expected}, fix=fix, id=ids[0])
    if len(ids) == 1:
        _check_issuer(kit, ids[0], kit.records[ids[0]], paper, report)


def _ends_here(stream: Stream, kit: Kit, after: int) -> bool:
    unit = stream.units[after]
    if unit.gap or unit.opened or unit.closed or unit.code in ("D", "N") or unit.code[0] == "#":
        return True
    hits = ("issuer_words", "about_words", "plain", "stops")
    return any(phrase_at(stream, unit.a, len(stream.items), kit.heads[name]) for name in hits)


def _unknown(kit: Kit, paper: Paper, report: Report) -> None:
    """A number that the library lacks: another document's number, or simply not here."""
    ranked = sorted((-_evidence(kit, i, paper), i) for i, r in kit.records.items() if r.get("key"))
    score, record_id = -ranked[0][0], ranked[0][1]
    if score < 4 or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        report.unknown.append([paper.start, paper.end, report.text[paper.start : paper.end], paper.dates[:1]])
        return
    record = kit.records[record_id]
    values: dict[str, Any] = {"expected": record["number"], "reason": record["title"]}
    common = {"fix": record["number"], "id": record_id}
    if _lacks_year(paper.value, record):
        report.add(SAI, paper.start, paper.end, "number_year", values, kind="number_wrong", **common)
    else:
        level = SAI if score >= 5 else XEM
        report.add(level, paper.start, paper.end, "number_wrong", values, **common)
    paper.mention.ids = [record_id]


def _evidence(kit: Kit, record_id: str, paper: Paper) -> int:
    """How much speaks for the record: subject 3, date 2 (another date -2), number 2, symbol 2, issuer 1."""
    record = kit.records[record_id]
    own, key = record.get("subject", []), record["key"]
    parts, other = key.split("/"), paper.value.split("/")
    days = [date for date in paper.dates if len(date) == 10]
    fact = record.get("dates", {}).get("signed")
    dated = bool(fact) and any(agrees(date, fact["spans"]) for date in days)
    score = 0
    if len(paper.subject) >= 3 and _share(paper.subject, own) >= 75 and _share(own, paper.subject) >= 60:
        score += 3
    if dated:
        score += 2
    elif days and fact:
        score -= 2
    if parts[0] == other[0]:
        score += 2
    if parts[-1] == other[-1]:
        score += 1
        if parts[-2:] == other[-2:] and (len(parts) > 2 or len(other) > 2):
            score += 1
    if paper.issuer and paper.issuer == record.get("issuer_id"):
        score += 1
    # Without date or subject, number and symbol alone say nothing: numbers begin anew each year.
    return score if (score >= 3 and (dated or score >= 5)) or _lacks_year(paper.value, record) else 0


def _lacks_year(value: str, record: dict[str, Any]) -> bool:
    parts = record["key"].split("/")
    return len(parts) == 4 and [parts[0], *parts[2:]] == value.split("/")
