"""`motcua <command>`: finds the command in one table, loads only its module, prepares what it needs, runs it.

A command's module has `add_arguments(parser)` and `run(arguments) -> int` (0 done, 1 finding or failure). It must not import
Django at its top: `motcua due` and the like start without it, and the database address is only known after `prepare`.
With `PASSES_OTHERS_ON = True` it gets the arguments it does not know as `arguments.others`.
"""

from __future__ import annotations

import argparse
import signal
import sys
from dataclasses import dataclass
from enum import Enum
from importlib import import_module

from motcua.cli import failures


class Needs(Enum):
    """What is prepared before `run`: nothing, Django on a migrated database, or the command prepares by itself."""

    NOTHING = "nothing"
    DATABASE = "database"
    ITSELF = "itself"


@dataclass(frozen=True)
class Command:
    module: str
    needs: Needs
    help: str


COMMANDS = {
    "demo": Command("demo", Needs.ITSELF, "dựng và chạy tỉnh trình diễn trên máy này"),
    "serve": Command("serve", Needs.ITSELF, "chạy máy chủ web (cài đặt thật)"),
    "worker": Command("worker", Needs.DATABASE, "chạy tiến trình gửi thông báo và việc nền"),
    "test": Command("test", Needs.ITSELF, "chuẩn bị và chạy toàn bộ kiểm thử; các đối số chuyển cho pytest"),
    "migrate": Command("migrate", Needs.ITSELF, "cập nhật cấu trúc cơ sở dữ liệu lên phiên bản này"),
    "create-admin": Command("create_admin", Needs.DATABASE, "tạo tài khoản quản trị (tài khoản đầu tiên)"),
    "reset-password": Command("reset_password", Needs.DATABASE, "đặt lại mật khẩu của một cán bộ"),
    "backup": Command("backup", Needs.DATABASE, "sao lưu cơ sở dữ liệu và tệp vào một tệp lưu trữ"),
    "restore": Command("restore", Needs.ITSELF, "phục hồi từ tệp sao lưu"),
    "self-check": Command("self_check", Needs.DATABASE, "kiểm tra cài đặt này đã sẵn sàng chưa"),
    "due": Command("due", Needs.NOTHING, "tính ngày hẹn trả và giải thích từng bước"),
    "import-procedures": Command(
        "import_procedures", Needs.ITSELF, "đọc thủ tục hành chính từ tệp của Cổng Dịch vụ công quốc gia"
    ),
    "import-mirrored": Command(
        "import_mirrored", Needs.DATABASE, "nhập hồ sơ theo dõi từ hệ thống của bộ (JSONL, CSV, XLSX)"
    ),
    "report": Command("report", Needs.DATABASE, "lập biểu mẫu báo cáo"),
    "alerts": Command("alerts", Needs.DATABASE, "quét cảnh báo, thư xin lỗi, hồ sơ vướng và gửi thư buổi sáng"),
    "processes": Command("processes", Needs.DATABASE, "kiểm tra 100 % thủ tục có quy trình điện tử"),
    "load-scale": Command("load_scale", Needs.DATABASE, "thay dữ liệu bằng cả kỳ báo cáo của một tỉnh để đo"),
    "bench": Command("bench", Needs.ITSELF, "đo tốc độ"),
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; gives its exit code (2 for wrong use comes from argparse)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    name = arguments[0] if arguments else ""
    if name not in COMMANDS:
        _parser().parse_args(arguments or ["--help"])
        return 2
    for polite in (signal.SIGTERM, signal.SIGINT):  # SIGINT too: shells start background commands deaf to it
        signal.signal(polite, _leave)
    return failures.guarded(lambda: _run(name, arguments[1:]))


def _run(name: str, arguments: list[str]) -> int:
    command = COMMANDS[name]
    module = import_module(f"motcua.cli.{command.module}")
    parser = argparse.ArgumentParser(prog=f"motcua {name}", description=command.help)
    module.add_arguments(parser)
    given, given.others = parser.parse_known_args(arguments)
    if given.others and not getattr(module, "PASSES_OTHERS_ON", False):
        parser.error(f"đối số không hiểu: {' '.join(given.others)}")
    if command.needs is Needs.DATABASE:
        from motcua.cli import application

        application.prepare()
    return module.run(given)


def _parser() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {name:<18} {command.help}" for name, command in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="motcua",
        description="Hệ thống thông tin một cửa cấp tỉnh.",
        epilog=f"các lệnh:\n{lines}\n\n`motcua <lệnh> --help` cho biết cách dùng từng lệnh.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", metavar="lệnh", choices=list(COMMANDS))
    return parser


def _leave(_signal: int, _frame: object) -> None:
    """A polite kill ends like Ctrl-C: everything started here is stopped on the way out."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
