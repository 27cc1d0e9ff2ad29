"""Citizens find a procedure and read what it asks, on any day, without guessing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.catalogue import services
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.tests.conftest import lines, record
from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll, screenshot

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
UNCLEAR = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến15Miễn phíTrực tiếp15Miễn phí"
PROCEDURES = [
    {"ma_thu_tuc": "1.000001", "ten_thu_tuc": "Đăng ký khai sinh"},
    {"ma_thu_tuc": "1.000002", "ten_thu_tuc": "Đăng ký lại khái sinh", "cap_thuc_hien": "Cấp tỉnh"},
    {"ma_thu_tuc": "1.000003", "ten_thu_tuc": "Sinh hoạt khai báo", "linh_vuc": "Đất đai",
     "cach_thuc_thuc_hien": UNCLEAR},
    {"ma_thu_tuc": "6.000004", "ten_thu_tuc": "Khai sinh nội bộ", "loai_thu_tuc": ""},
]  # fmt: skip


@pytest.fixture
def catalogue(db: None, write: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ROOT_URLCONF = "motcua.kit.pages.urls"
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    services.import_files([write("a.jsonl", lines(*(record(**p) for p in PROCEDURES)))], actor=SYSTEM, now=NOW)
    Procedure.objects.filter(code="6.000004").update(is_internal=True)


def text(client: Client, path: str, status: int = 200, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == status
    return answer.content.decode()


def order(page: str, *names: str) -> list[int]:
    return [page.index(name) for name in names]


@pytest.mark.parametrize("typed", ["khai sinh", "KHAI SINH", "  khai   sinh ", "khai\x00sinh"])
def test_words_without_accents_find_the_procedure(client: Client, catalogue: None, typed: str) -> None:
    assert "Đăng ký khai sinh" in text(client, "/thu-tuc/", q=typed)


def test_exact_accents_come_first(client: Client, catalogue: None) -> None:
    page = text(client, "/thu-tuc/", q="khái sinh")
    first, second = order(page, "Đăng ký lại khái sinh", "Đăng ký khai sinh")
    assert first < second


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"cap": "province", "q": "khai"}, "1.000002", None),
        ({"linh-vuc": "dat-dai"}, "1.000003", "1.000001"),
        ({"q": "1.000003"}, "1.000003", "1.000001"),
    ],
)
def test_field_level_and_code_narrow_the_list(
    client: Client, catalogue: None, query: dict[str, str], shown: str, hidden: str | None
) -> None:
    page = text(client, "/thu-tuc/", **query)
    assert shown in page
    assert hidden is None or hidden not in page


def test_an_unknown_filter_or_page_is_no_filter(client: Client, catalogue: None) -> None:
    assert "1.000001" in text(client, "/thu-tuc/", **{"linh-vuc": "<script>", "cap": "x", "trang": "99999"})


def test_internal_procedures_are_not_for_citizens(client: Client, catalogue: None) -> None:
    assert "nội bộ" not in text(client, "/thu-tuc/")
    text(client, "/thu-tuc/6.000004/", status=404)
    text(client, "/thu-tuc/6.000004/qr.svg", status=404)


def test_nothing_found_says_what_to_do(client: Client, catalogue: None) -> None:
    page = text(client, "/thu-tuc/", q="không có đâu", cap="province")
    assert "Chưa tìm thấy thủ tục phù hợp" in page
    assert 'href="/thu-tuc/?q=kh%C3%B4ng+c%C3%B3+%C4%91%C3%A2u"' in page


def test_pages_of_the_list_keep_the_question(client: Client, catalogue: None, write: Any) -> None:
    many = [record(ma_thu_tuc=f"2.{n:06d}", ten_thu_tuc=f"Cấp phép số {n}") for n in range(1, 46)]
    services.import_files([write("b.jsonl", lines(*many))], actor=SYSTEM, now=NOW)
    page = text(client, "/thu-tuc/", q="cap phep", trang="2")
    assert "Dòng 21–40 trên 45" in page
    assert 'href="/thu-tuc/?q=cap+phep" rel="prev"' in page
    assert 'href="/thu-tuc/?q=cap+phep&amp;trang=3" rel="next"' in page


def test_a_procedure_says_who_what_how_long_and_how_much(client: Client, catalogue: None) -> None:
    page = text(client, "/thu-tuc/1.000001/")
    for words in ("Công dân Việt Nam", "Tờ khai mẫu", "1 bản chính", "1 bản sao", "5 ngày làm việc", "Miễn phí",
                  "Giấy phép", "60/2014/QH13", "12/QĐ-BTP", "Cấp tỉnh, Cấp xã", "Bước 1: Nộp hồ sơ."):  # fmt: skip
        assert words in page, words


def test_a_number_without_unit_is_shown_as_printed_and_not_guessed(client: Client, catalogue: None) -> None:
    page = text(client, "/thu-tuc/1.000003/")
    assert "Thời hạn chỉ có số, thiếu đơn vị" in page
    assert "ghi theo nguyên văn bản công bố" in page
    assert "15 ngày" not in page


def test_a_code_with_the_suffix_of_a_place_leads_to_the_national_one(client: Client, catalogue: None) -> None:
    answer = client.get("/thu-tuc/1.000001.000.00.00.H22/", {"ngay": "2026-06-01"})
    assert answer["Location"] == "/thu-tuc/1.000001/?ngay=2026-06-01"


@pytest.mark.parametrize("path", ["9.999999", "abc", "%00", "1.000001'--", "%3Cscript%3E", "x" * 300])
def test_unknown_and_hostile_codes_are_not_found(client: Client, catalogue: None, path: str) -> None:
    text(client, f"/thu-tuc/{path}/", status=404)
    text(client, f"/thu-tuc/{path}/qr.svg", status=404)


@pytest.fixture
def two_versions(catalogue: None) -> None:
    old = ProcedureVersion.objects.get(procedure__code="1.000001")
    old.valid, old.state = (date(2020, 1, 1), date(2026, 1, 1)), "replaced"
    old.save()
    ProcedureVersion.objects.create(
        procedure=old.procedure, number=2, source="decision", state="published", name="Khai sinh mới",
        folded_name="khai sinh moi", levels=["commune"], channels=["online"], decision_number="99/QĐ-UBND",
        valid=(date(2026, 1, 1), None),
    )  # fmt: skip


def test_a_day_shows_the_version_in_force_then(client: Client, two_versions: None) -> None:
    assert "Khai sinh mới" in text(client, "/thu-tuc/1.000001/")
    old = text(client, "/thu-tuc/1.000001/", ngay="31/12/2025")
    assert "Đăng ký khai sinh</h1>" in old
    assert "có thể khác bản hiện hành" in old
    assert 'href="/thu-tuc/1.000001/"' in old
    assert 'href="/thu-tuc/1.000001/?ngay=2020-01-01"' in text(client, "/thu-tuc/1.000001/")


def test_a_day_before_all_versions_offers_those_there_are(client: Client, two_versions: None) -> None:
    page = text(client, "/thu-tuc/1.000001/", status=404, ngay="2019-05-05")
    assert "không có hiệu lực ngày 05/05/2019" in page
    assert "99/QĐ-UBND" in page


def test_an_unreadable_day_is_said_and_today_shown(client: Client, two_versions: None) -> None:
    page = text(client, "/thu-tuc/1.000001/", ngay="32/13/2025")
    assert "Không đọc được ngày trong địa chỉ" in page
    assert "Khai sinh mới" in page


def test_the_code_on_the_wall_is_a_drawing_browsers_may_keep(client: Client, catalogue: None) -> None:
    answer = client.get("/thu-tuc/1.000001/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert b"<svg" in answer.content


def test_query_counts_do_not_grow(
    client: Client, catalogue: None, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        client.get("/thu-tuc/", {"q": "khai"})
    client.get("/thu-tuc/1.000001/")
    with django_assert_max_num_queries(9):
        client.get("/thu-tuc/1.000001/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "path", "heading"),
    [
        ("tim", "/thu-tuc/?q=khai", "Tìm thấy 3 thủ tục"),
        ("tim-rong", "/thu-tuc/?q=zzz&cap=province", "Chưa tìm thấy thủ tục phù hợp"),
        ("mot-thu-tuc", "/thu-tuc/1.000001/", "Giấy tờ cần có"),
        ("chua-ro", "/thu-tuc/1.000003/", "Thời hạn và phí, lệ phí"),
        ("phien-ban-cu", "/thu-tuc/1.000001/?ngay=2020-02-02", "Đăng ký khai sinh"),
    ],
)  # fmt: skip
def test_the_pages_are_accessible_and_fit_a_telephone(
    browse: Browse, two_versions: None, name: str, path: str, heading: str
) -> None:
    page = browse(path)
    assert page.get_by_role("heading", name=heading).is_visible()
    screenshot(page, f"portal-{name}")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
