"""The wording of steps, times, places, conditions and remarks on the pages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.organisation.queries import latest
from motcua.people.rules import ROLE_NAMES, PersonKind, Role
from motcua.processes.rules import (
    Condition,
    Fact,
    Finding,
    FindingKind,
    Operator,
    Place,
    PlaceKind,
    RequiredAct,
    Stage,
    StepPlan,
    hours_text,
)

STAGE_WORDS = {
    Stage.RECEIVE: lazy("Tiếp nhận hồ sơ"),
    Stage.FORWARD: lazy("Chuyển, phân công xử lý"),
    Stage.SETTLE: lazy("Giải quyết"),
    Stage.SIGN: lazy("Ký, ban hành kết quả"),
    Stage.RETURN: lazy("Trả kết quả"),
}
PLACE_WORDS = {
    PlaceKind.COMPETENT: lazy("Cơ quan có thẩm quyền"),
    PlaceKind.COUNTER: lazy("Bộ phận một cửa nơi tiếp nhận"),
    PlaceKind.ABOVE: lazy("Cơ quan cấp trên trực tiếp"),
    PlaceKind.FIXED: lazy("Cơ quan được chỉ định"),
}
REQUIRED_WORDS = {
    RequiredAct.DIGITISE: lazy("Số hóa giấy tờ"),
    RequiredAct.PAY: lazy("Thu đủ phí, lệ phí"),
    RequiredAct.SIGN: lazy("Ký kết quả, đính kèm tệp"),
}
FACT_WORDS = {
    Fact.CASE: lazy("Trường hợp"),
    Fact.CHANNEL: lazy("Cách thức nộp"),
    Fact.LEVEL: lazy("Cấp giải quyết"),
    Fact.FIELD: lazy("Mã lĩnh vực"),
    Fact.PROCEDURE: lazy("Mã thủ tục"),
    Fact.OWNER_KIND: lazy("Loại chủ hồ sơ"),
    Fact.FEE_DUE: lazy("Còn phí, lệ phí phải thu"),
    Fact.AFTER_15H: lazy("Nhận sau 15 giờ tính sang ngày sau"),
    Fact.COMPONENTS_MISSING: lazy("Số giấy tờ bắt buộc còn thiếu"),
    Fact.COMPONENTS_RECEIVED: lazy("Số giấy tờ đã nhận"),
    Fact.OPINIONS_AGREED: lazy("Số ý kiến đồng ý"),
    Fact.OPINIONS_DISAGREED: lazy("Số ý kiến không đồng ý"),
}
OPERATOR_WORDS = {
    Operator.EQUAL: lazy("là"),
    Operator.NOT_EQUAL: lazy("khác"),
    Operator.LESS: lazy("nhỏ hơn"),
    Operator.AT_MOST: lazy("không quá"),
    Operator.MORE: lazy("lớn hơn"),
    Operator.AT_LEAST: lazy("từ"),
    Operator.IN: lazy("thuộc"),
}
_YES_NO = {"yes": lazy("có"), "no": lazy("không")}
VALUE_WORDS: dict[Fact, dict[str, Any]] = {
    Fact.CHANNEL: {"direct": lazy("trực tiếp"), "post": lazy("bưu chính công ích"), "online": lazy("trực tuyến")},
    Fact.LEVEL: {"province": lazy("cấp tỉnh"), "district": lazy("cấp huyện"), "commune": lazy("cấp xã")},
    Fact.OWNER_KIND: {
        PersonKind.CITIZEN.value: lazy("cá nhân"),
        PersonKind.ENTERPRISE.value: lazy("doanh nghiệp, tổ chức"),
        PersonKind.AGENCY.value: lazy("cơ quan nhà nước"),
        PersonKind.OTHER.value: lazy("khác"),
    },
    Fact.FEE_DUE: _YES_NO,
    Fact.AFTER_15H: _YES_NO,
}
FINDING_WORDS = {
    FindingKind.INCOMPLETE: lazy("Quy trình phải bắt đầu bằng bước tiếp nhận (S1) và kết thúc bằng bước trả kết quả (S5)."),
    FindingKind.NO_ROLE: lazy("Bước “%(name)s” chưa có người thực hiện."),
    FindingKind.NO_TIME: lazy("Bước “%(name)s” chưa có thời gian."),
    FindingKind.LOOP: lazy(
        "Bước “%(name)s” rẽ về bước %(to)s đứng trước nó, tạo vòng lặp. Muốn làm lại bước trước hãy dùng “chuyển trả”."
    ),
    FindingKind.NOWHERE: lazy("Bước “%(name)s” rẽ đến bước %(to)s không có trong quy trình."),
    FindingKind.NO_OTHERWISE: lazy("Các nhánh của bước “%(name)s” phải kết thúc bằng đúng một nhánh “còn lại”."),
    FindingKind.CONDITION: lazy("Bước “%(name)s”: %(why)s"),
    FindingKind.UNREACHABLE: lazy("Không có đường nào đến bước “%(name)s”."),
    FindingKind.DEAD_END: lazy("Bước trả kết quả “%(name)s” nằm giữa quy trình nên hồ sơ dừng ở đó; bước này phải đứng cuối."),
    FindingKind.STRAIGHT_TO_RETURN: lazy("Từ bước “%(name)s” hồ sơ đến thẳng bước trả kết quả mà không ai giải quyết."),
    FindingKind.BACK_TO_LATER: lazy("Bước “%(name)s” chỉ được chuyển trả về bước đứng trước nó."),
    FindingKind.SIGN_NOT_LAST: lazy("Bước “%(name)s” phải ký kết quả nên bước tiếp theo phải là bước trả kết quả."),
    FindingKind.OPINION_LONGER: lazy(
        "Ý kiến “%(opinion)s” có thời gian %(hours)s, dài hơn bước “%(name)s” (%(allowed)s) đang chờ ý kiến đó."
    ),
    FindingKind.OPINION_AT_RETURN: lazy("Bước trả kết quả “%(name)s” không được chờ ý kiến."),
    FindingKind.TOO_LONG: lazy("Tổng thời gian các bước là %(hours)s, dài hơn thời hạn giải quyết %(term)s (%(allowed)s)."),
    FindingKind.SHARES: lazy("Tổng tỷ lệ thời gian các bước là %(share)s %%, vượt quá 100 %% thời hạn giải quyết."),
    FindingKind.NOBODY: lazy("Chưa có cán bộ nào giữ vai trò của bước này tại: %(units)s."),
    FindingKind.NOT_COMPARABLE: lazy(
        "Thời hạn %(term)s không tính bằng ngày làm việc nên không đối chiếu được với tổng số giờ của các bước."
    ),
}


def finding_sentence(finding: Finding) -> str:
    """The remark in one sentence; hours are told in the larger unit they fill."""
    told = {key: hours_text(value) if isinstance(value, Decimal) else value for key, value in finding.data.items()}
    return str(FINDING_WORDS[finding.kind]) % told


def time_of(step: StepPlan) -> str:
    """ "4 giờ làm việc", "3 ngày làm việc" or "60 % thời hạn"."""
    if step.hours is not None:
        return _("%(time)s làm việc") % {"time": hours_text(step.hours)}
    if step.share is None:
        return _("chưa có")
    return _("%(share)s %% thời hạn") % {"share": step.share}


def role_of(role: str) -> str:
    """The role in words; a draft's step may have none yet."""
    return _(ROLE_NAMES[Role(role)]) if role else _("Chưa có")


def place_of(place: Place) -> str:
    """Where a step is done; a fixed unit by its name."""
    if place.kind is PlaceKind.FIXED and place.unit_id is not None:
        return latest(place.unit_id).name
    return str(PLACE_WORDS[place.kind])


def place_in(step: StepPlan, steps: Sequence[StepPlan]) -> str:
    """Where a step of a process is done: intake and return at the counter, whatever the step says."""
    return str(PLACE_WORDS[PlaceKind.COUNTER]) if step in (steps[0], steps[-1]) else place_of(step.place)


def condition_words(condition: Condition | None) -> str:
    """ "Cách thức nộp là trực tuyến", or the way otherwise."""
    if condition is None:
        return _("Trường hợp còn lại")
    known = VALUE_WORDS.get(condition.fact, {})
    values = ", ".join(str(known.get(value, value)) for value in condition.values)
    return f"{FACT_WORDS[condition.fact]} {OPERATOR_WORDS[condition.operator]} {values}"
