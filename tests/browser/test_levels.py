"""Every shipped script, style and page is understood by Chrome 109 and Firefox ESR 102."""

from __future__ import annotations

import pytest

from tests import levels

CHECKS = {
    ".css": levels.problems_of_style,
    ".js": levels.problems_of_script,
    ".html": levels.problems_of_page,
}

OWN_FIELDS = {
    f"member .{name}"
    for name in (
        *("confidence", "country", "element", "first", "level", "limits", "lines", "messages", "move", "node"),
        *("number", "opened", "percent", "records", "role", "subject", "to", "unit"),
        *("s", "zip"),  # fflate's own
    )
}
"""Names that browsers use for something newer, and our scripts for fields of their own records."""

PAPER = "paper looks better with it and reads as well without"
UNFOLDS = "unfolds sources on paper without scripts; older browsers get a line that says so (print.css)"
HARMLESS = {
    "member .captureStackTrace": "fflate asks whether it is there before calling it",
    "attribute autocapitalize": "a hint to keyboards of phones",
    "unknown property -webkit-text-size-adjust": "a hint to phones",
    "value break-after: avoid": PAPER,
    "property orphans": PAPER,
    "property widows": PAPER,
    "property print-color-adjust": PAPER,
    "value print-color-adjust: exact": PAPER,
    "unknown property -webkit-print-color-adjust": PAPER,
    "selector :details-content": UNFOLDS,
    "property content-visibility": UNFOLDS,
    "value content-visibility: visible": UNFOLDS,
}
"""What only adds to what is there without it -> why it may stay."""


@pytest.fixture(scope="module")
def names_of(browser):
    """Parses a script in the browser: gives the names that it uses, or its syntax error."""
    page = browser.new_page()
    for script in ("acorn/acorn.js", "acorn-walk/walk.js"):
        page.add_script_tag(path=str(levels.VENDOR / "npm" / script))
    yield lambda text: page.evaluate(levels.NAMES_OF_SCRIPT, text)
    page.close()


def test_everything_shipped_is_old_enough(built_site, names_of):
    """What is found here must go, unless it belongs on one of the two lists above."""
    found = set()
    for path in sorted(built_site.rglob("*")):
        if path.suffix not in CHECKS:
            continue
        text = path.read_text(encoding="utf-8")
        what = CHECKS[path.suffix](names_of(text) if path.suffix == ".js" else text)
        found |= {(path.relative_to(built_site).as_posix(), line) for line in what}
    allowed = OWN_FIELDS | HARMLESS.keys()
    assert sorted(pair for pair in found if pair[1] not in allowed) == []
    assert sorted(allowed - {line for _, line in found}) == [], "no longer used: take it off the list"


def test_every_script_of_a_page_is_a_file(built_site):
    """Nothing inline: what is checked above is all that runs."""
    for path in built_site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<style" not in text and " style=" not in text, path
        assert not [tag for tag in text.split("<script")[1:] if "src=" not in tag.partition(">")[0]], path


@pytest.mark.parametrize(
    ("script", "what"),
    [
        ("list.findLast(f)", "member .findLast"),
        ("list['toSorted']()", "member .toSorted"),
        ("new Intl.Segmenter('vi')", "member .Segmenter"),
        ("a ??= 1", "syntax:"),
        ("class A { #x = 1 }", "syntax:"),
        ("x = 1_000", "syntax:"),
        ("await f()", "syntax:"),
        ("x = /[a--b]/v", "syntax:"),
        ("new CompressionStream('gzip')", "global CompressionStream"),
        ("navigation.navigate('x')", None),
    ],
)  # fmt: skip
def test_new_scripts_are_noticed(names_of, script, what):
    found = list(levels.problems_of_script(names_of(script)))
    if what:
        assert any(line.startswith(what) for line in found), found


def test_scripts_of_2020_are_fine(names_of):
    script = (
        "(function () { let a = b?.c ?? [1].flat(); f().catch(g); for (const x of a) { h(`${x}`.padEnd(3)); } })();"
    )
    assert list(levels.problems_of_script(names_of(script))) == []


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("a:has(b) { color: red }", "selector :has"),
        ("a { &:hover { color: red } }", "nested rule &:hover"),
        ("@container (width > 1px) { a { color: red } }", "@container"),
        ("@media print { a { color: color-mix(in srgb, red, blue) } }", "function color-mix()"),
        ("a { width: 5cqw }", "unit cqw"),
        ("a { text-wrap: balance }", "property text-wrap"),
        ("a { colour: red }", "unknown property colour"),
        ("a { display: grid-lanes }", "value display: grid-lanes"),
        ("a { color: light-dark(#000, #fff) }", "function light-dark()"),
        ("@property --x { syntax: ''; }", "@property"),
    ],
)
def test_new_styles_are_noticed(style, what):
    assert what in list(levels.problems_of_style(style))


def test_old_styles_are_fine():
    style = """@media screen and (min-width: 40em) { .a > .b:focus-visible::before, .c:not(.d) {
      display: grid; gap: 1rem; inset: 0; color: rgb(0 0 0 / 50%); width: calc(100% - min(2rem, 3vw)); } }
      @font-face { font-family: "x"; src: url(x.woff2) format("woff2"); font-display: swap; unicode-range: U+0-FF }
      @page { size: A4; margin: 1cm }"""
    assert list(levels.problems_of_style(style)) == []


@pytest.mark.parametrize(
    ("page", "what"),
    [("<search>", "element search"), ("<p popover>", "attribute popover"), ("<p inert>", "attribute inert")],
)
def test_new_pages_are_noticed(page, what):
    assert list(levels.problems_of_page(page)) == [what]
