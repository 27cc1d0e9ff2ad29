"""What waits for whom, how urgent it is, and that nobody sees more than their units."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.base.time import VN
from motcua.demo.cast import BIRTH, OWNER, Cast
from motcua.dossiers import models, services, worklist
from motcua.dossiers.rules.state import State
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.dossiers.worklist import Group

LIST = "/office/viec-can-lam/"
HOSTILE = "<script>alert(1)</script> =1+1"


def vn(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN)


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


def received(cast: Cast, **more: Any) -> int:
    place = more.get("place") or (cast.commune if more.get("procedure") == BIRTH else cast.justice)
    return services.receive_at_counter(cast.intake(**more), actor=place.alice, now=NOW)


def text(response: Any) -> str:
    return response.content.decode()


GROUPS = [
    (State.ACCEPTED, "2026-03-10T07:59", Group.OVERDUE),
    (State.PROCESSING, "2026-03-09T17:00", Group.OVERDUE),
    (State.PROCESSING, "2026-03-10T08:00", Group.TODAY),
    (State.PROCESSING, "2026-03-10T17:00", Group.TODAY),
    (State.PROCESSING, "2026-03-11T00:00", Group.WEEK),
    (State.ACCEPTED, "2026-03-15T17:00", Group.WEEK),
    (State.PROCESSING, "2026-03-16T00:00", Group.LATER),
    (State.PROCESSING, None, Group.LATER),
    (State.WAITING_SUPPLEMENT, "2026-03-09T17:00", Group.PAUSED),
    (State.PAUSED, None, Group.PAUSED),
    (State.INTAKE_SUPPLEMENT, None, Group.PAUSED),
    (State.FINISHED, "2026-03-09T17:00", Group.TO_RETURN),
    (State.SUBMITTED, None, Group.TO_ACCEPT),
    (State.FORWARDED, "2026-03-09T17:00", Group.INCOMING),
]


@pytest.mark.parametrize(("state", "due", "group"), GROUPS)
def test_every_open_dossier_stands_in_one_group(
    cast: Cast, state: State, due: str | None, group: Group
) -> None:
    number = received(cast)
    models.Dossier.objects.filter(pk=number).update(state=state, due_at=due and vn(due))
    at = worklist.edges(NOW)
    rows = worklist.open_dossiers(cast.justice.charlie)
    assert {name: n for name, n in worklist.counts(rows, at).items() if n} == {group: 1}
    assert worklist.ORDER[worklist.by_urgency(rows, at).get().urgency] is group


def test_the_most_urgent_comes_first_and_then_the_earliest_due(cast: Cast) -> None:
    dues = (
        "2026-03-17T17:00",
        "2026-03-10T17:00",
        "2026-03-02T17:00",
        "2026-03-01T17:00",
        "2026-03-11T17:00",
    )
    numbers = []
    for due in dues:
        numbers.append(received(cast))
        models.Dossier.objects.filter(pk=numbers[-1]).update(due_at=vn(due))
    ordered = worklist.by_urgency(worklist.mine(cast.justice.alice), worklist.edges(NOW))
    assert [row.pk for row in ordered] == [numbers[n] for n in (3, 2, 1, 4, 0)]


def test_work_waits_for_the_desk_that_has_the_step(cast: Cast) -> None:
    number = received(cast)
    at_the_counter = {"alice": True, "bob": False, "charlie": False}
    assert {who: _has(cast, who) for who in at_the_counter} == at_the_counter
    services.forward(number, actor=cast.justice.alice, now=NOW)
    assert {who: _has(cast, who) for who in at_the_counter} == {"alice": False, "bob": False, "charlie": True}


def _has(cast: Cast, who: str) -> bool:
    return worklist.mine(getattr(cast.justice, who)).exists()


def test_work_of_a_colleague_by_name_does_not_wait_for_me(cast: Cast) -> None:
    number = received(cast)
    services.forward(number, actor=cast.justice.alice, now=NOW)
    services.assign(number, holder_id=cast.justice.bob.id or 0, actor=cast.justice.charlie, now=NOW)
    assert worklist.mine(cast.justice.bob).exists()
    assert not worklist.mine(cast.justice.charlie).exists()
    assert worklist.open_dossiers(cast.justice.charlie).exists()


def test_what_is_on_its_way_to_a_unit_waits_for_those_who_handle_there(cast: Cast) -> None:
    number = received(cast)
    models.Dossier.objects.filter(pk=number).update(
        state=State.FORWARDED, holder_unit_id=cast.justice.unit, holder_role="counter"
    )
    assert _has(cast, "bob")
    assert _has(cast, "charlie")
    assert not worklist.mine(cast.land.bob).exists()


def test_closed_dossiers_wait_for_nobody(cast: Cast) -> None:
    number = received(cast)
    services.void(number, reason="Nhầm thủ tục", actor=cast.justice.alice, now=NOW)
    assert not worklist.open_dossiers(cast.justice.charlie).exists()


@pytest.mark.parametrize("stranger", ["outsider", "commune", "land"])
def test_an_officer_of_another_unit_sees_nothing(cast: Cast, stranger: str) -> None:
    received(cast, owner=replace(OWNER, name="Hồ Sơ Kín"))
    actor = cast.outsider if stranger == "outsider" else getattr(cast, stranger).charlie
    client = client_of(actor)
    shown = text(client.get(LIST, {"scope": "unit"}))
    assert "Hồ Sơ Kín" not in shown
    assert ", 0</h1>" in shown
    exported = b"".join(client.get(f"{LIST}tep/csv/", {"scope": "unit"}).streaming_content).decode()
    assert "Hồ Sơ Kín" not in exported


def test_somebody_without_a_role_on_dossiers_is_refused(cast: Cast) -> None:
    assert client_of(cast.admin).get(LIST).status_code == 403


def test_the_heading_counts_and_the_groups_are_named(cast: Cast) -> None:
    received(cast)
    received(cast)
    shown = text(client_of(cast.justice.alice).get(LIST))
    assert "Hồ sơ chờ tôi xử lý, 2</h1>" in shown
    assert '<th scope="rowgroup" colspan="5">Còn hạn</th>' in shown
    assert "còn 5,9 ngày làm việc" in shown


def test_a_leader_opens_with_own_work_and_may_see_the_unit(cast: Cast) -> None:
    received(cast)
    client = client_of(cast.justice.charlie)
    assert "Hồ sơ chờ tôi xử lý, 0</h1>" in text(client.get(LIST))
    assert "cả đơn vị, 1</h1>" in text(client.get(LIST, {"scope": "unit"}))


def test_an_overseer_without_steps_begins_with_the_unit(cast: Cast) -> None:
    received(cast)
    assert "cả đơn vị, 1</h1>" in text(client_of(cast.director).get(LIST))


def test_a_specialist_cannot_widen_the_list(cast: Cast) -> None:
    received(cast)
    assert "Hồ sơ chờ tôi xử lý, 0</h1>" in text(client_of(cast.justice.bob).get(LIST, {"scope": "unit"}))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "accepted"}, 1), ({"state": "processing"}, 0), ({"channel": "direct"}, 1), ({"channel": "post"}, 0),
        ({"procedure": "1.000001"}, 1), ({"procedure": "9.999999"}, 0), ({"due_from": "17/03/2026"}, 1),
        ({"due_to": "17/03/2026"}, 1), ({"due_to": "16/03/2026"}, 0), ({"due_from": "18/03/2026"}, 0),
        ({"group": "later"}, 1), ({"group": "overdue"}, 0), ({"due_to": "31/02/2026"}, 1), ({"group": "nonsense"}, 1),
    ],
)  # fmt: skip
def test_filters_narrow_the_list_and_its_number(cast: Cast, query: dict[str, str], found: int) -> None:
    received(cast)
    assert f"Hồ sơ chờ tôi xử lý, {found}</h1>" in text(client_of(cast.justice.alice).get(LIST, query))


def test_the_unit_and_field_filters_offer_what_the_officer_reaches(cast: Cast) -> None:
    number = received(cast)
    field = models.Dossier.objects.get(pk=number).field_id
    client = client_of(cast.justice.alice)
    shown = text(client.get(LIST, {"unit": cast.justice.unit, "field": field}))
    assert ", 1</h1>" in shown
    assert "Sở Nông nghiệp" in shown
    assert "xã Mẫu</option>" not in shown


def test_filters_and_order_survive_paging_and_are_removed_one_by_one(cast: Cast) -> None:
    for _ in range(51):
        received(cast)
    client = client_of(cast.justice.alice)
    first = text(client.get(LIST, {"channel": "direct", "state": "accepted", "sort": "-code"}))
    assert 'href="/office/viec-can-lam/?channel=direct&amp;state=accepted&amp;sort=-code&amp;page=2"' in first
    assert 'href="/office/viec-can-lam/?state=accepted&amp;sort=-code"' in first
    assert 'aria-sort="descending"' in first
    second = text(client.get(LIST, {"channel": "direct", "state": "accepted", "sort": "-code", "page": "2"}))
    assert "H99.01-260310-0001" in second
    assert "Dòng 51–51 trên 51" in second


def test_a_hostile_name_is_shown_as_text_and_runs_in_no_spreadsheet(cast: Cast) -> None:
    received(cast, owner=replace(OWNER, name=f"={HOSTILE}"))
    client = client_of(cast.justice.alice)
    shown = text(client.get(LIST))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    exported = b"".join(client.get(f"{LIST}tep/csv/").streaming_content).decode()
    assert f"'={HOSTILE}" in exported


def test_files_hold_every_page_of_the_filtered_list(cast: Cast) -> None:
    for _ in range(52):
        received(cast)
    client = client_of(cast.justice.alice)
    lines = (
        b"".join(client.get(f"{LIST}tep/csv/", {"state": "accepted"}).streaming_content).decode().splitlines()
    )
    assert len(lines) == 53
    assert b"".join(client.get(f"{LIST}tep/xlsx/").streaming_content).startswith(b"PK")
    assert client.get(f"{LIST}tep/exe/").status_code == 404


def test_a_paused_dossier_says_since_when_and_by_whom(cast: Cast) -> None:
    number = received(cast)
    services.forward(number, actor=cast.justice.alice, now=NOW)
    services.ask_supplement(
        number, items=[{"name": "Bản chính"}], reason="Thiếu bản chính", ground="Điều 1", actor=cast.justice.charlie,
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    shown = text(client_of(cast.justice.charlie).get(LIST, {"scope": "unit"}))
    assert "Chờ bổ sung hồ sơ từ 09:00 10/03/2026, Lê Thị Mẫu H99.02" in shown


def test_the_empty_list_says_why(cast: Cast) -> None:
    client = client_of(cast.justice.alice)
    assert "Không có hồ sơ nào đang chờ bạn" in text(client.get(LIST))
    received(cast)
    assert "Hãy bỏ bớt điều kiện" in text(client.get(LIST, {"channel": "post"}))


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_the_database_the_same_number_of_questions(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        received(cast)
    client = client_of(cast.justice.alice)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)


QUERIES = 14
