"""Which words of a query say what is looked for, and which only ask."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from macros.analysis.table import table
from macros.search.index import Index
from macros.search.terms import bigram, is_stopword
from macros.vietnamese import Token, exact_key, fold, folded_key


@cache
def _phrases(name: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Phrases of the table, longest first, as (exact key, folded key) of each word."""
    split = [tuple((exact_key(w), folded_key(fold(w))) for w in phrase.split()) for phrase in table()[name]]
    return tuple(sorted(split, key=lambda phrase: (-len(phrase), phrase)))


def content(index: Index, tokens: list[Token], plain: bool, *, alone: bool) -> tuple[list[Token], list[Token]]:
    """The words without the question around them; of these, those that say what is looked for.

    Question phrases ("là ngày nào"), asked fields ("có hiệu lực") and words that say nothing go,
    each only if something stays; with a date or number beside them (not ``alone``) all may go.
    """
    kept = tokens
    for name in ("questions", "asks"):
        rest = _without(index, kept, _phrases(name), plain)
        kept = rest if rest or not alone else kept
    rest = [t for t in kept if not is_stopword(t, plain=plain) or _meant(index, kept, t, plain)]
    return kept, (rest if rest or not alone else kept)


def _without(index: Index, tokens: list[Token], phrases: tuple, plain: bool) -> list[Token]:
    kept, at = [], 0
    while at < len(tokens):
        length = next((len(p) for p in phrases if _matches(tokens, at, p, plain)), 0)
        if length == 1 and _meant(index, tokens, tokens[at], plain):
            length = 0
        if not length:
            kept.append(tokens[at])
        at += length or 1
    return kept


def _matches(tokens: list[Token], at: int, phrase: tuple, plain: bool) -> bool:
    if at + len(phrase) > len(tokens):
        return False
    return all(
        token.exact == exact or (plain and token.folded == folded)
        for token, (exact, folded) in zip(tokens[at:], phrase, strict=False)
    )


def _meant(index: Index, tokens: list[Token], token: Token, plain: bool) -> bool:
    """Typed plainly, ``dau`` may be đâu or dầu: the library's own pairs of words decide."""
    if not plain:
        return False
    at = tokens.index(token)
    pair = bigram(tokens[at - 1].folded, token.folded) if at else ""
    # "van ki" is on the way to "van kien", not a question for a date of signature.
    before = pair in index.postings or (at > 0 and token is tokens[-1] and bool(starting_with(index, pair)))
    after = at + 1 < len(tokens) and bigram(token.folded, tokens[at + 1].folded) in index.postings
    return before or after


def starting_with(index: Index, prefix: str) -> list[str]:
    """All terms that begin with ``prefix``, in code point order."""
    found: list[str] = []
    # quy is filed as qui, but it also begins quyền and quyết.
    for begin in (prefix, prefix[:-1] + "y") if prefix.endswith("qui") else (prefix,):
        start = bisect_left(index.terms, begin)
        found += index.terms[start : bisect_left(index.terms, begin + "\uffff")]
    return found
