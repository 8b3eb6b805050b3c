"""Questions on a terminal, in Vietnamese: with choices, with suggestions, asked again until they make sense."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence

from macros.vietnamese import fold
from scripts.devenv.console import say

MOST = 12
"""Choices that are shown at once."""


def ask(question: str, suggestion: str = "") -> str:
    """One line; Enter takes the suggestion. EOFError is an interruption, as Ctrl+C is."""
    hint = f" [{suggestion}]" if suggestion else ""
    try:
        return input(f"{question}{hint}: ").strip() or suggestion
    except EOFError:
        raise KeyboardInterrupt from None


def ask_until(question: str, wrong: Callable[[str], str], suggestion: str = "") -> str:
    """The first answer of which `wrong` says nothing."""
    while problem := wrong(answer := ask(question, suggestion)):
        say(f"  {problem}")
    return answer


def choose(question: str, choices: Mapping[str, str], *, many: bool = False, empty: bool = False) -> str:
    """Keys of `choices` (key -> label), given as key, number or part of the label; several with commas."""
    shown = list(choices) if len(choices) <= MOST else []
    for number, key in enumerate(shown, 1):
        say(f"  {number:2}  {key} – {choices[key]}")
    while True:
        with completing(choices):
            answer = ask(question)
        if not answer and empty:
            return ""
        parts = [part.strip() for part in answer.split(",") if part.strip()] if many else [answer]
        found = [_meant(part, choices, shown) for part in parts]
        if parts and all(len(keys) == 1 for keys in found):
            return ", ".join(keys[0] for keys in found)
        for part, keys in zip(parts, found, strict=True):
            if len(keys) != 1:
                _tell(part, keys, choices)
                # The numbers of an answer that was not clear enough are those that can be typed next.
                shown = keys[:MOST] or shown


def _meant(part: str, choices: Mapping[str, str], shown: Sequence[str]) -> list[str]:
    if part in choices:
        return [part]
    if part.isdigit() and 0 < int(part) <= len(shown):
        return [shown[int(part) - 1]]
    words = fold(part).split()
    found = [key for key, label in choices.items() if words and all(w in f"{key} {fold(label)}" for w in words)]
    exact = [key for key in found if fold(choices[key]) == fold(part)]
    return exact if len(exact) == 1 else found


def _tell(part: str, keys: Sequence[str], choices: Mapping[str, str]) -> None:
    if not keys:
        say(f"  Không có “{part}” để chọn; gõ một phần tên.")
        return
    for number, key in enumerate(keys[:MOST], 1):
        say(f"  {number:2}  {key} – {choices[key]}")
    say("  Gõ số hoặc gõ thêm cho rõ." if len(keys) <= MOST else f"  … và {len(keys) - MOST} nữa; gõ thêm cho rõ.")


@contextlib.contextmanager
def completing(words: Mapping[str, str]):
    """Tab completes these words, where the system can do that."""
    try:
        import readline
    except ImportError:
        yield
        return
    before = readline.get_completer()

    def complete(begun: str, state: int) -> str | None:
        found = [word for word in words if word.startswith(begun)]
        return found[state] if state < len(found) else None

    readline.set_completer_delims(" ,")
    readline.set_completer(complete)
    # macOS has another library under the same name.
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
