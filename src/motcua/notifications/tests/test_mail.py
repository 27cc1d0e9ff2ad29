"""E-mail notices against a real SMTP server: right person, no personal data to units, nothing lost while it is down."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from motcua.base.time import at
from motcua.demo.cast import ON, OWNER, Cast, small_province
from motcua.dossiers import services
from motcua.journal.drain import drain
from motcua.journal.models import Delivery
from motcua.notifications.rules import TO_APPLICANT, message_id
from motcua.organisation.models import UnitVersion

NOW = at(ON, time(8))


class Mailbox:
    """What the local server accepted; `slow` and `refuse` make it a bad one."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuse:
            return "451 thử lại sau"
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    box = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = _free_port()
    server = Controller(box, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    yield box
    server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def cast(db: None) -> Cast:
    cast = small_province()
    UnitVersion.objects.filter(unit_id=cast.justice.unit).update(email="sotuphap@example.vn")
    return cast


def receive(cast: Cast, **owner: Any) -> int:
    intake = replace(cast.intake(), owner=replace(OWNER, **owner))
    return services.receive_at_counter(intake, actor=cast.justice.alice, now=NOW)


def to(box: Mailbox, address: str) -> EmailMessage:
    return next(message for message in box.messages if message["To"] == address)


def test_acceptance_tells_the_owner_code_and_due_date(cast: Cast, mailbox: Mailbox) -> None:
    receive(cast)
    drain(NOW)
    message = to(mailbox, OWNER.email)
    text = message.get_content()
    assert "H99.01-260310-0001" in message["Subject"]
    assert "17:00, 17/03/2026" in text
    assert "/tra-cuu/H99.01-260310-0001" in text


def test_the_message_to_the_unit_names_no_person(cast: Cast, mailbox: Mailbox) -> None:
    receive(cast)
    drain(NOW)
    assert OWNER.name not in to(mailbox, "sotuphap@example.vn").get_content()


def test_an_owner_without_e_mail_is_skipped_with_a_reason(cast: Cast, mailbox: Mailbox) -> None:
    receive(cast, email="")
    drain(NOW)
    delivery = Delivery.objects.get(destination="email.applicant")
    assert (delivery.state, delivery.note) == ("skipped", "chủ hồ sơ không đăng ký thư điện tử")


def test_the_secret_is_never_mailed(cast: Cast, mailbox: Mailbox) -> None:
    number = receive(cast)
    drain(NOW)
    secret = services.store.load(number, lock=False).secret
    assert all(secret not in message.as_string() for message in mailbox.messages)


def test_a_server_down_for_hours_loses_no_notice(cast: Cast, mailbox: Mailbox) -> None:
    mailbox.refuse = True
    receive(cast)
    at_ = NOW
    for _ in range(6):
        drain(at_)
        at_ += timedelta(hours=1)
    assert not mailbox.messages
    mailbox.refuse = False
    drain(at_)
    assert sorted(message["To"] for message in mailbox.messages) == ["sotuphap@example.vn", "thu@example.vn"]


def test_a_repeated_delivery_carries_the_same_message_id(cast: Cast, mailbox: Mailbox) -> None:
    receive(cast)
    drain(NOW)
    Delivery.objects.update(state="waiting")
    drain(NOW)
    ids = [message["Message-ID"] for message in mailbox.messages]
    assert len(ids) == 4
    assert len(set(ids)) == 2
    number = Delivery.objects.get(destination="email.unit").pk
    assert message_id(number, "127.0.0.1") in ids


def test_a_hostile_name_makes_no_second_header(cast: Cast, mailbox: Mailbox) -> None:
    receive(cast, name="Thử\r\nBcc: x@example.vn <script>")
    drain(NOW)
    message = to(mailbox, OWNER.email)
    assert message["Bcc"] is None
    assert "<script>" in message.get_content()


def test_every_event_told_to_owners_renders(cast: Cast, mailbox: Mailbox) -> None:
    number = receive(cast)
    drain(NOW)
    event = Delivery.objects.first().event  # type: ignore[union-attr]
    for name in TO_APPLICANT:
        services.store.append_all(
            stream="dossier", stream_id=str(number),
            events=[services.store.NewEvent(name=name, at=NOW, actor=cast.admin, data={"reason": f"lý do {name}"})],
        )  # fmt: skip
    mailbox.messages.clear()
    drain(NOW)
    subjects = {message["Subject"].partition("] ")[2] for message in mailbox.messages if message["To"] == OWNER.email}
    assert subjects == set(TO_APPLICANT.values())
    assert event.name == "dossier.accepted"


_DRAINER = """
import os, django
django.setup()
from motcua.journal.worker import Worker
Worker().run()
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_loses_no_notice(mailbox: Mailbox, settings: Any) -> None:
    cast = small_province()
    for n in range(30):
        receive(cast, number=f"0010900{n:05d}", email=f"thu{n}@example.vn")
    environment = {**os.environ, **_database_environment(), "MOTCUA_SMTP_PORT": str(settings.EMAIL_PORT)}
    for kills in range(1, 200):
        worker = subprocess.Popen([sys.executable, "-c", _DRAINER], env=environment, stderr=subprocess.DEVNULL)
        _wait_for_more_messages(mailbox, 8, worker)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        if not Delivery.objects.filter(destination="email.applicant", state="waiting").exists():
            break
    received = [message["Message-ID"] for message in mailbox.messages if message["To"].startswith("thu")]
    assert len(set(received)) == 30
    assert len(received) - 30 <= kills


def _wait_for_more_messages(mailbox: Mailbox, more: int, worker: subprocess.Popen[bytes]) -> None:
    """Until the server has taken `more` further messages, or nothing is owed to owners any more."""
    target = len(mailbox.messages) + more
    waiting = Delivery.objects.filter(destination="email.applicant", state="waiting")
    while len(mailbox.messages) < target and waiting.exists():
        assert worker.poll() is None


def _database_environment() -> dict[str, str]:
    s = connection.settings_dict
    return {
        "DATABASE_URL": f"postgresql://{s['USER']}:{s['PASSWORD']}@/{s['NAME']}?host={s['HOST']}&port={s['PORT'] or 5432}",
        "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
