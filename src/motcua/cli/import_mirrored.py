"""`motcua import-mirrored FILE --source CODE [--check] --report OUT.json`: dossiers of a ministry's system into the house."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from motcua.base.errors import MotcuaError
from motcua.cli.bootstrap.places import say

OK, FINDING, WRONG_USE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp .jsonl, .csv hoặc .xlsx")
    parser.add_argument("--source", required=True, metavar="CODE", help="mã hệ thống nguồn đã khai báo")
    parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi gì")
    parser.add_argument("--report", type=Path, required=True, metavar="OUT.json", help="nơi ghi báo cáo từng dòng")


def run(args: argparse.Namespace) -> int:
    """Takes the file in. 0 every line taken in, 1 some were refused, 2 wrong use."""
    from motcua.base.actor import SYSTEM
    from motcua.dossiers import mirror_files
    from motcua.kit import clock

    if problem := _unusable(args):
        say(problem)
        return WRONG_USE
    try:
        content, kind = args.file.read_bytes(), args.file.suffix.lower().removeprefix(".")
        report = mirror_files.take_in(
            content, kind, source=args.source, check=args.check, actor=SYSTEM, now=clock.now()
        )
    except (MotcuaError, OSError) as error:
        say(error.message if isinstance(error, MotcuaError) else f"Không đọc được {args.file}: {error.strerror}.")
        return WRONG_USE
    told = report.as_dict()
    part = args.report.with_name(f"{args.report.name}.{os.getpid()}.part")
    part.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(args.report)
    sys.stdout.write(", ".join(f"{n} {name}" for name, n in told["outcomes"].items()) + "\n")
    return FINDING if report.rejected else OK


def _unusable(args: argparse.Namespace) -> str:
    if args.report.resolve() == args.file.resolve():
        return f"Báo cáo {args.report} trùng với tệp nhập; hãy chọn tên khác."
    if args.report.is_dir() or not args.report.parent.is_dir():
        return f"Không ghi được báo cáo vào {args.report}: thư mục không tồn tại hoặc đây là thư mục."
    return ""
