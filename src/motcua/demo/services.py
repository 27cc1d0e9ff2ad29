"""The demonstration province: built once through the verbs of the rooms, with dossiers in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from motcua.alerts.services import warn
from motcua.base.actor import SYSTEM
from motcua.catalogue.services import load_shipped
from motcua.demo import dossiers, linked, procedures, proposals, province, staff, transfers
from motcua.demo import units as plan
from motcua.organisation.queries import by_code
from motcua.organisation.rules import UnitUnknown

Progress = Callable[[str, int, int], None]
_LOCK = 7_201_050
_UNITS, _STAFF, _RIGHTS = 220, 320, 70


def load_province(*, dossiers_wanted: int, progress: Progress, now: datetime) -> bool:
    """Loads the province with `dossiers_wanted` dossiers; False, and nothing done, when it is already there.

    `progress(what, done, total)` is called as the work goes on. One transaction: a load that is killed leaves nothing.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if is_loaded():
            return False
        build(progress=progress, now=now)
        dossiers.load(dossiers_wanted, now=now, progress=steps(progress, "hồ sơ trình diễn", dossiers_wanted))
        linked.load(now=now)
        transfers.load(now=now)
        proposals.load(now=now)
        warn(now)
    return True


def build(*, progress: Progress, now: datetime) -> None:
    """Units, catalogue, processes, officers: the province without dossiers."""
    load_shipped(actor=SYSTEM, now=now)
    procedures.move_to_communes(now=now)
    procedures.design_processes(now=now)
    units = steps(progress, "đơn vị", _UNITS)
    province.build(now=now, progress=units)
    province.reorganise(now=now, progress=units)
    staff.appoint(now=now, progress=steps(progress, "cán bộ", _STAFF))
    province.give_competences(now=now, progress=steps(progress, "thẩm quyền", _RIGHTS))
    procedures.design_land_process(now=now)


def is_loaded() -> bool:
    """Whether the province stands in this database."""
    try:
        by_code(plan.CENTRE)
    except UnitUnknown:
        return False
    return True


def accounts() -> list[tuple[str, str, str, str]]:
    """Role, user name, password and unit code of one account per role, as `./motcua demo` prints them."""
    return [(a.role_name, a.username, staff.PASSWORD, a.unit) for a in staff.ACCOUNTS]


def steps(progress: Progress, what: str, total: int) -> Callable[[int], None]:
    done = 0

    def step(more: int) -> None:
        nonlocal done
        done += more
        progress(what, min(done, total), total)

    return step
