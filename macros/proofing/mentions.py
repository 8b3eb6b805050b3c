"""Who is named where: treaties, laws, events and numbered documents in a stretch of text.

A title is found in the tree of forms, with names of countries and little words between its words.
What the tree does not know is compared by its words with all titles of treaties. Which record a
form with several bearers means is settled by the parties named, the year, and the line that the
text is about; where that does not settle it, the mention keeps all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from macros.proofing.kit import Kit, phrase_at
from macros.proofing.stream import CLAUSE, COMMA, SENTENCE, Stream, Unit, loose_key

ENOUGH = 1350
"""Of 2000: share of the text's words in the title plus share of the title's words in the text."""
QUALIFIERS = ("quoc_gia", "song_phuong")
"""What may stand at the end of a title that is short of it."""
OTHER_KIND = 250
"""What a title loses when the text calls it by another kind of instrument."""


@dataclass(slots=True)
class Mention:
    """One place where a record, or one of several, is named. ``a:b`` are units."""

    kind: str
    ids: list[str]
    a: int
    b: int
    core: int
    """End of the title itself, before the parties and the year that follow it."""
    form: int = -1
    loose: bool = False
    """Found by comparing words, not in the tree."""
    explicit: frozenset[str] = frozenset()
    years: list[int] = field(default_factory=list)
    """Units of the years right after the title."""
    places: list[int] = field(default_factory=list)
    """Units of the title's words."""
    context: bool = False
    """Settled only by the line that the text is about."""

    @property
    def id(self) -> str | None:
        return self.ids[0] if len(self.ids) == 1 else None


@dataclass(slots=True)
class Setting:
    """What is known before a stretch of text begins and is handed on to the next."""

    country: str = ""
    """The last country named, besides Việt Nam."""
    year: int = 0
    """The year the text itself bears, or 0."""
    as_of: int = 0


def find(stream: Stream, kit: Kit, setting: Setting) -> list[Mention]:
    """All mentions in order; none overlaps another. Moves ``setting.country`` on."""
    units = stream.units
    before, after = _countries(units, setting)
    found: list[Mention] = []
    at = 0
    while at < len(units):
        mention = _at(stream, kit, at)
        if mention and mention.kind != "number":
            _settle(mention, kit, units, before[at], after[at])
        if mention and mention.ids and found and _belongs(units, found[-1], mention, kit):
            found[-1].b = at = mention.b
        elif mention and mention.ids:
            found.append(mention)
            at = mention.b
        else:
            at += 1
    return found


def _belongs(units: Sequence[Unit], before: Mention, mention: Mention, kit: Kit) -> bool:
    """ "Công ước 1982 về Luật Biển": what looks like a law is the end of the treaty's name."""
    if mention.kind != "document" or before.kind != "treaty" or mention.a - before.b > 1:
        return False
    return all(not unit.gap for unit in units[before.b : mention.a + 1]) and (
        mention.a == before.b or units[before.b].code in kit.fillers
    )


def _at(stream: Stream, kit: Kit, at: int) -> Mention | None:
    unit = stream.units[at]
    if unit.code == "N":
        return _number(stream, kit, at)
    mention = _in_tree(stream, kit, at)
    if mention is None and unit.code in kit.rules["kind_labels"]:
        mention = _by_words(stream, kit, at)
    return mention


def _number(stream: Stream, kit: Kit, at: int) -> Mention:
    match = stream.items[stream.units[at].a].match
    known = kit.index["numbers"].get(match.value)
    ids = known or (kit.index["loose"].get(loose_key(match), []) if match.form.startswith(("type-", "number-")) else [])
    return Mention("number", list(ids) or [""], at, at + 1, at + 1, loose=not known)


def _countries(units: Sequence[Unit], setting: Setting) -> tuple[list[str], list[str]]:
    """For each unit the last country before it and the next one after it in its sentence."""
    before, after = [], [""] * len(units)
    for unit in units:
        before.append(setting.country)
        if unit.code.startswith("@") and unit.code not in ("@vn", "@xx"):
            setting.country = unit.code[1:]
    coming = ""
    for n in range(len(units) - 1, -1, -1):
        after[n] = coming
        if units[n].gap == SENTENCE:
            coming = ""
        if units[n].code.startswith("@") and units[n].code not in ("@vn", "@xx"):
            coming = units[n].code[1:]
            after[n] = coming
    return before, after


def _in_tree(stream: Stream, kit: Kit, at: int) -> Mention | None:
    units, node, n = stream.units, kit.root, at
    best: Mention | None = None
    explicit: set[str] = set()
    places: list[int] = []
    while n < len(units) and not (n > at and _breaks(units[n])):
        code = units[n].code
        if code in node.next:
            node = node.next[code]
            places.append(n)
            n += 1
            if node.form >= 0:
                ids = list(kit.forms[node.form][1])
                kind = kit.records[ids[0]]["type"]
                best = Mention(kind, ids, at, n, n, node.form, False, frozenset(explicit), [], list(places))
        elif n > at and _may_pass(units, code, at, n, kit):
            if code.startswith("@"):
                explicit.add(code[1:])
            n += 1
        else:
            break
    return _finish(stream, kit, best) if best else None


def _may_pass(units: Sequence[Unit], code: str, at: int, n: int, kit: Kit) -> bool:
    """Countries and little words; but "luật về biển" is no name of a law."""
    return code.startswith("@") or (code in kit.fillers and (units[at].code[0] == "%" or n > at + 1))


def _breaks(unit: Unit) -> bool:
    return unit.gap >= CLAUSE or (unit.gap == COMMA and unit.code.startswith("%"))


def _finish(stream: Stream, kit: Kit, mention: Mention) -> Mention | None:
    form = kit.forms[mention.form]
    first = stream.units[mention.a]
    if form[5]:
        written = stream.text[first.start : first.end]
        if not written.isascii() or written != written.upper():
            return None
    _tail(stream, kit, mention)
    if form[4] and not _is_whole(stream, kit, mention):
        return None
    return mention


def _tail(stream: Stream, kit: Kit, mention: Mention) -> None:
    """Takes in the parties and the year that follow a title."""
    units, n = stream.units, mention.b
    explicit = set(mention.explicit)
    while n < len(units) and units[n].gap < CLAUSE:
        code = units[n].code
        if code.startswith("@"):
            explicit.add(code[1:])
            mention.b = n + 1
        elif code.startswith("#") and units[n].gap == 0 and len(mention.years) < 2 and _touches(units, mention, n):
            mention.years.append(n)
            mention.b = n + 1
        elif code in QUALIFIERS and n == mention.b:
            mention.b = n + 1
        elif code not in kit.fillers:
            break
        n += 1
    mention.explicit = frozenset(explicit)


def _touches(units: Sequence[Unit], mention: Mention, n: int) -> bool:
    """A year counts only right behind the title or behind "giai đoạn"."""
    return n == mention.b or (n == mention.b + 1 and units[n - 1].code == "giai_doan")


def _is_whole(stream: Stream, kit: Kit, mention: Mention) -> bool:
    """Whether a short form ends where it ends, and is not the beginning of some other title."""
    units = stream.units
    if mention.b >= len(units):
        return True
    after = units[mention.b]
    if after.gap or after.opened or after.closed or after.code in ("D", "N") or after.code[0] in "#%":
        return True
    if phrase_at(stream, after.a, len(stream.items), kit.heads["stops"]):
        return True
    item = stream.items[after.a]
    if stream.same(item, "và", "va") or stream.same(item, "với", "voi"):
        following = units[mention.b + 1] if mention.b + 1 < len(units) else None
        return following is None or following.code[0] in "%N" or bool(mention.explicit) or mention.years != []
    # "… giữa Việt Nam và Lào về hợp tác lao động": the parties must come last to end the name.
    ended = mention.b > mention.core and bool(mention.explicit - {"vn"} or mention.years)
    return ended and not stream.same(item, "về", "ve")


def _phrase(stream: Stream, kit: Kit, at: int) -> tuple[list[int], set[str], int]:
    """The words after a kind of instrument: units of content words, countries, end."""
    units, content, explicit = stream.units, [], set()
    n, end = at + 1, at + 1
    while n < len(units) and n < at + 30 and not units[n].gap >= CLAUSE and units[n].code[0] not in "%DN":
        unit = units[n]
        if unit.closed and not any(u.opened for u in units[at + 1 : n]):
            break
        if unit.code.startswith("@"):
            explicit.add(unit.code[1:])
            end = n + 1
        elif unit.code[0] == "#":
            if n > end:
                break
            content.append(n)
            end = n + 1
        elif unit.code not in kit.fillers:
            if phrase_at(stream, unit.a, len(stream.items), kit.heads["stops"]) or unit.opened:
                break
            content.append(n)
            end = n + 1
        n += 1
    return content, explicit, end


def _by_words(stream: Stream, kit: Kit, at: int) -> Mention | None:
    """The treaty whose title has most of the words that follow, by weight; or None."""
    units = stream.units
    content, explicit, end = _phrase(stream, kit, at)
    codes = sorted({units[n].code for n in content})
    if len(codes) < 2:
        return None
    scores: dict[str, tuple[int, int]] = {}
    total = kit.weight(codes)
    for number in kit.titles:
        value = _score(kit, number, units[at].code, codes, total)
        for record_id in kit.forms[number][1] if value else ():
            if kit.records[record_id]["type"] == "treaty" and _agrees(kit, record_id, explicit):
                scores[record_id] = max(scores.get(record_id, (0, 0)), (value, -number))
    ranked = sorted(scores.items(), key=lambda entry: (-entry[1][0], entry[0]))
    if not ranked or ranked[0][1][0] < ENOUGH:
        return None
    best = [record_id for record_id, score in ranked if score[0] >= ranked[0][1][0] - 60]
    mention = Mention("treaty", best, at, end, end, -ranked[0][1][1], True, frozenset(explicit), [], content)
    _tail(stream, kit, mention)
    return mention


def _score(kit: Kit, number: int, kind: str, codes: Sequence[str], total: int) -> int:
    form = kit.forms[number][0]
    body = {code for code in form if code[0] != "%"}
    common = [code for code in codes if code in body]
    if len(common) < 2 or (kind in kit.rules["common_kinds"] and len(common) < 4):
        return 0
    shared = kit.weight(common)
    score = 1000 * shared // total + 1000 * shared // kit.weight(sorted(body))
    if form[0] != kind:
        score -= OTHER_KIND
        if len(common) < 3 or shared * 10 < total * 9:
            return 0
    return score if shared * 10 >= total * 6 else 0


def _agrees(kit: Kit, record_id: str, explicit: set[str] | frozenset[str]) -> bool:
    """Whether all countries named are parties to the record."""
    named = explicit - {"vn"}
    return not named or named <= set(kit.records[record_id].get("parties", named))


def _settle(mention: Mention, kit: Kit, units: Sequence[Unit], before: str, after: str) -> None:
    """Narrows the candidates down by parties, year and line; empties them where none fits."""
    ids = [record_id for record_id in mention.ids if _agrees(kit, record_id, mention.explicit)]
    named = mention.explicit - {"vn"}
    if len(ids) > 1 and named:
        full = [i for i in ids if named >= set(kit.records[i].get("parties", ()))]
        ids = full or ids
    if len(ids) > 1 and len(mention.years) == 1:
        year = int(units[mention.years[0]].code[1:])
        ids = [i for i in ids if _in_year(kit, i, year)] or ids
    needs = (mention.form >= 0 and bool(kit.forms[mention.form][4])) or mention.loose
    if not named and (len(ids) > 1 or needs):
        for country in (before, after):
            near = [i for i in ids if not country or country in kit.records[i].get("parties", (country,))]
            if country and near:
                mention.context = len(near) < len(ids)
                ids = near
                break
        else:
            ids = ids if not before or not needs else [i for i in ids if not kit.records[i].get("parties")]
    mention.ids = ids


def _in_year(kit: Kit, record_id: str, year: int) -> bool:
    date = kit.records[record_id].get("dates", {}).get("signed")
    return bool(date) and any(low // 10000 <= year <= high // 10000 for low, high in date["spans"])
