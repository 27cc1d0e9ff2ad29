"""Every act with a page of its own: its address, words, states and verb. The dossier page offers from this list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.actor import Actor
from motcua.base.time import local_date
from motcua.dossiers import access, services
from motcua.dossiers.office import calls, forms
from motcua.dossiers.office.calls import Call
from motcua.dossiers.routing import route_of
from motcua.dossiers.rules import way
from motcua.dossiers.rules.lateness import Timing, timing
from motcua.dossiers.rules.state import (
    BEFORE_ACCEPTANCE,
    ENDED_EARLY,
    IN_HAND,
    Dossier,
    State,
)
from motcua.processes.queries import version_for
from motcua.processes.rules import Stage


@dataclass(frozen=True)
class Act:
    """`key` names verb and permission; `button` says the act; `consequence` what it does, for acts that hurt."""

    key: str
    slug: str
    title: Any
    button: Any
    states: frozenset[State]
    form: type[forms.ActForm]
    run: Callable[[Call], None]
    consequence: Any = ""
    danger: bool = False


def _states(*states: State) -> frozenset[State]:
    return frozenset(states)


ACTS = (
    Act(
        "accept",
        "tiep-nhan",
        _("Tiếp nhận hồ sơ"),
        _("Tiếp nhận hồ sơ"),
        _states(State.SUBMITTED),
        forms.ActForm,
        lambda c: services.accept(c.id, **c.who),
    ),
    Act(
        "answer_intake_supplement",
        "nhan-hoan-thien",
        _("Nhận giấy tờ hoàn thiện"),
        _("Ghi nhận giấy tờ hoàn thiện"),
        _states(State.INTAKE_SUPPLEMENT),
        forms.IntakeAnswer,
        calls.answer_intake,
    ),
    Act(
        "forward",
        "chuyen",
        _("Chuyển hồ sơ"),
        _("Chuyển hồ sơ đến cơ quan giải quyết"),
        _states(State.ACCEPTED),
        forms.Noted,
        lambda c: services.forward(c.id, note=c.data["note"], **c.who),
    ),
    Act(
        "receive",
        "nhan",
        _("Xác nhận nhận hồ sơ"),
        _("Xác nhận đã nhận hồ sơ"),
        _states(State.FORWARDED),
        forms.ActForm,
        lambda c: services.receive(c.id, **c.who),
    ),
    Act(
        "advance",
        "chuyen-buoc",
        _("Hoàn thành bước"),
        _("Hoàn thành bước, chuyển tiếp"),
        _states(State.PROCESSING),
        forms.Advance,
        calls.advance,
    ),
    Act(
        "send_back",
        "chuyen-tra",
        _("Chuyển trả bước trước"),
        _("Chuyển trả để làm lại"),
        _states(State.PROCESSING),
        forms.SendBack,
        calls.send_back,
    ),
    Act(
        "decide",
        "ket-qua",
        _("Ban hành kết quả"),
        _("Ban hành kết quả"),
        _states(State.PROCESSING),
        forms.Decide,
        calls.decide,
    ),
    Act(
        "answer_supplement",
        "nhan-bo-sung",
        _("Nhận giấy tờ bổ sung"),
        _("Ghi nhận giấy tờ bổ sung"),
        _states(State.WAITING_SUPPLEMENT),
        forms.Answer,
        lambda c: services.answer_supplement(c.id, answer=c.data["answer"], **c.who),
    ),
    Act(
        "resume",
        "tiep-tuc",
        _("Tiếp tục giải quyết"),
        _("Tiếp tục giải quyết"),
        _states(State.PAUSED),
        forms.Noted,
        lambda c: services.resume(c.id, note=c.data["note"], **c.who),
    ),
    Act(
        "give_back",
        "tra-ket-qua",
        _("Trả kết quả"),
        _("Ghi nhận đã trả kết quả"),
        _states(State.FINISHED),
        forms.GiveBack,
        calls.give_back,
    ),
    Act(
        "assign",
        "phan-cong",
        _("Phân công xử lý"),
        _("Phân công"),
        _states(State.PROCESSING, State.WAITING_SUPPLEMENT, State.PAUSED),
        forms.Assign,
        lambda c: services.assign(c.id, holder_id=int(c.data["holder"]), **c.who),
    ),
    Act(
        "digitise",
        "so-hoa",
        _("Số hóa giấy tờ"),
        _("Lưu bản số hóa"),
        IN_HAND | {State.SUBMITTED, State.FINISHED},
        forms.Digitise,
        calls.digitise,
    ),
    Act(
        "take_fees",
        "thu-phi",
        _("Ghi nhận đã thu phí, lệ phí"),
        _("Ghi nhận đã thu"),
        IN_HAND | {State.FINISHED},
        forms.TakeFees,
        calls.take_fees,
    ),
    Act(
        "move_process",
        "doi-quy-trinh",
        _("Chuyển sang phiên bản quy trình mới"),
        _("Chuyển sang phiên bản đang có hiệu lực"),
        BEFORE_ACCEPTANCE | IN_HAND,
        forms.MoveProcess,
        calls.move_process,
        _("Hồ sơ đi tiếp từ bước hiện tại theo phiên bản đang có hiệu lực; hạn trả kết quả không thay đổi."),
    ),
    Act(
        "ask_supplement_at_intake",
        "yeu-cau-hoan-thien",
        _("Yêu cầu hoàn thiện hồ sơ"),
        _("Lập phiếu yêu cầu hoàn thiện"),
        _states(State.SUBMITTED),
        forms.Supplement,
        calls.ask_at_intake,
    ),
    Act(
        "ask_supplement",
        "yeu-cau-bo-sung",
        _("Yêu cầu bổ sung hồ sơ"),
        _("Lập phiếu yêu cầu bổ sung"),
        _states(State.PROCESSING),
        forms.LaterSupplement,
        calls.ask,
    ),
    Act(
        "pause",
        "tam-dung",
        _("Tạm dừng tính thời hạn"),
        _("Tạm dừng tính thời hạn"),
        _states(State.PROCESSING),
        forms.Pause,
        calls.pause,
    ),
    Act(
        "apologise",
        "xin-loi",
        _("Xin lỗi, hẹn lại"),
        _("Lập phiếu xin lỗi"),
        IN_HAND,
        forms.Apologise,
        lambda c: services.apologise(c.id, reason=c.data["reason"], new_date=c.form.moment(), **c.who),
        _("Hẹn lại không làm thay đổi hạn dùng để tính đúng hạn, quá hạn."),
    ),
    Act(
        "give_late_cause",
        "nguyen-nhan-qua-han",
        _("Ghi nguyên nhân quá hạn"),
        _("Ghi nguyên nhân"),
        IN_HAND | ENDED_EARLY | {State.FINISHED, State.RETURNED},
        forms.LateCause,
        calls.late_cause,
    ),
    Act(
        "refuse_at_intake",
        "tu-choi",
        _("Từ chối tiếp nhận"),
        _("Từ chối tiếp nhận hồ sơ này"),
        BEFORE_ACCEPTANCE,
        forms.Grounded,
        lambda c: services.refuse_at_intake(c.id, **calls.grounds(c), **c.who),
        _(
            "Hồ sơ không được tiếp nhận; chủ hồ sơ nhận phiếu từ chối có lý do và căn cứ. Muốn làm tiếp phải nộp hồ sơ mới."
        ),
        True,
    ),
    Act(
        "stop",
        "dung",
        _("Dừng giải quyết, trả lại hồ sơ"),
        _("Dừng hẳn việc giải quyết hồ sơ này"),
        IN_HAND,
        forms.Stop,
        calls.stop,
        _(
            "Việc giải quyết kết thúc, không có kết quả; chủ hồ sơ nhận thông báo dừng. Muốn làm tiếp phải nộp hồ sơ mới."
        ),
        True,
    ),
    Act(
        "withdraw",
        "rut",
        _("Chủ hồ sơ rút hồ sơ"),
        _("Ghi nhận rút hồ sơ, kết thúc giải quyết"),
        IN_HAND | BEFORE_ACCEPTANCE,
        forms.Withdraw,
        calls.withdraw,
        _(
            "Việc giải quyết kết thúc theo đề nghị của chủ hồ sơ, giấy tờ được trả lại. "
            "Hồ sơ đã quá hạn khi rút vẫn được ghi nhận là quá hạn."
        ),
        True,
    ),
    Act(
        "reverse_return",
        "huy-tra",
        _("Hủy việc trả kết quả đã ghi nhầm"),
        _("Hủy việc trả, kết quả chờ trả lại"),
        _states(State.RETURNED),
        forms.Reasoned,
        lambda c: services.reverse_return(c.id, reason=c.data["reason"], **c.who),
        _("Việc trả bị hủy nhưng vẫn còn trong lịch sử; kết quả trở lại hàng chờ trả."),
        True,
    ),
    Act(
        "reverse_end",
        "huy-ket-thuc",
        _("Hủy việc kết thúc đã ghi nhầm"),
        _("Hủy việc kết thúc, giải quyết tiếp"),
        ENDED_EARLY | {State.FINISHED},
        forms.Reasoned,
        lambda c: services.reverse_end(c.id, reason=c.data["reason"], **c.who),
        _("Kết quả đã ban hành bị thu hồi; thời hạn tính như chưa từng kết thúc."),
        True,
    ),
    Act(
        "void",
        "huy-tiep-nhan",
        _("Hủy tiếp nhận do nhầm lẫn"),
        _("Hủy tiếp nhận, không dùng lại mã này"),
        _states(State.ACCEPTED, State.FORWARDED, State.PROCESSING),
        forms.Reasoned,
        lambda c: services.void(c.id, reason=c.data["reason"], **c.who),
        _("Hồ sơ biến khỏi mọi danh sách và biểu thống kê; mã hồ sơ không dùng lại."),
        True,
    ),
)
BY_SLUG = {act.slug: act for act in ACTS}
_NEXT = (
    "accept",
    "answer_intake_supplement",
    "forward",
    "receive",
    "advance",
    "decide",
    "answer_supplement",
    "resume",
    "give_back",
)


def next_act(dossier: Dossier) -> Act | None:
    """The one act that carries the dossier on from where it stands."""
    by_key = {act.key: act for act in ACTS if dossier.state in act.states and not dossier.is_mirrored}
    skipped = "advance" if is_last_step(dossier) else "decide"
    return next((by_key[key] for key in _NEXT if key in by_key and key != skipped), None)


def offered(dossier: Dossier, actor: Actor, *, now: datetime) -> list[Act]:
    """The acts the officer may do now, the one that carries on first. Only a late dossier asks for its cause."""
    ahead = next_act(dossier)
    late = timing(dossier.ended_at or now, dossier.due_at) is Timing.LATE
    acts = [act for act in ACTS if dossier.state in act.states and may(actor, act, dossier)]
    acts = [act for act in acts if late or act.key != "give_late_cause"]
    acts = [act for act in acts if act.key != "move_process" or has_newer_process(dossier, now)]
    return sorted(acts, key=lambda act: act is not ahead)


def may(actor: Actor, act: Act, dossier: Dossier) -> bool:
    """Permission, and for a step also that it lies with the officer and is not the last."""
    if act.key == "send_back" and not (way.may_go_back(dossier) and access.holds_step(actor, dossier)):
        return False
    if act.key == "advance" and (is_last_step(dossier) or not access.holds_step(actor, dossier)):
        return False
    return access.may(actor, act.key, dossier)


def has_newer_process(dossier: Dossier, now: datetime) -> bool:
    """Whether the procedure follows another process version today than the dossier does."""
    return version_for(dossier.procedure_code, on=local_date(now)) != dossier.process_version_id


def is_last_step(dossier: Dossier) -> bool:
    """Whether the next step is the return: then only a decision leads on."""
    ahead = way.following(dossier, route_of(dossier) if way.branches(dossier) else way.PLAIN)
    return ahead is None or ahead.stage is Stage.RETURN
