"""What is due again and again is asked for once a moment, however many workers there are and however late they start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from motcua.base.time import VN
from motcua.jobs import schedule
from motcua.jobs.models import Job
from motcua.jobs.rules import Daily, Every
from motcua.jobs.running import Run, run_next

SEVEN = time(7)


def vn(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=VN)


@pytest.mark.parametrize(
    ("plan", "now", "slot"),
    [
        (Daily(SEVEN), vn(10, 7), vn(10, 7)),
        (Daily(SEVEN), vn(10, 23, 59), vn(10, 7)),
        (Daily(SEVEN), vn(10, 6, 59), vn(9, 7)),
        (Every(timedelta(minutes=15)), vn(10, 8, 29), vn(10, 8, 15)),
        (Every(timedelta(minutes=15)), vn(10, 0), vn(10, 0)),
    ],
)
def test_the_latest_due_moment_is_the_same_for_every_worker(
    plan: Daily | Every, now: datetime, slot: datetime
) -> None:
    assert plan.last_slot(now) == slot


def nothing(run: Run) -> None:
    """Work that is done at once."""


@pytest.mark.django_db
def test_every_due_moment_is_asked_for_once(
    does: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    does(nothing)
    schedule.daily("digest", nothing, title="Bản tin sáng", hour=SEVEN)
    assert schedule.ask_for_what_is_due(vn(10, 7)) == 1
    assert schedule.ask_for_what_is_due(vn(10, 9)) == 0
    monkeypatch.setattr(schedule, "_asked", {})  # as another worker, who remembers nothing
    assert schedule.ask_for_what_is_due(vn(10, 9)) == 0
    assert schedule.ask_for_what_is_due(vn(11, 7)) == 1
    assert Job.objects.filter(kind="digest", asked_by_id=None).count() == 2
    Job.objects.update(not_before=vn(10, 7))
    assert run_next()


@pytest.mark.django_db
def test_a_worker_that_starts_late_makes_up_for_one_morning_and_not_in_the_night(
    does: Callable[..., None],
) -> None:
    does(nothing)
    schedule.daily("digest", nothing, title="Bản tin sáng", hour=SEVEN)
    assert schedule.ask_for_what_is_due(vn(10, 23)) == 0
    assert schedule.ask_for_what_is_due(vn(11, 10)) == 1
