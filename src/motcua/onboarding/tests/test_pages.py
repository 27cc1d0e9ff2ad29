"""The administrators' pages: upload, mapping, preview, files to take away; nobody else finds them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from motcua.demo.cast import ON, Cast
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.office import client_of, province
from motcua.onboarding.models import Import, Mapping
from motcua.onboarding.rules.fields import FIELDS, Kind
from motcua.onboarding.rules.mapping import Plan
from motcua.onboarding.tests.sheets import (
    DOSSIER_HEADS,
    NOW,
    OFFICER_HEADS,
    brought_in,
    checked,
    dossier,
    officer,
    states,
    uploaded,
    worked,
    xlsx,
)
from motcua.people.models import Officer
from motcua.people.queries import actor_of_officer

pytestmark = pytest.mark.django_db
LIST = "/office/nhap-du-lieu/"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    yield province()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return client_of(cast.admin)


def post_file(client: Client, kind: Kind, content: bytes, name: str = "tep.xlsx") -> Any:
    return client.post(f"{LIST}tep/{kind}/", {"file": SimpleUploadedFile(name, content)})


def answers(found: Import, **more: str) -> dict[str, str]:
    columns = Plan.of(found.plan).columns
    return {f"col_{key}": str(place) for key, place in columns.items()} | more


def page(number: int, name: str = "show") -> str:
    return reverse(f"onboarding_office:{name}", args=[number])


def cells_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_from_the_upload_to_the_dossiers(admin: Client) -> None:
    assert admin.get(LIST).status_code == 200
    answer = post_file(
        admin, Kind.DOSSIERS, xlsx(DOSSIER_HEADS, dossier(1), dossier(2, stage="Chờ anh Ba xem"))
    )
    found = Import.objects.get()
    assert answer.url == page(found.pk, "mapping")
    shown = admin.get(answer.url).content.decode()
    assert "A – Mã hồ sơ" in shown and "CU-1" in shown
    refused = admin.post(answer.url, answers(found))
    assert refused.status_code == 422
    assert "Hệ thống cũ" in refused.content.decode()
    admin.post(answer.url, answers(found, all_system="Một cửa cũ", name="Mẫu cũ"))
    assert states(Import.objects.get()) == {2: "ready", 3: "wrong"}
    told = admin.get(answer.url).content.decode()
    assert "Chờ anh Ba xem" in told
    admin.post(answer.url, answers(found, all_system="Một cửa cũ", word_stage_0="S3"))
    preview = admin.get(page(found.pk)).content.decode()
    assert "Xác nhận nhập 2 dòng" in preview
    assert admin.post(page(found.pk, "confirm"), {"mode": "whole"}).url == page(found.pk)
    assert "2" in admin.get(page(found.pk)).content.decode()
    assert states(worked(found)) == {2: "done", 3: "done"}
    assert admin.get(page(found.pk)).status_code == 200
    assert Dossier.objects.count() == 2


def test_a_kept_mapping_is_offered_and_used(admin: Client, cast: Cast) -> None:
    found = uploaded(cast.admin, Kind.DOSSIERS, dossier(1))
    admin.post(page(found.pk, "mapping"), answers(found, all_system="Một cửa cũ", name="Mẫu cũ"))
    kept = Mapping.objects.get()
    assert kept.columns["old_code"] == ["ma ho so", 0]
    other = uploaded(cast.admin, Kind.DOSSIERS, content=xlsx([*DOSSIER_HEADS[::-1]], dossier(2)[::-1]))
    shown = admin.get(page(other.pk, "mapping") + f"?cach={kept.pk}").content.decode()
    assert "Mẫu cũ" in shown and 'value="Một cửa cũ"' in shown


def test_another_line_may_be_the_header(admin: Client, cast: Cast) -> None:
    content = xlsx(["p", "q", "r"], ["ghi chú", "x"], ["Nick", "Người", "Chỗ"], ["a", "b", "c"])
    found = uploaded(cast.admin, Kind.OFFICERS, content=content)
    admin.post(page(found.pk, "header"), {"line": "3"})
    found.refresh_from_db()
    assert (found.header_line, found.header) == (3, ["Nick", "Người", "Chỗ"])
    assert admin.post(page(found.pk, "header"), {"line": "4"}).status_code == 422
    assert admin.post(page(found.pk, "header"), {"line": "x"}, follow=True).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"%PDF-1.7\x00\x01", "không phải bảng tính"),
        ("a.csv", b'a;b\n1;"x\n', "bị cắt"),
        ("a.csv", "Tên đăng nhập;Họ và tên\n".encode(), "không có dòng dữ liệu"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_on_the_page(
    admin: Client, name: str, content: bytes, sentence: str
) -> None:
    answer = post_file(admin, Kind.OFFICERS, content, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Import.objects.exists()


def test_an_upload_without_file_says_so(admin: Client) -> None:
    assert "Hãy chọn tệp" in admin.post(f"{LIST}tep/units/").content.decode()


@pytest.mark.parametrize("kind", list(Kind))
def test_templates_carry_the_heads_and_can_be_filled_at_once(admin: Client, kind: Kind) -> None:
    rows = cells_of(admin.get(f"{LIST}mau/{kind}.xlsx").content)
    assert rows == [[field.label for field in FIELDS[kind]]]
    assert admin.get(f"{LIST}mau/x.xlsx").status_code == 404


def test_lines_to_correct_carry_their_reasons_and_come_in_when_corrected(admin: Client, cast: Cast) -> None:
    found = checked(
        cast.admin,
        Kind.OFFICERS,
        officer(1, unit="H99.77"),
        officer(2),
        officer(3, full_name="=1+1", role="?"),
    )
    rows = cells_of(admin.get(page(found.pk, "to_correct")).content)
    assert rows[0] == [*OFFICER_HEADS, "Lý do không nhập được"]
    assert [row[0] for row in rows[1:]] == ["canbo1", "canbo3"]
    assert "H99.77" in rows[1][-1]
    assert rows[2][1] == "=1+1"
    corrected = [rows[0], ["canbo1", "Nguyễn Văn Thử 1", "H99.02", *rows[1][3:]]]
    again = uploaded(cast.admin, Kind.OFFICERS, content=xlsx(*corrected))
    admin.post(page(again.pk, "mapping"), answers(again))
    assert states(Import.objects.get(pk=again.pk)) == {2: "ready"}


def test_first_passwords_leave_once_as_a_sheet_nobody_keeps(admin: Client, cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.OFFICERS, officer(1))
    assert "1 tài khoản mới chưa đăng nhập" in admin.get(page(found.pk)).content.decode()
    answer = admin.post(page(found.pk, "hand_out"))
    assert answer["Cache-Control"] == "no-store"
    rows = cells_of(answer.content)
    assert rows[1][1] == "canbo1" and len(rows[1][3]) == 19


def test_undo_is_asked_once_more(admin: Client, cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.DOSSIERS, dossier(1))
    assert "Hoàn tác toàn bộ" in admin.get(page(found.pk, "undo")).content.decode()
    admin.post(page(found.pk, "undo"))
    assert worked(found).state == "undone"
    assert Dossier.objects.get().state == "voided"


def test_an_upload_can_be_thrown_away(admin: Client, cast: Cast) -> None:
    found = checked(cast.admin, Kind.OFFICERS, officer(1))
    assert admin.post(page(found.pk, "discard")).url == LIST
    assert not Import.objects.exists()


def test_hostile_words_are_shown_as_words(admin: Client, cast: Cast) -> None:
    found = checked(cast.admin, Kind.DOSSIERS, dossier(1, owner_name="<script>alert(1)</script>"))
    shown = admin.get(page(found.pk)).content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown


def test_nobody_but_administrators_finds_the_pages(cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.OFFICERS, officer(1))
    names = ("show", "mapping", "undo", "to_correct")
    for stranger in (cast.justice.alice, cast.justice.charlie, cast.director):
        client = client_of(stranger)
        for path in (
            LIST,
            f"{LIST}tep/units/",
            f"{LIST}mau/units.xlsx",
            *(page(found.pk, name) for name in names),
        ):
            assert client.get(path).status_code == 403
        for name in ("confirm", "discard", "hand_out", "header"):
            assert client.post(page(found.pk, name)).status_code == 403
    assert Client().get(LIST).status_code == 302


def test_an_administrator_elsewhere_finds_no_import_of_ours(cast: Cast) -> None:
    ours = brought_in(cast.admin, Kind.OFFICERS, officer(9, unit="H99.40", role="Quản trị"))
    Officer.objects.filter(username="canbo9").update(must_change_password=False)
    client = client_of(actor_of_officer(Officer.objects.get(username="canbo9").pk, on=ON))
    assert ours.file_name not in client.get(LIST).content.decode()
    for name in ("show", "mapping", "undo", "to_correct"):
        assert client.get(page(ours.pk, name)).status_code == 404
    for name in ("confirm", "discard", "hand_out"):
        assert client.post(page(ours.pk, name)).status_code == 404


def test_the_dossier_page_tells_the_old_code_and_why_the_date_holds(cast: Cast) -> None:
    brought_in(cast.admin, Kind.DOSSIERS, dossier(1))
    number = Dossier.objects.get().pk
    client = client_of(cast.justice.bob)
    shown = client.get(f"/office/ho-so/{number}/").content.decode()
    assert "CU-1" in shown and "Một cửa cũ" in shown
    due = client.get(f"/office/ho-so/{number}/thoi-han/").content.decode()
    assert "Hạn đã hẹn trên giấy của hệ thống cũ" in due
    assert "Giữ như đã hẹn trên giấy của hệ thống cũ" in due


def test_the_preview_asks_the_same_number_of_questions_however_many_lines(
    admin: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    found = checked(cast.admin, Kind.DOSSIERS, *(dossier(n) for n in range(60)))
    with django_assert_max_num_queries(20):
        admin.get(page(found.pk))
