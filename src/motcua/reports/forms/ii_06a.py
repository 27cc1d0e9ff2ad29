"""Biểu II.06a: what came in, what was settled, what is open, counted in dossiers."""

from __future__ import annotations

from datetime import date

from motcua.reports.definitions import FormColumn, FormDefinition

_IN, _DONE, _OPEN = (
    "Số lượng hồ sơ tiếp nhận",
    "Số lượng hồ sơ đã giải quyết",
    "Số lượng hồ sơ đang giải quyết",
)
_WITHIN = "Trong kỳ"

FORM = FormDefinition(
    code="II.06a",
    printed_code="Biểu số II.06a/VPCP/KSTT",
    title="Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp giải quyết thủ tục hành chính",
    basis="Thông tư số 01/2020/TT-VPCP ngày 21/10/2020 của Văn phòng Chính phủ",
    valid_from=date(2020, 10, 21),
    unit_words="Số hồ sơ TTHC",
    columns=(
        FormColumn("c3", (_IN, "Tổng số"), "(3)=(4)+(5)+(6)"),
        FormColumn("c4", (_IN, _WITHIN, "Trực tuyến"), "(4)"),
        FormColumn("c5", (_IN, _WITHIN, "Trực tiếp, dịch vụ bưu chính"), "(5)"),
        FormColumn("c6", (_IN, "Từ kỳ trước"), "(6)"),
        FormColumn("c7", (_DONE, "Tổng số"), "(7)=(8)+(9)+(10)"),
        FormColumn("c8", (_DONE, "Trước hạn"), "(8)"),
        FormColumn("c9", (_DONE, "Đúng hạn"), "(9)"),
        FormColumn("c10", (_DONE, "Quá hạn"), "(10)"),
        FormColumn("c11", (_OPEN, "Tổng số"), "(11)=(12)+(13)"),
        FormColumn("c12", (_OPEN, "Trong hạn"), "(12)"),
        FormColumn("c13", (_OPEN, "Quá hạn"), "(13)"),
    ),
    notes=(
        "Cột 9 gồm cả hồ sơ đã dừng giải quyết, trả lại, rút trong kỳ và hồ sơ không có thời hạn đã giải quyết.",
        "Cột 12 gồm cả hồ sơ đang chờ bổ sung vào cuối kỳ và hồ sơ không có thời hạn chưa giải quyết.",
        "Trước hạn, đúng hạn, quá hạn so theo ngày kết thúc giải quyết; ngày hẹn lại không làm thay đổi hạn.",
    ),
)
