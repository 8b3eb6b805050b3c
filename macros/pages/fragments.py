"""Parts of hand-written pages that are made from records: what a page in docs/ may call.

Each fragment is a function that returns HTML; ``root`` leads from the calling page to the site's
root ("" for pages beside index.md, "../" for the list pages in folders).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import Any

from macros import diff, occasions
from macros.analysis.letters import strip_tone
from macros.changes import WHAT, FieldChange
from macros.model import Agency, Border, Library, Stage
from macros.pages.days import DayFragments
from macros.pages.render import Site
from macros.pages.sharing import SharingFragments

HOME_OCCASIONS = 6


def fragments(library: Library, today: dt.date) -> dict[str, Callable[..., str]]:
    """Every fragment by the name under which pages call it."""
    return of_site(Site(library, today))


def of_site(site: Site) -> dict[str, Callable[..., str]]:
    """The same for a site that is there already."""
    groups = (Fragments(site), DayFragments(site), SharingFragments(site))
    return {name: getattr(group, name) for group in groups for name in vars(type(group)) if not name.startswith("_")}


class Fragments:
    """The public methods are the macros of hand-written pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._library = site.library

    def _render(self, name: str, root: str, /, **context: Any) -> str:
        return self._site.render(f"fragments/{name}.html.j2", root, **context)

    # ---- home ----
    def hero_search(self, root: str = "") -> str:
        """The large search box of the home page."""
        return self._render("hero_search", root)

    def next_events(self, root: str = "", limit: int = HOME_OCCASIONS) -> str:
        """The next anniversaries and deadlines, counted from the day of the data."""
        items = occasions.upcoming(self._library, self._site.today, limit)
        return self._render("next_events", root, items=items, today=self._site.today)

    def doors(self, root: str = "") -> str:
        """The four doors of the home page."""
        return self._render("doors", root)

    def line_status(self, root: str = "") -> str:
        """One row a line: what is settled and what remains."""
        done = {b.id: Counter(s.stage for s in b.stages if s.state == "done") for b in self._library.borders}
        going = {b.id: _unfinished(b) for b in self._library.borders}
        return self._render("line_status", root, done=done, going=going)

    # ---- lists ----
    def treaty_table(self, root: str = "../") -> str:
        """Every treaty, with filters by line, kind, year, status and guidance."""
        rows = sorted(self._library.treaties, key=lambda t: self._site.views.sort_key(t.id))
        return self._render("treaty_table", root, rows=rows, cited_by=self._cited_by())

    def document_table(self, root: str = "../") -> str:
        """Every domestic document, with filters by system, kind, year, status and guidance."""
        rows = sorted(self._library.documents, key=lambda d: self._site.views.sort_key(d.id))
        return self._render("document_table", root, rows=rows, cited_by=self._cited_by())

    def _cited_by(self) -> dict[str, str]:
        """For each record id the ids of the guidance sources that name it, as one attribute."""
        return {
            key: " ".join(sorted({naming.guidance.source for naming in namings}))
            for key, namings in self._site.views.named_by.items()
        }

    def border_list(self, root: str = "../") -> str:
        """The border lines with summary and stages."""
        return self._render("border_list", root)

    def topic_tree(self, root: str = "../") -> str:
        """The whole tree of topics."""
        return self._render("topic_tree", root)

    def event_table(self, root: str = "../") -> str:
        """Every anniversary, deadline and occasion on record."""
        rows = sorted(self._library.events, key=lambda e: self._site.views.sort_key(e.id))
        return self._render("event_table", root, rows=rows)

    def source_table(self, root: str = "../") -> str:
        """Every source with its kind and how often it is cited."""
        rows = sorted(self._library.sources, key=lambda s: (s.kind != "guidance", s.id))
        return self._render("source_table", root, rows=rows)

    # ---- guidance ----
    def guidance_matrix(self, root: str = "") -> str:
        """Topics down, documents across; each cell says where, for whom and by which channel."""
        cells: dict[tuple[str, str], list] = {}
        for naming in self._site.views.guidance:
            cells.setdefault((naming.topic.id, naming.guidance.source), []).append(naming.guidance)
        views = self._site.views
        groups: dict[str, list] = {}
        for topic in (topic for topic in self._library.topics if topic.guidance):
            groups.setdefault(views.root(topic).title, []).append(topic)
        return self._render(
            "guidance_matrix", root, cells=cells, groups=list(groups.items()), sources=views.guidance_sources
        )

    def guidance_table(self, root: str = "") -> str:
        """Every guidance passage in one table, with filters by topic, document, audience and channel."""
        return self._render("guidance_table", root, namings=self._site.views.guidance)

    def year_changes(self, root: str = "") -> str:
        """For each line what each year's guidance names that the year before did not, and the reverse."""
        return self._render("year_changes", root)

    # ---- reference pages ----
    def glossary_list(self, root: str = "") -> str:
        """Every term with its meaning, by the Vietnamese alphabet."""
        rows = sorted(self._library.glossary, key=lambda t: (_letters(t.term), t.id))
        letters = [(letter, list(group)) for letter, group in groupby(rows, key=lambda t: _initial(t.term))]
        return self._render("glossary_list", root, letters=letters)

    def question_list(self, root: str = "") -> str:
        """Every question with its answer, grouped by topic in the order of the tree; above them its branches."""
        grouped: dict[str, list] = {}
        for topic in self._library.topics:
            items = self._library.asked.get(topic.id, ())
            if items:
                grouped[topic.id] = items
        branches: dict[str, list[str]] = {}
        for topic_id in grouped:
            branches.setdefault(self._library.by_id[topic_id].parent or topic_id, []).append(topic_id)
        counted = [(branch, ids[0], sum(len(grouped[each]) for each in ids)) for branch, ids in branches.items()]
        return self._render("question_list", root, groups=list(grouped.items()), branches=counted)

    def agency_table(self, root: str = "") -> str:
        """Who was who: every body, its days, and who took over its work; those that changed come first."""
        rows = sorted(self._library.agencies, key=lambda a: not _has_ended(a))  # stable: else the file's order
        return self._render("agency_table", root, rows=rows, ended=_has_ended)

    def corrections_list(self, root: str = "") -> str:
        """Every correction of a published value, newest first."""
        items = [(c, record) for _, record in self._library.records() for c in record.corrections]
        items.sort(key=lambda pair: (pair[0].on, pair[1].id, pair[0].field), reverse=True)
        withdrawn = [record for _, record in self._library.records() if record.withdrawn]
        return self._render("corrections_list", root, items=items, withdrawn=withdrawn)

    def recent_changes(self, root: str = "") -> str:
        """Every kept step of changes, newest first, with the fields that changed."""
        steps = tuple(reversed(self._library.changes))
        return self._render("recent_changes", root, steps=steps, said=self._said, what=WHAT)

    def _said(self, field: FieldChange) -> str:
        """One changed field in a line."""
        vocabulary = self._library.vocabulary
        return diff.line(field, vocabulary, {source: self._site.source_name(source) for source in field.sources})

    def words_of(self, vocabulary: str, root: str = "") -> str:
        """The terms of one vocabulary with their explanation, as they look on the pages."""
        return self._render("words_of", root, name=vocabulary, terms=self._library.vocabulary[vocabulary].values())

    def counts(self, root: str = "") -> str:
        """How many records of each kind the library holds."""
        return self._render("counts", root)

    def about_facts(self, root: str = "") -> str:
        """Version, day of the data, licences and the person to tell about an error."""
        return self._render("about_facts", root)


def _has_ended(agency: Agency) -> bool:
    return agency.dissolved.value is not None or bool(agency.successors)


def _unfinished(border: Border) -> dict[tuple[str, str], list[Stage]]:
    """Steps that are not done, by (step, how far): at sea one step has several areas."""
    groups: dict[tuple[str, str], list[Stage]] = {}
    for stage in border.stages:
        if stage.state != "done":
            groups.setdefault((stage.stage, stage.state), []).append(stage)
    return groups


_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def _initial(term: str) -> str:
    """The letter under which a term is filed, as a capital."""
    return strip_tone(term[:1].casefold())[0].upper()


def _letters(text: str) -> list[list[int]]:
    """A key for the order of a Vietnamese dictionary: by word, letters without their tone first."""
    return [[_ALPHABET.find(letter) for letter in strip_tone(word)[0]] for word in text.casefold().split()]
