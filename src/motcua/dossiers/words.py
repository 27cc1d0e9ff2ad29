"""Values of the rules in the words of the counter."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import MotcuaError
from motcua.deadlines.rules import PauseKind
from motcua.dossiers.rules.refusals import STATE_NAMES
from motcua.dossiers.rules.state import Channel, Dossier, LateCause
from motcua.people.rules import PersonKind
from motcua.slips.rules import Purpose

CHANNELS = {
    Channel.DIRECT: _("Trực tiếp"),
    Channel.POST: _("Bưu chính công ích"),
    Channel.ONLINE: _("Trực tuyến"),
}
PERSON_KINDS = {
    PersonKind.CITIZEN: _("Cá nhân"),
    PersonKind.ENTERPRISE: _("Doanh nghiệp, tổ chức có mã số thuế"),
    PersonKind.AGENCY: _("Cơ quan nhà nước"),
    PersonKind.OTHER: _("Khác (không có số định danh)"),
}
FEE_KINDS = {"phi": _("Phí"), "le_phi": _("Lệ phí"), "chua_ro": _("Phí, lệ phí")}
LATE_CAUSES = {
    LateCause.OFFICER: _("Do cán bộ, công chức giải quyết"),
    LateCause.COORDINATION: _("Do cơ quan phối hợp"),
    LateCause.SUPERIOR: _("Chờ ý kiến cấp trên"),
    LateCause.FIELD_CHECK: _("Do kiểm tra, xác minh thực địa"),
    LateCause.SOFTWARE: _("Do phần mềm, đường truyền"),
    LateCause.OVERLOAD: _("Do quá tải hồ sơ"),
    LateCause.OTHER: _("Nguyên nhân khác"),
}
PAUSE_KINDS = {
    PauseKind.SUPPLEMENT: _("Chờ bổ sung hồ sơ"),
    PauseKind.FINANCIAL_OBLIGATION: _("Chờ thực hiện nghĩa vụ tài chính"),
    PauseKind.OPINION: _("Chờ ý kiến cơ quan khác"),
    PauseKind.FIELD_CHECK: _("Xác minh thực địa"),
    PauseKind.VNEID_CONFIRMATION: _("Chờ xác nhận qua VNeID"),
    PauseKind.OUTAGE_ANNOUNCED: _("Sự cố hệ thống đã thông báo"),
    PauseKind.OTHER: _("Lý do khác"),
}
STATE_TONES = {
    "submitted": "caution",
    "intake_supplement": "caution",
    "refused_at_intake": "alarm",
    "accepted": "info",
    "forwarded": "info",
    "processing": "info",
    "waiting_supplement": "caution",
    "paused": "caution",
    "finished": "good",
    "returned": "good",
    "stopped": "",
    "withdrawn": "",
    "sent_back": "",
    "voided": "",
}
TIMINGS = {"early": _("Trước hạn"), "on_date": _("Đúng hạn"), "late": _("Quá hạn")}
END_KINDS = {
    "finished": _("Có kết quả"),
    "refused": _("Từ chối giải quyết"),
    "stopped": _("Dừng giải quyết"),
    "withdrawn": _("Rút hồ sơ"),
    "sent_back": _("Trả lại hồ sơ"),
}


def sentence_of(error: MotcuaError) -> str:
    """The refusal's sentence in the reader's language."""
    return error.render(gettext(error.sentence))


def state_name(dossier: Dossier) -> str:
    """The state as the tag shows it."""
    return gettext(STATE_NAMES[dossier.state.value])


def pairs(words: dict[Any, Any]) -> list[tuple[str, Any]]:
    """`words` as choices of a form field."""
    return [(str(value), label) for value, label in words.items()]


SLIP_SLUGS = {
    Purpose.ACKNOWLEDGEMENT: "bien-nhan-nop",
    Purpose.RECEIPT: "giay-tiep-nhan",
    Purpose.SUPPLEMENT: "yeu-cau-bo-sung",
    Purpose.REFUSAL: "tu-choi",
    Purpose.APOLOGY: "xin-loi",
    Purpose.STOP: "dung",
    Purpose.WITHDRAWAL: "rut",
    Purpose.RETURN: "tra-ket-qua",
    Purpose.CONTROL: "kiem-soat",
}
SLIP_NAMES = {
    Purpose.ACKNOWLEDGEMENT: _("Thông báo đã nhận hồ sơ nộp"),
    Purpose.RECEIPT: _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    Purpose.SUPPLEMENT: _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    Purpose.REFUSAL: _("Phiếu từ chối"),
    Purpose.APOLOGY: _("Phiếu xin lỗi và hẹn lại"),
    Purpose.STOP: _("Thông báo dừng giải quyết hồ sơ"),
    Purpose.WITHDRAWAL: _("Phiếu xác nhận rút hồ sơ"),
    Purpose.RETURN: _("Giấy biên nhận trả kết quả"),
    Purpose.CONTROL: _("Phiếu kiểm soát quá trình giải quyết"),
}
_DUE_CAUSES = {
    "accepted": _("Tính khi tiếp nhận"),
    "imported": _("Giữ như đã hẹn trên giấy của hệ thống cũ"),
    "taken_over": _("Tính từ ngày tiếp nhận khi chuyển từ hệ thống cũ"),
    "received": _("Tính khi cơ quan có thẩm quyền nhận hồ sơ"),
    "resumed": _("Tính lại sau khi hết tạm dừng"),
    "end_reversed": _("Tính lại sau khi hủy việc kết thúc"),
    "told": _("Theo hệ thống nguồn"),
}


def due_cause(cause: str) -> str:
    """Why the due moment was counted; the cause of a recomputation is already a sentence of its own."""
    return str(_DUE_CAUSES.get(cause, cause))
