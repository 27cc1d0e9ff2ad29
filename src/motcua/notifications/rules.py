"""Which events are told to whom by e-mail, and under which subject. Pure."""

from __future__ import annotations

TO_APPLICANT = {
    "dossier.submitted": "Đã nhận thông tin nộp hồ sơ",
    "dossier.supplement_asked_at_intake": "Đề nghị hoàn thiện hồ sơ",
    "dossier.refused_at_intake": "Từ chối tiếp nhận hồ sơ",
    "dossier.accepted": "Đã tiếp nhận hồ sơ",
    "dossier.supplement_asked": "Yêu cầu bổ sung hồ sơ",
    "dossier.supplement_answered": "Đã nhận giấy tờ bổ sung",
    "dossier.apologised": "Xin lỗi và hẹn lại ngày trả kết quả",
    "dossier.decided": "Hồ sơ đã có kết quả",
    "dossier.stopped": "Dừng giải quyết hồ sơ",
    "dossier.sent_back": "Trả lại hồ sơ",
    "dossier.withdrawn": "Đã ghi nhận việc rút hồ sơ",
}
TO_UNIT = {
    "dossier.accepted": "Hồ sơ mới thuộc thẩm quyền giải quyết",
    "dossier.forwarded": "Hồ sơ được chuyển đến",
    "dossier.supplement_answered": "Hồ sơ đã được bổ sung",
    "opinion.overdue": "Ý kiến phối hợp quá hạn: hãy thông báo người đứng đầu Bộ phận Một cửa",
}


def message_id(delivery_id: int, host: str) -> str:
    """The same delivery always has the same Message-ID, so a repetition is recognised by the receiver's system."""
    return f"<motcua-delivery-{delivery_id}@{host}>"
