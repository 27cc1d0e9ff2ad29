"""What the tests of the officers' pages share: the miniature province with competence, a signed-in client, typed answers."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django.test import Client

from motcua.base.actor import SYSTEM, Actor
from motcua.base.time import at
from motcua.catalogue.queries import version_for_intake
from motcua.catalogue.services import give_competence
from motcua.demo.cast import BIRTH, LICENCE, NO_TERM, ON, SINCE, Cast, small_province
from motcua.people.models import Officer
from motcua.people.testing import enter_admin_mode

NOW = at(ON, time(8))
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
CARD = "001090000001||Nguyễn Văn Thử|01011990|Nam|Số 1, thôn Mẫu, xã Mẫu|01012021"


def province() -> Cast:
    """The cast, with who settles what on record."""
    cast = small_province()
    for unit, level, code in (
        (cast.justice.unit, "province", LICENCE),
        (cast.commune.unit, "commune", BIRTH),
        (cast.commune.unit, "commune", LICENCE),
        (cast.land.unit, "province", NO_TERM),
    ):
        give_competence(
            unit,
            level=level,
            valid_from=SINCE,
            decision="01/QĐ-MẪU",
            procedure_code=code,
            actor=SYSTEM,
            now=NOW,
        )
    return cast


def client_of(actor: Actor) -> Client:
    """A client signed in as the officer behind `actor`; an administrator's is in the mode of administration."""
    client = Client()
    officer = Officer.objects.get(pk=actor.id)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    enter_admin_mode(client, officer)
    return client


def answers(code: str, unit: int, *, now: datetime = NOW, **changes: Any) -> dict[str, Any]:
    """The intake page filled in by hand: every required paper ticked, the fee told."""
    version = version_for_intake(code, now.date())
    data: dict[str, Any] = {
        "act": "receive",
        "ticket": uuid4().hex,
        "channel": "direct",
        "unit": unit,
        "case": version.cases[0].id,
        "owner_kind": "citizen",
        "owner_number": "001090000001",
        "owner_name": "Nguyễn Văn Thử",
        "owner_born": "01/01/1990",
        "owner_sex": "Nam",
        "owner_phone": "0900000001",
        "owner_email": "thu@example.vn",
        "owner_address": "Số 1, thôn Mẫu, xã Mẫu",
    }
    for paper in version.components:
        data |= {f"c{paper.id}_received": "on", f"c{paper.id}_originals": "1"} if paper.required else {}
    for tariff in version.tariffs:
        data |= {f"f{tariff.id}_due": "on", f"f{tariff.id}_amount": str(tariff.amount)}
    return data | changes
