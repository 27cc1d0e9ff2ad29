"""Required acts done afterwards, and the move of running dossiers to another version of their process."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed
from motcua.demo.cast import LICENCE
from motcua.dossiers import models, services, step_services, store
from motcua.dossiers.rules.moves import counterpart
from motcua.dossiers.rules.refusals import (
    NothingDone,
    ProcessVersionNotInForce,
    ProcessVersionSame,
    ReasonMissing,
    StepNotInVersion,
)
from motcua.dossiers.tests.conftest import PLAN
from motcua.dossiers.tests.office import NOW, PDF, client_of, province
from motcua.processes import services as processes
from motcua.processes.rules import RequiredAct, Stage, StepPlan

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def step(position, stage, name, role="leader", **more):
    return StepPlan(position, stage, name, role, hours=Decimal(2), **more)


STEPS = (
    step(1, Stage.RECEIVE, "Tiếp nhận", "counter"),
    step(2, Stage.FORWARD, "Phân công"),
    step(3, Stage.SETTLE, "Thẩm định", "specialist"),
    step(4, Stage.RETURN, "Trả", "counter"),
)
LONGER = (STEPS[0], step(2, Stage.FORWARD, "Rà soát"), *(replace(s, position=s.position + 1) for s in STEPS[1:]))


@pytest.fixture
def cast():
    return province()


def publish(steps, since):
    version = processes.sketch(code="QT", name="QT", procedure_code=LICENCE, steps=steps, actor=SYSTEM, now=NOW)
    processes.publish(
        version_id=version, decision_number="1/QĐ", decision_date=since, since=since, actor=SYSTEM, now=NOW
    )
    return version


def handled(cast, *, advanced=False):
    number = services.receive_at_counter(cast.intake(LICENCE), actor=cast.justice.alice, now=NOW)
    services.forward(number, actor=cast.justice.alice, now=NOW + timedelta(minutes=5))
    if advanced:
        services.advance(number, position=2, actor=cast.justice.charlie, now=NOW + timedelta(minutes=9))
    return number


def move(number, version, actor, **changes):
    told = {"reason": "Quy trình mới rút ngắn thời gian", "actor": actor, "now": LATER} | changes
    step_services.move_to_process_version(number, version_id=version, **told)


def test_the_counterpart_of_a_step_has_its_stage_and_name():
    assert counterpart(PLAN[0], LONGER) is LONGER[0]
    assert counterpart(STEPS[2], LONGER) == LONGER[3]
    assert counterpart(step(2, Stage.SIGN, "Phân công"), LONGER) is None


def test_a_running_dossier_keeps_its_version_until_it_is_moved_with_a_reason(cast):
    publish(STEPS, date(2026, 1, 1))
    number = handled(cast, advanced=True)
    newer = publish(LONGER, NOW.date())
    held = store.load(number, lock=False)
    assert held.process_version_id != newer and held.step_position == 3
    move(number, newer, cast.justice.charlie)
    moved = store.load(number, lock=False)
    assert (moved.process_version_id, moved.step_position) == (newer, 4)
    assert (moved.due_at, len(moved.steps)) == (held.due_at, len(held.steps))
    assert moved.open_step.entered_at == held.open_step.entered_at
    page = client_of(cast.justice.charlie).get(f"/office/ho-so/{number}/").content.decode()
    assert "Chuyển hồ sơ sang phiên bản quy trình mới" in page and "rút ngắn thời gian" in page
    assert "pd-box--now" in page and "Hồ sơ đang ở bước “Thẩm định”" in page
    services.decide(
        number, granted=False, reason="Không đủ", ground="Điều 5", actor=cast.justice.charlie, now=LATER + timedelta(hours=1)
    )


@pytest.mark.parametrize(
    ("changes", "error"), [({"reason": " "}, ReasonMissing), ({"version": "old"}, ProcessVersionNotInForce)]
)
def test_a_move_is_refused_with_a_sentence(cast, changes, error):
    old = publish(STEPS, date(2026, 1, 1))
    number = handled(cast)
    newer = publish(LONGER, NOW.date())
    version = old if changes.pop("version", "") else newer
    with pytest.raises(error):
        move(number, version, cast.justice.charlie, **changes)
    with pytest.raises(NotAllowed):
        move(number, newer, cast.justice.bob)
    move(number, newer, cast.justice.charlie)
    with pytest.raises(ProcessVersionSame):
        move(number, newer, cast.justice.charlie)


def test_a_step_the_new_version_lacks_holds_the_dossier_where_it_is(cast):
    publish(STEPS, date(2026, 1, 1))
    number = handled(cast)
    shorter = publish((STEPS[0], step(2, Stage.SETTLE, "Thẩm định", "specialist"), replace(STEPS[3], position=3)), NOW.date())
    with pytest.raises(StepNotInVersion, match="Phân công"):
        move(number, shorter, cast.justice.charlie)
    assert store.load(number, lock=False).step_position == 2


def test_all_open_dossiers_move_with_an_outcome_each(cast):
    publish(STEPS, date(2026, 1, 1))
    stays, goes = handled(cast), handled(cast, advanced=True)
    other = services.receive_at_counter(cast.intake(LICENCE, place=cast.commune), actor=cast.commune.alice, now=NOW)
    newer = publish((*STEPS[:1], replace(STEPS[2], position=2), replace(STEPS[3], position=3)), NOW.date())
    client, address = client_of(cast.justice.charlie), f"/office/doi-quy-trinh/{newer}/"
    assert "Còn 2 hồ sơ" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    page = client.post(address, {"reason": "Theo quyết định mới"}).content.decode()
    assert "Đã chuyển 1 trong 2 hồ sơ" in page and "không có bước “Phân công”" in page
    versions = dict(models.Dossier.objects.values_list("pk", "process_version_id"))
    assert versions[goes] == newer and versions[stays] != newer and versions[other] != newer
    assert client_of(cast.justice.bob).get(address).status_code == 403
    assert client.get(f"/office/doi-quy-trinh/{newer - 1}/").status_code in (404, 422)


def test_papers_are_digitised_and_fees_taken_so_that_the_step_can_be_left(cast):
    both = frozenset({RequiredAct.DIGITISE, RequiredAct.PAY})
    publish((replace(STEPS[0], requires=both), *STEPS[1:]), date(2026, 1, 1))
    number = services.receive_at_counter(cast.intake(LICENCE), actor=cast.justice.alice, now=NOW)
    client, address = client_of(cast.justice.alice), f"/office/ho-so/{number}/viec"
    page = client.get(f"/office/ho-so/{number}/").content.decode()
    assert "Số hóa giấy tờ" in page and "Ghi nhận đã thu phí, lệ phí" in page
    lacking = models.Component.objects.filter(dossier=number, received=True)
    files = {f"paper_{paper.position}": SimpleUploadedFile("a.pdf", PDF) for paper in lacking}
    assert client.post(f"{address}/so-hoa/", {"revision": 0}).status_code == 422
    client.post(f"{address}/so-hoa/", {"revision": 0} | files)
    assert not lacking.filter(file=None).exists()
    fee = models.FeeLine.objects.get(dossier=number)
    assert client.post(f"{address}/thu-phi/", {"revision": 1}).status_code == 422
    client.post(f"{address}/thu-phi/", {"revision": 1, "fees": [fee.pk]})
    fee.refresh_from_db()
    assert fee.paid
    services.forward(number, actor=cast.justice.alice, now=LATER)
    page = client.get(f"/office/ho-so/{number}/").content.decode()
    assert "Số hóa 2 giấy tờ" in page and "Đã thu phí, lệ phí: Lệ phí (50.000 đồng)" in page


def test_papers_and_fees_of_another_dossier_are_not_touched(cast):
    one, two = (services.receive_at_counter(cast.intake(LICENCE), actor=cast.justice.alice, now=NOW) for _ in "12")
    theirs = models.FeeLine.objects.get(dossier=two)
    with pytest.raises(NothingDone):
        step_services.take_fees(one, fees=[theirs.pk], actor=cast.justice.alice, now=LATER)
    with pytest.raises(NotAllowed):
        step_services.take_fees(one, fees=[theirs.pk], actor=cast.outsider, now=LATER)
    theirs.refresh_from_db()
    assert not theirs.paid
