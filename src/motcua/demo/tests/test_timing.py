"""The moments drawn for a dossier come in an order the rules accept."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from motcua.base.time import day_end
from motcua.deadlines.rules import Term, TermUnit, default_calendar, default_rule_sets
from motcua.demo.timing import RETURNED, SETTLED, Promise, Span, times_for
from motcua.dossiers.rules.clock import Clock

SPAN = Span(date(2023, 12, 15), date(2024, 7, 1), date(2023, 12, 15), day_end(date(2024, 6, 30)))
CLOCK = Clock(default_calendar(), next(rules for rules in default_rule_sets() if rules.code == "61-2018"))
TERMS = [Term(1, TermUnit.SAME_DAY), Term(4, TermUnit.WORKING_HOUR), Term(3, TermUnit.WORKING_DAY), Term(20, TermUnit.DAY), None]


@given(st.integers(0, 10**6), st.sampled_from((*SETTLED, *RETURNED)), st.sampled_from(TERMS))
def test_a_dossier_ends_after_its_supplement_was_answered(seed: int, wish, term: Term | None) -> None:
    times = times_for(
        wish, Promise(term, after_15h=False), span=SPAN, clock_on=lambda day: CLOCK, rng=Random(seed), supplement=True
    )
    if times is not None and times.ended is not None:
        assert times.accepted <= times.received < times.ended
        assert times.answered is None or times.asked < times.answered < times.ended
