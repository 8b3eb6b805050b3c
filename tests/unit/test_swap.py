"""scripts/swap.py: a crash at any step leaves a whole site, or one that is put back."""

from __future__ import annotations

import os
import shutil

import pytest

from scripts import swap
from scripts.devenv.console import Stop
from tests.crashes import Crash, crash_after

PAGES = ("index.html", "dieu-uoc/a.html", "dieu-uoc/b.html")


def write_site(folder, text):
    for page in PAGES:
        path = folder / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def whole(folder):
    """The text that every page of the site has; fails when pages are missing or mixed."""
    texts = {(folder / page).read_text(encoding="utf-8") for page in PAGES}
    assert len(texts) == 1
    assert len([p for p in folder.rglob("*") if p.is_file()]) == len(PAGES)
    return texts.pop()


@pytest.fixture
def site(tmp_path):
    site = tmp_path / "trang web" / "site"
    write_site(site, "old")
    write_site(swap.next_site(site), "new")
    return site


def leftovers(site):
    return sorted(p.name for p in site.parent.iterdir() if p != site)


def test_new_site_takes_the_place_of_the_old(site):
    swap.swap(site)
    assert whole(site) == "new"
    assert leftovers(site) == []


def test_first_site_has_nothing_to_replace(site):
    shutil.rmtree(site)
    swap.swap(site)
    assert whole(site) == "new"


STEPS = [(os, name) for name in ("rename", "unlink", "rmdir")]


# Steps in order: site -> previous, next -> site, every removal below previous.
@pytest.mark.parametrize("step", range(8))
def test_crash_at_each_step(site, monkeypatch, step):
    with monkeypatch.context() as patch, pytest.raises(Crash):
        crash_after(patch, step, STEPS)
        swap.swap(site)
        raise Crash("after the last step")
    swap.recover(site)
    assert whole(site) == ("old" if step < 2 else "new")
    assert leftovers(site) == []


def test_each_step_was_really_counted(site, monkeypatch):
    """The range above covers all operations of one swap, and one more."""
    done = crash_after(monkeypatch, None, STEPS)
    swap.swap(site)
    assert len(done) == 7


def test_half_built_site_is_thrown_away(site):
    swap.recover(site)
    assert whole(site) == "old"
    assert leftovers(site) == []


def test_recover_without_any_site(tmp_path):
    swap.recover(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_folder_held_open_is_tried_again(site, monkeypatch):
    """As on Windows, while a scanner looks at new files."""
    real, refusals = os.rename, [PermissionError(13, "held"), PermissionError(13, "held")]

    def rename(old, new):
        if refusals:
            raise refusals.pop()
        real(old, new)

    monkeypatch.setattr(os, "rename", rename)
    swap.swap(site)
    assert whole(site) == "new"


def test_folder_held_for_good_leaves_the_old_site(site, monkeypatch):
    real = os.rename

    def rename(old, new):
        if old == swap.next_site(site):
            raise PermissionError(13, "held")
        real(old, new)

    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(swap, "PATIENCE_SECONDS", 0.3)
    with pytest.raises(Stop, match="đóng chương trình"):
        swap.swap(site)
    assert whole(site) == "old"


def test_file_in_place_of_the_site(site):
    shutil.rmtree(site)
    site.write_text("", encoding="utf-8")
    with pytest.raises(Stop, match="không phải là thư mục"):
        swap.swap(site)
    assert site.is_file()
