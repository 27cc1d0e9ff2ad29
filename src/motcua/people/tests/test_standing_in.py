"""Absence with a substitute, signing for the head, terms at the counter: rules by table, verbs against the tables."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotAllowed, NotFound, ValidityReversed
from motcua.demo.cast import SINCE, Cast, small_province
from motcua.dossiers.tests.office import NOW
from motcua.journal.models import Event
from motcua.people import rosters, services
from motcua.people.delegating import (
    SigningFor,
    delegate_signature,
    end_absence,
    end_delegation,
    record_absence,
)
from motcua.people.models import Absence, Assignment, MidTermChange
from motcua.people.queries import actor_of_officer, actors_on
from motcua.people.rules import Role
from motcua.people.standing_in import (
    AbsenceOverlaps,
    DelegationIncomplete,
    DelegationOverlaps,
    ItselfSubstitute,
    NoPositionThere,
    NotYoursToDelegate,
    ReasonForAbsence,
    ReplacedInMidTerm,
    SignatureForm,
    Span,
    StandsInAlready,
    SubstituteAbsent,
    SubstituteElsewhere,
    check_mid_term,
    planned_end,
    signature_lines,
)

DAY = NOW.date()
WEEK = timedelta(days=7)
DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 1))
KT = SigningFor(SignatureForm.KT, "Giám đốc", "Phó Giám đốc", "12/QĐ-MẪU")


@pytest.mark.parametrize(
    ("form", "body", "lines"),
    [
        (SignatureForm.KT, "", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (SignatureForm.TUQ, "", ("TUQ. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (SignatureForm.TL, "", ("TL. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (SignatureForm.TM, "Ủy ban nhân dân", ("TM. ỦY BAN NHÂN DÂN", "PHÓ GIÁM ĐỐC")),
        (SignatureForm.KT, "Ủy ban nhân dân", ("TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
    ],
)
def test_the_lines_above_the_name_follow_the_form(form, body, lines):
    assert signature_lines(form, principal="Giám đốc", own="Phó Giám đốc", body=body) == lines


@given(DAYS, st.integers(1, 30), DAYS, st.integers(1, 30))
def test_spans_overlap_when_a_day_is_in_both(a, length, b, other):
    one, two = Span(a, a + timedelta(days=length)), Span(b, b + timedelta(days=other))
    days = {a + timedelta(days=n) for n in range(length)} & {b + timedelta(days=n) for n in range(other)}
    assert one.overlaps(two) == two.overlaps(one) == bool(days)


@pytest.mark.parametrize(
    ("since", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 1), 12, date(2027, 3, 1)),
        (date(2026, 12, 15), 6, date(2027, 6, 15)),
    ],
)
def test_a_term_ends_on_the_same_day_of_the_month(since, months, end):
    assert planned_end(since, months) == end


def test_a_term_is_cut_short_only_with_a_reason():
    asked = {"since": date(2026, 1, 1), "months": 12}
    assert not check_mid_term(**asked, until=date(2027, 1, 1), reason="")
    assert not check_mid_term(since=date(2026, 1, 1), months=None, until=date(2026, 2, 1), reason="")
    assert check_mid_term(**asked, until=date(2026, 6, 1), reason="Chuyển công tác")
    with pytest.raises(ReplacedInMidTerm, match="01/01/2027"):
        check_mid_term(**asked, until=date(2026, 6, 1), reason=" ")


@pytest.fixture
def cast(db: None) -> Cast:
    return small_province()


def colleague(cast: Cast, role: Role = Role.SPECIALIST, *, name: str = "dong.nghiep", unit: int | None = None) -> int:
    number = services.create_officer(
        username=name, full_name="Đỗ Thị Thay", password="x", hashed=True, actor=SYSTEM, now=NOW
    )
    services.assign(officer_id=number, unit_id=unit or cast.justice.unit, role=role, since=SINCE, actor=SYSTEM, now=NOW)
    return number


def away(cast: Cast, substitute: int, **changes: object) -> int:
    asked = {
        "officer_id": cast.justice.bob.id, "unit_id": cast.justice.unit, "substitute_id": substitute, "since": DAY,
        "until": DAY + WEEK, "reason": "Nghỉ phép", "decided_by": "Giám đốc Sở", "actor": cast.justice.charlie, "now": NOW,
    }  # fmt: skip
    return record_absence(**asked | changes)


class TestAbsence:
    def test_the_substitute_has_the_duties_for_exactly_these_days(self, cast):
        number = colleague(cast, Role.CLERK)
        away(cast, number)
        one = timedelta(days=1)
        for day, has in ((DAY - one, False), (DAY, True), (DAY + WEEK - one, True), (DAY + WEEK, False)):
            assert actor_of_officer(number, on=day).holds(Role.SPECIALIST, cast.justice.unit) is has
        duty = actor_of_officer(number, on=DAY).duties[-1]
        assert duty.label == "Đỗ Thị Thay (Chuyên viên giải quyết, thay ông/bà Trần Văn Mẫu H99.02)"
        assert Event.objects.filter(name="people.absence_recorded").count() == 1

    def test_everybodys_list_says_the_same_as_the_single_actor(self, cast):
        away(cast, colleague(cast))
        for actor in actors_on(DAY):
            assert actor == actor_of_officer(actor.id, on=DAY)

    def test_an_absence_that_overlaps_another_is_refused(self, cast):
        number = colleague(cast)
        away(cast, number)
        with pytest.raises(AbsenceOverlaps):
            away(cast, number, since=DAY + timedelta(days=6), until=DAY + WEEK + WEEK)
        away(cast, number, since=DAY + WEEK, until=DAY + WEEK + WEEK)

    def test_an_absent_substitute_is_refused_and_so_is_a_chain(self, cast):
        first, second = colleague(cast), colleague(cast, name="nguoi.ba")
        away(cast, second, officer_id=first)
        with pytest.raises(SubstituteAbsent, match="Đỗ Thị Thay"):
            away(cast, first)
        with pytest.raises(StandsInAlready):
            away(cast, cast.justice.bob.id, officer_id=second)
        assert Absence.objects.count() == 1

    def test_the_power_of_administration_passes_to_nobody(self, cast):
        number = colleague(cast, unit=cast.province)
        away(cast, number, officer_id=cast.admin.id, unit_id=cast.province, actor=SYSTEM)
        assert not actor_of_officer(number, on=DAY).holds(Role.ADMIN)

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"reason": " "}, ReasonForAbsence),
            ({"decided_by": ""}, ReasonForAbsence),
            ({"until": DAY}, ValidityReversed),
            ({"since": date(2017, 1, 1)}, NoPositionThere),
        ],
    )
    def test_what_is_not_whole_is_refused(self, cast, changes, error):
        with pytest.raises(error):
            away(cast, colleague(cast), **changes)

    def test_the_substitute_is_another_active_officer_within_reach(self, cast):
        with pytest.raises(ItselfSubstitute):
            away(cast, cast.justice.bob.id)
        with pytest.raises(SubstituteElsewhere):
            away(cast, cast.outsider.id)
        closed = colleague(cast)
        services.set_active(officer_id=closed, active=False, actor=SYSTEM, now=NOW)
        with pytest.raises(NotFound):
            away(cast, closed)

    def test_only_the_head_of_the_unit_decides(self, cast):
        number = colleague(cast)
        for actor in (cast.justice.bob, cast.land.charlie, cast.justice.alice, cast.outsider):
            with pytest.raises(NotAllowed):
                away(cast, number, actor=actor)

    def test_who_stands_in_for_a_head_decides_nothing_about_absences(self, cast):
        deputy = colleague(cast)
        away(cast, deputy, officer_id=cast.justice.charlie.id)
        with pytest.raises(NotAllowed):
            away(cast, colleague(cast, name="nguoi.khac"), actor=actor_of_officer(deputy, on=DAY))

    def test_coming_back_earlier_ends_the_right_that_day(self, cast):
        number = colleague(cast, Role.CLERK)
        row = away(cast, number)
        end_absence(absence_id=row, until=DAY + timedelta(days=2), actor=cast.justice.charlie, now=NOW)
        assert actor_of_officer(number, on=DAY + timedelta(days=1)).holds(Role.SPECIALIST)
        assert not actor_of_officer(number, on=DAY + timedelta(days=2)).holds(Role.SPECIALIST)
        assert rosters.absences(frozenset({cast.justice.unit}), since=SINCE)[0].until == DAY + timedelta(days=2)


def delegated(cast: Cast, number: int, **changes: object) -> int:
    asked = {
        "officer_id": number, "giver_id": cast.justice.charlie.id, "unit_id": cast.justice.unit, "terms": KT, "since": DAY,
        "until": DAY + WEEK, "actor": cast.justice.charlie, "now": NOW,
    }  # fmt: skip
    return delegate_signature(**asked | changes)


class TestDelegation:
    def test_a_deputy_is_a_leader_at_that_unit_while_it_holds(self, cast):
        number = colleague(cast)
        delegated(cast, number)
        actor = actor_of_officer(number, on=DAY)
        assert actor.holds(Role.LEADER, cast.justice.unit) and not actor.holds(Role.LEADER, cast.land.unit)
        assert actor.duties[-1].signature == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
        assert not actor_of_officer(number, on=DAY + WEEK).holds(Role.LEADER)

    def test_limited_to_procedures_it_counts_for_them_alone(self, cast):
        number = colleague(cast)
        terms = SigningFor(SignatureForm.TUQ, "Giám đốc", "Phó Giám đốc", "12/QĐ", procedures=("1.000001",))
        delegated(cast, number, terms=terms)
        actor = actor_of_officer(number, on=DAY)
        assert not actor.holds(Role.LEADER) and cast.justice.unit not in actor.units(Role.LEADER)
        assert any(d.role == Role.LEADER for d in actor.duties_for("1.000001"))
        assert not any(d.role == Role.LEADER for d in actor.duties_for("1.000002"))

    def test_it_falls_with_the_position_of_who_gave_it(self, cast):
        number = colleague(cast)
        delegated(cast, number, until=None)
        held = Assignment.objects.get(officer_id=cast.justice.charlie.id)
        services.end_assignment(assignment_id=held.pk, until=DAY + timedelta(days=3), actor=SYSTEM, now=NOW)
        assert actor_of_officer(number, on=DAY + timedelta(days=2)).holds(Role.LEADER)
        assert not actor_of_officer(number, on=DAY + timedelta(days=3)).holds(Role.LEADER)

    def test_what_was_given_is_not_given_on(self, cast):
        deputy, third = colleague(cast), colleague(cast, name="nguoi.ba")
        delegated(cast, deputy)
        with pytest.raises(NotYoursToDelegate):
            delegated(cast, third, giver_id=deputy, actor=actor_of_officer(deputy, on=DAY))

    def test_nobody_gives_in_anothers_name(self, cast):
        number = colleague(cast)
        for actor in (cast.justice.bob, cast.land.charlie, actor_of_officer(number, on=DAY)):
            with pytest.raises(NotAllowed):
                delegated(cast, number, actor=actor)
        with pytest.raises(NotYoursToDelegate):
            delegated(cast, number, unit_id=cast.land.unit)

    @pytest.mark.parametrize(
        ("terms", "error"),
        [
            (SigningFor(SignatureForm.KT, "", "Phó Giám đốc", "12/QĐ"), DelegationIncomplete),
            (SigningFor(SignatureForm.KT, "Giám đốc", " ", "12/QĐ"), DelegationIncomplete),
            (SigningFor(SignatureForm.KT, "Giám đốc", "Phó Giám đốc", ""), DelegationIncomplete),
        ],
    )
    def test_titles_and_decision_are_needed(self, cast, terms, error):
        with pytest.raises(error):
            delegated(cast, colleague(cast), terms=terms)

    def test_twice_at_once_or_to_oneself_is_refused(self, cast):
        number = colleague(cast)
        delegated(cast, number)
        with pytest.raises(DelegationOverlaps):
            delegated(cast, number)
        with pytest.raises(ItselfSubstitute):
            delegated(cast, cast.justice.charlie.id)
        with pytest.raises(SubstituteElsewhere):
            delegated(cast, cast.outsider.id)

    def test_the_giver_ends_it(self, cast):
        number = colleague(cast)
        row = delegated(cast, number, until=None)
        with pytest.raises(NotAllowed):
            end_delegation(delegation_id=row, until=DAY, actor=actor_of_officer(number, on=DAY), now=NOW)
        end_delegation(delegation_id=row, until=DAY, actor=cast.justice.charlie, now=NOW)
        assert not actor_of_officer(number, on=DAY).holds(Role.LEADER)
        assert rosters.delegations(frozenset({cast.justice.unit}), since=SINCE) == []


def test_a_counter_officer_replaced_in_mid_term_is_listed_with_the_reason(cast):
    number = services.create_officer(username="quay", full_name="Bùi Văn Quầy", password="x", hashed=True, actor=SYSTEM, now=NOW)
    row = services.assign(
        officer_id=number, unit_id=cast.centre, role=Role.COUNTER, since=DAY - WEEK, term_months=12, actor=SYSTEM, now=NOW
    )
    with pytest.raises(ReplacedInMidTerm):
        services.end_assignment(assignment_id=row, until=DAY, actor=SYSTEM, now=NOW)
    assert actor_of_officer(number, on=DAY).holds(Role.COUNTER) and not MidTermChange.objects.exists()
    services.end_assignment(assignment_id=row, until=DAY, reason="Công văn 5/CV-MẪU", actor=SYSTEM, now=NOW)
    changes = rosters.mid_term_changes(frozenset({cast.centre}))
    assert [(c.officer, c.reason) for c in changes] == [("Bùi Văn Quầy", "Công văn 5/CV-MẪU")]
