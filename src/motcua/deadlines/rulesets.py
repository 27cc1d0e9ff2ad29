"""What a rule set of the one-stop law says about the clock: which pauses stop it, how often, how long, who
approves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from .counting import DayCount
from .pauses import PauseMode


class PauseKind(StrEnum):
    SUPPLEMENT = "supplement"
    FINANCIAL_OBLIGATION = "financial_obligation"
    OPINION = "opinion"
    FIELD_CHECK = "field_check"
    VNEID_CONFIRMATION = "vneid_confirmation"
    OUTAGE_ANNOUNCED = "outage_announced"
    OTHER = "other"


PAUSE_KIND_WORDS = {
    PauseKind.SUPPLEMENT: "chờ bổ sung hồ sơ",
    PauseKind.FINANCIAL_OBLIGATION: "chờ thực hiện nghĩa vụ tài chính",
    PauseKind.OPINION: "chờ ý kiến của cơ quan khác",
    PauseKind.FIELD_CHECK: "xác minh thực địa",
    PauseKind.VNEID_CONFIRMATION: "chờ xác nhận qua VNeID",
    PauseKind.OUTAGE_ANNOUNCED: "sự cố hệ thống đã thông báo",
    PauseKind.OTHER: "lý do khác",
}


@dataclass(frozen=True)
class PauseRuleFacts:
    """One kind of pause under one rule set. None means no limit; `max_days` in working days; "" means no
    approval.
    """

    kind: PauseKind
    mode: PauseMode
    max_times: int | None
    max_days: int | None
    approver_role: str
    citation: str

    @property
    def stops(self) -> bool:
        """Whether this kind stops the clock at all."""
        return self.mode is not PauseMode.NONE


@dataclass(frozen=True)
class RuleSetFacts:
    """A rule set in force from `valid_from` up to, not including, `valid_to`.

    family: "general", or "linked" for the linked groups of NĐ 63/2024. online_ack_hours: working hours to
    answer an online submission. appraisal_return_days: working days to return an ineligible dossier.
    reappoint_max: how often a return date may be set again. apology_lead_days: working days before expiry;
    apology_citation: where both are ruled.
    form_set: which official forms are printed.
    """

    code: str
    family: str
    valid_from: date
    valid_to: date | None
    citation: str
    day_count: DayCount
    cutoff_forward: time
    same_day_cutoff: time
    online_ack_hours: int
    appraisal_return_days: int
    reappoint_max: int
    apology_lead_days: int
    apology_citation: str
    form_set: str
    pause_rules: Mapping[PauseKind, PauseRuleFacts]

    def in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
