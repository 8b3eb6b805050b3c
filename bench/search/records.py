"""The records to search: the real ones, and seeded synthetic ones for larger sizes."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from macros.search import SearchDoc

SEED = 20091118


def enlarge(docs: tuple[SearchDoc, ...], size: int) -> tuple[SearchDoc, ...]:
    """``size`` documents: the real ones first, then new ones in their likeness.

    A synthetic document takes the kind, line and structure of a real one, sentences from others,
    and numbers and years of its own, so that vocabulary and lengths grow as they would.
    """
    rng = random.Random(SEED)
    sentences = [part for doc in docs for part in doc.body.split(" ; ") if len(part) > 20]
    made = [_synthetic(rng, docs, sentences, number) for number in range(len(docs), size)]
    return (*docs, *made)[:size]


def _synthetic(rng: random.Random, docs: tuple[SearchDoc, ...], sentences: list[str], number: int) -> SearchDoc:
    model = rng.choice(docs)
    words = rng.choice(docs).title.split()
    names = tuple(_vary(rng, f"{name} {rng.choice(words)}") for name in model.names)
    year = rng.randint(1950, 2030)
    count = max(1, model.body.count(" ; "))
    return replace(
        model,
        id=f"gia-lap-{number}",
        title=names[0],
        names=names,
        url=f"gia-lap/{number}.html",
        number=_vary(rng, model.number),
        answer=_vary(rng, model.answer),
        body=" ; ".join(_vary(rng, rng.choice(sentences)) for _ in range(count)),
        dates=tuple((f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}", role) for _, role in model.dates),
        confusable=(),
    )


def _vary(rng: random.Random, text: str) -> str:
    """Other figures of the same length in place of each number."""
    return re.sub(r"\d+", lambda m: str(rng.randint(1, 10 ** len(m[0]) - 1)), text)


def plain_text(doc: SearchDoc) -> str:
    """What the peers get to index beside the title: the same words that ours gets."""
    parts = (*doc.names[1:], doc.facets, doc.number, doc.answer, doc.status, doc.body)
    return " ; ".join(part for part in parts if part)
