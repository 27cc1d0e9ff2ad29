"""The outbox: in order per stream and destination, nothing lost, nothing handled twice once it is stored."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from motcua.base.actor import SYSTEM
from motcua.base.time import VN
from motcua.journal import registry
from motcua.journal.drain import NothingToSend, drain
from motcua.journal.models import Delivery, Event, InboxMessage
from motcua.journal.services import append, take_in

NOW = datetime(2026, 3, 10, 8, tzinfo=VN)
pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A listener that remembers what it got and refuses while `down` is in the list."""
    got: list[tuple[str, str]] = []

    def listener(envelope: registry.Envelope) -> None:
        if ("down", envelope.stream_id) in got:
            raise ConnectionError("máy chủ không trả lời")
        if envelope.data.get("nobody"):
            raise NothingToSend("không có địa chỉ")
        got.append((envelope.stream_id, envelope.data["n"]))

    monkeypatch.setitem(registry._listeners, "test", listener)
    monkeypatch.setitem(registry._routes, "test.happened", ("test",))
    return got


def happen(stream_id: str, n: str, **data: object) -> None:
    append(stream="test", stream_id=stream_id, name="test.happened", data={"n": n, **data}, actor=SYSTEM, at=NOW)


def test_deliveries_of_one_stream_keep_their_order(heard: list[tuple[str, str]]) -> None:
    for n in "abc":
        happen("1", n)
    assert drain(NOW) == 3
    assert heard == [("1", "a"), ("1", "b"), ("1", "c")]


def test_a_failed_delivery_holds_back_its_own_stream_and_no_other(heard: list[tuple[str, str]]) -> None:
    heard.append(("down", "1"))
    happen("1", "a")
    happen("1", "b")
    happen("2", "c")
    drain(NOW)
    assert ("2", "c") in heard
    assert ("1", "b") not in heard
    assert Delivery.objects.filter(stream_id="1", state="waiting").count() == 2


def test_a_destination_that_is_down_for_hours_loses_nothing(heard: list[tuple[str, str]]) -> None:
    heard.append(("down", "1"))
    happen("1", "a")
    happen("1", "b")
    at = NOW
    for _ in range(12):
        drain(at)
        at += timedelta(hours=1)
    heard.remove(("down", "1"))
    for _ in range(3):
        drain(at)
        at += timedelta(hours=1)
    assert heard == [("1", "a"), ("1", "b")]
    assert not Delivery.objects.filter(state="waiting").exists()


def test_a_failure_says_why_and_waits_longer_each_time(heard: list[tuple[str, str]]) -> None:
    heard.append(("down", "1"))
    happen("1", "a")
    drain(NOW)
    first = Delivery.objects.get()
    assert "không trả lời" in first.note
    drain(first.next_at)
    second = Delivery.objects.get()
    assert second.next_at - first.next_at > first.next_at - NOW


def test_what_needs_no_message_is_closed_with_its_reason(heard: list[tuple[str, str]]) -> None:
    happen("1", "a", nobody=True)
    drain(NOW)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.note) == ("skipped", "không có địa chỉ")


def test_a_done_delivery_is_kept_and_not_repeated(heard: list[tuple[str, str]]) -> None:
    happen("1", "a")
    drain(NOW)
    assert drain(NOW + timedelta(days=1)) == 0
    assert Delivery.objects.get().state == "done"


def test_an_event_is_never_changed_or_removed(heard: list[tuple[str, str]]) -> None:
    happen("1", "a")
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(name="test.forged")
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all()._raw_delete("default")
    assert Event.objects.get().name == "test.happened"


def test_an_outside_message_is_taken_in_once_however_often_it_comes() -> None:
    handled: list[object] = []
    for _ in range(3):
        take_in(source="portal", external_id="M1", payload={"x": 1}, at=NOW, handle=handled.append)
    assert len(handled) == 1
    assert InboxMessage.objects.get().handled_at == NOW


def test_an_outside_message_whose_handling_failed_may_come_again() -> None:
    def fail(payload: dict[str, object]) -> None:
        raise IntegrityError("không xử lý được")

    with pytest.raises(IntegrityError), transaction.atomic():
        take_in(source="portal", external_id="M1", payload={}, at=NOW, handle=fail)
    assert take_in(source="portal", external_id="M1", payload={}, at=NOW, handle=lambda payload: None)
