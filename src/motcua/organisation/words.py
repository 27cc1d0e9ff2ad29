"""The wording of levels and kinds on the pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from motcua.organisation.rules import Level, UnitKind

LEVEL_WORDS = {
    Level.CENTRAL: _("Trung ương"),
    Level.PROVINCE: _("Cấp tỉnh"),
    Level.DISTRICT: _("Cấp huyện"),
    Level.COMMUNE: _("Cấp xã"),
}
KIND_WORDS = {
    UnitKind.COMMITTEE: _("Ủy ban nhân dân"),
    UnitKind.DEPARTMENT: _("Sở, cơ quan chuyên môn cấp tỉnh"),
    UnitKind.BOARD: _("Ban"),
    UnitKind.OFFICE: _("Phòng"),
    UnitKind.CENTRE: _("Trung tâm Phục vụ hành chính công"),
    UnitKind.COUNTER: _("Bộ phận một cửa"),
    UnitKind.BRANCH: _("Chi nhánh"),
    UnitKind.VERTICAL: _("Cơ quan ngành dọc"),
}
