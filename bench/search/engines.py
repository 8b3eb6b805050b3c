"""One folder a search engine: its index and a page on which ``window.ask(text)`` answers.

``ask`` resolves to the ids of the best ten; ``window.ready`` resolves to the milliseconds that
loading took. Each ``prepare_…`` writes the folder and gives the files that a visitor downloads.
"""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.search.records import plain_text
from macros.search import SearchDoc, index_script
from macros.search.index import BOOST, Index
from macros.search.terms import date_terms, text_terms
from macros.vietnamese import table_script

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCRIPTS = ROOT / "docs" / "assets" / "js"


def page(folder: Path, adapter: str, scripts: list[str], *, kind: str = "text/javascript") -> None:
    """index.html with the engine's scripts and the adapter that gives it one shape."""
    shutil.copy(HERE / "pages" / adapter, folder / adapter)
    tags = "".join(f'<script src="{name}"></script>' for name in scripts)
    text = f'<!doctype html><meta charset="utf-8"><title>{adapter}</title>{tags}'
    text += f'<script type="{kind}" src="{adapter}"></script>'
    (folder / "index.html").write_text(text, encoding="utf-8")


def prepare_ours(folder: Path, docs: tuple[SearchDoc, ...], index: Index, npm: Path | None):
    (folder / "table.js").write_text(table_script(), encoding="utf-8")
    (folder / "index.js").write_text(index_script(index), encoding="utf-8")
    for name in ("analysis.js", "search.js"):
        shutil.copy(SCRIPTS / name, folder / name)
    page(folder, "ours.js", [])
    return [folder / "index.js"]


def prepare_material(folder: Path, docs: tuple[SearchDoc, ...], index: Index, npm: Path | None):
    """A stock site of Material in Vietnamese whose search index holds the records."""
    source = folder / "source"
    (source / "docs").mkdir(parents=True)
    (source / "docs" / "index.md").write_text("# Trang\n", encoding="utf-8")
    config = "site_name: Trang\ntheme: {name: material, language: vi, font: false}\nplugins: [search]\n"
    (source / "mkdocs.yml").write_text(config, encoding="utf-8")
    build = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(source / "mkdocs.yml")]
    subprocess.run([*build, "-d", str(folder / "site")], check=True, capture_output=True)
    shutil.rmtree(source)
    target = folder / "site" / "search" / "search_index.json"
    data = json.loads(target.read_text(encoding="utf-8"))
    data["docs"] = [
        {"location": f"{doc.id}/", "title": doc.title, "text": html.escape(plain_text(doc))} for doc in docs
    ]
    target.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    shutil.copy(HERE / "pages" / "material.js", folder / "site" / "material.js")
    (folder / "index.html").write_text("<script>location='site/index.html'</script>", "utf-8")
    return [target]


def prepare_minisearch(folder: Path, docs: tuple[SearchDoc, ...], index: Index, npm: Path):
    """MiniSearch as its manual advises: marks folded, prefixes, fuzzy 0.2, title boosted."""
    shutil.copy(npm / "node_modules" / "minisearch" / "dist" / "umd" / "index.js", folder / "minisearch.js")
    records = [{"id": d.id, "title": d.title, "text": plain_text(d)} for d in docs]
    text = json.dumps(records, ensure_ascii=False, separators=(",", ":"))
    (folder / "records.js").write_text(f"window.records={text};", encoding="utf-8")
    page(folder, "minisearch-page.js", [])
    return [folder / "records.js"]


def prepare_pagefind(folder: Path, docs: tuple[SearchDoc, ...], index: Index, npm: Path):
    """A page a record, indexed by Pagefind's own command."""
    pages = folder / "r"
    pages.mkdir()
    for number, doc in enumerate(docs):
        title, text = html.escape(doc.title), html.escape(plain_text(doc))
        body = f"<main data-pagefind-body><h1>{title}</h1><p>{text}</p></main>"
        whole = f'<!doctype html><html lang="vi"><title>{title}</title><body>{body}'
        (pages / f"{number}.html").write_text(whole, encoding="utf-8")
    command = [str(npm / "node_modules" / ".bin" / "pagefind"), "--site", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "ids.js").write_text(f"window.ids={json.dumps([d.id for d in docs])};", "utf-8")
    page(folder, "pagefind-page.js", ["ids.js"], kind="module")
    return [path for path in (folder / "pagefind").rglob("*.pf_*") if path.is_file()]


def prepare_lunr(folder: Path, docs: tuple[SearchDoc, ...], index: Index, npm: Path):
    """lunr as the plan had it: prebuilt in Python from token lists of our own analysis."""
    from lunr.builder import Builder

    builder = Builder()
    builder.ref("id")
    for name, boost in BOOST.items():
        builder.field(name, boost=boost)
    for number, doc in enumerate(docs):
        builder.add({"id": str(number), **_token_lists(doc, index)})
    text = json.dumps(builder.build().serialize(), ensure_ascii=False, separators=(",", ":"))
    (folder / "lunr-index.js").write_text(f"window.lunrIndex={text};", encoding="utf-8")
    (folder / "ids.js").write_text(f"window.ids={json.dumps([d.id for d in docs])};", "utf-8")
    (folder / "table.js").write_text(table_script(), encoding="utf-8")
    shutil.copy(SCRIPTS / "analysis.js", folder / "analysis.js")
    shutil.copy(npm / "node_modules" / "lunr" / "lunr.js", folder / "lunr.js")
    page(folder, "lunr-page.js", [])
    return [folder / "lunr-index.js"]


def _token_lists(doc: SearchDoc, index: Index) -> dict[str, list[str]]:
    texts = {"names": " ; ".join(doc.names), "number": doc.number, "facets": doc.facets, "body": doc.body}
    lists = {n: [term for term, _ in text_terms(t, index.spelling)] for n, t in texts.items()}
    lists["dates"] = [term for iso, role in doc.dates for term in date_terms(iso, role)]
    return lists


ENGINES: Mapping[str, tuple[str, object, bool]] = {
    # name: (title in the report, prepare, whether it needs npm)
    "ours": ("Cột Mốc", prepare_ours, False),
    "material": ("Material mặc định (vi)", prepare_material, False),
    "pagefind": ("Pagefind", prepare_pagefind, True),
    "minisearch": ("MiniSearch (bỏ dấu, tiền tố, gần đúng)", prepare_minisearch, True),
    "lunr": ("lunr với bộ phân tích của Cột Mốc", prepare_lunr, True),
}
