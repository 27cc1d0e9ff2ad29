"""Why a hand-over or a leg is refused; each sentence says what to do."""

from __future__ import annotations

from motcua.base.errors import MotcuaError


class OtherUnit(MotcuaError):
    """The dossier belongs to another unit than the slip is for."""

    code = "handover_other_unit"
    sentence = "Hồ sơ này thuộc thẩm quyền của đơn vị khác, không bàn giao cùng phiếu này được."


class OtherCounter(MotcuaError):
    """A result goes back to the counter that took the dossier in."""

    code = "handover_other_counter"
    sentence = "Hồ sơ này do nơi tiếp nhận khác trả kết quả, không bàn giao cùng phiếu này được."


class NothingChosen(MotcuaError):
    """A hand-over of no dossier."""

    code = "handover_nothing_chosen"
    sentence = "Hãy chọn ít nhất một hồ sơ để bàn giao."


class TooManyChosen(MotcuaError):
    """More dossiers than one slip may hold."""

    code = "handover_too_many"
    sentence = "Mỗi phiếu bàn giao tối đa {limit} hồ sơ. Hãy bàn giao làm nhiều lần."


class OnOpenSlip(MotcuaError):
    """A dossier cannot be under way twice."""

    code = "handover_on_open_slip"
    sentence = "Hồ sơ đang nằm trong phiếu bàn giao {number} chưa được xác nhận. Hãy chờ bên nhận xác nhận hoặc thu hồi dòng đó."


class ResultAlreadyThere(MotcuaError):
    """The counter has confirmed this result before."""

    code = "handover_result_already_there"
    sentence = "Kết quả của hồ sơ này đã được nơi tiếp nhận xác nhận nhận trước đó."


class NotHere(MotcuaError):
    """What the officer wants to pass on does not lie at their place."""

    code = "transfer_not_here"
    sentence = "Hồ sơ này không nằm ở đơn vị của bạn hoặc chưa đến bước được bàn giao."


class TargetClosed(MotcuaError):
    """The receiving unit no longer exists; the sentence names who took over."""

    code = "transfer_target_closed"
    sentence = "Đơn vị {name} đã kết thúc hoạt động. {advice}"


class SamePlace(MotcuaError):
    """From a place to itself."""

    code = "transfer_same_place"
    sentence = "Nơi giao và nơi nhận là một. Hãy chọn đơn vị nhận khác."


class AlreadySettled(MotcuaError):
    """Two officers at one line: the second learns what the first did."""

    code = "transfer_line_settled"
    sentence = "Dòng này đã được {by} xử lý lúc {at}. Hãy tải lại trang để xem kết quả."
    status = 409


class OwnSlip(MotcuaError):
    """Two sides are two persons."""

    code = "transfer_own_slip"
    sentence = "Người giao không tự xác nhận nhận phiếu của mình. Hãy để người của bên nhận xác nhận."


class WhyRefused(MotcuaError):
    """A refused line says why."""

    code = "transfer_refusal_without_reason"
    sentence = "Hãy chọn loại lý do và ghi rõ lý do từ chối nhận (giấy tờ nào thiếu, đúng ra thuộc đơn vị nào)."


class ReasonNeeded(MotcuaError):
    """An act on something that stands still says why."""

    code = "transfer_reason_needed"
    sentence = "Hãy ghi lý do; nội dung này được lưu trong lịch sử hồ sơ."


class NotRedirected(MotcuaError):
    """The way to the right unit is barred too; nothing was changed."""

    code = "transfer_not_redirected"
    sentence = "Chưa chuyển được đến đơn vị đã chọn: {why}"


class NotAwaited(MotcuaError):
    """A scanned code that nobody is handing over here."""

    code = "transfer_not_awaited"
    sentence = "Không có phiếu nào đang chờ bạn xác nhận có hồ sơ này."


class LegOpen(MotcuaError):
    """One unit has the dossier once at a time."""

    code = "transfer_leg_open"
    sentence = "Hồ sơ đang có chặng luân chuyển chưa kết thúc đến đơn vị này."


class LegNotNow(MotcuaError):
    """The leg stands elsewhere than the officer saw."""

    code = "transfer_leg_not_now"
    sentence = "Không thể {act} khi chặng đang ở tình trạng “{state}”. Hãy tải lại trang để xem việc có thể làm."
    status = 409


class LegOnSlip(MotcuaError):
    """Papers that travel with a slip are confirmed on the slip."""

    code = "transfer_leg_on_slip"
    sentence = "Chặng này đi kèm phiếu bàn giao {number}. Hãy xác nhận hoặc từ chối dòng của phiếu đó."


class HoursUnusable(MotcuaError):
    """A working time nobody could keep or nobody would notice."""

    code = "transfer_hours_unusable"
    sentence = "Thời gian phải từ 0,5 đến 400 giờ làm việc."


class TermStartsTooEarly(MotcuaError):
    """A configured time ends the day the next one begins."""

    code = "transfer_term_too_early"
    sentence = "Quy định đang áp dụng bắt đầu từ {since:%d/%m/%Y}; ngày áp dụng mới phải sau ngày đó."


class TermMissing(MotcuaError):
    """Nobody configured how long this may take."""

    code = "transfer_term_missing"
    sentence = "Chưa quy định thời gian xác nhận hoặc thời gian luân chuyển. Hãy đề nghị quản trị hệ thống khai báo."
