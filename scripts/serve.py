"""Serves a built site on this machine, with a live connection to the pages it shows.

The site's files are sent as they are, except that HTML gets one script tag
more, so that what is looked at is what will be published.
"""

from __future__ import annotations

import errno
import io
import json
import os
import socket
import socketserver
import sys
import threading
import time
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from scripts.devenv.console import Stop
from scripts.swap import previous_site

LIVE = "/__cotmoc/live.js"
EVENTS = "/__cotmoc/events"
# Comments keep proxies from closing a silent stream, and find browsers that are gone.
PING_SECONDS = 15.0
# A site that is being swapped is absent for a moment.
SWAP_SECONDS = 1.0

# Given here, because Windows takes types from the registry, where .js may be text/plain.
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "": "application/octet-stream",
}

WAITING = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Đang dựng…</title>
<body><h1>Đang dựng thư viện…</h1><p>Trang này tự mở khi dựng xong.</p></body></html>
"""
NOT_FOUND = """<!doctype html><html lang="vi"><meta charset="utf-8">
<title>Không có trang này</title><body><h1>Không có trang này</h1>
<p><a href="/">Về trang chủ</a></p></body></html>
"""


@dataclass(frozen=True)
class State:
    """What the browser has to know: `version` grows by one with each good build."""

    version: int = 0
    problems: tuple[str, ...] = ()


class Live:
    """The current state, and waiting for the next one; used by many threads."""

    def __init__(self, first: int = 0) -> None:
        """`first` differs between runs, or a page of an earlier run would seem up to date."""
        self._changed = threading.Condition()
        self._state = State(first)

    @property
    def state(self) -> State:
        return self._state

    def built(self) -> None:
        """A new site is in place."""
        self._set(State(version=self._state.version + 1))

    def failed(self, problems: tuple[str, ...]) -> None:
        """The last edit did not build; the site is the one from before."""
        self._set(replace(self._state, problems=problems))

    def _set(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def wait(self, known: State, seconds: float) -> State:
        """The state as soon as it differs from `known`, or after `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self._state != known, seconds)
            return self._state


def inject(page: bytes, version: int) -> bytes:
    """The page with the live script before its last `</body>`, or at its end.

    The tag tells the script which build the page is from, so that a page sent
    just before a build is not taken for one sent just after it.
    """
    tag = f'<script src="{LIVE}?{version}" defer></script>'.encode()
    at = page.lower().rfind(b"</body>")
    return page + tag if at < 0 else page[:at] + tag + page[at:]


def event(state: State) -> bytes:
    """One Server-Sent Event (HTML standard, 9.2): a `data:` line and an empty line."""
    data = {"version": state.version, "problems": state.problems}
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


class Handler(SimpleHTTPRequestHandler):
    """Files of the site, the live script and its events; no directory listing."""

    server: Server
    extensions_map = TYPES
    server_version = "CotMoc"

    def __init__(self, request, client_address, server):
        super().__init__(request, client_address, server, directory=str(server.site))

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == EVENTS:
            self._events()
        elif path == LIVE:
            self._send(HTTPStatus.OK, self.server.live_script, TYPES[".js"])
        else:
            super().do_GET()

    def send_head(self):
        """HTML is read, extended and sent from memory; the rest goes the library's way."""
        self._await_site()
        version = self.server.live.state.version
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path = path / "index.html"
        if path.suffix.lower() != ".html" or not path.is_file():
            return super().send_head()
        return self._head(HTTPStatus.OK, inject(path.read_bytes(), version), TYPES[".html"])

    def list_directory(self, path):
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code, message=None, explain=None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        own = self.server.site / "404.html"
        version = self.server.live.state.version
        if not self.server.site.is_dir():
            waiting = inject(WAITING.encode(), version)
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, waiting, TYPES[".html"])
            return
        page = own.read_bytes() if own.is_file() else NOT_FOUND.encode()
        self._send(HTTPStatus.NOT_FOUND, inject(page, version), TYPES[".html"])

    def end_headers(self) -> None:
        # What was edited a second ago must not come from the browser's cache.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args) -> None:
        """Silent: the terminal belongs to the problems of the data."""

    def _await_site(self) -> None:
        site, previous = self.server.site, previous_site(self.server.site)
        deadline = time.monotonic() + SWAP_SECONDS
        while previous.is_dir() and not site.is_dir() and time.monotonic() < deadline:
            time.sleep(0.01)

    def _head(self, status: HTTPStatus, body: bytes, kind: str) -> io.BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        stream = self._head(status, body, kind)
        if self.command != "HEAD":
            self.wfile.write(stream.read())

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        state = self.server.live.state
        try:
            self.wfile.write(event(state))
            while not self.server.stopping.is_set():
                new = self.server.live.wait(state, PING_SECONDS)
                self.wfile.write(b": ping\n\n" if new == state else event(new))
                state = new
        except OSError:
            # The browser has left the page.
            return


class Server(ThreadingHTTPServer):
    """Listens from the moment it is made, so that a taken port is known before the build."""

    daemon_threads = True
    # On Windows SO_REUSEADDR would let two servers share one port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, host: str, port: int, site: Path, live: Live):
        self.site = site
        self.live = live
        self.live_script = Path(__file__).with_name("live.js").read_bytes()
        self.stopping = threading.Event()
        try:
            super().__init__((host, port), Handler)
        except (OSError, OverflowError) as error:
            raise explain_address(error, host, port) from error

    def server_bind(self) -> None:
        # Without HTTPServer's look-up of the host's name, which waits for a DNS that may be absent.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    @property
    def url(self) -> str:
        host = self.server_address[0]
        return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{self.server_port}/"

    def start(self) -> None:
        """Answer in threads of its own until `stop`."""
        # The poll is how long `stop` may have to wait.
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """End the answering and free the port; open pages lose their connection."""
        self.stopping.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address) -> None:
        """A browser that goes away is no error; anything else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def explain_address(error: Exception, host: str, port: int) -> Stop:
    """Why the server cannot listen there, and what to do."""
    number = getattr(error, "errno", None)
    if number in (errno.EADDRINUSE, 10048):
        return Stop(
            f"Cổng {port} trên {host} đang có chương trình khác dùng.",
            f"chọn cổng khác, ví dụ: serve --port {free_port(host, port + 1)}",
        )
    if number in (errno.EACCES, errno.EPERM, 10013):
        return Stop(f"Không được phép mở cổng {port} trên {host}.", "chọn cổng từ 1024 trở lên.")
    return Stop(
        f"Không mở được cổng {port} trên {host} ({error}).",
        "xem lại --host và --port; thường dùng --host 127.0.0.1 --port 8000.",
    )


def free_port(host: str, first: int) -> int:
    """The first port from `first` that nobody uses; `first` itself when none of 100 is free."""
    for port in range(first, min(first + 100, 65536)):
        with socket.socket() as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return first
