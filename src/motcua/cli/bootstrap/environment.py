"""The private Python environment: made from the hashed lock, stamped, shared by all commands of this clone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from motcua.cli.bootstrap import packages
from motcua.cli.bootstrap.locks import exclusive
from motcua.cli.bootstrap.places import REPO, SetupError, say, state

_WAITING = "Một lệnh khác đang thiết lập môi trường; đang chờ …"
_NO_VENV = (
    "Python này thiếu mô-đun venv/ensurepip. Hãy cài gói python3-venv (ví dụ: sudo apt install python3-venv) "
    "hoặc dùng một bản Python đầy đủ rồi chạy lại."
)
_INSTALL_FAILED = (
    "Không cài được các thư viện từ {lock}. Hãy kiểm tra mạng tới kho gói Python rồi chạy lại; "
    "chi tiết ở các dòng trên."
)


def enter(arguments: list[str]) -> int:
    """Replaces this process by motcua inside its private environment. Returns (1) only if set-up failed."""
    try:
        python = ensure("requirements.lock")
    except SetupError as error:
        say(str(error))
        return 1
    except PermissionError as error:
        say(
            f"Không ghi được vào {error.filename}. Hãy chạy bằng tài khoản sở hữu thư mục này hoặc đặt MOTCUA_STATE_DIR."
        )
        return 1
    os.environ["PYTHONPATH"] = str(REPO / "src")
    return os.execv(python, [str(python), "-m", "motcua.cli", *arguments])


def ensure(lock_name: str) -> Path:
    """The environment's Python, after everything in the lock file `lock_name` is installed. Idempotent, safe in parallel.

    Raises SetupError when the environment cannot be made.
    """
    lock, home = REPO / lock_name, state() / "venv"
    if not _is_ready(lock, home=home):
        with exclusive(state() / "setup.lock", waiting=_WAITING):
            if not _is_ready(lock, home=home):
                _install(lock, home=home)
    return home / "bin" / "python"


def _is_ready(lock: Path, *, home: Path) -> bool:
    return (home / "bin" / "python").exists() and _read(_stamp(lock, home)) == _fingerprint(lock, home=home)


def _stamp(lock: Path, home: Path) -> Path:
    return home / f"{lock.name}.installed"


def _install(lock: Path, *, home: Path) -> None:
    """Adds to a sound environment, which others may be using; makes a new one otherwise."""
    python = home / "bin" / "python"
    if not python.exists() or _read(home / "identity") != _identity(home):
        _make(home)
    say(f"Đang cài thư viện theo {lock.name} …")
    _stamp(lock, home).unlink(missing_ok=True)
    _pip_install(python, lock)
    _stamp(lock, home).write_text(_fingerprint(lock, home=home))


def _pip_install(python: Path, lock: Path) -> None:
    """Runs pip on `lock`, showing how far it is; its own words only if it fails."""
    command = [
        python,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-deps",
        "--only-binary=:all:",
        "--no-compile",
    ]
    command += ["--disable-pip-version-check", "--no-input", "--no-warn-script-location", "-r", lock]
    total, done, words = lock.read_text().count("=="), 0, []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            words.append(line)
            done += line.startswith(("Collecting", "Requirement already", "Ignoring"))
            _show(done, total)
    if pip.returncode:
        say("".join(words[-30:]))
        raise SetupError(_INSTALL_FAILED.format(lock=lock.name))


def _show(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  {done}/{total} thư viện", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _make(home: Path) -> None:
    say(f"Đang tạo môi trường riêng tại {home} …")
    if not _has_ensurepip() and not (packages.install("python3-venv") and _has_ensurepip()):
        raise SetupError(_NO_VENV)
    shutil.rmtree(home, ignore_errors=True)
    made = subprocess.run([_base_python(), "-m", "venv", home], stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if made.returncode:
        raise SetupError(_NO_VENV)
    (home / "identity").write_text(_identity(home))


def _has_ensurepip() -> bool:
    """Asked in a fresh process: this one may have looked before the package was installed."""
    check = [_base_python(), "-c", "import venv, ensurepip"]
    return subprocess.run(check, stderr=subprocess.DEVNULL).returncode == 0


def _base_python() -> str:
    return getattr(sys, "_base_executable", None) or sys.executable


def _identity(home: Path) -> str:
    """The interpreter behind the environment and its place: it survives neither another Python nor being moved."""
    return f"{os.path.realpath(home / 'bin' / 'python')} {home}"


def _fingerprint(lock: Path, *, home: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + _identity(home).encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""
