"""The journal of a dossier told in sentences: one for every event the rules emit. Names nothing the event did not keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.time import local
from motcua.deadlines.rules import PauseKind
from motcua.dossiers import words
from motcua.dossiers.rules.refusals import STATE_NAMES
from motcua.dossiers.rules.state import LateCause
from motcua.journal.queries import EventFacts

Data = Mapping[str, Any]
Units = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    text: str
    at: datetime
    by: str
    note: str


def told(events: list[EventFacts], *, units: Units) -> list[Line]:
    """The events in their order as lines; `units` names units by number."""
    return [Line(sentence(e.name, e.data, units=units), e.at, e.actor_label, note(e.data)) for e in events]


def sentence(name: str, data: Data, *, units: Units) -> str:
    """What happened, in one Vietnamese sentence."""
    return (SENTENCES.get(name) or ALSO_TOLD[name])(data, units)


def note(data: Data) -> str:
    """Reason, ground and remark as they were written."""
    parts = (
        (_("Lý do"), "reason"),
        (_("Căn cứ"), "ground"),
        (_("Ghi chú"), "note"),
        (_("Nội dung"), "answer"),
    )
    return " ".join(f"{label}: {str(data[key]).rstrip('. ')}." for label, key in parts if data.get(key))


def moment_words(text: str | None) -> str:
    """ "17:00 ngày 26/02/2026" of a kept moment."""
    return f"{local(datetime.fromisoformat(text)):%H:%M ngày %d/%m/%Y}" if text else _("không quy định")


def _submitted(data: Data, units: Units) -> str:
    channel = words.CHANNELS.get(data.get("channel", ""), "")
    return _("Chủ hồ sơ nộp hồ sơ (%(channel)s), mã tạm %(code)s.") % {
        "channel": str(channel).lower(),
        "code": data.get("provisional", ""),
    }


def _accepted(data: Data, units: Units) -> str:
    return _("Tiếp nhận hồ sơ, cấp mã %(code)s, hẹn trả %(due)s.") % {
        "code": data["code"],
        "due": moment_words(data.get("due")),
    }


def _forwarded(data: Data, units: Units) -> str:
    late = _(" Chuyển muộn so với quy định.") if data.get("late") else ""
    return (
        _("Chuyển hồ sơ đến %(unit)s.") % {"unit": units.get(data["to"], _("cơ quan có thẩm quyền"))} + late
    )


def _received(data: Data, units: Units) -> str:
    return _("Cơ quan có thẩm quyền nhận hồ sơ; thời hạn bắt đầu tính, hạn trả %(due)s.") % {
        "due": moment_words(data.get("due"))
    }


def _advanced(data: Data, units: Units) -> str:
    """A step handed over to another agency or level names it."""
    text = _("Hoàn thành bước %(done)s, chuyển sang bước “%(step)s”.") % _printable(data)
    if data.get("unit") in units:
        text += _(" Nơi thực hiện: %(unit)s.") % {"unit": units[data["unit"]]}
    return text


def _redirected(data: Data, units: Units) -> str:
    unit = units.get(data["to"], _("cơ quan có thẩm quyền"))
    return _("Chuyển hồ sơ sang cơ quan có thẩm quyền khác: %(unit)s.") % {"unit": unit}


def _paused(data: Data, units: Units) -> str:
    kind = words.PAUSE_KINDS[PauseKind(data["kind"])]
    return _("Tạm dừng tính thời hạn: %(kind)s.") % {"kind": str(kind).lower()}


def _apologised(data: Data, units: Units) -> str:
    if not data.get("new_date"):
        return _("Xin lỗi chủ hồ sơ vì chậm trả kết quả.")
    return _("Xin lỗi chủ hồ sơ và hẹn lại %(date)s.") % {"date": moment_words(data["new_date"])}


def _decided(data: Data, units: Units) -> str:
    what = _("Ban hành kết quả giải quyết") if data.get("granted") else _("Từ chối giải quyết sau thẩm định")
    timing = words.TIMINGS.get(data.get("timing", ""), "")
    cause = (
        _(" Nguyên nhân: %(cause)s.") % {"cause": _cause(data["late_cause"])}
        if data.get("late_cause")
        else ""
    )
    return f"{what} ({str(timing).lower()}).{cause}"


def _cause(value: str) -> str:
    return str(words.LATE_CAUSES[LateCause(value)]).lower()


def _told(data: Data) -> dict[str, str]:
    """What a ministry's system said, its state in our words."""
    state = str(STATE_NAMES.get(data.get("state", ""), data.get("state", "")))
    kept = {"source": data.get("source", ""), "external_code": data.get("external_code", "")}
    return {**kept, "state": _(state).lower() if state else ""}


def _plain(text: Any) -> Callable[[Data, Units], str]:
    return lambda data, units: str(text) % _printable(data)


def _printable(data: Data) -> dict[str, Any]:
    due = moment_words(data.get("due")) if "due" in data else ""
    before = moment_words(data.get("before")) if "before" in data else ""
    return {**data, "due": due, "before": before}


SENTENCES: dict[str, Callable[[Data, Units], str]] = {
    "dossier.submitted": _submitted,
    "dossier.supplement_asked_at_intake": _plain(
        lazy("Yêu cầu hoàn thiện hồ sơ trước khi tiếp nhận: %(items)s nội dung.")
    ),
    "dossier.completed_at_intake": _plain(lazy("Nhận giấy tờ hoàn thiện hồ sơ trước khi tiếp nhận.")),
    "dossier.refused_at_intake": _plain(lazy("Từ chối tiếp nhận hồ sơ.")),
    "dossier.accepted": _accepted,
    "dossier.forwarded": _forwarded,
    "dossier.received": _received,
    "dossier.handed_back": _plain(lazy("Đơn vị nhận từ chối nhận hồ sơ; hồ sơ trở lại nơi tiếp nhận.")),
    "dossier.taken_back": _plain(lazy("Nơi tiếp nhận thu hồi hồ sơ đã chuyển.")),
    "dossier.redirected": _redirected,
    "dossier.assigned": _plain(lazy("Phân công %(holder_name)s xử lý.")),
    "dossier.advanced": _advanced,
    "dossier.digitised": _plain(lazy("Số hóa %(papers)s giấy tờ của hồ sơ.")),
    "dossier.fees_taken": lambda data, units: (
        _("Đã thu phí, lệ phí: %(names)s (%(amount)s đồng).")
        % {"names": data["names"], "amount": f"{data['amount']:,}".replace(",", ".")}
    ),
    "dossier.process_moved": _plain(lazy("Chuyển hồ sơ sang phiên bản quy trình mới.")),
    "dossier.step_sent_back": _plain(lazy("Chuyển trả từ bước %(done)s về bước “%(step)s”.")),
    "dossier.supplement_asked": _plain(lazy("Yêu cầu bổ sung hồ sơ: %(items)s nội dung.")),
    "dossier.supplement_answered": _plain(
        lazy("Nhận giấy tờ bổ sung, tiếp tục giải quyết; hạn trả %(due)s.")
    ),
    "dossier.paused": _paused,
    "dossier.resumed": _plain(lazy("Tiếp tục giải quyết; hạn trả %(due)s.")),
    "dossier.apologised": _apologised,
    "dossier.due_recomputed": _plain(
        lazy("Tính lại hạn trả kết quả từ %(before)s thành %(due)s: %(cause)s.")
    ),
    "dossier.decided": _decided,
    "dossier.returned": _plain(lazy("Trả kết quả cho chủ hồ sơ (%(method)s).")),
    "dossier.stopped": _plain(lazy("Dừng giải quyết hồ sơ.")),
    "dossier.sent_back": _plain(lazy("Trả lại hồ sơ cho chủ hồ sơ.")),
    "dossier.withdrawn": _plain(lazy("Chủ hồ sơ rút hồ sơ (%(evidence)s).")),
    "dossier.late_cause_given": lambda data, units: (
        _("Ghi nguyên nhân quá hạn: %(cause)s.") % {"cause": _cause(data["cause"])}
    ),
    "dossier.return_reversed": _plain(lazy("Hủy việc trả kết quả đã ghi nhầm; kết quả vẫn chờ trả.")),
    "dossier.end_reversed": _plain(lazy("Hủy việc kết thúc đã ghi nhầm; hồ sơ tiếp tục được giải quyết.")),
    "dossier.mirrored": lambda data, units: (
        _("Theo dõi từ hệ thống %(source)s, mã %(external_code)s: %(state)s.") % _told(data)
    ),
    "dossier.mirror_told": lambda data, units: _("Hệ thống %(source)s báo: %(state)s.") % _told(data),
    "dossier.mirror_linked": lambda data, units: (
        _("Liên kết với hồ sơ %(external_code)s của hệ thống %(source)s: %(state)s.") % _told(data)
    ),
    "dossier.mirror_merged": _plain(
        lazy("Trùng với hồ sơ %(code)s của tỉnh; chỉ tính một lần tại hồ sơ đó.")
    ),
    "dossier.taken_over": _plain(
        lazy("Chuyển từ hệ thống %(system)s (mã cũ %(old_code)s), tiếp tục ở bước “%(step)s”; hạn trả %(due)s.")
    ),
    "dossier.take_over_undone": _plain(lazy("Hoàn tác việc nhập hồ sơ từ hệ thống cũ.")),
    "dossier.voided": _plain(lazy("Hủy tiếp nhận do nhầm lẫn; mã hồ sơ không dùng lại.")),
}
"""Every event of the rules; `tests/test_history.py` holds this list against them."""
ALSO_TOLD: dict[str, Callable[[Data, Units], str]] = {}
"""Events that rooms above write about a dossier. Filled in `site/wiring.py`."""
