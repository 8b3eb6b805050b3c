"""The building blocks of every record: terms of a vocabulary, citations, facts, statements.

A *fact* is a value together with where it comes from and how sure it is. Nothing in the
library is a bare value: an unknown one is a fact whose value is None, and is printed as
"chưa có nguồn". Values that disagree stand beside the fact in ``others``, each with its
own sources and with the reason why it was not taken.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from macros.dates import PartialDate

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
"""Permanent record id: ASCII kebab-case, so that it is safe as a file name and over the phone."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
"""Plain text for people, NFC. It may hold references such as ``[[record-id.signed]]``."""


class VocabularyTerm:
    """Marks a string that must be a term of the named list in data/vocabulary.yaml."""

    def __init__(self, vocabulary: str) -> None:
        self.vocabulary = vocabulary

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        # macros.schema replaces this mark by the list itself, so that the list lives once.
        return {**handler(schema), "x-vocabulary": self.vocabulary}

    def _check(self, value: str, info: ValidationInfo) -> str:
        terms = ((info.context or {}).get("vocabulary") or {}).get(self.vocabulary)
        if terms is not None and value not in terms:
            raise PydanticCustomError(
                "vocabulary",
                'từ "{value}" không có trong danh mục {name}; chọn một trong: {terms}',
                {"value": value, "name": self.vocabulary, "terms": ", ".join(terms)},
            )
        return value


def term(vocabulary: str) -> Any:
    """The type of a field that takes one term of ``vocabulary``."""
    return Annotated[str, VocabularyTerm(vocabulary)]


class Base(BaseModel):
    """Immutable, no unknown keys: a misspelt key is an error, not a lost value."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid")


class Citation(Base):
    """Where exactly something stands: a source and the place in it."""

    source: Id
    """Id of a record of data/sources.yaml."""
    locator: Text
    """Section, article, footnote or part of the page, so that a person finds it again."""
    says: Text | None = None
    """What that place says, in our own words."""
    printed: Text | None = None
    """The wording of a title, number or date exactly as printed there, when it differs from ours."""


T = TypeVar("T")


class Other(Base, Generic[T]):
    """A value in circulation that was not taken, and why."""

    value: T
    sources: tuple[Citation, ...] = ()
    resolution: Text
    """Why this value was not taken (or what it counts instead)."""


class Fact(Base, Generic[T]):
    """A value, its sources, and how sure it is. ``value`` None means: no source found."""

    value: T | None = None
    confidence: term("confidence") | None = None
    """high: two independent sources agree; medium: one good source; low: weak or derived."""
    sources: tuple[Citation, ...] = ()
    derived: Text | None = None
    """How the value was computed from sourced parts, when no source states it outright."""
    as_of: PartialDate | None = None
    """The day for which the value held."""
    note: Text | None = None
    others: tuple[Other[T], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _bare_value(cls, data: Any) -> Any:
        """``signed: 2009-11-18`` is short for a fact without source (which a check reports)."""
        if data is None:
            return {}
        return data if isinstance(data, (dict, Fact)) else {"value": data}


class Status(Fact[term("status")]):
    """Whether the instrument is in force, and the day on which that was checked."""

    checked_on: PartialDate | None = None


class Contested(Base):
    """That a matter is contested, with a neutral word on what the other side holds."""

    text: Text
    sources: tuple[Citation, ...] = ()


class Statement(Base):
    """One sentence or two, and whose they are.

    ``fact`` is what sources establish, ``position`` is what somebody officially holds
    (``stated_by`` is then required), ``note`` is the library's own remark.
    """

    nature: term("nature")
    text: Text
    stated_by: Text | None = None
    sources: tuple[Citation, ...] = ()
    confidence: term("confidence") | None = None
    as_of: PartialDate | None = None
    contested: Contested | None = None


class Relation(Base):
    """An arrow from this record to another; the opposite arrow is derived, never typed."""

    type: term("relation")
    target: Id
    sources: tuple[Citation, ...] = ()
    confidence: term("confidence") | None = None
    note: Text | None = None


class Correction(Base):
    """A published value that was changed: what it was, what it is, why and when."""

    field: str
    old: str | None
    new: str | None
    reason: Text
    on: PartialDate
    sources: tuple[Citation, ...] = ()


class Variant(Base):
    """A form of the title that is in print: an abbreviation, a scanning error, an older spelling."""

    text: Text
    source: Id | None = None
    locator: Text | None = None
    remark: Text | None = None


class Confusable(Base):
    """A record that readers take this one for, and how to tell the two apart."""

    id: Id
    note: Text


class Withdrawn(Base):
    """A record that should not have been published; its page stays, with this notice."""

    on: PartialDate
    reason: Text
    see: Id | None = None


Number = Annotated[int | float, Field(union_mode="left_to_right")]
"""A plain number, decimal point in YAML (1449.566); printed the Vietnamese way (1.449,566)."""
