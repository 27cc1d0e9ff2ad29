"""A land procedure: its process drawn and published, then a dossier through proposal, refusal, opinion, letter and return."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from pypdf import PdfReader

from motcua.base.actor import SYSTEM, Actor
from motcua.base.time import at
from motcua.catalogue.queries import version_for_intake
from motcua.catalogue.services import give_competence
from motcua.catalogue.testing import Paper, ProcedureText, publish
from motcua.deadlines.rules import Term, TermUnit
from motcua.demo.cast import LICENCE, PASSWORD, SINCE, Cast
from motcua.dossiers import services
from motcua.dossiers.intake import ComponentInput
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.office import NOW, PDF, province
from motcua.kit.testing.browser import Browse
from tests.journeys.desk import Desk, click

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAND = ProcedureText(
    code="1.000777", name="Cấp Giấy chứng nhận quyền sử dụng đất (mẫu)", field="Đất đai", sector="nong_nghiep_moi_truong",
    levels=("province",), term=Term(10, TermUnit.WORKING_DAY), papers=(Paper("Đơn đăng ký"), Paper("Trích đo")),
)  # fmt: skip
PROCESSES = "/office/quy-trinh/"
OPINION = "Sự phù hợp với quy hoạch"


@pytest.fixture
def cast(settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    cast = province()
    publish(LAND, since=SINCE)
    give_competence(
        cast.land.unit, level="province", valid_from=SINCE, decision="01/QĐ-MẪU", procedure_code=LAND.code,
        actor=SYSTEM, now=NOW,
    )  # fmt: skip
    return cast


def test_a_land_dossier_follows_the_process_that_was_drawn_for_it(
    browse: Browse, cast: Cast, clock: Callable[[date, time], None]
) -> None:
    desk, place = Desk(browse, "dat-dai"), cast.land
    clock(date(2026, 3, 10), time(8))
    _draw(desk, cast)
    clock(date(2026, 3, 11), time(8))
    address = f"/office/ho-so/{_receive(cast, clock_now=at(date(2026, 3, 11), time(8)))}/"
    _forward(desk, place.alice, address)
    _assign(desk, place.charlie, place.bob, address)
    _propose_and_refuse(desk, place.bob, place.charlie, address)
    _cannot_go_on_without_the_opinion(desk, place.bob, address)
    clock(date(2026, 3, 12), time(9))
    _answer_opinion(desk, cast.commune.charlie)
    _advance(desk, place.bob, address, times=3)
    clock(date(2026, 3, 23), time(9))
    _apologise(desk, place.bob, place.charlie, address)
    _decide(desk, place.charlie, address)
    _give_back(desk, place.alice, address)
    _see_the_matrix(desk, place.charlie)
    _see_the_control_slip(desk, place.alice, address)


def _draw(desk: Desk, cast: Cast) -> None:
    """An administrator turns the mode on, takes the five steps, adds two and an opinion, and publishes by decision."""
    page = desk.open(f"/office/can-bo/che-do-quan-tri/?next={PROCESSES}them/{LAND.code}/", cast.admin)
    page.fill("[name=reason]", "Lập quy trình đất đai")
    page.fill("[name=password]", PASSWORD)
    click(page, "section button.mc-btn")
    page.goto(f"{PROCESSES}them/{LAND.code}/")
    click(page, "button:has-text('Tạo dự thảo')")
    draft = page.url
    _write_step(page, f"{draft}buoc/3/", name="Thẩm định hồ sơ", time="2 ngày", opinion=cast.commune.unit)
    _write_step(page, f"{draft}buoc/3/them/", name="Trích đo địa chính", time="2 ngày")
    _write_step(page, f"{draft}buoc/4/them/", name="Lập tờ trình", time="1 ngày")
    desk.look(page, "quy-trinh")
    click(page, "a:has-text('Ban hành bằng quyết định')")
    page.fill("[name=decision_number]", "15/QĐ-MẪU")
    page.fill("[name=decision_date]", "09/03/2026")
    page.fill("[name=since]", "10/03/2026")
    click(page, "button:has-text('Ban hành')")
    assert "Đã ban hành" in page.inner_text("main")
    assert page.locator(".qt-steps > .qt-step").count() == 7


def _write_step(page: Any, address: str, *, name: str, time: str, opinion: int | None = None) -> None:
    page.goto(address)
    page.fill("[name=name]", name)
    page.select_option("[name=stage]", "S3")
    page.select_option("[name=role]", "specialist")
    page.fill("[name=time]", time)
    if opinion:
        page.fill("[name=o-0-name]", OPINION)
        page.select_option("[name=o-0-role]", "leader")
        page.fill("[name=o-0-time]", "1 ngày")
        page.select_option("[name=o-0-place]", "fixed")
        page.select_option("[name=o-0-unit]", str(opinion))
    click(page, "button:has-text('Lưu bước')")
    assert name in page.inner_text("main")


def _receive(cast: Cast, *, clock_now: Any) -> int:
    intake = replace(cast.intake(LICENCE, place=cast.land), procedure_code=LAND.code, components=_papers(), fees=())
    return services.receive_at_counter(intake, actor=cast.land.alice, now=clock_now)


def _papers() -> tuple[ComponentInput, ...]:
    version = version_for_intake(LAND.code, on=date(2026, 3, 11))
    return tuple(ComponentInput(paper.id, received=True, originals=1) for paper in version.components)


def _forward(desk: Desk, alice: Actor, address: str) -> None:
    page = desk.open(address, alice)
    click(page, "a.mc-btn:has-text('Chuyển hồ sơ')")
    click(page, "button:has-text('Chuyển hồ sơ đến cơ quan giải quyết')")


def _assign(desk: Desk, charlie: Actor, bob: Actor, address: str) -> None:
    page = desk.open(address, charlie)
    click(page, "a.mc-btn:has-text('Hoàn thành bước')")
    page.select_option("[name=holder]", str(bob.id))
    click(page, "button:has-text('Hoàn thành bước, chuyển tiếp')")


def _propose_and_refuse(desk: Desk, bob: Actor, charlie: Actor, address: str) -> None:
    """The specialist proposes to refuse the application; the head does not agree and says why."""
    page = desk.open(address, bob)
    desk.look(page, "ho-so")
    click(page, "text=/Đề xuất (từ chối|không giải quyết)/")
    page.select_option("[name=reason_class]", "ineligible")
    page.fill("[name=reason]", "Ranh giới thửa đất chưa rõ.")
    page.fill("[name=ground]", "Điều 19 Nghị định 118/2025/NĐ-CP")
    click(page, "button:has-text('Trình lãnh đạo')")
    page = desk.open("/office/de-xuat/", charlie)
    click(page, "td a:has-text('Từ chối giải quyết')")
    page.fill("[name=reason]", "Trích đo sẽ làm rõ ranh giới; tiếp tục giải quyết.")
    desk.look(page, "khong-dong-y")
    click(page, "button:has-text('Không đồng ý, trả lại đề xuất')")
    assert "Đã ghi nhận không đồng ý" in page.inner_text("main")


def _cannot_go_on_without_the_opinion(desk: Desk, bob: Actor, address: str) -> None:
    page = desk.open(address, bob)
    assert OPINION in page.inner_text("main")
    click(page, "a.mc-btn:has-text('Hoàn thành bước')")
    click(page, "button:has-text('Hoàn thành bước, chuyển tiếp')")
    assert page.title().startswith("Lỗi") or page.locator(".mc-errors, .mc-error").count()
    desk.look(page, "cho-y-kien")


def _answer_opinion(desk: Desk, asked: Actor) -> None:
    page = desk.open("/office/de-xuat/y-kien/", asked)
    desk.look(page, "y-kien-phai-tra-loi")
    click(page, f"td a:has-text('{OPINION}')")
    click(page, "a.mc-btn:has-text('Trả lời')")
    page.check("[name=verdict][value=agree]")
    page.fill("textarea", "Phù hợp quy hoạch sử dụng đất của xã.")
    click(page, "button:has-text('Gửi trả lời')")


def _advance(desk: Desk, officer: Actor, address: str, *, times: int) -> None:
    page = desk.open(address, officer)
    for _ in range(times):
        click(page, "a.mc-btn:has-text('Hoàn thành bước')")
        click(page, "button:has-text('Hoàn thành bước, chuyển tiếp')")


def _apologise(desk: Desk, bob: Actor, charlie: Actor, address: str) -> None:
    page = desk.open(address, bob)
    click(page, "text=/Đề xuất (gửi thư )?xin lỗi/")
    page.select_option("[name=reason_class]", index=1)
    page.fill("[name=reason]", "Đo đạc kéo dài do mưa.")
    page.fill("[name=new_date]", "27/03/2026")
    click(page, "button:has-text('Trình lãnh đạo')")
    page = desk.open("/office/de-xuat/", charlie)
    click(page, "td a:has-text('Xin lỗi')")
    click(page, "a.mc-btn:has-text('Đồng ý')")
    click(page, "button:has-text('Đồng ý và thực hiện')")


def _decide(desk: Desk, charlie: Actor, address: str) -> None:
    page = desk.open(address, charlie)
    click(page, "a.mc-btn:has-text('Ban hành kết quả')")
    page.fill("[name=number]", "77/2026")
    page.set_input_files("[name=file]", {"name": "gcn.pdf", "mimeType": "application/pdf", "buffer": PDF})
    click(page, "button:has-text('Ban hành kết quả')")


def _give_back(desk: Desk, alice: Actor, address: str) -> None:
    page = desk.open(address, alice)
    click(page, "a.mc-btn:has-text('Trả kết quả')")
    click(page, "button:has-text('Ghi nhận đã trả kết quả')")
    desk.look(page, "da-tra")
    assert Dossier.objects.get().state == "returned"


def _see_the_matrix(desk: Desk, charlie: Actor) -> None:
    """One refusal proposed and not agreed to; the letter is no cell of this table."""
    page = desk.open("/office/de-xuat/so-lieu/?tu=01/03/2026&den=31/03/2026", charlie)
    desk.look(page, "bang-so-lieu")
    rows = {row.split("\t")[0]: row.split("\t")[1:] for row in page.inner_text("table >> nth=0").splitlines()}
    refused = next(cells for name, cells in rows.items() if name.startswith(("Không giải quyết", "Từ chối")))
    assert refused == ["0", "0", "1", "1"]
    assert rows["Tổng không kể rút hồ sơ"][-1] == rows["Tổng kể cả rút hồ sơ"][-1] == "1"


def _see_the_control_slip(desk: Desk, alice: Actor, address: str) -> None:
    page = desk.open(address, alice)
    links = [link.get_attribute("href") for link in page.query_selector_all(".mc-files a")]
    control = next(link for link in links if "/phieu/kiem-soat" in link or "/phieu/control" in link)
    answer = page.request.get(control)
    text = "".join(part.extract_text() for part in PdfReader(io.BytesIO(answer.body())).pages).replace("\n", " ")
    for name in ("Thẩm định hồ sơ", "Trích đo địa chính", "Lập tờ trình"):
        assert name in " ".join(text.split())
