"""Claims about dates against the records; impossible dates; the style of dates.

Style of dates: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from macros.dates import impossible
from macros.proofing.claims import Claim
from macros.proofing.kit import Kit
from macros.proofing.mentions import Mention, Setting
from macros.proofing.messages import WHAT
from macros.proofing.report import GOI_Y, SAI, XEM, Report
from macros.proofing.stream import Item, Stream

ROLES = ("signed", "in_force", "ended", "ratified")
LITTLE = 6
"""Weight of a title's words up to which a contradiction is put as a question."""
_NUMERIC = re.compile("([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?[/.-] ?([0-9]{4})$")
_WORDS = re.compile("([0-9]{1,2})( +[^0-9 ]+ +)([0-9]{1,2})( *[^0-9]+ *)([0-9]{4})$")
_MONTH = re.compile("([0-9]{1,2})/([0-9]{4})$")
_DAY_MONTH = re.compile("([0-9]{1,2})/([0-9]{1,2})$")
_RAW = re.compile("(?<![0-9/.,-])([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\\2 ?((?:1[89]|20)[0-9]{2})(?![0-9/-])")
_SPOKEN = re.compile("([0-9]{1,2}) +th[aá]ng +([0-9]{1,2}) +n[aă]m +((?:1[89]|20)[0-9]{2})(?![0-9])")


def span_of(value: str) -> tuple[int, int]:
    """First and last day (yyyymmdd) that an ISO date can mean; day 0 to 31 of a month."""
    parts = [int(part) for part in value.split("-")]
    low = parts[0] * 10000 + (parts[1] * 100 if len(parts) > 1 else 0) + (parts[2] if len(parts) > 2 else 0)
    return low, low + (0 if len(parts) > 2 else 31 if len(parts) > 1 else 1231)


def agrees(value: str, spans: Sequence[Sequence[int]]) -> bool:
    """Whether a date of the text can be the date of a record."""
    if value.startswith("--"):
        day = int(value[2:4]) * 100 + int(value[5:7])
        return any(span[0] != span[1] or span[0] % 10000 == day for span in spans)
    low, high = span_of(value)
    return any(low <= span[1] and span[0] <= high for span in spans)


def facts(kit: Kit, record_id: str, role: str) -> list[dict[str, Any]]:
    """The dates of a record in one role: none, one, or several approvals."""
    found = kit.records[record_id].get("dates", {}).get(role)
    return found if isinstance(found, list) else [found] if found else []


def what(kit: Kit, record_id: str, role: str) -> str:
    kind = kit.records[record_id]["type"]
    if role == "signed" and kind != "treaty":
        return WHAT["issued" if kind == "document" else "event"]
    return WHAT[role]


def check(stream: Stream, kit: Kit, claims: Sequence[Claim], setting: Setting, report: Report) -> None:
    """Reports every claim that the records contradict."""
    checker = _Checker(stream, kit, claims, setting, report)
    for claim in claims:
        checker.claim(claim)


class _Checker:
    def __init__(self, stream: Stream, kit: Kit, claims: Sequence[Claim], setting: Setting, report: Report) -> None:
        self.stream, self.kit, self.claims, self.setting, self.report = stream, kit, claims, setting, report
        self.settled: list[tuple[Mention, str]] = []

    def item(self, claim: Claim) -> Item:
        return self.stream.items[self.stream.units[claim.unit].a]

    def claim(self, claim: Claim) -> None:
        item = self.item(claim)
        ids = [record_id for record_id in claim.mention.ids if record_id]
        known = [record_id for record_id in ids if facts(self.kit, record_id, claim.role)]
        if not ids or self._is_plan_year(claim, item):
            return
        self.report.dates += 1
        fits = [i for i in known if any(agrees(item.exact, f["spans"]) for f in facts(self.kit, i, claim.role))]
        if claim.mention.kind == "number" and self.kit.records[ids[0]]["type"] == "treaty":
            # The date is that of the notice with this number, not the treaty's.
            return
        if len(item.exact) == 4 and self._has_own_year(claim):
            return
        if fits:
            self.settled.append((claim.mention, claim.role))
            if len(ids) > 1:
                claim.mention.ids = fits
            self._finer(claim, item, fits[0])
        elif any(mention is claim.mention and role == claim.role for mention, role in self.settled):
            # "hiệp ước năm 1977, ký năm 2007": the second date is of something else.
            return
        elif len(ids) == 1 and (known or self._swapped(item, ids[0], claim.role)):
            self._wrong(claim, item, ids[0])
        elif len(ids) > 1 and known and claim.firm:
            self._none_of(claim, item, known)

    def _is_plan_year(self, claim: Claim, item: Item) -> bool:
        """ "tuyên truyền Hiệp ước … năm 2026" in a plan for 2026: the year is not the treaty's."""
        if len(item.exact) != 4:
            return False
        year = int(item.exact)
        return claim.unit in claim.mention.years and (year == self.setting.year or year >= self.setting.as_of - 1)

    def _has_own_year(self, claim: Claim) -> bool:
        """ "hiệp ước năm 1977, ký năm 2007": the name brings its year along."""
        return claim.mention.form >= 0 and self.kit.forms[claim.mention.form][0][-1][0] == "#"

    def _explained(self, claim: Claim, item: Item) -> bool:
        """Another record near by has this date in this role."""
        return any(
            other is not claim
            and other.unit == claim.unit
            and i
            and any(agrees(item.exact, f["spans"]) for f in facts(self.kit, i, claim.role))
            for other in self.claims
            for i in other.mention.ids
        )

    def _swapped(self, item: Item, record_id: str, role: str) -> str:
        for other in ROLES:
            if other != role and any(agrees(item.exact, f["spans"]) for f in facts(self.kit, record_id, other)):
                return other
        return ""

    def _finer(self, claim: Claim, item: Item, record_id: str) -> None:
        fact = facts(self.kit, record_id, claim.role)[0]
        if len(item.exact) == 10 and not item.exact.startswith("-") and all(a != b for a, b in fact["spans"]):
            start, end = digits(self.stream, item)
            values = {
                "name": self._name(record_id),
                "what": what(self.kit, record_id, claim.role),
                "expected": fact["show"][0],
            }
            self.report.add(GOI_Y, start, end, "date_finer", values, id=record_id, fact=fact)

    def _name(self, record_id: str) -> str:
        return self.kit.records[record_id]["name"]

    def _wrong(self, claim: Claim, item: Item, record_id: str) -> None:
        if not claim.firm and self._explained(claim, item):
            return
        start, end = digits(self.stream, item)
        if self.report.covered(start, end, SAI, XEM):
            return
        role = claim.role
        swapped = self._swapped(item, record_id, role)
        known = facts(self.kit, record_id, role)
        fact = known[0] if known else facts(self.kit, record_id, swapped)[0]
        level = self._level(claim, item, fact)
        values = {
            "name": self._name(record_id),
            "what": what(self.kit, record_id, role),
            "expected": " hoặc ".join(f["show"][0] for f in known),
        }
        fix = written(self.report.text[start:end], item, fact) if len(known) == 1 else None
        common = {"id": record_id, "fact": fact}
        if swapped and (len(item.exact) == 10 or len(item.exact) == 4):
            values["real"] = what(self.kit, record_id, swapped)
            if len(item.exact) == 4:
                level = XEM
                values["real"] = values["real"].replace("ngày", "năm")
            key = "date_role" if known else "date_role_unknown"
            self.report.add(level, start, end, key, values, kind="date_role", fix=fix, **common)
            return
        extra, other = self._extra(item, record_id, role, fact)
        if other and self._is_prefix(claim.mention, other):
            values["other"] = self._name(other)
            self.report.add(level, start, end, "title_of_other", values, kind="title_wrong", **common)
            return
        self.report.add(level, start, end, "date_wrong", values, fix=fix, extra=extra, **common)

    def _level(self, claim: Claim, item: Item, fact: dict[str, Any]) -> str:
        mention = claim.mention
        sure = fact.get("level") in ("high", "medium") and claim.firm and not mention.loose and not mention.context
        if claim.role == "ratified" or (mention.kind == "number" and mention.loose) or self._says_little(mention):
            sure = False
        if len(item.exact) == 4 and abs(int(item.exact) - fact["spans"][0][0] // 10000) > 15:
            sure = False
        return SAI if sure else XEM

    def _says_little(self, mention: Mention) -> bool:
        """ "hiệp định năm 1990", "hiệp định hợp tác": little to tell a record by."""
        if mention.form < 0 or mention.kind != "treaty":
            return False
        codes = self.kit.forms[mention.form][0]
        content = [code for code in codes if code[0] not in "%#"]
        return (len(codes) == 2 and codes[1][0] == "#") or (
            codes[-1][0] != "#" and len(content) <= 2 and self.kit.weight(content) <= LITTLE
        )

    def _extra(self, item: Item, record_id: str, role: str, fact: dict[str, Any]) -> tuple[str, str]:
        """What else is known of the wrong date: why a source has it, or whose date it is."""
        for low, high, why in fact.get("others", ()):
            if agrees(item.exact, [[low, high]]) and len(item.exact) == 10:
                return self.report.say("date_why", {"why": why}), ""
        if len(item.exact) != 10 or item.exact.startswith("-"):
            return "", ""
        record = self.kit.records[record_id]
        for other_id in _neighbours(self.kit, record_id):
            for other_role in (role, *ROLES[:2]):
                if any(agrees(item.exact, f["spans"]) for f in facts(self.kit, other_id, other_role)):
                    values = {"other_what": what(self.kit, other_id, other_role), "other": self._name(other_id)}
                    same = other_role == role and self.kit.records[other_id].get("kind") == record.get("kind")
                    return self.report.say("date_other", values), other_id if same else ""
        return "", ""

    def _is_prefix(self, mention: Mention, other: str) -> bool:
        """Whether the title in the text is the beginning of the other record's title."""
        if mention.form < 0:
            return False
        codes = self.kit.forms[mention.form][0]
        return len(codes) > 3 and any(
            other in form[1] and len(form[0]) > len(codes) and form[0][: len(codes)] == codes for form in self.kit.forms
        )

    def _none_of(self, claim: Claim, item: Item, known: Sequence[str]) -> None:
        start, end = digits(self.stream, item)
        if self.report.covered(start, end, SAI, XEM):
            return
        shown = "; ".join(f"{self._name(i)}: {facts(self.kit, i, claim.role)[0]['show'][0]}" for i in known)
        name = self.report.text[
            self.stream.units[claim.mention.a].start : self.stream.units[claim.mention.core - 1].end
        ]
        values = {"name": f"“{name}”", "what": what(self.kit, known[0], claim.role), "expected": shown}
        self.report.add(
            XEM, start, end, "date_wrong", values, id=known[0], fact=facts(self.kit, known[0], claim.role)[0]
        )


def _neighbours(kit: Kit, record_id: str) -> list[str]:
    """Records that are easily taken for this one: named as such, then those of the same parties."""
    record = kit.records[record_id]
    near = list(record.get("near", ()))
    if record["type"] == "treaty":
        near += [
            i
            for i, other in kit.records.items()
            if other["type"] == "treaty"
            and i != record_id
            and i not in near
            and other.get("parties") == record.get("parties")
        ]
    else:
        near += [
            i
            for i, other in kit.records.items()
            if other["type"] == record["type"] and i != record_id and i not in near
        ]
    return near


def digits(stream: Stream, item: Item) -> tuple[int, int]:
    """The place of a date without the words before its first figure."""
    start = item.start
    while start < item.end and stream.text[start] not in "0123456789":
        start += 1
    return start, item.end


def written(found: str, item: Item, fact: dict[str, Any]) -> str | None:
    """The record's date written the way the text writes dates; None when it is less precise."""
    if len(fact["spans"]) != 1:
        return None
    low, high = fact["spans"][0]
    if len(item.exact) == 4:
        return str(low // 10000) if low // 10000 == high // 10000 else None
    if low != high or len(item.exact) != 10 or item.exact.startswith("-"):
        return None
    return fact["long"][0].removeprefix("ngày ") if _WORDS.fullmatch(found) else fact["show"][0]


def check_calendar(stream: Stream, report: Report) -> None:
    """Dates that cannot be, and dates that are not written in the official style."""
    for start, end in _impossible(stream):
        report.add(SAI, start, end, "date_impossible", {})
    for item in stream.items:
        if item.kind == "date":
            start, end = digits(stream, item)
            styled = official(stream.text[start:end])
            if styled and styled != stream.text[start:end] and not report.covered(start, end, SAI, XEM):
                report.add(GOI_Y, start, end, "date_style", {"expected": styled}, fix=styled)


def _impossible(stream: Stream) -> Iterator[tuple[int, int]]:
    taken = [(i.start, i.end) for i in stream.items if i.kind == "number" or (i.kind == "date" and len(i.exact) == 10)]
    for pattern, month, year in ((_RAW, 3, 4), (_SPOKEN, 2, 3)):
        for match in pattern.finditer(stream.text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            after = stream.text[match.end() : match.end() + 12].lower()
            if impossible(int(match[year]), int(match[month]), int(match[1])) and "âm lịch" not in after:
                yield match.start(), match.end()


def official(found: str) -> str | None:
    """The date as NĐ 30/2020/NĐ-CP writes it; None for forms that it does not speak of."""
    match = _NUMERIC.fullmatch(found)
    if match:
        return f"{int(match[1]):02d}/{_month(match[3])}/{match[4]}"
    match = _WORDS.fullmatch(found)
    if match and "\n" not in found:
        return f"{int(match[1]):02d}{match[2]}{_month(match[3])}{match[4]}{match[5]}"
    match = _MONTH.fullmatch(found)
    if match:
        return f"{_month(match[1])}/{match[2]}"
    match = _DAY_MONTH.fullmatch(found)
    if match:
        return f"{int(match[1]):02d}/{_month(match[2])}"
    return None


def _month(text: str) -> str:
    return f"{int(text):02d}" if int(text) <= 2 else str(int(text))
