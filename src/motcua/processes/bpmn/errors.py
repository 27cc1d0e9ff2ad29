"""Why a BPMN file is not taken in; nothing of it is kept then."""

from __future__ import annotations

from motcua.base.errors import MotcuaError


class BpmnTooLarge(MotcuaError):
    code = "bpmn_too_large"
    sentence = "Tệp BPMN lớn {size}, vượt quá 1 MB. Hãy xuất riêng từng quy trình rồi nhập lại."


class BpmnUnreadable(MotcuaError):
    code = "bpmn_unreadable"
    sentence = "Tệp không phải BPMN 2.0 XML đọc được: {reason}."


class BpmnElementRefused(MotcuaError):
    code = "bpmn_element_refused"
    sentence = (
        "Tệp BPMN có phần tử không được nhận: {names}. Chỉ nhận sự kiện bắt đầu, kết thúc, bước do người thực hiện "
        "(userTask), cổng rẽ nhánh, cổng song song và đường nối. Hãy bỏ các phần tử đó rồi nhập lại."
    )


class BpmnNotAProcess(MotcuaError):
    code = "bpmn_not_a_process"
    sentence = "Sơ đồ trong tệp BPMN chưa thành quy trình: {reason}."
