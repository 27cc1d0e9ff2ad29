"""Verbs on accounts, positions and keys, and the identities of people."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from motcua.base.actor import SYSTEM, Actor, Duty
from motcua.base.errors import NotFound, ValidityReversed
from motcua.base.time import VN
from motcua.base.time import at as moment
from motcua.journal.models import Event
from motcua.organisation.rules import Level, UnitKind
from motcua.organisation.services import UnitData, open_unit
from motcua.people import queries, services
from motcua.people.models import ApiToken, Officer
from motcua.people.queries import PersonFacts
from motcua.people.rules import (
    ROLE_NAMES,
    InvalidIdentity,
    InvalidTaxCode,
    NameMissing,
    PersonKind,
    Role,
    check_identity,
)

NOW = moment(date(2026, 3, 10), time(8))
DAY = NOW.date()
WHO = {"actor": SYSTEM, "now": NOW}
PASSWORD = "mat-khau-thu-2026"


def unit(code: str = "H99", parent: str = "") -> int:
    data = UnitData(name=f"Đơn vị {code}", kind=UnitKind.COMMITTEE, parent=parent)
    return open_unit(code=code, level=Level.PROVINCE, data=data, since=date(2020, 1, 1), citation="QĐ", **WHO)


def officer(name: str = "canbo", **changes: object) -> int:
    return services.create_officer(
        **{"username": name, "full_name": "Nguyễn Văn Thử", "password": PASSWORD, **WHO} | changes
    )


@pytest.mark.parametrize(
    ("kind", "number", "error"),
    [
        (PersonKind.CITIZEN, "001090000001", None),
        (PersonKind.CITIZEN, "123456789", None),
        (PersonKind.CITIZEN, "00109000001", InvalidIdentity),
        (PersonKind.CITIZEN, "00109000000a", InvalidIdentity),
        (PersonKind.CITIZEN, "", InvalidIdentity),
        (PersonKind.ENTERPRISE, "0100109106", None),
        (PersonKind.ENTERPRISE, "0100109107", InvalidTaxCode),
        (PersonKind.ENTERPRISE, "0100109106-000", InvalidTaxCode),
        (PersonKind.AGENCY, "bất kỳ", None),
        (PersonKind.OTHER, "", None),
    ],
)
def test_numbers_that_cannot_be_are_refused(kind, number, error):
    if error is None:
        check_identity(kind, number)
    else:
        with pytest.raises(error):
            check_identity(kind, number)


def test_every_role_has_its_name():
    assert set(ROLE_NAMES) == set(Role)


def test_a_persons_data_is_cleaned_and_checked():
    raw = PersonFacts("citizen", "001 090 000.001", "  Trần  Thị Ví Dụ ", None, "", " 09 ", "", "")
    assert services.checked_person(raw).number == "001090000001"
    assert services.checked_person(raw).name == "Trần Thị Ví Dụ"
    with pytest.raises(NameMissing):
        services.checked_person(PersonFacts("other", "", "  ", None, "", "", "", ""))


@pytest.mark.django_db
class TestAccounts:
    def test_a_username_is_taken_whatever_its_case(self):
        officer("canbo")
        with pytest.raises(services.UsernameTaken, match="CANBO"):
            officer("CANBO")

    @pytest.mark.parametrize("password", ["ngan", "1234567890123", "password12", "canbo-canbo"])
    def test_a_weak_password_is_refused_and_leaves_no_account(self, password):
        with pytest.raises(services.WeakPassword):
            officer("canbo-canbo", password=password)
        assert not Officer.objects.exists()

    @pytest.mark.parametrize("changes", [{"name": "  "}, {"full_name": " "}])
    def test_a_name_is_needed(self, changes):
        with pytest.raises(services.NameOfOfficerMissing):
            officer(**changes)

    def test_a_first_password_must_be_changed(self):
        assert queries.officer(officer()).must_change_password

    def test_a_recovered_password_must_be_changed_one_of_the_owner_not(self):
        number = officer()
        services.set_password(username="CANBO", password="mat-khau-cua-toi", **WHO)
        assert not queries.officer(number).must_change_password
        services.set_password(username="canbo", password="mat-khau-tam-1", must_change=True, **WHO)
        assert queries.officer(number).must_change_password

    def test_the_password_of_nobody_cannot_be_set(self):
        with pytest.raises(NotFound, match="khong-co"):
            services.set_password(username="khong-co", password=PASSWORD, **WHO)

    def test_a_closed_account_is_kept_and_its_keys_are_dead(self):
        number = officer()
        key = services.issue_token(officer_id=number, label="Thử", **WHO)
        services.set_active(officer_id=number, active=False, **WHO)
        assert queries.actor_of_token(key, now=NOW) is None
        services.set_active(officer_id=number, active=True, **WHO)
        assert queries.actor_of_token(key, now=NOW).id == number

    def test_every_verb_leaves_its_event(self):
        number = officer()
        services.set_active(officer_id=number, active=False, **WHO)
        names = list(Event.objects.filter(stream="officer").order_by("pk").values_list("name", flat=True))
        assert names == ["people.officer_created", "people.officer_closed"]


@pytest.mark.django_db
class TestPositions:
    def given(self, number: int, place: int, **changes: object) -> int:
        span = {"since": DAY, "until": None, "role": Role.COUNTER} | changes
        return services.assign(officer_id=number, unit_id=place, **span, **WHO)

    def test_a_position_holds_from_its_first_day_up_to_the_day_it_ends(self):
        number = officer()
        row = self.given(number, unit(), since=DAY, until=DAY + timedelta(days=10))
        held = queries.positions_of(number)[0]
        assert (held.id, held.on(DAY - timedelta(days=1)), held.on(DAY), held.on(DAY + timedelta(days=10))) == (
            row, False, True, False,
        )  # fmt: skip

    def test_the_same_position_cannot_be_held_twice_at_once(self):
        number, place = officer(), unit()
        self.given(number, place)
        with pytest.raises(services.PositionOverlaps):
            self.given(number, place, since=DAY + timedelta(days=30))

    def test_another_role_at_the_same_unit_can(self):
        number, place = officer(), unit()
        self.given(number, place)
        self.given(number, place, role=Role.CLERK)
        assert len(queries.positions_of(number)) == 2

    def test_a_position_that_ends_before_it_begins_is_refused(self):
        with pytest.raises(ValidityReversed):
            self.given(officer(), unit(), since=DAY, until=DAY)

    def test_an_ended_position_gives_no_duty_any_more(self):
        number, place = officer(), unit()
        row = self.given(number, place, since=DAY - timedelta(days=9))
        before = queries.actor_of(Officer.objects.get(pk=number), on=DAY)
        services.end_assignment(assignment_id=row, until=DAY, **WHO)
        after = queries.actor_of(Officer.objects.get(pk=number), on=DAY)
        assert before.holds(Role.COUNTER, place) and not after.holds(Role.COUNTER)

    def test_a_position_taken_back_before_it_began_never_was(self):
        number = officer()
        row = self.given(number, unit(), since=DAY + timedelta(days=5))
        services.end_assignment(assignment_id=row, until=DAY, **WHO)
        assert queries.positions_of(number) == []

    def test_a_leader_reaches_what_lies_below_a_specialist_does_not(self):
        top, below = unit(), unit("H99.01", "H99")
        leader, specialist = officer("lanhdao"), officer("chuyenvien")
        self.given(leader, top, role=Role.LEADER)
        self.given(specialist, top, role=Role.SPECIALIST)
        of = lambda n: queries.actor_of(Officer.objects.get(pk=n), on=DAY)  # noqa: E731
        assert of(leader).holds(Role.LEADER, below)
        assert not of(specialist).holds(Role.SPECIALIST, below)

    def test_an_administrator_of_one_unit_does_not_manage_officers_of_another(self):
        here, there = unit(), unit("H99.01", "")
        mine, other, both = officer("a"), officer("b"), officer("c")
        self.given(mine, here)
        self.given(other, there)
        self.given(both, here)
        self.given(both, there)
        admin = Actor("officer", "QT", duties=(Duty(Role.ADMIN, here, frozenset({here})),))
        services.check_manages(admin, mine)
        for number in (other, both):
            with pytest.raises(services.NotYours):
                services.check_manages(admin, number)


@pytest.mark.django_db
class TestKeys:
    def test_a_key_works_until_it_expires(self):
        number = officer()
        secret = services.issue_token(officer_id=number, label="Thử", expires_at=NOW + timedelta(days=1), **WHO)
        assert queries.actor_of_token(secret, now=NOW).id == number
        assert queries.actor_of_token(secret, now=NOW + timedelta(days=1)) is None

    def test_only_the_digest_is_kept(self):
        secret = services.issue_token(officer_id=officer(), label="Thử", **WHO)
        assert secret.encode() not in bytes(ApiToken.objects.get().digest)

    def test_a_revoked_key_is_dead_and_revoking_twice_changes_nothing(self):
        number = officer()
        secret = services.issue_token(officer_id=number, label="Thử", **WHO)
        key = queries.keys_of(number)[0].id
        services.revoke_token(token_id=key, **WHO)
        services.revoke_token(token_id=key, actor=SYSTEM, now=NOW + timedelta(hours=1))
        assert queries.actor_of_token(secret, now=NOW) is None
        assert queries.keys_of(number)[0].revoked_at == NOW.astimezone(VN)

    def test_an_unknown_key_opens_nothing(self):
        assert queries.actor_of_token("doan-mo", now=NOW) is None
