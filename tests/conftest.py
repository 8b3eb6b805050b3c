"""What every test may use: an empty home, markers by folder, the roots, the browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from scripts.bundling import archive, versions
from scripts.devenv import browser as browser_finder
from scripts.devenv.filelock import locked
from tests import bundles, disks, servers
from tests import office as office_finder
from tests.library import copy_mini

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
MARKED_FOLDERS = ("unit", "data", "build", "browser")
BROWSER_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_HOME_VARIABLES = ("HOME", "USERPROFILE")
_before: dict[str, str | None] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option of our own: write the golden pages anew (tests/unit/test_golden.py)."""
    parser.addoption("--bless", action="store_true", help="ghi lại các trang mẫu trong tests/golden")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run an empty home folder: nothing may depend on somebody's settings."""
    home = tempfile.mkdtemp(prefix="cotmoc-home-")
    for name in (*_HOME_VARIABLES, "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        _before[name] = os.environ.pop(name, None)
    for name in _HOME_VARIABLES:
        os.environ[name] = home


def pytest_unconfigure(config: pytest.Config) -> None:
    _say_what_is_missing(config)
    shutil.rmtree(os.environ["HOME"], ignore_errors=True)
    for name, value in _before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test after the folder it is in, so that the two cannot disagree."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in MARKED_FOLDERS:
            item.add_marker(folder)


def _say_what_is_missing(config: pytest.Config) -> None:
    """As the very last words of the run: a skip among others is read by nobody."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    told = "\n".join(str(report.longrepr) for report in skipped)
    absent = [part for part in (browser_finder, servers, office_finder, disks) if part.MISSING in told]
    if absent:
        reporter.section("CẢNH BÁO", sep="!", red=True, bold=True)
    for part in absent:
        reporter.line(part.MISSING, red=True, bold=True)
        reporter.line(f"Cách sửa: {part.REMEDY}")


@pytest.fixture(scope="session")
def real_root() -> Path:
    """The project itself, to be read only."""
    return ROOT


@pytest.fixture
def mini_root(tmp_path: Path) -> Path:
    """The records of the tiny library with known answers, free to be changed."""
    (tmp_path / "mini").mkdir()
    return copy_mini(tmp_path / "mini")


@pytest.fixture
def mini_project(mini_root: Path) -> Path:
    """The tiny library with everything that a build of it needs, free to be changed."""
    for name in ("docs", "macros"):
        shutil.copytree(ROOT / name, mini_root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "hooks.py"):
        shutil.copy(ROOT / name, mini_root / name)
    return mini_root


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real library, built once a test run by the command that everybody uses.

    The workers of pytest-xdist share it, so it is to be read only.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    site, said = shared / "built" / "site", shared / "built.txt"
    with locked(shared / "built.lock"):
        if not said.exists():
            command = [sys.executable, "scripts/cotmoc.py", "build", "--site-dir", str(site)]
            done = subprocess.run(
                command,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            # Kept also when the build fails, so that the other workers do not repeat it.
            said.write_text(done.stdout, encoding="utf-8")
    if not site.is_dir():
        pytest.fail(f"cotmoc build failed:\n{said.read_text(encoding='utf-8')[-4000:]}")
    return site


@pytest.fixture(scope="session")
def published(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Path]]:
    """Where `cotmoc publish` put the real library, by the path under which it is served.

    Not below pytest's own folder, which only its owner may enter: servers run as somebody else.
    """
    with tempfile.TemporaryDirectory(prefix="cotmoc-may-chu-") as folder:
        Path(folder).chmod(0o755)
        files = archive.read_zip(bundles.pack_real(built_site, Path(folder)))
        homes = {"/": Path(folder) / "goc", "/a/b/c/": Path(folder) / "duoi"}
        for prefix, home in homes.items():
            home.mkdir()
            versions.publish(home, files, prefix, time.time(), report=lambda line: None)
        yield homes


@pytest.fixture(scope="session")
def server_programs() -> None:
    """Both web servers are installed; otherwise a failure in CI and a loud skip elsewhere."""
    if not all(map(servers.find_program, servers.PACKAGES)):
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(servers.MISSING)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium (playwright.sync_api.Browser), one a worker."""
    path = browser_finder.find_browser()
    if path is None:
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(browser_finder.MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def office() -> str:
    """Path of LibreOffice; a failure in CI and a loud skip elsewhere when it is not there."""
    path = office_finder.find_office()
    if path is None:
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(office_finder.MISSING)
    return path
