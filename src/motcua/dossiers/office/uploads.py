"""Files that come with a form. A stored file is kept by a signed number, so that other answers may be wrong meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError
from motcua.documents.services import store
from motcua.dossiers.words import sentence_of

_SALT = "dossiers.office.uploads"


def kept_name(field: str) -> str:
    """The hidden field that carries the number of the file uploaded in `field`."""
    return f"{field}_kept"


def take_in(
    data: QueryDict, files: MultiValueDict[str, Any], fields: Iterable[str], *, actor: Actor, now: datetime
) -> dict[str, str]:
    """Stores what was uploaded in `fields` and notes its signed number in `data`; gives the refusals by field."""
    refusals = {}
    for field in fields:
        upload = files.get(field)
        if upload is None:
            continue
        try:
            number = store(upload.name, upload.chunks(), actor=actor, now=now)
            data[kept_name(field)] = token(number, actor=actor)
        except MotcuaError as error:
            refusals[field] = sentence_of(error)
    return refusals


def token(number: int | None, *, actor: Actor) -> str:
    """The signed number of a stored file, good in this officer's hands alone; empty for none."""
    return signing.dumps([number, actor.id], salt=_SALT) if number else ""


def number_of(token: str, *, actor: Actor) -> int | None:
    """The file behind a signed number; None for nothing, a forged one or somebody else's."""
    try:
        number, officer = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return number if officer == actor.id else None
