"""A worker killed in the middle of a batch: the next one goes on, nothing is done twice, nothing is left out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from motcua.jobs import registry, services
from motcua.jobs.models import Job, JobLine
from motcua.jobs.tests.conftest import ASKER, NOW
from motcua.jobs.tests.worker_process import count

pytestmark = pytest.mark.django_db(transaction=True)


class Process:
    """A worker of its own on the tests' database, driven line by line."""

    def __init__(self) -> None:
        base = connection.settings_dict
        host = quote(base["HOST"], safe="")
        address = f"postgresql://{base['USER']}:{quote(base['PASSWORD'])}@/{base['NAME']}?host={host}&port={base['PORT']}"
        environment = {
            **os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
            "PYTHONPATH": os.pathsep.join(sys.path), "MOTCUA_STATE_DIR": str(settings.STATE),
        }  # fmt: skip
        self.child = subprocess.Popen(
            [sys.executable, "-m", "motcua.jobs.tests.worker_process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=environment, text=True,
        )  # fmt: skip

    def said(self) -> str:
        assert self.child.stdout
        while line := self.child.stdout.readline():
            if line.startswith(("inside", "done", "over")):
                return line.strip()
        return "ended"

    def go(self) -> None:
        assert self.child.stdin
        self.child.stdin.write("go\n")
        self.child.stdin.flush()

    def kill(self) -> None:
        self.child.kill()
        self.child.wait()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setitem(registry._kinds, "count", registry.Kind("count", "Đếm", count))
    return services.ask("count", actor=ASKER, now=NOW, total=4, parameters={"to": 4})


@pytest.fixture
def started() -> Iterator[Any]:
    """Starts workers; whatever still runs at the end is killed."""
    processes: list[Process] = []

    def start() -> Process:
        processes.append(Process())
        return processes[-1]

    yield start
    for process in processes:
        process.kill()


def test_a_killed_worker_s_job_goes_on_where_it_stood_and_nothing_is_done_twice(
    asked: int, started: Any
) -> None:
    first = started()
    for number in (0, 1):
        assert first.said() == f"inside {number}"
        first.go()
        assert first.said() == f"done {number}"
    assert first.said() == "inside 2"
    first.kill()  # its line 2 was written but not committed
    assert Job.objects.values_list("state", "done").get(pk=asked) == ("running", 2)
    assert JobLine.objects.count() == 2
    second = started()
    for number in (2, 3):
        assert second.said() == f"inside {number}"
        second.go()
        assert second.said() == f"done {number}"
    assert second.said() == "over"
    assert Job.objects.values_list("state", "done", "takes").get(pk=asked) == ("done", 4, 2)
    assert sorted(JobLine.objects.values_list("key", flat=True)) == ["0", "1", "2", "3"]


def test_two_workers_never_have_the_same_job_in_hand(asked: int, started: Any) -> None:
    first = started()
    assert first.said() == "inside 0"
    second = started()
    assert second.said() == "ended"  # nothing to do: the only job is in hand
    assert Job.objects.get(pk=asked).takes == 1
