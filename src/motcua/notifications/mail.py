"""E-mail listeners: one message for one delivery."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from motcua.dossiers.queries import NoticeFacts, notice_facts
from motcua.journal.drain import NothingToSend
from motcua.journal.registry import Envelope
from motcua.notifications.rules import TO_APPLICANT, TO_UNIT, message_id
from motcua.organisation.queries import latest


def to_applicant(envelope: Envelope) -> None:
    """Tells the owner what happened to the dossier, if an e-mail address was given."""
    facts = notice_facts(int(envelope.stream_id))
    if not facts.owner_email:
        raise NothingToSend("chủ hồ sơ không đăng ký thư điện tử")
    _send(envelope, facts, facts.owner_email, TO_APPLICANT[envelope.name], "applicant")


def to_unit(envelope: Envelope) -> None:
    """Tells the competent unit's mailbox that a dossier is on its way or goes on."""
    facts = notice_facts(int(envelope.stream_id))
    address = latest(facts.unit_id).email
    if not address:
        raise NothingToSend("đơn vị chưa có thư điện tử")
    _send(envelope, facts, address, TO_UNIT[envelope.name], "unit")


def _send(envelope: Envelope, facts: NoticeFacts, address: str, subject: str, audience: str) -> None:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    code = facts.code or facts.provisional_code
    body = render_to_string(
        f"notifications/{audience}.txt",
        {"facts": facts, "event": envelope, "code": code, "subject": subject, "link": _link(code)},
    )
    EmailMessage(
        subject=f"[{code}] {subject}",
        body=body,
        to=[address],
        headers={"Message-ID": message_id(envelope.delivery_id, host), "Auto-Submitted": "auto-generated"},
    ).send()


def _link(code: str) -> str:
    return f"{settings.PUBLIC_URL}/tra-cuu/{code}"
