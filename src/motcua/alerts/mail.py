"""The listener that sends a morning's message."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from motcua.alerts.digests import SECTIONS
from motcua.alerts.models import Digest
from motcua.journal.drain import NothingToSend
from motcua.journal.registry import Envelope
from motcua.people.queries import officer

DIGESTS = ("alerts.digest_made",)


def digest(envelope: Envelope) -> None:
    """Sends the message as it was made; a repetition is the same letter under the same Message-ID."""
    row = Digest.objects.get(pk=envelope.data["digest"])
    to = officer(row.officer_id)
    if not to.email or not to.is_active:
        raise NothingToSend("cán bộ không còn hộp thư hoặc không còn làm việc")
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    late, owed = row.content["late"]["count"], row.content["letter"]["count"]
    subject = _("Việc sáng %(day)s: %(new)s cảnh báo mới, %(late)s hồ sơ quá hạn, %(owed)s hồ sơ chưa có thư xin lỗi") % {
        "day": f"{row.day:%d/%m}", "new": row.content["new"]["count"], "late": late, "owed": owed,
    }  # fmt: skip
    sections = [(name, row.content[name], _lines(row.content[name]["lines"])) for name in SECTIONS]
    body = render_to_string("alerts/digest.txt", {
        "name": to.full_name, "day": row.day, "sections": [s for s in sections if s[1]["count"]], "site": settings.PUBLIC_URL,
    })  # fmt: skip
    number = f"<motcua-digest-{row.officer_id}-{row.day:%Y%m%d}@{host}>"
    headers = {"Message-ID": number, "Auto-Submitted": "auto-generated"}
    EmailMessage(subject=subject, body=body, to=[to.email], headers=headers).send()


def _lines(rows: list[dict[str, str]]) -> list[dict[str, object]]:
    return [{**row, "due_at": datetime.fromisoformat(row["due_at"])} for row in rows]
