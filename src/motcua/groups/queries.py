"""Reads of linked groups: what is defined, what is filed, where each filed group stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.catalogue.queries import hits_of
from motcua.dossiers.queries import Standing, owner_names, standings
from motcua.groups import access
from motcua.groups.errors import GroupNotInForce, GroupUnknown, GroupVersionUnknown
from motcua.groups.models import Child, Group, GroupReturn, GroupVersion
from motcua.groups.rules import ChildFacts, GroupState, Stage, blocked_by, stage_of, state_of
from motcua.journal.remembered import remembered

_CLOCK_STOPPED = frozenset({"paused", "waiting_supplement"})


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A procedure of a defined group."""

    position: int
    procedure_code: str
    name: str
    after: tuple[int, ...]
    optional: bool
    source: str


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A defined group; `until` is the first day it no longer holds."""

    id: int
    code: str
    number: int
    name: str
    citation: str
    state: str
    decision_number: str
    decision_date: date | None
    since: date | None
    until: date | None
    members: tuple[MemberFacts, ...]


@dataclass(frozen=True, slots=True)
class ChildView:
    """One procedure of a filed group with its dossier, if it has opened."""

    position: int
    procedure_code: str
    name: str
    unit_id: int
    after: tuple[int, ...]
    source: str
    note: str
    stage: Stage
    blocked_by: int | None
    dossier: Standing | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """A filed group as a page shows it."""

    id: int
    code: str
    secret: str
    name: str
    citation: str
    intake_unit_id: int
    opened_at: datetime
    owner: str
    state: GroupState
    children: tuple[ChildView, ...]

    @property
    def due_at(self) -> datetime | None:
        """The latest due moment of the dossiers opened so far."""
        return max((c.dossier.due_at for c in self.children if c.dossier and c.dossier.due_at), default=None)


def definitions() -> list[VersionFacts]:
    """Every version of every group, by code, the newest first."""
    rows = GroupVersion.objects.select_related("definition").prefetch_related("members")
    return [_version(row) for row in rows.order_by("definition__code", "-number")]


def definition(version_id: int) -> VersionFacts:
    """One version. Raises GroupVersionUnknown."""
    row = GroupVersion.objects.select_related("definition").prefetch_related("members").filter(pk=version_id).first()
    if row is None:
        raise GroupVersionUnknown
    return _version(row)


def in_force(on: date) -> list[VersionFacts]:
    """What a counter may take in on a day, by name."""
    rows = GroupVersion.objects.filter(valid__contains=on).select_related("definition").prefetch_related("members")
    return [_version(row) for row in rows.order_by("name")]


def version_in_force(version_id: int, *, on: date) -> VersionFacts:
    """The version, if it holds that day. Raises GroupVersionUnknown, GroupNotInForce."""
    found = definition(version_id)
    if found.since is None or not (found.since <= on and (found.until is None or on < found.until)):
        raise GroupNotInForce(name=found.name, on=on)
    return found


def group(group_id: int, *, actor: Actor, today: date) -> GroupView:
    """One filed group the officer may see; another is not found. Raises GroupUnknown."""
    row = _filed().filter(access.visible(actor) if actor.kind != "system" else Q(), pk=group_id).first()
    if row is None:
        raise GroupUnknown
    return views([row], actor=actor, today=today)[0]


def filed(actor: Actor) -> QuerySet[Group]:
    """The filed groups the officer may see, the newest first."""
    return _filed().filter(access.visible(actor)).order_by("-opened_at", "-pk")


def group_of(dossier_id: int) -> int | None:
    """The group a dossier belongs to."""
    return Child.objects.filter(dossier_id=dossier_id).values_list("group_id", flat=True).first()


def by_code(code: str) -> Group | None:
    """The filed group with this code."""
    return _filed().filter(code=code).first()


def views(groups: Iterable[Group], *, actor: Actor | None, today: date) -> list[GroupView]:
    """Filed groups with everything a page shows, in a fixed number of queries."""
    rows = list(groups)
    children = [child for row in rows for child in row.children.all()]
    numbers = [child.dossier_id for child in children if child.dossier_id]
    known, owners = standings(numbers, actor=actor), owner_names(numbers)
    names = _procedure_names(frozenset(child.procedure_code for child in children), today)
    return [_view(row, known, owners, names, today) for row in rows]


def stages_of(group: Group) -> dict[int, Stage]:
    """The stage of each of a group's procedures, by position."""
    children = list(group.children.all())
    known = standings([child.dossier_id for child in children if child.dossier_id])
    return _stages(children, known)[0]


def _filed() -> QuerySet[Group]:
    return Group.objects.select_related("version").prefetch_related("children")


def _stages(children: list[Child], known: Mapping[int, Standing]) -> tuple[dict[int, Stage], dict[int, int]]:
    """Each position's stage, and what never opens with the position that ended before it without the result it needs."""

    def stage(child: Child, *, blocked: bool) -> Stage:
        found = known.get(child.dossier_id or 0)
        return stage_of(found.state if found else None, elsewhere=bool(child.source), blocked=blocked)

    stages = {child.position: stage(child, blocked=child.dropped_at is not None) for child in children}
    refused = {c.position for c in children if c.dossier_id in known and known[c.dossier_id].end_kind == "refused"}
    before = {p: Stage.ENDED if p in refused else s for p, s in stages.items()}
    blocked = blocked_by({child.position: child.after for child in children}, before)
    return {p: Stage.BLOCKED if p in blocked else s for p, s in stages.items()}, blocked


def _view(
    row: Group, known: Mapping[int, Standing], owners: Mapping[int, str], names: Mapping[str, str], today: date
) -> GroupView:
    children = list(row.children.all())
    stages, blocked = _stages(children, known)
    shown = tuple(
        ChildView(
            c.position, c.procedure_code, names.get(c.procedure_code, c.procedure_code), c.unit_id, tuple(c.after), c.source,
            c.note, stages[c.position], blocked.get(c.position), known.get(c.dossier_id or 0),
        )
        for c in children
    )  # fmt: skip
    owner = next((owners[c.dossier_id] for c in children if c.dossier_id in owners), "")
    state = state_of([_facts(child) for child in shown], today=today)
    return GroupView(
        row.pk, row.code, row.secret, row.version.name, row.version.citation, row.intake_unit_id, row.opened_at, owner, state,
        shown,
    )  # fmt: skip


def _facts(child: ChildView) -> ChildFacts:
    found = child.dossier
    if found is None:
        return ChildFacts(child.stage)
    return ChildFacts(
        child.stage, local_date(found.due_at) if found.due_at else None, local_date(found.ended_at) if found.ended_at else None,
        found.state in _CLOCK_STOPPED,
    )  # fmt: skip


def _version(row: GroupVersion) -> VersionFacts:
    members = list(row.members.all())
    names = _procedure_names(frozenset(m.procedure_code for m in members), (row.valid and row.valid.lower) or date.max)
    return VersionFacts(
        row.pk, row.definition.code, row.number, row.name, row.citation, row.state, row.decision_number, row.decision_date,
        row.valid.lower if row.valid else None, row.valid.upper if row.valid else None,
        tuple(
            MemberFacts(
                m.position, m.procedure_code, names.get(m.procedure_code, m.procedure_code), tuple(m.after), m.optional,
                m.source,
            )
            for m in members
        ),
    )  # fmt: skip


@remembered
def _procedure_names(codes: frozenset[str], on: date) -> Mapping[str, str]:
    return {code: hit.name for code, hit in hits_of(codes, on=on).items()}


def returns_of(group_id: int) -> list[GroupReturn]:
    """Every trip in which results of the group were handed over, the latest first."""
    return list(GroupReturn.objects.filter(group_id=group_id).order_by("-at", "-pk"))
