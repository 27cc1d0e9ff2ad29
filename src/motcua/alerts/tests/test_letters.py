"""The letter of apology: drafted in time, edited by the officer, sent by the head; one new date and never a second."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from motcua.alerts import letters
from motcua.alerts.errors import NoLetterOwed
from motcua.alerts.models import Escalation, LetterDraft
from motcua.alerts.queries import letters_owed
from motcua.alerts.services import edit_draft, send_letter, warn
from motcua.alerts.tests.conftest import in_process, vn
from motcua.base.errors import Conflict, MotcuaError, NotAllowed
from motcua.demo.cast import Cast
from motcua.dossiers import models, services
from motcua.dossiers.rules.refusals import NewDateNotLater, ReappointedAlready, ReasonMissing
from motcua.dossiers.rules.state import LateCause
from motcua.dossiers.tests.office import client_of
from motcua.journal.drain import drain
from motcua.journal.models import Event
from motcua.proposals.queries import proposals_of
from motcua.proposals.services import approve

DAY_BEFORE, LATE, AGAIN = vn("2026-03-16T08:00"), vn("2026-03-18T09:00"), vn("2026-03-26T09:00")
NEW_DATE = vn("2026-03-24T17:00")


def owed(cast: Cast, now: datetime) -> list[int]:
    return [row.pk for row in letters_owed(cast.justice.charlie, now=now)]


def test_a_draft_is_made_a_working_day_before_expiry_with_reason_and_date(cast: Cast) -> None:
    number = in_process(cast)
    warn(vn("2026-03-13T16:00"))
    assert not LetterDraft.objects.exists()
    warn(DAY_BEFORE)
    draft = letters.draft_of(number, now=DAY_BEFORE)
    assert draft.may_appoint
    assert draft.new_date == NEW_DATE
    assert "Phân công" in draft.reason or "bước" in draft.reason


def test_the_officer_edits_and_only_the_head_sends(cast: Cast) -> None:
    number = in_process(cast)
    warn(DAY_BEFORE)
    edit_draft(number, reason="Chờ xác minh.", new_date=NEW_DATE, actor=cast.justice.bob, now=DAY_BEFORE)
    with pytest.raises(NotAllowed):
        send_letter(number, reason="Chờ xác minh.", new_date=NEW_DATE, actor=cast.justice.bob, now=DAY_BEFORE)
    assert letters.draft_of(number, now=DAY_BEFORE).edited_by == cast.justice.bob.label
    send_letter(number, reason="Chờ xác minh.", new_date=NEW_DATE, actor=cast.justice.charlie, now=DAY_BEFORE)
    slip = models.SlipRecord.objects.get(dossier_id=number, purpose="APOLOGY")
    assert slip.facts["reason"] == "Chờ xác minh."
    assert not LetterDraft.objects.filter(over_at=None).exists()
    assert Event.objects.filter(name="dossier.apologised").exists()


@pytest.mark.parametrize("stranger", ["outsider", "land", "commune", "counter"])
def test_others_may_not_touch_a_draft(cast: Cast, stranger: str) -> None:
    number = in_process(cast)
    warn(DAY_BEFORE)
    actors: dict[str, Any] = {"outsider": cast.outsider, "counter": cast.justice.alice}
    actor = actors.get(stranger) or getattr(cast, stranger).charlie
    for act in (edit_draft, send_letter):
        with pytest.raises(NotAllowed):
            act(number, reason="x", new_date=None, actor=actor, now=DAY_BEFORE)


BAD = [
    ("  ", NEW_DATE, ReasonMissing),
    ("Chậm", vn("2026-03-17T17:00"), NewDateNotLater),
    ("Chậm", vn("2026-03-10T17:00"), NewDateNotLater),
]


@pytest.mark.parametrize(("reason", "new_date", "refusal"), BAD)
def test_bad_input_is_refused_alike_while_typing_and_sending_and_keeps_the_draft(
    cast: Cast, reason: str, new_date: datetime, refusal: type[MotcuaError]
) -> None:
    number = in_process(cast)
    warn(DAY_BEFORE)
    before = letters.draft_of(number, now=DAY_BEFORE)
    for act in (edit_draft, send_letter):
        with pytest.raises(refusal):
            act(number, reason=reason, new_date=new_date, actor=cast.justice.charlie, now=DAY_BEFORE)
    assert letters.draft_of(number, now=DAY_BEFORE) == before


def test_a_second_appointment_is_refused_and_the_letter_stays_mandatory_after_the_new_date(
    cast: Cast,
) -> None:
    number = in_process(cast)
    warn(DAY_BEFORE)
    send_letter(number, reason="Chậm", new_date=NEW_DATE, actor=cast.justice.charlie, now=DAY_BEFORE)
    assert owed(cast, LATE) == []
    assert owed(cast, AGAIN) == [number]
    warn(AGAIN)
    draft = letters.draft_of(number, now=AGAIN)
    assert (draft.may_appoint, draft.new_date, draft.letters_sent) == (False, None, 1)
    for act in (edit_draft, send_letter):
        with pytest.raises(ReappointedAlready):
            act(number, reason="Chậm", new_date=vn("2026-04-24T17:00"), actor=cast.justice.charlie, now=AGAIN)
    send_letter(number, reason="Vẫn chậm", new_date=None, actor=cast.justice.charlie, now=AGAIN)
    assert owed(cast, AGAIN) == []


def test_the_letter_is_mandatory_after_expiry_even_when_none_was_sent_before(cast: Cast) -> None:
    number = in_process(cast)
    assert owed(cast, vn("2026-03-17T17:00")) == []
    assert owed(cast, LATE) == [number]


@pytest.mark.parametrize(("day", "timing"), [("2026-03-17T16:00", "on_date"), ("2026-03-18T09:00", "late")])
def test_a_letter_never_moves_the_date_used_for_lateness(cast: Cast, day: str, timing: str) -> None:
    number = in_process(cast)
    due = models.Dossier.objects.get(pk=number).due_at
    warn(DAY_BEFORE)
    send_letter(number, reason="Chậm", new_date=NEW_DATE, actor=cast.justice.charlie, now=DAY_BEFORE)
    services.decide(
        number, granted=False, reason="Không đủ điều kiện", ground="Điều 5", actor=cast.justice.charlie, now=vn(day),
        late_cause=LateCause.OVERLOAD if timing == "late" else None,
    )  # fmt: skip
    row = models.Dossier.objects.get(pk=number)
    assert (row.due_at, row.timing, row.reappointed_at) == (due, timing, NEW_DATE)


def test_a_dossier_that_is_in_time_has_no_draft(cast: Cast) -> None:
    number = in_process(cast)
    warn(vn("2026-03-11T08:00"))
    with pytest.raises(NoLetterOwed):
        letters.draft_of(number, now=vn("2026-03-11T08:00"))
    with pytest.raises(NoLetterOwed):
        edit_draft(number, reason="x", new_date=None, actor=cast.justice.bob, now=vn("2026-03-11T08:00"))


def test_two_heads_at_once_send_one_letter(cast: Cast) -> None:
    number = in_process(cast)
    warn(DAY_BEFORE)
    revision = models.Dossier.objects.get(pk=number).revision
    send_letter(
        number,
        reason="Chậm",
        new_date=NEW_DATE,
        actor=cast.justice.charlie,
        now=DAY_BEFORE,
        revision=revision,
    )
    with pytest.raises(Conflict):
        send_letter(
            number,
            reason="Chậm",
            new_date=None,
            actor=cast.justice.charlie,
            now=DAY_BEFORE,
            revision=revision,
        )
    assert models.SlipRecord.objects.filter(purpose="APOLOGY").count() == 1


def test_the_page_saves_for_the_officer_and_sends_for_the_head(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = in_process(cast)
    warn(DAY_BEFORE)
    monkeypatch.setattr("motcua.kit.clock.now", lambda: DAY_BEFORE)
    address, bob, charlie = (
        f"/office/canh-bao/thu/{number}/",
        client_of(cast.justice.bob),
        client_of(cast.justice.charlie),
    )
    assert "Duyệt và gửi thư" not in bob.get(address).content.decode()
    answer = bob.post(address, {"reason": "", "new_date": "24/03/2026", "save": "1"})
    assert (answer.status_code, "Hãy nhập: Lý do chậm" in answer.content.decode()) == (422, True)
    assert (
        bob.post(address, {"reason": "Chờ đo đạc <b>", "new_date": "25/03/2026", "save": "1"}).status_code
        == 302
    )
    assert bob.post(address, {"reason": "Chờ", "new_date": "25/03/2026", "send": "1"}).status_code == 422
    page = charlie.get(address).content.decode()
    assert "Chờ đo đạc &lt;b&gt;" in page
    assert "25/03/2026" in page
    revision = models.Dossier.objects.get(pk=number).revision
    sent = charlie.post(
        address, {"reason": "Chờ đo đạc", "new_date": "25/03/2026", "revision": revision, "send": "1"}
    )
    assert sent.status_code == 302
    assert models.Dossier.objects.get(pk=number).reappointed_at == vn("2026-03-25T17:00")
    assert charlie.get(address).status_code == 422


def test_the_officer_lays_the_letter_before_the_head_and_it_goes_out_when_the_head_agrees(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = in_process(cast)
    warn(DAY_BEFORE)
    monkeypatch.setattr("motcua.kit.clock.now", lambda: DAY_BEFORE)
    address, bob = f"/office/canh-bao/thu/{number}/", client_of(cast.justice.bob)
    told = {"reason": "Chờ đo đạc", "new_date": "24/03/2026", "propose": "1"}
    assert bob.post(address, told).status_code == 422  # the class of the reason is missing
    assert bob.post(address, {**told, "reason_class": "field_check"}).status_code == 302
    assert bob.post(address, {**told, "reason_class": "field_check"}).status_code == 422  # proposed already
    page = client_of(cast.justice.charlie).get(address).content.decode()
    proposal = proposals_of(number)[0]
    assert f"/office/de-xuat/{proposal.pk}/" in page
    assert not models.SlipRecord.objects.filter(purpose="APOLOGY").exists()
    approve(proposal.pk, actor=cast.justice.charlie, now=DAY_BEFORE)
    assert models.SlipRecord.objects.get(purpose="APOLOGY").facts["reason"] == "Chờ đo đạc"


def test_a_letter_sent_from_elsewhere_settles_draft_and_escalation_at_once(cast: Cast) -> None:
    number = in_process(cast)
    warn(LATE)
    services.apologise(number, reason="Chậm", new_date=None, actor=cast.justice.charlie, now=LATE)
    while drain(LATE):
        pass
    assert not LetterDraft.objects.filter(over_at=None).exists()
    assert not Escalation.objects.filter(over_at=None).exists()
