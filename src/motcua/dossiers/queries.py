"""Reads other rooms need of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed, NotFound
from motcua.dossiers.access import visible
from motcua.dossiers.models import Applicant, Dossier, DossierAlias, StepRecord
from motcua.dossiers.sources import source_names
from motcua.kit.sql import prepared


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a message to the owner or to the competent unit may say."""

    code: str
    provisional_code: str
    procedure_name: str
    owner_name: str
    owner_email: str
    unit_id: int
    due_at: datetime | None
    reappointed_at: datetime | None
    secret: str


def notice_facts(dossier_id: int) -> NoticeFacts:
    """The facts of one dossier for a message."""
    row = Dossier.objects.select_related("applicant", "version").get(pk=dossier_id)
    return NoticeFacts(
        row.code or "", row.provisional_code, row.version.name, row.applicant.name, row.applicant.email, row.unit_id,
        row.due_at, row.reappointed_at, row.secret,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """Where a dossier stands, without a word about people."""

    id: int
    code: str | None
    provisional_code: str
    secret: str
    state: str
    channel: str
    procedure_code: str
    unit_id: int
    intake_unit_id: int
    submitted_at: datetime
    accepted_at: datetime | None
    received_at: datetime | None
    promised_at: datetime | None
    due_at: datetime | None
    due_provisional: bool
    ended_at: datetime | None
    timing: str
    returned_at: datetime | None
    revision: int


_FACTS = tuple(field.name for field in fields(DossierFacts))
_ONE = f"SELECT {', '.join(_FACTS)} FROM dossiers_dossier WHERE id = %s"


def facts(dossier_id: int) -> DossierFacts:
    """The facts of one dossier, for the caller who has just acted on it."""
    return DossierFacts(*prepared(_ONE, [dossier_id])[0])


def number_of(code: str, *, actor: Actor) -> int:
    """The number behind a code or provisional code. One the actor may not see is not found, as if it did not exist."""
    rows = Dossier.objects.filter(visible(actor), Q(code=code) | Q(provisional_code=code))
    number = rows.values_list("pk", flat=True).first()
    if number is None:
        raise NotFound(what="hồ sơ này")
    return number


def listed(actor: Actor, *, states: frozenset[str], after: int, limit: int) -> list[DossierFacts]:
    """The dossiers the actor may see, in the order of their numbers, from the one behind `after` on."""
    rows = Dossier.objects.filter(visible(actor), pk__gt=after).order_by("pk")
    if states:
        rows = rows.filter(state__in=states)
    return [DossierFacts(*row) for row in rows.values_list(*_FACTS)[:limit]]


def followed_sources() -> dict[str, str]:
    """The ministries' systems whose dossiers are followed here, by code; each is the `source` of its facts."""
    return source_names()


def seen_by(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers the actor may see, for lists of rooms above."""
    return Dossier.objects.filter(visible(actor))


def titles(actor: Actor, numbers: Iterable[int]) -> dict[int, str]:
    """Code, or provisional code, of those of the dossiers that the actor may see, by number."""
    rows = Dossier.objects.filter(visible(actor), pk__in=list(numbers))
    return {number: code or provisional for number, code, provisional in rows.values_list("pk", "code", "provisional_code")}


@dataclass(frozen=True, slots=True)
class Holding:
    """Where the present step lies."""

    unit_id: int | None
    role: str
    officer_id: int | None


def holder_of(dossier_id: int) -> Holding:
    """Who holds the dossier now."""
    return Holding(*Dossier.objects.values_list("holder_unit_id", "holder_role", "holder_id").get(pk=dossier_id))


def require_seen(actor: Actor, dossier_id: int) -> None:
    """Refuses a dossier outside the actor's units, or one that does not exist, in the same words."""
    if not Dossier.objects.filter(visible(actor), pk=dossier_id).exists():
        raise NotAllowed(reason="hồ sơ này không thuộc đơn vị và vai trò của bạn.")


def how_many() -> int:
    """Every dossier of this database, counted; slow when they are many."""
    return Dossier.objects.count()


def old_codes(dossier_id: int) -> list[tuple[str, str]]:
    """System and code under which a dossier was known before it came here."""
    rows = DossierAlias.objects.filter(dossier_id=dossier_id, released_at=None).order_by("id")
    return list(rows.values_list("system", "code"))


def taken_over(system: str, codes: Iterable[str]) -> dict[str, int]:
    """The dossiers already taken over from `system`, by the old code as kept."""
    rows = DossierAlias.objects.filter(system=system, code__in=set(codes), released_at=None)
    return dict(rows.values_list("code", "dossier_id"))


def officers_with_acts(officer_ids: Iterable[int]) -> frozenset[int]:
    """Those of the officers who hold or have held a step of some dossier."""
    wanted = set(officer_ids)
    held = StepRecord.objects.filter(holder_id__in=wanted).values_list("holder_id", flat=True)
    return frozenset(held) | frozenset(
        Dossier.objects.filter(holder_id__in=wanted).values_list("holder_id", flat=True)
    )


def names_unit(unit_id: int) -> bool:
    """Whether any dossier was received at, settled by or held at the unit."""
    places = Q(unit_id=unit_id) | Q(intake_unit_id=unit_id) | Q(holder_unit_id=unit_id)
    return Dossier.objects.filter(places).exists() or StepRecord.objects.filter(unit_id=unit_id).exists()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands among others that belong together; `seen`: the asking officer may open it."""

    id: int
    code: str
    secret: str
    state: str
    procedure_code: str
    unit_id: int
    intake_unit_id: int
    source: str
    due_at: datetime | None
    ended_at: datetime | None
    end_kind: str
    timing: str
    seen: bool


def standings(numbers: Iterable[int], *, actor: Actor | None = None) -> dict[int, Standing]:
    """Where each of these dossiers stands; `seen` says whether `actor` may open its page."""
    rows = list(Dossier.objects.filter(pk__in=list(numbers)))
    seen = set(_seen(actor, [row.pk for row in rows])) if actor else set()
    return {
        row.pk: Standing(
            row.pk, row.code or row.provisional_code, row.secret, row.state, row.procedure_code, row.unit_id,
            row.intake_unit_id, row.source, row.due_at, row.ended_at, row.end_kind, row.timing, row.pk in seen,
        )
        for row in rows
    }  # fmt: skip


def owner_names(numbers: Iterable[int]) -> dict[int, str]:
    """The owners' names of these dossiers."""
    return dict(Applicant.objects.filter(dossier_id__in=list(numbers)).values_list("dossier_id", "name"))


def _seen(actor: Actor, numbers: list[int]) -> Iterable[int]:
    return Dossier.objects.filter(visible(actor), pk__in=numbers).values_list("pk", flat=True)
