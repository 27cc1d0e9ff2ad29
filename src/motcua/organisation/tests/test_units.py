"""Units over time: validity, succession without circles, counters, the tree as it was and as it stands."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.actor import SYSTEM
from motcua.base.errors import ValidityReversed
from motcua.base.time import VN
from motcua.journal.models import Event
from motcua.organisation import queries, services
from motcua.organisation.rules import (
    Handover,
    Level,
    SuccessionLoops,
    UnitClosed,
    UnitKind,
    UnitUnknown,
    below,
    heir_of,
)
from motcua.organisation.services import UnitData

SINCE, REFORM, TODAY = date(2020, 1, 1), date(2025, 7, 1), date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 8, tzinfo=VN)
WHO = {"citation": "Quyết định thử", "actor": SYSTEM, "now": NOW}


def opened(code: str, parent: str = "", *, level: Level = Level.PROVINCE, since: date = SINCE, until: date | None = None) -> int:
    data = UnitData(name=f"Đơn vị {code}", kind=UnitKind.DEPARTMENT, parent=parent)
    return services.open_unit(code=code, level=level, data=data, since=since, until=until, **WHO)


HANDOVERS = [
    Handover(1, 2, REFORM),
    Handover(1, 3, REFORM, field="DD"),
    Handover(1, 4, REFORM, procedure="1.000001"),
    Handover(2, 5, date(2026, 1, 1)),
]


@pytest.mark.parametrize(
    ("procedure", "field", "on", "heir"),
    [
        ("1.000009", "HT", date(2025, 6, 30), 1),
        ("1.000009", "HT", REFORM, 2),
        ("1.000009", "DD", REFORM, 3),
        ("1.000001", "DD", REFORM, 4),
        ("1.000009", "HT", date(2026, 1, 1), 5),
        ("", "DD", REFORM, 3),
        ("1.000001", "", REFORM, 4),
        ("", "", REFORM, 2),
    ],
)
def test_the_narrowest_rule_in_force_finds_the_heir(procedure, field, on, heir):
    assert heir_of(1, procedure=procedure, field=field, on=on, handovers=HANDOVERS) == heir


def test_a_circle_is_named_not_followed_for_ever():
    circle = [Handover(1, 2, SINCE), Handover(2, 3, SINCE), Handover(3, 1, SINCE)]
    with pytest.raises(SuccessionLoops):
        heir_of(1, procedure="1", field="F", on=TODAY, handovers=circle)


@given(st.dictionaries(st.integers(1, 30), st.integers(1, 30) | st.none(), max_size=30))
def test_below_holds_the_root_and_every_child_of_what_it_holds(parents):
    found = below(1, parents)
    assert 1 in found
    assert all(child in found for child, parent in parents.items() if parent in found)


@pytest.mark.django_db
class TestUnits:
    @pytest.mark.parametrize("code", ["h99", "H9", "H99.", "H99-01", "", "H99." + "01." * 20])
    def test_a_code_of_another_shape_is_refused(self, code):
        with pytest.raises(services.UnitCodeInvalid):
            opened(code)

    def test_the_code_of_a_closed_unit_is_never_used_again(self):
        opened("H99", until=REFORM)
        with pytest.raises(services.UnitCodeUsed):
            opened("H99", since=REFORM)

    def test_an_unknown_parent_is_refused_and_nothing_is_opened(self):
        with pytest.raises(UnitUnknown, match="H98"):
            opened("H99.01", "H98")
        assert queries.tree(TODAY) == {}

    def test_a_unit_that_ends_before_it_begins_is_refused(self):
        with pytest.raises(ValidityReversed):
            opened("H99", since=REFORM, until=SINCE)

    def test_a_change_keeps_what_the_unit_was(self):
        unit = opened("H99")
        data = UnitData(name="Tên mới", kind=UnitKind.BOARD)
        services.change_unit(unit_id=unit, data=data, since=REFORM, **WHO)
        day_before = date(2025, 6, 30)
        assert queries.unit(unit, on=day_before).name == "Đơn vị H99"
        assert (queries.unit(unit, on=REFORM).name, queries.unit(unit, on=REFORM).kind) == ("Tên mới", "ban")

    def test_a_change_on_the_first_day_or_before_would_wipe_out_what_was_and_is_refused(self):
        unit = opened("H99")
        for day, error in ((SINCE, services.ChangeTooEarly), (date(2019, 1, 1), UnitClosed)):
            with pytest.raises(error):
                services.change_unit(unit_id=unit, data=UnitData(name="x", kind=UnitKind.BOARD), since=day, **WHO)

    def test_a_closed_unit_is_refused_by_name_but_still_known(self):
        unit = opened("H99")
        services.close_unit(unit_id=unit, on=REFORM, **WHO)
        assert queries.unit(unit, on=date(2025, 6, 30)).code == "H99"
        with pytest.raises(UnitClosed, match="Đơn vị H99"):
            queries.unit(unit, on=REFORM)
        assert queries.latest(unit).name == "Đơn vị H99"
        with pytest.raises(UnitClosed):
            services.close_unit(unit_id=unit, on=TODAY, **WHO)

    def test_a_unit_with_a_later_version_is_not_closed_before_it(self):
        unit = opened("H99")
        services.change_unit(unit_id=unit, data=UnitData(name="x", kind=UnitKind.BOARD), since=REFORM, **WHO)
        with pytest.raises(services.ChangedLater, match="01/07/2025"):
            services.close_unit(unit_id=unit, on=date(2024, 1, 1), **WHO)

    def test_the_tree_stands_from_top_to_bottom_as_on_the_day(self):
        top = opened("H99")
        district = opened("H99.31", "H99", level=Level.DISTRICT, until=REFORM)
        commune = opened("H99.31.01", "H99.31", level=Level.COMMUNE, until=REFORM)
        new = opened("H99.61", "H99", level=Level.COMMUNE, since=REFORM)
        then = [(depth, unit.id) for depth, unit in queries.outline(date(2025, 6, 30))]
        assert then == [(0, top), (1, district), (2, commune)]
        assert [(depth, unit.id) for depth, unit in queries.outline(REFORM)] == [(0, top), (1, new)]
        assert queries.subtree(top, on=REFORM) == {top, new}
        assert queries.ever_below(top) == {top, district, commune, new}

    def test_every_verb_leaves_its_event(self):
        unit = opened("H99")
        services.close_unit(unit_id=unit, on=REFORM, **WHO)
        names = list(Event.objects.order_by("pk").values_list("name", flat=True))
        assert names == ["organisation.opened", "organisation.closed"]


@pytest.mark.django_db
class TestSuccession:
    def succeed(self, unit: int, heir: int, **changes: object) -> None:
        services.succeed(unit_id=unit, heir_id=heir, **{"on": REFORM, **WHO, **changes})

    def test_a_closed_district_has_an_heir_for_each_field_and_one_for_the_rest(self):
        district, rest, land = opened("H99.31"), opened("H99.61"), opened("H99.12")
        self.succeed(district, rest)
        self.succeed(district, land, field_code="DD")
        assert queries.heir(district, procedure="1.000001", field="DD", on=REFORM) == land
        assert queries.heir(district, procedure="1.000001", field="HT", on=REFORM) == rest
        assert queries.heir(district, procedure="1.000001", field="DD", on=date(2025, 6, 30)) == district

    def test_the_same_work_has_one_heir(self):
        one, two, three = opened("H99.31"), opened("H99.32"), opened("H99.33")
        self.succeed(one, two)
        with pytest.raises(services.SuccessionExists):
            self.succeed(one, three)

    @pytest.mark.parametrize("work", [{}, {"field_code": "DD"}, {"procedure_code": "1.000001"}])
    def test_a_circle_is_refused_and_not_stored(self, work):
        one, two, three = opened("H99.31"), opened("H99.32"), opened("H99.33")
        self.succeed(one, two, **work)
        self.succeed(two, three, **work)
        with pytest.raises(SuccessionLoops):
            self.succeed(three, one, **work)
        assert len(queries.handovers(TODAY)) == 2

    def test_a_unit_cannot_succeed_itself(self):
        unit = opened("H99")
        with pytest.raises(services.HeirIsTheUnit):
            self.succeed(unit, unit)


@pytest.mark.django_db
class TestCounters:
    def test_a_counter_serves_a_unit_while_it_holds(self):
        counter, unit = opened("H99.01"), opened("H99.10")
        services.serve(counter_id=counter, unit_id=unit, since=SINCE, until=REFORM, **WHO)
        assert queries.served_units(counter, on=SINCE) == {unit}
        assert queries.served_units(counter, on=REFORM) == frozenset()
        with pytest.raises(services.ValidityOverlaps):
            services.serve(counter_id=counter, unit_id=unit, since=date(2025, 6, 30), **WHO)
        services.serve(counter_id=counter, unit_id=unit, since=REFORM, **WHO)

    def test_a_service_that_ends_before_it_begins_is_refused(self):
        counter, unit = opened("H99.01"), opened("H99.10")
        with pytest.raises(ValidityReversed):
            services.serve(counter_id=counter, unit_id=unit, since=REFORM, until=REFORM, **WHO)


@pytest.mark.django_db
def test_an_opening_entered_by_mistake_is_taken_back_and_its_code_may_be_opened_again():
    opened("H99")
    unit = opened("H99.01", "H99")
    services.take_back_opening(unit_id=unit, actor=SYSTEM, now=NOW)
    assert unit not in queries.tree(SINCE)
    assert queries.spans_of(unit) == []
    assert opened("H99.01", "H99") == unit
    assert queries.tree(SINCE)[unit].code == "H99.01"


@pytest.mark.django_db
def test_an_opening_others_were_built_on_stays():
    top = opened("H99")
    counter, unit = opened("H99.01", "H99"), opened("H99.02", "H99")
    services.serve(counter_id=counter, unit_id=unit, since=SINCE, citation="x", actor=SYSTEM, now=NOW)
    for built_on in (top, counter, unit):
        with pytest.raises(services.UnitBuiltOn):
            services.take_back_opening(unit_id=built_on, actor=SYSTEM, now=NOW)
    services.take_back_service(counter_id=counter, unit_id=unit, since=SINCE, actor=SYSTEM, now=NOW)
    assert queries.served_units(counter, on=SINCE) == frozenset()
    services.take_back_opening(unit_id=unit, actor=SYSTEM, now=NOW)
