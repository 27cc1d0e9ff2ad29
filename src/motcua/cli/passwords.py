"""How a command comes to a password without it ever standing on the command line."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

from motcua.base.errors import MotcuaError


class PasswordsDiffer(MotcuaError):
    code = "passwords_differ"
    sentence = "Hai lần nhập mật khẩu không giống nhau. Hãy chạy lại lệnh."


def add_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--generate", action="store_true", help="tự sinh mật khẩu và in ra màn hình")


def obtain(arguments: argparse.Namespace) -> str:
    """Generated and printed with `--generate`, asked twice at a terminal, otherwise the first line of standard input."""
    if arguments.generate:
        password = secrets.token_urlsafe(12)
        print(password)
        return password
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Mật khẩu: ")
    if getpass.getpass("Nhập lại mật khẩu: ") != password:
        raise PasswordsDiffer
    return password
