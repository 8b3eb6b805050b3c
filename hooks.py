"""MkDocs events only: hands over to the macros package, so that the rest outlives the generator."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from macros import search, site
from macros.checks import check
from macros.load import load_library

UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Files of the theme that docs/overrides/base.html does not load: 2.5 MB that nobody would read."""


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
    # It would need the site's address, which is not known, and it carries the day of the build.
    config.theme.static_templates.discard("sitemap.xml")
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the empty shell pages that record pages are filled into; leave out what no page loads."""
    for file in [file for file in files if file.src_uri.startswith(UNUSED)]:
        files.remove(file)
    for path, text in site.shell_sources().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Fill the shells with every record and write what else is made from records."""
    library = config.extra["cotmoc_library"]
    out = Path(config.site_dir)
    shells = {}
    for folder in site.FOLDERS:
        path = out / folder / f"{site.SHELL}.html"
        shells[folder] = site.Shell(path.read_text(encoding="utf-8"))
        path.unlink()
    made = site.site_files(library, shells, library.meta.data_as_of.first())
    pages = search.read_pages(Path(config.docs_dir))
    for name, content in (*made, *search.files(library, pages)):
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # As bytes: a text would get the line ends of the system at hand.
        target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
