"""How a unit is warned is data with a validity: the nearest plan upwards holds, bad ones are refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from motcua.alerts import plans
from motcua.alerts.errors import NoPlanToEnd, PlanBeginsEarlier, PlanInThePast
from motcua.alerts.models import Alert
from motcua.alerts.rules import Level, Plan, Recipient, shipped_plan
from motcua.alerts.services import end_plan, set_plan, warn
from motcua.alerts.tests.conftest import in_process, vn
from motcua.base.errors import NotAllowed
from motcua.demo.cast import ON, Cast
from motcua.dossiers.tests.office import NOW, client_of
from motcua.journal.models import Event

ROOT = "/office/canh-bao/cau-hinh/"


def with_levels(*percents: int) -> Plan:
    levels = tuple(Level(percent, (Recipient.LEADER,)) for percent in percents)
    return replace(shipped_plan(), levels=levels, citation="Quyết định mẫu 05/QĐ-MẪU")


def percents(unit: int, on: date) -> list[int]:
    return [level.percent for level in plans.plan_for(unit, on=on).levels]


def put(cast: Cast, unit: int | None, since: date, *levels: int) -> None:
    set_plan(unit_id=unit, plan=with_levels(*levels), since=since, actor=cast.admin, now=NOW)


def test_the_nearest_plan_upwards_holds_then_the_province_then_what_was_shipped(cast: Cast) -> None:
    justice = cast.justice.unit
    assert percents(justice, ON) == [50, 80, 100]
    put(cast, None, ON, 60)
    assert percents(justice, ON) == [60]
    put(cast, cast.province, ON, 70)
    assert percents(justice, ON) == [70]
    put(cast, justice, ON, 90)
    assert (percents(justice, ON), percents(cast.land.unit, ON)) == ([90], [70])


def test_a_plan_holds_from_its_day_and_ends_the_one_before(cast: Cast) -> None:
    put(cast, cast.justice.unit, ON, 60)
    put(cast, cast.justice.unit, date(2026, 4, 1), 75)
    assert [percents(cast.justice.unit, day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == [[60], [75]]
    put(cast, cast.justice.unit, date(2026, 4, 1), 85)
    assert percents(cast.justice.unit, date(2026, 4, 1)) == [85]


def test_an_ended_plan_gives_way_to_the_one_above(cast: Cast) -> None:
    put(cast, cast.justice.unit, ON, 60)
    end_plan(unit_id=cast.justice.unit, actor=cast.admin, now=NOW)
    assert percents(cast.justice.unit, ON) == [50, 80, 100]
    with pytest.raises(NoPlanToEnd):
        end_plan(unit_id=cast.justice.unit, actor=cast.admin, now=NOW)


def test_a_plan_may_not_begin_in_the_past_nor_before_one_that_is_to_come(cast: Cast) -> None:
    with pytest.raises(PlanInThePast):
        put(cast, None, date(2026, 3, 9), 60)
    put(cast, None, date(2026, 4, 1), 60)
    with pytest.raises(PlanBeginsEarlier):
        put(cast, None, date(2026, 3, 20), 60)


@pytest.mark.parametrize("who", ["charlie", "bob", "director"])
def test_only_administrators_set_plans(cast: Cast, who: str) -> None:
    actor = cast.director if who == "director" else getattr(cast.justice, who)
    with pytest.raises(NotAllowed):
        set_plan(unit_id=None, plan=with_levels(60), since=ON, actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        end_plan(unit_id=None, actor=actor, now=NOW)


def test_the_pass_warns_by_the_plan_of_the_unit(cast: Cast) -> None:
    number = in_process(cast)
    put(cast, cast.justice.unit, ON, 10, 90)
    warn(vn("2026-03-11T08:00"))
    assert list(Alert.objects.values_list("dossier_id", "percent", "to")) == [(number, 10, ["leader"])]


def answers(**changes: Any) -> dict[str, Any]:
    told = {
        "unit": "0", "since": "10/03/2026", "idle_hours": "16", "escalate_hours": "4", "escalate_again_hours": "12",
        "extension_days": "3", "digest_at": "07:15", "citation": "Quyết định mẫu 05/QĐ-MẪU", "percent_1": "40",
        "to_1": ["holder"], "percent_2": "95", "to_2": ["holder", "leader"],
    }  # fmt: skip
    return told | changes


def test_an_administrator_sets_a_plan_on_the_page(cast: Cast) -> None:
    client = client_of(cast.admin)
    assert client.post(f"{ROOT}dat/", answers(unit=str(cast.justice.unit))).status_code == 302
    page = client.get(ROOT).content.decode()
    assert "40 %: Cán bộ đang giữ" in page
    assert "Sở Tư pháp tỉnh Mẫu" in page
    assert Event.objects.filter(name="alerts.plan_set").count() == 1
    assert client.post(f"{ROOT}bo/{cast.justice.unit}/").status_code == 302
    assert "40 %" not in client.get(ROOT).content.decode()


BAD = [
    ({"percent_1": "0"}, "từ 1 đến 100"),
    ({"percent_2": "101"}, "từ 1 đến 100"),
    ({"percent_1": "96"}, "tăng dần"),
    ({"percent_1": "95"}, "tăng dần"),
    ({"percent_1": "abc"}, "Hãy nhập bằng chữ số"),
    ({"percent_1": "", "percent_2": ""}, "ít nhất một"),
    ({"to_1": []}, "chưa có người nhận"),
    ({"to_1": ["mayor"]}, "mayor"),
    ({"idle_hours": "0"}, "phải từ 1"),
    ({"escalate_again_hours": "4"}, "phải sau khi báo cáo"),
    ({"digest_at": "25:70"}, "Giờ không đúng"),
    ({"since": "01/01/2026"}, "từ hôm nay trở đi"),
    ({"since": "32/13/2026"}, "Ngày không đúng"),
    ({"citation": " "}, "Hãy nhập: Căn cứ"),
    ({"unit": "999999"}, "999999"),
]


@pytest.mark.parametrize(("changes", "sentence"), BAD)
def test_bad_input_is_told_in_a_sentence_changes_nothing_and_keeps_what_was_typed(
    cast: Cast, changes: dict[str, Any], sentence: str
) -> None:
    answer = client_of(cast.admin).post(f"{ROOT}dat/", answers(**changes))
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (422, True)
    assert 'value="16"' in page or "idle_hours" in changes
    assert percents(cast.justice.unit, ON) == [50, 80, 100]
