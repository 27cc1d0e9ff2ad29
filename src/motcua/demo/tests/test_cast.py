"""The miniature province works: a dossier goes from counter to result."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from motcua.base.time import VN
from motcua.demo.cast import BIRTH, LICENCE, NO_TERM, small_province
from motcua.dossiers import services, store

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=VN)


@pytest.mark.parametrize(
    ("procedure", "hour", "due"),
    [
        (LICENCE, 9, datetime(2026, 3, 17, 17, tzinfo=VN)),
        (BIRTH, 9, datetime(2026, 3, 10, 17, tzinfo=VN)),
        (BIRTH, 15, datetime(2026, 3, 11, 17, tzinfo=VN)),
        (NO_TERM, 9, None),
    ],
)
def test_each_procedure_of_the_cast_gets_its_due_date_at_the_counter(procedure, hour, due):
    cast = small_province()
    intake = cast.intake(procedure)
    place = cast.commune if procedure == BIRTH else cast.justice
    number = services.receive_at_counter(intake, actor=place.alice, now=NOW.replace(hour=hour))
    dossier = store.load(number, lock=False)
    assert dossier.due_at == due
    assert dossier.code


def test_a_dossier_of_the_cast_goes_from_counter_to_result():
    cast = small_province()
    place = cast.justice
    number = services.receive_at_counter(cast.intake(NO_TERM, place=cast.land), actor=cast.land.alice, now=NOW)
    assert number
    number = services.receive_at_counter(cast.intake(), actor=place.alice, now=NOW)
    services.forward(number, actor=place.alice, now=NOW + timedelta(hours=1))
    services.assign(number, holder_id=place.bob.id, actor=place.charlie, now=NOW + timedelta(hours=2))
    services.advance(number, position=2, actor=place.charlie, now=NOW + timedelta(hours=2))
    services.advance(number, position=3, actor=place.bob, now=NOW + timedelta(days=1))
    services.decide(
        number, granted=False, reason="Không đủ điều kiện", ground="Điều 1", actor=place.charlie,
        now=NOW + timedelta(days=2),
    )  # fmt: skip
    services.give_back(number, receiver="Nguyễn Văn Thử", method="direct", actor=place.alice, now=NOW + timedelta(days=3))
    dossier = store.load(number, lock=False)
    assert (dossier.state.value, dossier.timing) == ("returned", "early")
