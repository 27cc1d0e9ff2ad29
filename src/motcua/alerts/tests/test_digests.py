"""The morning's message: one for each officer and day, with what concerns them, never lost and never twice."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from motcua.alerts import digests
from motcua.alerts.models import Digest
from motcua.alerts.services import send_digests, warn
from motcua.alerts.tests.conftest import in_process, vn
from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import NOW
from motcua.journal.drain import drain
from motcua.journal.models import Delivery
from motcua.people.models import Officer

MORNING = vn("2026-03-18T07:00")


@pytest.fixture
def reachable(cast: Cast) -> Cast:
    """Everybody has a mailbox named after the account."""
    for officer in Officer.objects.all():
        officer.email = f"{officer.username}@example.vn"
        officer.save()
    from motcua.journal.remembered import touch

    touch()
    return cast


def letters() -> dict[str, Any]:
    return {message.to[0].split("@")[0]: message for message in mail.outbox if "X" not in message.to}


def sent(now: Any) -> dict[str, Any]:
    """What goes out to officers by `now`."""
    mail.outbox.clear()
    Delivery.objects.exclude(destination="email.digest").delete()
    while drain(now):
        pass
    return letters()


def test_each_officer_is_told_of_their_own_dossiers_before_work(reachable: Cast) -> None:
    in_process(reachable)
    warn(MORNING)
    assert send_digests(MORNING - timedelta(minutes=1)) == 0
    assert send_digests(MORNING) == 2
    told = sent(MORNING)
    assert set(told) == {"charlie.h99.02", "director"}
    body = told["charlie.h99.02"].body
    assert re.search(r"Quá hạn: 1\n- H99", body)
    assert "Quá hạn, chưa có thư xin lỗi: 1" in body
    assert "Sắp đến hạn" not in body
    assert "/office/canh-bao/" in body


def test_a_message_names_no_owner(reachable: Cast) -> None:
    in_process(reachable)
    warn(MORNING)
    send_digests(MORNING)
    assert all("Nguyễn Văn Thử" not in message.body + message.subject for message in sent(MORNING).values())


def test_nobody_is_told_twice_a_day_and_the_next_day_only_what_is_new_is_new(reachable: Cast) -> None:
    in_process(reachable)
    warn(MORNING)
    assert send_digests(MORNING) == 2
    assert send_digests(MORNING + timedelta(hours=2)) == 0
    assert send_digests(MORNING + timedelta(days=1)) == 2
    contents = [
        d.content for d in Digest.objects.filter(officer_id=reachable.justice.charlie.id).order_by("day")
    ]
    assert [content["new"]["count"] for content in contents] == [1, 0]
    assert [content["late"]["count"] for content in contents] == [1, 1]


def test_nothing_is_said_on_days_off_and_to_whom_nothing_concerns(reachable: Cast) -> None:
    in_process(reachable)
    warn(vn("2026-03-21T08:00"))
    assert send_digests(vn("2026-03-21T08:00")) == 0  # a Saturday
    assert not Digest.objects.exists()
    send_digests(MORNING)
    assert Digest.objects.get(officer_id=reachable.outsider.id).content == {}


def test_a_pass_killed_between_two_officers_goes_on_with_the_rest(
    reachable: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_process(reachable)
    warn(MORNING)
    make = digests._make
    calls = iter(range(100))

    def once(*args: Any) -> bool:
        if next(calls) == 3:
            raise KeyboardInterrupt
        return make(*args)

    monkeypatch.setattr(digests, "_make", once)
    with pytest.raises(KeyboardInterrupt):
        send_digests(MORNING)
    monkeypatch.setattr(digests, "_make", make)
    send_digests(MORNING)
    assert set(sent(MORNING)) == {"charlie.h99.02", "director"}
    assert len(mail.outbox) == 2


def test_a_server_that_is_away_costs_time_not_messages_and_the_number_stays(
    reachable: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_process(reachable)
    warn(MORNING)
    send_digests(MORNING)
    with monkeypatch.context() as away:
        away.setattr("motcua.alerts.mail.EmailMessage.send", _fails)
        assert sent(MORNING) == {}
    assert Delivery.objects.filter(destination="email.digest", state="waiting").count() == 2
    told = sent(MORNING + timedelta(hours=1))
    number = told["charlie.h99.02"].extra_headers["Message-ID"]
    assert number.startswith(f"<motcua-digest-{reachable.justice.charlie.id}-20260318@")


def _fails(*args: Any) -> None:
    raise ConnectionError("no server")


def test_the_chair_is_told_only_of_what_was_reported_to_them(reachable: Cast) -> None:
    from motcua.base.actor import SYSTEM
    from motcua.demo.cast import SINCE
    from motcua.people import services as people
    from motcua.people.rules import Role

    chair = people.create_officer(
        username="chair", full_name="Chủ tịch Mẫu", password="mau-mot-cua-2026", actor=SYSTEM, now=NOW
    )
    people.assign(
        officer_id=chair, unit_id=reachable.province, role=Role.CHAIR, since=SINCE, actor=SYSTEM, now=NOW
    )
    Officer.objects.filter(pk=chair).update(email="chair@example.vn")
    in_process(reachable)
    warn(MORNING)
    send_digests(MORNING)
    assert "chair" not in sent(MORNING)
    later = vn("2026-03-23T07:30")
    warn(later)
    send_digests(later)
    told = sent(later)["chair"].body
    assert "Quá hạn, chưa có thư xin lỗi: 1" in told
    assert "Cảnh báo mới" not in told
