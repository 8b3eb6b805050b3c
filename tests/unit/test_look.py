"""The look keeps its promises: contrast, no inline code, no request outside the site."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "docs" / "assets" / "css"
TEMPLATES = sorted((ROOT / "docs" / "overrides").rglob("*.html"))
SHEETS = sorted(CSS.glob("*.css"))

# Text colour, background, least contrast (WCAG 2.2: 4.5 for AA, 7 for AAA).
PAIRS = [
    ("ink", "bg", 7), ("ink", "surface", 7), ("ink", "sunken", 7), ("ink", "primary-soft", 7),
    ("ink", "note-soft", 7), ("ink", "warn-soft", 7), ("ink", "info-soft", 7),
    ("ink", "bad-soft", 7), ("ink", "mark", 7), ("primary", "mark", 4.5),
    ("muted", "bg", 4.5), ("muted", "surface", 4.5), ("muted", "sunken", 4.5),
    ("muted", "primary-soft", 4.5), ("muted", "bad-soft", 4.5),
    ("primary", "bg", 4.5), ("primary", "surface", 4.5), ("primary", "sunken", 4.5),
    ("primary", "primary-soft", 4.5), ("primary", "warn-soft", 4.5), ("primary", "info-soft", 4.5),
    ("primary", "note-soft", 4.5), ("primary", "bad-soft", 4.5),
    ("primary-strong", "primary-soft", 4.5), ("on-primary", "primary", 4.5),
    ("on-primary", "primary-strong", 4.5), ("accent", "bg", 4.5), ("accent", "surface", 4.5),
    ("on-band", "band", 7), ("on-band-muted", "band", 7),
    ("ok", "ok-soft", 4.5), ("warn", "warn-soft", 4.5), ("bad", "bad-soft", 4.5),
    ("info", "info-soft", 4.5), ("plain", "plain-soft", 4.5), ("note", "note-soft", 4.5),
    ("ok", "surface", 4.5), ("warn", "surface", 4.5), ("info", "surface", 4.5),
    ("ok", "primary-soft", 4.5), ("warn", "primary-soft", 4.5), ("info", "primary-soft", 4.5),
    ("line-strong", "bg", 3), ("line-strong", "surface", 3), ("line-strong", "sunken", 3),
    ("focus", "bg", 3), ("focus", "surface", 3), ("focus", "sunken", 3),
]


def colours(scheme):
    """Colour variables of a scheme, dark laid over light as the page does it."""
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    if scheme == "dark":
        text += (CSS / "dark.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--cm-([a-z-]+):\s*(#[0-9a-f]{6})", text))


def luminance(colour):
    """Relative luminance of #rrggbb after WCAG 2.2."""
    parts = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two colours after WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_colours():
    """The measure itself is right, or the tests below show nothing."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text, background, least", PAIRS)
def test_text_stands_out(scheme, text, background, least):
    """Older eyes can read every pair of colours that carries text."""
    table = colours(scheme)
    assert contrast(table[text], table[background]) >= least


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_templates_allow_a_strict_content_security_policy(path):
    """No inline script, handler or style, no address outside the site."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert not re.search(r"<[^>%]*\s(style|on[a-z]+)\s*=", text)
    assert "<style" not in text
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_sheets_ask_only_for_files_that_are_shipped(path):
    """Every url() points at a file of the repository; nothing is imported."""
    text = path.read_text(encoding="utf-8")
    assert "@import" not in text
    for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", text):
        assert (path.parent / address).resolve().is_file(), address


def test_body_text_is_at_least_17_pixels():
    """18 px at the browser's usual 16 px."""
    text = (CSS / "base.css").read_text(encoding="utf-8")
    share = float(re.search(r"html \{\s*font-size: ([\d.]+)%", text).group(1))
    assert 16 * share / 100 >= 17


def test_shell_has_the_markers_that_are_filled():
    """Record pages are filled by substitution: a marker that nobody fills would be published."""
    text = (ROOT / "docs" / "overrides" / "khung.html").read_text(encoding="utf-8")
    found = re.findall(r"%%([A-Z_]+)%%", text.split("-#}", 1)[1])
    assert sorted(found) == ["BREADCRUMBS", "CONTENT", "DESCRIPTION", "KIND", "NOTICE", "PAGE_ID", "TITLE", "TOC"]
