"""The plan of the fictional province Bình Mẫu (H99): three levels until 30/6/2025, two from 01/7/2025. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PROVINCE_NAME = "tỉnh Bình Mẫu"
SINCE = date(2018, 1, 1)
MERGER = date(2025, 3, 1)
TWO_LEVELS = date(2025, 7, 1)
FOUNDED = "Quyết định 01/2018/QĐ-MẪU (dữ liệu trình diễn)"
MERGED = "Nghị quyết 02/NQ-MẪU ngày 20/02/2025 (dữ liệu trình diễn)"
REORGANISED = "Nghị quyết 99/NQ-MẪU ngày 16/6/2025 (dữ liệu trình diễn)"

COMMITTEE, OFFICE, CENTRE = "H99", "H99.02", "H99.90"


@dataclass(frozen=True)
class Agency:
    """A department, board or vertical agency: code, name, kind and the sectors whose fields it settles."""

    code: str
    name: str
    kind: str
    sectors: tuple[str, ...] = ()


AGENCIES = (
    Agency("H99.02", "Văn phòng Ủy ban nhân dân tỉnh Bình Mẫu", "so", ("van_phong",)),
    Agency("H99.10", "Sở Tư pháp", "so", ("tu_phap",)),
    Agency("H99.11", "Sở Tài chính", "so", ("tai_chinh",)),
    Agency("H99.12", "Sở Nông nghiệp và Phát triển nông thôn", "so", ("nong_nghiep_moi_truong",)),
    Agency("H99.13", "Sở Tài nguyên và Môi trường", "so"),
    Agency("H99.14", "Sở Xây dựng", "so", ("xay_dung",)),
    Agency("H99.15", "Sở Khoa học và Công nghệ", "so", ("khoa_hoc_cong_nghe",)),
    Agency("H99.16", "Sở Nội vụ", "so", ("noi_vu",)),
    Agency("H99.17", "Sở Y tế", "so", ("y_te",)),
    Agency("H99.18", "Sở Giáo dục và Đào tạo", "so", ("giao_duc",)),
    Agency("H99.19", "Sở Công Thương", "so", ("cong_thuong",)),
    Agency("H99.20", "Sở Văn hóa, Thể thao và Du lịch", "so", ("van_hoa",)),
    Agency("H99.21", "Sở Dân tộc và Tôn giáo", "so", ("dan_toc_ton_giao",)),
    Agency("H99.22", "Thanh tra tỉnh", "so", ("thanh_tra",)),
    Agency("H99.23", "Ban Quản lý các khu công nghiệp", "ban", ("khu_cong_nghiep",)),
    Agency("H99.24", "Sở Ngoại vụ", "so", ("ngoai_vu",)),
    Agency("H99.61", "Công an tỉnh", "nganh_doc", ("cong_an",)),
    Agency("H99.62", "Thuế tỉnh", "nganh_doc", ("thue",)),
    Agency("H99.63", "Bảo hiểm xã hội tỉnh", "nganh_doc", ("bao_hiem_xa_hoi",)),
)
PLANNING_AGENCY = "H99.14"
LAND_AGENCY, FARM_AGENCY, FARM_AGENCY_NAME = "H99.13", "H99.12", "Sở Nông nghiệp và Môi trường"
LAND_FIELDS = (
    "Đất đai", "Môi trường", "Tài nguyên nước", "Địa chất và khoáng sản", "Biến đổi khí hậu",
    "Khí tượng, thủy văn", "Đo đạc, bản đồ và thông tin địa lý",
)  # fmt: skip

DISTRICTS = (
    "Thành phố Mẫu", "Thị xã Thử", "Huyện Mẫu Đông", "Huyện Mẫu Tây", "Huyện Mẫu Nam", "Huyện Mẫu Bắc",
    "Huyện Ví Dụ", "Huyện Minh Họa",
)  # fmt: skip
_COMMUNE_NAMES = ("An", "Bình", "Cường", "Đức", "Hòa", "Lộc", "Phúc", "Thịnh")
COMMUNES_OF_DISTRICT = (8, 8, 8, 8, 7, 7, 7, 7)
NEW_OF_DISTRICT = 3
DISTRICT_FIELDS_TO_PROVINCE = ("Đất đai", "Hoạt động xây dựng")


@dataclass(frozen=True)
class Area:
    """A district or commune: code, name of its committee, name of its counter, place."""

    code: str
    name: str
    place: str
    counter: str
    counter_name: str
    parent: str


def districts() -> list[Area]:
    """The eight districts of the three-level province."""
    return [
        Area(
            f"H99.{30 + i}", f"Ủy ban nhân dân {name}", name, f"H99.{30 + i}.90",
            f"Bộ phận Tiếp nhận và Trả kết quả {name}", COMMITTEE,
        )
        for i, name in enumerate(DISTRICTS)
    ]  # fmt: skip


def old_communes(district: int) -> list[Area]:
    """The communes of one district until 30/6/2025."""
    code = f"H99.{30 + district}"
    return [_old_commune(f"{code}.{i:02d}", district, i, code) for i in range(1, COMMUNES_OF_DISTRICT[district] + 1)]


def _old_commune(code: str, district: int, number: int, parent: str) -> Area:
    kind = "phường" if district < 2 and number <= 4 else "xã"
    place = f"{kind} {_COMMUNE_NAMES[number - 1]} {DISTRICTS[district].split(' ', 2)[-1]}"
    return Area(
        code, f"Ủy ban nhân dân {place}", place, f"{code}.01", f"Bộ phận Tiếp nhận và Trả kết quả {place}", parent
    )


def new_communes(district: int) -> list[Area]:
    """The communes and wards that stand where a district stood, from 01/7/2025."""
    return [_new_commune(district, i) for i in range(NEW_OF_DISTRICT)]


def _new_commune(district: int, number: int) -> Area:
    code = f"H99.{101 + district * NEW_OF_DISTRICT + number}"
    kind = "phường" if district < 2 and number == 0 else "xã"
    place = f"{kind} {DISTRICTS[district].split(' ', 2)[-1]} {number + 1}"
    return Area(
        code, f"Ủy ban nhân dân {place}", place, f"{code}.01", f"Trung tâm Phục vụ hành chính công {place}", COMMITTEE
    )


def heir_of_commune(district: int, number: int) -> str:
    """The new commune that an old one (numbered from 1) became part of."""
    return new_communes(district)[(number - 1) * NEW_OF_DISTRICT // COMMUNES_OF_DISTRICT[district]].code
