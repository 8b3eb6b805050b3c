"""A new guidance document as draft YAML for the editor: what it names, what the library lacks.

The draft is a worksheet, not data: what a person has to write (what is asked, in our own words) is
left empty, and nothing is filled in that the document does not print. No sentence is copied; titles,
numbers and dates are, exactly, each with its place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from macros.model import Library
from macros.proofing.engine import Result, pieces, proof
from macros.proofing.kit import Kit
from macros.proofing.mentions import Setting, find
from macros.proofing.sections import Outline
from macros.proofing.stream import CLAUSE, read
from macros.vietnamese import find_dates, find_numbers, fold

HEAD = 1500
LINES = ("vn-cn", "vn-la", "vn-kh", "bien")
_ABOUT = re.compile(
    "^[ ,]*(?:ngày [0-9/.]+|ngày [0-9]+ tháng [0-9]+ năm [0-9]+)?[ ,]*"
    "(?:của (?P<issuer>[^,;.()]+?))?[ ,]*"
    "(?:(?:về việc|về|V/v) (?P<about>[^;.()]+)|(?P<act>(?:ban hành|phê duyệt|quy định|hướng dẫn) [^;.()]+))?"
    "(?:[;.()]|$)"
)
_TYPES = {"NQ": "nghi_quyet", "QĐ": "quyet_dinh", "NĐ": "nghi_dinh", "TT": "thong_tu", "CT": "chi_thi"}
_TYPES |= {"KL": "ket_luan", "KH": "ke_hoach", "HD": "huong_dan", "CV": "cong_van", "CTr": "chuong_trinh"}
_TYPES |= {"TB": "thong_bao", "QC": "quy_che"}
HEADER = """\
# Bản nháp đọc từ tệp “{name}” bằng lệnh cotmoc new --from. CHƯA PHẢI DỮ LIỆU.
# Xem từng mục, đối chiếu với văn bản gốc, viết chỗ trống bằng lời của mình, rồi chép sang thư mục data/.
# Chỗ ghi null: văn bản không ghi, hoặc máy chưa đọc được. Số dòng là dòng trong bản chữ đã đọc.
"""
PARTS = {
    "nguon": "Nguồn mới (data/sources.yaml) và văn bản mới (data/documents.yaml). Đặt lại id cho đúng nếp.",
    "da_co": "Bản ghi của thư viện mà văn bản nêu tên, và chỗ nêu. Đối chiếu lại từng chỗ.",
    "van_ban_chua_co": "Văn bản có số mà thư viện chưa có (data/documents.yaml).",
    "dieu_uoc_chua_ro": "Tên điều ước, thỏa thuận mà máy chưa nhận ra là bản ghi nào.",
    "huong_dan": "Hướng dẫn theo tuyến (mục guidance của data/topics.yaml). Điền chủ đề và việc cần làm.",
    "can_xem": "Chỗ bộ soát cho là sai hoặc nên xem lại trong chính văn bản này.",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What the document says of itself."""

    number: str | None
    kind: str | None
    date: str | None
    title: str | None


def draft(text: str, name: str, library: Library, kit: Kit) -> str:
    """The draft YAML for one document, with the comments that tell the editor what to do."""
    result = proof(text, kit)
    outline = Outline(text)
    head = _head(text)
    source_id = _slug(f"nguon-{name.rpartition('.')[0] or name}")
    parts: dict[str, Any] = {
        "nguon": _source(text, head, result, source_id),
        "da_co": _recognised(result, outline, kit),
        "van_ban_chua_co": _unknown(text, result, outline, source_id, head.number),
        "dieu_uoc_chua_ro": _unresolved(text, outline, kit),
        "huong_dan": _guidance(result, outline, kit, source_id, _year(head, result)),
        "can_xem": _findings(result, outline),
    }
    return HEADER.format(name=name) + "".join(_part(key, parts[key]) for key in PARTS)


def _part(key: str, value: Any) -> str:
    body = yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=110)
    return f"\n# {PARTS[key]}\n{body}"


def _slug(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", fold(text)).strip("-")[:80].strip("-")


def _head(text: str) -> Head:
    """Number, date and title at the top of the document; None where it prints none."""
    top = text[:HEAD]
    lines = top.split("\n")
    number = next((m for m in find_numbers(top) if m.form.startswith("written") and _is_own(top, m.start)), None)
    dates = [m for m in find_dates(top) if m.precision in ("day", "month") and "tháng" in top[m.start : m.end]]
    title, kind = _title(lines)
    shown = top[number.start : number.end] if number else None
    return Head(_number(shown), kind, dates[0].value if dates else None, title)


def _is_own(top: str, start: int) -> bool:
    """A number that opens its line ("Số: …") is the document's own."""
    before = top[top.rfind("\n", 0, start) + 1 : start]
    return fold(before).strip(" *:_") in ("", "so")


def _number(shown: str | None) -> str | None:
    match = re.search("[0-9].*", shown or "")
    return match[0].strip() if match else None


_HEADINGS = {"ke hoach": "ke_hoach", "huong dan": "huong_dan", "thong bao": "thong_bao", "chi thi": "chi_thi"}
_HEADINGS |= {"quyet dinh": "quyet_dinh", "nghi quyet": "nghi_quyet", "chuong trinh": "chuong_trinh"}


def _title(lines: list[str]) -> tuple[str | None, str | None]:
    """The lines under the kind of document in capitals, or after "V/v"."""
    plain = [line.strip(" *#_\r") for line in lines]
    for at, line in enumerate(plain):
        kind = _HEADINGS.get(fold(line))
        if line.lower().startswith("v/v"):
            return _joined(plain, at).removeprefix("V/v ").removeprefix("v/v "), "cong_van"
        if kind and line == line.upper():
            return _joined(plain, at + 1) or None, kind
    return None, None


def _joined(lines: list[str], at: int) -> str:
    """A title over several lines, up to the first long line or, after a start, two empty ones."""
    found: list[str] = []
    empty = 0
    for line in lines[at : at + 8]:
        empty = 0 if line else empty + 1
        if len(line) > 120 or line.startswith(("Thực hiện", "Căn cứ", "Kính gửi")) or (found and empty > 1):
            break
        if line:
            found.append(line)
    return " ".join(found)


def _year(head: Head, result: Result) -> int | None:
    """The year in the title, which may be the one after that of the letter."""
    years = [int(m.value) for m in find_dates(head.title or "") if m.precision == "year"]
    return years[-1] if years else result.year or None


def _source(text: str, head: Head, result: Result, source_id: str) -> dict[str, Any]:
    return {
        "sources": [
            {
                "id": source_id,
                "kind": "guidance",
                "title": head.title,
                "publisher": None,
                "date": head.date,
                "language": "vi",
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
            }
        ],
        "documents": [
            {
                "id": None,
                "kind": head.kind,
                "number": head.number,
                "title": head.title,
                "title_basis": f"theo [[{source_id}]]",
                "issuer": None,
                "guides_year": _year(head, result),
            }
        ],
    }


def _place(outline: Outline, start: int) -> dict[str, Any]:
    return {"locator": outline.at(start).locator(), "line": outline.line(start)}


def _recognised(result: Result, outline: Outline, kit: Kit) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entry in sorted(result.named, key=lambda item: (item.start, item.id)):
        record = found.setdefault(entry.id, {"id": entry.id, "name": kit.records[entry.id]["name"], "places": []})
        place = _place(outline, entry.start)
        if place not in record["places"]:
            record["places"].append(place)
    return [found[key] for key in sorted(found)]


def _unknown(text: str, result: Result, outline: Outline, source_id: str, own: str | None) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item in (item for item in result.unknown if item["found"] != own):
        match = next(iter(find_numbers(text[max(0, item["start"] - 30) : item["end"]])[-1:]), None)
        about = _ABOUT.match(" ".join(text[item["end"] : item["end"] + 400].split()))
        place = _place(outline, item["start"])
        issued = item["date"] or None
        entry = {
            "id": _slug(f"{item['found']}"),
            "kind": _TYPES.get(match.type or "") if match else None,
            "number": item["found"],
            "title": _printed(about, "about") or _printed(about, "act"),
            "title_basis": f"theo [[{source_id}]], {place['locator']}",
            "issuer_name": _printed(about, "issuer"),
            "issued": {"value": issued, "sources": [{"source": source_id, "locator": place["locator"]}]},
            "line": place["line"],
        }
        known = found.setdefault(item["found"], entry)
        for key in ("title", "issuer_name"):
            known[key] = known[key] or entry[key]
        known["issued"] = known["issued"] if known["issued"]["value"] else entry["issued"]
    return [found[key] for key in sorted(found)]


def _printed(match: re.Match[str] | None, group: str) -> str | None:
    return match[group].strip() if match and match[group] else None


def _unresolved(text: str, outline: Outline, kit: Kit) -> list[dict[str, Any]]:
    """Phrases that begin with a kind of instrument in capitals and are no record of ours."""
    found: list[dict[str, Any]] = []
    setting = Setting(as_of=int(kit.index["as_of"][-4:]))
    for start, end in pieces(text):
        stream = read(text[start:end], kit.index["loose"], kit.rules["canon"])
        named = find(stream, kit, setting)
        taken = {n for mention in named for n in range(mention.a, mention.b)}
        taken |= {m.a for m in named if len(m.ids) == 1}
        for n, unit in enumerate(stream.units):
            first = stream.text[unit.start : unit.start + 1]
            if n in taken or unit.code not in kit.rules["kind_labels"] or first == first.lower():
                continue
            last = _phrase_end(stream, n)
            phrase = " ".join(stream.text[unit.start : stream.units[last].end].split())
            if last - n >= 3 and not any(item["found"] == phrase for item in found):
                found.append({"found": phrase, **_place(outline, start + unit.start)})
    return found


def _phrase_end(stream: Any, at: int) -> int:
    """The last unit of a phrase: up to the end of the clause or an opening bracket."""
    last = at
    for n in range(at + 1, min(len(stream.units), at + 40)):
        unit = stream.units[n]
        if unit.gap >= CLAUSE or unit.opened or unit.code in ("D", "N"):
            break
        last = n
    return last


def _guidance(result: Result, outline: Outline, kit: Kit, source_id: str, year: int | None) -> list[dict[str, Any]]:
    """One entry for each section and line whose records it names; what is asked is left to a person."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for entry in sorted(result.named, key=lambda item: (item.start, item.id)):
        section = outline.at(entry.start)
        for line in _lines(kit, entry.id):
            key = (section.start, line)
            item = found.setdefault(
                key,
                {
                    "topic": None,
                    "source": source_id,
                    "locator": section.locator(),
                    "year": year,
                    "asks": None,
                    "lines": [line],
                    "names": [],
                },
            )
            if entry.id not in item["names"]:
                item["names"].append(entry.id)
    return [found[key] for key in sorted(found)]


def _lines(kit: Kit, record_id: str) -> Iterable[str]:
    record = kit.records[record_id]
    return [line for line in LINES if record["type"] == "treaty" and line in record.get("lines", ())]


def _findings(result: Result, outline: Outline) -> list[dict[str, Any]]:
    return [
        {"found": " ".join(f.found.split()), "message": f.message, **_place(outline, f.start)}
        for f in result.findings
        if f.level != "goi_y"
    ]
