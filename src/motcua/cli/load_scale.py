"""`motcua load-scale SCENARIO [--dossiers N]`: replaces all dossiers by a half-year of a province, for measuring."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

OK, FINDING, WRONG_USE = 0, 1, 2
SCENARIOS = ("bac-giang-2024",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("scenario", choices=SCENARIOS, help="kịch bản số liệu")
    parser.add_argument(
        "--dossiers", type=int, metavar="N", help="số hồ sơ, giữ nguyên cơ cấu (mặc định 314.849)"
    )
    parser.add_argument("--processes", type=int, default=2, help="số tiến trình cùng tính (mặc định 2)")
    parser.add_argument(
        "--yes", action="store_true", help="cho phép thay dữ liệu của máy chủ trong DATABASE_URL"
    )


def run(args: argparse.Namespace) -> int:
    """Loads, then draws II.06a and compares. 0 equal, 1 not equal, 2 refused."""
    if problem := _unusable(args):
        print(problem, file=sys.stderr)
        return WRONG_USE
    from motcua.cli.progress import Bars
    from motcua.demo import scale
    from motcua.kit import clock

    started, bars = time.monotonic(), Bars()
    expected = scale.load(
        args.scenario, count=args.dossiers, now=clock.now(), progress=bars, processes=args.processes
    )
    bars.close()
    seconds = time.monotonic() - started
    found = _measured()
    print(json.dumps(found, ensure_ascii=False, indent=1))
    print(f"Đã thay {expected['total']['c3']} hồ sơ trong {seconds:.0f} giây.", file=sys.stderr)
    if found != expected:
        print(f"Biểu II.06a KHÁC số phải có: {json.dumps(expected)}", file=sys.stderr)
        return FINDING
    print("Biểu II.06a 15/12/2023–30/6/2024 đúng bằng số phải có.", file=sys.stderr)
    return OK


def _unusable(args: argparse.Namespace) -> str:
    from motcua.cli.bootstrap import database

    if not (database.is_private() or args.yes):
        return "Lệnh này XÓA mọi hồ sơ. Với máy chủ trong DATABASE_URL, hãy thêm --yes nếu chắc chắn."
    if args.dossiers is not None and args.dossiers < 1:
        return "--dossiers phải là số dương."
    return ""


def _measured() -> dict[str, Any]:
    """The table as the report draws it."""
    from motcua.base.time import local_date
    from motcua.demo.scale import FIRST, LAST
    from motcua.kit import clock
    from motcua.reports.queries import settlement_table

    table = settlement_table(FIRST, LAST, today=local_date(clock.now()))
    rows = {part.level: dict(part.figures) for part in table.levels}
    return {**rows, "total": dict(table.total)}
