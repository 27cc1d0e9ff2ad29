"""Values of this room in the words of the counter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.transfers.rules import Kind, LineState, Move, RefusalKind, TermKind

KINDS = {
    Kind.FORWARD: _("Hồ sơ đến cơ quan giải quyết"),
    Kind.RESULTS: _("Kết quả về nơi tiếp nhận"),
    Kind.MOVE: _("Hồ sơ giữa các cơ quan"),
}
LINE_STATES = {
    LineState.IN_TRANSIT: (_("Đang luân chuyển"), "caution"),
    LineState.TAKEN: (_("Đã nhận"), "good"),
    LineState.REFUSED: (_("Từ chối nhận"), "alarm"),
    LineState.WITHDRAWN: (_("Đã thu hồi"), ""),
    LineState.ONE_SIDED: (_("Chỉ bên giao ghi nhận"), ""),
}
LEG_STATES = {
    "sent": (_("Đã gửi, chờ xác nhận nhận"), "caution"),
    "received": (_("Đang giải quyết"), "info"),
    "finished": (_("Đã kết thúc"), "good"),
    "cancelled": (_("Đã thu hồi"), ""),
}
REFUSAL_KINDS = {
    RefusalKind.MISSING_PAPER: _("Thiếu giấy tờ"),
    RefusalKind.WRONG_UNIT: _("Không thuộc thẩm quyền"),
    RefusalKind.DAMAGED: _("Giấy tờ hư hỏng, không đọc được"),
    RefusalKind.OTHER: _("Lý do khác"),
}
MOVES = {
    Move.CONFIRMED: _("Xác nhận nhận muộn"),
    Move.REFUSED: _("Từ chối nhận muộn"),
    Move.RESENT: _("Gửi lại"),
    Move.TAKEN_BACK: _("Thu hồi"),
    Move.REDIRECTED: _("Chuyển đến đơn vị khác"),
    Move.RETRIED: _("Gửi lại tin lỗi"),
}
TERM_KINDS = {
    TermKind.CONFIRM: _("Xác nhận nhận bàn giao"),
    TermKind.LEG: _("Giải quyết một chặng liên thông"),
}
TIMINGS = {"early": (_("Trước hạn"), "good"), "on_date": (_("Đúng hạn"), "good"), "late": (_("Quá hạn"), "alarm")}
