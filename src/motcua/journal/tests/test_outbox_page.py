"""The page of the outbox: what waits, what failed and why, sending again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.base.actor import SYSTEM
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.journal import queries, services
from motcua.journal.models import Delivery, Event
from motcua.journal.office import age

pytestmark = pytest.mark.django_db


def owed(number: int, **changes: object) -> Delivery:
    event = services.append(stream="dossier", stream_id=str(number), name="thu.su_kien", data={}, actor=SYSTEM, at=NOW)
    values = {"destination": "email.applicant", "next_at": NOW + timedelta(hours=1)} | changes
    return Delivery.objects.create(event_id=event, stream="dossier", stream_id=str(number), **values)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "0 phút"), (timedelta(minutes=59), "59 phút"), (timedelta(minutes=60), "1 giờ"),
        (timedelta(hours=47, minutes=59), "47 giờ"), (timedelta(days=2), "2 ngày"), (timedelta(minutes=-5), "0 phút"),
    ],
)  # fmt: skip
def test_age_is_told_in_the_largest_unit_that_fits(span, words):
    assert age(span) == words


def test_what_waits_fails_and_is_done_is_told_apart():
    Delivery.objects.all().delete()
    owed(1)
    owed(2, attempts=3, note="ConnectionRefusedError: máy chủ thư không trả lời")
    owed(3, state="done", done_at=NOW)
    owed(4, state="skipped", done_at=NOW, destination="email.unit")
    found = {row.name: (row.waiting, row.failed, row.done, row.skipped) for row in queries.destinations()}
    assert found == {"email.applicant": (1, 1, 1, 0), "email.unit": (0, 0, 0, 1)}
    page = client_of(province().admin).get("/office/hop-thu-di/").content.decode()
    assert "máy chủ thư không trả lời" in page and "Gửi lại ngay" in page


def test_sending_again_makes_only_what_failed_there_due_and_is_recorded():
    admin = client_of(province().admin)
    Delivery.objects.all().delete()
    failed, elsewhere, fresh = owed(1, attempts=2), owed(2, attempts=2, destination="email.unit"), owed(3)
    done = owed(4, attempts=1, state="done", done_at=NOW)
    before = {row.pk: row.next_at for row in (elsewhere, fresh, done)}
    answer = admin.post("/office/hop-thu-di/gui-lai/", {"destination": "email.applicant"}, follow=True)
    assert "gửi lại 1 tin" in answer.content.decode()
    failed.refresh_from_db()
    assert failed.next_at != NOW + timedelta(hours=1)
    assert {row.pk: row.next_at for row in Delivery.objects.filter(pk__in=before)} == before
    assert Event.objects.filter(name="journal.retried").count() == 1


def test_sending_again_when_nothing_failed_leaves_no_event():
    assert services.retry(now=NOW, actor=SYSTEM) == 0
    assert not Event.objects.filter(name="journal.retried").exists()
