"""Reads of opinions: what the spine asks of this room (gate, facts of branches, who else may see), and lists."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.dossiers import access, store
from motcua.dossiers.gates import Blocker
from motcua.dossiers.rules.state import Dossier
from motcua.people.rules import Role
from motcua.proposals.models import OpinionRequest
from motcua.proposals.opinions import ANSWERERS, OPEN

_HELD = frozenset({"advance", "decide"})


def gate(dossier: Dossier, act: str) -> Blocker | None:
    """The step is not left while a joined opinion is neither answered nor closed with a reason."""
    if act not in _HELD or dossier.id is None:
        return None
    waiting = OpinionRequest.objects.filter(dossier_id=dossier.id, joined=True, **OPEN).count()
    if not waiting:
        return None
    return Blocker(
        _("Còn %(n)s ý kiến chưa được trả lời. Hãy chờ trả lời, hoặc kết thúc yêu cầu ý kiến có ghi lý do.") % {"n": waiting}
    )


def answers_of(dossier: Dossier) -> Iterator[str]:
    """How the opinions of the present passage were answered, for branches of the process."""
    step = dossier.open_step
    if step is None or step.id is None:
        return iter(())
    rows = OpinionRequest.objects.filter(dossier_id=dossier.id, passage=step.id).exclude(answered_at=None)
    return iter(rows.values_list("verdict", flat=True))


def also_seen(actor: Actor) -> Q | None:
    """Dossiers on which the officer's unit still owes an opinion: one array read once, so that the indexes stay in use."""
    units = actor.units(*ANSWERERS)
    if not units:
        return None
    owed = OpinionRequest.objects.filter(unit_id__in=units, **OPEN).values("dossier_id")
    among = Func(
        F("pk"), ArraySubquery(owed), template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=BooleanField()
    )
    return Q(among)


def seen_for_an_opinion(actor: Actor, dossier: Dossier) -> bool:
    """`also_seen` for one dossier in hand."""
    units = actor.units(*ANSWERERS)
    return bool(units) and OpinionRequest.objects.filter(dossier_id=dossier.id, unit_id__in=units, **OPEN).exists()


def asked_units(dossier: Dossier) -> frozenset[int]:
    """The units that still owe an opinion on the dossier."""
    rows = OpinionRequest.objects.filter(dossier_id=dossier.id, unit_id__isnull=False, **OPEN)
    return frozenset(rows.values_list("unit_id", flat=True))


def owed(actor: Actor) -> QuerySet[OpinionRequest]:
    """What the officer's units were asked, open ones first, the earliest due first."""
    rows = OpinionRequest.objects.filter(unit_id__in=actor.units(*ANSWERERS))
    return _listed(rows)


def asked(actor: Actor) -> QuerySet[OpinionRequest]:
    """What the officer's units have asked others."""
    rows = OpinionRequest.objects.filter(lead_id__in=actor.units(Role.SPECIALIST, *access.OVERSEERS))
    return _listed(rows)


def _listed(rows: QuerySet[OpinionRequest]) -> QuerySet[OpinionRequest]:
    return rows.select_related("dossier__version", "dossier__applicant").order_by(
        F("answered_at").asc(nulls_first=True), F("closed_at").asc(nulls_first=True), "due_at", "pk"
    )


def request(request_id: int, *, actor: Actor) -> OpinionRequest:
    """One request, for those who see its dossier and for the asked unit, also after it has answered."""
    found = OpinionRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise NotFound(what="yêu cầu ý kiến này")
    if found.unit_id not in actor.units(*ANSWERERS):
        access.require_sees(actor, store.load(found.dossier_id, lock=False))
    return found


def opinions_of(dossier_id: int) -> list[OpinionRequest]:
    """Every request of a dossier, the latest first. The caller has checked who may see the dossier."""
    return list(OpinionRequest.objects.filter(dossier_id=dossier_id).order_by("-asked_at", "-pk"))
