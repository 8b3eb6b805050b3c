"""Which date a sentence gives to which record, and as what (signed, in force, ratified).

The nearest record to the left owns a date, unless the sentence opens with the date ("Ngày …, hai
nước ký …"). Records in a row share a date only where the text says so ("cùng ký", "lần lượt",
"các văn kiện trên"). A date that only might belong to a record is marked as loose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macros.proofing.kit import Kit, contains, phrase_at
from macros.proofing.mentions import Mention, Setting
from macros.proofing.stream import CLAUSE, SENTENCE, Stream, is_number

FAR, FAR_FIRST = 14, 26
"""Words between a title and its date, and between a date that opens a sentence and its title."""


@dataclass(slots=True)
class Claim:
    """The text gives ``mention`` the date at ``unit`` in ``role``."""

    mention: Mention
    role: str
    unit: int
    firm: bool


@dataclass(slots=True)
class Sentence:
    """Units ``a:b`` and the mentions and dates in them."""

    a: int
    b: int
    mentions: list[Mention]
    dates: list[int]
    line: bool


def sentences(stream: Stream, found: Sequence[Mention]) -> list[Sentence]:
    """The text cut at sentence ends; dates inside titles are left out."""
    result: list[Sentence] = []
    covered = {n for mention in found for n in range(mention.a, mention.core)}
    for n, unit in enumerate(stream.units):
        if n == 0 or unit.gap == SENTENCE:
            result.append(Sentence(n, n, [], [], unit.line))
        result[-1].b = n + 1
        if unit.code[0] in "#D" and (unit.code == "D" or len(unit.code) == 5) and n not in covered:
            result[-1].dates.append(n)
    at = 0
    for mention in found:
        while mention.a >= result[at].b:
            at += 1
        result[at].mentions.append(mention)
    return result


def claims(stream: Stream, kit: Kit, found: Sequence[Mention], setting: Setting) -> list[Claim]:
    """All claims of the text, in order."""
    result: list[Claim] = []
    parts = sentences(stream, found)
    for number, sentence in enumerate(parts):
        reader = _Reader(stream, kit, sentence, setting)
        made = list(reader.claims())
        if not made and sentence.dates:
            made = list(_pointing(reader, parts, number))
        result += made
    return result


class _Reader:
    """One sentence, read for claims."""

    def __init__(self, stream: Stream, kit: Kit, sentence: Sentence, setting: Setting) -> None:
        self.stream, self.kit, self.sentence, self.setting = stream, kit, sentence, setting
        self.subjects = [m for m in sentence.mentions if m.kind in ("treaty", "document", "number")]
        self.dates = [d for d in sentence.dates if not self._is_period(d)]

    def claims(self) -> Iterator[Claim]:
        turns = self._in_turn()
        if turns:
            yield from turns
            return
        for date in self.dates:
            if not self._is_second_of_pair(date):
                yield from self._of(date)

    def _is_period(self, date: int) -> bool:
        """One end of "2021 - 2030"."""
        units, text = self.stream.units, self.stream.text
        for one, two in ((date - 1, date), (date, date + 1)):
            if one >= 0 and two < len(units) and units[one].code[0] == "#" and units[two].code[0] == "#":
                between = text[units[one].end : units[two].start].strip()
                if between in ("-", "\u2013", "\u2014", "/"):
                    return True
        return False

    def _is_second_of_pair(self, date: int) -> bool:
        """The end of "07/5/1955 - 07/5/2026"."""
        units, before = self.stream.units, [d for d in self.dates if d < date]
        if not before or units[date].gap >= CLAUSE:
            return False
        between = self.stream.text[units[before[-1]].end : units[date].start]
        return date - before[-1] <= 3 and any(dash in between for dash in "-\u2013\u2014") and "," not in between

    def role(self, a: int, b: int) -> tuple[str, int]:
        """(role of the last cue among the units ``a:b``, its item) or ("", -1)."""
        units, items = self.stream.units, self.stream.items
        if a >= b:
            return "", -1
        at, end = units[a].a, units[b - 1].b
        role, place = "", -1
        while at < end:
            hit = phrase_at(self.stream, at, min(end + 1, len(items)), self.kit.cues)
            if hit and not (hit[1][1] == "signed" and self._is_part_of_word(at)):
                role, place = hit[1][1], at
                at += hit[0]
            else:
                at += 1
        return role, place

    def _is_part_of_word(self, at: int) -> bool:
        """ "ký" of "đăng ký", "chữ ký" in text without diacritics or behind a cue cut short."""
        before = self.stream.items[at - 1].folded if at else ""
        return before in ("dang", "thu", "nhat", "chu")

    def _of(self, date: int) -> Iterator[Claim]:
        left = next((m for m in reversed(self.sentence.mentions) if m.b <= date or date in m.years), None)
        right = next((m for m in self.subjects if m.a > date), None)
        first = self._date_first(date, left, right)
        if first:
            yield first
            yield from self._beside(first)
            return
        if left is not None and left in self.subjects:
            claim = self._leftward(date, left)
            if claim:
                yield claim
                yield from self._together(claim)
                return
        if left is None or left not in self.subjects:
            yield from self._heading(date, right)

    def _leftward(self, date: int, left: Mention) -> Claim | None:
        units = self.stream.units
        if date in left.years:
            return Claim(left, "signed", date, True)
        earlier = [d for d in self.dates if left.b <= d < date]
        start = earlier[-1] + 1 if earlier else left.b
        role, _ = self.role(start, date)
        if role == "other" or self._semicolon(left.b, date) or self._names_others(start, date):
            return None
        length = units[date].a - units[left.b - 1].b
        if role:
            return Claim(left, role, date, length <= FAR and not self._others_between(left, date))
        if earlier or units[date].code[0] == "#":
            return None
        if self._is_adjacent(left, date):
            return Claim(left, "signed", date, True)
        return None

    def _names_others(self, start: int, date: int, *, pointing: bool = False) -> bool:
        """ "…, hai văn kiện ký ngày …": the date is that of documents the sentence only counts.

        "văn kiện này" counts too where ``pointing`` is True.
        """
        if start >= date:
            return False
        items, at, end = self.stream.items, self.stream.units[start].a, self.stream.units[date].a
        for n in range(at, end):
            hit = phrase_at(self.stream, n, end, self.kit.heads["these"])
            if hit:
                is_said_of = any(items[k].folded == "la" for k in range(max(at, n - 3), n))
                if pointing:
                    if phrase_at(self.stream, n + hit[0], end, self.kit.heads["pointing"]):
                        return True
                elif not is_said_of and not phrase_at(self.stream, n + hit[0], end, self.kit.heads["pointing"]):
                    return True
        return False

    def _others_between(self, left: Mention, date: int) -> bool:
        return any(left.b <= m.a < date for m in self.sentence.mentions)

    def _semicolon(self, a: int, b: int) -> bool:
        units, text = self.stream.units, self.stream.text
        return any(";" in text[units[n - 1].end : units[n].start] for n in range(max(a, 1), b + 1))

    def _is_adjacent(self, left: Mention, date: int) -> bool:
        """Only little words, a place in brackets or an issuer stand between title and date."""
        units, _items = self.stream.units, self.stream.items
        at, end = units[left.b - 1].b, units[date].a
        if at >= end:
            return True
        if left.kind == "number" and end - at <= 12 and phrase_at(self.stream, at, end, self.kit.heads["issuer_words"]):
            return True
        opened = any(units[n].opened for n in range(left.b, date + 1))
        if opened and end - at <= 4:
            return True
        while at < end:
            hit = phrase_at(self.stream, at, end, self.kit.heads["plain"])
            if not hit:
                return False
            at += hit[0]
        return True

    def _date_first(self, date: int, left: Mention | None, right: Mention | None) -> Claim | None:
        """ "Ngày 30/12/1999, hai nước ký Hiệp ước …", "Ngày 14/7/2010, ba văn kiện có hiệu lực"."""
        units = self.stream.units
        if right is None or units[date].opened or (left is not None and date in left.years):
            return None
        if any(d for d in self.dates if date < d < right.a) or self._semicolon(date + 1, right.a):
            return None
        if self._names_others(date + 1, right.a, pointing=True):
            return None
        # A year opens a sentence, or it is the year of something else.
        if units[date].code[0] == "#" and date > self.sentence.a + 1:
            return None
        before, place = self.role(self._start(date, left), date)
        if before == "other" or (before and (left is not None or self._names_others(self._start(date, left), date))):
            return None
        if left is not None and not (units[date].gap or self._is_clause_start(date)):
            return None
        role, _ = self.role(date + 1, right.a)
        length = units[right.a].a - units[date].b
        if role in ("signed", "in_force", "ratified", "ended") and length <= FAR_FIRST:
            return Claim(right, role, date, length <= FAR - 2)
        if role == "other" or left is not None:
            return None
        if before and place >= 0 and length <= 2 and not units[date].closed:
            return Claim(right, before, date, True)
        return self._verb_after(date, right, length)

    def _verb_after(self, date: int, right: Mention, length: int) -> Claim | None:
        stop = next((d for d in self.dates if d >= right.b), self.sentence.b)
        following = next((m.a for m in self.sentence.mentions if m.a >= right.b), self.sentence.b)
        end = min(stop, following, right.b + 8)
        role, _ = self.role(right.b, end)
        if role in ("in_force", "ended", "ratified", "signed") and length <= 4 and end < stop + 1:
            return Claim(right, role, date, stop == self.sentence.b)
        return None

    def _start(self, date: int, left: Mention | None) -> int:
        earlier = [d for d in self.dates if d < date]
        return max([self.sentence.a, *(d + 1 for d in earlier[-1:]), *([left.b] if left else [])])

    def _is_clause_start(self, date: int) -> bool:
        """A comma or "và" stands right before the date."""
        items, unit = self.stream.items, self.stream.units[date]
        before = items[unit.a - 1].folded if unit.a else ""
        return before in ("va", "con", "den")

    def _together(self, claim: Claim) -> Iterator[Claim]:
        """The records in a row before, where the text says that they share the date."""
        units = self.stream.units
        start, end = units[claim.mention.b - 1].b, units[claim.unit].a
        if not contains(self.stream, start, end, self.kit.heads["together"]):
            return
        for mention in self.subjects:
            if mention.b <= claim.mention.a and not any(mention.b <= d < claim.mention.a for d in self.dates):
                yield Claim(mention, claim.role, claim.unit, True)

    def _beside(self, claim: Claim) -> Iterator[Claim]:
        """Records in a row after the first, joined by commas and "và" only: they might share the date."""
        last = claim.mention
        for mention in self.subjects:
            if mention.a < last.b or mention is last:
                continue
            if any(last.b <= d < mention.a for d in self.dates) or mention.a - last.b > 2:
                return
            own = next((d for d in self.dates if d >= mention.b), None)
            if own is not None and own - mention.b <= 4:
                return
            yield Claim(mention, claim.role, claim.unit, False)
            last = mention

    def _in_turn(self) -> list[Claim]:
        """ "A và B lần lượt ký ngày … và …"."""
        units = self.stream.units
        days = [d for d in self.dates if units[d].code == "D"]
        if len(days) < 2 or len(days) != len(self.subjects) or self.subjects[-1].b > days[0]:
            return []
        a, b = units[self.subjects[-1].b - 1].b, units[days[-1]].a
        if not contains(self.stream, a, b, self.kit.heads["in_turn"]):
            return []
        role, _ = self.role(self.subjects[-1].b, days[0])
        if role in ("", "other"):
            return []
        return [Claim(m, role, d, True) for m, d in zip(self.subjects, days, strict=True)]

    def _heading(self, date: int, right: Mention | None) -> Iterator[Claim]:
        """ "Các văn kiện ký ngày … gồm: A; B; C" within one sentence."""
        units = self.stream.units
        role, _ = self.role(self._start(date, None), date)
        if right is None or role in ("", "other") or units[date].opened:
            return
        if not contains(self.stream, units[self.sentence.a].a, units[date].a, self.kit.heads["these"]):
            return
        between = self.stream.text[units[date].end : units[right.a].start]
        if ";" in between or not (":" in between or "gồm" in between):
            return
        for mention in self.subjects:
            own = next((d for d in self.dates if d >= mention.b), None)
            after = next((m.a for m in self.subjects if m.a >= mention.b), self.sentence.b)
            if mention.a > date and not (own is not None and own < after):
                yield Claim(mention, role, date, True)


def _pointing(reader: _Reader, parts: Sequence[Sentence], number: int) -> Iterator[Claim]:
    """Dates of a sentence that only points at records: those before it, or the list that follows."""
    sentence, stream, kit = reader.sentence, reader.stream, reader.kit
    if reader.subjects:
        return
    for date in reader.dates:
        role, _ = reader.role(reader._start(date, None), date)
        if role in ("", "other"):
            continue
        a, b = stream.units[sentence.a].a, stream.units[date].a
        targets = _before(stream, kit, parts, number, a, b) or _after(stream, kit, parts, number, a, b)
        yield from (Claim(mention, role, date, True) for mention in targets)


def _before(stream: Stream, kit: Kit, parts: Sequence[Sentence], number: int, a: int, b: int) -> list[Mention]:
    """ "Hiệp định này ký ngày …", "Ba văn kiện trên đều ký ngày …"."""
    for at in range(a, b):
        hit = phrase_at(stream, at, b, kit.heads["these"])
        if hit and phrase_at(stream, at + hit[0], b, kit.heads["pointing"]):
            earlier = [m for part in parts[max(0, number - 12) : number] for m in part.mentions if m.kind == "treaty"]
            count = _count(stream, kit, at)
            if count == 1:
                kind = stream.items[at].folded + stream.items[at + 1].folded
                same = (
                    [m for m in earlier if _kind_of(stream, m) == kind]
                    if kind not in ("vankien", "dieuuoc")
                    else earlier
                )
                near = [m for part in parts[max(0, number - 2) : number] for m in part.mentions if m.kind == "treaty"]
                return [m for m in same[-1:] if m in near]
            return earlier[-count:] if count and len(earlier) >= count else []
    return []


def _kind_of(stream: Stream, mention: Mention) -> str:
    unit = stream.units[mention.a]
    return "".join(item.folded for item in stream.items[unit.a : unit.b])


def _count(stream: Stream, kit: Kit, at: int) -> int:
    """How many records "ba văn kiện trên" points at: 3; one when no number is given; 0 for "các"."""
    items = stream.items
    for n in range(max(0, at - 2), at):
        if items[n].folded in ("cac", "nhung"):
            return 0
        if is_number(items[n].folded):
            return int(items[n].folded)
        if items[n].exact in kit.rules["counts"]:
            return kit.rules["counts"][items[n].exact]
    return 1


def _after(stream: Stream, kit: Kit, parts: Sequence[Sentence], number: int, a: int, b: int) -> list[Mention]:
    """ "Các văn kiện sau ký ngày …:" and a list, one record a line."""
    end = stream.units[parts[number].b - 1].end
    if not contains(stream, a, b, kit.heads["these"]) or not stream.text[end : end + 3].lstrip(" )*").startswith(":"):
        return []
    found: list[Mention] = []
    for part in parts[number + 1 : number + 25]:
        label = part.b - part.a == 1 and not part.mentions
        if label and part.line:
            continue
        listed = [m for m in part.mentions if m.kind in ("treaty", "number")]
        if not listed or (not part.line and not found and not label):
            if listed:
                found += listed[:1] if not part.dates else []
                continue
            break
        found += listed if not part.dates else []
    return found
