"""Words by which sheets name kinds, levels, roles, stages and channels, without accents. Pure."""

from __future__ import annotations

from motcua.base.text import fold
from motcua.organisation.rules import Level, UnitKind
from motcua.people.rules import ROLE_NAMES, PersonKind, Role
from motcua.processes.rules import Stage

KIND_NAMES = {
    UnitKind.COMMITTEE: ("Ủy ban nhân dân", "UBND"),
    UnitKind.DEPARTMENT: ("Sở, cơ quan chuyên môn cấp tỉnh", "Sở", "Cơ quan chuyên môn"),
    UnitKind.BOARD: ("Ban", "Ban quản lý"),
    UnitKind.OFFICE: ("Phòng", "Phòng chuyên môn", "Văn phòng"),
    UnitKind.CENTRE: ("Trung tâm Phục vụ hành chính công", "Trung tâm", "TTPVHCC"),
    UnitKind.COUNTER: ("Bộ phận một cửa", "Một cửa", "Bộ phận tiếp nhận và trả kết quả"),
    UnitKind.BRANCH: ("Chi nhánh", "Chi nhánh Văn phòng đăng ký đất đai"),
    UnitKind.VERTICAL: ("Cơ quan ngành dọc", "Ngành dọc"),
}
LEVEL_NAMES = {
    Level.CENTRAL: ("Trung ương",),
    Level.PROVINCE: ("Cấp tỉnh", "Tỉnh", "Thành phố"),
    Level.DISTRICT: ("Cấp huyện", "Huyện"),
    Level.COMMUNE: ("Cấp xã", "Xã", "Phường"),
}
ROLE_WORDS = {
    Role.COUNTER: ("Một cửa", "Cán bộ một cửa", "Tiếp nhận", "Cán bộ tiếp nhận"),
    Role.SPECIALIST: ("Chuyên viên", "Thụ lý", "Cán bộ thụ lý", "Chuyên viên thụ lý"),
    Role.LEADER: ("Lãnh đạo", "Lãnh đạo đơn vị", "Phê duyệt"),
    Role.CLERK: ("Văn thư", "Cán bộ văn thư"),
    Role.CENTRE: ("Giám đốc Trung tâm", "Lãnh đạo Trung tâm"),
    Role.CONTROL: ("Kiểm soát TTHC", "Kiểm soát thủ tục hành chính"),
    Role.CHAIR: ("Chủ tịch", "Chủ tịch UBND"),
    Role.ADMIN: ("Quản trị", "Quản trị viên"),
    Role.POST: ("Bưu chính", "Nhân viên bưu chính"),
}
STAGE_NAMES = {
    Stage.RECEIVE: ("Tiếp nhận hồ sơ", "Tiếp nhận", "Mới tiếp nhận", "Chờ chuyển"),
    Stage.FORWARD: ("Chuyển, phân công xử lý", "Chuyển hồ sơ", "Phân công", "Chờ phân công"),
    Stage.SETTLE: (
        "Giải quyết hồ sơ",
        "Giải quyết",
        "Thẩm định",
        "Đang xử lý",
        "Đang giải quyết",
        "Thụ lý",
        "Đang thụ lý",
    ),
    Stage.SIGN: ("Ký, ban hành kết quả", "Trình ký", "Ký duyệt", "Phê duyệt", "Chờ ký"),
    Stage.RETURN: ("Trả kết quả", "Chờ trả kết quả", "Đã có kết quả"),
}
CHANNEL_NAMES = {
    "direct": ("Trực tiếp", "Tại quầy"),
    "post": ("Bưu chính công ích", "Bưu chính", "BCCI"),
    "online": ("Trực tuyến", "Qua mạng", "Cổng dịch vụ công"),
}
PERSON_NAMES = {
    PersonKind.CITIZEN: ("Cá nhân", "Công dân"),
    PersonKind.ENTERPRISE: ("Doanh nghiệp", "Tổ chức", "Doanh nghiệp, tổ chức có mã số thuế"),
    PersonKind.AGENCY: ("Cơ quan nhà nước", "Cơ quan"),
    PersonKind.OTHER: ("Khác", "Khác (không có số định danh)"),
}


def _words(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Every name and the value itself, without accents → the value."""
    return {fold(word): str(value) for value, words in names.items() for word in (str(value), *words)}


def _roles() -> dict[str, tuple[str, ...]]:
    return {role: (ROLE_NAMES[role], *words) for role, words in ROLE_WORDS.items()}


WORDS: dict[str, dict[str, str]] = {
    "kind": _words(KIND_NAMES),
    "level": _words(LEVEL_NAMES),
    "role": _words(_roles()),
    "stage": _words(STAGE_NAMES),
    "channel": _words(CHANNEL_NAMES),
    "owner_kind": _words(PERSON_NAMES),
}
"""Field of choice → word without accents → value."""

LABELS: dict[str, dict[str, str]] = {
    "kind": {str(value): words[0] for value, words in KIND_NAMES.items()},
    "level": {str(value): words[0] for value, words in LEVEL_NAMES.items()},
    "role": {str(role): ROLE_NAMES[role] for role in ROLE_WORDS},
    "stage": {str(value): f"{value} – {words[0]}" for value, words in STAGE_NAMES.items()},
    "channel": {value: words[0] for value, words in CHANNEL_NAMES.items()},
    "owner_kind": {str(value): words[0] for value, words in PERSON_NAMES.items()},
}
"""Field of choice → value → the words to choose it by."""
