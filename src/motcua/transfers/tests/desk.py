"""What the tests of this room share: dossiers at the counter, hand-overs, answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from motcua.base.actor import Actor
from motcua.demo.cast import NO_TERM, Cast
from motcua.dossiers import models, services
from motcua.dossiers.rules.state import ResultRecord
from motcua.dossiers.tests.office import NOW
from motcua.journal.queries import events_of
from motcua.transfers import handing, taking
from motcua.transfers.models import Line, Slip
from motcua.transfers.rules import Kind

LATER = NOW + timedelta(hours=1)
NEXT_DAY = NOW + timedelta(days=1)


def received(cast: Cast, **more: Any) -> int:
    """A dossier of justice accepted at the centre's counter."""
    place = more.get("place") or cast.justice
    alice = more.pop("alice", place.alice)
    return services.receive_at_counter(cast.intake(**more), actor=alice, now=NOW)


def from_elsewhere(cast: Cast) -> int:
    """A dossier of justice taken in at the commune's counter: the clock waits for the department (NĐ 118 Đ17.3)."""
    intake = cast.intake(place=cast.justice, counter=cast.commune.counter)
    return services.receive_at_counter(intake, actor=cast.commune.alice, now=NOW)


def forward(cast: Cast, *numbers: int, actor: Actor | None = None, now: datetime = NOW, **more: Any) -> handing.Handed:
    """Hands dossiers over from the centre's counter to justice."""
    way = handing.Way(**({"kind": Kind.FORWARD, "from_unit": cast.centre, "to_unit": cast.justice.unit} | more))
    return handing.hand_over([handing.Parcel(n) for n in numbers], way, actor=actor or cast.justice.alice, now=now)


def from_commune(cast: Cast, *numbers: int, now: datetime = NOW) -> handing.Handed:
    return forward(cast, *numbers, actor=cast.commune.alice, from_unit=cast.commune.counter, now=now)


def lines(slip_id: int | None) -> list[Line]:
    return list(Slip.objects.get(pk=slip_id).lines.order_by("position"))


def take(slip_id: int | None, *, actor: Actor, now: datetime = LATER) -> tuple[taking.Settled, ...]:
    """Confirms every line."""
    assert slip_id is not None
    return taking.settle(slip_id, {one.pk: taking.Answer(take=True) for one in lines(slip_id)}, actor=actor, now=now)


def refuse(slip_id: int | None, *, actor: Actor, reason: str = "Thiếu bản chính tờ khai", now: datetime = LATER) -> Any:
    """Refuses every line."""
    assert slip_id is not None
    answer = taking.Answer(take=False, kind="missing_paper", reason=reason)
    return taking.settle(slip_id, {one.pk: answer for one in lines(slip_id)}, actor=actor, now=now)


def decided(cast: Cast) -> int:
    """A dossier of the land department with its result, which is told and not a document."""
    number = services.receive_at_counter(
        cast.intake(NO_TERM, place=cast.land), actor=cast.land.alice, now=NOW
    )
    services.forward(number, actor=cast.land.alice, now=NOW)
    services.decide(
        number, granted=True, result=ResultRecord("", "Thông báo", None, "", NOW), actor=cast.land.charlie, now=NOW
    )
    return number


def state(number: int) -> str:
    return str(models.Dossier.objects.values_list("state", flat=True).get(pk=number))


def names_of(number: int) -> list[str]:
    """The events of a dossier, oldest first."""
    return [event.name for event in reversed(events_of("dossier", str(number)))]
