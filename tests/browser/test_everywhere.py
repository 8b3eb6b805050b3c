"""Every type of page from the disc and from a server under the strict policy: nothing from outside,
nothing refused, nothing lost on a narrow screen, with the keyboard alone, or without scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import pages, servers

AXE = Path(__file__).resolve().parents[1] / "vendor" / "npm" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def types(built_site):
    found = pages.page_types(built_site)
    assert len(found) > 20
    return found


@pytest.fixture(scope="module")
def disc(published):
    """The site as it is on a disc: the unpacked zip, in a folder with spaces and Vietnamese letters."""
    folder = published["/"].parent / "Đĩa của xã" / "Thư viện biên giới"
    folder.parent.mkdir(exist_ok=True)
    if not folder.exists():
        folder.symlink_to((published["/"] / "hien-tai" / "thu-vien").resolve())
    return folder.as_uri() + "/"


@pytest.fixture(scope="module")
def intranet(server_programs, published):
    with servers.running("nginx", published["/"].parent / "run-browser", published["/a/b/c/"], "/a/b/c/") as server:
        yield server.url


@pytest.fixture(params=["disc", "intranet"])
def base(request):
    """The address of the site in each of its two homes."""
    return request.getfixturevalue(request.param)


def test_no_page_asks_outside_or_breaks_the_policy(browser, base, types):
    with pages.watched(browser, base) as reader:
        for name in types:
            reader.open(name)
    assert reader.outside == []
    assert reader.failures == []
    assert len(set(reader.asked)) > len(types) + 20


def test_search_answers(browser, base):
    with pages.watched(browser, base) as reader:
        page = reader.open("index.html")
        page.locator("input[name=q]:visible").fill("hiep uoc bien gioi tren dat lien")
        page.locator("[role=option]").first.wait_for()
        page.goto(base + "tra-cuu.html?q=hiep+uoc+bien+gioi")
        page.locator("main a[href*='dieu-uoc/']").first.click()
        page.wait_for_url("**/dieu-uoc/*.html")
        assert page.locator("h1").inner_text()
    assert reader.outside == [] and reader.failures == []


def test_the_watch_can_see(browser, intranet, disc):
    """A foreign picture and an inline script are noticed, so their absence above means something."""
    for base in (intranet, disc):
        with pages.watched(browser, base) as reader:
            page = reader.open("index.html")
            page.evaluate("new Image().src = 'http://192.0.2.1/x.png'")
            page.wait_for_timeout(200)
            assert reader.outside or any("Content Security Policy" in line for line in reader.failures)
    with pages.watched(browser, intranet) as reader:
        page = reader.open("index.html")
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'x = 1'}))")
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        page.wait_for_timeout(100)
        assert sum("Content Security Policy" in line for line in reader.failures) == 2


def test_the_page_for_missing_addresses_looks_right_at_any_depth(browser, intranet):
    look = "getComputedStyle(document.querySelector('.cm-header')).backgroundColor + document.fonts.size"
    with pages.watched(browser, intranet) as reader:
        home = reader.open("index.html").evaluate(look)
        for name in ("khong-co.html", "a/b/c/d/e.html", "dieu-uoc/khong-co.html"):
            page = reader.open(name)
            assert page.locator("h1").inner_text() == "Không có trang này"
            assert page.evaluate(look) == home
            page.get_by_role("link", name="Về trang chủ").click()
            page.wait_for_url("**/a/b/c/index.html")
    assert reader.outside == []
    assert [line for line in reader.failures if "404" not in line] == []


def problems_of_axe(page, rules=None):
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    result = page.evaluate("(only) => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only)
    return [
        f"{page.url} {found['id']}: {node['html'][:120]}"
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:3]
    ]


def test_no_serious_barrier_and_nothing_lost_on_a_narrow_screen(browser, disc, types):
    """Axe in light and dark (where only the colours differ), 320 px, and 1280 px at 200%: 640 px."""
    found = []
    with pages.watched(browser, disc) as reader:
        for name in types:
            page = reader.open(name)
            page.add_script_tag(path=str(AXE))
            found += problems_of_axe(page)
            page.emulate_media(color_scheme="dark")
            found += problems_of_axe(page, ["color-contrast", "link-in-text-block"])
            page.emulate_media(color_scheme="light")
            for width in (640, 320):
                page.set_viewport_size({"width": width, "height": 512})
                needed = page.evaluate("document.documentElement.scrollWidth")
                found += [f"{name}: {needed} px wide at {width} px"] if needed > width else []
            page.set_viewport_size({"width": 1280, "height": 800})
    assert found == []


def test_axe_can_see(browser, disc):
    with pages.watched(browser, disc) as reader:
        page = reader.open("index.html")
        page.add_script_tag(path=str(AXE))
        page.evaluate(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"x.png\"><button></button>')"
        )
        assert len(problems_of_axe(page)) == 2


def test_nothing_moves_for_those_who_asked_for_rest(browser, disc):
    """On the page with every component, and where scripts draw."""
    moving = """() => [...document.querySelectorAll('*')].filter((e) => {
      const s = getComputedStyle(e);
      const long = (t) => t.split(',').some((x) => parseFloat(x) * (/ms/.test(x) ? 1 : 1000) > 10);
      return long(s.transitionDuration) || (s.animationName !== 'none' && long(s.animationDuration))
        || s.scrollBehavior === 'smooth';
    }).map((e) => e.outerHTML.slice(0, 80))"""
    with pages.watched(browser, disc, reduced_motion="reduce") as reader:
        names = ("mau-giao-dien.html", "lich.html", "dong-thoi-gian.html", "index.html")
        assert {name: found for name in names if (found := reader.open(name).evaluate(moving))} == {}


def test_everything_can_be_read_without_scripts(browser, disc, types):
    """Every heading and row that is not folded away is seen; no button stands there that does nothing.

    The one-page sheet (``cm-sheet``) repeats the page for paper and is drawn there only.
    """
    unseen = """() => [...document.querySelectorAll("main :is(h1, h2, h3, tr, dt, dd, li, p)")].filter((e) =>
      e.textContent.trim() && !e.closest("details:not([open]), [role=status], noscript, .cm-sheet")
      && !e.getClientRects().length).map((e) => e.outerHTML.slice(0, 90))"""
    with pages.watched(browser, disc, java_script_enabled=False) as reader:
        for name in types:
            reader.page.goto(disc + name)
            main = reader.page.locator("main")
            assert main.locator("h1").first.is_visible(), name
            assert main.locator('button[type=button]:visible').count() == 0, name
            assert reader.page.evaluate(unseen) == [], name
            if name in ("tra-cuu.html", "soat.html"):
                assert "JavaScript" in main.inner_text(), name
    assert reader.failures == [] and reader.outside == []


KEYBOARD = ["index.html", "dieu-uoc/index.html", "dieu-uoc/vn-cn-1999-land-border-treaty.html", "lich.html"]
FOCUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
  if (e === document.body) { return null; }
  e.dataset.reached = "1";
  return {
    name: e.outerHTML.slice(0, 90),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && s.visibility === "visible",
    marked: (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none",
  };
}"""
MISSED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility({checkVisibilityCSS: true}) && !e.disabled && !e.dataset.reached
    && e.getBoundingClientRect().width > 0 && !e.closest("[inert]"))
  .map((e) => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("name", KEYBOARD)
def test_the_keyboard_alone_reaches_everything(browser, disc, name):
    # At rest: a page that glides to the focus would be measured on its way.
    with pages.watched(browser, disc, reduced_motion="reduce") as reader:
        page = reader.open(name)
        unseen, unmarked = [], []
        for _ in range(2000):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUS)
            if at is None:
                break
            unseen += [] if at["seen"] else [at["name"]]
            unmarked += [] if at["marked"] else [at["name"]]
        else:
            pytest.fail("the keyboard is caught somewhere")
        assert (unseen, unmarked, page.evaluate(MISSED)) == ([], [], [])


@pytest.mark.parametrize(("day", "shown"), [("2027-05-22", False), ("2027-05-23", True)])
def test_an_old_copy_says_that_it_may_be_out_of_date(browser, disc, types, day, shown):
    """The day after the review-by date of every page, whatever page is opened."""
    with pages.watched(browser, disc) as reader:
        for name in types[:3] + types[-3:]:
            reader.page.clock.set_fixed_time(f"{day}T12:00:00")
            page = reader.open(name)
            review_by = page.locator("body").get_attribute("data-review-by")
            assert page.locator("#cm-stale").is_visible() == (day > review_by)
    assert (day > review_by) == shown


def test_every_page_says_how_old_it_is(built_site):
    head = json.loads((built_site / "api/v1/all.json").read_bytes())
    for path in built_site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert f'data-version="{head["version"]}" data-as-of="{head["data_as_of"]}"' in text, path
        assert "<dt>Dữ liệu đến ngày</dt>" in text and "<dt>Phiên bản</dt>" in text, path
