"""`motcua reset-password`: lets an officer in again who lost the password, by whoever holds the server."""

from __future__ import annotations

import argparse

from motcua.cli import passwords
from motcua.cli.bootstrap.places import say
from motcua.cli.create_admin import CONSOLE
from motcua.kit import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", help="tên đăng nhập")
    passwords.add_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """The officer must choose a new password at the next sign-in: the server's keeper knows this one."""
    from axes.utils import reset

    from motcua.people import services

    password = passwords.obtain(arguments)
    services.set_password(
        username=arguments.username, password=password, must_change=True, actor=CONSOLE, now=clock.now()
    )
    reset(username=arguments.username)
    say(f"Đã đặt lại mật khẩu của “{arguments.username}”; người dùng phải đổi mật khẩu khi đăng nhập.")
    return 0
