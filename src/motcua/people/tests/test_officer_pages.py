"""Pages of officers: bad input is answered in words and kept; a password set by somebody else must be changed."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.organisation.rules import Level, UnitKind
from motcua.organisation.services import UnitData, open_unit
from motcua.people import queries
from motcua.people.models import Assignment, Officer
from motcua.people.rules import Role
from motcua.people.services import assign

pytestmark = pytest.mark.django_db
BASE = "/office/can-bo/"
NEW = {"username": "moi", "full_name": "Trần Thị Ví Dụ", "email": "", "password": "mat-khau-tam-2026"}


@pytest.fixture
def cast() -> Cast:
    return province()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return client_of(cast.admin)


def sign_in(client: Client, password: str) -> str:
    return client.post("/office/login/", {"username": "moi", "password": password}, follow=True).request["PATH_INFO"]


def test_a_new_officer_changes_the_password_before_anything_else(admin):
    page = admin.post(f"{BASE}them/", NEW, follow=True)
    assert "Trần Thị Ví Dụ" in page.content.decode() and "Phải đổi mật khẩu" in page.content.decode()
    client = Client()
    assert sign_in(client, NEW["password"]) == "/office/password/"
    for path in ("/office/", "/office/can-bo/", "/office/danh-muc/"):
        assert client.get(path).url == "/office/password/"
    assert client.get("/").status_code == 200
    change = {"old_password": NEW["password"], "new_password1": NEW["password"], "new_password2": NEW["password"]}
    assert "phải khác mật khẩu hiện tại" in client.post("/office/password/", change).content.decode()
    change |= {"new_password1": "mat-khau-cua-rieng-toi", "new_password2": "mat-khau-cua-rieng-toi"}
    client.post("/office/password/", change)
    assert client.get("/office/").status_code == 200
    assert sign_in(Client(), "mat-khau-cua-rieng-toi") == "/office/"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"username": "ALICE"}, "đã có người dùng"),
        ({"password": "ngan"}, "Mật khẩu chưa đạt yêu cầu"),
        ({"full_name": ""}, "Hãy nhập: Họ và tên."),
        ({"email": "khong phai thu"}, "thư"),
    ],
)
def test_a_refused_account_says_why_and_keeps_what_was_typed(admin, changes, sentence):
    before = Officer.objects.count()
    answer = admin.post(f"{BASE}them/", NEW | changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert f'value="{(NEW | changes)["username"]}"' in page
    assert Officer.objects.count() == before


def test_a_position_that_overlaps_is_refused_in_words(cast, admin):
    form = {"unit": cast.board, "role": "specialist", "since": "01/05/2026", "decision": "12/QĐ"}
    answer = admin.post(f"{BASE}{cast.outsider.id}/vi-tri/", form)
    assert answer.status_code == 422
    assert "khoảng thời gian trùng nhau" in answer.content.decode() and "12/QĐ" in answer.content.decode()
    reversed_ = form | {"role": "clerk", "until": "01/05/2026"}
    assert "phải sau ngày bắt đầu" in admin.post(f"{BASE}{cast.outsider.id}/vi-tri/", reversed_).content.decode()


def test_a_position_is_given_and_ended(cast, admin):
    form = {"unit": cast.board, "role": "clerk", "since": "01/05/2026", "decision": "12/QĐ"}
    assert "Văn thư" in admin.post(f"{BASE}{cast.outsider.id}/vi-tri/", form, follow=True).content.decode()
    row = Assignment.objects.get(officer_id=cast.outsider.id, role="clerk")
    admin.post(f"{BASE}vi-tri/{row.pk}/ket-thuc/", {"until": "01/06/2026"})
    row.refresh_from_db()
    assert f"{row.valid.upper:%d/%m/%Y}" == "01/06/2026"


def test_a_key_is_shown_once_and_revoked(cast, admin):
    shown = admin.post(f"{BASE}{cast.outsider.id}/khoa-api/", {"label": "Phần mềm thử"})
    assert shown["Cache-Control"] == "no-store"
    secret = shown.content.decode().split('mc-confirmation__code">')[1].split("<")[0]
    assert queries.actor_of_token(secret, now=NOW).id == cast.outsider.id
    page = admin.get(f"{BASE}{cast.outsider.id}/").content.decode()
    assert "Phần mềm thử" in page and secret not in page
    admin.post(f"{BASE}khoa-api/{queries.keys_of(cast.outsider.id)[0].id}/thu-hoi/")
    assert queries.actor_of_token(secret, now=NOW) is None


def test_a_closed_account_is_signed_out_at_once(cast, admin):
    theirs = client_of(cast.outsider)
    assert theirs.get("/office/", follow=True).status_code == 200
    admin.post(f"{BASE}{cast.outsider.id}/trang-thai/", {"active": "0"})
    assert theirs.get("/office/").url.startswith("/office/login/")


def test_the_administrator_of_a_unit_cannot_take_over_an_account_elsewhere(cast):
    data = UnitData(name="Ban khác", kind=UnitKind.BOARD)
    place = open_unit(code="H99.77", level=Level.PROVINCE, data=data, since=NOW.date(), citation="QĐ", actor=SYSTEM, now=NOW)
    assign(officer_id=cast.outsider.id, unit_id=place, role=Role.ADMIN, since=NOW.date(), actor=SYSTEM, now=NOW)
    client = client_of(cast.outsider)
    for path in ("", "mat-khau/", "khoa-api/", "vi-tri/"):
        assert client.get(f"{BASE}{cast.admin.id}/{path}").status_code == 403
    refused = client.post(f"{BASE}{cast.admin.id}/mat-khau/", {"password": "chiem-tai-khoan-1"})
    assert refused.status_code == 403
    assert "Phạm Văn Quản Trị" not in client.get(BASE).content.decode()


def test_the_list_finds_a_name_without_accents(admin):
    page = admin.get(f"{BASE}?name=quan tri").content.decode()
    assert "Phạm Văn Quản Trị" in page and "Trần Văn Ngoài Cuộc" not in page
