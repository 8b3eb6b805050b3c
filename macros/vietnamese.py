"""Vietnamese text: what the rest of the library may use of the analysis.

``normalize`` and ``reattach_marks`` repair text, ``fold`` makes it comparable, ``tokens`` cuts
it up, ``find_dates`` and ``find_numbers`` recognise dates and document numbers (all offsets are
code points into the text given), ``decode_typed`` reads raw Telex and VNI keystrokes.
"""

from macros.analysis.keystrokes import decode_typed, decode_word
from macros.analysis.letters import (
    exact_key,
    fold,
    folded_key,
    is_folded_syllable,
    is_syllable,
    normalize,
    place_tone,
    reattach_marks,
    shadow,
)
from macros.analysis.recognise import (
    DateMatch,
    NumberMatch,
    Token,
    find_dates,
    find_numbers,
    tokens,
    word_keys,
    words,
)
from macros.analysis.table import table_script

__all__ = [
    "DateMatch",
    "NumberMatch",
    "Token",
    "decode_typed",
    "decode_word",
    "exact_key",
    "find_dates",
    "find_numbers",
    "fold",
    "folded_key",
    "is_folded_syllable",
    "is_syllable",
    "normalize",
    "place_tone",
    "reattach_marks",
    "shadow",
    "table_script",
    "tokens",
    "word_keys",
    "words",
]
