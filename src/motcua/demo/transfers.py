"""Some slips and legs of the demonstration, in every state, through the verbs; on a small load there may be fewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.demo import units as plan
from motcua.demo.staff import COMMUNE
from motcua.dossiers import desks
from motcua.organisation.queries import by_code
from motcua.people.queries import actor_of_officer, by_username, colleagues
from motcua.people.rules import Role
from motcua.transfers import handing, legs, taking
from motcua.transfers.queries import lines_under_way
from motcua.transfers.rules import Kind

_DEPARTMENT, _HALF = "H99.10", timedelta(minutes=30)
_WORK = ("Trình Ủy ban nhân dân tỉnh ký", "Lấy ý kiến thẩm định", "Trình Chủ tịch Ủy ban nhân dân tỉnh phê duyệt")


def load(*, now: datetime) -> None:
    """Hand-overs of yesterday and today, and the way of some dossiers to the Provincial Office."""
    _dossiers_to_departments(now)
    _dossiers_of_a_commune(now)
    _results_to_the_counter(now)
    _to_the_provincial_office(now)


def _dossiers_to_departments(now: datetime) -> None:
    """Left yesterday and nobody has confirmed: what stands still."""
    clerk, counter, then = _actor("motcua.tinh", now), by_code(plan.CENTRE), now - timedelta(hours=26)
    rows = desks.at_counter(clerk, counter).filter(accepted_at__lt=then)
    heaps: dict[int, list[int]] = {}
    for row in rows[:20]:
        heaps.setdefault(row.unit_id, []).append(row.pk)
    for unit, numbers in sorted(heaps.items())[:2]:
        _hand(numbers[:3], handing.Way(Kind.FORWARD, counter, unit), clerk, then)


def _dossiers_of_a_commune(now: datetime) -> None:
    clerk, counter, unit = _actor("motcua.xa", now), by_code(COMMUNE.counter), by_code(COMMUNE.code)
    numbers = list(desks.at_counter(clerk, counter).filter(unit_id=unit).values_list("pk", flat=True)[:4])
    slip = _hand(numbers, handing.Way(Kind.FORWARD, counter, unit), clerk, now - _HALF)
    if slip:
        _answer(slip, _actor("chuyenvien.xa", now), now, refuse_last=len(numbers) > 1)


def _results_to_the_counter(now: datetime) -> None:
    """From the first departments that have any: one slip confirmed with a refused line, the others open."""
    counter, clerk, confirmed = by_code(plan.CENTRE), _actor("motcua.tinh", now), False
    for agency in plan.AGENCIES:
        staff = colleagues(by_code(agency.code), role=Role.SPECIALIST, on=local_date(now))
        if not staff:
            continue
        officer, unit = actor_of_officer(staff[0][0], on=local_date(now)), by_code(agency.code)
        rows = desks.with_result(officer, unit).filter(intake_unit_id=counter)
        numbers = list(rows.values_list("pk", flat=True)[:3])
        slip = _hand(numbers, handing.Way(Kind.RESULTS, unit, counter), officer, now - _HALF)
        if slip and not confirmed:
            _answer(slip, clerk, now, refuse_last=len(numbers) > 1)
            confirmed = True


def _to_the_provincial_office(now: datetime) -> None:
    """Finished early and late, at work, and just sent."""
    officer, unit, office = _actor("chuyenvien.so", now), by_code(_DEPARTMENT), by_code(plan.OFFICE)
    staff = colleagues(office, role=Role.SPECIALIST, on=local_date(now))
    if not staff:
        return
    receiver = actor_of_officer(staff[0][0], on=local_date(now))
    rows = desks.at_work(officer, unit).filter(unit_id=unit, accepted_at__lt=now - timedelta(days=8))
    for place, number in enumerate(rows.values_list("pk", flat=True)[:6]):
        sent = now - timedelta(days=7 - place)
        leg = legs.send_leg(
            number, from_unit=unit, to_unit=office, purpose=_WORK[place % 3], hours=Decimal(8 if place % 2 else 24),
            actor=officer, now=sent,
        )  # fmt: skip
        if place < 5:
            legs.receive_leg(leg, actor=receiver, now=sent + timedelta(hours=2))
        if place < 3:
            done = sent + timedelta(days=2 * place)
            legs.finish_leg(leg, result="Đã ký", actor=receiver, now=max(done, sent + timedelta(hours=3)))


def _hand(numbers: Sequence[int], way: handing.Way, actor: Actor, at: datetime) -> int | None:
    if not numbers:
        return None
    return handing.hand_over([handing.Parcel(number) for number in numbers], way, actor=actor, now=at).slip_id


def _answer(slip: int, actor: Actor, at: datetime, *, refuse_last: bool) -> None:
    lines = lines_under_way(slip)
    answers = {line: taking.Answer(take=True) for line in lines}
    if refuse_last:
        answers[lines[-1]] = taking.Answer(False, "missing_paper", "Thiếu bản chính tờ khai")
    taking.settle(slip, answers, actor=actor, now=at)


def _actor(username: str, now: datetime) -> Actor:
    return actor_of_officer(by_username([username])[username].id, on=local_date(now))
