"""Titles against the records: another kind of instrument, cut short, unclear, badly spelled; sets."""

from __future__ import annotations

from collections.abc import Sequence

from macros.proofing.claims import Sentence
from macros.proofing.kit import Kit, contains, phrase_at
from macros.proofing.mentions import Mention, Setting
from macros.proofing.report import GOI_Y, SAI, XEM, Report
from macros.proofing.stream import Stream
from macros.vietnamese import is_syllable


def check(stream: Stream, kit: Kit, found: Sequence[Mention], seen: set[str], report: Report) -> None:
    """Reports titles that differ from the record's. ``seen``: records named earlier in the text."""
    for mention in found:
        if mention.kind in ("treaty", "document"):
            _title(stream, kit, mention, seen, report)
        seen.update(i for i in mention.ids if i)


def _place(stream: Stream, mention: Mention) -> tuple[int, int]:
    return stream.units[mention.a].start, stream.units[mention.b - 1].end


def _title(stream: Stream, kit: Kit, mention: Mention, seen: set[str], report: Report) -> None:
    start, end = _place(stream, mention)
    if len(mention.ids) > 1:
        if not seen.intersection(mention.ids):
            names = "; ".join(kit.records[i]["name"] for i in mention.ids)
            report.add(GOI_Y, start, end, "title_ambiguous", {"names": names}, id=mention.ids[0])
        return
    record_id = mention.ids[0]
    record = kit.records[record_id]
    _spelled(stream, kit, mention, report)
    values = {"title": record.get("title", ""), "expected": record.get("title", "")}
    if _period(stream, kit, mention, report):
        return
    if mention.loose:
        _loose(stream, kit, mention, values, report)
        return
    remark = kit.forms[mention.form][3].get(record_id)
    if remark:
        report.add(GOI_Y, start, end, "title_variant", values | {"remark": remark}, id=record_id)


def _loose(stream: Stream, kit: Kit, mention: Mention, values: dict[str, str], report: Report) -> None:
    start, end = _place(stream, mention)
    record_id = mention.ids[0]
    codes = [stream.units[n].code for n in mention.places]
    form = kit.forms[mention.form][0]
    kind = stream.units[mention.a]
    if form[0] != kind.code:
        labels = kit.rules["kind_labels"]
        body = [code for code in form[1:] if code[0] != "#"]
        exact = sorted(set(codes)) == sorted(set(body)) and not mention.context
        values |= {"right": labels[form[0]], "wrong": labels[kind.code], "expected": labels[form[0]]}
        fix = labels[form[0]] if stream.text[kind.start : kind.start + 1].isupper() else labels[form[0]].lower()
        level = SAI if exact else XEM
        report.add(level, kind.start, kind.end, "title_kind", values, kind="title_wrong", fix=fix, id=record_id)
    elif set(codes) <= {code for form in kit.forms if record_id in form[1] for code in form[0]}:
        report.add(GOI_Y, start, end, "title_short", values, id=record_id)
    elif not _only_slips(stream, kit, mention):
        report.add(GOI_Y, start, end, "title_loose", values, id=record_id)


def _only_slips(stream: Stream, kit: Kit, mention: Mention) -> bool:
    """Whether the words that the title lacks are no Vietnamese words at all."""
    own = {code for form in kit.forms if mention.ids[0] in form[1] for code in form[0]}
    strange = [stream.units[n] for n in mention.places if stream.units[n].code not in own]
    return all(not is_syllable(stream.items[unit.a].exact) for unit in strange)


def _spelled(stream: Stream, kit: Kit, mention: Mention, report: Report) -> None:
    """Words of a title with other diacritics than any of the record's spellings has."""
    if mention.loose or stream.bare or mention.form < 0:
        return
    for place, spellings in zip(mention.places, kit.forms[mention.form][2], strict=True):
        unit = stream.units[place]
        items = stream.items[unit.a : unit.b]
        right = spellings.split("|")
        if len(items) != 1 or items[0].kind != "word" or items[0].exact in right or len(right) > 1:
            continue
        if " " in right[0]:
            continue
        expected = like(stream.text[unit.start : unit.end], right[0])
        report.add(XEM, unit.start, unit.end, "spelling", {"expected": expected}, fix=expected, id=mention.ids[0])


def like(found: str, word: str) -> str:
    """``word`` with the capitals of ``found``."""
    if len(found) > 1 and found == found.upper():
        return word.upper()
    return word[:1].upper() + word[1:] if found[:1] != found[:1].lower() else word


def _period(stream: Stream, kit: Kit, mention: Mention, report: Report) -> bool:
    """ "giai đoạn 2021 - 2030" behind a title whose record has another period."""
    if len(mention.years) != 2:
        return False
    record_id = mention.ids[0]
    own = [form[0] for form in kit.forms if record_id in form[1]]
    periods = {tuple(code for code in codes if code[0] == "#") for codes in own}
    periods = {period for period in periods if len(period) == 2}
    a, b = (stream.units[n] for n in mention.years)
    if not periods or (a.code, b.code) in periods:
        return False
    shown = "; ".join(sorted(" - ".join(code[1:] for code in period) for period in periods))
    report.add(XEM, a.start, b.end, "title_period", {"expected": shown}, kind="title_wrong", id=record_id)
    return True


def check_sets(
    stream: Stream, kit: Kit, parts: Sequence[Sentence], setting: Setting, report: Report
) -> list[tuple[str, int, int]]:
    """Named sets ("03 văn kiện pháp lý"): members that do not belong, members left out. Gives their places."""
    places = []
    heads = {}
    for set_id, entry in kit.index["sets"].items():
        for phrase in entry["forms"]:
            heads.setdefault(phrase[0][1], []).append([phrase, set_id])
    for entries in heads.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    for part in parts:
        at, end = stream.units[part.a].a, stream.units[part.b - 1].b
        while at < end:
            hit = phrase_at(stream, at, end, heads)
            if hit and _is_about(stream, kit, part, hit[1][1], setting):
                a, b = stream.items[at].start, stream.items[at + hit[0] - 1].end
                places.append((hit[1][1], a, b))
                _members(stream, kit, part, hit[1][1], (at, a, b), report)
            at += hit[0] if hit else 1
    return places


def _is_about(stream: Stream, kit: Kit, part: Sentence, set_id: str, setting: Setting) -> bool:
    """The set's line is the one that the sentence, or else the text so far, speaks of."""
    named = {stream.units[n].code[1:] for n in range(part.a, part.b) if stream.units[n].code[0] == "@"} - {"vn"}
    parties = set(kit.index["sets"][set_id]["parties"])
    members = {i for m in part.mentions for i in m.ids} & set(kit.index["sets"][set_id]["members"])
    return bool(named & parties or members or (not named and setting.country in parties))


def _members(
    stream: Stream, kit: Kit, part: Sentence, set_id: str, place: tuple[int, int, int], report: Report
) -> None:
    entry = kit.index["sets"][set_id]
    listed = [m for m in part.mentions if stream.units[m.a].a > place[0] and m.kind == "treaty" and m.id]
    between = stream.text[place[2] : stream.units[listed[0].a].start] if listed else ""
    if not listed or not any(mark in between for mark in (":", "(", "gồm")) or ";" in between or "." in between:
        return
    closing = stream.text.find(")", place[2]) if "(" in between else -1
    listed = _row(stream, [m for m in listed if closing < 0 or stream.units[m.a].start < closing], entry["exactly"])
    ids = [m.ids[0] for m in listed]
    members = "; ".join(kit.records[i]["name"] for i in entry["members"])
    fact = {"source": entry["source"], "url": entry["url"]}
    values = {"name": entry["name"], "members": members, "expected": members, "exactly": f"{entry['exactly']:02d}"}
    for mention in listed:
        if mention.ids[0] not in entry["members"] and len(ids) <= entry["exactly"]:
            start, end = _place(stream, mention)
            other = kit.records[mention.ids[0]]["name"]
            level = SAI if not mention.loose else XEM
            report.add(
                level, start, end, "set_member", values | {"other": other}, kind="set_wrong", id=set_id, fact=fact
            )
    missing = [i for i in entry["members"] if i not in ids]
    # One of several may be a list that a page break cut.
    if missing and len(ids) > 1 and all(i in entry["members"] for i in ids):
        names = "; ".join(kit.records[i]["name"] for i in missing)
        report.add(
            XEM, place[1], place[2], "set_missing", values | {"missing": names}, kind="set_wrong", id=set_id, fact=fact
        )


def _row(stream: Stream, listed: list[Mention], most: int) -> list[Mention]:
    """The records in a row after "gồm:", as many as the set has at most."""
    row = listed[:1]
    for mention in listed[1:most]:
        between = stream.text[stream.units[row[-1].b - 1].end : stream.units[mention.a].start]
        if len(between) > 60:
            break
        row.append(mention)
    return row


def check_status(
    stream: Stream, kit: Kit, parts: Sequence[Sentence], setting: Setting, told: set[str], report: Report
) -> None:
    """Records that are replaced, expired, over, not yet in force or not verified; each once a text."""
    for part in parts:
        for mention in part.mentions:
            record_id = mention.id
            status = kit.records.get(record_id or "", {}).get("status")
            if status and record_id not in told:
                _status(stream, kit, part, mention, setting, told, report)


def _status(
    stream: Stream, kit: Kit, part: Sentence, mention: Mention, setting: Setting, told: set[str], report: Report
) -> None:
    record_id = mention.ids[0]
    record = kit.records[record_id]
    status = record["status"]
    start, end = _place(stream, mention)
    a, b = stream.units[part.a].a, stream.units[part.b - 1].b
    values = {"name": record["name"], "label": status["label"], "expected": status["label"], "year": setting.year}
    values |= {"note": f" {status['note']}" if status["note"] else "", "heirs": ""}
    common = {"kind": "status", "id": record_id, "fact": status}
    if status["value"] == "chua_hieu_luc":
        if contains(stream, a, b, kit.heads["mark_in_force"]):
            report.add(XEM, start, end, "not_in_force", values, **common)
            told.add(record_id)
        return
    told.add(record_id)
    if status["value"] == "chua_kiem_chung":
        report.add(GOI_Y, start, end, "unverified", values, **common)
        return
    if any(contains(stream, a, b, kit.heads[name]) for name in ("past", "looking_back")):
        return
    if status["heirs"]:
        names = "; ".join(kit.records[i]["name"] for i in status["heirs"])
        values["heirs"] = report.say("heirs", {"names": names})
    if setting.year and status["until"] and setting.year <= status["until"]:
        if status["value"] != "het_giai_doan":
            report.add(GOI_Y, start, end, "status_old", values, **common)
        return
    report.add(XEM, start, end, "status", values, **common)
