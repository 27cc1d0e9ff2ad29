"""Pages of units: the tree then and now, and what is refused in words with everything typed still there."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import client_of, province
from motcua.organisation import queries

pytestmark = pytest.mark.django_db
BASE = "/office/don-vi/"
NEW = {"code": "H99.55", "level": "province", "name": "Sở Thử", "kind": "so", "parent": "H99", "since": "01/02/2026",
       "citation": "QĐ 5"}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return province()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return client_of(cast.admin)


def test_a_unit_is_opened_changed_closed_and_succeeded(cast, admin):
    page = admin.post(f"{BASE}mo/", NEW, follow=True)
    assert "Sở Thử" in page.content.decode()
    unit = queries.by_code("H99.55")
    change = {**NEW, "name": "Sở Mới", "since": "01/03/2026"}
    admin.post(f"{BASE}{unit}/thay-doi/", change)
    admin.post(f"{BASE}{unit}/ke-thua/", {"heir": "H99.02", "on": "01/04/2026", "citation": "QĐ 6"})
    admin.post(f"{BASE}{unit}/ket-thuc/", {"on": "01/04/2026", "citation": "QĐ 6"})
    then = admin.get(f"{BASE}?ngay=15/02/2026").content.decode()
    assert "Sở Thử" in then and "Đã kết thúc" in then and "Sở Tư pháp" in then
    assert "Sở Mới" in admin.get(f"{BASE}?ngay=15/03/2026").content.decode()
    assert "H99.55" not in admin.get(f"{BASE}?ngay=01/04/2026").content.decode()
    own = admin.get(f"{BASE}{unit}/").content.decode()
    assert "Sở Thử" in own and "Sở Mới" in own and "Toàn bộ phần việc còn lại" in own
    assert "Sở Mới" in admin.get(f"{BASE}ke-thua/").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "99"}, "không đúng dạng"),
        ({"code": "H99"}, "đã được dùng"),
        ({"parent": "H77"}, "H77"),
        ({"until": "01/02/2026"}, "phải sau ngày bắt đầu"),
        ({"citation": ""}, "Hãy nhập: Căn cứ."),
        ({"since": "ngày mai"}, "Ngày không đúng"),
    ],
)
def test_a_refused_unit_says_why_and_keeps_what_was_typed(admin, changes, sentence):
    answer = admin.post(f"{BASE}mo/", NEW | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and 'value="Sở Thử"' in answer.content.decode()


def test_a_circular_succession_is_refused_in_words(cast, admin):
    justice, land = cast.justice.unit, cast.land.unit
    admin.post(f"{BASE}{justice}/ke-thua/", {"heir": "H99.03", "on": "01/04/2026", "citation": "QĐ 6"})
    answer = admin.post(f"{BASE}{land}/ke-thua/", {"heir": "H99.02", "on": "01/04/2026", "citation": "QĐ 7"})
    assert answer.status_code == 422
    assert "vòng tròn" in answer.content.decode() and 'value="QĐ 7"' in answer.content.decode()


def test_overlapping_service_of_a_counter_is_refused_in_words(cast, admin):
    form = {"unit": "H99.02", "since": "01/04/2026", "citation": "QĐ 8"}
    answer = admin.post(f"{BASE}{cast.centre}/tiep-nhan-thay/", form)
    assert answer.status_code == 422 and "bị trùng" in answer.content.decode()


def test_a_day_that_is_none_is_said(admin):
    answer = admin.get(f"{BASE}?ngay=32/13/2026")
    assert answer.status_code == 422 and "Ngày không đúng" in answer.content.decode()
