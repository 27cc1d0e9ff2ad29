"""The way a sample dossier would go: step by step who, when due, which branch and why. Nothing is written. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.deadlines.rules import WorkCalendar
from motcua.processes.rules.conditions import Facts
from motcua.processes.rules.flow import following, taken
from motcua.processes.rules.plan import Branch, StepPlan
from motcua.processes.rules.timing import step_due


@dataclass(frozen=True, slots=True)
class Passage:
    """One step of the sample: entered, due, when each opinion is due, and the branch that leads on."""

    step: StepPlan
    entered: datetime
    due: datetime | None
    opinions: tuple[tuple[str, datetime], ...]
    branch: Branch | None


def dry_run(
    steps: Sequence[StepPlan], facts: Facts, *, start: datetime, due: datetime | None, calendar: WorkCalendar
) -> list[Passage]:
    """The passages of a dossier that begins at `start`, each step done when it is due; ends early at a fault."""
    found: list[Passage] = []
    step, entered = (steps[0] if steps else None), start
    while step is not None and len(found) <= len(steps):
        done = step_due(step, entered=entered, start=start, due=due, calendar=calendar)
        asked = tuple(
            (opinion.name, calendar.consume(entered, timedelta(hours=float(opinion.hours)))) for opinion in step.opinions
        )
        found.append(Passage(step, entered, done, asked, taken(step, facts)))
        ahead = following(step, steps, facts)
        step, entered = (ahead if ahead and ahead.position > step.position else None), done or entered
    return found
