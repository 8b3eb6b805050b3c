"""MkDocs events only: hands over to the macros package, so that the rest outlives the generator."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from macros import making, search, site
from macros.checks import check
from macros.load import load_library
from macros.pages.compiled import CompiledTemplates
from macros.pages.holes import Holes

UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/", "sitemap.xml")
"""Files of the theme that docs/overrides/base.html does not load: 2.5 MB that nobody would read. The map of
the site would need its address, which is not known, and it carries the day of the build."""


@event_priority(100)  # before the macros plugin, which asks for the library
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check the records, unless the command line has done so already."""
    if "cotmoc_library" not in config.extra:
        loaded = load_library(Path(config.config_file_path).parent)
        today = dt.datetime.now(dt.UTC).date()
        problems = loaded.problems or check(loaded.library, today)
        if problems:
            raise PluginError("\n".join(map(str, problems)))
        config.extra["cotmoc_library"] = loaded.library
    values = site.library_values(config.extra["cotmoc_library"])
    config.extra.update(cotmoc=values, cotmoc_holes=Holes(), cotmoc_pages={})
    config.extra.setdefault("cotmoc_write", making.write)
    config.theme.static_templates.discard("sitemap.xml")
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the empty shell pages that record pages are filled into; leave out what no page loads."""
    for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
        files.remove(file)
    for path, text in site.shell_sources().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep the compiled templates of the theme, too."""
    env.bytecode_cache = CompiledTemplates()


@event_priority(-100)  # after every plugin that still changes the page
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep the rendered page for on_post_build, which fills and writes it; MkDocs writes nothing."""
    config.extra["cotmoc_pages"][page.file.dest_uri] = output
    return ""


def on_post_build(config: MkDocsConfig) -> None:
    """Write every page and what else is made from records."""
    library = config.extra["cotmoc_library"]
    texts = search.read_pages(Path(config.docs_dir))
    frame = making.Frame(config.extra["cotmoc_pages"], config.extra["cotmoc_holes"], texts)
    config.extra["cotmoc_write"](library, frame, Path(config.site_dir))
