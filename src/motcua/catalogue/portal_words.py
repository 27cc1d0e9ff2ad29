"""Values of the catalogue in the words of citizens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.catalogue.rules import Applicant, Channel, FeeKind, Level

LEVELS: dict[str, Any] = {
    Level.PROVINCE.value: _("Cấp tỉnh"),
    Level.COMMUNE.value: _("Cấp xã"),
    Level.DISTRICT.value: _("Cấp huyện"),
    Level.CENTRAL.value: _("Cấp bộ"),
    Level.OTHER.value: _("Cơ quan khác"),
}
CHANNELS: dict[str, Any] = {
    Channel.ONLINE.value: _("Trực tuyến"),
    Channel.POST.value: _("Bưu chính công ích"),
    Channel.DIRECT.value: _("Trực tiếp"),
}
APPLICANTS: dict[str, Any] = {
    Applicant.CITIZEN.value: _("Công dân Việt Nam"),
    Applicant.OVERSEAS_VIETNAMESE.value: _("Người Việt Nam định cư ở nước ngoài"),
    Applicant.FOREIGNER.value: _("Người nước ngoài"),
    Applicant.OFFICIAL.value: _("Cán bộ, công chức, viên chức"),
    Applicant.ENTERPRISE.value: _("Doanh nghiệp"),
    Applicant.FOREIGN_INVESTED.value: _("Doanh nghiệp có vốn đầu tư nước ngoài"),
    Applicant.COOPERATIVE.value: _("Hợp tác xã"),
    Applicant.ORGANISATION.value: _("Tổ chức (không gồm doanh nghiệp, hợp tác xã)"),
    Applicant.FOREIGN_ORGANISATION.value: _("Tổ chức nước ngoài"),
    Applicant.PARTY.value: _("Tổ chức Đảng"),
}
FEE_KINDS: dict[str, Any] = {
    FeeKind.FEE.value: _("Phí"),
    FeeKind.CHARGE.value: _("Lệ phí"),
    FeeKind.UNCLEAR.value: _("Phí, lệ phí"),
}


def joined(words: Mapping[str, Any], values: Iterable[str]) -> str:
    """The words of `values` in the order of `words`; a value without words as it stands."""
    wanted = list(values)
    known = [str(word) for value, word in words.items() if value in wanted]
    return ", ".join(known + [value for value in wanted if value not in words])
