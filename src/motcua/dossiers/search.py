"""Finds dossiers by code, old code, owner, telephone, procedure or note, within the rights of the officer, in bounded time.

A common name has hundreds of thousands of bearers and most of them stand outside one officer's units. So whoever works
at a few units looks for a name there, by the index of places and words; whoever oversees many sees most of what is found
anyway, so the newest bearers of the whole house are narrowed by rights first. Codes and numbers are rare by nature.
Names of procedures and notes of steps are looked through when the names of owners leave room on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from motcua.base.actor import Actor
from motcua.base.codes import is_dossier_code, is_mst
from motcua.base.text import fold
from motcua.catalogue.names import procedures_named
from motcua.dossiers import access, name_words, note_words
from motcua.dossiers.models import Applicant, Dossier, DossierAlias, StepRecord
from motcua.dossiers.worklist import with_names

SHOWN = 50
_LOOKED_AT = 500
_RARE, _NEWEST = 2_000, 30_000
_FEW_PLACES = 12
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
    """The number of the one dossier with this code, provisional code or old code, if the officer may see it."""
    rows = Dossier.objects.filter(Q(code=asked.text) | Q(provisional_code=asked.text)).filter(
        access.visible(actor)
    )
    found = rows.values_list("pk", flat=True).first()
    if found is not None or asked.kind in (Kind.NAME, Kind.TOO_SHORT):
        return found
    renamed = list(Dossier.objects.filter(access.visible(actor), pk__in=_aliases(asked)).values_list("pk", flat=True)[:2])
    return renamed[0] if len(renamed) == 1 else None


def find(actor: Actor, asked: Question) -> Found:
    """At most `SHOWN` dossiers the officer may see."""
    if asked.kind is Kind.TOO_SHORT:
        return Found([], more=False)
    seen = Dossier.objects.filter(access.visible(actor))
    rows = _by_name(actor, seen, asked) if asked.kind is Kind.NAME else _by_code_or_number(seen, asked)
    if asked.kind is Kind.NAME and len(rows) <= SHOWN:
        rows = _with_more(rows, _by_note(seen, asked), _by_procedure(seen, asked))
    return Found(rows[:SHOWN], more=len(rows) > SHOWN)


def _with_more(rows: list[Dossier], *further: list[Dossier]) -> list[Dossier]:
    """Each dossier once, those found by the name of their owner first."""
    found = {row.pk: row for row in rows}
    for more in further:
        for row in more:
            found.setdefault(row.pk, row)
    return list(found.values())


def _by_note(seen: QuerySet[Dossier], asked: Question) -> list[Dossier]:
    """Dossiers in whose steps somebody noted these words, the newest first."""
    wanted = name_words.question(asked.text)
    if wanted is None:
        return []
    notes = StepRecord.objects.exclude(note="").annotate(words=note_words.words_of("note")).filter(words=wanted)
    numbers = list(notes.order_by("-dossier_id").values_list("dossier_id", flat=True)[:_LOOKED_AT])
    return _first(seen.filter(pk__in=numbers), asked) if numbers else []


def _by_procedure(seen: QuerySet[Dossier], asked: Question) -> list[Dossier]:
    """Dossiers of procedures with these words in their name.

    A rare procedure is looked through whole; a common one is sure to be among the newest dossiers of the house.
    """
    procedures = procedures_named(asked.text)
    if not procedures:
        return []
    of_these = Dossier.objects.filter(procedure_id__in=procedures)
    numbers = list(of_these.values_list("pk", flat=True)[: _RARE + 1])
    if len(numbers) <= _RARE:
        return _first(seen.filter(pk__in=numbers), asked)
    newest = Dossier.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    among = seen.filter(pk__gt=newest - _NEWEST, procedure_id__in=procedures).order_by("-pk")
    return _first(seen.filter(pk__in=list(among.values_list("pk", flat=True)[: SHOWN + 1])), asked)


def _by_name(actor: Actor, seen: QuerySet[Dossier], asked: Question) -> list[Dossier]:
    places = access.places(actor)
    if len(places) > _FEW_PLACES:
        newest = _bearers(asked)
        rows = _first(seen.filter(pk__in=newest), asked)
        if len(newest) < _LOOKED_AT or len(rows) > SHOWN:
            return rows
    return _first(seen.filter(pk__in=_bearers(asked, places__overlap=sorted(places))), asked)


def _bearers(asked: Question, **within: object) -> list[int]:
    """The newest dossiers whose owner's name has the words asked for."""
    wanted = name_words.question(asked.text)
    if wanted is None:
        return []
    matching = Applicant.objects.annotate(words=name_words.words_of("folded_name")).filter(words=wanted, **within)
    return list(matching.order_by("-dossier_id").values_list("dossier_id", flat=True)[:_LOOKED_AT])


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
    return list(with_names(rows.annotate(rank=rank).order_by("rank", "-pk"))[: SHOWN + 1])


def _codes(asked: Question) -> tuple[list[int], bool]:
    """The newest dossiers of the whole house with this code or fragment, and whether there are more."""
    found = list(
        Dossier.objects.filter(_code(asked)).order_by("-pk").values_list("pk", flat=True)[:_LOOKED_AT]
    )
    return [*found, *_aliases(asked)], len(found) == _LOOKED_AT


def _aliases(asked: Question) -> list[int]:
    """Dossiers that had this code, or one with this fragment, on the system they were brought from."""
    named = Q(code__contains=asked.text) if asked.kind is Kind.FRAGMENT else Q(code=asked.text)
    rows = DossierAlias.objects.filter(named, released_at=None).order_by("-dossier_id")
    return list(rows.values_list("dossier_id", flat=True)[:_LOOKED_AT])


def _owners(asked: Question) -> tuple[list[int], bool]:
    """The newest dossiers of the whole house of this number or telephone, and whether there are more."""
    matching = Applicant.objects.filter(_owner(asked)).order_by("-dossier_id")
    found = list(matching.values_list("dossier_id", flat=True)[:_LOOKED_AT])
    return [*found, *_aliases(asked)], len(found) == _LOOKED_AT


def _code(asked: Question) -> Q:
    if asked.kind is Kind.CODE:
        return Q(code=asked.text) | Q(provisional_code=asked.text)
    return Q(code__contains=asked.text) | Q(provisional_code=asked.text)


def _owner(asked: Question, path: str = "") -> Q:
    return Q(**{f"{path}number": asked.text}) | Q(**{f"{path}phone": asked.text})
