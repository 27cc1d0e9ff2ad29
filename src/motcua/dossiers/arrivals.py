"""Rooms above may act when a dossier enters a step (open its planned opinions …). Filled in `site/wiring.py`.

They run within the verb's own transaction, after the dossier with its new step was saved: what they refuse, the verb refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from motcua.base.actor import Actor
from motcua.dossiers import models
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.rules.way import plan_at
from motcua.processes.rules import StepPlan

Arrival = Callable[[Dossier, StepPlan, Actor, datetime], None]
ENTERED: list[Arrival] = []
"""Gets the saved dossier (its `open_step` carries the number of the passage), the planned step, who acted and when."""


def tell(dossier: Dossier, *, known: int, actor: Actor, at: datetime) -> None:
    """Calls every listed function when the act added a step to the `known` ones; a repeated step counts too."""
    step = dossier.open_step
    if step is None or len(dossier.steps) <= known:
        return
    plan = plan_at(dossier, step.position)
    if plan is None or not ENTERED:
        return
    if step.id is None and plan.opinions:  # a new dossier is written in one statement that tells only its own number
        step.id = models.StepRecord.objects.get(dossier_id=dossier.id, left_at=None).pk
    for entered in ENTERED:
        entered(dossier, plan, actor, at)
