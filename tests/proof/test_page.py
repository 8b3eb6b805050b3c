"""The page soat.html in a real browser: from the disc, under the strict policy, with files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from macros import proofing
from macros.frame import library_values
from macros.load import load_library
from macros.vietnamese import table_script
from scripts.reading import text_of
from tests.proof.drafts import seeds
from tests.strict import served

WRONG = "Hiệp ước biên giới trên đất liền Việt Nam - Trung Quốc ký ngày 31/12/1999. Họp ngày 5/4/2026."


@pytest.fixture(scope="module")
def site(real_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-written pages in their frame, with the checker's data of the real library."""
    out = tmp_path_factory.mktemp("site")
    library = load_library(real_root).library
    docs = tmp_path_factory.mktemp("docs")
    for folder in ("assets", "overrides"):
        (docs / folder).symlink_to(real_root / "docs" / folder)
    (docs / "soat.md").write_text((real_root / "docs" / "soat.md").read_text(encoding="utf-8"), encoding="utf-8")
    config = load_config(str(real_root / "mkdocs.yml"), site_dir=str(out), docs_dir=str(docs), hooks=[], plugins=[])
    config.extra["cotmoc"] = library_values(library.meta)
    build(config)
    made = [*proofing.files(library), ("assets/search/table.js", table_script())]
    for name, text in made:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def strict_server(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def page(browser, site: Path) -> Iterator[object]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.failures, page.asked = [], []
    page.on("pageerror", lambda error: page.failures.append(str(error)))
    page.on("console", lambda message: page.failures.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto((site / "soat.html").as_uri())
    yield page
    assert page.failures == []
    assert all(address.startswith((site.as_uri(), "blob:")) for address in page.asked)
    context.close()


def check(page, text: str) -> None:
    page.fill("#cm-proof-draft", text)
    page.click("#cm-proof button[type=submit]")
    page.wait_for_function("document.getElementById('cm-proof-status').textContent.startsWith('Đã soát xong')")


def test_a_draft_is_marked_and_told_from_the_disc(page):
    check(page, WRONG)
    assert page.locator("#cm-proof-text mark").all_inner_texts() == ["31/12/1999", "5/4/2026"]
    first = page.locator("#cm-proof-list > li").first
    assert "Sai" in first.inner_text()
    assert "30/12/1999" in first.inner_text()
    assert "Độ chắc: chắc" in first.inner_text()
    assert "so 1 ngày" in page.locator("#cm-proof-checked").inner_text()
    assert "Điều bộ soát không biết" in page.locator("#cm-proof-checked").inner_text()


def test_one_click_mends_one_place_and_can_be_taken_back(page):
    check(page, WRONG)
    page.get_by_role("button", name="Sửa thành “30/12/1999”").click()
    assert page.input_value("#cm-proof-draft") == WRONG.replace("31/12/1999", "30/12/1999")
    assert page.locator("#cm-proof-text mark").all_inner_texts() == ["5/4/2026"]
    page.get_by_role("button", name="Sửa thành “05/4/2026”").click()
    assert page.input_value("#cm-proof-draft").endswith("Họp ngày 05/4/2026.")
    page.click("#cm-proof-undo")
    page.click("#cm-proof-undo")
    assert page.input_value("#cm-proof-draft") == WRONG


def test_nothing_is_mended_unasked(page):
    check(page, WRONG)
    assert page.input_value("#cm-proof-draft") == WRONG


def test_jumping_between_text_and_findings(page):
    check(page, "Câu mở đầu.\n" * 120 + WRONG)
    page.locator("#cm-proof-list > li").first.get_by_role("button", name="Tới chỗ này").click()
    assert page.evaluate("document.activeElement.textContent") == "31/12/1999"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cm-proof-0"


def test_levels_can_be_left_out(page):
    check(page, WRONG)
    page.uncheck("input[name=goi_y]")
    assert page.locator("#cm-proof-text mark").all_inner_texts() == ["31/12/1999"]
    page.uncheck("input[name=sai]")
    page.uncheck("input[name=nen_xem_lai]")
    assert "Không có chỗ nào" in page.locator("#cm-proof-list").inner_text()


def test_markup_in_a_draft_stays_text(page):
    check(page, "<img src=x onerror=alert(1)> <b>ký ngày 31/02/2026</b> " + WRONG)
    assert page.locator("#cm-proof-text img, #cm-proof-list img").count() == 0
    assert "<b>ký ngày" in page.locator("#cm-proof-text").inner_text()


def word_file(text: str) -> bytes:
    from docx import Document

    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ô một", "Họp ngày 6/4/2026"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def give(page, name: str, data: bytes) -> None:
    page.set_input_files("#cm-proof-file", {"name": name, "mimeType": "application/octet-stream", "buffer": data})


def test_a_word_file_reads_as_on_the_command_line(page):
    data = word_file(next(iter(seeds().values()))[:6000] + "\n" + WRONG)
    give(page, "kế hoạch.docx", data)
    page.wait_for_function("document.getElementById('cm-proof-status').textContent.startsWith('Đã soát xong')")
    assert page.input_value("#cm-proof-draft") == text_of(data, ".docx", "x")
    assert "31/12/1999" in page.locator("#cm-proof-text mark").all_inner_texts()


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"a" * (41 * 1024 * 1024))
    return buffer.getvalue()


REFUSED = {
    "a.docx": (b"not a zip", "bị hỏng"),
    "b.docx": (word_file("x")[:-200], "bị hỏng"),
    "c.docx": (bomb(), "quá lớn"),
    "d.txt": (b"\x7fELF\0\0", "không phải tệp chữ"),
    "e.txt": (b"bi\xean gi\xf0i", "bảng mã cũ"),
    "f.xlsx": (b"x", "chưa đọc được loại tệp này"),
    "g.doc": (b"\xd0\xcf", "Word cũ"),
    "h.txt": (b"a " * (5 * 1024 * 1024 // 2 + 9), "tách nhỏ"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_give_no_text_are_refused_with_a_reason(page, name):
    data, reason = REFUSED[name]
    give(page, name, data)
    page.wait_for_function(
        "(reason) => document.getElementById('cm-proof-status').textContent.includes(reason)", arg=reason
    )
    assert "Cách sửa" in page.locator("#cm-proof-status").inner_text()


def test_a_lying_zip_is_refused(page):
    """An archive that says its text is short and holds much more."""
    data = bytearray(bomb())
    for place in (data.index(b"PK\x01\x02") + 24,):
        data[place : place + 4] = (100).to_bytes(4, "little")
    give(page, "lie.docx", bytes(data))
    page.wait_for_function(
        "/Cách sửa|Đã soát xong/.test(document.getElementById('cm-proof-status').textContent)", timeout=20_000
    )
    assert len(page.input_value("#cm-proof-draft")) < 1000


def test_the_strict_policy_is_kept(browser, strict_server):
    context = browser.new_context()
    page = context.new_page()
    failures: list[str] = []
    page.on("console", lambda m: failures.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(f"{strict_server}/soat.html")
    give(page, "a.docx", word_file(WRONG))
    page.wait_for_function("document.getElementById('cm-proof-status').textContent.startsWith('Đã soát xong')")
    page.get_by_role("button", name="Sửa thành “30/12/1999”").click()
    assert failures == []
    context.close()


def test_without_scripts_the_page_says_what_it_needs(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "soat.html").as_uri())
    main = page.locator("main")
    assert "cần JavaScript" in main.inner_text()
    assert "Cách đọc kết quả" in main.inner_text()
    assert main.locator("button:visible, textarea:visible").count() == 0
    assert main.locator("h2").all_inner_texts() == ["Cách đọc kết quả"]
    context.close()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_is_cut_off(browser, site, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((site / "soat.html").as_uri())
    check(page, WRONG + " " + "rất_dài" * 80)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_report_prints(page):
    from pypdf import PdfReader

    check(page, WRONG)
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert "31/12/1999" in text
    assert "Sửa thành" not in text
