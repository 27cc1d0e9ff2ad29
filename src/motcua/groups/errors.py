"""Refusals of this room, each with a sentence that says what to do."""

from __future__ import annotations

from motcua.base.errors import MotcuaError, NotFound


class GroupUnknown(NotFound):
    code = "group_unknown"
    sentence = "Không tìm thấy nhóm hồ sơ này."


class GroupVersionUnknown(NotFound):
    code = "group_version_unknown"
    sentence = "Không tìm thấy nhóm thủ tục này. Hãy mở lại từ danh sách nhóm thủ tục."


class GroupNotInForce(MotcuaError):
    code = "group_not_in_force"
    sentence = "Nhóm thủ tục {name} không có hiệu lực vào ngày {on:%d/%m/%Y}; hãy tiếp nhận từng thủ tục."


class NotADraftGroup(MotcuaError):
    code = "group_version_not_a_draft"
    sentence = "Phiên bản này của nhóm thủ tục đã công bố, không sửa được. Hãy tạo bản dự thảo mới."


class GroupCodeMalformed(MotcuaError):
    code = "group_code_malformed"
    sentence = "Mã nhóm gồm chữ hoa không dấu, chữ số, gạch ngang, tối đa 20 ký tự, ví dụ KHAI-SINH."


class GroupDecisionMissing(MotcuaError):
    code = "group_decision_missing"
    sentence = "Hãy ghi tên nhóm, căn cứ và số quyết định công bố."


class GroupValidityOverlaps(MotcuaError):
    code = "group_validity_overlaps"
    sentence = "Nhóm này đã có phiên bản công bố từ ngày {taken:%d/%m/%Y}; ngày hiệu lực phải sau ngày đó."


class PartMissing(MotcuaError):
    code = "group_part_missing"
    sentence = "Thiếu phần khai của thủ tục {procedure}, là thủ tục bắt buộc của nhóm."


class NothingToReturn(MotcuaError):
    code = "group_nothing_to_return"
    sentence = "Nhóm không có kết quả nào đang chờ trả. Hãy tải lại trang để xem tình trạng hiện tại."


class NothingToWithdraw(MotcuaError):
    code = "group_nothing_to_withdraw"
    sentence = "Nhóm không còn thủ tục nào rút được: đã có kết quả, đã kết thúc hoặc do hệ thống của bộ giải quyết."


class NotToOpenNow(MotcuaError):
    code = "group_child_not_to_open"
    sentence = "Thủ tục này đã mở hồ sơ, đã thôi, hoặc còn chờ thủ tục trước có kết quả."


class NotTheSameMatter(MotcuaError):
    code = "group_mirror_differs"
    sentence = "Hồ sơ {code} không phải hồ sơ theo dõi từ hệ thống của bộ cho thủ tục {procedure} của nhóm này."
