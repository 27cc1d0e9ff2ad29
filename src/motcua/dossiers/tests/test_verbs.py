"""The verbs against PostgreSQL: one transaction, the right person, nothing lost."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection

from motcua.base.errors import Conflict, NotAllowed
from motcua.base.time import at
from motcua.catalogue import services as catalogue
from motcua.demo.cast import BIRTH, LICENCE, ON, Cast, small_province
from motcua.documents import services as documents
from motcua.dossiers import services, store
from motcua.dossiers.models import Applicant, Component, DailySequence, Dossier
from motcua.dossiers.rules.refusals import ComponentMissing, NotCompetent
from motcua.dossiers.rules.state import Channel, EndKind, ResultRecord, State
from motcua.journal.models import Delivery, Event
from motcua.organisation import services as organisation
from motcua.organisation.rules import UnitClosed
from motcua.people.rules import InvalidIdentity

NOW = at(ON, time(8))


@pytest.fixture
def cast(db: None) -> Cast:
    return small_province()


def receive(cast: Cast, **more: object) -> int:
    return services.receive_at_counter(cast.intake(**more), actor=cast.justice.alice, now=NOW)  # type: ignore[arg-type]


def test_a_dossier_received_at_the_counter_has_code_receipt_and_due_date(cast: Cast) -> None:
    d = store.load(receive(cast), lock=False)
    assert d.code == "H99.01-260310-0001"
    assert (d.accepted_at, d.received_at, d.due_at) == (NOW, NOW, datetime.fromisoformat("2026-03-17T17:00+07:00"))
    assert Applicant.objects.get(dossier_id=d.id).name == "Nguyễn Văn Thử"
    assert list(Component.objects.filter(dossier_id=d.id).values_list("received", flat=True)) == [True, True, False]


def test_acceptance_is_an_event_and_owes_two_deliveries(cast: Cast) -> None:
    number = receive(cast)
    event = Event.objects.get(stream="dossier", stream_id=str(number))
    assert (event.name, event.actor_id) == ("dossier.accepted", cast.justice.alice.id)
    assert set(Delivery.objects.filter(event=event).values_list("destination", flat=True)) == {
        "email.applicant",
        "email.unit",
    }


def test_codes_of_a_counter_follow_each_other_without_gaps(cast: Cast) -> None:
    receive(cast)
    with pytest.raises(ComponentMissing):
        receive(cast, complete=False)
    codes = [Dossier.objects.get(pk=receive(cast)).code for _ in range(2)]
    assert codes == ["H99.01-260310-0002", "H99.01-260310-0003"]


def test_the_code_grows_past_9999(cast: Cast) -> None:
    receive(cast)
    DailySequence.objects.update(last=9999)
    assert Dossier.objects.get(pk=receive(cast)).code == "H99.01-260310-10000"


def test_a_submission_is_not_a_receipt(cast: Cast) -> None:
    number = services.submit(cast.intake(channel=Channel.ONLINE), actor=cast.justice.alice, now=NOW)
    d = store.load(number, lock=False)
    assert (d.state, d.code, d.due_at) == (State.SUBMITTED, None, None)
    assert d.provisional_code.startswith("TN260310-")
    services.accept(number, actor=cast.justice.alice, now=NOW + timedelta(hours=1))
    assert store.load(number, lock=False).code == "H99.01-260310-0001"


def test_a_missing_required_paper_is_named_and_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(ComponentMissing, match="Đơn đề nghị"):
        receive(cast, complete=False)
    assert not Dossier.objects.exists()
    assert not Event.objects.filter(stream="dossier").exists()


def test_an_invalid_citizen_number_is_refused_and_leaves_nothing(cast: Cast) -> None:
    intake = cast.intake()
    with pytest.raises(InvalidIdentity):
        services.receive_at_counter(
            replace(intake, owner=replace(intake.owner, number="12345")), actor=cast.justice.alice, now=NOW
        )
    assert not Dossier.objects.exists()


def test_a_closed_unit_receives_nothing(cast: Cast) -> None:
    organisation.close_unit(unit_id=cast.justice.unit, on=ON, citation="QĐ", actor=cast.admin, now=NOW)
    with pytest.raises(UnitClosed, match="Sở Tư pháp"):
        receive(cast)


def test_a_procedure_of_another_level_is_refused(cast: Cast) -> None:
    with pytest.raises(NotCompetent):
        receive(cast, procedure=BIRTH, place=cast.justice)


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_only_counter_staff_receive(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        services.receive_at_counter(cast.intake(), actor=getattr(cast.justice, who), now=NOW)


def test_an_officer_of_another_unit_cannot_act(cast: Cast) -> None:
    number = receive(cast)
    services.forward(number, actor=cast.justice.alice, now=NOW)
    with pytest.raises(NotAllowed):
        services.advance(number, position=2, actor=cast.land.charlie, now=NOW)
    with pytest.raises(NotAllowed):
        services.stop(number, kind=EndKind.STOPPED, reason="x", ground="y", actor=cast.outsider, now=NOW)


def test_the_second_of_two_officers_gets_a_clear_sentence(cast: Cast) -> None:
    number = receive(cast)
    seen = Dossier.objects.get(pk=number).revision
    services.forward(number, actor=cast.justice.alice, now=NOW, revision=seen)
    with pytest.raises(Conflict, match="người khác cập nhật"):
        services.void(number, reason="nhầm", actor=cast.justice.alice, now=NOW, revision=seen)


def test_a_clock_set_back_never_runs_behind_the_last_act(cast: Cast) -> None:
    number = receive(cast)
    services.forward(number, actor=cast.justice.alice, now=NOW - timedelta(days=1))
    d = store.load(number, lock=False)
    assert d.recorded_at == NOW
    assert all(step.left_at is None or step.left_at >= step.entered_at for step in d.steps)


def test_the_whole_way_to_the_result(cast: Cast, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    number, place = receive(cast), cast.justice
    services.forward(number, actor=place.alice, now=NOW)
    services.advance(number, position=2, actor=place.charlie, now=NOW, holder_id=place.bob.id)
    services.advance(number, position=3, actor=place.bob, now=NOW + timedelta(days=1))
    file_id = documents.store("ketqua.pdf", [b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF"], actor=place.charlie, now=NOW)
    result = ResultRecord("01/GP", "Giấy phép mẫu", file_id, "Lê Thị Mẫu", NOW + timedelta(days=2))
    services.decide(number, granted=True, result=result, actor=place.charlie, now=NOW + timedelta(days=2))
    services.give_back(
        number, receiver="Nguyễn Văn Thử", method="direct", actor=place.alice, now=NOW + timedelta(days=9)
    )
    d = store.load(number, lock=False)
    assert (d.state, d.timing, d.holder_unit_id) == (State.RETURNED, "early", None)
    names = Event.objects.filter(stream="dossier", stream_id=str(number)).order_by("id").values_list("name", flat=True)
    assert list(names) == [
        f"dossier.{name}" for name in ("accepted", "forwarded", "advanced", "advanced", "decided", "returned")
    ]


@pytest.mark.django_db(transaction=True)
def test_codes_stay_without_gaps_when_counters_receive_at_the_same_time() -> None:
    cast = small_province()
    failures: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(5):
                receive(cast)
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert codes == [f"H99.01-260310-{n:04d}" for n in range(1, 21)]


def test_a_unit_that_was_not_named_for_a_procedure_is_refused(cast: Cast) -> None:
    catalogue.give_competence(
        unit_id=cast.justice.unit, level="province", procedure_code=LICENCE, valid_from=date(2018, 1, 1),
        decision="QĐ mẫu", actor=cast.admin, now=NOW,
    )  # fmt: skip
    assert receive(cast)
    with pytest.raises(NotCompetent, match="Sở Nông nghiệp"):
        receive(cast, place=cast.land)
