"""The five guidance texts are filed completely, and each passage names what it names and no more.

The lists here were made by reading the texts, not from data/topics.yaml: a passage that nobody
filed, a locator that leads nowhere and a treaty slipped into the wrong year all fail.
"""

from __future__ import annotations

import re

import pytest

from macros.load import load_library
from macros.model import Guidance, Library
from macros.views import Views
from tests.library import ROOT

PHONG_QUANG, HA_NAM, LOI_BAC = "seed-phong-quang-2026", "seed-ha-nam-2021", "seed-loi-bac-2026"
CAO_BANG, BTTTT = "seed-cao-bang-2026", "seed-btttt-2023"
_SEA = "mục II.1, 1.2 (biển, đảo)"
_LAND = "mục II.1, 1.2 (lần hai, biên giới trên đất liền)"
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín")


def _numbered(prefix: str, count: int) -> list[str]:
    return [prefix.format(number) for number in range(1, count + 1)]


def _bullets(section: str, count: int) -> list[str]:
    return [f"{section}, gạch đầu dòng thứ {word}" for word in _ORDINALS[:count]]


SECTIONS: dict[str, list[str]] = {
    PHONG_QUANG: [
        "phần mở đầu",
        *_numbered("mục I.1, đoạn {}", 4), *_numbered("mục I.2, đoạn {}", 3),
        *_numbered("mục II.1, 1.1, đoạn {}", 7), *_numbered(_SEA + ", đoạn {}", 6), f"{_LAND}, câu mở đầu",
        *_numbered(_LAND + ", Thứ nhất, ý ({})", 2), *_numbered(_LAND + ", Thứ hai, ý ({})", 3),
        *_numbered(_LAND + ", tuyến Việt Nam – Trung Quốc, ý ({})", 4),
        *_numbered(_LAND + ", tuyến Việt Nam – Lào, ý ({})", 3),
        *_numbered(_LAND + ", tuyến Việt Nam – Campuchia, ý ({})", 4),
        *_numbered("mục II.2, đoạn {}", 5), *_numbered("mục III.{}", 4),
    ],
    HA_NAM: [
        "phần mở đầu", *_bullets("mục I.1", 2), "mục I.2",
        *_bullets("mục II.1", 6), "mục II.1, gạch đầu dòng thứ ba, đoạn 2",
        *_bullets("mục II.2", 5), *_bullets("mục II.3", 3),
        *_bullets("mục III.1.a", 4), "mục III.1.b", "mục III.1.c", "mục III.2", "mục III.3", *_bullets("mục III.4", 3),
    ],
    LOI_BAC: [
        "phần mở đầu", *_numbered("mục I.1, đoạn {}", 3), *_numbered("mục I.2, đoạn {}", 2),
        *_numbered("mục II.1.a, ý {}", 2), "mục II.1.b", "mục II.1.c, phần mở đầu", *_numbered("mục II.1.c, ý {}", 6),
        "mục II.2.a", "mục II.2.b", *_numbered("mục II.2.c, ý {}", 2), "mục II.2.d", "mục II.3",
        "mục III.1", *_numbered("mục III.2, đoạn {}", 2), *_numbered("mục III.3, đoạn {}", 2), "mục III.4",
        *_numbered("mục III.5, đoạn {}", 2), "mục IV",
    ],
    CAO_BANG: [
        "phần mở đầu", *_bullets("mục I.1", 4), *_bullets("mục I.2", 3),
        *_bullets("mục II.1, 1.1", 2), *_bullets("mục II.1, 1.2", 2), *_bullets("mục II.1, 1.3", 3),
        *_bullets("mục II.1, 1.4", 4), *_bullets("mục II.1, 1.5", 2), *_bullets("mục II.2", 9),
        "mục III.1", *_bullets("mục III.2", 4), *_bullets("mục III.3", 2),
    ],
    BTTTT: [
        "phần mở đầu", "mục 1", "mục 2", "mục 3, câu mở đầu", *_bullets("mục 3.1", 2),
        *_numbered("mục 3.2, nhiệm vụ ({})", 3), "mục 4", "mục 5", "mục 6, câu mở đầu",
        *_bullets("mục 6.1", 2), *_numbered("mục 6.1, nội dung ({})", 12),
        *_bullets("mục 6.2.a", 3), *_bullets("mục 6.2.b", 3), *_bullets("mục 6.2.c", 4),
        *_numbered("mục 7, đoạn {}", 2), *_numbered("phần kết, đoạn {}", 2),
    ],
}
FOOTNOTES = {PHONG_QUANG: (1, 2, 3, 4, 5), CAO_BANG: (1,)}

_CN_2009 = {
    "vn-cn-03-van-kien", "vn-cn-2009-demarcation-protocol", "vn-cn-2009-border-management-regulations",
    "vn-cn-2009-border-gates",
}
_CN_ALL = _CN_2009 | {"vn-cn-1999-land-border-treaty", "vn-cn-2015-bac-luan-navigation", "vn-cn-2015-ban-gioc-detian"}
_LA_2016 = {
    "vn-la-2016-borderline-markers-protocol", "vn-la-2016-border-management-agreement", "vn-la-high-level-statements",
}
_LA_WITH_COOPERATION = _LA_2016 | {
    "vn-la-2021-2030-cooperation-strategy", "vn-la-2021-2025-cooperation-agreement",
    "vn-la-border-gates-scheme-2020-2030",
}
_KH_SIX = {
    "vn-kh-1979-peace-friendship-treaty", "vn-kh-1982-historic-waters", "vn-kh-1983-principles-treaty",
    "vn-kh-1983-border-regulations-agreement", "vn-kh-1985-delimitation", "vn-kh-2005-supplementary-treaty",
}
_KH_2019 = {"vn-kh-2019-supplementary-treaty", "vn-kh-2019-demarcation-protocol"}
NAMED = {
    (PHONG_QUANG, "vn-cn"): _CN_ALL,
    (HA_NAM, "vn-cn"): _CN_ALL,
    (LOI_BAC, "vn-cn"): {"vn-cn-03-van-kien"},
    (CAO_BANG, "vn-cn"): {"vn-cn-03-van-kien", "vn-cn-2015-ban-gioc-detian", "cao-bang-guangxi-cooperation"},
    (BTTTT, "vn-cn"): _CN_2009,
    (PHONG_QUANG, "vn-la"): _LA_WITH_COOPERATION | {"vn-la-2024-mou-border-trade-infrastructure"},
    (HA_NAM, "vn-la"): _LA_2016 | {"vn-la-2015-trade-agreement", "vn-la-2015-border-trade-agreement"},
    (BTTTT, "vn-la"): _LA_WITH_COOPERATION | {"vn-la-annual-cooperation-plan"},
    (PHONG_QUANG, "vn-kh"): _KH_SIX | {"vn-kh-border-trade-agreement"},
    (HA_NAM, "vn-kh"): _KH_SIX | _KH_2019,
    (BTTTT, "vn-kh"): _KH_SIX | _KH_2019,
}
"""Treaties and sets that each text names on each line (the 2026 plan leaves out both texts of 2019)."""

SEA_DOCUMENTS = {
    PHONG_QUANG: {
        "nghi-quyet-dai-hoi-xiii", "nghi-quyet-36-nq-tw-2018", "nghi-quyet-44-nq-tw-2023", "ket-luan-71-kl-tw-2024",
        "chi-thi-32-ct-tw-2024", "quyet-dinh-92-qd-ttg-2023", "nghi-quyet-139-2024-qh15", "quyet-dinh-729-qd-ttg-2022",
        "quyet-dinh-1117-qd-ttg-2024",
    },
    LOI_BAC: set(), CAO_BANG: set(), HA_NAM: set(),
    BTTTT: {"nghi-quyet-dai-hoi-xiii", "nghi-quyet-36-nq-tw-2018", "quyet-dinh-729-qd-ttg-2022"},
}
"""Documents named in the part on sea and islands (the list of 2021 has no such part)."""


@pytest.fixture(scope="module")
def library() -> Library:
    loaded = load_library(ROOT)
    assert loaded.library is not None, loaded.problems
    return loaded.library


@pytest.fixture(scope="module")
def guidance(library: Library) -> tuple[Guidance, ...]:
    return tuple(item for topic in library.topics for item in topic.guidance)


def _leads_to(locator: str, section: str) -> bool:
    return re.match(re.escape(section) + r"(?!\w|\.\w)", locator) is not None


def _pairs() -> list[tuple[str, str]]:
    return [(source, section) for source, sections in SECTIONS.items() for section in sections]


@pytest.mark.parametrize(("source", "section"), _pairs())
def test_every_passage_is_filed_under_a_topic(source: str, section: str, guidance: tuple[Guidance, ...]) -> None:
    assert any(item.source == source and _leads_to(item.locator, section) for item in guidance)


@pytest.mark.parametrize(("source", "number"), [(s, n) for s, numbers in FOOTNOTES.items() for n in numbers])
def test_every_footnote_is_filed_under_a_topic(source: str, number: int, guidance: tuple[Guidance, ...]) -> None:
    assert any(item.source == source and _leads_to_note(item.locator, number) for item in guidance)


def _leads_to_note(locator: str, number: int) -> bool:
    return re.search(rf"chú thích {number}(?!\d)", locator) is not None


def test_every_locator_leads_to_a_passage(guidance: tuple[Guidance, ...]) -> None:
    lost = {(i.source, i.locator) for i in guidance if not any(_leads_to(i.locator, s) for s in SECTIONS[i.source])}
    assert lost == set()


@pytest.mark.parametrize(("source", "line"), sorted(NAMED))
def test_treaties_named_on_a_line(source: str, line: str, library: Library, guidance: tuple[Guidance, ...]) -> None:
    named = {name for item in guidance if item.source == source and line in item.lines for name in item.names}
    treaties = {name for name in named if name in library.sets or library.kind_of.get(name) == "treaties"}
    assert treaties == NAMED[source, line]


@pytest.mark.parametrize("source", sorted(SEA_DOCUMENTS))
def test_documents_named_on_the_sea(source: str, library: Library, guidance: tuple[Guidance, ...]) -> None:
    named = {name for item in guidance if item.source == source and "bien" in item.lines for name in item.names}
    assert {name for name in named if library.kind_of.get(name) == "documents"} == SEA_DOCUMENTS[source]


def test_only_one_text_sets_dates(guidance: tuple[Guidance, ...]) -> None:
    dated = {(item.source, item.deadline.iso()) for item in guidance if item.deadline}
    assert dated == {(LOI_BAC, "2026-06-15"), (LOI_BAC, "2026-11-15")}


def test_the_comparison_of_years_finds_what_readers_of_the_texts_found(library: Library) -> None:
    """What is known from reading the five texts; the page computes it from what each passage names."""
    last = {line: Views(library).years_of_line(line)[-1] for line in ("vn-cn", "vn-la", "vn-kh")}
    assert {(step.before, step.year) for step in last.values()} == {(2024, 2026)}
    cambodia = last["vn-kh"]
    assert {"vn-kh-2019-supplementary-treaty", "vn-kh-2019-demarcation-protocol"} <= set(cambodia.dropped)
    named = {*cambodia.new, *cambodia.kept} & set(library.figures)
    figures = {library.figures[any_id][1].fact.value for any_id in named}
    assert {100, 84, 16} <= figures
    assert last["vn-cn"].back.keys() >= {"vn-cn-2015-bac-luan-navigation", "vn-cn-2015-ban-gioc-detian"}
    assert set(last["vn-cn"].back.values()) == {2021}
    assert "vn-la-2021-2025-cooperation-agreement" in last["vn-la"].over
    assert "vn-la-2021-2030-cooperation-strategy" not in last["vn-la"].over


def test_leaves_carry_guidance(library: Library) -> None:
    parents = {topic.parent for topic in library.topics}
    assert [topic.id for topic in library.topics if topic.id not in parents and not topic.guidance] == []
