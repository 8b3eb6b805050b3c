"""A crash at a chosen step of the file system, as when the power goes."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

import pytest


class Crash(BaseException):
    """The power goes: nothing that catches errors may run."""


def crash_after(monkeypatch: pytest.MonkeyPatch, limit: int | None, steps: Iterable[tuple[ModuleType, str]]) -> list:
    """Let `limit` of these functions be called, then crash; never, when it is None. Gives the names of those called."""
    done: list[str] = []

    def counted(module: ModuleType, name: str):
        real = getattr(module, name)

        def step(*args, **kwargs):
            if len(done) == limit:
                raise Crash(name)
            done.append(name)
            return real(*args, **kwargs)

        return step

    for module, name in steps:
        monkeypatch.setattr(module, name, counted(module, name))
    return done
