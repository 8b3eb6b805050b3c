"""A build that is killed leaves the last good site, or one that the next start puts back."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from scripts import building
from tests.library import TODAY, edit

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(os.name == "nt", reason="kill -9 is Unix"),
]


def start(real_root, root):
    return subprocess.Popen(
        [sys.executable, "scripts/cotmoc.py", "--root", str(root), "build"],
        cwd=real_root,
        env={**os.environ, "COTMOC_TODAY": TODAY.isoformat()},
        stderr=subprocess.DEVNULL,
    )


def contents(site):
    return {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_site_is_whole_whenever_the_build_is_killed(real_root, mini_project):
    site = mini_project / "site"
    began = time.monotonic()
    assert start(real_root, mini_project).wait() == 0
    took = time.monotonic() - began
    old = contents(site)
    edit(mini_project, "treaties", "1999-12-30", "1999-12-29")
    steps, killed = 40, 0
    for step in range(steps):
        build = start(real_root, mini_project)
        time.sleep(took * step / steps)
        build.kill()
        killed += build.wait() != 0
        # As the next command begins: it waits for what is left of the killed one, and clears up.
        with building.alone(site, lambda line: None):
            pass
        now = contents(site)
        if now != old:
            break
    assert killed >= 5, "builds have to be cut off, or nothing was tried"
    new = contents(site)
    assert start(real_root, mini_project).wait() == 0
    assert contents(site) != old
    assert new in (old, contents(site))
    left = {p.name for p in mini_project.iterdir() if p.name.startswith("site")}
    assert left == {"site"}
