"""The administrators' pages of all rooms: who may open them, without scripts, on a telephone, for everybody's eyes."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.catalogue import services as catalogue
from motcua.catalogue.models import ProcedureVersion
from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll, screenshot
from motcua.people.models import Assignment, Officer
from motcua.people.rules import Role
from motcua.people.services import assign
from motcua.processes.models import ProcessVersion

pytestmark = pytest.mark.django_db


def keepers_pages(cast: Cast) -> list[str]:
    """Pages for administrators and controllers of procedures."""
    version = ProcedureVersion.objects.order_by("pk").first()
    assert version is not None
    draft = catalogue.correct(version.pk, changes={}, actor=SYSTEM, now=NOW)
    process = ProcessVersion.objects.get().pk
    return [
        "danh-muc/", "danh-muc/quy-trinh/", "danh-muc/nhap/", "danh-muc/tham-quyen/", "danh-muc/tham-quyen/giao/",
        f"danh-muc/phien-ban/{version.pk}/", f"danh-muc/phien-ban/{draft}/",
        f"danh-muc/phien-ban/{draft}/thong-tin-chung/", f"danh-muc/phien-ban/{draft}/sua/truong-hop/",
        f"danh-muc/phien-ban/{draft}/sua/thanh-phan/", f"danh-muc/phien-ban/{draft}/sua/phi-le-phi/",
        f"danh-muc/phien-ban/{draft}/sua/ket-qua/", f"danh-muc/phien-ban/{draft}/sua/can-cu/",
        f"danh-muc/phien-ban/{draft}/cong-bo/", f"danh-muc/phien-ban/{draft}/bo/",
        f"danh-muc/thu-tuc/{version.procedure.code}/bai-bo/", "quy-trinh/", "quy-trinh/them/",
        f"quy-trinh/phien-ban/{process}/", f"quy-trinh/phien-ban/{process}/nguoi-va-thoi-gian/",
        f"quy-trinh/phien-ban/{process}/ban-hanh/",
    ]  # fmt: skip


def administrators_pages(cast: Cast) -> list[str]:
    """Pages for administrators alone."""
    unit, officer = cast.centre, cast.outsider.id
    held = Assignment.objects.filter(officer_id=officer).latest("pk").pk
    return [
        "don-vi/", "don-vi/?ngay=30/06/2025", "don-vi/mo/", "don-vi/ke-thua/", f"don-vi/{unit}/",
        f"don-vi/{unit}/thay-doi/", f"don-vi/{unit}/ket-thuc/", f"don-vi/{unit}/ke-thua/",
        f"don-vi/{unit}/tiep-nhan-thay/", "can-bo/", "can-bo/them/", f"can-bo/{officer}/", f"can-bo/{officer}/vi-tri/",
        f"can-bo/{officer}/mat-khau/", f"can-bo/{officer}/khoa-api/", f"can-bo/vi-tri/{held}/ket-thuc/", "lich/",
        "lich/?nam=2027", "lich/khai-bao/", "lich/thu-hoi/2026-02-16/", "lich/nam/2027/xac-nhan/",
        "lich/khung-gio/them/", "lich/khung-gio/ket-thuc/", "lich/bo-quy-tac/", "lich/bo-quy-tac/61-2018/",
        "hop-thu-di/",
    ]  # fmt: skip


def statuses(client: Client, paths: list[str]) -> set[int]:
    return {client.get(f"/office/{path}").status_code for path in paths}


def test_administrators_open_every_page_others_none_of_them():
    cast = province()
    keepers, administrators = keepers_pages(cast), administrators_pages(cast)
    assert statuses(client_of(cast.admin), keepers + administrators) == {200}
    for actor in (cast.outsider, cast.justice.alice, cast.justice.bob, cast.justice.charlie, cast.director):
        assert statuses(client_of(actor), keepers + administrators) == {403}
    assert statuses(Client(), keepers + administrators) == {302}


def test_controllers_keep_the_catalogue_and_the_processes_and_nothing_else():
    cast = province()
    assign(
        officer_id=cast.outsider.id, unit_id=cast.province, role=Role.CONTROL, since=NOW.date(), actor=SYSTEM, now=NOW
    )
    client = client_of(cast.outsider)
    assert statuses(client, keepers_pages(cast)) == {200}
    assert statuses(client, administrators_pages(cast)) == {403}


@pytest.mark.parametrize(
    "path",
    [
        "danh-muc/phien-ban/999999/", "danh-muc/thu-tuc/9.999999/bai-bo/", "danh-muc/nhap/999999/",
        "quy-trinh/phien-ban/999999/", "can-bo/999999/", "can-bo/vi-tri/999999/ket-thuc/", "lich/thu-hoi/hom-qua/",
        "lich/bo-quy-tac/khong-co/",
    ],
)  # fmt: skip
def test_a_guessed_address_of_nothing_is_not_found(path):
    assert client_of(province().admin).get(f"/office/{path}").status_code == 404


def test_verbs_behind_buttons_are_refused_to_others_too():
    cast = province()
    version = ProcedureVersion.objects.order_by("pk").first()
    assert version is not None
    for path in (
        f"danh-muc/phien-ban/{version.pk}/du-thao/", f"can-bo/{cast.outsider.id}/trang-thai/", "hop-thu-di/gui-lai/",
        "can-bo/them/", "don-vi/mo/", "lich/khai-bao/",
    ):  # fmt: skip
        assert client_of(cast.justice.bob).post(f"/office/{path}").status_code == 403
    assert ProcedureVersion.objects.filter(state="draft").count() == 0
    assert Officer.objects.get(pk=cast.outsider.id).is_active


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_are_accessible_and_fit_a_telephone(browse: Browse) -> None:
    cast = province()
    admin = Officer.objects.get(pk=cast.admin.id)
    for path in keepers_pages(cast) + administrators_pages(cast):
        page = browse(f"/office/{path}", officer=admin)
        assert page.get_by_text("Hệ thống đang gặp sự cố").count() == 0, path
        screenshot(page, "admin-" + path.strip("/").replace("/", "-").replace("?", "-"))
        assert_accessible(page)
        assert_no_sideways_scroll(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_day_is_declared_without_scripts(browse: Browse) -> None:
    admin = Officer.objects.get(pk=province().admin.id)
    page = browse("/office/lich/khai-bao/", officer=admin, scripts=False)
    page.get_by_label("Ngày", exact=True).fill("05/08/2026")
    page.get_by_label("Tên ngày").fill("Ngày thử")
    page.get_by_label("Số văn bản thông báo").fill("01/TB-MẪU")
    page.get_by_role("button", name="Khai báo").click()
    page.get_by_text("Ngày thử").wait_for()
