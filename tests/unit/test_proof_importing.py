"""`cotmoc new --from`: what a new guidance document becomes, and what it never touches."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from macros import proofing
from macros.load import load_library
from macros.proofing.importing import draft
from macros.proofing.sections import Outline
from scripts.cli.app import run
from scripts.cotmoc import COMMANDS

PLAN = """UBND TỈNH LẠNG SƠN
Số: 88/KH-UBND

Lạng Sơn, ngày 05 tháng 3 năm 2027

KẾ HOẠCH
Tuyên truyền biên giới trên đất liền
năm 2027

Thực hiện Nghị quyết số 77-NQ/TW ngày 12/01/2027 của Bộ Chính trị về bảo vệ biên giới trong tình hình mới; \
Quyết định số 55/QĐ-TTg ngày 20/02/2027 của Thủ tướng Chính phủ phê duyệt Chương trình truyền thông biên giới; \
Kết luận số 57-KL/TW ngày 15/6/2023.

I. NỘI DUNG
1. Tuyến Việt Nam - Trung Quốc
- Tuyên truyền Nghị định thư phân giới cắm mốc biên giới trên đất liền Việt Nam - Trung Quốc.
- Giới thiệu Hiệp định vận tải đường sắt liên vận Việt Nam - Trung Quốc (ký ngày 01/12/2026).
2. Tuyến Việt Nam - Lào
a) Phổ biến Hiệp ước hoạch định biên giới quốc gia Việt Nam - Lào ký ngày 18/7/1997.
"""


@pytest.fixture(scope="module")
def parts(real_root: Path) -> dict:
    library = load_library(real_root).library
    return yaml.safe_load(draft(PLAN, "kế hoạch mới.docx", library, proofing.kit_for(library)))


def test_what_the_document_says_of_itself(parts):
    (source,), (document,) = parts["nguon"]["sources"], parts["nguon"]["documents"]
    assert source["id"] == "nguon-ke-hoach-moi"
    assert source["date"] == "2027-03-05"
    assert source["sha256"] == hashlib.sha256(PLAN.encode()).hexdigest()
    assert (document["kind"], document["number"], document["guides_year"]) == ("ke_hoach", "88/KH-UBND", 2027)
    assert document["title"] == "Tuyên truyền biên giới trên đất liền năm 2027"


def test_known_records_are_matched_with_their_places(parts):
    places = {item["id"]: item["places"] for item in parts["da_co"]}
    assert places["ket-luan-57-kl-tw-2023"] == [{"locator": "phần đầu", "line": 10}]
    assert places["vn-la-1977-delimitation"] == [{"locator": "mục I.2.a", "line": 17}]


def test_documents_that_the_library_lacks(parts):
    lacking = {item["number"]: item for item in parts["van_ban_chua_co"]}
    assert set(lacking) == {"77-NQ/TW", "55/QĐ-TTg"}
    first = lacking["77-NQ/TW"]
    assert (first["kind"], first["issuer_name"]) == ("nghi_quyet", "Bộ Chính trị")
    assert first["title"] == "bảo vệ biên giới trong tình hình mới"
    assert first["issued"]["value"] == "2027-01-12"
    assert first["issued"]["sources"] == [{"source": "nguon-ke-hoach-moi", "locator": "phần đầu"}]
    assert lacking["55/QĐ-TTg"]["title"] == "phê duyệt Chương trình truyền thông biên giới"


def test_instruments_that_the_library_lacks(parts):
    (item,) = parts["dieu_uoc_chua_ro"]
    assert item["found"] == "Hiệp định vận tải đường sắt liên vận Việt Nam - Trung Quốc"
    assert item["locator"] == "mục I.1, gạch đầu dòng thứ 2"


def test_guidance_by_line_waits_for_a_person(parts):
    entries = {item["lines"][0]: item for item in parts["huong_dan"]}
    assert set(entries) == {"vn-cn", "vn-la"}
    assert entries["vn-cn"]["names"] == ["vn-cn-2009-demarcation-protocol"]
    assert entries["vn-cn"]["year"] == 2027
    assert all(item["asks"] is None and item["topic"] is None for item in parts["huong_dan"])


def test_its_own_errors_are_shown(parts):
    assert [item["found"] for item in parts["can_xem"]] == ["18/7/1997"]


def test_nothing_is_invented_for_an_empty_text(real_root):
    library = load_library(real_root).library
    parts = yaml.safe_load(draft("Không có gì.", "a.txt", library, proofing.kit_for(library)))
    assert parts["nguon"]["sources"][0]["title"] is None
    assert parts["nguon"]["documents"][0]["number"] is None
    assert not any(parts[key] for key in ("da_co", "van_ban_chua_co", "dieu_uoc_chua_ro", "huong_dan", "can_xem"))


def test_the_command_never_touches_the_data_nor_an_earlier_draft(real_root, tmp_path):
    before = {path: path.read_bytes() for path in (real_root / "data").glob("*.yaml")}
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    call = ["new", "--from", str(tmp_path / "a.txt"), "--to", str(tmp_path / "drafts")]
    assert run(COMMANDS, real_root, call) == 0
    (tmp_path / "drafts" / "a.yaml").write_text("của người biên tập", encoding="utf-8")
    assert run(COMMANDS, real_root, call) == 0
    assert (tmp_path / "drafts" / "a.yaml").read_text(encoding="utf-8") == "của người biên tập"
    assert (tmp_path / "drafts" / "a-2.yaml").exists()
    into_data = ["new", "--from", str(tmp_path / "a.txt"), "--to", str(real_root / "data" / "x")]
    assert run(COMMANDS, real_root, into_data) == 2
    assert {path: path.read_bytes() for path in (real_root / "data").glob("*.yaml")} == before


def test_sections_as_party_and_state_documents_number_them():
    text = "I- MỤC ĐÍCH\n1. Một\n- a\n- b\nII. NỘI DUNG\n1.1. Hai\na) ba\n+ bốn\n<sup>3</sup> năm\n\nsáu\n"
    outline = Outline(text)
    where = {word: outline.at(text.index(word)).locator() for word in ("Một", "- b", "ba", "bốn", "năm", "sáu")}
    assert where == {
        "Một": "mục I.1",
        "- b": "mục I.1, gạch đầu dòng thứ 2",
        "ba": "mục II.1.1.a",
        "bốn": "mục II.1.1.a, gạch đầu dòng thứ 1",
        "năm": "chú thích 3",
        "sáu": "mục II.1.1.a",
    }
