"""Acts on many dossiers at once, only those that are safe: each dossier by itself, with its own rights and its own outcome.

They run as jobs in batches. What a batch did and what became of every dossier is one transaction with the place of the job, so a
worker that is killed leaves no dossier done without its line and none is done twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotFound
from motcua.base.time import local_date
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services as verbs
from motcua.dossiers.words import sentence_of
from motcua.jobs import services as jobs
from motcua.jobs.running import Run
from motcua.kit.clock import now as present
from motcua.people.queries import colleagues
from motcua.worklists import services
from motcua.worklists.acting import asker
from motcua.worklists.rules import CHOSEN_AT_MOST, HolderElsewhere, NothingChosen, TooManyChosen, UnknownAct

_BATCH = 20

Do = Callable[[int, dict[str, Any], Actor, datetime], None]


@dataclass(frozen=True, slots=True)
class BulkAct:
    """An act offered over a selection: its name, words on the button, what it did, and the verb for one dossier."""

    name: str
    words: Any
    told: Any
    do: Do
    needs_holder: bool = False


def _assign(number: int, options: dict[str, Any], actor: Actor, now: datetime) -> None:
    """Only to somebody who holds the step's role at the unit that holds it, as the page of one dossier offers."""
    place = dossiers.holder_of(number)
    offered = dict(colleagues(place.unit_id, role=place.role, on=local_date(now))) if place.unit_id else {}
    if options["holder"] not in offered:
        raise HolderElsewhere
    verbs.assign(number, holder_id=options["holder"], actor=actor, now=now)


def _forward(number: int, options: dict[str, Any], actor: Actor, now: datetime) -> None:
    verbs.forward(number, actor=actor, now=now)


def _digitise_later(number: int, options: dict[str, Any], actor: Actor, now: datetime) -> None:
    services.mark_to_digitise(number, actor=actor, now=now)


def _digitised(number: int, options: dict[str, Any], actor: Actor, now: datetime) -> None:
    services.unmark_to_digitise(number, actor=actor, now=now)


ACTS = {
    act.name: act
    for act in (
        BulkAct("assign", lazy("Phân công"), lazy("phân công"), _assign, needs_holder=True),
        BulkAct("forward", lazy("Chuyển đến cơ quan giải quyết"), lazy("chuyển"), _forward),
        BulkAct("digitise", lazy("Đánh dấu số hóa sau"), lazy("đánh dấu cần số hóa"), _digitise_later),
        BulkAct("digitised", lazy("Bỏ dấu số hóa sau"), lazy("bỏ dấu cần số hóa"), _digitised),
    )
}


def dossier_page(key: str) -> str:
    """Where the line of a dossier leads."""
    return reverse("dossiers:page", args=[int(key)])


def kind_of(act: str) -> str:
    """The kind of job behind an act."""
    return f"worklists.{act}"


def ask(
    act: str, numbers: list[int], *, options: dict[str, Any], actor: Actor, now: datetime, ticket: str
) -> int:
    """Asks for `act` on the dossiers; gives the job's number. The same `ticket` (one form sent twice) gives the same job.

    Raises UnknownAct, NothingChosen, TooManyChosen. Which of the dossiers the officer may act on is seen one by one.
    """
    if act not in ACTS:
        raise UnknownAct
    chosen = check_chosen(numbers)
    title = _("%(act)s: %(n)s hồ sơ") % {"act": ACTS[act].words, "n": len(chosen)}
    return jobs.ask_under(
        f"bulk {actor.id} {ticket}", kind_of(act), actor=actor, now=now, total=len(chosen), title=title,
        parameters={"act": act, "dossiers": chosen, "options": options},
    )  # fmt: skip


def check_chosen(numbers: list[int]) -> list[int]:
    """Each dossier once, in the order chosen. Raises NothingChosen, TooManyChosen."""
    chosen = list(dict.fromkeys(numbers))
    if not chosen:
        raise NothingChosen
    if len(chosen) > CHOSEN_AT_MOST:
        raise TooManyChosen(limit=CHOSEN_AT_MOST, number=len(chosen))
    return chosen


def work(run: Run) -> dict[str, Any]:
    """Does the act dossier by dossier, in batches; the job's function for every act of `ACTS`."""
    act, numbers = ACTS[run.parameters["act"]], run.parameters["dossiers"]
    refused = run.place.get("refused", 0)
    while (first := run.place.get("next", 0)) < len(numbers):
        batch, now = numbers[first : first + _BATCH], present()
        actor = asker(run, now)
        behind = first + len(batch)
        place = {"next": behind, "refused": refused}
        with run.batch(place=place, done=behind):
            lines = done(act, batch, run.parameters["options"], actor, now)
            run.lines(lines)
            refused += sum(bool(why) for _key, _label, why in lines)
            place["refused"] = refused
    return {"sentence": outcome_words(act, len(numbers) - refused, len(numbers))}


def done(
    act: BulkAct, numbers: list[int], options: dict[str, Any], actor: Actor, now: datetime
) -> list[tuple[str, str, str]]:
    """What became of each dossier: number, code, and the refusal where it could not be done.

    One outside the officer's rights is told like one that does not exist.
    """
    titles = dossiers.titles(actor, numbers)
    return [(str(n), titles.get(n, ""), _one(act, n, n in titles, options, actor, now)) for n in numbers]


def outcome_words(act: BulkAct, good: int, total: int) -> str:
    """ "Đã phân công 12 trên 15 hồ sơ." """
    return _("Đã %(told)s %(good)s trên %(total)s hồ sơ.") % {"told": act.told, "good": good, "total": total}


def _one(act: BulkAct, number: int, seen: bool, options: dict[str, Any], actor: Actor, now: datetime) -> str:
    try:
        with transaction.atomic():
            if not seen:
                raise NotFound(what=_("hồ sơ này"))
            act.do(number, options, actor, now)
    except MotcuaError as error:
        return sentence_of(error)
    return ""
