"""Why a file or an import is refused; each sentence says what to do."""

from __future__ import annotations

from motcua.base.errors import Conflict, MotcuaError


class SheetTypeForbidden(MotcuaError):
    code = "sheet_type_forbidden"
    sentence = "Tệp “{name}” không phải bảng tính. Hãy chọn tệp Excel (xlsx, xls), OpenDocument (ods) hoặc CSV đúng định dạng."


class SheetEncrypted(MotcuaError):
    code = "sheet_encrypted"
    sentence = "Tệp “{name}” được đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu rồi tải lại."


class SheetBroken(MotcuaError):
    code = "sheet_broken"
    sentence = "Không đọc được tệp “{name}”: {reason}. Hãy mở tệp, lưu lại rồi tải lên lần nữa."


class SheetTooBig(MotcuaError):
    code = "sheet_too_big"
    sentence = "Tệp “{name}” bung ra quá lớn so với giới hạn của hệ thống. Hãy xóa các trang, vùng thừa hoặc tách tệp."
    status = 413


class SheetTooLarge(MotcuaError):
    code = "sheet_too_large"
    sentence = "Tệp “{name}” lớn hơn {limit} MB. Hãy tách tệp rồi tải từng phần."
    status = 413


class SheetTooManyRows(MotcuaError):
    code = "sheet_too_many_rows"
    sentence = "Tệp “{name}” có hơn {limit} dòng. Hãy tách tệp rồi tải từng phần."


class SheetEmpty(MotcuaError):
    code = "sheet_empty"
    sentence = "Tệp “{name}” không có dòng dữ liệu nào. Hãy kiểm tra trang tính đầu tiên của tệp."


class NeededFieldMissing(MotcuaError):
    code = "needed_field_missing"
    sentence = "Hãy chọn cột hoặc giá trị chung cho: {fields}."


class HeaderLineWrong(MotcuaError):
    code = "header_line_wrong"
    sentence = "Dòng {line} không phải dòng tiêu đề: dòng này trống hoặc sau nó không còn dữ liệu."


class ImportMovedOn(Conflict):
    code = "import_moved_on"
    sentence = (
        "Lần nhập này đang ở trạng thái “{state}” nên không thực hiện được việc vừa chọn. Hãy tải lại trang."
    )


class NothingToImport(MotcuaError):
    code = "nothing_to_import"
    sentence = "Không có dòng nào có thể nhập. Hãy sửa các dòng lỗi rồi tải tệp lên lại."


class NothingToUndo(MotcuaError):
    code = "nothing_to_undo"
    sentence = "Lần nhập này không tạo ra gì nên không có gì để hoàn tác."


class RowsAreWrong(MotcuaError):
    code = "rows_are_wrong"
    sentence = "Còn {count} dòng lỗi nên không nhập được toàn bộ. Hãy sửa tệp hoặc chọn “chỉ nhập dòng đúng”."


class MappingNameMissing(MotcuaError):
    code = "mapping_name_missing"
    sentence = "Hãy đặt tên cho cách ghép cột cần lưu."


class NobodyNeedsPassword(MotcuaError):
    code = "nobody_needs_password"
    sentence = "Không còn tài khoản nào chờ mật khẩu ban đầu: các cán bộ của lần nhập này đã đăng nhập hoặc đã bị khóa."


class MetMeanwhile(MotcuaError):
    code = "met_meanwhile"
    sentence = "Dòng này vừa được người khác nhập cùng lúc. Hãy kiểm tra lại dữ liệu đã có."


class StillWaiting(MotcuaError):
    code = "line_still_waiting"
    sentence = "Đã nhập, nhưng nơi tiếp nhận ghi ở dòng này chưa có. Hãy khai báo ở trang Đơn vị."
