"""`motcua alerts [--backlog D]`: one pass over all open dossiers and the morning's messages; or the check of a period's start."""

from __future__ import annotations

import argparse
import sys
from datetime import date

OK, WRONG_USE = 0, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--backlog", type=date.fromisoformat, metavar="YYYY-MM-DD",
        help="chỉ kiểm tra tồn đầu kỳ bắt đầu ngày này: hồ sơ quá hạn chưa có thư xin lỗi",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """0 done, 2 when the period has not begun."""
    from motcua.base.actor import SYSTEM
    from motcua.base.errors import MotcuaError
    from motcua.kit import clock

    try:
        return _backlog(args.backlog, SYSTEM, clock.now()) if args.backlog else _pass(clock.now())
    except MotcuaError as error:
        print(error.message, file=sys.stderr)
        return WRONG_USE


def _pass(now) -> int:  # noqa: ANN001 - an aware datetime
    from motcua.alerts.services import send_digests, warn
    from motcua.cli.progress import Bars

    bars = Bars()
    found = warn(now, progress=lambda done, total: bars("hồ sơ đang giải quyết", done, total))
    bars.close()
    print(
        f"{found['alerts']} cảnh báo mới, {found['drafts']} dự thảo thư xin lỗi, {found['escalations']} báo cáo lên cấp trên, "
        f"{found['stuck']} chỗ vướng mới, {found['cleared']} đã hết; {send_digests(now)} thư buổi sáng."
    )
    return OK


def _backlog(start: date, actor, now) -> int:  # noqa: ANN001 - an actor and an aware datetime
    from motcua.alerts.backlog import check
    from motcua.alerts.services import check_backlog

    found = check(check_backlog(period_start=start, actor=actor, now=now))
    print(
        f"Tồn đầu kỳ {start:%d/%m/%Y}: {found.open_count} hồ sơ, {found.late_count} quá hạn, "
        f"{found.missing_count} chưa có thư xin lỗi."
    )
    return OK
