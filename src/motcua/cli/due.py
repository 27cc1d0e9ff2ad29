"""`./motcua due`: one due date with its explanation. Needs no database and no Django."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime

from motcua.base.errors import InvalidInput, MotcuaError
from motcua.base.time import VN
from motcua.deadlines.rules import DayCount, Due, Pause, PauseMode, default_calendar, due, parse_term
from motcua.kit import clock

HELP = "Tính hạn trả kết quả và giải thích từng bước"
WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--start", required=True, metavar="YYYY-MM-DDTHH:MM", help="lúc bắt đầu tính (giờ Việt Nam)"
    )
    parser.add_argument("--term", required=True, help="thời hạn, ví dụ “5 ngày làm việc”, “trong ngày”")
    parser.add_argument(
        "--pause", action="append", default=[], metavar="A/B", help="khoảng tạm dừng; “A/” là chưa kết thúc"
    )
    parser.add_argument(
        "--mode", choices=["resume", "restart"], default="resume", help="sau tạm dừng: tính tiếp hay tính lại"
    )
    parser.add_argument(
        "--count",
        choices=[c.value for c in DayCount],
        default="closing",
        help="cách kết thúc thời hạn theo ngày",
    )
    parser.add_argument(
        "--now", metavar="YYYY-MM-DDTHH:MM", help="thời điểm hiện tại, dùng cho khoảng tạm dừng chưa kết thúc"
    )
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(args: argparse.Namespace) -> int:
    """Prints the due date on stdout. Gives 0, or 2 with a sentence on stderr when an input is unusable."""
    try:
        answer = _answer(args)
    except MotcuaError as error:
        print(error.message, file=sys.stderr)
        return WRONG_USE
    print(_as_json(answer) if args.json else "\n".join(step.text for step in answer.steps))
    return 0


def _answer(args: argparse.Namespace) -> Due:
    return due(
        start=_moment(args.start, field="--start"),
        term=parse_term(args.term),
        calendar=default_calendar(),
        pauses=[_pause(text, PauseMode(args.mode)) for text in args.pause],
        count=DayCount(args.count),
        now=_moment(args.now, field="--now") if args.now else clock.now(),
    )


def _moment(text: str, *, field: str, date_alone: bool = False) -> datetime:
    """An ISO date and time; without a zone it is read as Vietnamese time. A date alone (`date_alone`) is its
    midnight.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or not (date_alone or any(mark in text for mark in "T ")):
        raise InvalidInput(field=field, reason=f"không đọc được “{text}”; hãy viết như 2026-02-12T15:30.")
    return moment if moment.tzinfo else moment.replace(tzinfo=VN)


def _pause(text: str, mode: PauseMode) -> Pause:
    begin, slash, end = text.partition("/")
    if not slash:
        raise InvalidInput(field="--pause", reason=f"“{text}” phải có dạng A/B hoặc A/ (chưa kết thúc).")
    start = _moment(begin, field="--pause", date_alone=True)
    return Pause(start, _moment(end, field="--pause", date_alone=True) if end else None, mode)


def _as_json(answer: Due) -> str:
    steps = [
        {"kind": step.kind, "text": step.text, "moment": step.moment and step.moment.isoformat()}
        for step in answer.steps
    ]
    body = {"due": answer.moment.isoformat(), "provisional": answer.provisional, "steps": steps}
    return json.dumps(body, ensure_ascii=False, indent=2)
