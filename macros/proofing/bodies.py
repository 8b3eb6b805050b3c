"""Bodies that no longer exist, with what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.proofing.claims import Sentence
from macros.proofing.kit import Kit, contains, phrase_at
from macros.proofing.mentions import Setting
from macros.proofing.report import GOI_Y, XEM, Finding, Report
from macros.proofing.stream import Stream


@dataclass(slots=True)
class Told:
    """The bodies reported so far in the whole text, and where the present piece begins in it."""

    findings: dict[str, Finding] = field(default_factory=dict)
    offset: int = 0


def check(
    stream: Stream,
    kit: Kit,
    parts: Sequence[Sentence],
    issuers: Sequence[tuple[int, int]],
    setting: Setting,
    told: Told,
    report: Report,
) -> None:
    """Reports each dissolved body once; its other places are listed with the first.

    Left out: the issuer of a document (it was so then), and sentences that speak of the past.
    """
    for part in parts:
        at, end = stream.units[part.a].a, stream.units[part.b - 1].b
        past: bool | None = None
        while at < end:
            hit = phrase_at(stream, at, end, kit.bodies)
            if not hit or (hit[1][2] and not _is_capital(stream, at)):
                at += 1
                continue
            start, stop = stream.items[at].start, stream.items[at + hit[0] - 1].end
            at += hit[0]
            record = kit.records[hit[1][1]]
            ended = record.get("dates", {}).get("ended")
            if ended is None or any(a <= start < b for a, b in issuers):
                continue
            past = _is_past(stream, kit, part, ended) if past is None else past
            if not past:
                _tell(record, ended, (start, stop), setting, told, report)


def _is_capital(stream: Stream, at: int) -> bool:
    item = stream.items[at]
    written = stream.text[item.start : item.end]
    return written == written.upper()


def _is_past(stream: Stream, kit: Kit, part: Sentence, ended: dict[str, Any]) -> bool:
    """The sentence says so, or all its years lie before the end of the body."""
    a, b = stream.units[part.a].a, stream.units[part.b - 1].b
    if contains(stream, a, b, kit.heads["past"]):
        return True
    last = ended["spans"][0][0] // 10000
    years = [int(item.exact[:4]) for item in stream.items[a:b] if item.kind == "date" and item.exact[:1] != "-"]
    return bool(years) and max(years) < last


def _tell(
    record: dict[str, Any],
    ended: dict[str, Any],
    place: tuple[int, int],
    setting: Setting,
    told: Told,
    report: Report,
) -> None:
    heir = record["heir"]
    if heir in told.findings:
        told.findings[heir].also.append([place[0] + told.offset, place[1] + told.offset])
        return
    names = "; ".join(_successor(item) for item in record.get("after", ()))
    after = report.say("body_after", {"names": names}) if names else report.say("body_no_after", {})
    old = setting.year and setting.year < ended["spans"][0][0] // 10000
    values = {"name": report.kit.records[heir]["name"], "since": ended["show"][0], "after": after, "year": setting.year}
    values["expected"] = "; ".join(item["name"] for item in record.get("after", ()))
    told.findings[heir] = report.add(
        GOI_Y if old else XEM, *place, "body_old" if old else "body", values, kind="body", id=heir, fact=ended
    )


def _successor(item: dict[str, Any]) -> str:
    scope = item["scope"].rstrip(".")
    since = f", từ {item['on']}" if item["on"] else ""
    return f"{item['name']} ({scope[:1].lower()}{scope[1:]}{since})"
