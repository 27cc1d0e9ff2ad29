"""Who may see a dossier and who may do what to it, each with a sentence a layman understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from motcua.base.actor import Actor
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
    "void": Permission((Role.COUNTER,), "counter", "chỉ nơi đã tiếp nhận được hủy tiếp nhận do nhầm lẫn."),
    "take_over": _ADMIN,
    "undo_take_over": _ADMIN,
    "recompute": Permission((Role.ADMIN,), "unit", "chỉ quản trị hệ thống được tính lại thời hạn hàng loạt."),
}


@dataclass(frozen=True, slots=True)
class Visibility:
    """Why a room above shows a dossier to officers outside its units, to read only.

    condition: which dossiers of a list (None: none); holds: the same for one dossier in hand.
    """

    condition: Callable[[Actor], Q | None]
    holds: Callable[[Actor, Dossier], bool]


ALSO_VISIBLE: list[Visibility] = []
"""Filled in `site/wiring.py`."""


def counters_of(actor: Actor) -> frozenset[int]:
    """The counters at which the officer works."""
    return frozenset(duty.unit_id for duty in actor.duties if duty.role in (Role.COUNTER, Role.POST))


def may(actor: Actor, act: str, dossier: Dossier) -> bool:
    """Whether `actor` may do `act` to `dossier`; nobody acts on one that a ministry's system handles."""
    return not dossier.is_mirrored and _permitted(actor, act, dossier)


def _permitted(actor: Actor, act: str, dossier: Dossier) -> bool:
    if actor.kind == "system":
        return True
    permission = PERMISSIONS[act]
    place = dossier.intake_unit_id if permission.place == "counter" else dossier.unit_id
    if any(duty.role in permission.roles and place in duty.units for duty in actor.duties):
        return True
    return permission.by_holder and _may_where_it_lies(actor, act, dossier)


def _may_where_it_lies(actor: Actor, act: str, dossier: Dossier) -> bool:
    """A step handed over to another agency or level is done there; a decision only where it is a leader's step."""
    role, unit = dossier.holder_role, dossier.holder_unit_id
    if unit is None:
        return False
    if act == "decide":
        return role in (Role.LEADER, Role.CHAIR) and actor.holds(role, unit)
    return actor.holds(Role.LEADER, unit) or (act != "assign" and actor.holds(role, unit))


def require(actor: Actor, act: str, dossier: Dossier) -> None:
    """Refuses with the permission's sentence unless `actor` may do `act`. Raises NotAllowed, HandledElsewhere."""
    if not _permitted(actor, act, dossier):
        raise NotAllowed(reason=PERMISSIONS[act].sentence)
    if dossier.is_mirrored:
        raise HandledElsewhere(source=dossier.source, external_code=dossier.external_code)


def holds_step(actor: Actor, dossier: Dossier) -> bool:
    """Whether the present step lies with `actor`: theirs by name, or their role's and nobody's yet, or as a leader."""
    if actor.kind == "system" or actor.holds(Role.LEADER, dossier.unit_id):
        return True
    if dossier.holder_unit_id is not None and actor.holds(Role.LEADER, dossier.holder_unit_id):
        return True
    return actor.holds(dossier.holder_role, dossier.holder_unit_id) and dossier.holder_id in (None, actor.id)


def visible(actor: Actor) -> Q:
    """The dossiers an officer may see, as a condition: every list, count, search and export goes through it."""
    seen = _of_own_units(actor)
    for also in ALSO_VISIBLE:
        more = also.condition(actor)
        seen = seen if more is None else seen | more
    return seen


def _of_own_units(actor: Actor) -> Q:
    overseen = actor.units(*OVERSEERS)
    handled = actor.units(Role.SPECIALIST, Role.CLERK)
    counters = frozenset(d.unit_id for d in actor.duties if d.role in (Role.COUNTER, Role.POST))
    reachable = actor.units(Role.COUNTER, Role.POST)
    return (
        Q(unit_id__in=overseen | handled)
        | Q(intake_unit_id__in=overseen | counters)
        # Only open dossiers have a holder; saying so lets the index of open ones answer.
        | Q(holder_unit_id__in=reachable, holder_role=Role.COUNTER, state__in=sorted(ON_WORKLIST))
        # Who does a step handed over from another agency or level sees the dossier as long as it lies there.
        | Q(holder_unit_id__in=overseen | handled, state__in=sorted(ON_WORKLIST))
    )


def places(actor: Actor) -> frozenset[int]:
    """Every unit through which `visible` may show a dossier."""
    return actor.units(*OVERSEERS, Role.SPECIALIST, Role.CLERK, Role.COUNTER, Role.POST)


def sees(actor: Actor, dossier: Dossier) -> bool:
    """`visible` for one dossier in hand."""
    overseen = actor.units(*OVERSEERS)
    handled = overseen | actor.units(Role.SPECIALIST, Role.CLERK)
    counters = frozenset(d.unit_id for d in actor.duties if d.role in (Role.COUNTER, Role.POST))
    return (
        actor.kind == "system"
        or dossier.unit_id in handled
        or (dossier.holder_unit_id in handled and dossier.state in ON_WORKLIST)
        or dossier.intake_unit_id in overseen | counters
        or (dossier.holder_role == Role.COUNTER and dossier.holder_unit_id in actor.units(Role.COUNTER, Role.POST))
        or any(also.holds(actor, dossier) for also in ALSO_VISIBLE)
    )


def require_sees(actor: Actor, dossier: Dossier) -> None:
    """Refuses the page of a dossier outside the actor's units."""
    if not sees(actor, dossier):
        raise NotAllowed(reason="hồ sơ này không thuộc đơn vị và vai trò của bạn.")
