"""The part "Luân chuyển" of the dossier page: slips and legs in sentences, and what may be sent from here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.dossiers import access as dossier_access
from motcua.dossiers.rules.state import Dossier, State
from motcua.organisation.queries import latest
from motcua.people.access import actor as actor_of
from motcua.transfers import legs, queries
from motcua.transfers.models import Leg, Line
from motcua.transfers.office.legs import places_with
from motcua.transfers.records import moment
from motcua.transfers.rules import LineState
from motcua.transfers.words import LEG_STATES, LINE_STATES, TIMINGS


def panel(request: HttpRequest, dossier: Dossier) -> SafeString | None:
    """For `dossiers.panels.PANELS`."""
    assert dossier.id is not None
    lines, found = queries.lines_on_dossier(dossier.id), queries.legs_on_dossier(dossier.id)
    acts = _acts(request, dossier)
    if not lines and not found and not acts:
        return None
    told = [*map(_line, lines), *map(_leg, found)]
    told.sort(key=lambda row: row["at"])
    return render_to_string("transfers/panel.html", {"rows": told, "acts": acts}, request)


def _acts(request: HttpRequest, dossier: Dossier) -> list[dict[str, Any]]:
    actor, acts = actor_of(request), []
    if places_with(actor, dossier):
        acts.append((_("Gửi liên thông đến đơn vị khác"), reverse("transfers_office:leg_send", args=[dossier.id])))
    if dossier.state in (State.ACCEPTED, State.FORWARDED) and dossier_access.may(actor, "redirect", dossier):
        address = reverse("transfers_office:stuck_act", args=["dossier", dossier.id, "chuyen-huong"])
        acts.append((_("Chuyển sang cơ quan có thẩm quyền khác"), address))
    return [{"words": words, "url": url} for words, url in acts]


def _line(line: Line) -> dict[str, Any]:
    words, tone = LINE_STATES[LineState(line.state)]
    slip = line.slip
    text = _("%(giver)s giao cho %(taker)s lúc %(at)s.") % {
        "giver": latest(slip.from_unit_id).name, "taker": latest(slip.to_unit_id).name, "at": moment(slip.at)
    }  # fmt: skip
    if line.state == LineState.IN_TRANSIT and line.due_at:
        text += _(" Phải xác nhận trước %(due)s.") % {"due": moment(line.due_at)}
    if line.settled_at and line.state != LineState.ONE_SIDED:
        text += _(" %(state)s lúc %(at)s.") % {"state": words, "at": moment(line.settled_at)}
    url = reverse("transfers_office:slip", args=[slip.pk])
    return {"at": slip.at, "text": text, "note": line.reason, "tag": words, "tone": tone, "name": slip.number, "url": url}


def _leg(leg: Leg) -> dict[str, Any]:
    words, tone = TIMINGS[leg.timing] if leg.timing else LEG_STATES[legs.state_of(leg)]
    text = _("%(giver)s gửi liên thông đến %(taker)s lúc %(at)s: %(purpose)s; hạn của chặng %(due)s.") % {
        "giver": latest(leg.from_unit_id).name, "taker": latest(leg.to_unit_id).name, "at": moment(leg.sent_at),
        "purpose": leg.purpose, "due": moment(leg.due_at),
    }  # fmt: skip
    if leg.finished_at:
        text += _(" Kết thúc lúc %(at)s.") % {"at": moment(leg.finished_at)}
    url = reverse("transfers_office:leg", args=[leg.pk])
    note = leg.cancel_reason or leg.result
    return {"at": leg.sent_at, "text": text, "note": note, "tag": words, "tone": tone, "name": _("Chặng liên thông"), "url": url}
