"""An agency with 50 officers and 500 open dossiers comes in from sheets, in a real browser; its officers go on working."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from motcua.base.actor import SYSTEM, Actor
from motcua.base.time import at
from motcua.catalogue.services import give_competence
from motcua.demo.cast import LICENCE, ON, SINCE, Cast
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.office import province
from motcua.jobs.running import run_next
from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll, screenshot
from motcua.onboarding.models import Import
from motcua.onboarding.tests.sheets import DOSSIER_HEADS, OFFICER_HEADS, UNIT_HEADS, xlsx
from motcua.organisation.queries import by_code
from motcua.people.models import Officer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOW = at(ON, time(8))
AGENCY, COUNTER = "H99.80", "H99.80.01"
OFFICERS, OPEN, WRONG = 50, 500, 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


class Desk:
    """One administrator's browser: uploads, follows, looks at each page."""

    def __init__(self, browse: Browse, actor: Actor) -> None:
        self.page = browse("/office/nhap-du-lieu/", officer=Officer.objects.get(pk=actor.id))
        self.shots = 0

    def look(self, name: str) -> None:
        self.shots += 1
        assert_accessible(self.page)
        screenshot(self.page, f"nhap-du-lieu-{self.shots:02d}-{name}")
        assert_no_sideways_scroll(self.page)
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def go(self, act: Callable[[], Any]) -> None:
        with self.page.expect_navigation():
            act()

    def upload(self, kind: str, name: str, rows: Sequence[Sequence[str]]) -> None:
        self.page.goto(f"/office/nhap-du-lieu/tep/{kind}/")
        self.page.set_input_files("[name=file]", {"name": name, "mimeType": XLSX, "buffer": xlsx(*rows)})
        self.go(lambda: self.page.click("button:has-text('Tải tệp lên')"))

    def preview(self) -> None:
        self.go(lambda: self.page.click("button:has-text('Kiểm tra và xem trước')"))

    def confirm(self) -> None:
        """Confirms; the worker does the work; the page tells."""
        self.go(lambda: self.page.click("button:has-text('Xác nhận nhập')"))
        address = self.page.url
        self.page.goto("about:blank")  # the page of a running import renews itself, which would meet our own steps
        while run_next():
            pass
        self.page.goto(address)


def test_an_agency_brings_its_officers_and_open_dossiers_and_goes_on_working(
    browse: Browse, cast: Cast
) -> None:
    desk = Desk(browse, cast.admin)
    desk.look("cac-lan-nhap")
    _units(desk)
    passwords = _officers(desk)
    _first_sign_in(browse, *passwords["canbo1"])
    wrong = _dossiers(desk)
    _corrected(desk, wrong)
    _worklist(browse)
    _found_by_its_old_code_page(browse)
    _carried_over(browse)
    _undo_keeps_what_was_touched(desk)


def _units(desk: Desk) -> None:
    told = {"parent": "H99", "since": "01/01/2026", "citation": "Nghị quyết 01/NQ-MẪU"}
    rows = [
        UNIT_HEADS,
        [
            COUNTER,
            "Bộ phận một cửa Sở Ví Dụ",
            "Một cửa",
            "Cấp tỉnh",
            AGENCY,
            "",
            told["since"],
            told["citation"],
        ],
        [AGENCY, "Sở Ví Dụ", "Sở", "Cấp tỉnh", "H99", COUNTER, told["since"], told["citation"]],
    ]
    desk.upload("units", "don-vi.xlsx", rows)
    desk.preview()
    desk.confirm()
    assert Import.objects.get(kind="units").rows.filter(state="done").count() == 2
    give_competence(
        by_code(AGENCY),
        level="province",
        valid_from=SINCE,
        decision="01/QĐ-MẪU",
        procedure_code=LICENCE,
        actor=SYSTEM,
        now=NOW,
    )


def _officers(desk: Desk) -> dict[str, tuple[str, str]]:
    """Fifty officers come in with the agency as one value for all lines; gives what each signs in with."""
    roles = ["Một cửa"] * 5 + ["Lãnh đạo"] * 5 + ["Chuyên viên"] * 40
    places = [COUNTER] * 5 + [AGENCY] * 45
    lines = [
        [f"canbo{n}", f"Nguyễn Văn Thử {n}", place, role, "01/01/2026", "12/QĐ-MẪU"]
        for n, (role, place) in enumerate(zip(roles, places, strict=True), 1)
    ]
    desk.upload("officers", "can-bo.xlsx", [["DANH SÁCH CÁN BỘ SỞ VÍ DỤ"], [], OFFICER_HEADS, *lines])
    assert "Dòng tiêu đề: dòng 3." in desk.page.inner_text("main")
    desk.preview()
    desk.confirm()
    assert Officer.objects.filter(username__startswith="canbo").count() == OFFICERS
    desk.look("can-bo-da-nhap")
    with desk.page.expect_download() as download:
        desk.page.click("button:has-text('Tạo và tải bảng mật khẩu')")
    rows = _sheet(Path(download.value.path()).read_bytes())
    assert len(rows) == OFFICERS + 1
    return {row[1]: (row[1], row[3]) for row in rows[1:]}


def _first_sign_in(browse: Browse, username: str, password: str) -> None:
    page = browse("/office/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.press("[name=password]", "Enter")
    assert "mật khẩu" in page.inner_text("h1").lower()


def _dossiers(desk: Desk) -> list[list[Any]]:
    """Five hundred lines, three of them wrong: the right ones come in, the others leave with their reasons."""
    lines = [_line(n) for n in range(OPEN)]
    lines[10][1], lines[20][3], lines[30][7] = "9.999999", "32/01/2026", "12"
    desk.upload("dossiers", "ho-so-dang-giai-quyet.xlsx", [DOSSIER_HEADS, *lines])
    desk.page.fill("[name=all_system]", "Một cửa điện tử cũ")
    desk.page.fill("[name=name]", "Xuất từ một cửa cũ")
    desk.look("ghep-cot")
    desk.preview()
    assert "Chưa có gì được ghi" in desk.page.inner_text("main")
    assert not Dossier.objects.exists()
    desk.look("xem-truoc")
    desk.go(lambda: desk.page.click(".ob-counts a[href='?state=wrong']"))
    assert "không phải ngày" in desk.page.inner_text("main")
    desk.look("dong-loi")
    desk.confirm()
    assert Dossier.objects.count() == OPEN - WRONG
    desk.look("ho-so-da-nhap")
    with desk.page.expect_download() as download:
        desk.page.click("text=Tải các dòng cần sửa")
    return _sheet(Path(download.value.path()).read_bytes())


def _line(number: int) -> list[str]:
    due = 1 + number % 28
    stage, holder = [("Đang thụ lý", f"canbo{11 + number % 40}"), ("Trình ký", f"canbo{6 + number % 5}")][
        number % 5 == 0
    ]
    return [
        f"MCC-{number:05d}", LICENCE, AGENCY, f"{1 + number % 27:02d}/02/2026 09:30", f"{due:02d}/03/2026", stage, holder,
        f"0010900{number:05d}", f"Trần Thị Ví Dụ {number}", "50.000", "",
    ]  # fmt: skip


def _corrected(desk: Desk, rows: list[list[Any]]) -> None:
    """The lines to correct are corrected in their sheet and come in with the kept way of mapping."""
    assert len(rows) == WRONG + 1
    for row in rows[1:]:
        right = _line(int(row[0].removeprefix("MCC-")))
        row[: len(right)] = right
    desk.upload("dossiers", "dong-can-sua.xlsx", rows)
    desk.go(lambda: desk.page.click("button:has-text('Dùng')"))
    assert desk.page.input_value("[name=all_system]") == "Một cửa điện tử cũ"
    desk.preview()
    desk.confirm()
    assert Dossier.objects.count() == OPEN


def _worklist(browse: Browse) -> None:
    """A specialist who came in finds the dossiers that lie with him, the late ones first."""
    officer = Officer.objects.get(username="canbo12")
    Officer.objects.filter(pk=officer.pk).update(must_change_password=False)
    page = browse("/office/", officer=Officer.objects.get(pk=officer.pk))
    page.goto("/office/viec/") if page.query_selector("text=Việc cần làm") is None else page.click(
        "text=Việc cần làm"
    )
    page.wait_for_load_state()
    mine = Dossier.objects.filter(holder=officer)
    assert mine.count() >= 10
    assert any((dossier.code or "") in page.inner_text("main") for dossier in mine)
    assert "Quá hạn" in page.inner_text("main")


def _found_by_its_old_code_page(browse: Browse) -> None:
    """Its page tells the old code, its due page that the promised date holds."""
    dossier = Dossier.objects.get(aliases__code="MCC-00001")
    page = browse(f"/office/ho-so/{dossier.pk}/", officer=_signed_in("canbo6"))
    assert "MCC-00001" in page.inner_text("main")
    page.goto(f"/office/ho-so/{dossier.pk}/thoi-han/")
    assert "được giữ nguyên" in page.inner_text("main")


def _carried_over(browse: Browse) -> None:
    """Biểu II.06a of March: all 500 were accepted before, each counted once."""
    page = browse("/office/bao-cao/ii-06a/?from_=2026-03-01&to=2026-03-31", officer=_signed_in("canbo6"))
    assert page.locator("a[href*='ho-so/c6/']").first.inner_text().strip() == str(OPEN)
    assert Dossier.objects.filter(accepted_at__date__lt=date(2026, 3, 1)).count() == OPEN


def _signed_in(username: str) -> Officer:
    Officer.objects.filter(username=username).update(must_change_password=False)
    return Officer.objects.get(username=username)


def _undo_keeps_what_was_touched(desk: Desk) -> None:
    """The officers cannot be taken back any more, except those nobody has given a dossier: each with its reason."""
    number = Import.objects.get(kind="officers").pk
    desk.page.goto(f"/office/nhap-du-lieu/{number}/hoan-tac/")
    desk.go(lambda: desk.page.click("button:has-text('Hoàn tác toàn bộ lần nhập')"))
    while run_next():
        pass
    desk.page.goto(f"/office/nhap-du-lieu/{number}/?state=kept")
    assert "đã được giao hồ sơ" in desk.page.inner_text("main")
    # 32 specialists and a leader hold dossiers, one officer has signed in.
    assert Import.objects.get(pk=number).rows.filter(state="kept").count() == 34
    assert Dossier.objects.exclude(state="voided").count() == OPEN


def _sheet(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
