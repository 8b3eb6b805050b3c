"""Cross-record rules: one named function each, listed in the one table CHECKS.

A check is a generator of findings over a whole library. Its name is what a message and the
documentation call it; the first line of its docstring is the rule in one sentence. Each has a
bad example in tests/fixtures/bad that must fail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from macros.checks import dating, linking, saying, shape, sourcing, wording
from macros.checks.finding import Finding
from macros.model import Library, Problem, Record

Check = Callable[[Library, dt.date], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    shape.unique_ids,
    shape.safe_file_names,
    shape.no_repeats_in_lists,
    shape.sets_are_exact,
    shape.deadlines_are_complete,
    shape.labelled_fields,
    linking.references_resolve,
    linking.references_are_of_the_right_kind,
    linking.references_in_text_can_be_printed,
    linking.relations_point_elsewhere,
    linking.relations_are_typed_once,
    linking.relations_have_no_cycle,
    linking.topics_form_a_tree,
    linking.guidance_year_matches,
    dating.signed_before_in_force,
    dating.terminated_after_in_force,
    dating.issued_before_in_force,
    dating.nothing_from_the_future,
    dating.status_fits_dates,
    dating.successor_starts_after_establishment,
    sourcing.facts_have_sources,
    sourcing.facts_have_confidence,
    sourcing.high_confidence_has_two_sources,
    sourcing.statements_have_sources,
    sourcing.positions_say_whose,
    sourcing.records_have_sources,
    sourcing.status_says_when_checked,
    sourcing.inferred_status_is_weak,
    sourcing.other_values_differ,
    sourcing.sources_are_cited,
    saying.no_date_or_number_is_typed,
    saying.no_title_is_typed,
    saying.sayings_name_their_basis,
    saying.sayings_are_still_valid,
    saying.sayings_say_whose,
    saying.sayings_can_be_read_aloud,
    wording.text_is_clean_unicode,
    wording.text_holds_no_markup,
    wording.marks_are_in_place,
)


RECORDS_TOGETHER = 200

WHOLE: frozenset[Check] = frozenset(
    {
        shape.unique_ids,
        shape.labelled_fields,
        linking.references_resolve,
        linking.relations_are_typed_once,
        linking.relations_have_no_cycle,
        linking.topics_form_a_tree,
        sourcing.sources_are_cited,
        saying.no_title_is_typed,
    }
)
"""Rules that compare records with each other. All others look at one record at a time, and at
what it points to: they give the same findings when they are run for each record by itself."""


def check(library: Library, today: dt.date) -> tuple[Problem, ...]:
    """Run every check; all problems, in file order. ``today`` is the day that nothing may pass."""
    return in_file_order(part() for part in check_parts(library, today))


def check_parts(library: Library, today: dt.date) -> list[Callable[[], list[Problem]]]:
    """The whole check in parts that may be run side by side; the longest come first."""
    library.look_ups()
    records = list(library.records())
    groups = [records[n : n + RECORDS_TOGETHER] for n in range(0, len(records), RECORDS_TOGETHER)]
    return [
        *(partial(_check_rule, library, rule, today) for rule in CHECKS if rule in WHOLE),
        *(partial(_check_records, library, group, today) for group in groups),
    ]


def in_file_order(found: Iterable[Iterable[Problem]]) -> tuple[Problem, ...]:
    """The problems that the parts have found, each once."""
    return tuple(sorted(set(chain.from_iterable(found))))


def _check_rule(library: Library, rule: Check, today: dt.date) -> list[Problem]:
    return list(_problems(library, rule, rule(library, today)))


def _check_records(library: Library, records: Iterable[tuple[str, Record]], today: dt.date) -> list[Problem]:
    return [problem for kind, record in records for problem in check_record(library, kind, record, today)]


def check_whole(library: Library, today: dt.date) -> Iterator[Problem]:
    """What the rules in WHOLE say."""
    for rule in CHECKS:
        if rule in WHOLE:
            yield from _check_rule(library, rule, today)


def check_record(library: Library, kind: str, record: Record, today: dt.date) -> Iterator[Problem]:
    """What the other rules say of one record."""
    # Record by record, not rule by rule: a record is then walked once for all rules.
    alone = library.alone(kind, record)
    for rule in _SINGLE:
        yield from _problems(library, rule, rule(alone, today))


_SINGLE = tuple(rule for rule in CHECKS if rule not in WHOLE)


def _problems(library: Library, rule: Check, findings: Iterator[Finding]) -> Iterator[Problem]:
    for finding in findings:
        place = library.where(finding.record, *finding.path)
        yield Problem(place, finding.record, finding.what, finding.remedy, rule.__name__)
