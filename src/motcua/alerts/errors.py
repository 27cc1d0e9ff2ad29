"""Refusals of this room; each says what to do."""

from __future__ import annotations

from motcua.base.errors import MotcuaError


class PlanInThePast(MotcuaError):
    code = "watch_plan_in_the_past"
    sentence = "Mức cảnh báo áp dụng từ hôm nay trở đi. Hãy chọn ngày không trước {today:%d/%m/%Y}."


class PlanBeginsEarlier(MotcuaError):
    code = "watch_plan_begins_earlier"
    sentence = "Đã có cấu hình áp dụng từ {since:%d/%m/%Y}. Hãy chọn ngày từ đó trở đi."


class NoPlanToEnd(MotcuaError):
    code = "no_watch_plan_to_end"
    sentence = "Đơn vị này không có cấu hình riêng đang áp dụng; đơn vị theo cấu hình của cấp trên."


class NoLetterOwed(MotcuaError):
    code = "no_letter_owed"
    sentence = "Hồ sơ này hiện không cần thư xin lỗi: còn hạn, đã có thư hoặc đã kết thúc."


class PeriodNotBegun(MotcuaError):
    code = "period_not_begun"
    sentence = "Kỳ bắt đầu ngày {start:%d/%m/%Y} chưa đến. Chỉ kiểm tra tồn đầu kỳ của kỳ đã bắt đầu."
