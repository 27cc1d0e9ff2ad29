"""A job goes on where it stood, does nothing twice, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError

from motcua.base.errors import NotAllowed
from motcua.jobs import files, queries, services
from motcua.jobs.models import Job, JobLine
from motcua.jobs.rules import JobNotResumable, JobOver, JobState, UnknownWork
from motcua.jobs.running import Run, run_next
from motcua.jobs.tests.conftest import ADMIN, ASKER, NOW, OTHER
from motcua.journal.models import Event
from motcua.journal.remembered import stamp

pytestmark = pytest.mark.django_db
Does = Callable[..., None]


def ask(**more: Any) -> int:
    return services.ask("count", actor=ASKER, now=NOW, total=3, parameters={"to": 3}, **more)


def counted(run: Run) -> dict[str, Any]:
    """As `worker_process.count`, without waiting for anybody."""
    while (number := run.place.get("next", 0)) < run.parameters["to"]:
        with run.batch(place={"next": number + 1}, done=number + 1):
            run.lines([(str(number), f"dòng {number}", "")])
    return {"sentence": "Đã đếm xong."}


def test_what_is_asked_for_is_done_and_told(does: Does) -> None:
    does(counted)
    number = ask()
    assert run_next()
    job = Job.objects.get(pk=number)
    assert (job.state, job.done, job.total, job.outcome) == ("done", 3, 3, {"sentence": "Đã đếm xong."})
    assert job.finished_at is not None and job.tries == 0
    assert not run_next()


def test_nobody_may_ask_for_work_that_nobody_does(does: Does) -> None:
    with pytest.raises(UnknownWork):
        ask()


def test_work_of_a_newer_version_is_left_to_a_newer_worker(does: Does) -> None:
    does(counted)
    ask()
    Job.objects.update(kind="newer")
    assert not run_next()
    assert Job.objects.get().state == "waiting"


def test_a_job_is_asked_for_once_under_one_key(does: Does) -> None:
    does(counted)
    asked = [services.ask_once("digest 10/3", "count", actor=ASKER, now=NOW) for _ in range(3)]
    assert [bool(number) for number in asked] == [True, False, False]


def test_a_stop_is_obeyed_between_two_batches_and_what_was_done_stays(does: Does) -> None:
    def told_to_stop(run: Run) -> None:
        for number in range(run.place.get("next", 0), 3):
            if number == 1:
                services.stop(run.job_id, actor=ASKER, now=NOW)
            with run.batch(place={"next": number + 1}, done=number + 1):
                run.lines([(str(number), "", "")])

    does(told_to_stop)
    number = ask()
    run_next()
    assert Job.objects.values_list("state", "done").get(pk=number) == ("stopped", 2)
    assert JobLine.objects.count() == 2
    does(counted)
    services.resume(number, actor=ASKER, now=NOW)
    run_next()
    assert Job.objects.get(pk=number).state == "done"
    assert JobLine.objects.count() == 3


def test_a_worker_that_ends_leaves_the_job_to_the_next(does: Does) -> None:
    does(counted)
    number = ask()
    run_next(ends=lambda: True)
    assert Job.objects.values_list("state", "done").get(pk=number) == ("running", 1)
    run_next()
    assert Job.objects.values_list("state", "done", "takes").get(pk=number) == ("done", 3, 2)
    assert JobLine.objects.count() == 3


def test_a_refusal_is_told_in_its_own_sentence(does: Does) -> None:
    def refused(run: Run) -> None:
        raise NotAllowed(reason="bạn không còn giữ vị trí này.")

    does(refused)
    number = ask()
    run_next()
    job = Job.objects.get(pk=number)
    assert job.state == "failed" and "không còn giữ vị trí này" in job.error


def test_a_fault_fails_the_job_and_not_the_worker_and_the_job_may_go_on(does: Does) -> None:
    def broken(run: Run) -> None:
        with run.batch(place={"next": 1}, done=1):
            run.lines([("0", "", "")])
        raise ZeroDivisionError

    does(broken)
    number = ask()
    assert run_next()
    assert Job.objects.get(pk=number).state == "failed"
    assert "ZeroDivisionError" in Job.objects.get(pk=number).error
    does(counted)
    services.resume(number, actor=ASKER, now=NOW)
    run_next()
    assert sorted(JobLine.objects.values_list("key", flat=True)) == ["0", "1", "2"]


def test_a_database_that_goes_away_leaves_the_job_open(does: Does) -> None:
    def away(run: Run) -> None:
        raise OperationalError("server closed the connection")

    does(away)
    number = ask()
    with pytest.raises(OperationalError):
        run_next()
    assert Job.objects.get(pk=number).state == "running"


def test_a_job_that_ends_every_worker_is_given_up(does: Does) -> None:
    def deadly(run: Run) -> None:
        raise OperationalError

    does(deadly)
    number = ask()
    for _ in range(5):
        with pytest.raises(OperationalError):
            run_next()
    run_next()
    job = Job.objects.get(pk=number)
    assert job.state == "failed" and "5 lần" in job.error


def test_a_worker_thought_dead_writes_nothing_any_more(does: Does) -> None:
    def slow(run: Run) -> None:
        Job.objects.filter(pk=run.job_id).update(takes=run.take + 1)  # another worker took it up
        with run.batch(place={"next": 1}, done=1):
            run.lines([("0", "", "")])

    does(slow)
    number = ask()
    run_next()
    assert not JobLine.objects.exists()
    assert Job.objects.values_list("state", "done").get(pk=number) == ("running", 0)


def test_the_same_line_is_never_kept_twice(does: Does) -> None:
    does(counted)
    number = ask()
    services.note_lines(number, [("7", "", "")])
    with pytest.raises(IntegrityError):
        services.note_lines(number, [("7", "", "")])


def test_stopping_and_going_on_need_their_state_and_their_right(does: Does) -> None:
    does(counted)
    number = ask()
    with pytest.raises(NotAllowed):
        services.stop(number, actor=OTHER, now=NOW)
    with pytest.raises(JobNotResumable):
        services.resume(number, actor=ASKER, now=NOW)
    services.stop(number, actor=ADMIN, now=NOW)
    assert Job.objects.get(pk=number).state == "stopped"
    assert not run_next()
    with pytest.raises(JobOver):
        services.stop(number, actor=ASKER, now=NOW)


def test_asking_and_ending_are_recorded_without_touching_what_is_remembered(does: Does) -> None:
    does(counted)
    before = stamp()
    number = ask()
    services.stop(number, actor=ASKER, now=NOW)
    names = (
        Event.objects.filter(stream="job", stream_id=str(number))
        .order_by("id")
        .values_list("name", flat=True)
    )
    assert list(names) == ["job.asked", "job.stop_asked"]
    assert stamp() == before


def test_a_result_counts_only_when_it_is_whole_and_is_removed_after_a_week(does: Does) -> None:
    def writes(run: Run) -> None:
        (run.folder / "nháp").write_bytes(b"x")
        with run.result("danh-sach.csv", "text/csv") as path:
            path.write_bytes(b"a,b")
            assert not files.result(run.job_id).exists()

    does(writes)
    number = ask()
    run_next()
    job = Job.objects.get(pk=number)
    assert (job.file_name, files.result(number).read_bytes()) == ("danh-sach.csv", b"a,b")
    assert [path.name for path in files.folder(number).iterdir()] == ["ket-qua"]
    services.clear_old(job.finished_at + timedelta(days=6))
    assert files.result(number).exists()
    assert services.clear_old(job.finished_at + timedelta(days=8)) == 1
    assert not files.result(number).exists()
    assert Job.objects.get(pk=number).file_name == ""


def test_an_outcome_is_read_by_the_room_that_asked(does: Does) -> None:
    does(counted)
    number = ask()
    assert queries.open_jobs(ASKER) == 1
    run_next()
    assert queries.outcome_of(number) == (JobState.DONE, {"sentence": "Đã đếm xong."})
    assert (queries.open_jobs(ASKER), queries.how_many_refused(number)) == (0, 0)
