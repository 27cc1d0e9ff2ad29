"""`motcua import-procedures FILE… [--check] --report OUT.json`: the portal's records into the catalogue."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from motcua.catalogue.reading import Report, check_files

OK, FINDING, WRONG_USE = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="tệp .jsonl hoặc .jsonl.gz")
    parser.add_argument("--check", action="store_true", help="chỉ đọc và kiểm tra, không cần cơ sở dữ liệu")
    parser.add_argument("--report", type=Path, required=True, metavar="OUT.json", help="nơi ghi báo cáo")
    parser.add_argument("--json", action="store_true", help="in phần tóm tắt dạng JSON ra stdout")


def run(args: argparse.Namespace) -> int:
    """Reads (and unless --check stores) the files. 0 all read, 1 some could not be, 2 wrong use."""
    if problem := _unusable(args.report, args.files):
        print(problem, file=sys.stderr)
        return WRONG_USE
    report = _check(args.files) if args.check else _import(args.files)
    print(file=sys.stderr)
    _write(args.report, report.as_dict())
    _summarise(report, as_json=args.json)
    return FINDING if report.failed else OK


def _check(files: list[Path]) -> Report:
    return check_files(files, progress=_progress, on_refusal=_complain)


def _import(files: list[Path]) -> Report:
    """The database is touched only here: `--check` must run without it."""
    from motcua.base.actor import SYSTEM
    from motcua.catalogue import services
    from motcua.kit import clock

    return services.import_files(
        files, actor=SYSTEM, now=clock.now(), progress=_progress, on_refusal=_complain
    )


def _unusable(path: Path, files: list[Path]) -> str:
    if path.resolve() in [file.resolve() for file in files]:
        return f"Báo cáo {path} trùng với một tệp nhập; hãy chọn tên khác."
    if path.is_dir() or not path.parent.is_dir():
        return f"Không ghi được báo cáo vào {path}: thư mục không tồn tại hoặc đây là thư mục."
    return ""


def _write(path: Path, content: dict[str, Any]) -> None:
    """Whole or not at all: a reader never meets half a report."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with part.open("w", encoding="utf-8") as out:
        json.dump(content, out, ensure_ascii=False, indent=1)
    part.replace(path)


def _summarise(report: Report, *, as_json: bool) -> None:
    summary = {key: value for key, value in report.as_dict().items() if key != "by_record"}
    if as_json:
        print(json.dumps(summary, ensure_ascii=False))
        return
    words = {"files": "tệp", "lines": "dòng", "records": "thủ tục", "new": "mới", "changed": "thay đổi",
             "unchanged": "không đổi", "rejected": "bị loại"}  # fmt: skip
    print(", ".join(f"{summary[key]} {word}" for key, word in words.items()))
    for kind, count in sorted(summary["findings"].items(), key=lambda item: -item[1]):
        print(f"{count:>6}  {kind}")


_shown: dict[Path, int] = {}


def _progress(path: Path, done: int, size: int) -> None:
    percent = 100 * done // max(size, 1)
    if _shown.get(path) != percent and sys.stderr.isatty():
        print(f"\r{path.name}: {percent:3d} %", end="", file=sys.stderr, flush=True)
    _shown[path] = percent


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)
