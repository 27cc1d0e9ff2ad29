"""Random lives of dossiers, made by the pure acts of the dossiers' room; what is not allowed is not done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from motcua.base.actor import SYSTEM
from motcua.base.errors import MotcuaError
from motcua.base.time import VN
from motcua.deadlines.rules import PauseKind
from motcua.dossiers.rules import acts, endings, waiting
from motcua.dossiers.rules.state import Dossier, EndKind, LateCause, ResultRecord, State
from motcua.dossiers.tests.conftest import clock, dossier

CLOCK = clock()
SAID: dict[str, Any] = {"reason": "lý do", "actor": SYSTEM}
Act = Callable[[Dossier, datetime], None]


def _accept(d: Dossier, now: datetime) -> None:
    acts.accept(d, code=d.provisional_code.replace("TN", "HS"), clock=CLOCK, now=now, actor=SYSTEM)


def _forward(d: Dossier, now: datetime) -> None:
    acts.forward(d, clock=CLOCK, now=now, actor=SYSTEM)


def _ask(d: Dossier, now: datetime) -> None:
    waiting.ask_supplement(
        d, items=[{"name": "giấy"}], ground="Điều 1", clock=CLOCK, now=now, override="lãnh đạo", **SAID
    )


def _answer(d: Dossier, now: datetime) -> None:
    waiting.answer_supplement(d, answer="đủ", clock=CLOCK, now=now, actor=SYSTEM)


def _pause(d: Dossier, now: datetime) -> None:
    waiting.pause(
        d,
        kind=PauseKind.FINANCIAL_OBLIGATION,
        ground="Điều 1",
        clock=CLOCK,
        now=now,
        **SAID,
    )


def _resume(d: Dossier, now: datetime) -> None:
    waiting.resume(d, clock=CLOCK, now=now, actor=SYSTEM)


def _apologise(d: Dossier, now: datetime) -> None:
    later = max(now, d.due_at or now) + timedelta(days=9)
    waiting.apologise(d, new_date=later, clock=CLOCK, now=now, **SAID)


def _decide(*, granted: bool) -> Act:
    def decide(d: Dossier, now: datetime) -> None:
        result = ResultRecord("1", "Kết quả", None, "", now)
        endings.decide(
            d,
            granted=granted,
            result=result,
            clock=CLOCK,
            now=now,
            ground="Điều 1",
            late_cause=LateCause.OTHER,
            **SAID,
        )

    return decide


def _give_back(d: Dossier, now: datetime) -> None:
    endings.give_back(d, receiver="Trần Thị Ví Dụ", method="direct", now=now, actor=SYSTEM)


def _stop(kind: EndKind) -> Act:
    def stop(d: Dossier, now: datetime) -> None:
        endings.stop(d, kind=kind, ground="Điều 1", clock=CLOCK, now=now, **SAID)

    return stop


def _withdraw(d: Dossier, now: datetime) -> None:
    endings.withdraw(d, request="YC-1", form_set="", now=now, **SAID)


def _reverse_return(d: Dossier, now: datetime) -> None:
    endings.reverse_return(d, clock=CLOCK, now=now, **SAID)


def _reverse_end(d: Dossier, now: datetime) -> None:
    endings.reverse_end(d, clock=CLOCK, now=now, **SAID)


def _void(d: Dossier, now: datetime) -> None:
    endings.void(d, now=now, **SAID)


_ENDS = (
    _decide(granted=True),
    _decide(granted=False),
    _stop(EndKind.STOPPED),
    _stop(EndKind.SENT_BACK),
    _withdraw,
)
POSSIBLE: dict[State, tuple[Act, ...]] = {
    State.SUBMITTED: (_accept, _accept, _accept, _withdraw),
    State.ACCEPTED: (_forward, _forward, _forward, _stop(EndKind.STOPPED), _void),
    State.PROCESSING: (_ask, _pause, _apologise, *_ENDS, _ask, *_ENDS[:2], _void),
    State.WAITING_SUPPLEMENT: (_answer, _answer, _answer, _stop(EndKind.SENT_BACK), _withdraw),
    State.PAUSED: (_resume, _resume, _withdraw),
    State.FINISHED: (_give_back, _give_back, _reverse_end),
    State.RETURNED: (_reverse_return,),
    State.STOPPED: (_reverse_end,),
    State.WITHDRAWN: (_reverse_end,),
    State.SENT_BACK: (_reverse_end,),
}
STEP = st.tuples(st.integers(0, 20), st.integers(1, 24 * 20))
"""Which of the possible acts, and after how many hours."""
LIFE = st.tuples(
    st.integers(0, 24 * 90),
    st.sampled_from(["online", "direct", "post"]),
    st.sampled_from([("ngay_lam_viec", 5), ("ngay_lam_viec", 20), ("ngay", 10), ("", None)]),
    st.lists(STEP, max_size=9),
)
"""Hours after the first day, channel, term, steps."""


def begin(number: int, life: Any, **changes: object) -> Dossier:
    """The dossier of `life`, just submitted."""
    start, channel, (unit, amount), _ = life
    submitted = datetime(2025, 12, 1, 8, tzinfo=VN) + timedelta(hours=start)
    born = dossier(
        submitted=submitted.replace(tzinfo=None).isoformat(), provisional_code=f"TN{number}", channel=channel,
        term_unit=unit, term_amount=amount, result_is_document=False, **changes,
    )  # fmt: skip
    acts.submit(born, now=born.submitted_at, actor=SYSTEM)
    return born


def schedule(number: int, life: Any) -> list[tuple[datetime, int, int]]:
    """(instant, dossier, which act) of every step of a life."""
    moment = begin(number, life).submitted_at
    timed = []
    for which, hours in life[3]:
        moment += timedelta(hours=hours)
        timed.append((moment, number, which))
    return timed


def do(d: Dossier, which: int, now: datetime) -> bool:
    """Does one of the acts possible now; False when there is none or it is refused."""
    possible = POSSIBLE.get(State(d.state))
    if not possible:
        return False
    try:
        possible[which % len(possible)](d, now)
    except MotcuaError:
        return False
    return True
