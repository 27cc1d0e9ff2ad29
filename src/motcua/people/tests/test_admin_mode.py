"""The power of administration is a mode: with a reason and the password, for some minutes, all of it logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed
from motcua.demo.cast import PASSWORD, Cast
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.journal import services as journal
from motcua.journal.models import Event
from motcua.organisation import services as units
from motcua.people import services
from motcua.people.admin_mode import AdminReasonMissing, begin, end
from motcua.people.models import AdminMode, Officer
from motcua.people.queries import actor_of_token
from motcua.people.rosters import running_mode
from motcua.people.rules import Role
from motcua.people.services import assign

pytestmark = pytest.mark.django_db
PAGE = "/office/can-bo/che-do-quan-tri/"
REASON = "Mở tài khoản cho cán bộ mới"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(Officer.objects.get(pk=cast.admin.id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def begun(client: Client, **changes: str) -> Client:
    client.post(PAGE, {"reason": REASON, "password": PASSWORD} | changes)
    return client


def test_outside_the_mode_the_pages_refuse_and_offer_the_switch(client):
    page = client.get("/office/can-bo/")
    assert page.status_code == 403
    assert "Bật chế độ quản trị" in page.content.decode() and f"{PAGE}?next=/office/can-bo/" in page.content.decode()
    assert client.post("/office/can-bo/them/", {}).status_code == 403
    assert client.get("/office/", follow=True).request["PATH_INFO"] == PAGE


def test_reason_and_password_open_it_and_lead_on(client):
    answer = client.post(PAGE, {"reason": REASON, "password": PASSWORD, "next": "/office/don-vi/"})
    assert answer.url == "/office/don-vi/"
    page = client.get("/office/don-vi/").content.decode()
    assert REASON in page and "Đang ở chế độ quản trị" in page
    assert client.post(PAGE, {"reason": REASON, "password": PASSWORD, "next": "https://vi-du.test/"}).url == "/office/can-bo/"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "sai-mat-khau"}, "Mật khẩu không đúng"),
        ({"reason": "việc"}, "ít nhất 10 ký tự"),
        ({"reason": ""}, "Hãy nhập: Lý do"),
    ],
)
def test_without_them_it_stays_closed(client, changes, sentence):
    answer = client.post(PAGE, {"reason": REASON, "password": PASSWORD} | changes)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert client.get("/office/can-bo/").status_code == 403 and not AdminMode.objects.exists()


def test_it_ends_by_itself_and_by_hand(client, monkeypatch):
    assert begun(client).get("/office/can-bo/").status_code == 200
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW + timedelta(minutes=30))
    assert client.get("/office/can-bo/").status_code == 403
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    client.post(f"{PAGE}tat/")
    assert client.get("/office/can-bo/").status_code == 403


def test_everything_done_in_it_is_logged_with_the_reason(client):
    new = {"username": "moi", "full_name": "Trần Thị Ví Dụ", "email": "", "password": "mat-khau-tam-2026"}
    begun(client).post("/office/can-bo/them/", new)
    assert Event.objects.get(name="people.officer_created", data__username="moi").data["admin_reason"] == REASON
    names = set(Event.objects.filter(name__startswith="people.admin_mode").values_list("name", flat=True))
    assert names == {"people.admin_mode_begun"}


def test_others_cannot_enter_it(cast):
    client = client_of(cast.justice.bob)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"reason": REASON, "password": PASSWORD}).status_code == 403
    with pytest.raises(NotAllowed):
        begin(reason=REASON, minutes=30, actor=cast.justice.bob, now=NOW)
    with pytest.raises(AdminReasonMissing):
        begin(reason="ngắn", minutes=30, actor=cast.admin, now=NOW)


def test_the_mode_of_one_is_not_the_mode_of_another(cast, client):
    mode = begin(reason=REASON, minutes=30, actor=cast.admin, now=NOW)
    assert running_mode(mode, cast.admin.id, now=NOW) and running_mode(mode, cast.outsider.id, now=NOW) is None
    end(mode_id=mode, actor=cast.admin, now=NOW + timedelta(minutes=1))
    assert running_mode(mode, cast.admin.id, now=NOW + timedelta(minutes=1)) is None


def test_verbs_check_it_again(cast):
    off = cast.admin.without(Role.ADMIN)
    for call in (
        lambda: services.create_officer(username="moi", full_name="Moi Nguyen", password="mat-khau-tam-2026", actor=off, now=NOW),
        lambda: services.set_password(username="alice", password="mat-khau-tam-2026", actor=off, now=NOW),
        lambda: services.set_active(officer_id=cast.outsider.id, active=False, actor=off, now=NOW),
        lambda: services.issue_token(officer_id=cast.outsider.id, label="Thử", actor=off, now=NOW),
        lambda: assign(officer_id=cast.outsider.id, unit_id=cast.province, role=Role.ADMIN, since=NOW.date(), actor=off, now=NOW),
        lambda: units.close_unit(unit_id=cast.board, on=NOW.date(), citation="QĐ", actor=off, now=NOW),
        lambda: journal.retry(now=NOW, actor=off),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            call()


def test_a_key_never_carries_the_power(cast):
    secret = services.issue_token(officer_id=cast.admin.id, label="Thử", actor=SYSTEM, now=NOW)
    assert not actor_of_token(secret, now=NOW).holds(Role.ADMIN)


def test_calendar_units_and_outbox_are_for_the_province_alone(cast):
    assign(officer_id=cast.outsider.id, unit_id=cast.board, role=Role.ADMIN, since=NOW.date(), actor=SYSTEM, now=NOW)
    client = client_of(cast.outsider)
    assert client.get("/office/can-bo/").status_code == 200
    for path in ("don-vi/", "lich/", "hop-thu-di/"):
        assert client.get(f"/office/{path}").status_code == 403
    small = replace(cast.admin, duties=tuple(replace(d, top=False) for d in cast.admin.duties))
    with pytest.raises(NotAllowed):
        units.close_unit(unit_id=cast.land.unit, on=NOW.date(), citation="QĐ", actor=small, now=NOW)


def test_one_position_of_several_can_be_chosen(cast):
    assign(officer_id=cast.justice.bob.id, unit_id=cast.land.unit, role=Role.CLERK, since=NOW.date(), actor=SYSTEM, now=NOW)
    client = client_of(cast.justice.bob)
    page = client.get("/office/can-bo/vai-tro/").content.decode()
    assert "Văn thư" in page and "Đổi vai trò" in page
    client.post("/office/can-bo/vai-tro/chon/", {"position": f"clerk:{cast.land.unit}::"})
    page = client.get("/office/can-bo/vai-tro/")
    assert "Đang làm việc với vai trò này" in page.content.decode()
    request = page.wsgi_request
    assert {d.role for d in request.actor.duties} == {"clerk"} and request.actor.label.endswith("(Văn thư)")
    assert client.post("/office/can-bo/vai-tro/chon/", {"position": "admin:1::"}).status_code == 422
    client.post("/office/can-bo/vai-tro/chon/", {"position": ""})
    assert len(client.get("/office/can-bo/vai-tro/").wsgi_request.actor.duties) == 2


def test_the_first_button_of_the_sign_in_page_signs_in():
    page = Client().get("/office/login/").content.decode()
    assert page.index("Đăng nhập</button>") < page.index('name="language"')
