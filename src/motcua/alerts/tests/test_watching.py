"""The pass over open dossiers: everything once, nothing twice, in a fixed number of statements."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.alerts import watching
from motcua.alerts.models import Alert, Escalation, LetterDraft, Stuck
from motcua.alerts.services import warn
from motcua.alerts.tests.conftest import in_process, vn
from motcua.base.actor import SYSTEM
from motcua.deadlines.rules import PauseKind
from motcua.demo.cast import Cast
from motcua.dossiers import models, services
from motcua.dossiers.tests.office import NOW
from motcua.journal.models import Delivery, Event
from motcua.journal.remembered import touch
from motcua.people import services as people
from motcua.people.models import Officer


def percents(number: int) -> list[int]:
    return list(
        Alert.objects.filter(dossier_id=number, over_at=None)
        .order_by("percent")
        .values_list("percent", flat=True)
    )


def reasons(number: int) -> set[str]:
    return set(Stuck.objects.filter(dossier_id=number, over_at=None).values_list("reason", flat=True))


def _sign_in(officer: int, *, allowed: bool) -> None:
    """Past the verb, which asks for the officer's work to be handed over first; imports and old rows know no such rule."""
    Officer.objects.filter(pk=officer).update(is_active=allowed)
    touch()


def test_each_level_is_stored_once_however_often_one_looks(cast: Cast) -> None:
    number = in_process(cast)
    seen = []
    for at in (
        "2026-03-11T08:00",
        "2026-03-13T17:00",
        "2026-03-13T17:00",
        "2026-03-16T17:00",
        "2026-03-17T17:00",
    ):
        warn(vn(at))
        seen.append(percents(number))
    assert seen == [[], [50], [50], [50, 80], [50, 80, 100]]
    assert Alert.objects.count() == 3


def test_a_second_pass_finds_nothing_new(cast: Cast) -> None:
    in_process(cast)
    late = vn("2026-03-25T10:00")
    first = warn(late)
    assert (first["alerts"], first["drafts"], first["escalations"]) == (3, 1, 2)
    assert warn(late) == {"alerts": 0, "drafts": 0, "escalations": 0, "stuck": 0, "cleared": 0}


def test_a_pass_killed_in_between_goes_on_and_writes_nothing_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        in_process(cast)
    monkeypatch.setattr(watching, "_BATCH", 2)

    class Killed(Exception):
        pass

    def kill(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        warn(vn("2026-03-25T10:00"), progress=kill)
    assert Alert.objects.count() == 6
    warn(vn("2026-03-25T10:00"))
    assert Alert.objects.count() == 12
    assert LetterDraft.objects.count() == 4
    assert Escalation.objects.count() == Event.objects.filter(name="alerts.letter_escalated").count() == 8


def test_a_pause_raises_nothing_and_a_moved_due_moment_ends_what_was_raised(cast: Cast) -> None:
    number = in_process(cast)
    warn(vn("2026-03-13T17:00"))
    services.pause(
        number, kind=PauseKind.FINANCIAL_OBLIGATION, reason="Chờ nộp thuế", ground="Thông báo thuế", actor=cast.justice.charlie,
        now=vn("2026-03-16T08:00"),
    )  # fmt: skip
    warn(vn("2026-03-27T08:00"))
    assert percents(number) == [50]
    services.resume(number, actor=cast.justice.charlie, now=vn("2026-03-30T08:00"))
    warn(vn("2026-03-30T08:00"))
    due = models.Dossier.objects.get(pk=number).due_at
    assert set(Alert.objects.filter(over_at=None).values_list("due_at", flat=True)) == {due}
    assert Alert.objects.exclude(over_at=None).count() == 1


def test_alerts_of_a_dossier_that_ended_are_over_and_come_back_when_the_end_is_undone(cast: Cast) -> None:
    number = in_process(cast)
    warn(vn("2026-03-13T17:00"))
    models.Dossier.objects.filter(pk=number).update(state="finished")
    warn(vn("2026-03-13T17:30"))
    assert percents(number) == []
    models.Dossier.objects.filter(pk=number).update(state="processing")
    warn(vn("2026-03-13T17:40"))
    assert percents(number) == [50]


def test_a_letter_that_was_sent_ends_draft_and_escalation(cast: Cast) -> None:
    number = in_process(cast)
    warn(vn("2026-03-19T10:00"))
    assert LetterDraft.objects.filter(over_at=None).count() == 1
    assert Escalation.objects.filter(over_at=None).count() == 1
    services.apologise(
        number, reason="Chậm", new_date=None, actor=cast.justice.charlie, now=vn("2026-03-19T11:00")
    )
    warn(vn("2026-03-19T11:15"))
    assert not LetterDraft.objects.filter(over_at=None).exists()
    assert not Escalation.objects.filter(over_at=None).exists()


def test_a_dossier_nobody_touched_is_stuck_until_somebody_acts(cast: Cast) -> None:
    number = in_process(cast)
    warn(vn("2026-03-12T17:00"))
    assert "idle" not in reasons(number)
    warn(vn("2026-03-13T08:00"))
    assert reasons(number) == {"idle"}
    services.assign(
        number, holder_id=cast.justice.charlie.id or 0, actor=cast.justice.charlie, now=vn("2026-03-13T08:05")
    )
    warn(vn("2026-03-13T08:15"))
    assert reasons(number) == set()


def test_a_step_without_anybody_in_its_role_is_stuck(cast: Cast) -> None:
    number = in_process(cast)
    officer = cast.justice.charlie.id or 0
    _sign_in(officer, allowed=False)
    warn(NOW)
    assert reasons(number) == {"nobody"}
    _sign_in(officer, allowed=True)
    warn(NOW)
    assert reasons(number) == set()


def test_a_holder_whose_position_ended_is_absent(cast: Cast) -> None:
    number = in_process(cast)
    officer = cast.justice.charlie.id or 0
    services.assign(number, holder_id=officer, actor=cast.justice.charlie, now=NOW)
    _sign_in(officer, allowed=False)
    warn(NOW)
    assert reasons(number) == {"absent"}


def test_a_transfer_nobody_confirmed_is_stuck(cast: Cast) -> None:
    intake = cast.intake(place=cast.commune, counter=cast.centre)
    number = services.receive_at_counter(intake, actor=cast.justice.alice, now=NOW)
    services.forward(number, actor=cast.justice.alice, now=NOW)
    warn(vn("2026-03-10T16:00"))
    assert reasons(number) == set()
    warn(vn("2026-03-11T09:00"))
    assert reasons(number) == {"transfer"}


def test_a_message_that_failed_many_times_is_an_obstacle(cast: Cast) -> None:
    number = in_process(cast)
    Delivery.objects.filter(stream="dossier", stream_id=str(number)).update(attempts=4)
    warn(NOW)
    assert reasons(number) == {"undelivered"}
    Delivery.objects.all().update(state="done")
    warn(NOW)
    assert reasons(number) == set()


def test_a_batch_takes_the_same_number_of_statements_for_any_number_of_dossiers(cast: Cast) -> None:
    counted: list[int] = []
    for more in (1, 5):
        for _ in range(more):
            in_process(cast)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            warn(vn("2026-03-16T17:00"))
        counted.append(len(queries))
    with CaptureQueriesContext(connection) as queries:
        warn(vn("2026-03-16T17:00"))
    assert counted[1] <= counted[0]
    assert len(queries) <= counted[0]


def test_dossiers_without_a_term_are_never_warned_of(cast: Cast) -> None:
    from motcua.demo.cast import NO_TERM

    services.receive_at_counter(cast.intake(NO_TERM, place=cast.land), actor=cast.land.alice, now=NOW)
    assert warn(vn("2027-03-10T08:00"))["alerts"] == 0


def test_warnings_go_to_those_the_plan_names(cast: Cast) -> None:
    from motcua.alerts.queries import alerts

    number = in_process(cast)

    def seen(actor: Any, at: str) -> list[int]:
        return [a.percent for a in alerts(actor, mine=True, on=vn(at).date())]

    warn(vn("2026-03-13T17:00"))
    assert seen(cast.justice.charlie, "2026-03-13T17:00") == [50]  # holds the step
    services.advance(number, position=2, actor=cast.justice.charlie, now=vn("2026-03-13T17:00"))
    assert seen(cast.justice.charlie, "2026-03-13T17:00") == []
    assert seen(cast.justice.bob, "2026-03-13T17:00") == [50]
    warn(vn("2026-03-16T17:00"))
    assert seen(cast.justice.charlie, "2026-03-16T17:00") == [80]
    assert seen(cast.director, "2026-03-16T17:00") == []
    warn(vn("2026-03-18T08:00"))
    assert seen(cast.director, "2026-03-18T08:00") == [100]
    for stranger in (cast.outsider, cast.land.bob, cast.land.charlie, cast.commune.charlie):
        assert seen(stranger, "2026-03-18T08:00") == []


def test_an_absent_holder_with_a_substitute_is_no_obstacle_and_the_substitute_is_warned(cast: Cast) -> None:
    from datetime import date

    from motcua.alerts.queries import alerts
    from motcua.people.delegating import record_absence
    from motcua.people.queries import actor_of_officer
    from motcua.people.rules import Role

    number, bob = in_process(cast), cast.justice.bob.id or 0
    services.advance(number, position=2, actor=cast.justice.charlie, now=NOW, holder_id=bob)
    other = people.create_officer(
        username="them", full_name="Trần Thị Mẫu Thêm", password="mau-mot-cua-2026", actor=SYSTEM, now=NOW
    )
    people.assign(
        officer_id=other,
        unit_id=cast.justice.unit,
        role=Role.SPECIALIST,
        since=date(2026, 1, 1),
        actor=SYSTEM,
        now=NOW,
    )
    record_absence(
        officer_id=bob, unit_id=cast.justice.unit, substitute_id=other, since=date(2026, 3, 11), until=date(2026, 3, 20),
        reason="Nghỉ phép", decided_by="Lãnh đạo Sở", actor=cast.justice.charlie, now=NOW,
    )  # fmt: skip
    at = vn("2026-03-13T17:00")
    warn(at)
    assert "absent" not in reasons(number)
    assert alerts(actor_of_officer(other, on=at.date()), mine=True, on=at.date()).count() == 1
    _sign_in(other, allowed=False)
    warn(at)
    assert "absent" in reasons(number)
