"""How fast a speech machine reads the loudspeaker texts, and which words it takes for English.

    python -m bench.reading_aloud [every n-th text, 1 when not given]

Needs eSpeak NG with its Vietnamese voice (Debian: espeak-ng). It reads at its usual setting; pauses
between sentences count. The result stands on docs/kenh-truyen-thanh.md with its day.
"""

from __future__ import annotations

import io
import re
import statistics
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

from macros import loa, occasions
from macros.load import load_library
from macros.model import Library

ESPEAK = ("espeak-ng", "-v", "vi")


def texts(library: Library) -> Iterator[loa.LoaText]:
    """Every edition of every saying, and of every day of the data's year and the next."""
    year = library.meta.data_as_of.year
    days = [day for each in (year, year + 1) for day in occasions.of_year(library, each)]
    for saying in (*library.talking_points, *library.questions, *days):
        yield from loa.editions(library, saying)


def seconds(text: str) -> float:
    """How long the machine takes. It writes a stream, whose head does not know its own length."""
    made = subprocess.run([*ESPEAK, "--stdout", text], capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(made)) as sound:
        width = sound.getsampwidth() * sound.getnchannels()
        return (len(made) - made.index(b"data") - 8) / width / sound.getframerate()


def english(words: list[str]) -> list[str]:
    """The words that the machine reads with its English voice: it marks them so in its phonemes."""
    lines = "\n\n".join(f"{word}." for word in words)
    made = subprocess.run([*ESPEAK, "-q", "-x"], input=lines, capture_output=True, text=True, check=True).stdout
    heard = [line for line in made.splitlines() if line.strip()]
    assert len(heard) == len(words), (len(heard), len(words))
    return [word for word, line in zip(words, heard, strict=True) if "(en)" in line]


def main(step: int) -> None:
    """Print what was measured."""
    library = load_library(Path(__file__).resolve().parent.parent).library
    assert library is not None
    everything = list(texts(library))
    words = sorted({word for text in everything for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.text)})
    print(f"{len(words)} words; read as English: {', '.join(english(words)) or 'none'}")
    chosen = everything[::step]
    took = [seconds(text.text) for text in chosen]
    speeds = [text.syllables * 60 / time for text, time in zip(chosen, took, strict=True)]
    overall = sum(text.syllables for text in chosen) * 60 / sum(took)
    print(f"{len(chosen)} of {len(everything)} texts: {overall:.0f} syllables a minute overall")
    print(f"lowest {min(speeds):.0f}, median {statistics.median(speeds):.0f}, highest {max(speeds):.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
