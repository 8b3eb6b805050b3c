"""Cross-record rules: one named function each, listed in the one table CHECKS.

A check is a generator of findings over a whole library. Its name is what a message and the
documentation call it; the first line of its docstring is the rule in one sentence. Each has a
bad example in tests/data/test_checks.py that must fail.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

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
    problems = list(check_whole(library, today))
    for kind, record in library.records():
        problems += check_record(library, kind, record, today)
    return tuple(sorted(set(problems)))


def check_whole(library: Library, today: dt.date) -> Iterator[Problem]:
    """What the rules in WHOLE say."""
    for rule in CHECKS:
        if rule in WHOLE:
            yield from _problems(library, rule, rule(library, today))


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
