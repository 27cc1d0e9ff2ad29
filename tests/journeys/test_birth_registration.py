"""A birth registration (khai sinh, "sau 15 giờ" rule) from the counter to the table, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from motcua.base.actor import Actor
from motcua.demo.cast import Cast
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.office import CARD, PDF, province
from motcua.kit.testing.browser import Browse
from tests.journeys.desk import Desk, click, enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return province()


def test_a_birth_registration_goes_from_the_counter_to_the_table(
    browse: Browse, cast: Cast, clock: Callable[[date, time], None]
) -> None:
    desk, place = Desk(browse, "khai-sinh"), cast.commune
    number = _receive(desk, place.alice)
    address = f"/office/ho-so/{number}/"
    _forward(desk, place.alice, address)
    clock(date(2026, 3, 11), time(8))
    _assign(desk, place.charlie, address, place.bob)
    _ask_supplement(desk, place.bob, place.charlie, address)
    clock(date(2026, 3, 12), time(9))
    _answer_supplement(desk, place.alice, address)
    _finish(desk, place.bob, place.charlie, address)
    _give_back(desk, place.alice, address)
    _explain(desk, place.charlie, address)
    _find_in_the_table(desk, place.charlie)
    _print_everything(desk, place.alice, address)
    dossier = Dossier.objects.get(pk=number)
    assert (dossier.state, dossier.timing, dossier.code) == ("returned", "on_date", "H99.40.01-260310-0001")


def _receive(desk: Desk, alice: Actor) -> int:
    page = desk.open("/office/tiep-nhan/", alice)
    page.fill("#q", "khai sinh")
    enter(page)
    desk.look(page, "chon-thu-tuc")
    click(page, "text=Đăng ký khai sinh (mẫu)")
    page.fill("[name=qr]", CARD)
    enter(page)
    assert page.input_value("[name=owner_name]") == "Nguyễn Văn Thử"
    click(page, "button:has-text('Tiếp nhận hồ sơ')")
    assert page.title().startswith("Lỗi: ")
    desk.look(page, "thieu-giay-to")
    for box in page.query_selector_all(".ds-papers input[type=checkbox]"):
        box.check()
    page.set_input_files(
        ".ds-papers input[type=file]", {"name": "to-khai.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    click(page, "button:has-text('Tiếp nhận hồ sơ')")
    assert "H99.40.01-260310-0001" in page.inner_text("main")
    assert "17:00 11/03/2026" in page.inner_text("main")
    desk.look(page, "da-tiep-nhan")
    return Dossier.objects.get().pk


def _forward(desk: Desk, alice: Actor, address: str) -> None:
    page = desk.open(address, alice)
    desk.look(page, "ho-so-moi")
    click(page, "a.mc-btn:has-text('Chuyển hồ sơ')")
    desk.look(page, "chuyen")
    click(page, "button:has-text('Chuyển hồ sơ đến cơ quan giải quyết')")
    assert "Đang giải quyết" in page.inner_text("main")


def _assign(desk: Desk, charlie: Actor, address: str, bob: Actor) -> None:
    page = desk.open(address, charlie)
    click(page, "a.mc-btn:has-text('Hoàn thành bước')")
    page.select_option("[name=holder]", str(bob.id))
    desk.look(page, "phan-cong")
    click(page, "button:has-text('Hoàn thành bước, chuyển tiếp')")


def _ask_supplement(desk: Desk, bob: Actor, charlie: Actor, address: str) -> None:
    page = desk.open(address, bob)
    click(page, "text=Đề xuất yêu cầu bổ sung hồ sơ")
    page.select_option("[name=reason_class]", "ineligible")
    page.get_by_label("Giấy chứng sinh").check()
    page.fill("[name=reason]", "Giấy chứng sinh mờ, không đọc được số.")
    page.fill("[name=ground]", "Điều 17 Nghị định 118/2025/NĐ-CP")
    desk.look(page, "de-xuat-bo-sung")
    click(page, "button:has-text('Trình lãnh đạo')")
    page = desk.open("/office/de-xuat/", charlie)
    desk.look(page, "cho-quyet-dinh")
    click(page, "td a:has-text('Yêu cầu bổ sung hồ sơ')")
    click(page, "a.mc-btn:has-text('Đồng ý')")
    desk.look(page, "dong-y")
    click(page, "button:has-text('Đồng ý và thực hiện')")
    desk.look(page, "cho-bo-sung")


def _answer_supplement(desk: Desk, alice: Actor, address: str) -> None:
    page = desk.open(address, alice)
    click(page, "a.mc-btn:has-text('Nhận giấy tờ bổ sung')")
    page.fill("[name=answer]", "Giấy chứng sinh bản rõ")
    click(page, "button:has-text('Ghi nhận giấy tờ bổ sung')")
    assert "Đang giải quyết" in page.inner_text("main")


def _finish(desk: Desk, bob: Actor, charlie: Actor, address: str) -> None:
    page = desk.open(address, bob)
    click(page, "a.mc-btn:has-text('Hoàn thành bước')")
    click(page, "button:has-text('Hoàn thành bước, chuyển tiếp')")
    page = desk.open(address, charlie)
    click(page, "a.mc-btn:has-text('Ban hành kết quả')")
    page.fill("[name=number]", "15/2026")
    page.set_input_files(
        "[name=file]", {"name": "giay-khai-sinh.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    desk.look(page, "ban-hanh")
    click(page, "button:has-text('Ban hành kết quả')")


def _give_back(desk: Desk, alice: Actor, address: str) -> None:
    page = desk.open(address, alice, scripts=False)
    click(page, "a.mc-btn:has-text('Trả kết quả')")
    click(page, "button:has-text('Ghi nhận đã trả kết quả')")
    page = desk.open(address, alice)
    assert "Đã trả kết quả" in page.inner_text("main")
    desk.look(page, "da-tra")


def _explain(desk: Desk, charlie: Actor, address: str) -> None:
    page = desk.open(address, charlie)
    click(page, "text=Vì sao có hạn này?")
    assert "Không bắt đầu trước 15:00 của một ngày làm việc" in page.inner_text("main")
    desk.look(page, "thoi-han")


def _find_in_the_table(desk: Desk, charlie: Actor) -> None:
    """Column 9: settled on the date; the figure opens its dossiers, among them this one."""
    page = desk.open("/office/bao-cao/ii-06a/?from_=2026-03-01&to=2026-03-31", charlie)
    desk.look(page, "bieu-ii-06a")
    answer = page.request.get("/office/bao-cao/ii-06a/ho-so/c9/?from_=2026-03-01&to=2026-03-31")
    assert "H99.40.01-260310-0001" in answer.text()


def _print_everything(desk: Desk, alice: Actor, address: str) -> None:
    page = desk.open(address, alice)
    links = [link.get_attribute("href") for link in page.query_selector_all(".mc-files a")]
    assert len(links) == 4
    for link in links:
        answer = page.request.get(link)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.body().startswith(b"%PDF-")
