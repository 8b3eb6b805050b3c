"""MkDocs events only: hands over to the macros package, so that the rest outlives the generator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from macros.compiled import CompiledTemplates
from macros.frame import LIBRARY_MARKS, Frame, read_pages, shell_sources
from macros.holes import Holes

if TYPE_CHECKING:
    from macros.model import Library


@event_priority(100)  # before the macros plugin, which asks for the holes
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Prepare to keep the pages; load and check the records, unless the command line has them already."""
    if "cotmoc_keep" not in config.extra:
        library = _checked_library(Path(config.config_file_path).parent)
        config.extra["cotmoc_keep"] = lambda frame: _write(library, frame, Path(config.site_dir))
    config.extra.update(cotmoc=LIBRARY_MARKS, cotmoc_holes=Holes(), cotmoc_pages={})
    # The map of the site would need its address, which is not known, and it carries the day of the build.
    config.theme.static_templates.discard("sitemap.xml")
    config.theme.get_env = partial(_templates_alone, config.theme.get_env)
    return config


def _templates_alone(get_env: Callable[[], Environment]) -> Environment:
    """The theme without its own files: 2.5 MB that no page loads, among 14,000 icons to look through."""
    env = get_env()
    env.list_templates = lambda *args, **options: []
    return env


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the empty shell pages that record pages are filled into."""
    for path, text in shell_sources().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep the compiled templates of the theme, too."""
    env.bytecode_cache = CompiledTemplates()


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """As with pages (404.html)."""
    config.extra["cotmoc_pages"][template_name] = output
    return ""


@event_priority(-100)  # after every plugin that still changes the page
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep the rendered page for on_post_build; MkDocs writes nothing."""
    config.extra["cotmoc_pages"][page.file.dest_uri] = output
    return ""


def on_post_build(config: MkDocsConfig) -> None:
    """Hand over the frame: every page is written once it is filled."""
    texts = read_pages(Path(config.docs_dir))
    config.extra["cotmoc_keep"](Frame(config.extra["cotmoc_pages"], config.extra["cotmoc_holes"], texts))


def _checked_library(root: Path) -> Library:
    from macros.checks import check
    from macros.load import load_library

    loaded = load_library(root)
    problems = loaded.problems or check(loaded.library, dt.datetime.now(dt.UTC).date())
    if problems:
        raise PluginError("\n".join(map(str, problems)))
    return loaded.library


def _write(library: Library, frame: Frame, out: Path) -> None:
    from macros import making
    from macros.pages.fragments import fragments

    if faults := [*frame.faults(fragments(library, library.meta.data_as_of.first()))]:
        raise PluginError("\n".join(faults))
    making.write(library, frame.of(library.meta), out)
