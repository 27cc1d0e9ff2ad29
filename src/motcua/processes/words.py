"""The wording of the five electronic steps and of times on the pages."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.processes.rules import Stage, StepPlan

STAGE_WORDS = {
    Stage.RECEIVE: lazy("Tiếp nhận hồ sơ"),
    Stage.FORWARD: lazy("Chuyển, phân công xử lý"),
    Stage.SETTLE: lazy("Giải quyết"),
    Stage.SIGN: lazy("Ký, ban hành kết quả"),
    Stage.RETURN: lazy("Trả kết quả"),
}


def time_of(step: StepPlan) -> str:
    """ "4 giờ làm việc" or "60 % thời hạn"."""
    if step.hours is not None:
        return _("%(hours)s giờ làm việc") % {"hours": plain(step.hours)}
    return _("%(share)s %% thời hạn") % {"share": step.share}


def plain(hours: Decimal) -> str:
    """Hours without needless zeros, with the Vietnamese comma."""
    return f"{hours.normalize():f}".replace(".", ",")
