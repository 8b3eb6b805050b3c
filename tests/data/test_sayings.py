"""The real talking points and questions: enough of them, sourced, sayable, fair in form."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from macros import aloud, loa, references
from macros.load import load_library
from macros.talking_points import basis, texts
from macros.views import Views
from tests.library import ROOT

LEAST_POINTS, LEAST_QUESTIONS, LEAST_AT_A_LEAF = 100, 60, 3
FACTUAL = {"treaties", "documents", "events", "figures", "sets"}
"""Kinds of record with dates or numbers."""
PASSAGES = 3
"""So many passages of guidance are as many facts about what plans ask for."""
WITHOUT_FACTS = {
    "bien-gioi-vn-kh-nguoi-goc-viet": "một đoạn hướng dẫn, không kể biện pháp nào",
    "bien-dao-van-hoa-bien": "hai đoạn hướng dẫn",
    "bien-dao-hop-tac-nghien-cuu": "hai đoạn hướng dẫn, không kể kết quả nghiên cứu nào",
    "bien-dao-kinh-nghiem-quoc-te": "một đoạn hướng dẫn, không kể nước nào",
    "bien-dao-mo-hinh": "hai đoạn hướng dẫn, không kể mô hình nào",
    "bien-dao-hai-quan-guong": "một đoạn hướng dẫn, không kể tên ai",
    "bien-dao-hai-quan-xay-dung": "một đoạn hướng dẫn",
    "bien-dao-truong-sa-dk1": "một đoạn hướng dẫn",
    "ttdn-tinh-hinh-the-gioi": "một đoạn hướng dẫn, không kể sự kiện nào",
}
"""Leaves that need not have three points, and why; each still has at least one."""


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT).library


def sayings(library):
    return (*library.talking_points, *library.questions)


def test_there_are_enough(library):
    assert len(library.talking_points) >= LEAST_POINTS
    assert len(library.questions) >= LEAST_QUESTIONS


def carries_facts(views, topic) -> bool:
    """Whether a topic has facts of its own to say: a statement that is more than our note, a dated or
    numbered record filed under it or named in its guidance, or three passages of guidance."""
    named = {any_id for passage in topic.guidance for any_id in passage.names}
    return (
        any(statement.nature != "note" for statement in topic.statements)
        or any(views.kind(any_id) in FACTUAL for any_id in {*views.records_of(topic), *named})
        or len(topic.guidance) >= PASSAGES
    )


def test_every_leaf_that_carries_facts_and_every_line_has_its_points(library):
    views = Views(library)
    leaves = [topic for topic in library.topics if not views.children.get(topic.id)]
    at = Counter(point.topic for point in library.talking_points)
    carrying = {topic.id for topic in leaves if carries_facts(views, topic)}
    assert [topic_id for topic_id in sorted(carrying) if at[topic_id] < LEAST_AT_A_LEAF] == []
    # The list is held against the rule, so that a leaf that has got its points leaves it.
    others = {topic.id for topic in leaves} - carrying
    assert {topic_id for topic_id in others if at[topic_id] < LEAST_AT_A_LEAF} == set(WITHOUT_FACTS)
    assert [topic_id for topic_id in WITHOUT_FACTS if not at[topic_id]] == []
    for border in library.borders:
        assert sum(border.id in point.lines for point in library.talking_points) >= LEAST_AT_A_LEAF


def test_every_saying_rests_on_sources_of_the_library(library):
    for saying in sayings(library):
        if saying.nature == "note":
            continue
        cited = basis(library, saying)
        assert cited, saying.id
        assert all(item.source in library.by_id for item in cited)


def test_every_sentence_is_one_breath_and_can_be_said(library):
    for saying in sayings(library):
        for edition in loa.EDITIONS:
            for sentence in loa.loa(library, saying, edition).sentences:
                assert not aloud.too_long(sentence), (saying.id, sentence)
                assert aloud.unsayable(sentence) is None, (saying.id, sentence)


def test_the_short_edition_is_about_half_a_minute(library):
    """What may never be left out (the line, what is contested) does not outgrow the edition by much."""
    for point in library.talking_points:
        assert loa.loa(library, point, loa.SHORT).seconds <= loa.SHORT.seconds * 1.5, point.id
        assert loa.loa(library, point, loa.LONG).seconds <= loa.LONG.seconds, point.id


def test_dates_fit_the_words_before_them(library):
    """A month or an unknown date is never printed after "ngày"."""
    for saying in sayings(library):
        for text in texts(saying):
            printed = references.plain(library, text)
            assert not re.search(r"ngày (tháng \d|năm \d|từ \d|chưa có nguồn)", printed), (saying.id, printed)


def test_a_matter_of_the_two_archipelagos_is_always_marked_as_contested(library):
    for saying in sayings(library):
        said = " ".join(texts(saying))
        if re.search(r"chủ quyền đối với Hoàng Sa|quần đảo này thuộc", said):
            assert saying.contested and saying.contested.sources, saying.id


def test_nothing_is_said_about_the_reader_s_now(library):
    """ "This year" goes stale in a copy that nobody can recall."""
    for saying in sayings(library):
        assert not any(re.search(r"\bnăm nay\b", text) for text in texts(saying)), saying.id


def test_every_question_says_what_is_asked_next_and_all_say_when_they_were_reviewed(library):
    assert [question.id for question in library.questions if not question.follow_ups] == []
    assert [saying.id for saying in sayings(library) if saying.reviewed_on is None] == []


def test_ids_tell_the_kind(library):
    assert all(point.id.startswith("y-") for point in library.talking_points)
    assert all(question.id.startswith("h-") for question in library.questions)
