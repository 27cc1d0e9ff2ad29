"""First passwords of imported officers: made when they are handed out, shown once in a sheet, kept only as hashes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction

from motcua.base.actor import Actor
from motcua.journal.services import append
from motcua.onboarding.access import import_of
from motcua.onboarding.models import Import
from motcua.onboarding.rules.refusals import NobodyNeedsPassword
from motcua.onboarding.rules.states import RowState
from motcua.organisation.queries import latest
from motcua.people import queries, services
from motcua.people.queries import OfficerFacts

AT_ONCE = 500
"""As many accounts as one answer waits for."""
_ROUNDS = 20_000
"""A drawn password of 79 bits cannot be guessed however cheap its hash; the first sign-in hashes it with full strength."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _LENGTH = 4, 4


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """What an officer signs in with the first time."""

    name: str
    username: str
    unit: str
    password: str


def waiting(found: Import) -> list[OfficerFacts]:
    """The accounts this import opened whose owners have not signed in yet, in the order of the sheet."""
    rows = found.rows.filter(state=RowState.DONE, made__opened=True).order_by("line")
    numbers = list(dict.fromkeys(rows.values_list("made__officer", flat=True)))
    accounts = [queries.officer(number) for number in numbers]
    return [account for account in accounts if account.is_active and account.last_login is None]


def hand_out(number: int, *, actor: Actor, now: datetime) -> list[FirstPassword]:
    """Gives the next accounts that still need it a new password each, to be changed at the first sign-in.

    A second time gives new ones and the earlier no longer open anything. Raises NobodyNeedsPassword.
    """
    found = import_of(actor, number)
    accounts = _without_password(found)[:AT_ONCE] or waiting(found)[:AT_ONCE]
    if not accounts:
        raise NobodyNeedsPassword
    words = [_password() for _ in accounts]
    with transaction.atomic():
        for account, word in zip(accounts, words, strict=True):
            services.check_manages(actor, account.id)
            services.set_password(
                username=account.username, password=_hashed(word), hashed=True, must_change=True, actor=actor, now=now
            )
        _note(found, [account.id for account in accounts], actor, now)
    return [
        FirstPassword(account.full_name, account.username, _unit(account.id), word)
        for account, word in zip(accounts, words, strict=True)
    ]


def _without_password(found: Import) -> list[OfficerFacts]:
    """Those nobody was given a password for yet come first, so that a long list is handed out piece by piece."""
    given = set(found.handed_out)
    return [account for account in waiting(found) if account.id not in given]


def _note(found: Import, numbers: list[int], actor: Actor, now: datetime) -> None:
    found.handed_out = sorted({*found.handed_out, *numbers})
    found.save(update_fields=["handed_out"])
    data = {"accounts": len(numbers)}
    append(
        stream="import",
        stream_id=str(found.pk),
        name="onboarding.passwords_handed_out",
        data=data,
        actor=actor,
        at=now,
    )


def _unit(officer_id: int) -> str:
    held = queries.positions_of(officer_id)
    return latest(held[0].unit_id).name if held else ""


def _password() -> str:
    """Four groups of four, about 79 bits; no letter that looks like another."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def _hashed(password: str) -> str:
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), iterations=_ROUNDS)
