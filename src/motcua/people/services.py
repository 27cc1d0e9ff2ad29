"""Verbs on officers, positions, keys and people."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base.actor import Actor
from motcua.base.errors import MotcuaError, NotAllowed, NotFound, check_span
from motcua.base.text import clean, fold
from motcua.journal.services import append
from motcua.kit.sql import prepared
from motcua.people.leaving import require_handed_over
from motcua.people.models import ApiToken, Assignment, MidTermChange, Officer
from motcua.people.queries import PersonFacts
from motcua.people.rules import NameMissing, PersonKind, Role, check_identity
from motcua.people.standing_in import check_mid_term, planned_end

_REMEMBER = """
    INSERT INTO people_person (kind, number, name, folded_name, born, sex, phone, email, address, updated_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT ON CONSTRAINT person_once DO UPDATE SET
        name = excluded.name, folded_name = excluded.folded_name, born = excluded.born, sex = excluded.sex,
        phone = excluded.phone, email = excluded.email, address = excluded.address, updated_at = excluded.updated_at
    RETURNING id
"""


class UsernameTaken(MotcuaError):
    code = "username_taken"
    sentence = "Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác."


class WeakPassword(MotcuaError):
    code = "weak_password"
    sentence = "Mật khẩu chưa đạt yêu cầu: {reasons}"


class PositionOverlaps(MotcuaError):
    code = "position_overlaps"
    sentence = "Cán bộ đã giữ vị trí này trong khoảng thời gian trùng nhau. Hãy kết thúc vị trí cũ trước."


class NotYours(NotAllowed):
    code = "officer_of_others"
    sentence = "Cán bộ này giữ vị trí ở đơn vị ngoài phạm vi quản trị của bạn; hãy đề nghị quản trị của đơn vị đó."


class NameOfOfficerMissing(MotcuaError):
    code = "officer_name_missing"
    sentence = "Hãy nhập tên đăng nhập và họ tên của cán bộ."


@transaction.atomic
def create_officer(
    *, username: str, full_name: str, password: str, actor: Actor, now: datetime, email: str = "",
    must_change: bool = True, hashed: bool = False,
) -> int:  # fmt: skip
    """Opens an account; gives the officer's number.

    The password is checked by the password rules; with `hashed` it is one already checked and hashed (many accounts
    opened at once: a strong hash costs a quarter of a second).
    """
    if actor.kind != "system" and not actor.holds(Role.ADMIN):
        raise NotAllowed(reason="việc này dành cho quản trị hệ thống trong chế độ quản trị.")
    username = clean(username)
    if not username or not clean(full_name):
        raise NameOfOfficerMissing
    if Officer.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username=username)
    officer = Officer(
        username=username, full_name=clean(full_name), email=email, must_change_password=must_change
    )
    if hashed:
        officer.password = password
        officer.save()
    else:
        _set_password(officer, password)
    _record(officer.pk, "officer_created", {"username": officer.username}, actor, now)
    return officer.pk


@transaction.atomic
def set_password(
    *, username: str, password: str, actor: Actor, now: datetime, must_change: bool = False, hashed: bool = False
) -> None:
    """Replaces a password, by its owner or by an administrator who recovers an account; `hashed` as at `create_officer`."""
    officer = Officer.objects.filter(username__iexact=username).first()
    if officer is None:
        raise NotFound(what=f"tài khoản “{username}”")
    if actor.id != officer.pk:
        check_manages(actor, officer.pk)
    officer.must_change_password = must_change
    if hashed:
        officer.password = password
        officer.save()
    else:
        _set_password(officer, password)
    _record(officer.pk, "password_set", {}, actor, now)


@transaction.atomic
def assign(
    *, officer_id: int, unit_id: int, role: Role, since: date, actor: Actor, now: datetime,
    until: date | None = None, decision: str = "", title: str = "", term_months: int | None = None,
) -> int:  # fmt: skip
    """Gives an officer a position at a unit from `since` (until the day before `until`).

    term_months: how long the decision plans the position, in months. Raises PositionOverlaps when the same position is
    held in that time, ValidityReversed.
    """
    _require_administers(actor, unit_id)
    check_span(since, until)
    try:
        with transaction.atomic():
            row = Assignment.objects.create(
                officer_id=officer_id, unit_id=unit_id, role=role, title=title, decision=decision,
                valid=DateRange(since, until), term_months=term_months,
            )  # fmt: skip
    except IntegrityError as error:
        raise PositionOverlaps from error
    _record(officer_id, "position_given", {"unit": unit_id, "role": role.value}, actor, now)
    return row.pk


@transaction.atomic
def end_assignment(*, assignment_id: int, until: date, actor: Actor, now: datetime, reason: str = "") -> None:
    """Ends a position: it is no longer held on `until`; one that had not begun by then never was.

    Counter staff are not replaced in mid-term without a reason (OSS-15). Raises ReplacedInMidTerm.
    """
    row = Assignment.objects.select_for_update().filter(pk=assignment_id).first()
    if row is None:
        raise NotFound(what="vị trí công tác này")
    _require_administers(actor, row.unit_id)
    since, months = row.valid.lower, row.term_months if row.role == Role.COUNTER else None
    cut_short = check_mid_term(since=since, months=months, until=until, reason=reason)
    row.valid = DateRange(since, max(until, since))
    row.save(update_fields=["valid"])
    if cut_short:
        MidTermChange.objects.update_or_create(
            assignment=row,
            defaults={"ended_on": until, "planned_until": planned_end(since, months or 0), "reason": clean(reason),
                      "by": actor.label, "at": now},
        )  # fmt: skip
    data = {"unit": row.unit_id, "role": row.role, "reason": clean(reason), "in_mid_term": cut_short}
    _record(row.officer_id, "position_ended", data, actor, now)


@transaction.atomic
def set_active(
    *, officer_id: int, active: bool, actor: Actor, now: datetime, leave_work: bool = False
) -> None:
    """Closes or reopens an account; nothing is deleted.

    An account that still holds dossiers by name is closed only with `leave_work`, said knowingly. Raises WorkLeft.
    """
    check_manages(actor, officer_id)
    if not active and not leave_work:
        require_handed_over(officer_id)
    if not Officer.objects.filter(pk=officer_id).update(is_active=active):
        raise NotFound(what="cán bộ này")
    _record(officer_id, "officer_activated" if active else "officer_closed", {}, actor, now)


@transaction.atomic
def issue_token(*, officer_id: int, label: str, actor: Actor, now: datetime, expires_at: datetime | None = None) -> str:
    """Makes an API key for an officer's position; shown once, only its digest is kept."""
    check_manages(actor, officer_id)
    secret = secrets.token_urlsafe(32)
    ApiToken.objects.create(
        officer_id=officer_id, digest=hashlib.sha256(secret.encode()).digest(), label=label, created_at=now,
        expires_at=expires_at,
    )  # fmt: skip
    _record(officer_id, "token_issued", {"label": label}, actor, now)
    return secret


@transaction.atomic
def revoke_token(*, token_id: int, actor: Actor, now: datetime) -> None:
    """Ends an API key at once; a second time changes nothing."""
    row = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if row is None:
        raise NotFound(what="khóa API này")
    check_manages(actor, row.officer_id)
    if row.revoked_at is None:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        _record(row.officer_id, "token_revoked", {"label": row.label}, actor, now)


def check_manages(actor: Actor, officer_id: int) -> None:
    """Refuses whoever is not an administrator at work covering every unit where the officer holds or held a position.

    Otherwise the administrator of one unit could take over the account of another's. The system may.
    """
    if actor.kind == "system":
        return
    if not actor.holds(Role.ADMIN):
        raise NotAllowed(reason="việc này dành cho quản trị hệ thống trong chế độ quản trị.")
    places = set(Assignment.objects.filter(officer_id=officer_id).values_list("unit_id", flat=True))
    if not places <= actor.units(Role.ADMIN):
        raise NotYours


def checked_person(facts: PersonFacts) -> PersonFacts:
    """The data in clean form; refuses an impossible number or a missing name."""
    number = facts.number.replace(" ", "").replace(".", "")
    check_identity(PersonKind(facts.kind), number)
    if not clean(facts.name):
        raise NameMissing
    return PersonFacts(
        facts.kind, number, clean(facts.name), facts.born, facts.sex, facts.phone.strip(), facts.email.strip(),
        clean(facts.address),
    )  # fmt: skip


def remember(facts: PersonFacts, *, now: datetime) -> None:
    """Keeps the latest data of a person for the next intake. Called within the intake's transaction."""
    if not facts.number:
        return
    prepared(
        _REMEMBER,
        [facts.kind, facts.number, facts.name, fold(facts.name), facts.born, facts.sex, facts.phone, facts.email,
         facts.address, now],
    )  # fmt: skip


def _require_administers(actor: Actor, unit_id: int) -> None:
    if actor.kind != "system" and unit_id not in actor.units(Role.ADMIN):
        raise NotAllowed(reason="việc này dành cho quản trị của đơn vị, trong chế độ quản trị.")


def _set_password(officer: Officer, password: str) -> None:
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise WeakPassword(reasons=" ".join(error.messages)) from error
    officer.set_password(password)
    officer.save()


def _record(officer_id: int, name: str, data: dict[str, object], actor: Actor, now: datetime) -> None:
    append(stream="officer", stream_id=str(officer_id), name=f"people.{name}", data=data, actor=actor, at=now)
