"""The frame and the components in a real browser: widths, colours, paper, no scripts, no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from pypdf import PdfReader

from macros.frame import library_values
from macros.load import load_library
from tests.library import copy_mini
from tests.strict import served

PAGE = "mau-giao-dien.html"


@pytest.fixture(scope="module")
def site(real_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-written style page in its real frame, without record pages."""
    out = tmp_path_factory.mktemp("site")
    library = load_library(copy_mini(tmp_path_factory.mktemp("mini"))).library
    config = load_config(str(real_root / "mkdocs.yml"), site_dir=str(out), hooks=[], plugins=[])
    config.extra["cotmoc"] = library_values(library.meta)
    build(config)
    return out


@pytest.fixture
def open_page(browser, site: Path) -> Iterator[object]:
    """Opens the style page from the disc: ``open_page(width=360, scheme="dark")``."""
    contexts = []

    def opener(address: str = "", *, width: int = 1024, scheme: str = "light", before=None, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.failures = []
        page.asked = []
        page.on("console", lambda message: page.failures.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.failures.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        if before:
            before(page)
        page.goto((site / PAGE).as_uri() + address)
        return page

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def strict_server(site: Path) -> Iterator[str]:
    """The site served with a policy that forbids everything inline."""
    with served(site) as address:
        yield address


def shown_rows(page) -> list[str]:
    """Names of the rows that the filter leaves, from top to bottom."""
    return page.locator("#bang-mau tbody tr:visible th").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_is_cut_off_or_fetched(open_page, site, width, scheme):
    """No sideways scrolling of the page, no script error, no request outside the site."""
    page = open_page(width=width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.failures == []
    assert all(address.startswith(site.as_uri()) for address in page.asked)


def test_the_shipped_font_draws_vietnamese(open_page):
    """The page's own fonts load, with every letter of the alphabet and its tones."""
    page = open_page()
    assert page.evaluate("""async () => {
      await document.fonts.ready;
      const text = "aăâeêioôơuưyđ ảàáãạ ẳằắẵặ ẩầấẫậ ẻèéẽẹ ểềếễệ ỉìíĩị ỏòóõọ ổồốỗộ ởờớỡợ ủùúũụ ửừứữự ỷỳýỹỵ";
      const both = text + text.toUpperCase();
      await document.fonts.load('18px "Be Vietnam Pro"', both);
      await document.fonts.load('600 18px "Source Serif 4"', both);
      return document.fonts.check('18px "Be Vietnam Pro"', both)
        && document.fonts.check('600 18px "Source Serif 4"', both)
        && [...document.fonts].filter(f => f.status === "loaded").length >= 4;
    }""")


def test_strict_content_security_policy_is_kept(browser, strict_server):
    """Nothing inline runs or styles, and the page works all the same."""
    context = browser.new_context()
    page = context.new_page()
    failures = []
    page.on("console", lambda message: failures.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(f"{strict_server}/{PAGE}")
    page.locator(".cm-filters select").first.select_option("b")
    page.locator("#cm-theme").click()
    assert failures == []
    assert len(shown_rows(page)) == 2
    context.close()


def test_filter_reads_text_without_marks(open_page):
    """đ, tones and capitals do not matter; the count is said; the address keeps the choice."""
    page = open_page()
    assert page.locator(".cm-filters__count").inner_text() == "Có 3 dòng"
    page.locator(".cm-filters input").fill("DUONG bien")
    assert shown_rows(page) == ["Hiệp định mẫu về Đường biên 2003"]
    assert page.locator(".cm-filters__count").inner_text() == "Hiện 1 trong 3 dòng"
    page.locator(".cm-filters input").fill("không có chữ này")
    assert page.locator(".cm-filters__count").inner_text() == "Không có dòng nào khớp"
    page.get_by_role("button", name="Bỏ lọc").click()
    assert len(shown_rows(page)) == 3


def test_choice_is_kept_in_the_address(open_page):
    """A reloaded page and a link with ?line= show the same choice."""
    page = open_page()
    page.get_by_label("Tuyến", exact=True).select_option("a")
    page.get_by_label("Năm ký", exact=True).select_option("1995")
    assert page.evaluate("location.hash") == "#bang-mau:line=a&year=1995"
    page.reload()
    assert shown_rows(page) == ["Hiệp ước mẫu 1995"]
    linked = open_page("?line=b")
    assert len(shown_rows(linked)) == 2


def test_sorting_by_date_keeps_the_unknown_last(open_page):
    """Ascending, descending, then the first order again; an unknown date is last both ways."""
    page = open_page()
    head = page.get_by_role("columnheader", name="Hiệu lực")
    years = []
    for direction in ("ascending", "descending", None):
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == direction
        years.append([name[-4:] for name in shown_rows(page)])
    assert years == [["1995", "2009", "2003"], ["2009", "1995", "2003"], ["1995", "2003", "2009"]]


def test_copy_button_copies_exactly_what_is_shown(open_page):
    """Pasted text equals the text in the box, from a page opened from the disc."""
    page = open_page()
    box = page.locator(".cm-cite .cm-copy").first
    box.get_by_role("button").click()
    page.get_by_role("button", name="Đã chép").wait_for()
    page.locator(".cm-filters input").focus()
    page.keyboard.press("Control+V")
    assert page.locator(".cm-filters input").input_value() == box.locator(".cm-copy__text").inner_text()
    button = page.get_by_role("button", name="Chép kiểu Nhà nước", exact=True)
    button.wait_for()
    assert button.locator(".cm-sr").count() == 1  # the label comes back with its hidden words


def test_copying_works_without_the_clipboard_interface(open_page):
    """Older browsers and policies have no navigator.clipboard."""
    page = open_page(before=lambda p: p.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})"))
    page.locator(".cm-cite .cm-copy button").last.click()
    page.get_by_role("button", name="Đã chép").wait_for()
    page.locator(".cm-filters input").focus()
    page.keyboard.press("Control+V")
    assert page.locator(".cm-filters input").input_value() == "Hiệp ước mẫu (01/02/2003)"


def test_chosen_colours_last(open_page):
    """The button overrules the system, also after a reload."""
    page = open_page(scheme="light")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.get_by_role("button", name="Nền tối").click()
    dark = page.evaluate(background)
    page.reload()
    assert dark != light and page.evaluate(background) == dark
    page.get_by_role("button", name="Nền sáng").click()
    assert page.evaluate(background) == light


@pytest.mark.parametrize("days, warned", [(0, False), (1, True)])
def test_an_old_copy_says_so(open_page, days, warned):
    """The banner appears on the day after the review-by date, not on it."""
    day = open_page().evaluate("document.body.dataset.reviewBy")

    def set_clock(page) -> None:
        page.clock.install(time=f"{day}T12:00:00")
        page.clock.fast_forward(days * 24 * 60 * 60 * 1000)

    page = open_page(before=set_clock, timezone_id="Asia/Ho_Chi_Minh")
    assert page.locator("#cm-stale").is_visible() is warned


def test_everything_reads_without_scripts(open_page):
    """Menu, full table and sources are there; nothing offers what cannot work."""
    page = open_page(width=360, java_script_enabled=False)
    assert page.locator(".cm-nav a").first.is_visible()
    assert page.locator("#bang-mau tbody tr:visible").count() == 3
    assert page.locator("main button:visible").all_inner_texts() == ["Tìm"]
    assert not page.locator("#cm-theme").is_visible()


def test_the_first_key_reaches_the_content(open_page):
    """Tab shows the skip link; Enter goes to the main part."""
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "cm-skip"
    assert page.locator(".cm-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_touch_targets_are_large_enough(open_page):
    """Buttons, fields, menu entries and source chips are at least 44 px high."""
    page = open_page(width=360)
    page.get_by_role("button", name="Mục lục").click()
    small = page.evaluate("""() => [...document.querySelectorAll(
        "button, select, input, .cm-nav a, .cm-nav summary, .cm-source > summary, .cm-toc summary, .cm-brand")]
      .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
      .map(e => e.outerHTML.slice(0, 80))""")
    assert small == []


def test_every_sheet_names_page_and_version(open_page, tmp_path):
    """A4, no menus, each source listed once at the end, and a foot that repeats."""
    page = open_page()
    path = tmp_path / "page.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    assert page.locator(".cm-print-refs, .cm-print-sources").count() == 0  # gone again after printing
    sheets = PdfReader(path).pages
    assert len(sheets) > 1
    for sheet in sheets:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
        assert "trang/mau-giao-dien" in sheet.extract_text()
    text = "".join("".join(sheet.extract_text().split()) for sheet in sheets)  # PDF text has stray spaces
    assert text.count("mụcII.1,chúthích3") == 1
    assert text.index("Nguồn:[1][2]") < text.index("mụcII.1,chúthích3")
    assert "Soátdựthảo" not in text and "Nềntối" not in text


def test_large_print_is_14_points(open_page):
    """The second print button sets 14 pt for that print only."""
    page = open_page(before=lambda p: p.add_init_script(
        "window.print = () => { window.sizeInPrint = document.documentElement.className; }"))
    page.get_by_role("button", name="In chữ lớn").click()
    assert "print-14pt" in page.evaluate("window.sizeInPrint")
    page.emulate_media(media="print")
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size * 72 / 96 == pytest.approx(14, abs=0.1)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert "print-14pt" not in page.evaluate("document.documentElement.className")
