"""Refusals of this room, each with a sentence that says what to do."""

from __future__ import annotations

from motcua.base.errors import InvalidInput, MotcuaError, NotFound


class ProcedureUnknown(NotFound):
    code = "procedure_unknown"
    sentence = "Không có thủ tục mang mã {procedure} trong danh mục. Hãy kiểm tra lại mã."


class ProcedureNotInForce(MotcuaError):
    code = "procedure_not_in_force"
    sentence = "Thủ tục {procedure} không có hiệu lực vào ngày {on:%d/%m/%Y}; không tiếp nhận hồ sơ mới."


class NotADraft(MotcuaError):
    code = "version_not_a_draft"
    sentence = (
        "Phiên bản {number} của thủ tục {procedure} đã công bố, không sửa được. Hãy tạo bản dự thảo mới."
    )


class CannotPublish(MotcuaError):
    code = "version_incomplete"
    sentence = "Chưa công bố được thủ tục {procedure}: {missing}"


class ValidityOverlaps(MotcuaError):
    code = "version_validity_overlaps"
    sentence = (
        "Thủ tục {procedure} đã có phiên bản công bố áp dụng từ ngày {taken}; ngày hiệu lực phải sau ngày đó."
    )


class CompetenceUnclear(MotcuaError):
    code = "competence_unclear"
    sentence = "Có {count} đơn vị cùng có thẩm quyền giải quyết thủ tục {procedure}; hãy chọn đơn vị."


class CompetenceOverlaps(MotcuaError):
    code = "competence_overlaps"
    sentence = "Đơn vị đã được giao thẩm quyền này trong khoảng thời gian trùng với {valid_from:%d/%m/%Y}."


class FieldNotEditable(InvalidInput):
    code = "catalogue_field_not_editable"
    sentence = "Không sửa được mục {field} của phiên bản thủ tục."


class VersionUnknown(NotFound):
    code = "version_unknown"
    sentence = "Không có phiên bản thủ tục này. Hãy mở lại từ danh mục."


class FieldUnknown(MotcuaError):
    code = "competence_field_unknown"
    sentence = "Không có lĩnh vực mang mã {field}. Hãy chọn lĩnh vực trong danh mục."


class CaseUnknown(MotcuaError):
    code = "catalogue_case_unknown"
    sentence = "Dòng {row}: trường hợp được chọn không thuộc bản dự thảo này. Hãy chọn lại trường hợp."
