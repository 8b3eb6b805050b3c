"""Real web servers (Debian's nginx and Apache) with the configurations that are shipped."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts.devenv import debian

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
ROOT_OF_PACKAGES = "/srv/cot-moc/hien-tai/thu-vien"
MISSING = "Không có nginx hoặc Apache: các kiểm thử trên máy chủ thật KHÔNG được chạy."
REMEDY = "cài hai gói (Debian/Ubuntu: sudo apt-get install nginx apache2)."
# Debian's package with the program alone: nothing is started by installing it.
PACKAGES = {"nginx": "nginx", "apache2": "apache2-bin"}
USER = "www-data"
APACHE_MODULES = ("mpm_event", "authz_core", "authn_core", "authn_file", "authz_user", "auth_basic",
                  "alias", "dir", "mime", "headers", "rewrite", "deflate", "filter")  # fmt: skip


def find_program(name: str) -> str | None:
    """Path of the server's program; installed first where CI is set and that is possible."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
    found = shutil.which(name, path=path)
    if found is None and os.environ.get("CI") and debian.install(PACKAGES[name]):
        found = shutil.which(name, path=path)
    return found


@dataclass(frozen=True)
class Answer:
    """What a server answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server; `prefix` is the path under which the site is."""

    kind: str
    port: int
    prefix: str
    log: Path = field(repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.prefix}"

    def get(self, name: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        """Ask for a path below the prefix, or for any path when it begins with a slash."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            path = name if name.startswith("/") else self.prefix + name
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        return Answer(answer.status, {key.lower(): value for key, value in answer.getheaders()}, body)


def _with_prefix(text: str, prefix: str) -> str:
    """The configuration edited by hand as its own comments say, for a site below `prefix`."""
    if prefix == "/":
        return text
    bare = prefix.rstrip("/")
    text = text.replace("location ^~ / {", f"location ^~ {prefix} {{").replace(
        "=404 /404.html", f"=404 {prefix}404.html"
    )
    text = text.replace('COT_MOC_DUONG_DAN "/"', f'COT_MOC_DUONG_DAN "{prefix}"')
    text = re.sub(r"^# (location = )/a/b/c ", rf"\1{bare} ", text, flags=re.MULTILINE)
    return text.replace('# RedirectMatch 301 "^/a/b/c$" "/a/b/c/"', f'RedirectMatch 301 "^{bare}$" "{prefix}"')


def _with_password(text: str, file: Path) -> str:
    """The same, with the switch for passwords thrown."""
    text = text.replace("# auth_basic", "auth_basic").replace("# Define COT_MOC_MAT_KHAU", "Define COT_MOC_MAT_KHAU")
    return text.replace("/etc/nginx/cot-moc.htpasswd", str(file)).replace("/etc/apache2/cot-moc.htpasswd", str(file))


def shipped(name: str, home: Path, prefix: str, password_file: Path | None) -> str:
    """A configuration of deploy/, edited as its comments tell an administrator to."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    text = _with_prefix(text.replace(ROOT_OF_PACKAGES, f"{home}/hien-tai/thu-vien"), prefix)
    return _with_password(text, password_file) if password_file else text


def _nginx(folder: Path, port: int, home: Path, prefix: str, password_file: Path | None) -> list[str]:
    place = folder / "cot-moc-vi-tri.conf"
    place.write_text(shipped("nginx/cot-moc-vi-tri.conf", home, prefix, password_file), encoding="utf-8")
    server = (DEPLOY / "nginx" / "cot-moc.conf").read_text(encoding="utf-8")
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(
        "/etc/nginx/cot-moc-vi-tri.conf", str(place)
    )
    user = f"user {USER};" if os.geteuid() == 0 else ""
    temp = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log;\n"
        f"events {{}}\nhttp {{ access_log off; {temp}\n{server}\n}}\n",
        encoding="utf-8",
    )
    return [find_program("nginx"), "-e", str(folder / "log"), "-c", str(folder / "nginx.conf")]


def _apache(folder: Path, port: int, home: Path, prefix: str, password_file: Path | None) -> list[str]:
    modules = "\n".join(f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so" for m in APACHE_MODULES)
    user = f"User {USER}\nGroup {USER}\n" if os.geteuid() == 0 else ""
    (folder / "apache.conf").write_text(
        f"ServerRoot {folder}\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\n"
        f"ErrorLog {folder}/log\nTypesConfig /dev/null\n{modules}\n{user}"
        # What Debian's own configuration does around ours.
        "<Directory />\nRequire all denied\n</Directory>\nAddType application/x-gzip .gz .tgz\n"
        "AddOutputFilterByType DEFLATE text/html text/css application/json text/javascript\n"
        + shipped("apache/cot-moc.conf", home, prefix, password_file),
        encoding="utf-8",
    )
    return [find_program("apache2"), "-DFOREGROUND", "-f", str(folder / "apache.conf")]


COMMANDS: Mapping[str, Callable[..., list[str]]] = {"nginx": _nginx, "apache2": _apache}


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextmanager
def running(
    kind: str, folder: Path, home: Path, prefix: str = "/", password_file: Path | None = None
) -> Iterator[Server]:
    """Run a server ("nginx" or "apache2") over a folder that `cotmoc publish` filled."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = COMMANDS[kind](folder, port, home, prefix, password_file)
    output = folder / "output"
    with output.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process:
        try:
            _wait(process, port, output, folder / "log")
            yield Server(kind, port, prefix, folder / "log")
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(process: subprocess.Popen[bytes], port: int, *logs: Path) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                said = "\n".join(log.read_text(encoding="utf-8") for log in logs if log.exists())
                raise RuntimeError(f"server did not start:\n{said}") from None
            time.sleep(0.05)
