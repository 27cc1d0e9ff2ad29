"""Who may see a dossier and who may do what to it, each with a sentence a layman understands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from motcua.base.actor import Actor, Duty
from motcua.base.errors import NotAllowed
from motcua.dossiers.rules.refusals import HandledElsewhere
from motcua.dossiers.rules.state import ON_WORKLIST, Dossier
from motcua.people.rules import Role

OVERSEERS = (Role.LEADER, Role.CENTRE, Role.CONTROL, Role.CHAIR)


@dataclass(frozen=True, slots=True)
class Permission:
    """`roles` may do it at the intake counter ("counter") or at the competent unit ("unit").

    by_holder: also where the present step lies, there whoever has the step's own role.
    """

    roles: tuple[Role, ...]
    place: str
    sentence: str
    by_holder: bool = False


_COUNTER = Permission(
    (Role.COUNTER, Role.POST), "counter", "việc này do công chức một cửa tại nơi tiếp nhận hồ sơ thực hiện."
)
_HANDLER = Permission(
    (Role.SPECIALIST, Role.LEADER), "unit", "việc này do chuyên viên hoặc lãnh đạo đơn vị giải quyết hồ sơ thực hiện."
)
_ADMIN = Permission((Role.ADMIN,), "unit", "chỉ quản trị hệ thống phụ trách đơn vị được nhập hồ sơ từ hệ thống cũ.")
_RECEIVER = Permission(
    (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK), "unit",
    "chỉ cơ quan có thẩm quyền được xác nhận nhận hồ sơ.",
)  # fmt: skip
_LEADER = Permission((Role.LEADER,), "unit", "việc này do lãnh đạo cơ quan có thẩm quyền quyết định.")
_PROPOSED = Permission(
    (Role.LEADER,), "unit",
    "việc này do lãnh đạo cơ quan có thẩm quyền quyết định; chuyên viên lập đề xuất trình lãnh đạo.",
)  # fmt: skip

_STEP_ROLES = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.CLERK)

PERMISSIONS = {
    "submit": _COUNTER,
    "accept": _COUNTER,
    "ask_supplement_at_intake": _COUNTER,
    "answer_intake_supplement": _COUNTER,
    "refuse_at_intake": _COUNTER,
    "forward": _COUNTER,
    "answer_supplement": _COUNTER,
    "give_back": _COUNTER,
    "withdraw": _COUNTER,
    "reverse_return": _COUNTER,
    "take_back": _COUNTER,
    "redirect": _COUNTER,
    "receive": _RECEIVER,
    "hand_back": _RECEIVER,
    "advance": Permission(_STEP_ROLES, "unit", "bước này do đơn vị đang giữ hồ sơ hoàn thành.", by_holder=True),
    "send_back": Permission(_STEP_ROLES, "unit", "việc chuyển trả do người đang giữ bước thực hiện.", by_holder=True),
    "digitise": Permission(
        _COUNTER.roles, "counter", "việc số hóa do nơi tiếp nhận hoặc người giữ bước thực hiện.", by_holder=True
    ),
    "take_fees": Permission(
        _COUNTER.roles, "counter", "việc thu phí do nơi tiếp nhận hoặc người giữ bước ghi nhận.", by_holder=True
    ),
    "move_process": Permission(
        (Role.LEADER, Role.CONTROL), "unit",
        "chỉ lãnh đạo cơ quan có thẩm quyền hoặc cán bộ kiểm soát thủ tục được chuyển hồ sơ sang phiên bản quy trình khác.",
    ),
    "propose": _HANDLER,
    "settle_proposal": _LEADER,
    "ask_opinion": _HANDLER,
    "ask_supplement": _PROPOSED,
    "pause": _PROPOSED,
    "resume": _HANDLER,
    "give_late_cause": _HANDLER,
    "draft_apology": _HANDLER,
    "assign": Permission((Role.LEADER,), "unit", "việc này do lãnh đạo đơn vị đang giữ hồ sơ thực hiện.", by_holder=True),
    "decide": Permission((Role.LEADER,), "unit", _LEADER.sentence, by_holder=True),
    "stop": _PROPOSED,
    "apologise": _PROPOSED,
    "reverse_end": _LEADER,
    "reassign": Permission(
        (Role.LEADER, Role.CENTRE, Role.CHAIR, Role.ADMIN), "unit",
        "việc bàn giao do lãnh đạo phụ trách nơi đang giữ hồ sơ hoặc quản trị hệ thống thực hiện.", by_holder=True,
    ),
    "void": Permission((Role.COUNTER,), "counter", "chỉ nơi đã tiếp nhận được hủy tiếp nhận do nhầm lẫn."),
    "take_over": _ADMIN,
    "undo_take_over": _ADMIN,
    "recompute": Permission((Role.ADMIN,), "unit", "chỉ quản trị hệ thống được tính lại thời hạn hàng loạt."),
}


@dataclass(frozen=True, slots=True)
class Visibility:
    """Why a room above shows a dossier to officers outside its units, to read only.

    condition: which dossiers of a list (None: none); holds: the same for one dossier in hand; sentence: as it is told;
    reach: the only units whose officers it can concern for a dossier (None: anybody's), so that a list of everybody is quick.
    """

    condition: Callable[[Actor], Q | None]
    holds: Callable[[Actor, Dossier], bool]
    sentence: str = "Hồ sơ được một đơn vị khác cho xem, chỉ để đọc."
    reach: Callable[[Dossier], frozenset[int]] | None = None


ALSO_VISIBLE: list[Visibility] = []
"""Filled in `site/wiring.py`."""


def counters_of(actor: Actor) -> frozenset[int]:
    """The counters at which the officer works."""
    return frozenset(duty.unit_id for duty in actor.duties if duty.role in (Role.COUNTER, Role.POST))


def may(actor: Actor, act: str, dossier: Dossier) -> bool:
    """Whether `actor` may do `act` to `dossier`; nobody acts on one that a ministry's system handles."""
    return not dossier.is_mirrored and _permitted(actor, act, dossier)


def _permitted(actor: Actor, act: str, dossier: Dossier) -> bool:
    return actor.kind == "system" or capacity(actor, act, dossier) is not None


def capacity(actor: Actor, act: str, dossier: Dossier) -> Duty | None:
    """The position in which the actor may do `act`: in their own right if possible, else as a substitute or by delegation.

    A step held by an absent officer's name is done in that officer's place even by a colleague of the same role.
    """
    able = [duty for duty in actor.duties_for(dossier.procedure_code) if _allows(duty, act, dossier)]
    if dossier.holder_id not in (None, actor.id):
        able.sort(key=lambda duty: duty.on_behalf_id != dossier.holder_id)
    return able[0] if able else None


def _allows(duty: Duty, act: str, dossier: Dossier) -> bool:
    permission = PERMISSIONS[act]
    place = dossier.intake_unit_id if permission.place == "counter" else dossier.unit_id
    if duty.role in permission.roles and place in duty.units:
        return True
    return permission.by_holder and _allows_where_it_lies(duty, act, dossier)


def _allows_where_it_lies(duty: Duty, act: str, dossier: Dossier) -> bool:
    """A step handed over to another agency or level is done there; a decision only where it is a leader's step."""
    role, unit = dossier.holder_role, dossier.holder_unit_id
    if unit is None or unit not in duty.units:
        return False
    if act == "decide":
        return role in (Role.LEADER, Role.CHAIR) and duty.role == role
    if act in ("assign", "reassign"):
        return duty.role in PERMISSIONS[act].roles
    return duty.role in (Role.LEADER, role)


def require(actor: Actor, act: str, dossier: Dossier) -> None:
    """Refuses with the permission's sentence unless `actor` may do `act`. Raises NotAllowed, HandledElsewhere."""
    if not _permitted(actor, act, dossier):
        raise NotAllowed(reason=PERMISSIONS[act].sentence)
    if dossier.is_mirrored:
        raise HandledElsewhere(source=dossier.source, external_code=dossier.external_code)


def holds_step(actor: Actor, dossier: Dossier) -> bool:
    """Whether the present step lies with `actor`: theirs by name, their role's and nobody's yet, or as a leader.

    An absent officer's step is also their substitute's.
    """
    if actor.kind == "system":
        return True
    places = {dossier.unit_id, dossier.holder_unit_id}
    duties = actor.duties_for(dossier.procedure_code)
    if any(duty.role == Role.LEADER and places & duty.units for duty in duties):
        return True
    mine = any(duty.role == dossier.holder_role and dossier.holder_unit_id in duty.units for duty in duties)
    return mine and (dossier.holder_id is None or dossier.holder_id in actor.holders(dossier.holder_unit_id))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a duty lets its holder see a dossier: as a condition of the database, of one dossier in hand, in a sentence.

    narrow: the condition for duties that cover these units; fits: the same for one duty and dossier.
    """

    key: str
    sentence: str
    roles: tuple[Role, ...]
    narrow: Callable[[frozenset[int]], Q]
    fits: Callable[[frozenset[int], Dossier], bool]
    at_place_alone: bool = False

    def units(self, duty: Duty) -> frozenset[int]:
        """The units this duty counts for under this reason."""
        return frozenset({duty.unit_id}) if self.at_place_alone else duty.units


_HANDLERS = (Role.SPECIALIST, Role.CLERK)
_DESKS = (Role.COUNTER, Role.POST)
_ON_LIST = sorted(ON_WORKLIST)

REASONS = (
    Reason(
        "settles", "Hồ sơ do đơn vị này giải quyết.", (*OVERSEERS, *_HANDLERS),
        lambda units: Q(unit_id__in=units), lambda units, d: d.unit_id in units,
    ),
    Reason(
        "oversees_intake", "Hồ sơ được tiếp nhận tại nơi thuộc phạm vi phụ trách.", OVERSEERS,
        lambda units: Q(intake_unit_id__in=units), lambda units, d: d.intake_unit_id in units,
    ),
    Reason(
        "took_in", "Hồ sơ được tiếp nhận tại quầy này.", _DESKS,
        lambda units: Q(intake_unit_id__in=units), lambda units, d: d.intake_unit_id in units, at_place_alone=True,
    ),
    Reason(
        "desk_step", "Bước hiện tại của hồ sơ nằm ở bộ phận một cửa này hoặc ở đơn vị mà quầy làm thay.", _DESKS,
        # Only open dossiers have a holder; saying so lets the index of open ones answer.
        lambda units: Q(holder_unit_id__in=units, holder_role=Role.COUNTER, state__in=_ON_LIST),
        lambda units, d: d.holder_role == Role.COUNTER and d.holder_unit_id in units and d.state in ON_WORKLIST,
    ),
    Reason(
        # Who does a step handed over from another agency or level sees the dossier as long as it lies there.
        "step_here", "Bước hiện tại của hồ sơ được chuyển đến đơn vị này.", (*OVERSEERS, *_HANDLERS),
        lambda units: Q(holder_unit_id__in=units, state__in=_ON_LIST),
        lambda units, d: d.holder_unit_id in units and d.state in ON_WORKLIST,
    ),
)  # fmt: skip


def visible(actor: Actor) -> Q:
    """The dossiers an officer may see, as a condition: every list, count, search and export goes through it."""
    condition = Q(pk__in=[])
    for reason in REASONS:
        for procedures, units in _covered(actor, reason).items():
            limits = Q(procedure_code__in=sorted(procedures)) if procedures else Q()
            condition |= reason.narrow(units) & limits
    for also in ALSO_VISIBLE:
        more = also.condition(actor)
        condition = condition if more is None else condition | more
    return condition


def _covered(actor: Actor, reason: Reason) -> dict[frozenset[str], frozenset[int]]:
    """The units a reason gives the actor, by the procedures its duties are limited to."""
    found: dict[frozenset[str], frozenset[int]] = {frozenset(): frozenset()}
    for duty in actor.duties:
        if duty.role in reason.roles:
            found[duty.procedures] = found.get(duty.procedures, frozenset()) | reason.units(duty)
    return found


def why_visible(actor: Actor, dossier: Dossier) -> list[tuple[Duty | None, str]]:
    """Every reason why the actor sees the dossier: the duty behind it (none for a way of a room above) and a sentence."""
    return _own_reasons(actor, dossier) + [(None, also.sentence) for also in ALSO_VISIBLE if also.holds(actor, dossier)]


def who_sees(actors: Iterable[Actor], dossier: Dossier) -> Iterator[tuple[Actor, list[tuple[Duty | None, str]]]]:
    """Those of `actors` who see the dossier, each with `why_visible`."""
    ways = [(also, also.reach(dossier) if also.reach else None) for also in ALSO_VISIBLE]
    for actor in actors:
        places = frozenset().union(*(duty.units for duty in actor.duties))
        found = _own_reasons(actor, dossier)
        found += [(None, w.sentence) for w, reach in ways if (reach is None or reach & places) and w.holds(actor, dossier)]
        if found:
            yield actor, found


def _own_reasons(actor: Actor, dossier: Dossier) -> list[tuple[Duty | None, str]]:
    return [
        (duty, reason.sentence)
        for duty in actor.duties_for(dossier.procedure_code)
        for reason in REASONS
        if duty.role in reason.roles and reason.fits(reason.units(duty), dossier)
    ]


def places(actor: Actor) -> frozenset[int]:
    """Every unit through which `visible` may show a dossier."""
    reading = {*OVERSEERS, *_HANDLERS, *_DESKS}
    return frozenset().union(*(duty.units for duty in actor.duties if duty.role in reading))


def sees(actor: Actor, dossier: Dossier) -> bool:
    """`visible` for one dossier in hand."""
    return actor.kind == "system" or bool(why_visible(actor, dossier))


def require_sees(actor: Actor, dossier: Dossier) -> None:
    """Refuses the page of a dossier outside the actor's units."""
    if not sees(actor, dossier):
        raise NotAllowed(reason="hồ sơ này không thuộc đơn vị và vai trò của bạn.")
