"""`python3 scripts/dev.py pictures`: every picture of the handbook anew."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from scripts.devenv.console import Stop, say, use_utf8
from scripts.pictures import pages, scenes
from scripts.writing import write_all

FOLDER = Path("docs") / "assets" / "img" / "so-tay"


def main(root: Path) -> int:
    made: dict[Path, str | bytes] = {}
    try:
        for maker in (scenes.drawings, pages.pictures):
            with tempfile.TemporaryDirectory() as folder:
                made |= {root / FOLDER / name: content for name, content in maker(root, Path(folder))}
    except Stop as stop:
        say(str(stop))
        return stop.code
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    write_all(made)
    size = sum(path.stat().st_size for path in made)
    say(f"Đã vẽ lại {len(made)} hình, {size // 1000} kB, trong {FOLDER.as_posix()}/.")
    return 0


if __name__ == "__main__":
    use_utf8()
    sys.exit(main(Path(__file__).resolve().parents[2]))
