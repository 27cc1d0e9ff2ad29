"""Every order rule of the settlement table, by hand (law-given columns of II.06a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from motcua.base.time import VN
from motcua.indicators.rules import Classes, Facts, Outcome, WayIn, classify, waits_at_end

FROM, TO = date(2023, 12, 15), date(2024, 6, 14)
BEFORE, DURING, LATER = date(2023, 12, 14), date(2024, 3, 1), date(2024, 6, 15)


def facts(**changes: object) -> Facts:
    usual: dict[str, object] = {
        "accepted_on": DURING, "channel": "online", "due_on": date(2024, 3, 15), "ended_on": None, "end_kind": "",
        "waiting": False,
    }  # fmt: skip
    return Facts(**(usual | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accepted_on", "channel", "way_in"),
    [
        (FROM, "online", WayIn.ONLINE),
        (TO, "online", WayIn.ONLINE),
        (DURING, "direct", WayIn.DIRECT_POST),
        (DURING, "post", WayIn.DIRECT_POST),
        (BEFORE, "online", WayIn.CARRIED),
        (BEFORE, "direct", WayIn.CARRIED),
    ],
)
def test_a_dossier_comes_in_by_one_way(accepted_on: date, channel: str, way_in: WayIn) -> None:
    assert classify(facts(accepted_on=accepted_on, channel=channel), FROM, TO).way_in is way_in


@pytest.mark.parametrize(
    "changes",
    [
        {"accepted_on": LATER},
        {"accepted_on": date(2023, 11, 1), "ended_on": BEFORE, "end_kind": "finished"},
        {"accepted_on": date(2023, 11, 1), "ended_on": BEFORE, "end_kind": "withdrawn"},
    ],
)
def test_what_was_not_yet_accepted_or_had_already_ended_is_not_counted(changes: dict[str, object]) -> None:
    assert classify(facts(**changes), FROM, TO) is None


DUE = date(2024, 3, 15)
OUTCOMES = [
    # stopped, sent back, withdrawn first: also when late, waiting or without a term
    ({"ended_on": date(2024, 5, 1), "end_kind": "stopped"}, Outcome.RETURNED),
    ({"ended_on": date(2024, 3, 2), "end_kind": "sent_back"}, Outcome.RETURNED),
    ({"ended_on": TO, "end_kind": "withdrawn", "due_on": None}, Outcome.RETURNED),
    ({"ended_on": FROM, "accepted_on": BEFORE, "end_kind": "withdrawn", "waiting": True}, Outcome.RETURNED),
    # ended after the period: open at its end, whatever the end was
    ({"ended_on": LATER, "end_kind": "withdrawn", "due_on": LATER}, Outcome.WITHIN),
    ({"ended_on": LATER, "end_kind": "finished", "due_on": DUE}, Outcome.OVERDUE),
    ({"ended_on": LATER, "end_kind": "stopped", "due_on": DUE, "waiting": True}, Outcome.WITHIN),
    # waiting for a supplement before dates
    ({"waiting": True, "due_on": DUE}, Outcome.WITHIN),
    # no term
    ({"due_on": None}, Outcome.WITHIN),
    ({"due_on": None, "ended_on": DURING, "end_kind": "finished"}, Outcome.ON_DATE),
    ({"due_on": None, "ended_on": DURING, "end_kind": "refused"}, Outcome.ON_DATE),
    # by date
    ({"ended_on": date(2024, 3, 14), "end_kind": "finished"}, Outcome.EARLY),
    ({"ended_on": DUE, "end_kind": "finished"}, Outcome.ON_DATE),
    ({"ended_on": date(2024, 3, 16), "end_kind": "finished"}, Outcome.LATE),
    ({"ended_on": date(2024, 3, 14), "end_kind": "refused"}, Outcome.EARLY),
    ({"ended_on": date(2024, 3, 18), "end_kind": "refused"}, Outcome.LATE),
    ({"due_on": TO}, Outcome.WITHIN),
    ({"due_on": date(2024, 6, 13)}, Outcome.OVERDUE),
    ({"due_on": LATER}, Outcome.WITHIN),
]


@pytest.mark.parametrize(("changes", "outcome"), OUTCOMES)
def test_a_dossier_has_one_outcome(changes: dict[str, object], outcome: Outcome) -> None:
    assert classify(facts(**changes), FROM, TO) == Classes(
        WayIn.CARRIED if changes.get("accepted_on") == BEFORE else WayIn.ONLINE, outcome
    )


@dataclass
class Wait:
    start: datetime
    end: datetime | None = None
    retracted_at: datetime | None = None


def moment(day: int, hour: int = 8, month: int = 6) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=VN)


@pytest.mark.parametrize(
    ("wait", "known_at", "waits"),
    [
        (Wait(moment(14)), None, True),
        (Wait(moment(14, 23)), None, True),
        (Wait(moment(15, 0)), None, False),
        (Wait(moment(10), moment(14, 17)), None, False),
        (Wait(moment(10), moment(15, 0)), None, True),
        (Wait(moment(10), moment(20)), None, True),
        (Wait(moment(10), None, moment(20)), None, False),
        (Wait(moment(10), moment(12)), moment(11), True),
        (Wait(moment(10), None, moment(20)), moment(19), True),
        (Wait(moment(10)), moment(9), False),
    ],
)
def test_waiting_is_looked_at_when_the_last_day_ends(
    wait: Wait, known_at: datetime | None, waits: bool
) -> None:
    assert waits_at_end([wait], TO, known_at=known_at) is waits
