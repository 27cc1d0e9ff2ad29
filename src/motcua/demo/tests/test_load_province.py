"""The demonstration province: once is enough, and everything an officer may meet is there."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from motcua.base.time import VN, local_date
from motcua.catalogue.queries import competent_unit, procedures_offered
from motcua.demo import linked, scale, services
from motcua.demo import units as plan
from motcua.dossiers.rules.state import Channel, State
from motcua.kit.sql import rows
from motcua.organisation import queries as organisation
from motcua.people.models import Officer
from motcua.people.queries import actor_of
from motcua.reports.queries import settlement_table

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=VN)
DOSSIERS = 900
THEN, TODAY = date(2025, 6, 30), date(2025, 7, 1)


def _silent(what: str, done: int, total: int) -> None:
    assert done <= total


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker):
    """Loaded once for this module and rolled back at its end."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        services.load_province(dossiers_wanted=DOSSIERS, progress=_silent, now=NOW)
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def test_loading_again_changes_nothing(province):
    before = rows("SELECT (SELECT count(*) FROM dossiers_dossier) d, (SELECT count(*) FROM journal_event) e")
    assert services.load_province(dossiers_wanted=DOSSIERS, progress=_silent, now=NOW) is False
    after = rows("SELECT (SELECT count(*) FROM dossiers_dossier) d, (SELECT count(*) FROM journal_event) e")
    assert before == after
    assert before[0]["d"] == DOSSIERS + linked.DOSSIERS


def test_every_state_channel_and_level_is_there(province):
    found = rows("SELECT DISTINCT state, channel, level FROM dossiers_dossier")
    assert {row["state"] for row in found} == {state.value for state in State}
    assert {row["channel"] for row in found} == {channel.value for channel in Channel}
    assert {row["level"] for row in found} == {"province", "district", "commune"}


def test_worklists_have_dossiers_that_are_overdue_due_today_and_due_tomorrow(province):
    found = rows(
        "SELECT (due_at AT TIME ZONE '+07')::date - %(today)s::date AS days, count(*) AS n FROM dossiers_dossier "
        "WHERE state = 'processing' GROUP BY 1", {"today": local_date(NOW)},
    )  # fmt: skip
    days = {row["days"] for row in found}
    assert any(day < 0 for day in days)
    assert {0, 3} <= days  # the 20th is a Friday: the next working day is three days away


def test_an_open_dossier_of_a_closed_district_keeps_its_code_and_waits_for_its_heir(province):
    district = organisation.by_code("H99.30")
    heir = organisation.heir(district, procedure="", field="", on=TODAY)
    assert organisation.latest(heir).level == "commune"
    old = rows("SELECT code, due_at, accepted_at FROM dossiers_dossier WHERE level = 'district' AND ended_at IS NULL")
    assert old
    assert all(row["code"].startswith("H99.3") and row["accepted_at"].date() < TODAY for row in old)


def test_the_tree_has_three_levels_until_june_2025_and_two_from_july(province):
    before, after = organisation.tree(THEN), organisation.tree(TODAY)
    assert {unit.level for unit in before.values()} == {"province", "district", "commune"}
    assert {unit.level for unit in after.values()} == {"province", "commune"}
    communes = [u for u in before.values() if u.level == "commune" and u.kind == "ubnd"]
    assert (len(communes), sum(u.level == "commune" and u.kind == "ubnd" for u in after.values())) == (60, 24)


@pytest.mark.parametrize("structure", ["then", "now"])
def test_the_table_balances_as_it_was_and_as_it_stands_today(province, structure):
    table = settlement_table(date(2025, 3, 15), date(2026, 11, 14), today=local_date(NOW), structure=structure)
    assert all(identity.holds for identity in table.identities)
    assert table.total["c3"] > DOSSIERS / 2
    of_districts = sum(part.figures["c3"] for part in table.levels if part.level == "district")
    assert (of_districts > 0) == (structure == "then")


def test_every_account_signs_in_and_holds_its_role(province):
    for (_, username, password, unit), account in zip(services.accounts(), services.staff.ACCOUNTS, strict=True):
        officer = Officer.objects.get(username=username)
        assert officer.check_password(password)
        assert actor_of(officer, on=local_date(NOW)).holds(account.role, organisation.by_code(unit))


def test_a_commune_offers_birth_registration_and_is_competent_for_it(province):
    commune = organisation.by_code(services.staff.COMMUNE.code)
    hits = [hit for hit in procedures_offered(commune, TODAY) if "khai sinh" in hit.name]
    assert hits
    assert competent_unit(hits[0].code, level="commune", place_unit=commune, on=TODAY) == commune


def test_a_land_procedure_was_settled_by_the_land_department_before_the_merger(province):
    farm = organisation.by_code(plan.FARM_AGENCY)
    land = organisation.by_code(plan.LAND_AGENCY)
    assert organisation.heir(land, procedure="", field="dat-dai", on=plan.MERGER) == farm
    assert procedures_offered(land, date(2025, 2, 28))
    assert not procedures_offered(land, plan.MERGER)


def test_the_scale_load_gives_its_table_exactly(province):
    wanted = scale.load("bac-giang-2024", count=1200, now=NOW, progress=_silent, processes=1)
    table = settlement_table(scale.FIRST, scale.LAST, today=local_date(NOW))
    found = {part.level: dict(part.figures) for part in table.levels}
    assert {**found, "total": dict(table.total)} == wanted
    assert rows("SELECT count(*) AS n FROM dossiers_dossier") == [{"n": 1200}]
