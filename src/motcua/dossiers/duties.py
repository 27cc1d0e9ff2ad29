"""What a step demands before it can be left: papers digitised, fees paid, the result signed."""

from __future__ import annotations

from motcua.dossiers import models
from motcua.dossiers.rules.refusals import NotDigitised, NotPaid, NotSigned
from motcua.dossiers.rules.state import Dossier, ResultRecord
from motcua.dossiers.rules.way import plan_at
from motcua.processes.rules import RequiredAct


def require_duties(dossier: Dossier, *, granted: bool = True, result: ResultRecord | None = None) -> None:
    """Refuses to leave the present step while its required acts are not done.

    A refusal after appraisal (`granted` false) needs neither payment nor a signed result: it must stay possible.
    Raises NotDigitised, NotPaid, NotSigned.
    """
    plan = plan_at(dossier, dossier.step_position)
    required = plan.requires if plan else frozenset()
    if RequiredAct.DIGITISE in required and (names := not_digitised(dossier)):
        raise NotDigitised(names="; ".join(names))
    if RequiredAct.PAY in required and granted and (names := unpaid(dossier)):
        raise NotPaid(names="; ".join(names))
    if RequiredAct.SIGN in required and granted and not _signed(dossier, result):
        raise NotSigned


def not_digitised(dossier: Dossier) -> list[str]:
    """Names of the papers that came in and have no file yet."""
    papers = models.Component.objects.filter(dossier_id=dossier.id, received=True, file=None)
    return list(papers.order_by("position").values_list("name", flat=True))


def unpaid(dossier: Dossier) -> list[str]:
    """Names of the fees told and not yet paid."""
    fees = models.FeeLine.objects.filter(dossier_id=dossier.id, paid=False, amount__gt=0)
    return list(fees.order_by("position").values_list("name", flat=True))


def _signed(dossier: Dossier, result: ResultRecord | None) -> bool:
    told = [*dossier.valid_results, *([result] if result else [])]
    return any(record.file_id is not None for record in told)
