"""Sheets come in through the verbs, once; what they made is taken back as a whole while nobody has built on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from motcua.base.errors import NotAllowed, NotFound
from motcua.base.time import local_date
from motcua.demo.cast import Cast
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, DossierAlias
from motcua.dossiers.tests.office import province
from motcua.jobs.models import Job
from motcua.journal.models import Event
from motcua.onboarding import passwords, services, working
from motcua.onboarding.models import Import
from motcua.onboarding.rules.fields import Kind
from motcua.onboarding.rules.mapping import Plan
from motcua.onboarding.rules.refusals import (
    ImportMovedOn,
    NeededFieldMissing,
    NobodyNeedsPassword,
    NothingToImport,
    RowsAreWrong,
)
from motcua.onboarding.tests.sheets import (
    NOW,
    brought_in,
    checked,
    dossier,
    officer,
    states,
    told,
    undone,
    unit,
    uploaded,
    worked,
)
from motcua.organisation import queries as units
from motcua.people.models import Assignment, Officer
from motcua.people.queries import actor_of_officer

pytestmark = pytest.mark.django_db
TODAY = local_date(NOW)


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    yield province()


def test_units_come_in_parents_first_whatever_their_order(cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.UNITS, unit(80, parent="H99.81"), unit(81))
    assert states(found) == {2: "done", 3: "done"}
    tree = {u.code: u for u in units.tree(TODAY).values()}
    assert tree["H99.80"].parent_id == tree["H99.81"].id
    assert tree["H99.80"].id in units.served_units(cast.centre, on=TODAY)


@pytest.mark.parametrize("whole", [True, False])
def test_a_unit_is_served_by_a_counter_below_itself_in_the_same_sheet(cast: Cast, whole: bool) -> None:
    counter = unit(80, code="H99.80.01", kind="Một cửa", parent="H99.80", counter="")
    found = brought_in(cast.admin, Kind.UNITS, unit(80, counter="H99.80.01"), counter, whole=whole)
    assert (set(states(found).values()), told(found)) == ({"done"}, {})
    assert units.by_code("H99.80") in units.served_units(units.by_code("H99.80.01"), on=TODAY)
    assert undone(cast.admin, found).state == "undone"


def test_the_same_sheet_again_changes_nothing(cast: Cast) -> None:
    rows = {Kind.UNITS: unit(80), Kind.OFFICERS: officer(1), Kind.DOSSIERS: dossier(1)}
    for kind, row in rows.items():
        brought_in(cast.admin, kind, row)
        again = checked(cast.admin, kind, row)
        assert states(again) == {2: "same"}
        with pytest.raises(NothingToImport):
            services.confirm(again.pk, whole=False, actor=cast.admin, now=NOW)


def test_a_known_unit_with_other_words_is_changed_from_its_day(cast: Cast) -> None:
    brought_in(cast.admin, Kind.UNITS, unit(80))
    found = brought_in(cast.admin, Kind.UNITS, unit(80, name="Sở Ví Dụ Mới", since="01/03/2026"))
    assert units.unit(units.by_code("H99.80"), on=TODAY).name == "Sở Ví Dụ Mới"
    found = undone(cast.admin, found)
    assert found.state == "undone"
    assert units.unit(units.by_code("H99.80"), on=TODAY).name == "Sở Ví Dụ 80"


def test_units_are_taken_back_children_first_and_may_come_in_again(cast: Cast) -> None:
    found = undone(cast.admin, brought_in(cast.admin, Kind.UNITS, unit(81), unit(80, parent="H99.81")))
    assert (found.state, set(states(found).values())) == ("undone", {"undone"})
    assert "H99.80" not in {u.code for u in units.tree(TODAY).values()}
    assert set(states(brought_in(cast.admin, Kind.UNITS, unit(81), unit(80, parent="H99.81"))).values()) == {
        "done"
    }


def test_a_unit_with_staff_is_kept_with_the_reason(cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.UNITS, unit(80), unit(81))
    brought_in(cast.admin, Kind.OFFICERS, officer(1, unit="H99.80"))
    found = undone(cast.admin, found)
    assert (found.state, states(found)) == ("done", {2: "kept", 3: "undone"})
    assert "đã có cán bộ" in told(found)[2]


def test_an_officer_gets_account_and_position_but_no_password_yet(cast: Cast) -> None:
    brought_in(cast.admin, Kind.OFFICERS, officer(1), officer(1, role="Lãnh đạo"))
    account = Officer.objects.get(username="canbo1")
    assert not account.has_usable_password()
    assert account.must_change_password
    duties = actor_of_officer(account.pk, on=TODAY).duties
    assert sorted((duty.role, duty.unit_id) for duty in duties) == [
        ("leader", cast.justice.unit), ("specialist", cast.justice.unit),
    ]  # fmt: skip


def test_first_passwords_open_once_handed_out_and_the_second_sheet_ends_the_first(cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.OFFICERS, officer(1), officer(2))
    first = passwords.hand_out(found.pk, actor=cast.admin, now=NOW)
    assert [(p.username, p.unit) for p in first] == [
        ("canbo1", "Sở Tư pháp tỉnh Mẫu"), ("canbo2", "Sở Tư pháp tỉnh Mẫu"),
    ]  # fmt: skip
    second = passwords.hand_out(found.pk, actor=cast.admin, now=NOW)
    account = Officer.objects.get(username="canbo1")
    assert account.check_password(second[0].password)
    assert not account.check_password(first[0].password)
    assert account.must_change_password
    kept = str(list(Event.objects.values_list("data", flat=True))) + str(list(Import.objects.values()))
    assert not any(p.password in kept for p in (*first, *second))


def test_who_has_signed_in_gets_no_first_password(cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.OFFICERS, officer(1))
    Officer.objects.filter(username="canbo1").update(last_login=NOW)
    with pytest.raises(NobodyNeedsPassword):
        passwords.hand_out(found.pk, actor=cast.admin, now=NOW)


def test_officers_are_taken_back_unless_they_signed_in_or_hold_dossiers(cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.OFFICERS, officer(1), officer(2), officer(3))
    Officer.objects.filter(username="canbo1").update(last_login=NOW)
    brought_in(cast.admin, Kind.DOSSIERS, dossier(1, holder="canbo2"))
    found = undone(cast.admin, found)
    assert states(found) == {2: "kept", 3: "kept", 4: "undone"}
    account = Officer.objects.get(username="canbo3")
    assert not account.is_active
    assert not Assignment.objects.filter(officer=account, valid__isempty=False).exists()


def test_an_officer_taken_back_may_come_in_again(cast: Cast) -> None:
    undone(cast.admin, brought_in(cast.admin, Kind.OFFICERS, officer(1)))
    found = brought_in(cast.admin, Kind.OFFICERS, officer(1))
    assert states(found) == {2: "done"}
    assert Officer.objects.get(username="canbo1").is_active
    assert len(passwords.waiting(found)) == 1


def test_dossiers_come_in_where_they_stand(cast: Cast) -> None:
    found = brought_in(
        cast.admin, Kind.DOSSIERS, dossier(1), dossier(2, stage="Tiếp nhận", holder="", promised="")
    )
    assert states(found) == {2: "done", 3: "done"}
    one, two = Dossier.objects.order_by("id")
    assert (one.state, one.holder_id, f"{one.due_at:%Y-%m-%d}") == (
        "processing",
        cast.justice.bob.id,
        "2026-03-12",
    )
    assert (two.state, two.holder_unit_id) == ("accepted", cast.centre)
    assert one.fees.get().amount == 50_000
    assert DossierAlias.objects.get(dossier=one).code == "CU-1"


def test_they_count_once_as_carried_over(cast: Cast) -> None:
    brought_in(cast.admin, Kind.DOSSIERS, dossier(1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(accepted_on)::text FROM dossier_facts WHERE ended_at IS NULL")
        assert cursor.fetchone() == (1, "2026-02-23")


def test_an_undone_import_of_dossiers_leaves_the_table_and_frees_the_codes(cast: Cast) -> None:
    found = brought_in(cast.admin, Kind.DOSSIERS, dossier(1), dossier(2))
    acted = Dossier.objects.order_by("id").first()
    assert acted is not None
    dossiers.assign(acted.pk, holder_id=cast.justice.bob.id, actor=cast.justice.charlie, now=NOW)
    found = undone(cast.admin, found)
    assert (found.state, states(found)) == ("done", {2: "kept", 3: "undone"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossier_facts")
        assert cursor.fetchone() == (1,)
    assert states(brought_in(cast.admin, Kind.DOSSIERS, dossier(2))) == {2: "done"}


def test_only_right_lines_come_in_or_none_at_all(cast: Cast) -> None:
    found = checked(cast.admin, Kind.OFFICERS, officer(1), officer(2, unit="H99.77"))
    with pytest.raises(RowsAreWrong):
        services.confirm(found.pk, whole=True, actor=cast.admin, now=NOW)
    assert not Officer.objects.filter(username="canbo1").exists()
    services.confirm(found.pk, whole=False, actor=cast.admin, now=NOW)
    assert states(worked(found)) == {2: "done", 3: "wrong"}


def test_all_or_nothing_rolls_back_when_the_world_changed_meanwhile(cast: Cast) -> None:
    found = checked(cast.admin, Kind.OFFICERS, officer(1), officer(2))
    services.confirm(found.pk, whole=True, actor=cast.admin, now=NOW)
    other = Officer.objects.create(username="CANBO2", full_name="Người Khác")
    found = worked(found)
    assert (found.state, states(found)) == ("checked", {2: "ready", 3: "wrong"})
    assert "Dòng 3" in found.trouble
    assert not Officer.objects.filter(username="canbo1").exists()
    assert other.full_name == "Người Khác"


def test_one_line_that_fails_does_not_hold_the_others_back(cast: Cast) -> None:
    found = checked(cast.admin, Kind.OFFICERS, officer(1), officer(2))
    services.confirm(found.pk, whole=False, actor=cast.admin, now=NOW)
    Officer.objects.create(username="CANBO1", full_name="Người Khác")
    found = worked(found)
    assert states(found) == {2: "failed", 3: "done"}
    assert "đã có người dùng" in told(found)[2]


def test_a_worker_killed_in_the_middle_does_nothing_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [dossier(n) for n in range(60)]
    found = checked(cast.admin, Kind.DOSSIERS, *rows)
    services.confirm(found.pk, whole=False, actor=cast.admin, now=NOW)
    real, seen = working._do_line, []

    def killed(*args: Any) -> None:
        seen.append(1)
        if len(seen) == 40:
            raise SystemExit
        real(*args)

    monkeypatch.setattr(working, "_do_line", killed)
    with pytest.raises(SystemExit):
        worked(found)
    assert Dossier.objects.count() == 25  # whole batches only
    monkeypatch.setattr(working, "_do_line", real)
    found = worked(found)
    assert (found.state, set(states(found).values())) == ("done", {"done"})
    assert (Dossier.objects.count(), DossierAlias.objects.count()) == (60, 60)
    assert (Job.objects.get().done, Job.objects.get().total) == (60, 60)


def test_of_two_administrators_the_second_finds_it_moved_on(cast: Cast) -> None:
    found = checked(cast.admin, Kind.DOSSIERS, dossier(1))
    services.confirm(found.pk, whole=False, actor=cast.admin, now=NOW)
    with pytest.raises(ImportMovedOn):
        services.confirm(found.pk, whole=False, actor=cast.admin, now=NOW)
    with pytest.raises(ImportMovedOn):
        services.discard(found.pk, actor=cast.admin, now=NOW)


def test_two_administrators_with_the_same_sheet_make_everything_once(cast: Cast) -> None:
    first = checked(cast.admin, Kind.DOSSIERS, dossier(1))
    second = checked(cast.admin, Kind.DOSSIERS, dossier(1))
    for found in (first, second):
        services.confirm(found.pk, whole=False, actor=cast.admin, now=NOW)
    assert (states(worked(first)), states(worked(second))) == ({2: "done"}, {2: "same"})
    assert Dossier.objects.count() == 1


def test_only_administrators_of_the_place(cast: Cast) -> None:
    found = checked(cast.admin, Kind.OFFICERS, officer(1))
    with pytest.raises(NotAllowed):
        uploaded(cast.justice.charlie, Kind.OFFICERS, officer(1))
    brought_in(cast.admin, Kind.OFFICERS, officer(9, unit="H99.40", role="Quản trị"))
    local = actor_of_officer(Officer.objects.get(username="canbo9").pk, on=TODAY)
    with pytest.raises(NotFound):
        services.confirm(found.pk, whole=False, actor=local, now=NOW)
    elsewhere = {
        Kind.OFFICERS: officer(1), Kind.UNITS: unit(80), Kind.DOSSIERS: dossier(1, holder=""),
    }  # fmt: skip
    for kind, row in elsewhere.items():
        assert states(checked(local, kind, row)) == {2: "wrong"}


def test_nothing_is_written_before_the_confirmation(cast: Cast) -> None:
    checked(cast.admin, Kind.DOSSIERS, dossier(1))
    checked(cast.admin, Kind.UNITS, unit(80))
    assert not Dossier.objects.exists()
    assert "H99.80" not in {u.code for u in units.tree(TODAY).values()}


def test_a_needed_field_without_column_or_value_is_named(cast: Cast) -> None:
    found = uploaded(cast.admin, Kind.DOSSIERS, dossier(1))
    with pytest.raises(NeededFieldMissing) as refusal:
        services.check(found.pk, Plan.of(found.plan), actor=cast.admin, now=NOW)
    assert "Hệ thống cũ" in refusal.value.message


def test_an_upload_may_be_thrown_away_with_its_personal_data(cast: Cast) -> None:
    found = checked(cast.admin, Kind.DOSSIERS, dossier(1))
    services.discard(found.pk, actor=cast.admin, now=NOW)
    assert not Import.objects.exists()
    assert Event.objects.filter(name="onboarding.discarded").exists()


@pytest.mark.parametrize(
    ("kind", "row", "sentence"),
    [
        (Kind.UNITS, unit(80, code="X"), "không đúng dạng mã định danh"),
        (Kind.UNITS, unit(80, kind="Tổ dân phố"), "chưa hiểu được"),
        (Kind.UNITS, unit(80, parent="H99.55"), "Không có đơn vị H99.55"),
        (Kind.UNITS, unit(80, parent=""), "phải có đơn vị cấp trên"),
        (Kind.UNITS, unit(80, since="31/02/2026"), "không phải ngày"),
        (Kind.UNITS, unit(80, name=""), "Thiếu tên đơn vị"),
        (Kind.OFFICERS, officer(1, username="bob.h99.02"), "đã là của"),
        (Kind.OFFICERS, officer(1, username="hai chữ"), "khoảng trắng"),
        (Kind.OFFICERS, officer(1, unit="H99.55"), "Không có đơn vị"),
        (Kind.OFFICERS, officer(1, role="Thần thánh"), "chưa hiểu được"),
        (Kind.DOSSIERS, dossier(1, owner_number="1090000001"), "thiếu chữ số"),
        (Kind.DOSSIERS, dossier(1, owner_number="12"), "CCCD"),
        (Kind.DOSSIERS, dossier(1, procedure="9.999999"), "9.999999"),
        (Kind.DOSSIERS, dossier(1, unit="H99.40", holder="bob.h99.02"), "không giữ vai trò"),
        (Kind.DOSSIERS, dossier(1, holder="khongco"), "Không có tài khoản"),
        (Kind.DOSSIERS, dossier(1, accepted="11/03/2026"), "tương lai"),
        (Kind.DOSSIERS, dossier(1, promised="01/02/2026"), "trước ngày tiếp nhận"),
        (Kind.DOSSIERS, dossier(1, stage="S5"), "ngày ban hành kết quả"),
        (Kind.DOSSIERS, dossier(1, fee="năm mươi nghìn"), "không phải số tiền"),
        (Kind.DOSSIERS, dossier(1, owner_name=""), "Thiếu tên chủ hồ sơ"),
    ],
)  # fmt: skip
def test_every_error_is_told_on_its_line(cast: Cast, kind: Kind, row: list[str], sentence: str) -> None:
    found = checked(cast.admin, kind, row)
    assert states(found) == {2: "wrong"}
    assert sentence in told(found)[2]


def test_the_same_key_twice_in_a_sheet_names_the_first_line(cast: Cast) -> None:
    for kind, row in ((Kind.UNITS, unit(80)), (Kind.OFFICERS, officer(1)), (Kind.DOSSIERS, dossier(1))):
        found = checked(cast.admin, kind, row, row)
        assert states(found) == {2: "ready", 3: "wrong"}
        assert "dòng 2" in told(found)[3]


def test_units_above_each_other_in_a_circle_are_refused(cast: Cast) -> None:
    found = checked(cast.admin, Kind.UNITS, unit(80, parent="H99.81"), unit(81, parent="H99.80"))
    assert "vòng tròn" in told(found)[2]


def test_a_username_of_two_people_is_refused(cast: Cast) -> None:
    found = checked(cast.admin, Kind.OFFICERS, officer(1), officer(2, username="CanBo1"))
    assert states(found) == {2: "ready", 3: "wrong"}


def test_hostile_names_stay_names(cast: Cast) -> None:
    hostile = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "Robert'); DROP TABLE--", "{{7*7}} %s {0}")
    rows = [dossier(n, owner_name=name, note=name) for n, name in enumerate(hostile)]
    found = brought_in(cast.admin, Kind.DOSSIERS, *rows)
    assert set(states(found).values()) == {"done"}
    assert set(Dossier.objects.values_list("applicant__name", flat=True)) == set(hostile)
