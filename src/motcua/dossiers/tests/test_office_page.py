"""The dossier page, its due date explained, its files and papers: who sees them, what they say, what they cost."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import mark_safe
from pypdf import PdfReader

from motcua.base.actor import SYSTEM
from motcua.deadlines.rules import PauseKind
from motcua.demo.cast import BIRTH, LICENCE, NO_TERM, ON, Cast
from motcua.documents import services as documents
from motcua.dossiers import models, panels, services, words
from motcua.dossiers.rules.state import EndKind, LateCause, ResultRecord
from motcua.dossiers.tests.office import NOW, PDF, answers, client_of, province
from motcua.slips.rules import Purpose

MOST_QUERIES = 28
REASON = {"reason": "Thiếu giấy tờ", "ground": "Điều 17"}


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT, settings.PUBLIC_URL = tmp_path, "https://mau.example.vn"
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW + timedelta(hours=1))
    return province()


def text(response: Any) -> str:
    return response.content.decode()


def received(cast: Cast, procedure: str = LICENCE, **more: Any) -> int:
    actor = cast.commune.alice if procedure == BIRTH else cast.justice.alice
    return services.receive_at_counter(cast.intake(procedure, **more), actor=actor, now=NOW)


def eventful(cast: Cast) -> int:
    """A dossier that has been through everything up to the supplement."""
    number = received(cast)
    services.forward(number, actor=SYSTEM, now=NOW)
    services.advance(number, position=2, actor=SYSTEM, now=NOW, holder_id=cast.justice.bob.id)
    services.ask_supplement(number, items=[{"name": "Bản chụp"}], actor=SYSTEM, now=NOW, **REASON)
    services.answer_supplement(number, answer="Đã có", actor=SYSTEM, now=NOW + timedelta(days=1))
    services.pause(
        number,
        kind=PauseKind("financial_obligation"),
        actor=SYSTEM,
        now=NOW + timedelta(days=1),
        **REASON,
    )
    services.resume(number, actor=SYSTEM, now=NOW + timedelta(days=2))
    services.apologise(
        number, reason="Chậm", new_date=NOW + timedelta(days=40), actor=SYSTEM, now=NOW + timedelta(days=2)
    )
    return number


def test_the_page_says_code_owner_state_and_time_left(cast: Cast) -> None:
    shown = text(client_of(cast.justice.alice).get(f"/office/ho-so/{received(cast)}/"))
    for words_shown in (
        "H99.01-260310-0001",
        "Nguyễn Văn Thử",
        "Đã tiếp nhận, chờ chuyển",
        "17:00 17/03/2026 – còn 5,8 ngày làm việc",
    ):
        assert words_shown in shown
    assert "Chuyển hồ sơ" in shown


def test_one_primary_button_and_only_for_whom_it_is(cast: Cast) -> None:
    number = received(cast)
    button = f'class="mc-btn" href="/office/ho-so/{number}/viec/chuyen/"'
    assert text(client_of(cast.justice.alice).get(f"/office/ho-so/{number}/")).count(button) == 1
    seen_by_bob = text(client_of(cast.justice.bob).get(f"/office/ho-so/{number}/"))
    assert button not in seen_by_bob
    assert "Chuyển hồ sơ" in seen_by_bob


def test_the_history_tells_every_event_in_sentences(cast: Cast) -> None:
    shown = text(client_of(cast.justice.charlie).get(f"/office/ho-so/{eventful(cast)}/"))
    for sentence in (
        "Tiếp nhận hồ sơ, cấp mã H99.01-260310-0001, hẹn trả 17:00 ngày 17/03/2026.",
        "Chuyển hồ sơ đến Sở Tư pháp tỉnh Mẫu.",
        "Hoàn thành bước 2, chuyển sang bước “Thẩm định, giải quyết”.",
        "Yêu cầu bổ sung hồ sơ: 1 nội dung.",
        "Tạm dừng tính thời hạn: chờ thực hiện nghĩa vụ tài chính.",
        "Xin lỗi chủ hồ sơ và hẹn lại",
    ):
        assert sentence in shown


@pytest.mark.parametrize(
    "path",
    ["", "bien-nhan/", "thoi-han/", "phieu/giay-tiep-nhan/", "phieu/kiem-soat/", "viec/chuyen/", "tep/1/"],
)
def test_a_guessed_address_shows_nothing_to_others(cast: Cast, path: str) -> None:
    number = received(cast)
    for stranger in (
        cast.outsider,
        cast.commune.alice,
        cast.commune.bob,
        cast.commune.charlie,
        cast.land.bob,
    ):
        response = client_of(stranger).get(f"/office/ho-so/{number}/{path}")
        assert response.status_code == 403
        assert "Nguyễn Văn Thử" not in text(response)


def test_who_may_see_a_dossier(cast: Cast) -> None:
    number = received(cast)
    for actor in (cast.justice.alice, cast.justice.bob, cast.justice.charlie, cast.director):
        assert client_of(actor).get(f"/office/ho-so/{number}/").status_code == 200


def test_a_number_nobody_has_is_not_found(cast: Cast) -> None:
    assert client_of(cast.justice.alice).get("/office/ho-so/999999/").status_code == 404


def test_the_page_costs_a_fixed_number_of_queries(cast: Cast) -> None:
    number, client = eventful(cast), client_of(cast.justice.charlie)
    client.get(f"/office/ho-so/{number}/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(f"/office/ho-so/{number}/")
    assert len(queries) <= MOST_QUERIES, "\n".join(q["sql"][:150] for q in queries)


def test_other_rooms_add_their_panels(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    number = received(cast)
    monkeypatch.setattr(
        panels, "PANELS", [lambda request, d: mark_safe(f"<p>Bưu gửi {d.code}</p>"), lambda request, d: None]
    )  # noqa: S308
    assert "Bưu gửi H99.01-260310-0001" in text(client_of(cast.justice.alice).get(f"/office/ho-so/{number}/"))


def test_the_due_date_explains_itself_with_pauses_and_promise(cast: Cast) -> None:
    shown = text(client_of(cast.justice.charlie).get(f"/office/ho-so/{eventful(cast)}/thoi-han/"))
    for words_shown in (
        "Bắt đầu tính thời hạn lúc 08:00 ngày 10/03/2026",
        "không tính vào thời hạn (ngày 0)",
        "Tạm dừng từ 08:00 ngày 10/03/2026",
        "Hạn in trên giấy tiếp nhận",
        "17:00 17/03/2026",
        "Đã thay đổi",
    ):
        assert words_shown in shown


def test_the_explanation_names_days_off_with_their_notice(cast: Cast) -> None:
    number = services.receive_at_counter(
        cast.intake(), actor=SYSTEM, now=NOW.replace(month=2, day=12, hour=15, minute=30)
    )
    shown = text(client_of(cast.justice.charlie).get(f"/office/ho-so/{number}/thoi-han/"))
    assert "9441/TB-BNV" in shown
    assert "17:00 26/02/2026" in shown


def test_a_provisional_year_is_marked(cast: Cast) -> None:
    number = services.receive_at_counter(cast.intake(), actor=SYSTEM, now=NOW.replace(month=12, day=30))
    assert "Dự kiến" in text(client_of(cast.justice.charlie).get(f"/office/ho-so/{number}/thoi-han/"))


def test_after_fifteen_hours_the_birth_registration_counts_from_the_next_day(cast: Cast) -> None:
    early = services.receive_at_counter(cast.intake(BIRTH), actor=SYSTEM, now=NOW)
    late = services.receive_at_counter(cast.intake(BIRTH), actor=SYSTEM, now=NOW.replace(hour=15, minute=30))
    dues = [
        models.Dossier.objects.get(pk=number).due_at.astimezone(NOW.tzinfo).date() for number in (early, late)
    ]
    assert dues == [ON, date(2026, 3, 11)]


def test_without_a_term_there_is_nothing_to_explain(cast: Cast) -> None:
    number = received(cast, NO_TERM, place=cast.land)
    assert "không quy định thời hạn" in text(
        client_of(cast.land.charlie).get(f"/office/ho-so/{number}/thoi-han/")
    )


def test_files_come_only_from_the_dossier_itself(cast: Cast) -> None:
    alice = client_of(cast.justice.alice)
    paper = f"c{_first_paper()}_file"
    alice.post(
        f"/office/tiep-nhan/{LICENCE}/",
        answers(LICENCE, cast.justice.unit, **{paper: SimpleUploadedFile("don.pdf", PDF)}),
    )
    number, file_id = (
        models.Dossier.objects.get().pk,
        models.Component.objects.get(file__isnull=False).file_id,
    )
    assert alice.get(f"/office/ho-so/{number}/tep/{file_id}/").content == PDF
    other = documents.store("khac.pdf", [PDF + b" "], actor=cast.justice.alice, now=NOW)
    assert alice.get(f"/office/ho-so/{number}/tep/{other}/").status_code == 404


def _first_paper() -> int:
    from motcua.catalogue.queries import version_for_intake

    return version_for_intake(LICENCE, ON).components[0].id


def printed(cast: Cast, number: int, path: str) -> str:
    response = client_of(cast.justice.charlie).get(f"/office/ho-so/{number}/phieu/{path}/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split()
    )


def test_the_receipt_carries_code_promise_secret_and_address(cast: Cast) -> None:
    number = received(cast)
    shown = printed(cast, number, "giay-tiep-nhan")
    secret = models.Dossier.objects.get(pk=number).secret
    address = "https://mau.example.vn/tra-cuu/H99.01-260310-0001"
    for part in ("H99.01-260310-0001", address, secret, "Đơn đề nghị", "50.000", "Nguyễn Thị Mẫu Một"):
        assert letters(part) in letters(shown)


def letters(text: str) -> str:
    """Without spaces and soft breaks: reading a PDF back, kerning and line ends may put one anywhere."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def test_every_slip_of_an_act_can_be_printed(cast: Cast) -> None:
    number = eventful(cast)
    services.stop(number, kind=EndKind.STOPPED, actor=SYSTEM, now=NOW + timedelta(days=3), **REASON)
    assert letters("Bản chụp") in letters(printed(cast, number, "yeu-cau-bo-sung/1"))
    assert letters("Chậm") in letters(printed(cast, number, "xin-loi/1"))
    assert letters("Sở Tư pháp tỉnh Mẫu") in letters(printed(cast, number, "dung/1"))
    assert letters("Thẩm định, giải quyết") in letters(printed(cast, number, "kiem-soat"))
    assert letters(models.Dossier.objects.get(pk=number).provisional_code) in letters(
        printed(cast, number, "bien-nhan-nop")
    )


def test_return_refusal_and_withdrawal_slips(cast: Cast) -> None:
    withdrawn, refused, returned = (
        received(cast),
        services.submit(cast.intake(), actor=SYSTEM, now=NOW),
        received(cast),
    )
    services.withdraw(withdrawn, request="YC-1", reason="Đổi ý", actor=SYSTEM, now=NOW)
    services.refuse_at_intake(refused, actor=SYSTEM, now=NOW, **REASON)
    _finish(returned)
    assert letters("yêu cầu trực tuyến YC-1") in letters(printed(cast, withdrawn, "rut/1"))
    assert letters("Điều 17") in letters(printed(cast, refused, "tu-choi/1"))
    assert letters("Trần Thị Ví Dụ") in letters(printed(cast, returned, "tra-ket-qua/1"))


def _finish(number: int) -> None:
    services.forward(number, actor=SYSTEM, now=NOW)
    file_id = documents.store("kq.pdf", [PDF], actor=SYSTEM, now=NOW)
    result = ResultRecord("15/GP", "Giấy phép mẫu", file_id, "Lê Thị Mẫu", NOW)
    services.decide(number, granted=True, result=result, late_cause=LateCause.OTHER, actor=SYSTEM, now=NOW)
    services.give_back(number, receiver="Trần Thị Ví Dụ", method="trực tiếp", actor=SYSTEM, now=NOW)


@pytest.mark.parametrize("path", ["giay-tiep-nhan", "dung/1", "yeu-cau-bo-sung/2", "khong-co", "so-theo-doi"])
def test_a_paper_the_dossier_does_not_have_is_not_found(cast: Cast, path: str) -> None:
    number = services.submit(cast.intake(), actor=SYSTEM, now=NOW)
    assert client_of(cast.justice.charlie).get(f"/office/ho-so/{number}/phieu/{path}/").status_code == 404


def test_every_purpose_of_a_single_dossier_has_an_address() -> None:
    assert set(words.SLIP_SLUGS) == set(Purpose) - {Purpose.REGISTER, Purpose.HANDOVER}
    assert set(words.SLIP_NAMES) == set(words.SLIP_SLUGS)
