"""The wording of levels, channels, kinds and states on the pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.catalogue.rules import Channel, ComponentKind, FeeKind, Level
from motcua.deadlines.rules import TermUnit

LEVEL_WORDS = {
    Level.CENTRAL: _("Trung ương"),
    Level.PROVINCE: _("Cấp tỉnh"),
    Level.DISTRICT: _("Cấp huyện"),
    Level.COMMUNE: _("Cấp xã"),
    Level.OTHER: _("Cơ quan khác"),
}
CHANNEL_WORDS = {
    Channel.DIRECT: _("Trực tiếp"),
    Channel.POST: _("Bưu chính công ích"),
    Channel.ONLINE: _("Trực tuyến"),
}
FEE_WORDS = {FeeKind.FEE: _("Phí"), FeeKind.CHARGE: _("Lệ phí"), FeeKind.UNCLEAR: _("Chưa rõ phí hay lệ phí")}
COMPONENT_WORDS = {
    ComponentKind.SUBMIT: _("Nộp"),
    ComponentKind.PRESENT: _("Xuất trình"),
    ComponentKind.NOTE: _("Ghi chú"),
}
UNIT_WORDS = {
    TermUnit.WORKING_DAY: _("ngày làm việc"),
    TermUnit.DAY: _("ngày"),
    TermUnit.MONTH: _("tháng"),
    TermUnit.WORKING_HOUR: _("giờ làm việc"),
    TermUnit.HOUR: _("giờ"),
    TermUnit.SAME_DAY: _("trong ngày"),
}
STATE_WORDS = {
    "draft": _("Dự thảo"),
    "published": _("Đã công bố"),
    "replaced": _("Đã thay thế"),
    "closed": _("Đã bãi bỏ"),
}
STATE_TONES = {"draft": "info", "published": "good", "replaced": "", "closed": ""}
TEXT_WORDS = {
    "trinh_tu_thuc_hien": _("Trình tự thực hiện"),
    "cach_thuc_thuc_hien": _("Cách thức thực hiện"),
    "thanh_phan_ho_so": _("Thành phần hồ sơ"),
    "doi_tuong_thuc_hien": _("Đối tượng thực hiện"),
    "co_quan_thuc_hien": _("Cơ quan thực hiện"),
    "co_quan_co_tham_quyen": _("Cơ quan có thẩm quyền"),
    "ket_qua_xu_ly": _("Kết quả giải quyết"),
    "can_cu_phap_ly": _("Căn cứ pháp lý"),
    "yeu_cau_dieu_kien": _("Yêu cầu, điều kiện"),
    "le_phi": _("Phí, lệ phí"),
}
