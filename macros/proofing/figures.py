"""Figures with a unit against the records of the line that the sentence is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from macros.proofing.claims import Sentence
from macros.proofing.kit import Kit, contains, phrase_at
from macros.proofing.mentions import Setting
from macros.proofing.report import GOI_Y, SAI, XEM, Report
from macros.proofing.stream import Stream

_NUMBER = re.compile("(?<![0-9A-Za-z.,/-])([0-9]{1,3}(?:\\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?(?![0-9/]|[.,][0-9])")
LINES = {"cn": "vn-cn", "la": "vn-la", "kh": "vn-kh"}
MARKERS = ("marker", "both", "main", "minor", "post", "place")
SOME = 5
"""Percent that "khoảng", "hơn" and "gần" may be off."""


@dataclass(slots=True)
class Quantity:
    """A number with its unit. ``at:end`` are items, the number and its unit together."""

    value: float
    unit: str
    at: int
    end: int
    start: int
    stop: int
    about: str


def check(stream: Stream, kit: Kit, parts: Sequence[Sentence], setting: Setting, report: Report) -> None:
    """Reports figures that differ from the library's, or are said of the wrong line or thing."""
    heads: dict[str, list[Any]] = {}
    for unit, phrases in kit.rules["units"].items():
        for phrase in phrases:
            heads.setdefault(phrase[0][1], []).append([phrase, unit])
    for entries in heads.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    country = setting.country
    for part in parts:
        lines, country = _lines(stream, part, country)
        for quantity in _quantities(stream, kit, part, heads):
            report.figures += 1
            _compare(stream, kit, part, quantity, lines, report)


def _lines(stream: Stream, part: Sentence, country: str) -> tuple[list[str], str]:
    """The lines that a sentence names, else the one that the text spoke of before."""
    named = []
    for n in range(part.a, part.b):
        code = stream.units[n].code
        if code[0] == "@" and code not in ("@vn", "@xx"):
            country = code[1:]
            if LINES.get(country) and LINES[country] not in named:
                named.append(LINES[country])
    return named or ([f"~{LINES[country]}"] if country in LINES else []), country


def _quantities(stream: Stream, kit: Kit, part: Sentence, heads: dict[str, list[Any]]) -> Iterator[Quantity]:
    items, text = stream.items, stream.text
    first, last = stream.units[part.a].a, stream.units[part.b - 1].b
    by_start = {items[n].start: n for n in range(first, last)}
    for match in _NUMBER.finditer(text, items[first].start):
        if match.end() > items[last - 1].end:
            break
        at = by_start.get(match.start())
        if at is None or items[at].kind != "word":
            continue
        end = at
        while end < last and items[end].end <= match.end():
            end += 1
        unit, end, stop = _unit(stream, heads, end, last, match.end())
        if unit:
            value = float(match[1].replace(".", "") + ("." + match[2] if match[2] else ""))
            yield Quantity(value, unit, at, end, match.start(), stop, _about(stream, kit, first, at))


def _unit(stream: Stream, heads: dict[str, list[Any]], end: int, last: int, stop: int) -> tuple[str, int, int]:
    text = stream.text
    if text[stop : stop + 1] == "%" or text[stop : stop + 2] == " %":
        return "%", end, text.index("%", stop) + 1
    hit = phrase_at(stream, end, last, heads)
    if not hit or stream.items[end].gap:
        return "", end, stop
    unit = hit[1][1]
    if unit == "km" and text[stream.items[end].end : stream.items[end].end + 1] in ("\u00b2", "2"):
        unit = "km2"
    return unit, end + hit[0], stream.items[end + hit[0] - 1].end


def _about(stream: Stream, kit: Kit, first: int, at: int) -> str:
    """The kind of approximation said right before a number."""
    for group, phrases in kit.rules["approx"].items():
        for phrase in phrases:
            start = at - len(phrase)
            if start >= first and phrase_at(stream, start, at, {phrase[0][1]: [phrase]}):
                return group
    return ""


def _compare(
    stream: Stream, kit: Kit, part: Sentence, quantity: Quantity, lines: Sequence[str], report: Report
) -> None:
    known = [f for f in kit.index["figures"] if f["value"] is not None]
    sure = [line for line in lines if line[0] != "~"]
    names = [line.lstrip("~") for line in lines]
    a, b = stream.units[part.a].a, stream.units[part.b - 1].b
    own = [f for f in known if f["line"] in names and _same_unit(f["unit"], quantity.unit)]
    exact = [f for f in own if _fits(quantity, f["value"]) and f["unit"] == quantity.unit]
    if exact:
        _approximate(quantity, _pick(stream, kit, exact, a, b), report)
        return
    other_unit = [f for f in own if f["value"] == quantity.value]
    if other_unit:
        figure = other_unit[0]
        values = {"expected": figure["show"], "label": _lower(figure["label"]), "basis": figure["basis"]}
        # "1.002 mốc" for markers and posts together is short rather than wrong.
        level = GOI_Y if (quantity.unit, figure["unit"]) == ("marker", "both") else XEM
        report.add(
            level, quantity.start, quantity.stop, "figure_unit", values, kind="figure", id=figure["id"], fact=figure
        )
        return
    if len(sure) > 1:
        return
    _of_another(stream, kit, quantity, known, own, bool(sure), (a, b), report)


def _of_another(
    stream: Stream,
    kit: Kit,
    quantity: Quantity,
    known: Sequence[dict[str, Any]],
    own: Sequence[dict[str, Any]],
    sure: bool,
    place: tuple[int, int],
    report: Report,
) -> None:
    """The number is an old one of this line, another line's, or simply another."""
    if _is_of_part(stream, kit, quantity, place):
        return
    meant = _meant(stream, kit, quantity, own, place)
    for figure in own:
        for value, why in figure["others"]:
            same = figure["unit"] == quantity.unit and (value == quantity.value or _fits(quantity, value))
            if same and contains(stream, *place, kit.heads["past"]):
                return
            if same and (meant is None or meant["id"] == figure["id"]):
                _add(report, XEM, quantity, "figure_old", figure, why=why)
                return
    distinct = quantity.value >= 100 or quantity.unit == "%"
    strangers = [f for f in known if f not in own and f["unit"] == quantity.unit and f["value"] == quantity.value]
    if strangers and distinct and own and quantity.unit != "%":
        tail = report.say("figure_own", {"expected": meant["show"]}) if meant else ""
        _add(
            report,
            SAI if sure else XEM,
            quantity,
            "figure_line",
            strangers[0],
            own=tail,
            expected=meant["show"] if meant else "",
        )
        return
    if meant is not None:
        near = abs(quantity.value - meant["value"]) * 100 <= meant["value"] * 20
        level = SAI if sure and near and meant["level"] in ("high", "medium") and not meant["others"] else XEM
        _add(report, level, quantity, "figure_wrong", meant)


def _add(report: Report, level: str, quantity: Quantity, key: str, figure: dict[str, Any], **more: str) -> None:
    values = {
        "expected": figure["show"],
        "label": figure["label"],
        "basis": figure["basis"],
        "why": "",
        "own": "",
    } | more
    if key == "figure_line":
        values["label"] = _lower(figure["label"])
    report.add(level, quantity.start, quantity.stop, key, values, kind="figure", id=figure["id"], fact=figure)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _same_unit(one: str, two: str) -> bool:
    return one == two or (one in MARKERS and two in MARKERS)


def _fits(quantity: Quantity, value: float) -> bool:
    """Equal, or as near as the word before the number allows."""
    found = quantity.value
    if found == value:
        return True
    near = abs(found - value) * 100 <= value * SOME
    if quantity.about == "about":
        return near
    if quantity.about == "more":
        return near and found <= value
    if quantity.about == "less":
        return near and found >= value
    # A length is often given without its decimals.
    return quantity.unit in ("km", "km2") and found == int(value + 0.5) and found >= 100


def _approximate(quantity: Quantity, figure: dict[str, Any], report: Report) -> None:
    if figure["approximate"] and not quantity.about and quantity.value == figure["value"]:
        values = {"expected": figure["show"]}
        report.add(
            GOI_Y, quantity.start, quantity.stop, "figure_about", values, kind="figure", id=figure["id"], fact=figure
        )


def _is_of_part(stream: Stream, kit: Kit, quantity: Quantity, place: tuple[int, int]) -> bool:
    """Whether a length or number may be of a province, a stretch or the like."""
    if quantity.unit == "%":
        return False
    if any(stream.items[n].folded == "truoc" for n in range(max(place[0], quantity.at - 3), quantity.at)):
        return True
    return contains(stream, max(place[0], quantity.at - 14), min(place[1], quantity.end + 8), kit.heads["part_words"])


def _pick(stream: Stream, kit: Kit, figures: Sequence[dict[str, Any]], a: int, b: int) -> dict[str, Any]:
    for figure in figures:
        topic = figure["topic"]
        if topic and contains(stream, a, b, kit.heads[f"{topic}_words"]):
            return figure
    return figures[0]


def _meant(
    stream: Stream, kit: Kit, quantity: Quantity, own: Sequence[dict[str, Any]], place: tuple[int, int]
) -> dict[str, Any] | None:
    """The figure that the sentence must mean, or None where several could be meant."""
    a, b = place
    near_a, near_b = max(a, quantity.at - 12), min(b, quantity.end + 12)
    figures = [f for f in own if f["unit"] == quantity.unit and not f["part"]]
    if quantity.unit == "km":
        if not contains(stream, near_a, near_b, kit.heads["length_words"]):
            return None
        if contains(stream, near_a, near_b, kit.heads["demarcation_words"]):
            figures = [f for f in figures if f["topic"] == "demarcation"]
        else:
            figures = [f for f in figures if not f["topic"]]
    elif quantity.unit == "%":
        work = ("demarcation_words", "delimitation_words")
        if not any(contains(stream, near_a, near_b, kit.heads[name]) for name in work):
            return None
        figures = [
            f for f in figures if f["topic"] and contains(stream, near_a, near_b, kit.heads[f"{f['topic']}_words"])
        ]
        figures = _by_topic(stream, kit, figures, near_a, near_b, quantity)
    return figures[0] if len(figures) == 1 else None


def _by_topic(
    stream: Stream, kit: Kit, figures: Sequence[dict[str, Any]], a: int, b: int, quantity: Quantity
) -> list[dict[str, Any]]:
    """Of several percentages the one whose word stands nearest behind the number, then before it."""
    best: list[tuple[int, str, dict[str, Any]]] = []
    for figure in figures:
        heads = kit.heads[f"{figure['topic']}_words"]
        places = [n for n in range(a, b) if phrase_at(stream, n, b, heads)]
        distance = min((n - quantity.end if n >= quantity.end else (quantity.at - n) * 2) for n in places)
        # "còn lại" decides over the work that remains.
        best.append((distance - (100 if figure["topic"] == "remaining" else 0), figure["id"], figure))
    return [min(best, key=lambda entry: entry[:2])[2]] if best else []
