"""The web server: granian with Python threads, the files of the look collected before."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from motcua.base.errors import MotcuaError
from motcua.cli import children
from motcua.cli.bootstrap.locks import exclusive
from motcua.cli.bootstrap.places import REPO, SetupError, say, state

THREADS = 4
_READY_SECONDS = 60


class PortTaken(MotcuaError):
    code = "port_taken"
    sentence = "Cổng {port} trên {host} đang được dùng. Hãy dừng chương trình đang dùng cổng đó hoặc chọn cổng khác: --port N."


class WebServerFailed(MotcuaError):
    code = "web_server_failed"
    sentence = "Máy chủ web không khởi động được; xem các dòng trên."


def check_port(host: str, port: int) -> None:
    """Raises PortTaken. Asked before the long work; the server itself would share the port without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(host=host, port=port) from error


def start(*, host: str, port: int, workers: int | None = None, log: Path | None = None) -> subprocess.Popen[bytes]:
    """Starts the web server as a child of this command and returns when it answers.

    workers: processes, by default one per core up to four; log: file for its log lines instead of stderr.
    Raises WebServerFailed if it ends or stays silent.
    """
    processes = workers or min(4, os.cpu_count() or 1)
    figures = state() / "metrics" / str(port)
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(parents=True)
    options = [
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--no-ws",
        "--respawn-failed-workers",
    ]
    options += [
        "--workers",
        str(processes),
        "--blocking-threads",
        str(THREADS),
        "--workers-kill-timeout",
        "10",
    ]
    options += ["--log-level", "error"]
    child = children.start(
        ["-m", "granian", *options, "motcua.site.wsgi:application"],
        environment={"PROMETHEUS_MULTIPROC_DIR": str(figures)},
        log=log,
    )
    try:
        _wait_until_it_answers(child, host=host, port=port)
    except BaseException:
        children.stop([child])
        raise
    return child


def _wait_until_it_answers(child: subprocess.Popen[bytes], *, host: str, port: int) -> None:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    deadline = time.monotonic() + _READY_SECONDS
    while child.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://{reachable}:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # an answer, though not for this host name
        except OSError:
            time.sleep(0.1)
    raise WebServerFailed


def install_assets() -> None:
    """Fetches and builds the front-end assets and compiles the words of other languages, unless they are there.

    They must exist before Django is loaded.
    """
    from motcua.kit import assets, catalogues

    with exclusive(state() / "assets.lock", waiting="Một lệnh khác đang chuẩn bị giao diện; đang chờ …"):
        catalogues.compile_all(state() / "locale")
        try:
            assets.install(REPO, progress=say, home=state())
        except assets.AssetsError as error:
            raise SetupError(str(error)) from error


def collect_static() -> None:
    """Copies and names all static files for serving, unless nothing changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    target, stamp = Path(settings.STATIC_ROOT), state() / "static.stamp"
    with exclusive(state() / "static.lock", waiting="Một lệnh khác đang chuẩn bị giao diện; đang chờ …"):
        wanted = _static_fingerprint()
        if target.is_dir() and stamp.exists() and stamp.read_text() == wanted:
            return
        say("Đang chuẩn bị tệp giao diện …")
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)


def _static_fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
