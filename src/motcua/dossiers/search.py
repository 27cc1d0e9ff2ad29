"""Finds dossiers by code, owner or telephone, within the rights of the officer, in bounded time.

A common name has hundreds of thousands of bearers and most of them stand outside one officer's units. So the newest
candidates of the whole house are taken first and narrowed by rights; only when nearly none of them were the officer's
(then the officer's share is small) the officer's own newest dossiers are read instead. Both looks are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from motcua.base.actor import Actor
from motcua.base.codes import is_dossier_code, is_mst
from motcua.base.text import fold
from motcua.dossiers import access
from motcua.dossiers.models import Applicant, Dossier
from motcua.dossiers.worklist import with_details

SHOWN = 50
_LOOKED_AT = 5_000
_SHORTEST = 2
_CODE_LIKE = re.compile(r"[A-Z0-9.\-]*\d[A-Z0-9.\-]*\Z")
_NUMBER = re.compile(r"\d{9}(\d{3})?\Z")
_PHONE = re.compile(r"0\d{8,10}\Z")


class Kind(StrEnum):
    """What the words look like."""

    CODE = "code"
    NUMBER = "number"
    FRAGMENT = "fragment"
    NAME = "name"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: its kind and the text as stored."""

    kind: Kind
    text: str


def question(typed: str) -> Question:
    """Reads what an officer typed or scanned."""
    text = " ".join(typed.split())
    upper, digits = text.upper(), re.sub(r"[\s.]", "", text)
    if len(text) < _SHORTEST or not re.search(r"\w", text):
        return Question(Kind.TOO_SHORT, text)
    if is_dossier_code(upper):
        return Question(Kind.CODE, upper)
    if _NUMBER.match(digits) or _PHONE.match(digits) or is_mst(digits):
        return Question(Kind.NUMBER, digits)
    if _CODE_LIKE.match(upper):
        return Question(Kind.FRAGMENT, upper)
    return Question(Kind.NAME, fold(text))


@dataclass(frozen=True, slots=True)
class Found:
    """The dossiers found, best first; `more`: there are others, type more to narrow."""

    rows: list[Dossier]
    more: bool


def exact(actor: Actor, asked: Question) -> int | None:
    """The number of the one dossier with this code or provisional code, if the officer may see it."""
    rows = Dossier.objects.filter(Q(code=asked.text) | Q(provisional_code=asked.text)).filter(access.visible(actor))
    return rows.values_list("pk", flat=True).first()


def find(actor: Actor, asked: Question) -> Found:
    """At most `SHOWN` dossiers the officer may see."""
    if asked.kind is Kind.TOO_SHORT:
        return Found([], more=False)
    candidates = list(_candidates(asked)[:_LOOKED_AT])
    rows = _first(_visible(actor).filter(pk__in=candidates), asked)
    exhausted = len(candidates) == _LOOKED_AT
    if exhausted and len(rows) <= SHOWN:
        rows = _first(_visible(actor).filter(_matches(asked)), asked)
    return Found(rows[:SHOWN], more=len(rows) > SHOWN)


def _visible(actor: Actor) -> QuerySet[Dossier]:
    return Dossier.objects.filter(access.visible(actor))


def _first(rows: QuerySet[Dossier], asked: Question) -> list[Dossier]:
    """The best, newest first among equals, one more than shown."""
    whole = Q(applicant__folded_name=asked.text) | Q(applicant__number=asked.text) | Q(code=asked.text)
    rank = Case(When(whole, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(with_details(rows.annotate(rank=rank).order_by("rank", "-pk"))[: SHOWN + 1])


def _candidates(asked: Question) -> QuerySet[Dossier, int]:
    """Numbers of the newest matching dossiers of the whole house."""
    if asked.kind in (Kind.CODE, Kind.FRAGMENT):
        return Dossier.objects.filter(_code(asked)).order_by("-pk").values_list("pk", flat=True)
    matching = Applicant.objects.filter(_owner(asked))
    return matching.order_by("-dossier_id").values_list("dossier_id", flat=True)


def _matches(asked: Question) -> Q:
    """The same condition on the dossier."""
    if asked.kind in (Kind.CODE, Kind.FRAGMENT):
        return _code(asked)
    return _owner(asked, "applicant__")


def _code(asked: Question) -> Q:
    if asked.kind is Kind.CODE:
        return Q(code=asked.text) | Q(provisional_code=asked.text)
    return Q(code__contains=asked.text) | Q(provisional_code=asked.text)


def _owner(asked: Question, path: str = "") -> Q:
    """Owner by number, telephone, or the beginning of any word of the name without accents."""
    if asked.kind is Kind.NUMBER:
        return Q(**{f"{path}number": asked.text}) | Q(**{f"{path}phone": asked.text})
    name = f"{path}folded_name"
    return Q(**{f"{name}__startswith": asked.text}) | Q(**{f"{name}__contains": f" {asked.text}"})
