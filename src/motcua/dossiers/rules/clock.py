"""The clock of one dossier: its pinned term counted from the pinned start, with the pauses on record. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.base.time import local
from motcua.deadlines.rules import (
    Due,
    Pause,
    PauseMode,
    RuleSetFacts,
    TermUnit,
    WorkCalendar,
    due,
    due_as_promised,
)
from motcua.dossiers.rules.state import Dossier

_DAY_UNITS = (TermUnit.WORKING_DAY, TermUnit.DAY, TermUnit.MONTH)


@dataclass(frozen=True, slots=True)
class Clock:
    """The calendar and the rule set by which a dossier counts."""

    calendar: WorkCalendar
    rules: RuleSetFacts

    def due(self, dossier: Dossier, *, start: datetime, now: datetime) -> Due | None:
        """The due moment counted from `start`; an open pause counts as if it ended `now`. None without a term.

        A date promised on another system is not counted but kept, with the pauses since then.
        """
        if dossier.promise_taken_over:
            return self._promised(dossier, start, now)
        if dossier.term is None:
            return None
        return due(
            start=self._counted_from(dossier, start),
            term=dossier.term,
            calendar=self.calendar,
            pauses=_pauses(dossier),
            count=self.rules.day_count,
            same_day_cutoff=self.rules.same_day_cutoff,
            now=now,
        )

    def _counted_from(self, dossier: Dossier, start: datetime) -> datetime:
        """"Sau 15 giờ" rules of some day terms count from the next working day (e.g. NĐ 301/2026)."""
        late = dossier.after_15h and local(start).time() >= self.rules.same_day_cutoff
        if late and TermUnit(dossier.term_unit) in _DAY_UNITS:
            return self.calendar.opening(self.calendar.next_working_day(local(start).date()))
        return start

    def _promised(self, dossier: Dossier, start: datetime, now: datetime) -> Due:
        first = dossier.dues[0]
        return due_as_promised(
            promised=first.due_at or start,
            accepted=self._counted_from(dossier, start),
            taken_over=first.at,
            term=dossier.term,
            calendar=self.calendar,
            pauses=_pauses(dossier),
            count=self.rules.day_count,
            same_day_cutoff=self.rules.same_day_cutoff,
            now=now,
        )


def _pauses(dossier: Dossier) -> list[Pause]:
    return [Pause(p.start, p.end, PauseMode(p.mode), p.reason) for p in dossier.pauses if p.retracted_at is None]
