"""`cotmoc serve` as an editor uses it: change one line, see it; write nonsense, be told."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading

import pytest

from tests.library import TODAY, edit

TREATY = "dieu-uoc/hiep-uoc-mau-1999.html"


class Serving:
    """A running `cotmoc serve`, with the lines that it prints."""

    def __init__(self, real_root, root):
        self.process = subprocess.Popen(
            [sys.executable, "scripts/cotmoc.py", "--root", str(root), "serve", "--port", "0"],
            cwd=real_root,
            env={**os.environ, "COTMOC_TODAY": TODAY.isoformat()},
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stderr:
            self.lines.put(line.rstrip())

    def wait_for(self, pattern):
        """The next line that has `pattern`; fails with all lines after a minute and a half."""
        while True:
            try:
                self.seen.append(self.lines.get(timeout=90))
            except queue.Empty:
                pytest.fail(f"{pattern!r} was never printed:\n" + "\n".join(self.seen))
            found = re.search(pattern, self.seen[-1])
            if found:
                return found


@pytest.fixture
def serving(real_root, mini_project):
    serving = Serving(real_root, mini_project)
    yield serving
    serving.process.send_signal(signal.SIGTERM)
    assert serving.process.wait(timeout=20) == 0


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM cannot be caught there")
def test_an_edit_is_seen_and_a_bad_one_is_told(browser, serving, mini_project):
    url = serving.wait_for(r"đang mở tại (http://127\.0\.0\.1:\d+/)")[1]
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(url + TREATY)
    assert "30/12/1999" in page.inner_text("body")

    edit(mini_project, "treaties", "1999-12-30", "1999-12-29")
    page.wait_for_function("document.body.innerText.includes('29/12/1999')")

    edit(mini_project, "treaties", "1999-12-29", "1999-02-31")
    banner = page.locator("#cotmoc-problems")
    banner.wait_for()
    assert re.search(r"data/treaties\.yaml:\d+ hiep-uoc-mau-1999: ", banner.inner_text())
    assert "29/12/1999" in page.inner_text("body"), "the last good page stays"

    edit(mini_project, "treaties", "1999-02-31", "1999-12-28")
    page.wait_for_function("document.body.innerText.includes('28/12/1999')")
    assert banner.count() == 0
    page.close()


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM cannot be caught there")
def test_changed_code_is_run(serving, mini_project):
    """Also after code that does not even parse."""
    serving.wait_for("đang mở tại")
    hooks = mini_project / "hooks.py"
    good = hooks.read_text(encoding="utf-8")
    hooks.write_text("def broken(:\n", encoding="utf-8")
    serving.wait_for(r"Có sửa đổi: hooks\.py")
    assert "SyntaxError" in serving.wait_for(r"^(?!Đang|Đã đọc|  ).*")[0]
    serving.wait_for(r"Có \d+ lỗi")
    hooks.write_text(good, encoding="utf-8")
    serving.wait_for(r"Đã dựng \d+ trang")
