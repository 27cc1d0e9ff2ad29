"""Phiếu bàn giao as printed: both sides, both times, what was refused and why."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.base.time import local_date
from motcua.dossiers import desks, register, services
from motcua.slips import content
from motcua.slips import services as slips
from motcua.slips.rules import Purpose
from motcua.transfers.models import Line, Slip
from motcua.transfers.queries import lines_of
from motcua.transfers.rules import Kind, LineState
from motcua.transfers.words import LINE_STATES


def pdf(slip: Slip) -> bytes:
    """The slip as PDF/A, two copies to be signed by both sides."""
    form_set = services.clock_on(local_date(slip.at)).rules.form_set
    return slips.render(Purpose.HANDOVER, form_set, paper(slip))


@override(settings.LANGUAGE_CODE)  # a paper is Vietnamese whatever language its officer reads
def paper(slip: Slip) -> content.HandoverContent:
    """What stands on it."""
    lines = lines_of(slip)
    giver, receiver = register.issuer(slip.from_unit_id, slip.at), register.issuer(slip.to_unit_id, slip.at)
    takers = list(dict.fromkeys(_person(line.settled_by) for line in lines if line.state == LineState.TAKEN))
    taken = max((line.settled_at for line in lines if line.state == LineState.TAKEN and line.settled_at), default=None)
    cards = desks.for_print(line.dossier_id for line in lines)
    return content.HandoverContent(
        issuer=giver, issued_at=slip.at, number=slip.number, giver_office=giver.name, receiver_office=receiver.name,
        giver_name=_person(slip.officer), receiver_name=", ".join(takers), handed_at=slip.at, taken_at=taken,
        lines=tuple(_printed(line, cards[line.dossier_id], slip) for line in lines), note=slip.note,
    )  # fmt: skip


def _printed(line: Line, row: Any, slip: Slip) -> content.HandoverLine:
    return content.HandoverLine(
        code=row.code or "", content=row.version.name, owner_name=row.applicant.name, address=row.applicant.address,
        result=_result(row) if slip.kind == Kind.RESULTS else "", papers=_papers(line), confirmation=_confirmation(line),
        fee_due=any(not fee.paid for fee in row.fees.all()), by_post=row.channel == "post",
    )  # fmt: skip


def _papers(line: Line) -> str:
    parts = ((_("%(n)s bản chính"), line.originals), (_("%(n)s bản sao"), line.copies))
    return ", ".join(words % {"n": number} for words, number in parts if number)


def _confirmation(line: Line) -> str:
    if line.state in (LineState.IN_TRANSIT, LineState.ONE_SIDED):
        return ""
    words = str(LINE_STATES[LineState(line.state)][0])
    return f"{words}: {line.reason}" if line.reason else words


def _result(row: Any) -> str:
    return "; ".join(result.title for result in row.results.all() if result.revoked_at is None)


def _person(label: str) -> str:
    """ "Nguyễn Thị Mẫu" of "Nguyễn Thị Mẫu (Công chức một cửa)"."""
    return label.partition(" (")[0]
