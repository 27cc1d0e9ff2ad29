"""The three kinds of sheets and what each line must say. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a sheet brings."""

    UNITS = "units"
    OFFICERS = "officers"
    DOSSIERS = "dossiers"


KIND_NAMES = {Kind.UNITS: "Đơn vị", Kind.OFFICERS: "Cán bộ", Kind.DOSSIERS: "Hồ sơ đang giải quyết"}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a line says.

    words: other heads it is known by, without accents; example and note: for the template to download.
    """

    key: str
    label: str
    required: bool = False
    words: tuple[str, ...] = ()
    example: str = ""
    note: str = ""


_DATE = "Ngày/tháng/năm, ví dụ 31/01/2026."
UNITS = (
    Field(
        "code",
        "Mã định danh",
        True,
        ("ma don vi", "ma dinh danh don vi", "ma dd"),
        "H99.40",
        "Theo Quyết định 20/2020/QĐ-TTg.",
    ),
    Field("name", "Tên đơn vị", True, ("ten", "ten co quan", "don vi"), "Ủy ban nhân dân xã Ví Dụ"),
    Field("short_name", "Tên ngắn", False, ("ten viet tat", "ten rut gon"), "UBND xã Ví Dụ"),
    Field(
        "kind",
        "Loại đơn vị",
        True,
        ("loai", "loai hinh"),
        "Ủy ban nhân dân",
        "Ủy ban nhân dân, Sở, Ban, Phòng, Trung tâm, Một cửa, Chi nhánh hoặc Ngành dọc.",
    ),
    Field(
        "level",
        "Cấp",
        True,
        ("cap don vi", "cap hanh chinh"),
        "Cấp xã",
        "Trung ương, Cấp tỉnh, Cấp huyện hoặc Cấp xã.",
    ),
    Field(
        "parent",
        "Mã đơn vị cấp trên",
        False,
        ("ma cap tren", "don vi cap tren", "truc thuoc", "ma don vi cha"),
        "H99",
        "Đơn vị đã có hoặc có trong cùng tệp.",
    ),
    Field(
        "counter",
        "Mã nơi tiếp nhận",
        False,
        ("ma mot cua", "noi tiep nhan", "bo phan mot cua", "tiep nhan tai"),
        "H99.40.01",
        "Bộ phận một cửa tiếp nhận hồ sơ cho đơn vị này.",
    ),
    Field("place", "Địa danh", False, ("dia danh ghi tren van ban",), "xã Ví Dụ"),
    Field("address", "Địa chỉ", False, ("dia chi tru so", "tru so"), "Số 1, thôn Mẫu"),
    Field("phone", "Điện thoại", False, ("so dien thoai", "sdt", "dt"), "0900000001"),
    Field("email", "Thư điện tử", False, ("email", "e-mail", "hop thu"), "vidu@example.vn"),
    Field(
        "since",
        "Hoạt động từ ngày",
        True,
        ("ngay bat dau", "ngay thanh lap", "tu ngay", "ap dung tu ngay"),
        "01/07/2025",
        _DATE,
    ),
    Field(
        "citation",
        "Căn cứ",
        True,
        ("quyet dinh", "so quyet dinh", "can cu phap ly", "nghi quyet"),
        "Nghị quyết 01/NQ-HĐND ngày 01/7/2025",
    ),
)
OFFICERS = (
    Field(
        "username",
        "Tên đăng nhập",
        True,
        ("tai khoan", "username", "ten tai khoan", "user"),
        "thunv",
        "Mỗi cán bộ một tên; nhiều vị trí thì ghi nhiều dòng cùng tên đăng nhập.",
    ),
    Field(
        "full_name",
        "Họ và tên",
        True,
        ("ho ten", "ten can bo", "ho va ten can bo", "can bo"),
        "Nguyễn Văn Thử",
    ),
    Field(
        "unit",
        "Mã đơn vị",
        True,
        ("don vi", "ma dinh danh don vi", "ma don vi cong tac", "don vi cong tac", "ma dinh danh"),
        "H99.40",
    ),
    Field(
        "role",
        "Vai trò",
        True,
        ("quyen", "nhom quyen", "vi tri", "vai tro tren he thong"),
        "Chuyên viên",
        "Một cửa, Chuyên viên, Lãnh đạo, Văn thư, Kiểm soát TTHC, Giám đốc Trung tâm, Chủ tịch, Quản trị, Bưu chính.",
    ),
    Field(
        "since",
        "Giữ vị trí từ ngày",
        True,
        ("tu ngay", "ngay bat dau", "ngay nhan viec"),
        "01/07/2025",
        _DATE,
    ),
    Field(
        "until",
        "Đến trước ngày",
        False,
        ("den ngay", "ngay ket thuc"),
        "",
        _DATE + " Để trống nếu chưa có ngày kết thúc.",
    ),
    Field("title", "Chức danh", False, ("chuc vu",), "Công chức tư pháp – hộ tịch"),
    Field("decision", "Số quyết định", False, ("quyet dinh", "quyet dinh phan cong"), "12/QĐ-UBND"),
    Field("email", "Thư điện tử", False, ("email", "e-mail", "thu dien tu cong vu"), "thunv@example.vn"),
)
DOSSIERS = (
    Field(
        "system",
        "Hệ thống cũ",
        True,
        ("ten he thong", "phan mem cu", "nguon", "he thong"),
        "Một cửa điện tử cũ",
        "Tên phần mềm đang có hồ sơ; thường là một giá trị chung cho cả tệp.",
    ),
    Field(
        "old_code",
        "Mã hồ sơ cũ",
        True,
        ("ma ho so", "so ho so", "ma hs", "so bien nhan", "ma bien nhan"),
        "000.00.40.H99-260105-0001",
    ),
    Field(
        "procedure",
        "Mã thủ tục",
        True,
        ("ma tthc", "ma thu tuc hanh chinh", "thu tuc", "tthc"),
        "1.000001",
        "Mã quốc gia hoặc mã đã khai báo là tên gọi khác của thủ tục.",
    ),
    Field(
        "unit",
        "Mã đơn vị giải quyết",
        True,
        ("don vi giai quyet", "co quan giai quyet", "ma don vi", "don vi", "ma co quan"),
        "H99.40",
    ),
    Field(
        "counter",
        "Mã nơi tiếp nhận",
        False,
        ("noi tiep nhan", "ma mot cua", "don vi tiep nhan"),
        "H99.40.01",
        "Để trống: nơi tiếp nhận của đơn vị giải quyết.",
    ),
    Field(
        "accepted",
        "Ngày tiếp nhận",
        True,
        ("ngay nhan", "ngay tiep nhan ho so", "thoi gian tiep nhan", "ngay nop"),
        "05/01/2026 09:30",
        _DATE + " Có thể kèm giờ.",
    ),
    Field(
        "promised",
        "Ngày hẹn trả",
        False,
        ("han tra", "ngay hen", "ngay hen tra ket qua", "han giai quyet", "han xu ly", "ngay tra ket qua"),
        "26/01/2026",
        "Như trên giấy hẹn; giữ nguyên. Để trống: tính theo thủ tục.",
    ),
    Field(
        "stage",
        "Bước hiện tại",
        True,
        ("giai doan", "buoc", "trang thai", "tinh trang", "buoc xu ly"),
        "S3",
        "S1 Tiếp nhận, S2 Chuyển/phân công, S3 Giải quyết, S4 Ký, S5 Chờ trả kết quả.",
    ),
    Field(
        "ended",
        "Ngày có kết quả",
        False,
        ("ngay ban hanh", "ngay hoan thanh", "ngay ky ket qua"),
        "",
        "Bắt buộc khi bước hiện tại là S5.",
    ),
    Field(
        "holder",
        "Người đang giữ",
        False,
        ("can bo xu ly", "can bo thu ly", "nguoi thu ly", "tai khoan xu ly", "nguoi xu ly"),
        "thunv",
        "Tên đăng nhập.",
    ),
    Field(
        "channel",
        "Kênh nộp",
        False,
        ("hinh thuc nop", "hinh thuc tiep nhan", "kenh tiep nhan"),
        "Trực tiếp",
        "Trực tiếp, Bưu chính hoặc Trực tuyến. Để trống: trực tiếp.",
    ),
    Field(
        "owner_kind",
        "Loại chủ hồ sơ",
        False,
        ("loai doi tuong", "doi tuong", "doi tuong nop"),
        "Cá nhân",
        "Cá nhân, Doanh nghiệp, Cơ quan nhà nước hoặc Khác. Để trống: hiểu theo số giấy tờ.",
    ),
    Field(
        "owner_number",
        "Số giấy tờ chủ hồ sơ",
        False,
        (
            "cccd",
            "so cccd",
            "so dinh danh",
            "ma so thue",
            "cmnd",
            "so giay to",
            "cccd/mst",
            "so dinh danh ca nhan",
        ),
        "001090000001",
        "CCCD 12 số, CMND 9 số hoặc mã số thuế; định dạng ô là văn bản để không mất số 0 đầu.",
    ),
    Field(
        "owner_name",
        "Tên chủ hồ sơ",
        True,
        ("chu ho so", "ho ten chu ho so", "nguoi nop", "ten nguoi nop", "ho va ten", "ho ten", "ten to chuc"),
        "Nguyễn Văn Thử",
    ),
    Field("born", "Ngày sinh", False, ("sinh ngay", "nam sinh"), "01/01/1990", _DATE),
    Field("phone", "Điện thoại", False, ("so dien thoai", "sdt", "dien thoai chu ho so"), "0900000001"),
    Field("email", "Thư điện tử", False, ("email", "e-mail"), "thu@example.vn"),
    Field("address", "Địa chỉ", False, ("dia chi chu ho so", "noi cu tru"), "Số 1, thôn Mẫu, xã Ví Dụ"),
    Field(
        "fee",
        "Phí, lệ phí đã thu",
        False,
        ("le phi", "phi", "so tien", "so tien da thu", "phi le phi"),
        "50.000",
        "Số tiền bằng đồng.",
    ),
    Field("note", "Ghi chú", False, ("ghi chu xu ly", "noi dung", "trich yeu"), ""),
)
FIELDS = {Kind.UNITS: UNITS, Kind.OFFICERS: OFFICERS, Kind.DOSSIERS: DOSSIERS}
