"""Roles and the checks of identities. Pure."""

from __future__ import annotations

from enum import StrEnum

from motcua.base.codes import CCCD, CMND, is_mst
from motcua.base.errors import MotcuaError


class Role(StrEnum):
    """What an officer does at a unit (roles ACT-03…16 of the reports)."""

    COUNTER = "counter"
    SPECIALIST = "specialist"
    LEADER = "leader"
    CLERK = "clerk"
    CENTRE = "centre"
    CONTROL = "control"
    CHAIR = "chair"
    ADMIN = "admin"
    POST = "post"


ROLE_NAMES = {
    Role.COUNTER: "Công chức một cửa",
    Role.SPECIALIST: "Chuyên viên giải quyết",
    Role.LEADER: "Lãnh đạo phê duyệt",
    Role.CLERK: "Văn thư",
    Role.CENTRE: "Giám đốc Trung tâm Phục vụ hành chính công",
    Role.CONTROL: "Cán bộ kiểm soát thủ tục hành chính",
    Role.CHAIR: "Chủ tịch Ủy ban nhân dân",
    Role.ADMIN: "Quản trị hệ thống",
    Role.POST: "Nhân viên bưu chính công ích",
}


class PersonKind(StrEnum):
    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    AGENCY = "agency"
    OTHER = "other"


class InvalidIdentity(MotcuaError):
    code = "invalid_identity"
    sentence = "Số định danh cá nhân/CCCD phải gồm đúng 12 chữ số (CMND cũ: 9 chữ số). Hãy kiểm tra lại số “{number}”."


class InvalidTaxCode(MotcuaError):
    code = "invalid_tax_code"
    sentence = "Mã số thuế “{number}” không đúng (sai chữ số kiểm tra hoặc sai độ dài). Hãy kiểm tra lại."


class NameMissing(MotcuaError):
    code = "name_missing"
    sentence = "Hãy nhập họ và tên (hoặc tên tổ chức) của chủ hồ sơ."


def check_identity(kind: PersonKind, number: str) -> None:
    """Refuses a number that cannot be what it says: CCCD (12 digits; old CMND 9) or MST (law-given check digit)."""
    if kind is PersonKind.CITIZEN and not (CCCD.match(number) or CMND.match(number)):
        raise InvalidIdentity(number=number)
    if kind is PersonKind.ENTERPRISE and not is_mst(number):
        raise InvalidTaxCode(number=number)
