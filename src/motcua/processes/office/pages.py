"""What the pages of the designer share: who may, addresses, a version told with drawing, steps and remarks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.time import local_date
from motcua.deadlines.rules import Term
from motcua.kit import clock
from motcua.people.access import actor, roles
from motcua.people.rules import Role
from motcua.processes import queries
from motcua.processes.drawing import draw
from motcua.processes.ports import procedures
from motcua.processes.queries import VersionFacts
from motcua.processes.rules import StepPlan, hours_of, hours_text, share_of, term_in_hours
from motcua.processes.services import LinkHasNoSteps, NotADraft
from motcua.processes.words import (
    REQUIRED_WORDS,
    STAGE_WORDS,
    condition_words,
    finding_sentence,
    place_in,
    place_of,
    role_of,
    time_of,
)

keepers = roles(Role.ADMIN, Role.CONTROL)


def who(request: HttpRequest) -> dict[str, Any]:
    """Actor and instant of a verb."""
    return {"actor": actor(request), "now": clock.now()}


def address(version_id: int) -> str:
    return reverse("processes_office:version", args=[version_id])


def draft_of(version_id: int) -> tuple[VersionFacts, tuple[StepPlan, ...]]:
    """A draft with steps of its own. Raises NotFound, NotADraft, LinkHasNoSteps."""
    version = queries.version(version_id)
    if version.published:
        raise NotADraft(number=version.number)
    if version.follows is not None:
        raise LinkHasNoSteps(source=version.follows_name)
    return version, queries.steps_of(version_id)


def told(version: VersionFacts) -> dict[str, Any]:
    """Everything the page of a version shows; a link shows the steps of the version it leads to today."""
    today = local_date(clock.now())
    shown = version.id if version.follows is None else queries.followed(version.follows, on=today)
    steps = queries.steps_of(shown) if shown else ()
    remarks = queries.findings_of(version.id, on=today) if version.follows is None and not version.published else []
    wrong = {remark.position for remark in remarks if not remark.warns}
    procedure = procedures().told(version.procedure_code, on=today) if version.procedure_code else None
    return {
        "version": version, "steps": [card(step, steps, wrong) for step in steps], "procedure": procedure,
        "errors": [finding_sentence(r) for r in remarks if not r.warns],
        "warnings": [finding_sentence(r) for r in remarks if r.warns],
        "sums": sums(steps, procedure.terms if procedure else ()),
        "drawing": draw(steps, title=version.name), "versions": queries.versions_of(version.process),
        "editable": not version.published and version.follows is None,
    }  # fmt: skip


def card(step: StepPlan, steps: tuple[StepPlan, ...], wrong: set[int]) -> dict[str, Any]:
    """One step in words."""
    names = {plan.position: f"{plan.position}. {plan.name}" for plan in steps}
    return {
        "plan": step, "stage": STAGE_WORDS[step.stage], "role": role_of(step.role), "time": time_of(step),
        "place": place_in(step, steps), "wrong": step.position in wrong,
        "requires": [REQUIRED_WORDS[act] for act in sorted(step.requires)],
        "branches": [(condition_words(b.when), names.get(b.to, str(b.to))) for b in step.branches],
        "opinions": [(o.name, role_of(o.role), place_of(o.place), hours_text(o.hours)) for o in step.opinions],
        "back_to": [names[position] for position in step.back_to if position in names],
        "first": step is steps[0], "last": step is steps[-1],
    }  # fmt: skip


def sums(steps: tuple[StepPlan, ...], terms: tuple[Term, ...]) -> list[str]:
    """The longest way beside each legal term, one sentence each."""
    if not steps:
        return []
    hours = hours_of(steps, None)
    own = [_("Đường dài nhất: %(hours)s.") % {"hours": hours_text(hours)}] if hours is not None else []
    if share_of(steps):
        own.append(_("Đường dài nhất dùng %(share)s %% thời hạn giải quyết.") % {"share": share_of(steps)})
    return own + [sentence for term in dict.fromkeys(terms) if (sentence := _beside(steps, term))]


def _beside(steps: tuple[StepPlan, ...], term: Term) -> str:
    allowed, hours = term_in_hours(term), hours_of(steps, term)
    if allowed is None or hours is None:
        return ""
    words = {"hours": hours_text(hours), "term": term.words(), "allowed": hours_text(allowed)}
    if hours > allowed:
        return _("Các bước cần %(hours)s, dài hơn thời hạn %(term)s.") % words
    return _("Các bước cần %(hours)s, trong thời hạn %(term)s.") % words
