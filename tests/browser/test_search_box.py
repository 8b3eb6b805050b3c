"""The search in a real browser: box, page, address, and the same answers as on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from macros.load import load_library
from macros.search import index_for, read_pages, search
from tests.search.queries import load_queries
from tests.strict import served

ASK = """(texts) => Promise.all(texts.map((text) => window.cotmoc.ask(text, {limit: 10})))
  .then((answers) => answers.map((a) => [
    a.hits.map((h) => [h.id, h.score, (h.alike || []).length]),
    a.suggestions.map((h) => h.id), a.understood, a.total, a.words]))"""
HOSTILE = [
    "*",
    "~2 +a -b ^3 : \\",
    "title:hiệp +ước*",
    "<img src=x onerror=window.broken=1>",
    "💥" * 300,
    "á" * 10_000,
    "hiệp ước " * 1_200,
    "1/" * 5_000,
    "a" * 10_000,
    "\u202e\ufeff",
    "__proto__",
    "constructor toString hasOwnProperty",
    "(((((",
]


@pytest.fixture(scope="module")
def index(real_root: Path):
    return index_for(load_library(real_root).library, read_pages(real_root / "docs"))


@pytest.fixture
def page(browser, built_site: Path):
    """The home page, opened from disc with a record of everything that goes wrong or out."""
    page = browser.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: page.wrong.append(r.url) if not r.url.startswith("file:") else None)
    page.goto((built_site / "index.html").as_uri())
    yield page
    assert page.wrong == []
    page.close()


def _mine(index, text: str) -> list:
    answer = search(index, text, limit=10)
    return [
        [[h.row["id"], h.score, len(h.alike)] for h in answer.hits],
        [h.row["id"] for h in answer.suggestions],
        list(answer.understood),
        answer.total,
        list(answer.words),
    ]


def test_browser_and_python_agree_on_every_query(page, index) -> None:
    texts = [query.text for query in load_queries()] + HOSTILE
    texts += [str(row["title"]) for row in index.rows]
    theirs = page.evaluate(ASK, texts)
    wrong = [t for t, other in zip(texts, theirs, strict=True) if _mine(index, t) != other]
    assert wrong == []


def test_command_line_agrees(index, real_root: Path) -> None:
    for text in ("hiep uoc 2005", "36 nq tw"):
        done = subprocess.run(
            [sys.executable, "scripts/cotmoc.py", "search", text, "--json"],
            cwd=real_root,
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        found = [[row["id"], row["score"]] for row in json.loads(done.stdout)]
        assert found == [entry[:2] for entry in _mine(index, text)[0]]


def test_search_function_gives_the_promised_fields(page) -> None:
    first = page.evaluate("() => window.cotmoc.search('hiep uoc 1999').then((hits) => hits[0])")
    assert first["id"] == "vn-cn-1999-land-border-treaty"
    assert set(first) >= {"id", "type", "title", "url", "answer", "score"}


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_keys_open_the_box_and_choose(page, keys: str) -> None:
    page.keyboard.press(keys)
    page.keyboard.type("hiep uoc 2005 campuchia")
    page.wait_for_selector(".cm-hits .cm-hit mark")
    box = page.locator("input[role=combobox]:focus")
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert chosen.get_attribute("id") == box.get_attribute("aria-activedescendant")
    assert "ký 10/10/2005 · hiệu lực 06/12/2005" in chosen.inner_text()
    assert "Dễ nhầm với" in chosen.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dieu-uoc/vn-kh-2005-supplementary-treaty.html")


def test_escape_closes_and_results_are_announced(page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("ttdn")
    page.wait_for_selector(".cm-hits .cm-hit")
    page.wait_for_function("document.getElementById('cm-live').textContent.includes('kết quả')")
    page.keyboard.press("Escape")
    assert page.locator("input[role=combobox]:focus").get_attribute("aria-expanded") == "false"
    assert not page.locator(".cm-hits__panel:visible").count()


def test_enter_without_choice_opens_the_search_page(page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("nq36")
    page.keyboard.press("Enter")
    page.wait_for_selector("#cm-find-list .cm-hit")
    assert "q=nq36" in page.url
    assert page.locator("#cm-find-list .cm-hit").first.get_attribute("data-id") == ("nghi-quyet-36-nq-tw-2018")


def test_text_that_is_pasted_is_searched(page) -> None:
    box = page.locator("form.cm-search input[type=search]:visible").first
    box.fill("30/12/1999")
    page.wait_for_selector(".cm-hits .cm-hit")


def test_addresses_can_be_shared_with_filters(page, built_site: Path) -> None:
    url = (built_site / "tra-cuu.html").as_uri()
    page.goto(f"{url}?q={quote('hiệp ước')}&loai=treaty&tuyen=vn-kh&nam=2019")
    page.wait_for_selector("#cm-find-list .cm-hit")
    ids = page.eval_on_selector_all("#cm-find-list .cm-hit", "all => all.map(a => a.dataset.id)")
    assert ids[0] == "vn-kh-2019-supplementary-treaty"
    assert all(i.startswith("vn-kh-") for i in ids)
    page.select_option("select[name=nam]", "2005")
    page.wait_for_selector("[data-id=vn-kh-2005-supplementary-treaty]")
    assert "nam=2005" in page.url


def test_nothing_found_says_what_was_understood(page, built_site: Path) -> None:
    page.goto((built_site / "tra-cuu.html").as_uri() + "?q=29/12/1999")
    page.wait_for_function("document.getElementById('cm-find-status').textContent.includes('Đã hiểu')")
    said = page.locator("#cm-find-status").inner_text()
    assert said == "Không tìm thấy. Đã hiểu: ngày 29/12/1999. Có phải bạn tìm:"
    first = page.locator("#cm-find-list .cm-hit").first
    assert first.get_attribute("data-id") == "vn-cn-1999-land-border-treaty"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_neither_throw_nor_hang_nor_inject(page, text: str) -> None:
    begin = time.perf_counter()
    page.evaluate("(t) => window.cotmoc.ask(t)", text)
    assert time.perf_counter() - begin < 5
    page.locator("form.cm-search input[type=search]:visible").first.fill(text[:2_000])
    page.wait_for_timeout(100)
    assert page.evaluate("window.broken") is None


def test_works_below_a_path_with_a_strict_policy(browser, built_site: Path) -> None:
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    policy = "default-src 'self'; img-src 'self' data:"
    with served(built_site, "/thu-vien", policy) as address:
        page.goto(f"{address}/chu-de/bien-dao.html")
        page.keyboard.press("/")
        page.keyboard.type("hiep uoc 1999")
        page.wait_for_selector(".cm-hits .cm-hit mark")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/dieu-uoc/vn-cn-1999-land-border-treaty.html")
        page.goto(f"{address}/tra-cuu.html?q=kieu+bao")
        page.wait_for_selector("#cm-find-list .cm-hit")
        page.fill("#cm-find-q", "loa phuong")
        page.wait_for_url("**/tra-cuu.html?q=loa+phuong")
    page.close()
    assert wrong == []


def test_answers_soon_after_the_page_is_loaded(page, built_site: Path) -> None:
    """300 ms is the goal (measured by the benchmark); a busy test machine gets three times that."""
    page.goto((built_site / "tra-cuu.html").as_uri())
    waited = page.evaluate(
        """() => window.cotmoc.searchReady().then(() => {
          const loaded = performance.getEntriesByType('navigation')[0].loadEventEnd;
          return performance.now() - loaded;
        })"""
    )
    assert waited < 900


def test_one_search_only(built_site: Path) -> None:
    """Material's own index and worker are not shipped beside ours."""
    assert not list(built_site.rglob("search_index.*"))
    assert not list(built_site.rglob("*worker*"))
