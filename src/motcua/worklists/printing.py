"""Papers of many dossiers in one file to print: each paper made once and put aside, all of them joined in the end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotFound
from motcua.base.time import local_date
from motcua.dossiers import papers as paper
from motcua.dossiers import queries as dossiers
from motcua.dossiers.page_queries import papers_of
from motcua.dossiers.store import load
from motcua.dossiers.words import sentence_of
from motcua.jobs import services as jobs
from motcua.jobs.running import Run
from motcua.kit import pdf
from motcua.kit.clock import now as present
from motcua.slips.rules import Purpose
from motcua.worklists.acting import asker
from motcua.worklists.bulk import check_chosen

KIND = "worklists.print"
PURPOSES = {
    Purpose.RECEIPT: lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    Purpose.CONTROL: lazy("Phiếu kiểm soát quá trình giải quyết"),
}
"""What is printed for many at once: the papers every accepted dossier has."""
_BATCH = 20


def ask(purpose: Purpose, numbers: list[int], *, actor: Actor, now: datetime, ticket: str) -> int:
    """Asks for one file with this paper of every dossier; as `bulk.ask`."""
    chosen = check_chosen(numbers)
    title = _("In %(n)s phiếu: %(paper)s") % {"n": len(chosen), "paper": PURPOSES[purpose]}
    return jobs.ask_under(
        f"print {actor.id} {ticket}", KIND, actor=actor, now=now, total=len(chosen), title=title,
        parameters={"purpose": purpose.value, "dossiers": chosen},
    )  # fmt: skip


def work(run: Run) -> dict[str, Any]:
    """The job's function."""
    numbers, purpose = run.parameters["dossiers"], Purpose(run.parameters["purpose"])
    while (first := run.place.get("next", 0)) < len(numbers):
        batch, now = numbers[first : first + _BATCH], present()
        actor, behind = asker(run, now), first + len(batch)
        with run.batch(place={"next": behind}, done=behind):
            titles = dossiers.titles(actor, batch)
            run.lines([(str(n), titles.get(n, ""), _make(run, n, n in titles, purpose, now)) for n in batch])
    made = [run.folder / f"{number}.pdf" for number in numbers if (run.folder / f"{number}.pdf").exists()]
    if not made:
        return {"sentence": _("Không có phiếu nào để in.")}
    with run.result(f"phieu-{local_date(present()):%Y%m%d}.pdf", "application/pdf") as path:
        pdf.join(made, path)
    return {
        "sentence": _("Tệp có %(good)s phiếu trên %(total)s hồ sơ đã chọn.")
        % {"good": len(made), "total": len(numbers)}
    }


def _make(run: Run, number: int, seen: bool, purpose: Purpose, now: datetime) -> str:
    """Puts the paper aside; gives the refusal where there is none."""
    try:
        with transaction.atomic():
            if not seen:
                raise NotFound(what=_("hồ sơ này"))
            content = paper.pdf(papers_of(load(number, lock=False)), purpose, None, now=now)
    except MotcuaError as error:
        return sentence_of(error)
    (run.folder / f"{number}.pdf").write_bytes(content)
    return ""
