"""What the clock refuses, each with a sentence that says what to do."""

from __future__ import annotations

from motcua.base.errors import Conflict, MotcuaError


class TermUnreadable(MotcuaError):
    code = "term_unreadable"
    sentence = (
        "Không đọc được thời hạn “{text}”: {reason} Hãy viết như “5 ngày làm việc”, “30 ngày”, “2 tháng”, "
        "“4 giờ làm việc”, “24 giờ” hoặc “trong ngày”."
    )


class TermWithoutUnit(MotcuaError):
    code = "term_without_unit"
    sentence = (
        "Thời hạn “{text}” thiếu đơn vị."
        " Hãy ghi rõ “ngày làm việc”, “ngày”, “tháng”, “giờ làm việc” hoặc “giờ”."
    )


class NaiveMoment(MotcuaError):
    code = "naive_moment"
    sentence = "Thời điểm {moment} không có múi giờ nên không tính được hạn; hãy ghi rõ (Việt Nam: +07:00)."


class MomentOutOfRange(MotcuaError):
    code = "moment_out_of_range"
    sentence = "Thời điểm {moment} nằm ngoài khoảng hệ thống tính được (từ năm {first} đến năm {last})."


class PauseEndsBeforeStart(MotcuaError):
    code = "pause_ends_before_start"
    sentence = (
        "Khoảng tạm dừng kết thúc lúc {end}, trước khi bắt đầu lúc {start}. Hãy kiểm tra lại hai thời điểm."
    )


class NoSessionPlan(MotcuaError):
    code = "no_session_plan"
    sentence = "Chưa có giờ làm việc áp dụng cho ngày {day}. Hãy bổ sung khung giờ có hiệu lực cho ngày này."


class SessionsUnusable(MotcuaError):
    code = "sessions_unusable"
    sentence = "Các buổi làm việc không hợp lệ: {reason}"


class ValidityOverlap(Conflict):
    code = "validity_overlap"
    sentence = "Hiệu lực {period} của {what} chồng lên một bản ghi đã có. Hãy kết thúc bản ghi cũ trước."


class NoWorkingDay(MotcuaError):
    code = "no_working_day"
    sentence = "Không có ngày làm việc nào trong một năm kể từ ngày {day}. Hãy kiểm tra khung giờ làm việc."


class DayAlreadyDeclared(Conflict):
    code = "day_already_declared"
    sentence = (
        "Ngày {day} đã được khai báo trong lịch ({kind}). Hãy thu hồi khai báo cũ trước khi khai báo lại."
    )


class DayNotDeclared(MotcuaError):
    code = "day_not_declared"
    sentence = "Ngày {day} chưa được khai báo trong lịch nên không có gì để thu hồi."
    status = 404


class DayKindImpossible(MotcuaError):
    code = "day_kind_impossible"
    sentence = "Không thể khai báo ngày {day} là “{kind}”: {reason}"


class NoticeMissing(MotcuaError):
    code = "notice_missing"
    sentence = "Phải ghi số văn bản thông báo (căn cứ) khi {act}."


class NoRuleSet(MotcuaError):
    code = "no_rule_set"
    sentence = "Không có bộ quy tắc nào áp dụng cho {what}. Hãy kiểm tra danh mục bộ quy tắc."
    status = 404
