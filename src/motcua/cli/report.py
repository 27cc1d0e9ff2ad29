"""`motcua report FORM --from D --to D [--unit CODE] [--structure then|now] --as json|xlsx|pdf|docx [--out FILE]`."""

from __future__ import annotations

import argparse
import io
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.base.errors import InvalidInput, MotcuaError
from motcua.base.time import local
from motcua.cli.bootstrap.places import say

if TYPE_CHECKING:
    from motcua.reports.definitions import FormDefinition
    from motcua.reports.queries import Question
    from motcua.reports.tables import SettlementTable

OK, FINDING, WRONG_USE = 0, 1, 2
KINDS = ("json", "xlsx", "pdf", "docx")


class NoTerminal(MotcuaError):
    code = "binary_to_terminal"
    sentence = "Tệp {kind} không hiển thị được trên màn hình. Hãy thêm --out FILE hoặc chuyển hướng đầu ra."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("form", metavar="FORM", help="mã biểu, ví dụ II.06a")
    parser.add_argument("--from", dest="from_", required=True, metavar="YYYY-MM-DD", help="ngày đầu kỳ")
    parser.add_argument("--to", required=True, metavar="YYYY-MM-DD", help="ngày cuối kỳ (tính cả ngày này)")
    parser.add_argument(
        "--unit", metavar="CODE", help="đơn vị cùng mọi đơn vị trực thuộc; bỏ trống: toàn tỉnh"
    )
    parser.add_argument(
        "--structure", choices=["then", "now"], default="then", help="theo đơn vị khi đó hay đơn vị hiện nay"
    )
    parser.add_argument(
        "--source", metavar="CODE", help="chỉ hồ sơ theo dõi từ một hệ thống của bộ; “own”: chỉ hồ sơ của tỉnh"
    )
    parser.add_argument("--as", dest="kind", choices=KINDS, default="json", help="dạng kết quả")
    parser.add_argument("--out", type=Path, metavar="FILE", help="ghi ra tệp thay vì đầu ra chuẩn")


def run(args: argparse.Namespace) -> int:
    """Draws the form. 0 done, 1 when a sum of the form does not hold or the file cannot be written, 2 wrong use."""
    try:
        form, question, reporting = _asked(args)
    except MotcuaError as error:
        say(error.message)
        return WRONG_USE
    table = _draw(form, question, fields=args.kind != "json")
    try:
        _write(args, table, form, reporting)
    except OSError as error:
        say(f"Không ghi được {args.out}: {error.strerror}.")
        return FINDING
    return OK if all(identity.holds for identity in table.identities) else FINDING


def _asked(args: argparse.Namespace) -> tuple[FormDefinition, Question, str]:
    """Form, question and the reporting unit's name. Refuses what cannot be asked."""
    from django.conf import settings

    from motcua.base.time import local_date
    from motcua.kit import clock
    from motcua.reports import queries
    from motcua.reports.forms import form
    from motcua.reports.rules import Structure, check_period

    from_, to = _day(args.from_, field="--from"), _day(args.to, field="--to")
    definition = form(args.form, on=to)
    check_period(from_, to)
    if args.kind != "json" and args.out is None and sys.stdout.isatty():
        raise NoTerminal(kind=args.kind)
    source = _source(args.source)
    question = queries.Question(from_, to, local_date(clock.now()), None, Structure(args.structure), source=source)
    if not args.unit or args.unit == settings.PROVINCE_CODE:
        return definition, question, queries.reporting_name(question)
    unit = queries.unit_asked(args.unit, question)
    return definition, question.of_unit(unit.id), unit.name


def _source(given: str | None) -> str | None:
    """The system asked for: None all, empty our own. Raises InvalidInput for one that is not on the list."""
    from motcua.dossiers.queries import followed_sources

    if given is None or given == "own":
        return None if given is None else ""
    if given not in followed_sources():
        raise InvalidInput(field="--source", reason=f"không có hệ thống nguồn “{given}” trong danh sách.")
    return given


def _draw(form: FormDefinition, question: Question, *, fields: bool) -> SettlementTable:
    from motcua.reports import queries

    asked = queries.as_closed(form.code, question)
    if asked.known_at:
        say(f"Kỳ này đã chốt lúc {local(asked.known_at):%H:%M ngày %d/%m/%Y}; số liệu là số liệu đã chốt.")
    table = queries.table_of(asked, fields=fields)
    if question.source is not None:
        return table  # a part has no opening balance of its own
    balance = queries.opening_balance(form.code, table, unit=question.unit)
    if balance and not balance.agrees:
        say(
            f"Lưu ý: kỳ trước đã chốt còn {balance.left_open} hồ sơ đang giải quyết, "
            f"kỳ này chuyển qua {balance.carried} hồ sơ (có hồ sơ cập nhật sau khi chốt)."
        )
    return table


def _write(args: argparse.Namespace, table: SettlementTable, form: FormDefinition, reporting: str) -> None:
    from motcua.kit import clock
    from motcua.reports.files import write

    content = io.BytesIO()
    write(
        args.kind,
        table,
        form,
        reporting=reporting,
        created_at=clock.now().replace(microsecond=0),
        out=content,
    )
    if args.out is None:
        sys.stdout.buffer.write(content.getvalue())
        sys.stdout.buffer.flush()
        return
    part = args.out.with_name(f"{args.out.name}.{os.getpid()}.part")
    part.write_bytes(content.getvalue())
    part.replace(args.out)


def _day(text: str, *, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            field=field, reason=f"không đọc được ngày “{text}”; hãy viết như 2024-06-30."
        ) from None
