"""Who acts in a job: the officer who asked, with the rights of the moment the work is done."""

from __future__ import annotations

from datetime import datetime

from motcua.base.actor import Actor
from motcua.base.errors import NotAllowed
from motcua.base.time import local_date
from motcua.jobs.running import Run
from motcua.people.queries import actor_of_officer, officer


def asker(run: Run, now: datetime) -> Actor:
    """The officer behind the job as of `now`. Raises NotAllowed when the account was closed meanwhile."""
    assert run.asked_by is not None
    if not officer(run.asked_by).is_active:
        raise NotAllowed(reason="tài khoản của người yêu cầu đã bị khóa.")
    return actor_of_officer(run.asked_by, on=local_date(now))
