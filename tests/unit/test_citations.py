"""Citations to copy: State form, Party form, one line; nothing unknown is made to look known."""

from __future__ import annotations

import dataclasses

import pytest

from macros.citations import cite
from macros.load import load_library
from macros.model import Document, Treaty
from tests.library import copy_mini


@pytest.fixture
def mini(tmp_path):
    return load_library(copy_mini(tmp_path)).library


def document(**values) -> Document:
    base = {
        "id": "van-ban-thu",
        "kind": "nghi_quyet",
        "system": "party",
        "title": "Việc thử",
        "title_basis": "thử",
        "short_title": "Văn bản thử",
    }
    return Document.model_validate({**base, **values})


def test_a_treaty_with_both_dates(mini):
    forms = cite(mini, mini.by_id["hiep-uoc-mau-1999"])
    title = "Hiệp ước mẫu về biên giới trên đất liền giữa nước A và nước B"
    assert forms.state == f"{title}, ký ngày 30 tháng 12 năm 1999 tại Hà Nội, có hiệu lực từ ngày 06 tháng 7 năm 2000"
    assert forms.party == f"{title}, ký ngày 30/12/1999 tại Hà Nội, có hiệu lực từ ngày 06/7/2000"
    assert forms.plain == (
        "Hiệp ước mẫu 1999: ký 30/12/1999; hiệu lực 06/7/2000. "
        "(Theo thư viện Thư viện mẫu, mã hiep-uoc-mau-1999, dữ liệu đến 31/01/2026)"
    )


def test_an_unknown_date_is_said_to_be_unknown(mini):
    forms = cite(mini, mini.by_id["nghi-dinh-thu-mau-2009"])
    assert "ký tháng 11 năm 2009" in forms.state
    assert "ký tháng 11/2009" in forms.party
    for form in (forms.state, forms.party):
        assert "ngày có hiệu lực: chưa có nguồn" in form
    assert "hiệu lực chưa có nguồn" in forms.plain


def test_a_treaty_of_which_nothing_is_known(mini):
    bare = Treaty.model_validate(
        {
            "id": "x",
            "kind": "thoa_thuan",
            "level": "chua_ro",
            "title": "Thỏa thuận X",
            "title_basis": "thử",
            "short_title": "X",
            "parties": ["vn"],
            "confidence": "low",
        }
    )
    assert cite(mini, bare).state == "Thỏa thuận X, ngày ký: chưa có nguồn, ngày có hiệu lực: chưa có nguồn"


@pytest.mark.parametrize(
    ("values", "state", "party"),
    [
        (
            {
                "number": "36-NQ/TW",
                "issued": "2018-10-22",
                "issuer_name": "Ban Chấp hành Trung ương Đảng",
                "title": "Chiến lược biển",
            },
            "Nghị quyết số 36-NQ/TW ngày 22 tháng 10 năm 2018 của Ban Chấp hành Trung ương Đảng về Chiến lược biển",
            "Nghị quyết số 36-NQ/TW, ngày 22/10/2018 của Ban Chấp hành Trung ương Đảng về Chiến lược biển",
        ),
        (
            {
                "kind": "quyet_dinh",
                "number": "1191/QĐ-TTg",
                "issued": "2020-08-05",
                "issuer_name": "Thủ tướng Chính phủ",
                "title": "Phê duyệt mục tiêu",
            },
            "Quyết định số 1191/QĐ-TTg ngày 05 tháng 8 năm 2020 của Thủ tướng Chính phủ phê duyệt mục tiêu",
            "Quyết định số 1191/QĐ-TTg, ngày 05/8/2020 của Thủ tướng Chính phủ phê duyệt mục tiêu",
        ),
        (
            {"kind": "luat", "number": "18/2012/QH13", "issued": "2012-06-21", "title": "Biển Việt Nam"},
            "Luật Biển Việt Nam",
            "Luật Biển Việt Nam",
        ),
        (
            {"title": "Nghị quyết Đại hội mẫu"},
            "Nghị quyết Đại hội mẫu (số, ngày: chưa có nguồn)",
            "Nghị quyết Đại hội mẫu (số, ngày: chưa có nguồn)",
        ),
        (
            {"kind": "chuong_trinh", "number": "5115/CTr", "issued": "2021-12", "title": "Chương trình phối hợp mẫu"},
            "Chương trình số 5115/CTr tháng 12 năm 2021 phối hợp mẫu (ngày: chưa có nguồn)",
            "Chương trình số 5115/CTr, tháng 12/2021 phối hợp mẫu (ngày: chưa có nguồn)",
        ),
    ],
)
def test_documents(mini, values, state, party):
    forms = cite(mini, document(**values))
    assert (forms.state, forms.party) == (state, party)


def test_an_issuer_named_in_the_subject_is_still_given(mini):
    forms = cite(
        mini,
        document(number="47/NQ-CP", issued="2024-04-15", issuer_name="Chính phủ", title="Chương trình của Chính phủ"),
    )
    assert forms.state == "Nghị quyết số 47/NQ-CP ngày 15 tháng 4 năm 2024 của Chính phủ về Chương trình của Chính phủ"


def test_a_congress_is_not_named_twice(mini):
    forms = cite(mini, document(title="Nghị quyết Đại hội lần thứ XIII", issuer_name="Đại hội đại biểu toàn quốc"))
    assert forms.state == "Nghị quyết Đại hội lần thứ XIII (số, ngày: chưa có nguồn)"


def test_an_unknown_issuer_is_said_to_be_unknown(mini):
    forms = cite(mini, document(number="33-NQ/TW", issued="2018-09-28", title="Chiến lược thử"))
    assert forms.party == "Nghị quyết số 33-NQ/TW, ngày 28/9/2018 về Chiến lược thử (cơ quan ban hành: chưa có nguồn)"


def test_an_unverified_document_carries_its_warning(mini):
    forms = cite(mini, document(number="92/QĐ-TTg", status={"value": "chua_kiem_chung"}))
    assert all(text.endswith(" [chưa kiểm chứng]") for text in (forms.state, forms.party, forms.plain))


def test_a_document_that_we_hold_says_that_its_number_is_not_printed(mini):
    source = mini.by_id["nguon-ke-hoach-mau"].model_copy(update={"sha256": "0" * 64})
    held = dataclasses.replace(mini, sources=tuple(source if s.id == source.id else s for s in mini.sources))
    form = cite(held, held.by_id["ke-hoach-mau-2026"]).state
    assert form == (
        "Kế hoạch tuyên truyền mẫu năm 2026 của Cơ quan mới, tháng 01 năm 2026 (số, ngày: không ghi trong bản thu thập)"
    )
    assert cite(mini, mini.by_id["ke-hoach-mau-2026"]).state.endswith("(số, ngày: chưa có nguồn)")


def test_other_kinds_have_no_citation(mini):
    with pytest.raises(TypeError):
        cite(mini, mini.by_id["vn-cn"])
