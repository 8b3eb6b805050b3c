"""Which document has a pair of words that no other has, in a few bits a pair.

Two words that meet once, in running text, are a third of all pairs and tell nothing about
ranking; but they tell that a document has "mua bán người" and not only "mua", "bán" and
"người". A Bloom filter (*Space/Time Trade-offs in Hash Coding*, 1970) of the pairs with their
documents costs a third of what listing them would; it never denies a pair that is there, and
affirms one in three hundred that is not.
"""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
BITS = 12
"""Bits a pair."""
PROBES = 7
_WORD = 6
"""Bits a digit."""
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


def write_rare(pairs: Iterable[tuple[str, int]]) -> str:
    """The filter of (pair of words, number of its document) as digits; empty for none."""
    entries = list(pairs)
    digits = [0] * -(-len(entries) * BITS // _WORD)
    for pair, doc in entries:
        for place in _places(pair, doc, len(digits) * _WORD):
            digits[place // _WORD] |= 1 << place % _WORD
    return "".join(DIGITS[digit] for digit in digits)


def has_rare(rare: str, pair: str, doc: int) -> bool:
    """Whether the document most likely has the pair."""
    return rare != "" and all(
        _VALUE[rare[place // _WORD]] >> place % _WORD & 1 for place in _places(pair, doc, len(rare) * _WORD)
    )


def _places(pair: str, doc: int, size: int) -> list[int]:
    text = f"{pair} {doc}"
    first, step = _hash(text, 2166136261), _hash(text, 3735928559) | 1
    return [(first + probe * step) % size for probe in range(PROBES)]


def _hash(text: str, seed: int) -> int:
    """FNV-1a over code points, 32 bits."""
    for char in text:
        seed = (seed ^ ord(char)) * 16777619 & 0xFFFFFFFF
    return seed
