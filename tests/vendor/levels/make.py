"""Distil MDN's browser-compat-data into what Chrome 109 or Firefox 102 does not have.

    python tests/vendor/levels/make.py     writes levels.json; needs npm and the network once

The data are 20 MB; the tests need only names. For every name: it is "too new" when no feature of
that name works in both browsers without a flag or a prefix. `properties` also lists what is known,
so that a misspelt property is found.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE, VERSION, LICENCE = "@mdn/browser-compat-data", "8.1.9", "CC0-1.0"
SHA256 = "c99eff2b2ebf5ead405de12ed3bd7f40534bcb9966ca4a7679b01335146b472c"
LEVELS = {"chrome": 109, "firefox": 102}
UNITS = {
    "container_query_length_units": ["cqw", "cqh", "cqi", "cqb", "cqmin", "cqmax"],
    **{
        f"viewport_percentage_units_{name}": [f"{name[0]}v{end}" for end in ("w", "h", "i", "b", "min", "max")]
        for name in ("dynamic", "large", "small")
    },
}
"""Units that the data name only as a group."""

TARGET = Path(__file__).with_name("levels.json")


def works(compat: dict) -> bool:
    """Whether a feature works in both browsers at their levels."""
    return all(
        any(_since(statement, level) for statement in _statements(compat, name)) for name, level in LEVELS.items()
    )


def _statements(compat: dict, browser: str) -> list[dict]:
    support = compat["support"].get(browser, [])
    return support if isinstance(support, list) else [support]


def _since(statement: dict, level: int) -> bool:
    added, removed = statement.get("version_added"), statement.get("version_removed")
    if statement.get("flags") or statement.get("prefix") or statement.get("alternative_name"):
        return False
    return _number(added) <= level and (removed is None or _number(removed) > level)


def _number(version: object) -> float:
    """A version as a number; far away for none, for a preview and for false."""
    text = str(version).lstrip("≤").partition(".")[0]
    return int(text) if text.isdigit() else 10_000


def children(node: dict) -> Iterator[tuple[str, dict]]:
    """The features right below a node."""
    for name, child in node.items():
        if name != "__compat" and isinstance(child, dict) and "__compat" in child:
            yield name, child


def too_new(pairs: Iterator[tuple[str, dict]]) -> list[str]:
    """Names of which no feature works in both browsers."""
    found: dict[str, bool] = defaultdict(bool)
    for name, node in pairs:
        found[name] |= works(node["__compat"])
    return sorted(name for name, good in found.items() if not good)


def _functions(types: dict) -> Iterator[tuple[str, dict]]:
    for name, node in children(types):
        yield name, node
        if name != "length":
            yield from children(node)


def distil(data: dict) -> dict:
    """The table that the tests read."""
    css, script, html = data["css"], data["javascript"]["builtins"], data["html"]
    owners = {**script, **{k: v for k, v in data["api"].items() if "__compat" in v}}
    static = ((name.removesuffix("_static"), node) for owner in owners.values() for name, node in children(owner))
    descriptors = [pair for rule in ("font-face", "page") for pair in children(css["at-rules"][rule])]
    values = {prop: new for prop, node in children(css["properties"]) if (new := too_new(children(node)))}
    return {
        "globals": too_new(iter(owners.items())),
        "members": too_new(static),
        "properties": too_new(itertools.chain(children(css["properties"]), descriptors)),
        "known_properties": sorted({name for name, _ in (*children(css["properties"]), *descriptors)}),
        "values": values,
        "at_rules": too_new(children(css["at-rules"])),
        "media_features": too_new(children(css["at-rules"]["media"])),
        "selectors": too_new(children(css["selectors"])),
        "functions": too_new(_functions(css["types"])),
        "units": sorted(unit for name in too_new(children(css["types"]["length"])) for unit in UNITS.get(name, [name])),
        "elements": too_new(children(html["elements"])),
        "attributes": too_new(
            pair for node in (html["global_attributes"], *html["elements"].values()) for pair in children(node)
        ),
    }


def main() -> None:
    """Fetch the pinned package, distil it, write the table."""
    with tempfile.TemporaryDirectory() as scratch:
        pack = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
        subprocess.run(pack, cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        tarball = next(Path(scratch).glob("*.tgz"))
        digest = hashlib.sha256(tarball.read_bytes()).hexdigest()
        if digest != SHA256:
            raise SystemExit(f"{PACKAGE} {VERSION} is not the package recorded here: {digest}")
        with tarfile.open(tarball) as archive:
            data = json.load(archive.extractfile("package/data.json"))
    head = {"source": PACKAGE, "version": VERSION, "licence": LICENCE, "package_sha256": digest, "levels": LEVELS}
    text = json.dumps({**head, **distil(data)}, indent=0, ensure_ascii=True, sort_keys=False)
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
