"""What a reading of a published record could not take at its word. Pure: kinds and their sentences."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

EXCERPT = 400
MOST_OF_A_KIND = 100


class FindingKind(StrEnum):
    """Each value is stored and counted in reports; `SENTENCES` says it in Vietnamese."""

    INVALID_CODE = "invalid_code"
    NO_NAME = "no_name"
    NO_DECISION = "no_decision"
    DECISION_IRREGULAR = "decision_irregular"
    NO_LEVEL = "no_level"
    UNKNOWN_LEVEL = "unknown_level"
    NO_FIELD = "no_field"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_APPLICANT = "unknown_applicant"
    NO_CHANNEL = "no_channel"
    CHANNEL_TEXT_UNREAD = "channel_text_unread"
    NO_TERM = "no_term"
    TERM_UNIT_MISSING = "term_unit_missing"
    TERM_FREE_TEXT = "term_free_text"
    TERM_TEXT_ONLY = "term_text_only"
    TERM_ZERO = "term_zero"
    TERM_TEXT_DIFFERS = "term_text_differs"
    DAYS_BESIDE_WORKING_DAYS = "days_beside_working_days"
    SEVERAL_TERMS = "several_terms"
    TERMS_DIFFER_BETWEEN_CHANNELS = "terms_differ_between_channels"
    GLUED_NUMBERS = "glued_numbers"
    AFTER_15H = "after_15h"
    NO_FEE_INFORMATION = "no_fee_information"
    FREE_BESIDE_TEXT = "free_beside_text"
    AMOUNT_IN_TEXT = "amount_in_text"
    AMOUNT_TOO_SMALL = "amount_too_small"
    FOREIGN_CURRENCY = "foreign_currency"
    FEE_KIND_UNCLEAR = "fee_kind_unclear"
    AMOUNTS_DIFFER_BETWEEN_CHANNELS = "amounts_differ_between_channels"
    NO_COMPONENTS = "no_components"
    COMPONENT_COUNT_MISSING = "component_count_missing"
    COMPONENT_COUNT_GLUED = "component_count_glued"
    COMPONENT_TEXT_UNREAD = "component_text_unread"
    FORM_NAME_GLUED = "form_name_glued"
    CASES_FROM_COMPONENTS = "cases_from_components"
    NO_RESULT = "no_result"
    RESULT_CODE_MISSING = "result_code_missing"
    RESULT_CODE_IRREGULAR = "result_code_irregular"
    RESULT_KIND_UNCLEAR = "result_kind_unclear"
    NO_LEGAL_BASIS = "no_legal_basis"
    LEGAL_BASIS_UNREAD = "legal_basis_unread"
    PORTAL_CHROME = "portal_chrome"
    MISPLACED_TEXT = "misplaced_text"
    FIELD_NOT_TEXT = "field_not_text"
    CHARACTERS_REPLACED = "characters_replaced"


SENTENCES: dict[FindingKind, str] = {
    FindingKind.INVALID_CODE: "Mã thủ tục không đúng dạng mã quốc gia d.dddddd.",
    FindingKind.NO_NAME: "Thủ tục không có tên.",
    FindingKind.NO_DECISION: "Không ghi số quyết định công bố.",
    FindingKind.DECISION_IRREGULAR: "Số quyết định công bố không đúng dạng số/QĐ-cơ quan.",
    FindingKind.NO_LEVEL: "Không ghi cấp thực hiện.",
    FindingKind.UNKNOWN_LEVEL: "Cấp thực hiện không có trong danh mục cấp.",
    FindingKind.NO_FIELD: "Không ghi lĩnh vực.",
    FindingKind.UNKNOWN_FIELD: "Lĩnh vực chưa được gắn với ngành quản lý.",
    FindingKind.UNKNOWN_APPLICANT: "Đối tượng thực hiện không có trong danh mục.",
    FindingKind.NO_CHANNEL: "Không đọc được hình thức nộp hồ sơ nào.",
    FindingKind.CHANNEL_TEXT_UNREAD: "Có đoạn trong mục cách thức thực hiện không đọc được.",
    FindingKind.NO_TERM: "Không ghi thời hạn giải quyết.",
    FindingKind.TERM_UNIT_MISSING: "Thời hạn chỉ có số, thiếu đơn vị (ngày làm việc, ngày, giờ …).",
    FindingKind.TERM_FREE_TEXT: "Cột thời hạn ghi bằng lời, không phải số và đơn vị.",
    FindingKind.TERM_TEXT_ONLY: "Thời hạn chỉ nêu trong phần mô tả, không có trong cột thời hạn.",
    FindingKind.TERM_ZERO: "Thời hạn bằng 0.",
    FindingKind.TERM_TEXT_DIFFERS: "Thời hạn trong cột khác thời hạn nêu ở phần mô tả.",
    FindingKind.DAYS_BESIDE_WORKING_DAYS: "Vừa dùng “ngày” vừa dùng “ngày làm việc” trong cùng một thủ tục.",
    FindingKind.SEVERAL_TERMS: "Một hình thức nộp có nhiều thời hạn khác nhau theo trường hợp.",
    FindingKind.TERMS_DIFFER_BETWEEN_CHANNELS: "Thời hạn khác nhau giữa các hình thức nộp.",
    FindingKind.GLUED_NUMBERS: "Số ngày và số tiền dính liền nhau, có nhiều cách đọc nên không lấy số nào.",
    FindingKind.AFTER_15H: "Có quy định riêng cho hồ sơ tiếp nhận sau 15 giờ.",
    FindingKind.NO_FEE_INFORMATION: "Không có thông tin về phí, lệ phí.",
    FindingKind.FREE_BESIDE_TEXT: "Cột phí ghi “Miễn phí” nhưng có ghi chú về mức thu; chưa rõ số tiền.",
    FindingKind.AMOUNT_IN_TEXT: "Có mức thu ghi bằng lời ngoài cột số tiền.",
    FindingKind.AMOUNT_TOO_SMALL: "Số tiền nhỏ bất thường, có thể thiếu hàng nghìn; không lấy số này.",
    FindingKind.FOREIGN_CURRENCY: "Mức thu ghi bằng ngoại tệ.",
    FindingKind.FEE_KIND_UNCLEAR: "Không rõ khoản thu là phí hay lệ phí.",
    FindingKind.AMOUNTS_DIFFER_BETWEEN_CHANNELS: "Mức thu khác nhau giữa các hình thức nộp.",
    FindingKind.NO_COMPONENTS: "Không có thành phần hồ sơ.",
    FindingKind.COMPONENT_COUNT_MISSING: "Thành phần hồ sơ không ghi số bản chính, bản sao.",
    FindingKind.COMPONENT_COUNT_GLUED: "Số lượng giấy tờ dính liền với số đứng trước; lấy chữ số cuối.",
    FindingKind.COMPONENT_TEXT_UNREAD: "Có đoạn trong thành phần hồ sơ không đọc được thành giấy tờ.",
    FindingKind.FORM_NAME_GLUED: "Tên tệp biểu mẫu dính liền với tên giấy tờ, không tách được.",
    FindingKind.CASES_FROM_COMPONENTS: "Hồ sơ chia theo trường hợp; các trường hợp dùng chung thời hạn.",
    FindingKind.NO_RESULT: "Không ghi kết quả giải quyết.",
    FindingKind.RESULT_CODE_MISSING: "Kết quả không có mã.",
    FindingKind.RESULT_CODE_IRREGULAR: "Mã kết quả không đúng dạng KQ.Gxx.xxxxxx.",
    FindingKind.RESULT_KIND_UNCLEAR: "Không rõ kết quả có phải là giấy tờ hay không; coi là giấy tờ.",
    FindingKind.NO_LEGAL_BASIS: "Không ghi căn cứ pháp lý.",
    FindingKind.LEGAL_BASIS_UNREAD: "Có đoạn trong căn cứ pháp lý không đọc được số văn bản.",
    FindingKind.PORTAL_CHROME: "Lẫn chữ của giao diện Cổng dịch vụ công.",
    FindingKind.MISPLACED_TEXT: "Có đoạn của mục khác lẫn vào mục này.",
    FindingKind.FIELD_NOT_TEXT: "Trường dữ liệu không phải là chữ.",
    FindingKind.CHARACTERS_REPLACED: "Có ký tự không lưu được, đã thay bằng ký tự thế chỗ.",
}


@dataclass(frozen=True)
class Finding:
    """One remark on a record. `field` is the portal's field name; `text` the words it is about (may be
    empty).
    """

    kind: FindingKind
    text: str = ""
    field: str = ""

    @property
    def sentence(self) -> str:
        """The remark in Vietnamese."""
        return SENTENCES[self.kind]


class Findings:
    """Collects remarks while a record is read; the same remark about the same words is kept once."""

    def __init__(self, field: str = "") -> None:
        self._field = field
        self._seen: dict[Finding, None] = {}
        self._counts: Counter[FindingKind] = Counter()

    def note(self, kind: FindingKind, text: str = "", *, field: str | None = None) -> None:
        found = Finding(kind, text[:EXCERPT].strip(), self._field if field is None else field)
        if found not in self._seen and self._counts[kind] < MOST_OF_A_KIND:
            self._counts[kind] += 1
            self._seen[found] = None

    def extend(self, others: tuple[Finding, ...]) -> None:
        self._seen.update(dict.fromkeys(others))

    def done(self) -> tuple[Finding, ...]:
        return tuple(self._seen)
