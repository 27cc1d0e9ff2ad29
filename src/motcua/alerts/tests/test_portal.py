"""What the public is told of apologies: numbers and content, nothing about people."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.alerts.portal import masked, months
from motcua.alerts.tests.conftest import in_process, vn
from motcua.demo.cast import ON, Cast
from motcua.dossiers import models, services

PAGE = "/thu-xin-loi/"


def apologise(cast: Cast) -> models.Dossier:
    number = in_process(cast)
    services.apologise(
        number, reason="Chờ ông Nguyễn Văn Thử bổ sung", new_date=vn("2026-03-25T17:00"), actor=cast.justice.charlie,
        now=vn("2026-03-16T08:00"),
    )  # fmt: skip
    return models.Dossier.objects.get(pk=number)


@pytest.fixture(autouse=True)
def month_of_march(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: vn("2026-03-20T08:00"))


def test_the_public_sees_procedure_unit_and_dates_but_nobody(cast: Cast) -> None:
    row = apologise(cast)
    page = Client().get(PAGE).content.decode()
    for told in ("Cấp giấy phép mẫu", "Sở Tư pháp tỉnh Mẫu", "16/03/2026", "17/03/2026", "25/03/2026"):
        assert told in page
    for hidden in (
        row.code,
        row.provisional_code,
        row.secret,
        "Nguyễn Văn Thử",
        "001090000001",
        "Lê Thị Mẫu",
    ):
        assert hidden not in page
    assert masked(row.code or "") in page


def test_a_code_keeps_its_place_and_day_and_loses_its_last_digits() -> None:
    assert masked("H99.02-260310-0001") == "H99.02-260310-00••"


def test_months_run_backwards_for_a_year() -> None:
    assert [month.key for month in months(ON)][:3] == ["2026-03", "2026-02", "2026-01"]
    assert len(months(ON)) == 12


def test_a_month_without_letters_and_nonsense_in_the_address_are_no_errors(cast: Cast) -> None:
    apologise(cast)
    assert "chưa có thư xin lỗi nào" in Client().get(PAGE, {"thang": "2026-02"}).content.decode()
    for query in ({"thang": "x"}, {"don-vi": "-1"}, {"don-vi": "999999"}, {"trang": "0"}, {"trang": "99999"}):
        assert Client().get(PAGE, query).status_code == 200


def test_the_list_can_be_narrowed_to_a_unit(cast: Cast) -> None:
    apologise(cast)
    page = Client().get(PAGE, {"don-vi": str(cast.justice.unit)}).content.decode()
    assert "Các thư của Sở Tư pháp tỉnh Mẫu" in page


def test_the_page_takes_the_same_number_of_statements_for_any_number_of_letters(cast: Cast) -> None:
    counts = []
    for more in (1, 4):
        for _ in range(more):
            apologise(cast)
        Client().get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            Client().get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
