"""How long a receiver may take is configured, with citation and validity; a unit's own time goes first."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed
from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import NOW
from motcua.transfers import terms
from motcua.transfers.errors import HoursUnusable, TermStartsTooEarly
from motcua.transfers.models import Slip
from motcua.transfers.rules import TermKind
from motcua.transfers.tests.desk import forward, received

TODAY, TOMORROW = NOW.date(), NOW.date() + timedelta(days=1)


def set_term(**more: Any) -> None:
    asked: dict[str, Any] = {
        "kind": TermKind.CONFIRM, "unit_id": None, "hours": Decimal(2), "since": TODAY, "citation": "QĐ 5/QĐ-MẪU",
        "actor": SYSTEM, "now": NOW,
    }  # fmt: skip
    terms.set_term(**(asked | more))


def test_the_shipped_time_holds_until_another_is_set(cast: Cast) -> None:
    set_term(since=TOMORROW)
    assert terms.hours_for(TermKind.CONFIRM, cast.justice.unit, on=TODAY) == 4
    assert terms.hours_for(TermKind.CONFIRM, cast.justice.unit, on=TOMORROW) == 2
    assert terms.hours_for(TermKind.LEG, cast.justice.unit, on=TOMORROW) == 16


def test_a_units_own_time_goes_first(cast: Cast) -> None:
    set_term(unit_id=cast.justice.unit, hours=Decimal("0.5"))
    forward(cast, received(cast))
    assert Slip.objects.get().confirm_by == NOW + timedelta(minutes=30)
    assert terms.hours_for(TermKind.CONFIRM, cast.land.unit, on=TODAY) == 4


def test_a_time_nobody_can_keep_an_earlier_start_and_strangers_are_refused(cast: Cast) -> None:
    for hours in (Decimal(0), Decimal(401)):
        with pytest.raises(HoursUnusable):
            set_term(hours=hours)
    with pytest.raises(TermStartsTooEarly):
        set_term(since=date(2018, 1, 1))
    for actor in (cast.justice.charlie, cast.director):
        with pytest.raises(NotAllowed):
            set_term(actor=actor)
    assert terms.hours_for(TermKind.CONFIRM, cast.justice.unit, on=TOMORROW) == 4
