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


class MergedTermMissing(MotcuaError):
    code = "merged_term_missing"
    sentence = "Chưa có thời hạn cho thủ tục gộp: hãy ấn định thời hạn, hoặc chọn hai thủ tục đều có thời hạn."


class TermsNotAlike(MotcuaError):
    code = "merged_terms_not_alike"
    sentence = "Thời hạn của hai thủ tục tính theo đơn vị khác nhau ({first}; {second}). Hãy ấn định thời hạn của thủ tục gộp."


class MergedCodeTaken(MotcuaError):
    code = "merged_code_taken"
    sentence = "Mã {code} đã dùng cho một thủ tục khác hoặc không đúng dạng d.dddddd. Hãy chọn mã khác cho thủ tục gộp."


class CannotMerge(MotcuaError):
    code = "procedures_cannot_merge"
    sentence = "Không gộp được hai thủ tục này: {why}"
