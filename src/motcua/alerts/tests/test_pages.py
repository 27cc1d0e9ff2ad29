"""The lists in the office: what they show, to whom, with what rights, in how many statements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.alerts.models import Alert
from motcua.alerts.services import warn
from motcua.alerts.tests.conftest import in_process, vn
from motcua.base.actor import Actor
from motcua.demo.cast import OWNER, Cast
from motcua.dossiers import services
from motcua.dossiers.tests.office import client_of

ROOT = "/office/canh-bao/"
LISTS = {
    "alerts": "",
    "soon": "sap-den-han/",
    "letters": "chua-xin-loi/",
    "drafts": "thu-can-gui/",
    "stuck": "vuong/",
}
HOSTILE = "<script>alert(1)</script> =1+1"
LATE = vn("2026-03-20T10:00")


@pytest.fixture
def late(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> tuple[Cast, int]:
    """A dossier three working days late, looked at on 20 March."""
    number = in_process(cast, owner=replace(OWNER, name=HOSTILE))
    warn(LATE)
    monkeypatch.setattr("motcua.kit.clock.now", lambda: LATE)
    return cast, number


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize("slug", ["alerts", "letters", "drafts", "stuck"])
def test_a_late_dossier_stands_in_the_lists_with_its_owner_harmless(
    late: tuple[Cast, int], slug: str
) -> None:
    cast, number = late
    shown = text(client_of(cast.justice.charlie).get(ROOT + LISTS[slug]))
    assert f"/office/ho-so/{number}/" in shown
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;" in shown


def test_what_ends_in_the_next_days_stands_in_the_list_of_its_own(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = in_process(cast)
    client, where = client_of(cast.justice.charlie), f"/office/ho-so/{number}/"
    for at, days, there in (
        ("2026-03-11T08:00", "3", False),
        ("2026-03-11T08:00", "5", True),
        ("2026-03-16T08:00", "1", True),
    ):
        monkeypatch.setattr("motcua.kit.clock.now", lambda at=at: vn(at))
        assert (where in text(client.get(ROOT + "sap-den-han/", {"days": days}))) is there
    monkeypatch.setattr("motcua.kit.clock.now", lambda: vn("2026-03-17T17:01"))
    assert where not in text(client.get(ROOT + "sap-den-han/", {"days": "5"}))


@pytest.mark.parametrize("slug", LISTS)
@pytest.mark.parametrize("stranger", ["outsider", "commune", "land"])
def test_an_officer_of_another_unit_sees_nothing_on_screen_and_in_files(
    late: tuple[Cast, int], slug: str, stranger: str
) -> None:
    cast, number = late
    actor: Actor = cast.outsider if stranger == "outsider" else getattr(cast, stranger).charlie
    client = client_of(actor)
    assert f"/office/ho-so/{number}/" not in text(client.get(ROOT + LISTS[slug], {"scope": "unit"}))
    lines = (
        b"".join(client.get(f"{ROOT}tep/{slug}/csv/", {"scope": "unit"}).streaming_content)
        .decode()
        .splitlines()
    )
    assert len(lines) == 1


@pytest.mark.parametrize("address", ["thu/{n}/", "dau-ky/", "cau-hinh/", "cau-hinh/dat/", "cau-hinh/bo/0/"])
def test_guessed_addresses_are_refused(late: tuple[Cast, int], address: str) -> None:
    cast, number = late
    assert client_of(cast.outsider).get(ROOT + address.format(n=number)).status_code == 403


@pytest.mark.parametrize("address", LISTS.values())
def test_an_administrator_without_a_role_on_dossiers_is_refused(cast: Cast, address: str) -> None:
    assert client_of(cast.admin).get(ROOT + address).status_code == 403


@pytest.mark.parametrize("slug", LISTS)
def test_files_carry_the_same_rows_without_formulas(late: tuple[Cast, int], slug: str) -> None:
    cast, _ = late
    client = client_of(cast.justice.charlie)
    lines = b"".join(client.get(f"{ROOT}tep/{slug}/csv/").streaming_content).decode().splitlines()
    assert len(lines) == (1 if slug == "soon" else 2)
    assert client.get(f"{ROOT}tep/{slug}/xlsx/").status_code == 200
    assert client.get(f"{ROOT}tep/{slug}/exe/").status_code == 404
    assert client.get(f"{ROOT}tep/nothing/csv/").status_code == 404


def test_filters_narrow_and_nonsense_in_the_address_is_ignored(late: tuple[Cast, int]) -> None:
    cast, number = late
    client, where = client_of(cast.justice.charlie), f"/office/ho-so/{number}/"
    shown = lambda **query: where in text(client.get(ROOT + "vuong/", query))  # noqa: E731
    assert shown(reason="idle")
    assert not shown(reason="transfer")
    assert shown(reason="nothing", sort="x", page="-4", due_from="32/13/2026", unit="zzz")
    assert not shown(due_to="01/01/2026")


def test_a_head_may_look_at_all_alerts_of_the_unit_and_an_officer_only_at_their_own(
    late: tuple[Cast, int],
) -> None:
    cast, number = late
    where = f"/office/ho-so/{number}/"
    assert where in text(client_of(cast.justice.charlie).get(ROOT, {"scope": "unit"}))
    assert where not in text(client_of(cast.justice.bob).get(ROOT, {"scope": "unit"}))


def test_the_navigation_counts_what_is_new(late: tuple[Cast, int], monkeypatch: pytest.MonkeyPatch) -> None:
    cast, _ = late
    assert '<span class="mc-news">1' in text(client_of(cast.justice.charlie).get(ROOT))
    assert "mc-news" not in text(client_of(cast.outsider).get(ROOT))
    Alert.objects.update(raised_at=vn("2026-03-18T08:00"))
    assert "mc-news" not in text(client_of(cast.justice.charlie).get(ROOT))


@pytest.mark.parametrize("slug", LISTS)
def test_a_list_takes_the_same_number_of_statements_for_any_number_of_rows(
    late: tuple[Cast, int], slug: str
) -> None:
    cast, _ = late
    client = client_of(cast.justice.charlie)
    client.get(ROOT + LISTS[slug])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(ROOT + LISTS[slug])
        return len(queries)

    one = count()
    for _n in range(4):
        in_process(cast)
    warn(LATE)
    assert count() == one


def test_the_dossier_page_tells_of_time_warnings_letter_and_obstacles(late: tuple[Cast, int]) -> None:
    cast, number = late
    shown = text(client_of(cast.justice.charlie).get(f"/office/ho-so/{number}/"))
    for words in (
        "Đã hết thời hạn",
        "Mức 80 %",
        "quá hạn, chưa có thư xin lỗi",
        "Không ai thao tác",
        f"{ROOT}thu/{number}/",
    ):
        assert words in shown
    assert "báo cáo lãnh đạo đơn vị" in shown


def test_the_panel_is_quiet_on_a_dossier_that_ended(cast: Cast) -> None:
    number = in_process(cast)
    services.withdraw(
        number, request="YC-1", reason="Rút", actor=cast.justice.alice, now=vn("2026-03-11T08:00")
    )
    assert "Theo dõi thời hạn" not in text(client_of(cast.justice.alice).get(f"/office/ho-so/{number}/"))
