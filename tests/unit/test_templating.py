"""Our way of compiling templates: the same words as Jinja's, strict, and escaped once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import TemplateAssertionError, UndefinedError
from markupsafe import Markup

from macros.pages.templating import Templates

ITEM = SimpleNamespace(name="A & B", html=Markup("<b>x</b>"), count=3, share=1.5, nothing=None)


def made(source: str) -> str:
    return Templates({"shout": str.upper}, {"site": "Cột Mốc"}).from_string(source).render(item=ITEM, pair={"name": 1})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ item.name }}", "A &amp; B"),
        ("{{ item.html }}", "<b>x</b>"),
        ("{{ item.count }} {{ item.share }} {{ item.nothing }} {{ true }}", "3 1.5 None True"),
        ("{{ item.name | shout }} {{ site }}", "A &amp; B Cột Mốc"),
        ("[{{ 'x' if item.nothing }}]", "[]"),
        ("{{ item.name.replace('A', '<') }}", "&lt; &amp; B"),
        (
            "{% macro m(a, b='y') %}{{ a }}{{ b }}{% endmacro %}{{ m('<') }}{{ m('1', '2') }}{{ m(b='z', a='x') }}",
            "&lt;y12xz",
        ),
        (
            "{% macro m(a) %}({{ a }}{{ caller() }}){% endmacro %}{% call m('x') %}{{ item.html }}{% endcall %}",
            "(x<b>x</b>)",
        ),
        ("{% for i in [1, [2, 3]] recursive %}{{ loop(i) if i is iterable else i }}{% endfor %}", "123"),
    ],
)
def test_what_a_template_says(source, expected):
    assert made(source) == expected


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ missing }}", UndefinedError),
        ("{{ missing.name }}", UndefinedError),
        ("{{ missing() }}", UndefinedError),
        ("{{ item.missing }}", AttributeError),
        ("{{ pair.name }}", AttributeError),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", UndefinedError),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, c=2) }}", TypeError),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", TypeError),
        ("{% macro m(a) %}{{ varargs }}{% endmacro %}", TemplateAssertionError),
        ("{{ item.name.format(*[1]) }}", TemplateAssertionError),
    ],
)
def test_what_no_template_may_say(source, error):
    with pytest.raises(error):
        made(source)
