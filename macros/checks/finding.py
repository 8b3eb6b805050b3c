"""What a check yields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Where in which record, what is wrong, what to do (Vietnamese)."""

    record: str
    path: tuple
    what: str
    remedy: str
