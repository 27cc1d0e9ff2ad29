"""Pages of the calendar: days, years, session hours, rule sets; what is refused is said and kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from motcua.deadlines import queries
from motcua.dossiers.tests.office import client_of, province
from motcua.journal.models import Delivery

pytestmark = pytest.mark.django_db
BASE = "/office/lich/"
NEW = {"date": "05/08/2026", "kind": "NGHI_LE", "part": "ca_ngay", "name": "Ngày thử", "notice": "01/TB-MẪU", "scope": ""}


@pytest.fixture
def admin() -> Client:
    return client_of(province().admin)


def test_the_year_shows_every_day_that_is_not_ordinary_with_its_notice(admin):
    page = admin.get(f"{BASE}?nam=2026").content.decode()
    for row in queries.declared_days(2026):
        assert f"{row.day:%d/%m/%Y}" in page and row.notice in page
    assert "Đã có thông báo" in page and "được tính lại ngay sau đó" in page


@pytest.mark.parametrize("year", ["2027", "2031"])
def test_a_year_without_a_notice_is_marked_provisional(admin, year):
    assert "Tạm tính" in admin.get(f"{BASE}?nam={year}").content.decode()


@pytest.mark.parametrize("year", ["", "abc", "99999999", "-1"])
def test_a_year_that_is_none_shows_this_year(admin, year):
    assert admin.get(f"{BASE}?nam={year}").status_code == 200


def test_a_declared_day_counts_at_once_and_owes_the_open_dossiers_a_recount(admin):
    page = admin.post(f"{BASE}khai-bao/", NEW, follow=True).content.decode()
    assert "Ngày thử" in page and not queries.work_calendar().is_working_day(date(2026, 8, 5))
    assert Delivery.objects.get(event__name="deadlines.day_declared").destination == "dossiers.recompute"
    admin.post(f"{BASE}thu-hoi/2026-08-05/", {"notice": "02/TB-MẪU"})
    assert queries.work_calendar().is_working_day(date(2026, 8, 5))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"notice": ""}, "Hãy nhập: Số văn bản thông báo."),
        ({"date": "05-08"}, "Ngày không đúng"),
        ({"date": "02/09/2026"}, "đã được khai báo"),
        ({"kind": "LAM_BU"}, "vốn là ngày làm việc"),
        ({"kind": "KHAC"}, "KHAC"),
    ],
)
def test_a_day_that_cannot_be_declared_is_answered_and_kept(admin, changes, sentence):
    answer = admin.post(f"{BASE}khai-bao/", NEW | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and 'value="Ngày thử"' in answer.content.decode()


def test_a_day_nobody_declared_is_not_withdrawn(admin):
    answer = admin.post(f"{BASE}thu-hoi/2026-08-06/", {"notice": "x"})
    assert answer.status_code == 422 and "chưa được khai báo" in answer.content.decode()


def test_a_confirmed_year_is_provisional_no_longer(admin):
    admin.post(f"{BASE}nam/2027/xac-nhan/", {"notice": "9999/TB-BNV"})
    assert not queries.work_calendar().is_provisional(2027)
    assert "9999/TB-BNV" in admin.get(f"{BASE}?nam=2027").content.decode()


PLAN = {"valid_from": "01/08/2026", "sessions": "07:30-11:30, 13:00-17:00", "saturday": "07:30-11:30", "citation": "QĐ 9"}


def test_session_hours_follow_one_another(admin):
    overlapping = admin.post(f"{BASE}khung-gio/them/", PLAN)
    assert overlapping.status_code == 422 and "chồng lên một bản ghi đã có" in overlapping.content.decode()
    admin.post(f"{BASE}khung-gio/ket-thuc/", {"ends_on": "01/08/2026", "citation": "QĐ 9"})
    page = admin.post(f"{BASE}khung-gio/them/", PLAN, follow=True).content.decode()
    assert "07:30–11:30, 13:00–17:00" in page and "Thứ Bảy: 07:30–11:30" in page
    assert queries.work_calendar().is_working_day(date(2026, 8, 8))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sessions": "sáng chiều"}, "Hãy ghi các buổi như"),
        ({"sessions": "25:00-26:00"}, "Hãy ghi các buổi như"),
        ({"sessions": "11:30-07:00"}, "kết thúc trước khi bắt đầu"),
        ({"sessions": "07:00-11:30, 11:00-17:00"}, "chồng lên buổi trước"),
        ({"valid_to": "01/08/2026"}, "phải sau ngày bắt đầu"),
    ],
)
def test_session_hours_that_make_no_sense_are_answered_and_kept(admin, changes, sentence):
    answer = admin.post(f"{BASE}khung-gio/them/", PLAN | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode() and 'value="QĐ 9"' in answer.content.decode()


def test_a_rule_set_shows_its_pauses_and_citations(admin):
    listed = admin.get(f"{BASE}bo-quy-tac/").content.decode()
    for rules in queries.rulesets():
        assert rules.code in listed
        page = admin.get(f"{BASE}bo-quy-tac/{rules.code}/").content.decode()
        assert page.count('<th scope="row">') == len(rules.pause_rules)
