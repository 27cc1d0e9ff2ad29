"""The quick calendar and clock answer what the rules answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.base.time import VN
from motcua.deadlines.rules import Term, TermUnit, default_calendar, default_rule_sets
from motcua.dossiers.quick_clock import QuickCalendar, QuickClock
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.state import Dossier

USUAL = default_calendar()
QUICK = QuickCalendar.like(USUAL)
RULES = default_rule_sets()[0]
QUICK_CLOCK = QuickClock(QUICK, RULES)
FIRST = datetime(2019, 1, 1, tzinfo=VN)
moments = st.timedeltas(timedelta(), timedelta(days=3070)).map(lambda span: FIRST + span)
spans = st.timedeltas(timedelta(microseconds=1), timedelta(hours=400))
terms = st.builds(Term, st.integers(1, 40), st.sampled_from(list(TermUnit)))


@given(moments, spans)
def test_consuming_session_time_ends_at_the_same_moment(start, work):
    assert QUICK.consume(start, work) == USUAL.consume(start, work)


@given(moments, st.timedeltas(timedelta(days=-3), timedelta(days=200)))
def test_session_time_between_two_moments_is_the_same(start, span):
    assert QUICK.session_time_between(start, start + span) == USUAL.session_time_between(start, start + span)


@given(moments, terms, st.booleans())
def test_due_moments_are_the_same(start, term, after_15h):
    dossier = _dossier(term, after_15h, start)
    quick = QUICK_CLOCK.due(dossier, start=start, now=start)
    usual = Clock(USUAL, RULES).due(dossier, start=start, now=start)
    assert (quick.moment, quick.provisional) == (usual.moment, usual.provisional)


def _dossier(term: Term, after_15h: bool, at: datetime) -> Dossier:
    return Dossier(
        "TN1", "S", "direct", 1, "1.000001", 1, 1, 1, "province", 1, 1, True, at, at, term_amount=term.amount,
        term_unit=term.unit.value, after_15h=after_15h,
    )  # fmt: skip
