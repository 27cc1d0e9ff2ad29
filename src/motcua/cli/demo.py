"""`motcua demo`: a province at work on this machine, from nothing to a page in the browser."""

from __future__ import annotations

import argparse
import os

from motcua.cli import application, children, web
from motcua.cli.bootstrap import places
from motcua.cli.bootstrap.places import say
from motcua.kit import clock

HOST = "127.0.0.1"
PROVINCE = "Tỉnh Bình Mẫu"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="cổng trên 127.0.0.1 (mặc định 8000)")
    parser.add_argument(
        "--dossiers", type=_count, default=5000, metavar="N", help="số hồ sơ mẫu (mặc định 5000)"
    )
    parser.add_argument("--no-serve", action="store_true", help="chỉ chuẩn bị, không chạy máy chủ")


def run(arguments: argparse.Namespace) -> int:
    if not arguments.no_serve:
        web.check_port(HOST, arguments.port)
    os.environ.setdefault("MOTCUA_PUBLIC_URL", f"http://{HOST}:{arguments.port}")
    os.environ.setdefault("MOTCUA_PROVINCE_NAME", PROVINCE)
    _keep_mail_here()
    web.install_assets()
    application.prepare(migrate=True)
    web.collect_static()
    _load(arguments.dossiers)
    return 0 if arguments.no_serve else _serve(arguments.port)


def _keep_mail_here() -> None:
    """A demonstration writes its notices to files; a mail server that was named is used."""
    if "MOTCUA_SMTP_HOST" not in os.environ:
        os.environ.setdefault("MOTCUA_MAIL_FOLDER", str(places.state() / "mail"))


def _load(dossiers: int) -> None:
    """One transaction under a lock of its own; a province that is there stays as it is."""
    from django.db import connection

    from motcua.cli.progress import Bars
    from motcua.demo import services

    bars = Bars()
    services.load_province(dossiers_wanted=dossiers, progress=bars, now=clock.now())
    bars.close()
    connection.close()


def _serve(port: int) -> int:
    server = web.start(host=HOST, port=port)
    _introduce(port)
    try:
        return children.watch(server, renew=lambda: children.start(["-m", "motcua.cli", "worker"]))
    except KeyboardInterrupt:
        say("Đã dừng.")
        return 0


def _introduce(port: int) -> None:
    """Addresses and accounts, on standard output: they are what the command was asked for."""
    from motcua.demo import services

    base = f"http://{HOST}:{port}"
    print(f"Cổng công dân:     {base}/")
    print(f"Phần mềm một cửa:  {base}/office/")
    print(f"Giao diện lập trình: {base}/api/v1/docs")
    if folder := os.environ.get("MOTCUA_MAIL_FOLDER"):
        print(f"Thư điện tử gửi đi: {folder}")
    print("\nTài khoản trình diễn, mỗi vai trò một tài khoản (tên đăng nhập / mật khẩu):")
    for role, username, password, unit in services.accounts():
        print(f"  {username} / {password}   {role} ({unit})", flush=True)
    say("\nNhấn Ctrl-C để dừng.")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("số hồ sơ không được âm")
    return number
