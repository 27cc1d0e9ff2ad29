"""The opening backlog of a period: the late ones without a letter are found, recorded, and followed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua.alerts import backlog
from motcua.alerts.errors import PeriodNotBegun
from motcua.alerts.services import check_backlog
from motcua.alerts.tests.conftest import in_process, vn
from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed
from motcua.cli import alerts as command
from motcua.deadlines.rules import PauseKind
from motcua.demo.cast import Cast
from motcua.dossiers import services
from motcua.dossiers.tests.office import client_of

START, LATER = date(2026, 4, 1), vn("2026-04-02T09:00")
ROOT = "/office/canh-bao/dau-ky/"


@pytest.fixture
def told(cast: Cast) -> tuple[Cast, dict[str, int]]:
    """On 1 April: one late, one late with its letter, one that stands still, one withdrawn, one within its term."""
    names = ("late", "with_letter", "paused", "withdrawn")
    numbers = {name: in_process(cast) for name in names}
    numbers["in_time"] = in_process(cast, now=vn("2026-03-30T09:00"))
    head = cast.justice.charlie
    services.apologise(
        numbers["with_letter"], reason="Chậm", new_date=None, actor=head, now=vn("2026-03-18T09:00")
    )
    services.pause(
        numbers["paused"], kind=PauseKind.FINANCIAL_OBLIGATION, reason="Chờ nộp thuế", ground="Thông báo", actor=head,
        now=vn("2026-03-16T09:00"),
    )  # fmt: skip
    services.withdraw(
        numbers["withdrawn"],
        request="YC-1",
        reason="Rút",
        actor=cast.justice.alice,
        now=vn("2026-03-20T09:00"),
    )
    return cast, numbers


def test_the_check_finds_what_was_late_without_a_letter_on_the_first_morning(
    told: tuple[Cast, dict[str, int]],
) -> None:
    cast, numbers = told
    number = check_backlog(period_start=START, actor=cast.director, now=LATER)
    found = backlog.check(number)
    assert (found.open_count, found.late_count, found.missing_count) == (4, 2, 1)
    assert [line.dossier_id for line in backlog.lines(number, cast.justice.charlie)] == [numbers["late"]]


def test_what_happens_later_does_not_change_the_record_but_is_told_beside_it(
    told: tuple[Cast, dict[str, int]],
) -> None:
    cast, numbers = told
    number = check_backlog(period_start=START, actor=cast.director, now=LATER)
    assert [line.sent_since for line in backlog.lines(number, cast.justice.charlie)] == [False]
    services.apologise(numbers["late"], reason="Chậm", new_date=None, actor=cast.justice.charlie, now=LATER)
    again = check_backlog(period_start=START, actor=cast.director, now=LATER)
    assert backlog.check(again).missing_count == backlog.check(number).missing_count == 1
    assert [line.sent_since for line in backlog.lines(number, cast.justice.charlie)] == [True]


def test_a_period_that_has_not_begun_is_refused_and_so_is_an_officer(
    told: tuple[Cast, dict[str, int]],
) -> None:
    cast, _ = told
    with pytest.raises(PeriodNotBegun):
        check_backlog(period_start=date(2026, 5, 1), actor=SYSTEM, now=LATER)
    with pytest.raises(NotAllowed):
        check_backlog(period_start=START, actor=cast.justice.bob, now=LATER)


def test_the_pages_check_show_and_export_within_rights(
    told: tuple[Cast, dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, numbers = told
    monkeypatch.setattr("motcua.kit.clock.now", lambda: LATER)
    head, where = client_of(cast.justice.charlie), f"/office/ho-so/{numbers['late']}/"
    answer = head.post(f"{ROOT}moi/", {"period_start": "01/04/2026"})
    assert answer.status_code == 302
    assert where in head.get(answer.url).content.decode()
    assert (
        "4 hồ sơ tồn, 2 hồ sơ quá hạn, 1 hồ sơ chưa có thư xin lỗi" in head.get(answer.url).content.decode()
    )
    assert where not in client_of(cast.land.charlie).get(answer.url).content.decode()
    assert client_of(cast.justice.bob).get(answer.url).status_code == 403
    assert client_of(cast.outsider).get(f"{answer.url}tep/csv/").status_code == 403
    lines = b"".join(head.get(f"{answer.url}tep/csv/").streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert head.get(f"{ROOT}99999/").status_code == 404
    assert head.post(f"{ROOT}moi/", {"period_start": "01/05/2026"}).status_code == 422
    assert "01/04/2026" in head.get(ROOT).content.decode()


def test_the_command_checks_a_period(
    told: tuple[Cast, dict[str, int]], monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: LATER)
    assert command.run(type("Given", (), {"backlog": START})()) == 0
    assert "4 hồ sơ, 2 quá hạn, 1 chưa có thư xin lỗi" in capsys.readouterr().out
    assert command.run(type("Given", (), {"backlog": date(2027, 1, 1)})()) == 2
    assert command.run(type("Given", (), {"backlog": None})()) == 0
    assert "cảnh báo mới" in capsys.readouterr().out
