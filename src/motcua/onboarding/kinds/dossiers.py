"""Open dossiers of another system: each taken over where it stands, with its old code and its promised date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.base.time import at, local, local_date
from motcua.deadlines.queries import work_calendar
from motcua.dossiers import queries, taking_over
from motcua.dossiers.intake import FeeInput, Intake
from motcua.dossiers.rules.state import Channel
from motcua.dossiers.rules.taking_over import Standing
from motcua.onboarding.kinds.base import Entry, Made, Verdict, wrong
from motcua.onboarding.rules.rows import DossierRow, Moment, Problem
from motcua.onboarding.rules.states import RowState
from motcua.organisation import queries as units
from motcua.people.queries import PersonFacts, by_username
from motcua.processes.rules import Stage

_OPENING, _CLOSING = time(7, 30), time(17)
_FIELDS = {
    "procedure_unknown": "procedure", "procedure_not_in_force": "procedure", "not_competent": "unit", "unit_unknown": "unit",
    "unit_closed": "unit", "holder_not_there": "holder", "invalid_identity": "owner_number", "invalid_tax_code": "owner_number",
    "name_missing": "owner_name", "accepted_in_future": "accepted", "promised_before_acceptance": "promised",
    "stage_not_in_process": "stage", "end_unknown": "ended", "end_outside_handling": "ended", "holder_unknown": "holder",
    "no_rule_set": "accepted", "counter_unclear": "counter", "procedure_term_without_unit": "procedure",
}  # fmt: skip
"""The field a refusal of the verbs is about."""


class HolderUnknown(MotcuaError):
    code = "holder_unknown"
    sentence = "Không có tài khoản “{username}” đang dùng. Hãy nhập cán bộ trước hoặc để trống."


class CounterUnclear(MotcuaError):
    code = "counter_unclear"
    sentence = "Đơn vị {unit} có {count} nơi tiếp nhận. Hãy ghi mã nơi tiếp nhận của hồ sơ."


class Dossiers:
    """Key: the old code and its system."""

    def examine(self, entries: Sequence[Entry], *, actor: Actor, now: datetime) -> dict[int, Verdict]:
        rows = [(entry.line, entry.row) for entry in entries if isinstance(entry.row, DossierRow)]
        holders = _numbers(row.holder for _, row in rows)
        known = {
            (system, code)
            for system in {row.system for _, row in rows}
            for code in queries.taken_over(system, (taking_over.as_kept(row.old_code) for _, row in rows))
        }
        first: dict[tuple[str, str], int] = {}
        found = {}
        for line, row in rows:
            key = (row.system, taking_over.as_kept(row.old_code))
            found[line] = _verdict(line, row, first.setdefault(key, line), key in known, holders, actor, now)
        return found

    def apply(self, row: DossierRow, *, actor: Actor, now: datetime) -> Made | None:
        code = taking_over.as_kept(row.old_code)
        if code in queries.taken_over(row.system, [code]):
            return None
        intake, standing = _handed_in(row, _numbers([row.holder]), now)
        intake = replace(intake, components=taking_over.papers_handed_in(intake, standing, now))
        return {"dossier": taking_over.take_over(intake, standing, actor=actor, now=now)}

    def loosen(self, made: Made, *, actor: Actor, now: datetime) -> Made:
        return made

    def take_back(self, made: Made, *, actor: Actor, now: datetime) -> None:
        taking_over.undo_take_over(made["dossier"], reason="Hoàn tác lần nhập dữ liệu", actor=actor, now=now)


def _verdict(
    line: int,
    row: DossierRow,
    first: int,
    known: bool,
    holders: Mapping[str, int],
    actor: Actor,
    now: datetime,
) -> Verdict:
    key = f"{row.system}; {row.old_code}"
    if first != line:
        return wrong(key, Problem("old_code", f"Mã hồ sơ {row.old_code} đã có ở dòng {first} của tệp."))
    if known:
        return Verdict(RowState.SAME, key, f"Hồ sơ {row.old_code} đã được nhập trước đó")
    try:
        step = taking_over.would_take_over(*_handed_in(row, holders, now), actor=actor, now=now)
    except MotcuaError as error:
        return wrong(key, Problem(_FIELDS.get(error.code, ""), error.message))
    due = f"hẹn trả {row.promised[0]:%d/%m/%Y}" if row.promised else "hạn trả tính theo thủ tục"
    return Verdict(
        RowState.READY,
        key,
        f"Nhận hồ sơ {row.old_code} của {row.owner_name}, tiếp tục ở bước “{step.name}”, {due}",
        line,
    )


def _handed_in(row: DossierRow, holders: Mapping[str, int], now: datetime) -> tuple[Intake, Standing]:
    unit = units.by_code(row.unit)
    owner = PersonFacts(
        row.owner_kind, row.owner_number, row.owner_name, row.born, "", row.phone, row.email, row.address
    )
    fees = (
        (FeeInput("chua_ro", "Phí, lệ phí đã thu trên hệ thống cũ", row.fee, row.owner_name, True),)
        if row.fee
        else ()
    )
    intake = Intake(row.procedure, unit, _counter(row, unit, now), Channel(row.channel), owner, fees=fees)
    accepted = _moment(row.accepted, now, opening=True)
    standing = Standing(
        row.system, row.old_code, accepted, _moment(row.promised, None) if row.promised else None, Stage(row.stage),
        _holder(row.holder, holders), _moment(row.ended, now) if row.ended else None, row.note,
    )  # fmt: skip
    return intake, standing


def _numbers(usernames: Any) -> dict[str, int]:
    """The active accounts by username in small letters."""
    told = {username for username in usernames if username}
    return (
        {name: account.id for name, account in by_username(told).items() if account.is_active} if told else {}
    )


def _holder(username: str, holders: Mapping[str, int]) -> int | None:
    if not username:
        return None
    if username.lower() not in holders:
        raise HolderUnknown(username=username)
    return holders[username.lower()]


def _counter(row: DossierRow, unit: int, now: datetime) -> int:
    """Where the dossier was received: as told, else the one counter of the unit, else the unit itself."""
    if row.counter:
        return units.by_code(row.counter)
    today = local_date(now)
    counters = {counter for counter, served in units.services_on(today) if served == unit}
    if len(counters) > 1:
        raise CounterUnclear(unit=row.unit, count=len(counters))
    return next(iter(counters), unit)


def _moment(told: Moment, now: datetime | None, *, opening: bool = False) -> datetime:
    """A told moment; a day without its time means its opening (acceptance) or its closing (promise, result).

    A day that is today and not over means now at the latest.
    """
    day, clock = told
    moment = at(day, clock) if clock else _edge(day, opening)
    if clock is None and now is not None and moment > now and day == local(now).date():
        return now
    return moment


def _edge(day: date, opening: bool) -> datetime:
    calendar = work_calendar()
    if not calendar.is_working_day(day):
        return at(day, _OPENING if opening else _CLOSING)
    return calendar.opening(day) if opening else calendar.closing(day)
