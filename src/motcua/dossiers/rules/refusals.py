"""Why an act on a dossier is refused; each sentence says what to do."""

from __future__ import annotations

from motcua.base.errors import MotcuaError

STATE_NAMES = {
    "submitted": "Chờ tiếp nhận",
    "intake_supplement": "Chờ hoàn thiện hồ sơ trước khi tiếp nhận",
    "refused_at_intake": "Từ chối tiếp nhận",
    "accepted": "Đã tiếp nhận, chờ chuyển",
    "forwarded": "Đang chuyển đến cơ quan có thẩm quyền",
    "processing": "Đang giải quyết",
    "waiting_supplement": "Chờ bổ sung hồ sơ",
    "paused": "Tạm dừng tính thời hạn",
    "finished": "Đã có kết quả, chờ trả",
    "returned": "Đã trả kết quả",
    "stopped": "Dừng giải quyết",
    "withdrawn": "Đã rút hồ sơ",
    "sent_back": "Đã trả lại hồ sơ",
    "voided": "Đã hủy tiếp nhận do nhầm lẫn",
}


class NotNow(MotcuaError):
    code = "not_now"
    sentence = "Không thể {act} khi hồ sơ ở trạng thái “{state_name}”. Hãy tải lại trang để xem việc có thể làm."


class HandledElsewhere(MotcuaError):
    """An act of ours on a dossier that a ministry's system handles."""

    code = "handled_elsewhere"
    sentence = (
        "Hồ sơ này do hệ thống của bộ ({source}) giải quyết; tại đây chỉ theo dõi, không thao tác được. "
        "Hãy thực hiện trên hệ thống đó với mã {external_code}."
    )


class StepAlreadyDone(MotcuaError):
    code = "step_already_done"
    sentence = "Bước {position} của hồ sơ đã hoàn thành trước đó. Hãy tải lại trang để xem bước hiện tại."


class StepNotRepeatable(MotcuaError):
    code = "step_not_repeatable"
    sentence = "Quy trình không cho chuyển trả về bước này. Hãy chọn một trong các bước được phép chuyển trả."


class NotDigitised(MotcuaError):
    code = "step_not_digitised"
    sentence = "Bước này phải số hóa giấy tờ trước khi hoàn thành. Chưa có tệp của: {names}. Hãy tải bản số hóa lên."


class NotPaid(MotcuaError):
    code = "step_not_paid"
    sentence = "Bước này chỉ hoàn thành khi đã thu đủ phí, lệ phí. Chưa thu: {names}. Hãy ghi nhận đã thu trước."


class NotSigned(MotcuaError):
    code = "step_not_signed"
    sentence = "Bước này phải có kết quả đã ký kèm tệp. Hãy ký, đính kèm tệp kết quả rồi ban hành."


class NothingDone(MotcuaError):
    code = "nothing_done"
    sentence = "Chưa chọn {what}. Hãy chọn ít nhất một rồi lưu lại."


class ProcessVersionSame(MotcuaError):
    code = "process_version_same"
    sentence = "Hồ sơ đã theo phiên bản quy trình này, không cần chuyển."


class ProcessVersionNotInForce(MotcuaError):
    code = "process_version_not_in_force"
    sentence = "Chỉ chuyển hồ sơ sang phiên bản quy trình đang có hiệu lực của thủ tục. Hãy tải lại trang."


class StepNotInVersion(MotcuaError):
    code = "step_not_in_version"
    sentence = "Phiên bản mới không có bước “{step}” mà hồ sơ đang thực hiện. Hãy hoàn thành bước này theo phiên bản cũ trước."


class ReasonMissing(MotcuaError):
    code = "reason_missing"
    sentence = "Hãy ghi lý do và căn cứ; nội dung này được in trên phiếu gửi chủ hồ sơ."


class NothingAsked(MotcuaError):
    code = "nothing_asked"
    sentence = "Hãy nêu đầy đủ, một lần, các giấy tờ hoặc nội dung cần bổ sung."


class SupplementTooOften(MotcuaError):
    code = "supplement_too_often"
    sentence = (
        "Hồ sơ đã được yêu cầu bổ sung {times} lần, hết số lần cho phép. "
        "Chỉ lãnh đạo có thẩm quyền được cho phép thêm: hãy ghi lý do phải yêu cầu thêm lần nữa."
    )


class PauseNotAllowed(MotcuaError):
    code = "pause_not_allowed"
    sentence = "Quy định đang áp dụng ({ruleset}) không cho dừng tính thời hạn vì lý do này. Thời hạn vẫn tiếp tục tính."


class ApproverMissing(MotcuaError):
    code = "approver_missing"
    sentence = "Việc này phải do {role} cho phép. Hãy trình đề xuất để người có thẩm quyền quyết định."


class PauseTooOften(MotcuaError):
    code = "pause_too_often"
    sentence = "Hồ sơ đã tạm dừng vì lý do này {times} lần, hết số lần cho phép theo {citation}."


class ResultFileMissing(MotcuaError):
    code = "result_file_missing"
    sentence = "Thủ tục này có kết quả là văn bản. Hãy đính kèm tệp kết quả trước khi kết thúc hoặc trả kết quả."


class LateCauseMissing(MotcuaError):
    code = "late_cause_missing"
    sentence = "Hồ sơ đã quá hạn. Hãy chọn nguyên nhân quá hạn; việc trả kết quả không bị cản trở."


class ReappointedAlready(MotcuaError):
    code = "reappointed_already"
    sentence = "Hồ sơ đã hẹn lại {times} lần, hết số lần cho phép. Vẫn phải gửi thư xin lỗi nhưng không được hẹn lại thêm."


class NewDateNotLater(MotcuaError):
    code = "new_date_not_later"
    sentence = "Ngày hẹn lại phải sau thời hạn hiện tại và sau thời điểm lập phiếu."


class ReceiverMissing(MotcuaError):
    code = "receiver_missing"
    sentence = "Hãy ghi họ tên người nhận kết quả."


class ComponentMissing(MotcuaError):
    code = "component_missing"
    sentence = (
        "Thiếu giấy tờ bắt buộc: {names}. Hãy tích giấy tờ đã nhận, hoặc lập phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."
    )


class NotCompetent(MotcuaError):
    code = "not_competent"
    sentence = "Đơn vị {unit} không có thẩm quyền giải quyết thủ tục {code}. Hãy chọn đúng cơ quan có thẩm quyền."


class TermWithoutDays(MotcuaError):
    code = "procedure_term_without_unit"
    sentence = (
        "Thời hạn “{text}” của thủ tục {code} chưa có đơn vị (ngày, ngày làm việc, giờ…). "
        "Quản trị danh mục phải bổ sung trước khi tiếp nhận."
    )


class SuccessorUnfit(MotcuaError):
    code = "successor_unfit"
    sentence = "Không giao được cho {name}: {why}. Hãy chọn người khác."


class WithdrawalEvidenceMissing(MotcuaError):
    code = "withdrawal_evidence_missing"
    sentence = (
        "Rút hồ sơ là việc của chủ hồ sơ: hãy đính kèm tệp đơn đề nghị rút hồ sơ, "
        "hoặc ghi mã yêu cầu rút hồ sơ đã gửi trực tuyến."
    )


class LookupMissing(MotcuaError):
    code = "lookup_missing"
    sentence = (
        "Cơ quan nhà nước đã có dữ liệu thay cho: {names}. Chỉ được yêu cầu nộp khi không khai thác được dữ liệu: "
        "hãy ghi nội dung, thời điểm và kết quả lần tra cứu không thành công."
    )


class OldCodeMissing(MotcuaError):
    code = "old_code_missing"
    sentence = "Hãy nhập mã hồ sơ trên hệ thống cũ và tên hệ thống đó; thiếu mã thì không biết hồ sơ đã được nhập hay chưa."


class AcceptedInFuture(MotcuaError):
    code = "accepted_in_future"
    sentence = "Ngày tiếp nhận {at} ở tương lai. Hãy kiểm tra lại ngày."


class PromisedBeforeAcceptance(MotcuaError):
    code = "promised_before_acceptance"
    sentence = "Ngày hẹn trả {promised} trước ngày tiếp nhận. Hãy kiểm tra lại hai ngày."


class StageNotInProcess(MotcuaError):
    code = "stage_not_in_process"
    sentence = "Quy trình của thủ tục không có bước ở giai đoạn {stage}. Hãy chọn giai đoạn khác hoặc sửa quy trình trước."


class EndUnknown(MotcuaError):
    code = "end_unknown"
    sentence = "Hồ sơ chờ trả kết quả (S5) phải có ngày ban hành kết quả."


class EndOutsideHandling(MotcuaError):
    code = "end_outside_handling"
    sentence = "Ngày ban hành kết quả {at} phải từ ngày tiếp nhận đến nay. Hãy kiểm tra lại ngày."


class AlreadyTakenOver(MotcuaError):
    code = "already_taken_over"
    sentence = "Hồ sơ {old_code} của hệ thống {system} đã được nhập trước đó (mã {code})."


class NotTakenOver(MotcuaError):
    code = "not_taken_over"
    sentence = "Hồ sơ này được tiếp nhận tại đây, không phải nhập từ hệ thống cũ."


class ActedSinceTakeOver(MotcuaError):
    code = "acted_since_take_over"
    sentence = "Hồ sơ {code} đã có người xử lý sau khi nhập nên không hoàn tác được; hãy xử lý tiếp hoặc kết thúc theo quy định."


class HolderNotThere(MotcuaError):
    code = "holder_not_there"
    sentence = "Cán bộ {name} không giữ vai trò {role} tại {unit}. Hãy chọn người khác hoặc để trống."
