"""Reads for the rooms that watch over open dossiers: in batches of plain facts, and as rows for lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from motcua.base.actor import Actor
from motcua.dossiers.access import visible
from motcua.dossiers.models import Dossier, PauseRecord, SlipRecord, StepRecord
from motcua.dossiers.rules.state import State
from motcua.dossiers.worklist import with_details

RUNNING = frozenset({State.ACCEPTED, State.FORWARDED, State.PROCESSING})
"""States in which the clock of an accepted dossier runs."""
STANDING = frozenset({State.WAITING_SUPPLEMENT, State.PAUSED})
WATCHED = RUNNING | STANDING | {State.SUBMITTED}
_LETTER = Q(purpose="APOLOGY")


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause on record: its mode, from when to when (None while it lasts)."""

    mode: str
    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Letter:
    """An apology that was issued, with the new date it named, if any."""

    issued_at: datetime
    new_date: datetime | None


@dataclass(slots=True)
class Watched:
    """Where an open dossier stands, without a word about people."""

    id: int
    state: str
    unit_id: int
    intake_unit_id: int
    ruleset: str
    received_at: datetime | None
    forward_by: datetime | None
    due_at: datetime | None
    reappointed_at: datetime | None
    holder_id: int | None
    holder_unit_id: int | None
    holder_role: str
    recorded_at: datetime
    source: str
    step: str = ""
    stops: list[Stop] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)

    @property
    def running(self) -> bool:
        """Whether its clock runs."""
        return self.state in RUNNING

    @property
    def ours(self) -> bool:
        """Whether its letters are ours to send: those of a ministry's system are sent there."""
        return not self.source


_COLUMNS = tuple(Watched.__dataclass_fields__)[:14]


def open_numbers() -> list[int]:
    """The numbers of all dossiers to watch, in order. The partial index of open dossiers answers alone."""
    return list(Dossier.objects.filter(state__in=sorted(WATCHED)).order_by("pk").values_list("pk", flat=True))


def watched(numbers: Sequence[int]) -> list[Watched]:
    """The facts of these dossiers that are still open, in the order of their numbers; four statements for any number."""
    rows = Dossier.objects.filter(pk__in=numbers, state__in=sorted(WATCHED)).order_by("pk")
    found = {row[0]: Watched(*row) for row in rows.values_list(*_COLUMNS)}
    for number, *stop in _of(PauseRecord, numbers, "mode", "start", "end", retracted_at=None):
        if number in found:
            found[number].stops.append(Stop(*stop))
    for number, issued_at, new_date in _of(SlipRecord, numbers, "issued_at", "facts__new_date", purpose="APOLOGY"):
        if number in found:
            found[number].letters.append(Letter(issued_at, _moment(new_date)))
    for number, name in _of(StepRecord, numbers, "name", left_at=None):
        if number in found:
            found[number].step = name
    return list(found.values())


def _of(table: Any, numbers: Sequence[int], *columns: str, **which: Any) -> Iterable[Any]:
    rows = table.objects.filter(dossier_id__in=numbers, **which).order_by("pk")
    return rows.values_list("dossier_id", *columns)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def seen(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers the actor may see, for conditions and lists of other rooms."""
    return Dossier.objects.all() if actor.kind == "system" else Dossier.objects.filter(visible(actor))


def detailed() -> QuerySet[Dossier]:
    """Rows with what a line of a list shows, to prefetch behind a foreign key of another room."""
    return with_details(Dossier.objects.all())


def due_between(rows: QuerySet[Dossier], first: datetime, last: datetime) -> QuerySet[Dossier]:
    """Those of `rows` whose running clock ends from `first` up to `last`."""
    return rows.filter(state__in=sorted(RUNNING), due_at__gte=first, due_at__lte=last)


def late_without_letter(rows: QuerySet[Dossier], now: datetime) -> QuerySet[Dossier]:
    """Those of `rows` that are late and owe a letter: none was sent, or the new date it named has passed as well.

    Each further delay needs a letter of its own, without a second appointment (NĐ 61/2018 Đ19.9).
    """
    letters = SlipRecord.objects.filter(_LETTER, dossier_id=OuterRef("pk")).order_by("-issued_at")
    rows = rows.filter(state__in=sorted(RUNNING), due_at__lt=now, source="")
    rows = rows.annotate(last_letter_at=Subquery(letters.values("issued_at")[:1]))
    passed = Q(reappointed_at__lt=now, last_letter_at__lte=F("reappointed_at"))
    return rows.filter(Q(last_letter_at=None) | passed)


@dataclass(frozen=True, slots=True)
class Backlog:
    """A dossier that was open and late at an instant, and whether a letter had been sent by then."""

    id: int
    unit_id: int
    due_at: datetime
    has_letter: bool


def open_at(moment: datetime) -> int:
    """How many accepted dossiers were open at `moment`."""
    return _open_at(moment).count()


def late_at(moment: datetime) -> list[Backlog]:
    """The open dossiers of ours that were late at `moment`; one that stood still then was within its term."""
    still = PauseRecord.objects.filter(
        Q(end=None) | Q(end__gt=moment), dossier_id=OuterRef("pk"), start__lte=moment, retracted_at=None
    ).exclude(mode="none")
    letters = SlipRecord.objects.filter(_LETTER, dossier_id=OuterRef("pk"), issued_at__lt=moment)
    rows = _open_at(moment).filter(~Exists(still), due_at__lt=moment, source="").annotate(has_letter=Exists(letters))
    return [Backlog(*row) for row in rows.order_by("pk").values_list("pk", "unit_id", "due_at", "has_letter")]


def _open_at(moment: datetime) -> QuerySet[Dossier]:
    still_open = Q(ended_at=None) | Q(ended_at__gte=moment)
    return Dossier.objects.filter(still_open, accepted_at__lt=moment).exclude(state=State.VOIDED)


@dataclass(frozen=True, slots=True)
class PublicLetter:
    """What the public is told of an apology: nothing about people."""

    code: str
    procedure_code: str
    procedure_name: str
    unit_id: int
    issued_at: datetime
    due_at: datetime | None
    new_date: datetime | None


def letters(first: datetime, last: datetime | None = None) -> QuerySet[SlipRecord]:
    """The apologies issued from `first` on, up to before `last` when told, newest first."""
    rows = SlipRecord.objects.filter(_LETTER, issued_at__gte=first).order_by("-issued_at", "-pk")
    return rows if last is None else rows.filter(issued_at__lt=last)


def public_letters(rows: QuerySet[SlipRecord]) -> list[PublicLetter]:
    """The public part of these apologies."""
    told = rows.values_list(
        "dossier__code", "dossier__procedure_code", "dossier__version__name", "dossier__unit_id", "issued_at",
        "facts__old_date", "facts__new_date",
    )  # fmt: skip
    return [PublicLetter(*row[:5], _moment(row[5]), _moment(row[6])) for row in told]
