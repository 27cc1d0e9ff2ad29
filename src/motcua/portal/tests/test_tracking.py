"""Following a dossier: stage for everybody, details behind the secret, guessing limited."""

from __future__ import annotations

from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any

import pytest
from django.test import Client

from motcua.base.time import at
from motcua.demo.cast import BIRTH, LICENCE, ON, OWNER, Cast, small_province
from motcua.dossiers import models, services
from motcua.dossiers.portal import progress_of
from motcua.dossiers.portal_details import masked
from motcua.kit.testing.browser import Browse, assert_accessible, assert_no_sideways_scroll, screenshot
from motcua.portal import guessing
from motcua.portal.models import Guess

NOW = at(ON, clock_time(8))
CODE, UNKNOWN = "H99.01-260310-0001", "H99.01-260310-9999"
PROGRESS, DETAILS = f"/tra-cuu/{CODE}/", f"/tra-cuu/{CODE}/chi-tiet/"
WRONG = {"secret": "SAISAISA"}


class Time:
    """The clock of a test."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    here = Time()
    monkeypatch.setattr("motcua.kit.clock.now", here)
    return here


@pytest.fixture
def cast(db: None, time: Time, settings: Any) -> Cast:
    settings.ROOT_URLCONF = "motcua.kit.pages.urls"
    return small_province(now=NOW)


@pytest.fixture
def dossier(cast: Cast) -> int:
    """A dossier of the licence, received at the centre's counter."""
    return services.receive_at_counter(cast.intake(LICENCE), actor=cast.justice.alice, now=NOW)


@pytest.fixture
def working(cast: Cast, dossier: int) -> int:
    """The same, passed on to the department."""
    services.forward(dossier, actor=cast.justice.alice, now=NOW)
    return dossier


def secret(dossier: int) -> dict[str, str]:
    return {"secret": models.Dossier.objects.get(pk=dossier).secret}


def text(answer: Any) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), f" {CODE} "])
def test_the_code_leads_to_the_stage(client: Client, dossier: int, typed: str) -> None:
    answer = client.get("/tra-cuu/", {"ma": typed}, follow=True)
    assert answer.redirect_chain[-1][0] == PROGRESS
    assert "Đã tiếp nhận" in text(answer)


def test_the_address_printed_in_the_qr_code_works(client: Client, dossier: int) -> None:
    assert client.get(f"/tra-cuu/{CODE}", follow=True).status_code == 200


def test_the_provisional_code_leads_there_too(client: Client, cast: Cast) -> None:
    number = services.submit(cast.intake(LICENCE, complete=False), actor=cast.justice.alice, now=NOW)
    provisional = models.Dossier.objects.get(pk=number).provisional_code
    page = text(client.get(f"/tra-cuu/{provisional}/"))
    assert "Đã nộp, chờ tiếp nhận" in page
    assert "Ngày hẹn trả" not in page


def test_the_public_page_names_neither_owner_nor_procedure_nor_secret(client: Client, working: int) -> None:
    page = text(client.get(PROGRESS))
    version = models.Dossier.objects.select_related("version").get(pk=working).version
    for hidden in (OWNER.name, "Thử", OWNER.number, OWNER.phone, OWNER.email, OWNER.address, LICENCE, version.name,
                   secret(working)["secret"], "Đơn đề nghị"):  # fmt: skip
        assert hidden not in page


def test_the_public_page_says_steps_holder_and_promised_date(client: Client, working: int) -> None:
    page = text(client.get(PROGRESS))
    for shown in ("Đang giải quyết", "Nộp hồ sơ", "Tiếp nhận, hẹn ngày trả", "Trả kết quả",
                  "Sở Tư pháp tỉnh Mẫu", "17:00 ngày 17/03/2026", 'aria-current="step"'):  # fmt: skip
        assert shown in page


def test_a_dossier_of_another_counter_is_first_passed_on(client: Client, cast: Cast) -> None:
    intake = cast.intake(LICENCE, counter=cast.commune.counter)
    number = services.receive_at_counter(intake, actor=cast.commune.alice, now=NOW)
    services.forward(number, actor=cast.commune.alice, now=NOW)
    code = models.Dossier.objects.get().code
    page = text(client.get(f"/tra-cuu/{code}/"))
    assert "Đang chuyển đến cơ quan giải quyết" in page
    now_at = page.index('aria-current="step"')
    assert "Chuyển đến cơ quan giải quyết" in page[now_at : now_at + 200]


def test_late_is_said_with_apology_and_the_new_date(client: Client, cast: Cast, working: int, time: Time) -> None:
    time.now = NOW + timedelta(days=8)
    page = text(client.get(PROGRESS))
    assert "Hồ sơ đã quá ngày hẹn trả. Sở Tư pháp tỉnh Mẫu xin lỗi" in page
    assert "Ngày hẹn mới chưa có" in page
    services.apologise(
        working, reason="Chờ xác minh", new_date=at(ON + timedelta(days=13), clock_time(17)),
        actor=cast.justice.charlie, now=time.now,
    )  # fmt: skip
    page = text(client.get(PROGRESS))
    assert "Văn bản xin lỗi đã gửi ngày 18/03/2026. Ngày hẹn mới: 17:00 ngày 23/03/2026." in page


def test_on_the_promised_day_nothing_is_late(client: Client, working: int, time: Time) -> None:
    time.now = at(ON + timedelta(days=7), clock_time(16, 59))
    assert "quá ngày hẹn" not in text(client.get(PROGRESS))


def test_waiting_for_papers_is_said_plainly_without_naming_them(client: Client, cast: Cast, working: int) -> None:
    services.ask_supplement(
        working, items=[{"name": "Giấy xác nhận bí mật"}], reason="Thiếu giấy", ground="Điều 1",
        actor=cast.justice.charlie, now=NOW + timedelta(hours=2),
    )  # fmt: skip
    page = text(client.get(PROGRESS))
    assert "Hồ sơ đang chờ bạn bổ sung giấy tờ, theo yêu cầu ngày 10/03/2026" in page
    assert "bí mật" not in page
    client.post(DETAILS, secret(working))
    assert "Giấy xác nhận bí mật" in text(client.get(DETAILS))


def test_a_finished_dossier_says_where_to_fetch_the_result(client: Client, cast: Cast, dossier: int) -> None:
    models.Dossier.objects.filter(pk=dossier).update(state="finished", ended_at=NOW, end_kind="finished")
    assert "Mời đến nhận tại Trung tâm Phục vụ hành chính công tỉnh Mẫu" in text(client.get(PROGRESS))


@pytest.mark.parametrize("state", [state.value for state in models.State])
def test_every_state_has_a_page(client: Client, dossier: int, state: str) -> None:
    models.Dossier.objects.filter(pk=dossier).update(state=state)
    assert client.get(PROGRESS).status_code == 200


def test_nothing_is_kept_or_indexed(client: Client, dossier: int) -> None:
    client.post(DETAILS, secret(dossier))
    for path in (PROGRESS, DETAILS, "/tra-cuu/", f"/tra-cuu/{CODE}/phieu/giay-tiep-nhan/1/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_the_secret_opens_the_details_for_half_an_hour(client: Client, dossier: int, time: Time) -> None:
    typed = secret(dossier)["secret"].lower()
    answer = client.post(DETAILS, {"secret": f" {typed[:4]}-{typed[4:]} "})
    assert (answer.status_code, answer["Location"]) == (302, DETAILS)
    page = text(client.get(DETAILS))
    assert "Nguyễn V** T**" in page
    assert OWNER.name not in page
    assert "Đơn đề nghị" in page
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" in page
    time.now = NOW + timedelta(minutes=30)
    assert "Đơn đề nghị" not in text(client.get(DETAILS))


def test_the_secret_of_one_dossier_opens_no_other(client: Client, cast: Cast, dossier: int) -> None:
    services.receive_at_counter(cast.intake(BIRTH), actor=cast.commune.alice, now=NOW)
    other = models.Dossier.objects.exclude(pk=dossier).get().code
    client.post(DETAILS, secret(dossier))
    for path in (f"/tra-cuu/{other}/chi-tiet/", f"/tra-cuu/{other}/phieu/giay-tiep-nhan/1/"):
        assert "Tờ khai" not in text(client.get(path, follow=True))
        assert "application/pdf" not in client.get(path, follow=True)["Content-Type"]


def test_the_session_key_changes_with_the_secret(client: Client, dossier: int) -> None:
    client.session["planted"] = True
    before = client.session.session_key
    client.post(DETAILS, secret(dossier))
    assert client.session.session_key != before


def test_the_owner_downloads_the_slips_but_not_the_control_sheet(client: Client, dossier: int) -> None:
    client.post(DETAILS, secret(dossier))
    receipt = client.get(f"/tra-cuu/{CODE}/phieu/giay-tiep-nhan/1/")
    assert receipt["Content-Type"] == "application/pdf"
    assert receipt.content.startswith(b"%PDF")
    for slug in ("kiem-soat", "xin-loi", "khong-co"):
        assert client.get(f"/tra-cuu/{CODE}/phieu/{slug}/1/").status_code == 404


def test_without_the_secret_slips_are_not_given(client: Client, dossier: int) -> None:
    answer = client.get(f"/tra-cuu/{CODE}/phieu/giay-tiep-nhan/1/")
    assert (answer.status_code, answer["Location"]) == (302, DETAILS)


@pytest.mark.parametrize("code", ["a'b", "%00", "%3Cscript%3E", "x" * 300, "..%2F..%2Fetc", "ă", "-", "%0A"])
def test_codes_with_hostile_characters_are_cleanly_not_found(client: Client, cast: Cast, code: str) -> None:
    for path in (f"/tra-cuu/{code}/", f"/tra-cuu/{code}/chi-tiet/", f"/tra-cuu/{code}/phieu/rut/1/"):
        assert client.get(path).status_code == 404
    assert not Guess.objects.exists()


def test_the_form_says_what_a_code_looks_like(client: Client, cast: Cast) -> None:
    for typed in ("", "<b>", "\x00\x00\x00\x00"):
        answer = client.get("/tra-cuu/", {"ma": typed})
        assert answer.status_code == 422
        assert 'role="alert"' in text(answer)


def test_unknown_code_and_wrong_secret_get_the_same_answer(
    client: Client, dossier: int, django_assert_num_queries: Any
) -> None:
    client.post(DETAILS, WRONG)
    answers = []
    for code in (CODE, UNKNOWN):
        client.post(f"/tra-cuu/{code}/chi-tiet/", WRONG)
        with django_assert_num_queries(3):
            answers.append(client.post(f"/tra-cuu/{code}/chi-tiet/", WRONG))
    assert {answer.status_code for answer in answers} == {422}
    known, unknown = text(answers[0]).replace(CODE, "CODE"), text(answers[1]).replace(UNKNOWN, "CODE")
    assert _without_token(known) == _without_token(unknown)


def _without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_after_ten_wrong_secrets_even_the_right_one_waits(client: Client, dossier: int, time: Time) -> None:
    for n in range(guessing.PER_DOSSIER):
        answer = client.post(DETAILS, WRONG, REMOTE_ADDR=f"10.0.0.{n}")
        assert answer.status_code == 422
    answer = client.post(DETAILS, secret(dossier), REMOTE_ADDR="10.0.1.1")
    assert answer.status_code == 429
    assert "thử lại sau <strong>09:00 ngày 10/03/2026</strong>" in text(answer)
    assert answer["Retry-After"] == "3600"
    time.now = NOW + timedelta(hours=1)
    assert client.post(DETAILS, secret(dossier), REMOTE_ADDR="10.0.1.1").status_code == 302


def test_an_unknown_code_is_closed_after_ten_tries_too(client: Client, cast: Cast) -> None:
    path = "/tra-cuu/H99.01-260310-9999/chi-tiet/"
    statuses = [client.post(path, WRONG, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(11)]
    assert statuses == [422] * 10 + [429]


def test_after_thirty_unknown_codes_an_address_waits(client: Client, dossier: int, time: Time) -> None:
    for n in range(guessing.PER_ADDRESS):
        assert client.get(f"/tra-cuu/H99.01-260310-8{n:03d}/").status_code == 404
    answer = client.get(PROGRESS)
    assert answer.status_code == 429
    assert "thử lại sau" in text(answer)
    assert client.get(PROGRESS, REMOTE_ADDR="10.9.9.9").status_code == 200
    time.now = NOW + timedelta(hours=1, seconds=1)
    assert client.get(PROGRESS).status_code == 200


def test_after_thirty_wrong_secrets_over_many_dossiers_an_address_waits(client: Client, dossier: int) -> None:
    for n in range(guessing.PER_ADDRESS):
        client.post(f"/tra-cuu/H99.01-260310-8{n:03d}/chi-tiet/", WRONG)
    assert client.post(DETAILS, secret(dossier)).status_code == 429
    assert client.get(DETAILS).status_code == 200  # asking for the secret is not a try


def test_right_secrets_cost_nothing(client: Client, dossier: int) -> None:
    for _ in range(guessing.PER_ADDRESS + 5):
        assert client.post(DETAILS, secret(dossier)).status_code == 302


def test_an_empty_secret_is_no_try(client: Client, dossier: int) -> None:
    answer = client.post(DETAILS, {"secret": ""})
    assert answer.status_code == 422
    assert "Hãy nhập: Mã bảo mật trên giấy tiếp nhận." in text(answer)
    assert not Guess.objects.exists()


def test_an_ipv6_customer_is_one_address(client: Client, cast: Cast) -> None:
    for n in range(guessing.PER_ADDRESS):
        client.get(f"/tra-cuu/H99.01-260310-8{n:03d}/", REMOTE_ADDR=f"2001:db8::{n:x}")
    assert client.get("/tra-cuu/H99.01-260310-9999/", REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert client.get("/tra-cuu/H99.01-260310-9999/", REMOTE_ADDR="2001:db8:0:1::1").status_code == 404


def test_only_our_proxy_is_believed_about_the_address(client: Client, cast: Cast, settings: Any) -> None:
    for n in range(guessing.PER_ADDRESS):
        client.get(f"/tra-cuu/H99.01-260310-8{n:03d}/", headers={"X-Forwarded-For": f"10.0.0.{n}"})
    assert client.get("/tra-cuu/H99.01-260310-9999/").status_code == 429
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    behind = {"X-Forwarded-For": "1.2.3.4, 10.7.7.7"}
    assert client.get("/tra-cuu/H99.01-260310-9999/", headers=behind).status_code == 404


def test_neither_codes_nor_addresses_are_kept(client: Client, cast: Cast) -> None:
    client.post(DETAILS, WRONG)
    assert all(len(key) == 64 and CODE not in key for key in Guess.objects.values_list("key", flat=True))


def test_old_guesses_are_forgotten(client: Client, cast: Cast, time: Time) -> None:
    client.get("/tra-cuu/H99.01-260310-9999/", REMOTE_ADDR="10.0.0.1")
    time.now = NOW + timedelta(days=2)
    client.get("/tra-cuu/H99.01-260310-9999/", REMOTE_ADDR="10.0.0.2")
    assert Guess.objects.count() == 1


def test_query_counts_are_fixed(client: Client, working: int, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):
        client.get(PROGRESS)
    with django_assert_num_queries(4):
        progress_of(CODE, now=NOW)


@pytest.mark.parametrize(
    ("name", "shown"), [("Nguyễn Văn Thử", "Nguyễn V** T**"), ("Thử", "Thử"), ("", ""), ("  Trần  Thị ", "Trần T**")]
)
def test_names_are_masked(name: str, shown: str) -> None:
    assert masked(name) == shown


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_way_of_the_owner_is_accessible_without_scripts_and_with_keyboard(
    browse: Browse, working: int, time: Time
) -> None:
    time.now = NOW + timedelta(days=8)
    page = browse("/tra-cuu/", scripts=True)
    _look(page, "tra-cuu")
    page.get_by_label("Mã hồ sơ").fill(CODE.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PROGRESS}")
    _look(page, "tien-do")
    page.get_by_label("Mã bảo mật trên giấy tiếp nhận").fill("SAISAISA")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    _look(page, "sai-ma-bao-mat")
    page.get_by_label("Mã bảo mật trên giấy tiếp nhận").fill(secret(working)["secret"])
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Giấy tờ đã nộp").wait_for()
    _look(page, "chi-tiet")


def _look(page: Any, name: str) -> None:
    screenshot(page, f"portal-{name}")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_scripts_the_owner_gets_there_too(browse: Browse, dossier: int) -> None:
    page = browse("/tra-cuu/", scripts=False)
    page.get_by_label("Mã hồ sơ").fill(CODE)
    page.get_by_role("button", name="Tra cứu").click()
    page.get_by_label("Mã bảo mật trên giấy tiếp nhận").fill(secret(dossier)["secret"])
    page.get_by_role("button", name="Xem chi tiết").click()
    page.get_by_role("heading", name="Giấy tờ đã nộp").wait_for()
