"""Templates that become plain Python: what Jinja leaves open until a page is made is settled beforehand.

Jinja's own code asks again at every dot, call and output: is this an attribute or a key, does this
function want the context, may this text be escaped already? In our templates a dot is an attribute,
a call is a call, and everything is escaped, so it is written down that way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import missing
from markupsafe import Markup, escape

try:
    # What ``escape`` does before it wraps the text as Markup, which takes fifteen times as long and is of
    # no use for what is joined at once.
    from markupsafe import _escape_inner as escaped
except ImportError:  # it is not promised to stay

    def escaped(text: str, /) -> str:
        return str(escape(text))


from macros.compiled import CompiledTemplates

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

marked = partial(str.__new__, Markup)
"""A text as HTML, from one that is known to be a plain ``str``: ``Markup`` would ask it first."""


class _PlainCode(CodeGenerator):
    """Writes attributes and calls as Python has them. What is undefined still raises when it is used."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if node.dyn_args or node.dyn_kwargs:
            self.fail("* and ** in a call are not provided for", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:
        # Nothing is printed where there is no "else", which Jinja does by way of an undefined value.
        if node.expr2 is None:
            node.expr2 = nodes.Const("")
        super().visit_CondExpr(node, frame)

    def macro_def(self, macro_ref: Any, frame: Frame) -> None:
        node = macro_ref.node
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            self.fail("a macro takes the arguments that it names", node.lineno)
        names = tuple(argument.name for argument in node.args)
        self.write(f"environment.macro(macro, {names!r}, {macro_ref.accesses_caller!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.shown(")


class Templates(Environment):
    """The templates of pages and fragments, with autoescaping; strict about what is undefined."""

    code_generator_class = _PlainCode

    def __init__(self, filters: Mapping[str, Callable[..., Any]], names: Mapping[str, Any]) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES),
            bytecode_cache=CompiledTemplates(made_by=Path(__file__)),
            # A site is made in a moment; whoever changes a template makes another.
            auto_reload=False,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
        self.filters.update(filters)
        self.globals.update(names)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # No template has names of its own, and Jinja's chain of mappings is copied for each page.
        return self.globals

    @staticmethod
    def shown(value: Any) -> str:
        """What stands in the page for a value. Half of all are HTML already, or a number."""
        kind = type(value)
        if kind is str:
            return escaped(value)
        if kind is Markup:
            return value
        return str(value) if kind is int or kind is float else escape(value)

    @staticmethod
    def macro(make: Callable[..., str], names: tuple[str, ...], takes_caller: bool) -> Callable[..., Markup]:
        """The function that a template calls: ``make`` wants every argument, given or missing, then the caller."""
        lacking = tuple((missing,) * (len(names) - given) for given in range(len(names) + 1))

        def called(*arguments: Any, **named: Any) -> Markup:
            if len(arguments) > len(names):
                raise TypeError(f"{len(arguments)} arguments, where there are {len(names)}")
            if not named:
                return marked(make(*arguments, *lacking[len(arguments)]))
            caller = (named.pop("caller"),) if takes_caller else ()
            rest = [named.pop(name, missing) for name in names[len(arguments) :]]
            if named:
                raise TypeError(f"unknown arguments {sorted(named)}")
            return marked(make(*arguments, *rest, *caller))

        return called
