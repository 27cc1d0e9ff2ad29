"""The list as a file: short ones at once, long ones as a job that loses and repeats nothing; hostile names run nowhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from motcua.demo.cast import Cast
from motcua.dossiers import services
from motcua.dossiers.tests.office import NOW, client_of
from motcua.jobs import files
from motcua.jobs.models import Job
from motcua.jobs.running import run_next
from motcua.kit.export import lines_to_csv, lines_to_xlsx
from motcua.worklists import export
from motcua.worklists.office import listed
from motcua.worklists.tests.conftest import LIST

pytestmark = pytest.mark.django_db
Receive = Callable[..., int]
HOSTILE = (
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "{=1}",
    "＝1+1",
    "https://example.vn",
    "a\x00b\x1bc",
)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of more than two lines are long, pieces have two lines."""
    monkeypatch.setattr(listed, "EXPORTED_AT_ONCE", 2)
    monkeypatch.setattr(export, "_PIECE", 2)
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)


def ask(cast: Cast, kind: str = "xlsx", query: str = "state=accepted") -> Job:
    response = client_of(cast.justice.alice).get(f"{LIST}tep/{kind}/?{query}")
    job = Job.objects.get()
    assert response["Location"] == f"/office/cong-viec-nen/{job.pk}/"
    return job


def sheet(job: Job) -> list[list[Any]]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(files.result(job.pk).read_bytes()))
        .get_sheet_by_index(0)
        .to_python()
    )


def test_a_short_list_is_sent_at_once(cast: Cast, receive: Receive) -> None:
    receive()
    response = client_of(cast.justice.alice).get(f"{LIST}tep/xlsx/")
    assert b"".join(response.streaming_content).startswith(b"PK")
    assert not Job.objects.exists()


def test_a_long_list_is_a_job_whose_file_has_every_line_once(
    cast: Cast, receive: Receive, long: None
) -> None:
    names = [f"Nguyễn Văn Thử {n}" for n in range(5)]
    for name in names:
        receive(name)
    job = ask(cast)
    run_next()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 5, 5)
    head, *lines = sheet(job)
    assert head[:3] == ["Nhóm", "Mã hồ sơ", "Chủ hồ sơ"]
    assert sorted(line[2] for line in lines) == names


def test_an_export_goes_on_where_its_worker_was_ended(cast: Cast, receive: Receive, long: None) -> None:
    for n in range(5):
        receive(f"Nguyễn Văn Thử {n}")
    job = ask(cast)
    for _ in range(6):  # every worker is ended after one batch
        run_next(ends=lambda: True)
    job.refresh_from_db()
    assert job.state == "done" and job.takes > 2
    assert len({line[2] for line in sheet(job)[1:]}) == len(sheet(job)) - 1 == 5


def test_the_file_keeps_filters_and_rights_of_the_asker(cast: Cast, receive: Receive, long: None) -> None:
    for n in range(3):
        receive(f"Nguyễn Văn Thử {n}")
    services.receive_at_counter(cast.intake("1.000002"), actor=cast.commune.alice, now=NOW)
    job = ask(cast, "csv", "scope=unit&state=accepted")
    run_next()
    content = files.result(job.pk).read_text(encoding="utf-8")
    assert content.count("\n") == 4 and "Đăng ký khai sinh" not in content


def test_what_left_the_list_meanwhile_is_left_out_and_the_rest_is_there(
    cast: Cast, receive: Receive, long: None
) -> None:
    numbers = [receive(f"Nguyễn Văn Thử {n}") for n in range(3)]
    job = ask(cast)
    run_next(ends=lambda: True)  # the numbers are noted
    services.void(numbers[0], reason="Nhầm thủ tục", actor=cast.justice.alice, now=NOW)
    run_next()
    assert sorted(line[2] for line in sheet(job)[1:]) == ["Nguyễn Văn Thử 1", "Nguyễn Văn Thử 2"]


def test_an_asker_without_any_position_left_gets_no_file(
    cast: Cast, receive: Receive, long: None, monkeypatch: Any
) -> None:
    for _ in range(3):
        receive()
    job = ask(cast)
    monkeypatch.setattr(
        export, "asker", lambda run, now: cast.justice.alice.__class__("officer", "x", run.asked_by)
    )
    run_next()
    job.refresh_from_db()
    assert job.state == "failed" and "không còn vị trí" in job.error


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_column_of_both_files(text: str) -> None:
    target = io.BytesIO()
    lines_to_xlsx([text], [[text, text]], target)
    target.seek(0)
    read = CalamineWorkbook.from_filelike(target).get_sheet_by_index(0).to_python()
    clean = text.replace("\x00", "").replace("\x1b", "")
    assert [value for row in read for value in row if value] == [clean] * 3
    csv = "".join(lines_to_csv([text], [[text]]))
    risky = clean.strip(" \t\n").startswith(("=", "+", "-", "@", "＝")) or clean.startswith("\t")
    assert ("'" + clean.split('"')[0][:1] in csv) is risky
    assert "\x00" not in csv and "\x1b" not in csv


def test_a_hostile_owner_is_harmless_in_the_big_file(cast: Cast, receive: Receive, long: None) -> None:
    for name in ("=1+1", "@SUM(A1)", "<script>alert(1)</script>"):
        receive(name)
    job = ask(cast, "csv")
    run_next()
    content = files.result(job.pk).read_text(encoding="utf-8")
    assert "'=1+1" in content and "'@SUM(A1)" in content
