"""Finds dossiers by code, owner or telephone, within the rights of the officer, in bounded time.

A common name has hundreds of thousands of bearers and most of them stand outside one officer's units. So a name is
looked for among the officer's own dossiers first, up to a bound; most officers have fewer, and then that look was
complete. Only where it was not and found little (then the name is rare) the index of names is asked for the newest
candidates of the whole house, narrowed by rights. Codes and numbers are rare by nature and go the other way round.
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
_OWN_LOOKED_AT = 3_000
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
    rows = _by_name(seen, asked) if asked.kind is Kind.NAME else _by_code_or_number(seen, asked)
    return Found(rows[:SHOWN], more=len(rows) > SHOWN)


def _by_name(seen: QuerySet[Dossier], asked: Question) -> list[Dossier]:
    own = list(seen.values_list("pk", flat=True)[:_OWN_LOOKED_AT])
    rows = _first(seen.filter(pk__in=_bearers(own, asked)), asked)
    if len(own) < _OWN_LOOKED_AT or len(rows) > SHOWN:
        return rows
    return _first(seen.filter(pk__in=_owners(asked)[0]), asked)


def _by_code_or_number(seen: QuerySet[Dossier], asked: Question) -> list[Dossier]:
    candidates, exhausted = _owners(asked) if asked.kind is Kind.NUMBER else _codes(asked)
    rows = _first(seen.filter(pk__in=candidates), asked)
    if exhausted and len(rows) <= SHOWN:
        wanted = _owner(asked, "applicant__") if asked.kind is Kind.NUMBER else _code(asked)
        return _first(seen.filter(wanted), asked)
    return rows


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


def _bearers(own: list[int], asked: Question) -> list[int]:
    """Which of these dossiers have an owner with this name, read owner by owner without the index of names."""
    begins = Contains(Concat(Value(" "), F("folded_name")), f" {asked.text}")
    matching = Applicant.objects.filter(begins, dossier_id__in=own).order_by("-dossier_id")
    return list(matching.values_list("dossier_id", flat=True)[:_LOOKED_AT])


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
