"""The pages of II.06a: figures open their dossiers, roles and units limit, periods close once, files come out."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from python_calamine import CalamineWorkbook

from motcua.base.actor import SYSTEM
from motcua.people.models import Officer
from motcua.people.rules import Role
from motcua.people.services import assign, create_officer
from motcua.reports.models import ClosedPeriod
from motcua.reports.tests.world import OPENED, World, add

PAGE = "/office/bao-cao/ii-06a/"
PERIOD = "from_=2023-12-15&to=2024-06-14&structure=then"


def officer(world: World, role: Role, unit: str) -> Client:
    name = f"{role.value}.{unit}".replace(".", "-")
    create_officer(
        username=name,
        full_name="Nguyễn Văn Thử",
        password="Mat-khau-thu-2026",
        actor=SYSTEM,
        now=OPENED,
        must_change=False,
    )
    found = Officer.objects.get(username=name)
    assign(
        officer_id=found.pk, unit_id=world.units[unit], role=role, since=date(2020, 1, 1), actor=SYSTEM, now=OPENED,
        decision="QĐ thử",
    )  # fmt: skip
    client = Client()
    client.force_login(found, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def few(world: World) -> World:
    add(world, "H99.01-A1", accepted="2024-01-02", due="2024-01-10", ended="2024-01-11", kind="finished")
    add(world, "H99.01-A2", accepted="2024-01-02", due="2024-01-10", ended="2024-01-05", kind="withdrawn")
    add(world, "H99.31.01-A3", accepted="2024-01-02", due="2024-01-10", unit="H99.31.01", channel="direct")
    return world


def test_the_chair_sees_the_province_and_every_figure_is_a_link(few: World) -> None:
    chair = officer(few, Role.CHAIR, "H99")
    page = chair.get(f"{PAGE}?{PERIOD}").content.decode()
    link = f"{PAGE}ho-so/c13/?from_=2023-12-15&to=2024-06-14&unit=&structure=then"
    assert escape(link) in page
    assert 'value="15/12/2023"' in page and "(không bắt buộc)" not in page
    assert "Toàn tỉnh" in page and "6 tháng đầu năm 2024" in page
    listed = chair.get(link).content.decode()
    assert "H99.31.01-A3" in listed and "H99.01-A1" not in listed


def test_the_address_without_a_query_shows_the_last_half_year(few: World) -> None:
    assert officer(few, Role.CONTROL, "H99").get(PAGE).status_code == 200


def test_a_leader_sees_the_own_unit_only(few: World) -> None:
    leader = officer(few, Role.LEADER, "H99.01")
    assert "UBND xã Cũ" not in leader.get(f"{PAGE}?{PERIOD}").content.decode()
    assert leader.get(f"{PAGE}?{PERIOD}&unit=H99.61").status_code == 403
    assert leader.get(f"{PAGE}?{PERIOD}&unit=").status_code == 403
    of_unit = few.units["H99.31.01"]
    listed = leader.get(f"{PAGE}ho-so/c3/?{PERIOD}&unit=H99.01&of_unit={of_unit}").content.decode()
    assert "H99.31.01-A3" not in listed


@pytest.mark.parametrize("role", [Role.COUNTER, Role.SPECIALIST, Role.CLERK])
def test_who_handles_dossiers_does_not_read_reports(few: World, role: Role) -> None:
    assert officer(few, role, "H99.01").get(PAGE).status_code == 403


def test_a_stranger_is_asked_to_sign_in(few: World) -> None:
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("from_=2024-06-14&to=2023-12-15", 422, "Ngày cuối kỳ phải sau ngày đầu kỳ."),
        ("from_=hôm qua&to=2024-06-14", 422, "Ngày không đúng"),
        ("unit=H99.77", 422, "Không có đơn vị mang mã H99.77"),
        ("from_=2026-01-01&to=2026-02-01&unit=H99.31", 422, "UBND huyện Mẫu không hoạt động"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(few: World, query: str, status: int, words: str) -> None:
    answer = officer(few, Role.CHAIR, "H99").get(f"{PAGE}?{query}")
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_an_unknown_column_or_file_kind_is_not_found(few: World) -> None:
    chair = officer(few, Role.CHAIR, "H99")
    assert chair.get(f"{PAGE}ho-so/c99/?{PERIOD}").status_code == 404
    assert chair.get(f"{PAGE}tai-ve/exe/?{PERIOD}").status_code == 404


def test_closing_asks_first_and_then_shows_it(few: World) -> None:
    chair = officer(few, Role.CHAIR, "H99")
    asks = chair.get(f"{PAGE}chot/?{PERIOD}").content.decode()
    assert "Chốt số liệu kỳ báo cáo này?" in asks and not ClosedPeriod.objects.exists()
    page = chair.post(f"{PAGE}chot/?{PERIOD}", follow=True).content.decode()
    assert "Đã chốt" in page and ClosedPeriod.objects.get().closed_by.startswith("Nguyễn Văn Thử")
    add(few, "LATE", accepted="2024-02-01", recorded="2999-01-01")
    assert "1 hồ sơ cập nhật sau khi chốt" in chair.get(f"{PAGE}?{PERIOD}").content.decode()
    assert "LATE" in chair.get(f"{PAGE}cap-nhat-muon/?{PERIOD}").content.decode()
    assert "đã được" in chair.post(f"{PAGE}chot/?{PERIOD}").content.decode()


def test_files_say_what_the_page_says(few: World) -> None:
    chair = officer(few, Role.CHAIR, "H99")
    body = json.loads(chair.get(f"{PAGE}tai-ve/json/?{PERIOD}").content)
    assert (body["total"]["c3"], body["total"]["returned"]) == (3, 1)
    book = CalamineWorkbook.from_filelike(BytesIO(chair.get(f"{PAGE}tai-ve/xlsx/?{PERIOD}").content))
    total = next(row for row in book.get_sheet_by_index(0).to_python() if "Tổng cộng" in row)
    assert [int(cell) for cell in total[2:]] == [3, 2, 1, 0, 2, 0, 1, 1, 1, 0, 1]
    assert chair.get(f"{PAGE}tai-ve/pdf/?{PERIOD}").content.startswith(b"%PDF-1.7")
    assert chair.get(f"{PAGE}tai-ve/docx/?{PERIOD}").content.startswith(b"PK")


def test_the_page_asks_the_database_as_often_for_many_dossiers_as_for_few(few: World) -> None:
    chair = officer(few, Role.CHAIR, "H99")
    chair.get(f"{PAGE}?{PERIOD}")
    with CaptureQueriesContext(connection) as before:
        chair.get(f"{PAGE}?{PERIOD}")
    for number in range(20):
        add(few, f"N{number}", accepted="2024-02-01", unit=["H99.01", "H99.31"][number % 2])
    with CaptureQueriesContext(connection) as after:
        chair.get(f"{PAGE}?{PERIOD}")
    assert len(after) == len(before) <= 18
