"""scripts/serve.py and what follows an edit; a real server on a free port."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from datetime import date
from pathlib import Path

import pytest

from scripts import serve
from scripts.building import Outcome
from scripts.commands import serve as command
from scripts.devenv.console import Stop
from scripts.worker import Worker

FILES = {
    "index.html": "<!doctype html><html><body><h1>Trang chủ</h1></body></html>",
    "404.html": "<html><body>Không thấy trang</body></html>",
    "dieu-uoc/index.html": "<html><body>Điều ước</body></html>",
    "assets/a.js": "const tên = 1;",
    "assets/a.css": "body{}",
    "api/v1/all.json": '{"tên": 1}',
    "lich.ics": "BEGIN:VCALENDAR",
    "assets/f.woff2": "x",
}


@pytest.fixture
def site(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("ngoài trang", encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def live():
    return serve.Live(first=5)


@pytest.fixture
def server(site, live):
    server = serve.Server("127.0.0.1", 0, site, live)
    server.start()
    yield server
    server.stop()


def get(server, path, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    body = answer.read().decode("utf-8")
    connection.close()
    return answer.status, answer.getheader("Content-Type"), body


# -- the files ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/dieu-uoc/", "text/html; charset=utf-8"),
        ("/assets/a.js?v=1", "text/javascript; charset=utf-8"),
        ("/assets/a.css", "text/css; charset=utf-8"),
        ("/api/v1/all.json", "application/json; charset=utf-8"),
        ("/lich.ics", "text/calendar; charset=utf-8"),
        ("/assets/f.woff2", "font/woff2"),
    ],
)
def test_type_of_each_file(server, path, kind):
    assert get(server, path)[:2] == (200, kind)


def test_html_gets_the_live_script_and_stays_whole_on_disk(server, site):
    body = get(server, "/index.html")[2]
    tag = f'<script src="{serve.LIVE}?5" defer></script>'
    assert body == FILES["index.html"].replace("</body>", tag + "</body>")
    assert (site / "index.html").read_text(encoding="utf-8") == FILES["index.html"]


def test_other_files_are_sent_as_they_are(server):
    assert get(server, "/assets/a.js")[2] == FILES["assets/a.js"]


@pytest.mark.parametrize("path", ["/assets/", "/khong-co.html", "/api/v1/"])
def test_no_listing_and_the_sites_own_404(server, path):
    status, kind, body = get(server, path)
    assert (status, kind) == (404, "text/html; charset=utf-8")
    assert "Không thấy trang" in body


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt"]
)
def test_nothing_outside_the_site(server, path):
    assert "ngoài trang" not in get(server, path)[2]


def test_head_has_no_body(server):
    status, kind, body = get(server, "/index.html", "HEAD")
    assert (status, body) == (200, "") and kind.startswith("text/html")
    assert get(server, "/khong-co.html", "HEAD")[::2] == (404, "")


def test_before_the_first_build_the_page_says_so(server, site):
    site.rename(site.with_name("away"))
    status, _, body = get(server, "/")
    assert status == 503
    assert "Đang dựng" in body and serve.LIVE in body


def test_a_site_being_swapped_is_waited_for(server, site):
    previous = site.with_name("site-previous")
    site.rename(previous)
    threading.Timer(0.2, lambda: previous.rename(site)).start()
    assert get(server, "/")[0] == 200


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<body>x</body>", b"<body>x#</body>"),
        (b"<BODY>x</BODY></html>", b"<BODY>x#</BODY></html>"),
        (b"<pre></body></pre></body>", b"<pre></body></pre>#</body>"),
        (b"no body", b"no body#"),
    ],
)
def test_injection(page, expected):
    tag = b'<script src="/__cotmoc/live.js?3" defer></script>'
    assert serve.inject(page, 3) == expected.replace(b"#", tag)


# -- the live connection ----------------------------------------------------------


def read_event(stream):
    line = stream.readline().decode("utf-8")
    assert line.startswith("data: ") and stream.readline() == b"\n"
    return json.loads(line.removeprefix("data: "))


def test_events_tell_builds_and_problems(server, live):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", serve.EVENTS)
    stream = connection.getresponse()
    assert stream.getheader("Content-Type").startswith("text/event-stream")
    assert read_event(stream) == {"version": 5, "problems": []}
    live.failed(("data/a.yaml:1 x: sai\nhai dòng",))
    assert read_event(stream) == {"version": 5, "problems": ["data/a.yaml:1 x: sai\nhai dòng"]}
    live.built()
    assert read_event(stream) == {"version": 6, "problems": []}
    connection.close()


# -- the address ------------------------------------------------------------------


def test_taken_port_names_port_and_remedy(server, site, live):
    with pytest.raises(Stop) as stop:
        serve.Server("127.0.0.1", server.server_port, site, live)
    assert f"Cổng {server.server_port}" in stop.value.what
    assert "--port" in stop.value.remedy
    assert f"--port {server.server_port}" not in stop.value.remedy.replace(
        f"--port {server.server_port}0", ""
    )


def test_suggested_port_is_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.free_port("127.0.0.1", port) != port


@pytest.mark.parametrize(("host", "port"), [("khong.co.invalid", 0), ("127.0.0.1", 70000)])
def test_wrong_address_is_explained(site, live, host, port):
    with pytest.raises(Stop, match="Không mở được cổng"):
        serve.Server(host, port, site, live)


# -- after an edit ------------------------------------------------------------------


class FakeWorker:
    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)

    def build(self, today, changed=()):
        return self.outcomes.pop(0)


def test_good_build_clears_the_problems(live, capsys):
    worker = FakeWorker(Outcome(problems=("a: sai; sửa",)), Outcome(pages=3, seconds=1.26))
    assert not command.rebuild(worker, live)
    assert live.state == serve.State(5, ("a: sai; sửa",))
    assert command.rebuild(worker, live)
    assert live.state == serve.State(6, ())
    shown = capsys.readouterr().err
    assert "a: sai; sửa\n" in shown and "3 trang trong 1,3 giây" in shown


def test_only_code_needs_a_new_process():
    assert command.is_code([Path("data/a.yaml"), Path("macros/pages.py")])
    assert not command.is_code([Path("data/a.yaml"), Path("macros/templates/a.html")])


def test_what_is_written_for_a_moment_is_no_edit(tmp_path):
    """Otherwise `cotmoc fmt` and some editors would cause a whole build in place of a small one."""
    treaties = tmp_path / "data" / "treaties.yaml"
    beside = [".treaties.yaml.moi", "treaties.yaml~", "4913", ".treaties.yaml.swp"]
    batch = {(1, str(treaties)), *((3, str(treaties.with_name(name))) for name in beside)}
    assert command.edited(batch) == {treaties}


def test_worker_reports_problems_and_starts_again(tmp_path):
    worker = Worker(tmp_path, tmp_path / "site")
    try:
        first = worker.build(date(2026, 9, 2))
        assert any(problem.startswith("data/") for problem in first.problems)
        worker._process.kill()
        worker._process.join()
        assert "dừng đột ngột" in worker.build(date(2026, 9, 2)).problems[0]
        assert worker.build(date(2026, 9, 2)) == first
    finally:
        worker.stop()
