"""The checker: a text in, findings out. The browser's proof-engine.js does the same, step by step.

The text is read in pieces of a few thousand characters that end where a sentence ends, so that a
long document takes time in proportion to its length and a page can show progress. What one piece
says of the line, the year and the records named is handed on to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.proofing import anniversaries, bodies, claims, dating, figures, mentions, papers, titles, wording
from macros.proofing.kit import Kit, contains
from macros.proofing.mentions import Setting
from macros.proofing.report import GOI_Y, ORDER, Finding, Named, Report
from macros.proofing.stream import SENTENCE, Stream, read

PIECE, LONGEST = 4000, 16000
"""Units of UTF-16 after which a piece ends at the next good place, or at any space."""
_END = re.compile("[.!?\u2026;:]['\"\u201d\u2019)*_]*[ \t]*(?:\r?\n|$)")
_SECTION = re.compile("(?:^|\n)[ \t#*]*([0-9]{1,2}(?:\\.[0-9]{1,2})+)\\.?[ \t]+(?=[^ \t0-9\n])")
HEAD = 1500
"""Where a document says what it is and for which year."""


@dataclass(slots=True)
class Result:
    """What was found, what was checked, and what could not be."""

    findings: list[Finding]
    named: list[Named]
    unknown: list[dict[str, Any]]
    dates: int
    figures: int
    year: int

    def data(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "findings": [finding.data() for finding in self.findings],
            "checked": {
                "records": sorted({entry.id for entry in self.named}),
                "dates": self.dates,
                "figures": self.figures,
                "year": self.year or None,
            },
            "unknown": self.unknown,
        }


@dataclass(slots=True)
class _State:
    """What one piece hands on to the next."""

    setting: Setting
    seen: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    gone: bodies.Told = field(default_factory=bodies.Told)
    result: Result = field(default_factory=lambda: Result([], [], [], 0, 0, 0))


def proof(text: str, kit: Kit) -> Result:
    """Check a whole text. Offsets of the findings are code points into ``text``."""
    state = _State(Setting(as_of=int(kit.index["as_of"][-4:])))
    state.setting.year = year_of(text[:HEAD], kit)
    for start, end in pieces(text):
        piece(text[start:end], start, kit, state)
    _whole(text, kit, state)
    state.result.findings.sort(key=lambda f: (f.start, ORDER[f.level], f.end, f.kind, f.id))
    state.result.year = state.setting.year
    return state.result


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Places of the pieces, in order and without gaps."""
    start, size, at = 0, 0, 0
    while at < len(text):
        line = text.find("\n", at)
        line = len(text) if line < 0 else line + 1
        size += _units(text[at:line])
        if size >= LONGEST:
            yield from _hard(text, start, line)
            start, size = line, 0
        elif size >= PIECE and _END.search(text[at:line]):
            yield start, line
            start, size = line, 0
        at = line
    if start < len(text):
        yield start, len(text)


def _hard(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A very long stretch without a good place to end, cut at spaces."""
    while end - start > LONGEST:
        cut = text.rfind(". ", start, start + LONGEST)
        cut = cut + 2 if cut > start else text.rfind(" ", start, start + LONGEST) + 1
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _units(text: str) -> int:
    """Length in UTF-16, so that Python and a browser cut at the same place."""
    return len(text.encode("utf-16-le")) // 2


def year_of(head: str, kit: Kit) -> int:
    """The year that a document bears in its heading or dateline, or 0."""
    stream = read(head, {}, kit.rules["canon"])
    for n, item in enumerate(stream.items):
        before = stream.items[n - 1] if n else None
        if item.kind == "date" and len(item.exact) in (7, 10) and item.exact[0] != "-" and before is not None:
            line = stream.text[item.start : item.end]
            first = stream.text.rfind("\n", 0, item.start) + 1
            if "tháng" in line and item.gap == 1 and item.start - first < 40 and before.start >= first:
                return int(item.exact[:4])
    for n, item in enumerate(stream.items):
        if item.kind == "date" and len(item.exact) == 4 and 2015 <= int(item.exact) <= kit_year(kit) + 2:
            start = max(0, n - 45)
            while start < n and stream.items[start].gap != SENTENCE:
                start += 1
            if contains(stream, max(0, n - 45), n, kit.heads["heads"]) and _is_heading(stream, n):
                return int(item.exact)
    return 0


def kit_year(kit: Kit) -> int:
    return int(kit.index["as_of"][-4:])


def _is_heading(stream: Stream, n: int) -> bool:
    """Whether a year ends its line, as the last words of a title do."""
    item = stream.items[n]
    return stream.text[item.end : item.end + 8].lstrip(" *_\u00a0")[:1] in ("\n", "\r")


def piece(text: str, offset: int, kit: Kit, state: _State) -> None:
    """Check one piece that begins at ``offset`` of the whole text."""
    known = kit.index["loose"]
    stream = read(text, known, kit.rules["canon"])
    if not stream.items:
        return
    report = Report(kit, text)
    state.gone.offset = offset
    before = Setting(state.setting.country, state.setting.year, state.setting.as_of)
    found = mentions.find(stream, kit, state.setting)
    made = claims.claims(stream, kit, found, state.setting)
    parts = claims.sentences(stream, found)
    issuers = papers.check(stream, kit, found, made, report)
    titles.check_sets(stream, kit, parts, state.setting, report)
    dating.check(stream, kit, made, state.setting, report)
    titles.check(stream, kit, found, state.seen, report)
    titles.check_status(stream, kit, parts, state.setting, state.told, report)
    bodies.check(stream, kit, parts, issuers, state.setting, state.gone, report)
    anniversaries.check(stream, kit, parts, state.setting, report)
    figures.check(stream, kit, parts, before, report)
    dating.check_calendar(stream, report)
    wording.check(stream, kit, report)
    _name(stream, found, made, report)
    _take(report, offset, state)


def _name(stream: Stream, found: list[mentions.Mention], made: list[claims.Claim], report: Report) -> None:
    for mention in found:
        if mention.id:
            start, end = stream.units[mention.a].start, stream.units[mention.b - 1].end
            dated = any(claim.mention is mention and claim.role == "signed" for claim in made)
            report.named.append(Named(mention.id, start, end, dated))


def _take(report: Report, offset: int, state: _State) -> None:
    """Moves what a piece gave to its place in the whole text."""
    result = state.result
    for finding in report.findings:
        finding.start += offset
        finding.end += offset
    result.findings += report.findings
    for entry in report.named:
        result.named.append(Named(entry.id, entry.start + offset, entry.end + offset, entry.dated))
    for start, end, found, dates in report.unknown:
        result.unknown.append({"start": start + offset, "end": end + offset, "found": found, "date": "".join(dates)})
    result.dates += report.dates
    result.figures += report.figures


def _whole(text: str, kit: Kit, state: _State) -> None:
    """What only the whole text shows: numbers never dated, instruments that guidance names."""
    report = Report(kit, text)
    _undated(kit, state, report)
    _missing(kit, state, report)
    _sections(text, report)
    state.result.findings += report.findings


def _undated(kit: Kit, state: _State, report: Report) -> None:
    dated = {entry.id for entry in state.result.named if entry.dated}
    done: set[str] = set()
    for entry in state.result.named:
        record: Mapping[str, Any] = kit.records[entry.id]
        key = record.get("key", "")
        if record["type"] != "document" or not key or entry.id in dated or entry.id in done:
            continue
        done.add(entry.id)
        fact = record.get("dates", {}).get("signed")
        if (
            fact
            and len(key.split("/")) == 3
            and not any(part.isdigit() and len(part) == 4 for part in key.split("/")[1:])
        ):
            expected = f"{record['label']} số {record['number']} ngày {fact['show'][0]}"
            report.add(GOI_Y, entry.start, entry.end, "number_undated", {"expected": expected}, id=entry.id, fact=fact)


def _missing(kit: Kit, state: _State, report: Report) -> None:
    """Of each line that the text lists instruments of: what the latest guidance named besides."""
    named = {entry.id for entry in state.result.named} | state.seen
    for line in ("vn-cn", "vn-la", "vn-kh"):
        own = [
            e
            for e in state.result.named
            if line in kit.records[e.id].get("lines", ()) and kit.records[e.id]["type"] == "treaty"
        ]
        if len({entry.id for entry in own}) < 2:
            continue
        year = state.setting.year or 9999
        entries = [e for e in kit.index["named"] if e[0] == line and e[1] <= year and len(e[5]) > 1]
        latest = sorted({entry[1] for entry in entries})[-2:]
        for _, given, _, title, locator, ids in entries:
            lacking = [i for i in ids if given in latest and i not in named and not _is_over(kit, i)]
            if lacking and sum(i in named for i in ids) >= 2:
                names = "; ".join(kit.records[i]["name"] for i in lacking)
                values = {"source": title, "locator": locator, "names": names, "expected": names}
                report.add(GOI_Y, own[0].start, own[0].end, "missing", values, id=lacking[0])
                break


def _sections(text: str, report: Report) -> None:
    """Two sections in a row with one number ("1.2" and again "1.2")."""
    before = ""
    for match in _SECTION.finditer(text):
        if match[1] == before:
            report.add(GOI_Y, match.start(1), match.end(1), "section_number", {"expected": ""})
        before = match[1]


def _is_over(kit: Kit, record_id: str) -> bool:
    value = kit.records[record_id].get("status", {}).get("value")
    return value in ("het_hieu_luc", "da_thay_the", "het_giai_doan")
