"""Anniversaries: "71 năm … (07/5/1955 - 07/5/2026)", and the days of events.

Classes of anniversary years: Nghị định 145/2013/NĐ-CP, Điều 3.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from macros.proofing.claims import Sentence
from macros.proofing.dating import agrees, digits, facts, written
from macros.proofing.kit import Kit, contains, phrase_at
from macros.proofing.mentions import Mention, Setting
from macros.proofing.report import GOI_Y, SAI, XEM, Report
from macros.proofing.stream import CLAUSE, Item, Stream, is_number

RECENT = 15
"""Years back within which a lone date beside an event is taken for an anniversary of it."""


def check(stream: Stream, kit: Kit, parts: Sequence[Sentence], setting: Setting, report: Report) -> None:
    """Reports miscounted years and wrong days of events."""
    for part in parts:
        counts = _counts(stream, part)
        done: set[int] = set()
        for one, two in _pairs(stream, part):
            count = max((n for n in counts if n < one), default=None)
            if count is not None and not any(count < other < one for other in done):
                done.add(count)
                _pair(stream, kit, count, one, two, report)
        for mention in part.mentions:
            if mention.kind in ("event", "treaty"):
                _mention(stream, kit, part, mention, [n for n in counts if n not in done], setting, report)
    _terms(stream, kit, parts, report)


def _counts(stream: Stream, part: Sentence) -> list[int]:
    """Items that are a number of years: "71 năm", "lần thứ 71"."""
    items = stream.items
    a, b = stream.units[part.a].a, stream.units[part.b - 1].b
    found = []
    for n in range(a, b):
        if items[n].kind != "word" or not is_number(items[n].folded) or len(items[n].folded) > 3:
            continue
        years = n + 1 < b and stream.same(items[n + 1], "năm", "nam") and not items[n + 1].gap
        nth = n - 2 >= a and items[n - 1].folded == "thu" and items[n - 2].folded == "lan"
        if years or nth:
            found.append(n)
    return found


def _pairs(stream: Stream, part: Sentence) -> list[tuple[int, int]]:
    """Pairs of dates joined by a dash, whose day and month are the same or not given: items."""
    items = stream.items
    dates = [stream.units[n].a for n in part.dates]
    found = []
    for one, two in itertools.pairwise(dates):
        between = stream.text[items[one].end : items[two].start]
        whole = items[one].exact[:1] != "-" and items[two].exact[:1] != "-"
        joined = any(dash in between for dash in "-\u2013\u2014") or items[two - 1].folded == "den"
        joined = joined and "," not in between
        if (
            whole
            and two - one <= 4
            and joined
            and len(items[one].exact) == len(items[two].exact)
            and ";" not in between
        ):
            found.append((one, two))
    return found


def _pair(stream: Stream, kit: Kit, count: int, one: int, two: int, report: Report) -> None:
    items = stream.items
    since, until = items[one], items[two]
    if two - count > 45 or any(i.kind == "date" for i in items[count:one]) or since.exact[:4] >= until.exact[:4]:
        return
    years = int(until.exact[:4]) - int(since.exact[:4])
    item = items[count]
    if since.exact[4:] != until.exact[4:]:
        return
    if len(since.exact) == 4 and not (
        since.opened and contains(stream, max(0, count - 3), count + 3, kit.heads["anniversary_words"])
    ):
        return
    if int(item.folded) != years:
        shown = [stream.text[slice(*digits(stream, i))] for i in (since, until)]
        values = {"since": shown[0], "until": shown[1], "expected": years}
        report.add(SAI, item.start, item.end, "anniversary", values, fix=str(years))


def _mention(
    stream: Stream,
    kit: Kit,
    part: Sentence,
    mention: Mention,
    counts: Sequence[int],
    setting: Setting,
    report: Report,
) -> None:
    """The day of an event beside its name, and a number of years without its two ends."""
    record_id = _settled(stream, kit, part, mention)
    if record_id is None:
        return
    fact = facts(kit, record_id, "signed")
    if not fact:
        return
    if mention.kind == "event":
        _days(stream, kit, part, mention, record_id, report)
    first = stream.units[mention.a].a
    near = [
        n
        for n in counts
        if n < first and first - n <= 9 and not any(m.b <= mention.a and stream.units[m.a].a > n for m in part.mentions)
    ]
    if not near or mention.loose:
        return
    if mention.kind == "treaty" and not contains(stream, near[-1], first, kit.heads["since_words"]):
        return
    _years(stream, kit, part, mention, record_id, near[-1], setting, report)


def _settled(stream: Stream, kit: Kit, part: Sentence, mention: Mention) -> str | None:
    if len(mention.ids) == 1:
        return mention.ids[0]
    return None


def _days(stream: Stream, kit: Kit, part: Sentence, mention: Mention, record_id: str, report: Report) -> None:
    fact = facts(kit, record_id, "signed")[0]
    following = min((m.a for m in part.mentions if m.a >= mention.b), default=part.b)
    own = [n for n in part.dates if mention.b <= n < following and n - mention.b <= 8]
    own += [
        n
        for n in part.dates
        if n < mention.a and mention.a - n <= 3 and not any(m.b > n and m.b <= mention.a for m in part.mentions)
    ]
    for number, n in enumerate(own[:2]):
        item = stream.items[stream.units[n].a]
        if not _is_day_of(stream, kit, mention, n, item):
            continue
        if agrees(item.exact, fact["spans"]) or any(agrees(item.exact, [o[:2]]) for o in fact["others"]):
            continue
        if kit.records[record_id].get("yearly") and _is_a_return(kit, item.exact, fact["spans"], alone=len(own) == 1):
            continue
        if (
            number
            and not _same_day(item.exact, fact["spans"])
            and item.exact[4:] == stream.items[stream.units[own[0]].a].exact[4:]
        ):
            continue
        start, end = digits(stream, item)
        values = {"name": kit.records[record_id]["name"], "what": "ngày", "expected": " và ".join(fact["show"])}
        fix = written(stream.text[start:end], item, fact)
        level = SAI if fact["level"] in ("high", "medium") and n >= mention.b else XEM
        report.add(level, start, end, "date_wrong", values, fix=fix, id=record_id, fact=fact)


def _is_day_of(stream: Stream, kit: Kit, mention: Mention, n: int, item: Item) -> bool:
    """Right beside the name: in brackets, or with nothing but little words between."""
    units, items = stream.units, stream.items
    if len(item.exact) < 7 or item.exact.count("-") < 2:
        return False
    if n < mention.a:
        between = units[mention.a].a - units[n].b
        return (
            between <= 1
            and units[mention.a].gap < CLAUSE
            and (between == 0 or items[units[n].b].folded in ("la", "ki"))
        )
    if any(units[k].opened for k in range(mention.b, n + 1)):
        return True
    at, end = units[mention.b - 1].b, units[n].a
    while at < end:
        hit = phrase_at(stream, at, end, kit.heads["plain"])
        if not hit:
            return False
        at += hit[0]
    return units[n].gap < CLAUSE


def _is_a_return(kit: Kit, value: str, spans: Sequence[Sequence[int]], *, alone: bool) -> bool:
    """Whether a date is the event's day in a later year; alone, only a recent one is taken for that."""
    if not _same_day(value, spans):
        return False
    return value.startswith("-") or not alone or int(value[:4]) >= int(kit.index["as_of"][-4:]) - RECENT


def _same_day(value: str, spans: Sequence[Sequence[int]]) -> bool:
    day = int(value[-5:-3]) * 100 + int(value[-2:])
    return any(low == high and low % 10000 == day for low, high in spans)


def _years(
    stream: Stream,
    kit: Kit,
    part: Sentence,
    mention: Mention,
    record_id: str,
    count: int,
    setting: Setting,
    report: Report,
) -> None:
    starts = [f["spans"][0] for role in ("signed", "in_force") for f in facts(kit, record_id, role)]
    starts = [span for span in starts if span[0] // 10000 == span[1] // 10000]
    said = _until(stream, part, [span[0] // 10000 for span in starts])
    until = said or setting.year
    if not starts or not until:
        return
    item = stream.items[count]
    right = [until - span[0] // 10000 for span in starts]
    if int(item.folded) in right or int(item.folded) < 1 or right[0] < 1:
        return
    # A round span of years ("hơn 30 năm") and a plan's own five years are no anniversaries.
    if (
        not contains(stream, stream.units[part.a].a, count + 1, kit.heads["anniversary_words"])
        and mention.kind == "treaty"
    ):
        return
    fact = facts(kit, record_id, "signed")[0]
    values = {"until": until, "expected": right[0], "since": fact["show"][0]}
    level = SAI if said and mention.kind == "event" else XEM
    report.add(
        level,
        item.start,
        item.end,
        "anniversary_year",
        values,
        kind="anniversary",
        fix=str(right[0]),
        id=record_id,
        fact=fact,
    )


def _until(stream: Stream, part: Sentence, starts: Sequence[int]) -> int:
    """The year up to which the sentence counts, or 0 where it names none or several."""
    years = {
        int(stream.items[stream.units[n].a].exact[:4])
        for n in part.dates
        if stream.units[n].code != "D" or stream.items[stream.units[n].a].exact[0] != "-"
    }
    late = {year for year in years if all(year > start for start in starts)}
    return late.pop() if len(late) == 1 else 0


def _terms(stream: Stream, kit: Kit, parts: Sequence[Sentence], report: Report) -> None:
    """ "năm chẵn" is no term of the decree; a "năm tròn" ends in 0."""
    for part in parts:
        a, b = stream.units[part.a].a, stream.units[part.b - 1].b
        for at in range(a, b):
            hit = phrase_at(stream, at, b, kit.heads["even_year"])
            if hit:
                start, end = stream.items[at].start, stream.items[at + hit[0] - 1].end
                report.add(GOI_Y, start, end, "even_year", {"expected": "năm lẻ 5"}, kind="anniversary_term")
            hit = phrase_at(stream, at, b, kit.heads["round_year"])
            if hit:
                _round(stream, part, at, hit[0], report)


def _round(stream: Stream, part: Sentence, at: int, length: int, report: Report) -> None:
    for n in _counts(stream, part):
        item = stream.items[n]
        if 0 < at - n <= 6 or 0 < n - at - length + 1 <= 4:
            if int(item.folded) % 10:
                start, end = stream.items[at].start, stream.items[at + length - 1].end
                report.add(XEM, start, end, "round_year", {"found": item.folded}, kind="anniversary_term")
            return
