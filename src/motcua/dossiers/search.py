"""Finds dossiers by code, owner or telephone, within the rights of the officer, in bounded time.

A common name has hundreds of thousands of bearers and most of them stand outside one officer's units. So the newest
candidates of the whole house are taken first and narrowed by rights; only when nearly none of them were the officer's
(then the officer's share is small) the officer's own newest dossiers are read instead. Both looks are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.db.models.lookups import Contains

from motcua.base.actor import Actor
from motcua.base.codes import is_dossier_code, is_mst
from motcua.base.text import fold
from motcua.dossiers import access
from motcua.dossiers.models import Applicant, Dossier
from motcua.dossiers.worklist import with_details

SHOWN = 50
_LOOKED_AT = 2_000
_OWN_LOOKED_AT = 10_000
_TRIGRAM = 3
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
    rows = Dossier.objects.filter(Q(code=asked.text) | Q(provisional_code=asked.text)).filter(
        access.visible(actor)
    )
    return rows.values_list("pk", flat=True).first()


def find(actor: Actor, asked: Question) -> Found:
    """At most `SHOWN` dossiers the officer may see."""
    if asked.kind is Kind.TOO_SHORT:
        return Found([], more=False)
    seen = Dossier.objects.filter(access.visible(actor))
    candidates, exhausted = _codes(asked) if asked.kind in (Kind.CODE, Kind.FRAGMENT) else _owners(asked)
    rows = _first(seen.filter(pk__in=candidates), asked)
    if exhausted and len(rows) <= SHOWN:
        rows = _first(_own(seen, asked), asked)
    return Found(rows[:SHOWN], more=len(rows) > SHOWN)


def _first(rows: QuerySet[Dossier], asked: Question) -> list[Dossier]:
    """The best, newest first among equals, one more than shown."""
    whole = Q(applicant__folded_name=asked.text) | Q(applicant__number=asked.text) | Q(code=asked.text)
    rank = Case(When(whole, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(with_details(rows.annotate(rank=rank).order_by("rank", "-pk"))[: SHOWN + 1])


def _codes(asked: Question) -> tuple[list[int], bool]:
    """The newest dossiers of the whole house with this code or fragment, and whether there are more."""
    found = list(
        Dossier.objects.filter(_code(asked)).order_by("-pk").values_list("pk", flat=True)[:_LOOKED_AT]
    )
    return found, len(found) == _LOOKED_AT


def _owners(asked: Question) -> tuple[list[int], bool]:
    """The newest dossiers of the whole house with this owner, and whether there are more.

    The index finds the letters anywhere; that they begin a word is seen here, because the planner would take such a
    condition for a rare one and walk every bearer of a common name.
    """
    matching = Applicant.objects.filter(_owner(asked)).order_by("-dossier_id")
    found = list(matching.values_list("dossier_id", "folded_name")[:_LOOKED_AT])
    begins = f" {asked.text}"
    numbers = [number for number, name in found if asked.kind is Kind.NUMBER or begins in f" {name}"]
    return numbers, len(found) == _LOOKED_AT


def _own(seen: QuerySet[Dossier], asked: Question) -> QuerySet[Dossier]:
    """Matches among the dossiers in the officer's reach, read owner by owner without the index of names.

    Numbers are fetched in between: left to itself the planner walks all dossiers of the house.
    """
    if asked.kind is not Kind.NAME:
        return seen.filter(
            _code(asked) if asked.kind in (Kind.CODE, Kind.FRAGMENT) else _owner(asked, "applicant__")
        )
    begins = Contains(Concat(Value(" "), F("folded_name")), f" {asked.text}")
    own = list(seen.values_list("pk", flat=True)[:_OWN_LOOKED_AT])
    matching = Applicant.objects.filter(begins, dossier_id__in=own).values_list("dossier_id", flat=True)
    return seen.filter(pk__in=list(matching[:_LOOKED_AT]))


def _code(asked: Question) -> Q:
    if asked.kind is Kind.CODE:
        return Q(code=asked.text) | Q(provisional_code=asked.text)
    return Q(code__contains=asked.text) | Q(provisional_code=asked.text)


def _owner(asked: Question, path: str = "") -> Q:
    """Owner by number, telephone, or letters of the name without accents.

    A word of two letters has no trigram but the one at the beginning of words, so it is asked for there.
    """
    if asked.kind is Kind.NUMBER:
        return Q(**{f"{path}number": asked.text}) | Q(**{f"{path}phone": asked.text})
    name = f"{path}folded_name"
    if len(asked.text) < _TRIGRAM:
        return Q(**{f"{name}__startswith": asked.text}) | Q(**{f"{name}__contains": f" {asked.text}"})
    return Q(**{f"{name}__contains": asked.text})
