"""One example page per component. They are shown to people who build pages and are what the tests look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.base.time import VN
from motcua.kit.columns import Column, Filter, Table
from motcua.kit.forms import DateField, Form

Context = dict[str, Any]


class ApplicantForm(Form):
    """Every kind of field."""

    name = forms.CharField(label="Họ và tên", max_length=120)
    number = forms.CharField(label="Số định danh cá nhân", help_text="12 chữ số trên thẻ căn cước")
    born = DateField(label="Ngày sinh")
    channel = forms.ChoiceField(
        label="Cách nộp hồ sơ",
        choices=[("direct", "Trực tiếp"), ("post", "Bưu chính"), ("online", "Trực tuyến")],
        widget=forms.RadioSelect,
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ kèm theo",
        choices=[("birth", "Giấy chứng sinh"), ("marriage", "Giấy chứng nhận kết hôn")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn tất cả giấy tờ đã có",
    )
    commune = forms.ChoiceField(
        label="Nơi nộp", choices=[("", "Chọn xã, phường"), ("1", "Xã Thử Nghiệm"), ("2", "Phường Ví Dụ")]
    )
    scan = forms.FileField(label="Bản chụp giấy chứng sinh", help_text="PDF hoặc ảnh, không quá 20 MB")
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    consent = forms.BooleanField(label="Tôi cam đoan lời khai là đúng sự thật")


DOSSIERS = [
    SimpleNamespace(
        code="H99.01-260112-0007",
        name="Nguyễn Văn Thử",
        procedure="Đăng ký khai sinh",
        due=date(2026, 1, 13),
        left=-2,
        group="Quá hạn",
    ),
    SimpleNamespace(
        code="H99.01-260114-0012",
        name="Trần Thị Ví Dụ",
        procedure="Cấp bản sao trích lục hộ tịch",
        due=date(2026, 1, 15),
        left=0.5,
        group="Đến hạn hôm nay",
    ),
    SimpleNamespace(
        code="H99.01-260114-0015",
        name="Lê Thị Mẫu",
        procedure="Xác nhận tình trạng hôn nhân",
        due=date(2026, 1, 19),
        left=2.5,
        group="Đến hạn trong tuần",
    ),
]

COLUMNS = [
    Column("code", "Mã hồ sơ", lambda row: row.code, sort="code", row_header=True, url=lambda row: "#main"),
    Column(
        "name",
        "Người nộp",
        lambda row: row.name,
        filter=Filter(forms.CharField, lambda rows, text: [row for row in rows if text in row.name]),
    ),
    Column("procedure", "Thủ tục", lambda row: row.procedure),
    Column("due", "Ngày hẹn trả", lambda row: row.due, sort="due"),
    Column("left", "Còn lại (ngày làm việc)", lambda row: row.left, sort="left", numeric=True),
]


def a_table(query: str = "", **changes: Any) -> Table:
    """The example list as an address asks for it."""
    options = {
        "rows": DOSSIERS,
        "caption": "Hồ sơ chờ tôi",
        "path": "/",
        "group": lambda row: row.group,
        **changes,
    }
    return Table(COLUMNS, params=QueryDict(query), **options)


def _event(hour: int, text: str, note: str = "") -> Context:
    by = "Nguyễn Thị Mẫu – Bộ phận một cửa"
    return {"at": datetime(2026, 1, 12, hour, 15, tzinfo=VN), "text": text, "by": by, "note": note}


_SUMMARY = [
    {"label": "Họ và tên", "value": "Nguyễn Văn Thử", "change_url": "#main"},
    {"label": "Nơi nộp", "value": "Phường Ví Dụ", "change_url": "#main"},
    {"label": "Ngày sinh", "value": "31/01/1990", "note": "Lấy từ thẻ căn cước"},
]
_HEAD = [
    {"label": "Mã hồ sơ", "value": "H99.01-260112-0007"},
    {"label": "Người nộp", "value": "Nguyễn Văn Thử"},
    {"label": "Tình trạng", "value": "Đang giải quyết", "tone": "info"},
    {"label": "Ngày hẹn trả", "value": "17:00 ngày 15/01/2026"},
]
_STEPS = [
    {"name": "Tiếp nhận", "state": "done", "date": "08:15 ngày 12/01/2026", "holder": "Bộ phận một cửa"},
    {"name": "Thẩm định", "state": "now", "date": "từ 13:30 ngày 12/01/2026", "holder": "Phòng Tư pháp"},
    {"name": "Phê duyệt", "state": "next", "date": "dự kiến 14/01/2026"},
    {"name": "Trả kết quả", "state": "next", "date": "hẹn 17:00 ngày 15/01/2026"},
]
_FILES = [
    {
        "name": "Giấy chứng sinh.pdf",
        "url": "#main",
        "kind": "PDF",
        "size": 482_000,
        "state": "Bản chính",
        "tone": "good",
    },
    {
        "name": "Tờ khai đăng ký khai sinh.docx",
        "url": "#main",
        "kind": "DOCX",
        "size": 31_000,
        "note": "Nộp ngày 12/01/2026",
    },
]
_FIGURES = [
    {
        "label": "Giải quyết đúng hạn",
        "value": "99,3",
        "unit": "%",
        "comparison": "Chỉ tiêu 98 %; cao hơn tháng trước 0,4 điểm",
        "url": "#main",
        "as_of": "10:00 ngày 15/01/2026",
    },
    {
        "label": "Hồ sơ quá hạn",
        "value": "12",
        "unit": "hồ sơ",
        "comparison": "Nhiều hơn tháng trước 5 hồ sơ",
        "state": "Cần xử lý",
        "tone": "alarm",
    },
]

EXAMPLES: dict[str, Callable[[], Context]] = {
    "tag": dict,
    "urgency": dict,
    "button": dict,
    "banner": dict,
    "empty_state": dict,
    "confirmation": dict,
    "confirm": dict,
    "panel": dict,
    "breadcrumbs": dict,
    "back_link": dict,
    "progress": dict,
    "summary_list": lambda: {"rows": _SUMMARY},
    "dossier_head": lambda: {"items": _HEAD},
    "error_summary": lambda: {"errors": [{"text": "Hãy nhập: Họ và tên.", "field_id": "main"}]},
    "form": lambda: {"form": ApplicantForm()},
    "form_with_errors": lambda: {"form": ApplicantForm({"name": "Nguyễn Văn Thử", "born": "31/02/2026"}, {})},
    "history": lambda: {
        "events": [
            _event(14, "Đã chuyển hồ sơ cho Phòng Tư pháp."),
            _event(8, "Đã tiếp nhận hồ sơ.", "Nộp trực tiếp"),
        ]
    },
    "step_list": lambda: {"steps": _STEPS},
    "file_list": lambda: {"files": _FILES},
    "figure": lambda: {"figures": _FIGURES},
    "table": lambda: {"table": a_table()},
    "pagination": lambda: {"table": a_table("page=2&sort=due", page_size=1)},
    "filter_bar": lambda: {"table": a_table("name=Thị")},
}
