"""A counter passes the day's dossiers on in one go; one that cannot go stops no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from motcua.base.errors import NotAllowed
from motcua.demo.cast import NO_TERM, OWNER, Cast
from motcua.dossiers import handovers, models, register, services
from motcua.dossiers.handovers import NothingChosen, TooManyChosen
from motcua.dossiers.rules.state import Channel
from motcua.dossiers.tests.office import NOW, client_of, province

PAGE = "/office/ban-giao/"


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


def received(cast: Cast, **more: Any) -> int:
    place = more.get("place") or cast.justice
    return services.receive_at_counter(cast.intake(**more), actor=place.alice, now=NOW)


def hand_over(cast: Cast, *numbers: int, **more: Any) -> handovers.Outcome:
    asked = {"counter_id": cast.centre, "unit_id": cast.justice.unit, "actor": cast.justice.alice, "now": NOW}
    return handovers.hand_over(numbers, **(asked | more))


def states() -> list[str]:
    return list(models.Dossier.objects.order_by("pk").values_list("state", flat=True))


def text(response: Any) -> str:
    return response.content.decode()


def test_every_chosen_dossier_goes_with_one_numbered_slip(cast: Cast) -> None:
    numbers = [received(cast), received(cast)]
    outcome = hand_over(cast, *numbers)
    slip = models.HandoverSlip.objects.get()
    assert outcome.slip_id == slip.pk
    assert (slip.number, slip.from_unit_id, slip.to_unit_id) == (
        "BG-H99.01-260310-0001",
        cast.centre,
        cast.justice.unit,
    )
    assert set(slip.dossiers.values_list("pk", flat=True)) == set(numbers)
    assert states() == ["processing", "processing"]


def test_one_bad_dossier_stops_no_other(cast: Cast) -> None:
    good, done, other = received(cast), received(cast), received(cast, procedure=NO_TERM, place=cast.land)
    services.forward(done, actor=cast.justice.alice, now=NOW)
    lines = {line.dossier_id: line.refusal for line in hand_over(cast, good, done, other, 999_999).lines}
    assert lines[good] == ""
    assert "Không thể chuyển hồ sơ" in lines[done]
    assert "thẩm quyền của đơn vị khác" in lines[other]
    assert "hồ sơ này" in lines[999_999]
    assert list(models.HandoverSlip.objects.get().dossiers.values_list("pk", flat=True)) == [good]
    assert models.Dossier.objects.get(pk=other).state == "accepted"


def test_where_nothing_could_go_there_is_no_slip_and_no_number(cast: Cast) -> None:
    done, good = received(cast), received(cast)
    services.forward(done, actor=cast.justice.alice, now=NOW)
    assert hand_over(cast, done).slip_id is None
    hand_over(cast, good)
    assert models.HandoverSlip.objects.get().number == "BG-H99.01-260310-0001"


def test_slips_of_a_day_are_numbered_without_gaps_and_apart_from_dossiers(cast: Cast) -> None:
    for _ in range(2):
        hand_over(cast, received(cast))
    hand_over(cast, received(cast), now=NOW + timedelta(days=1))
    found = sorted(models.HandoverSlip.objects.values_list("number", flat=True))
    assert found == ["BG-H99.01-260310-0001", "BG-H99.01-260310-0002", "BG-H99.01-260311-0001"]


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_only_the_counter_hands_over(cast: Cast, who: str) -> None:
    number = received(cast)
    with pytest.raises(NotAllowed):
        hand_over(cast, number, actor=getattr(cast.justice, who))
    assert client_of(getattr(cast.justice, who)).get(PAGE).status_code == 403


def test_another_counter_cannot_hand_over_for_this_one(cast: Cast) -> None:
    number = received(cast)
    with pytest.raises(NotAllowed):
        hand_over(cast, number, actor=cast.commune.alice)
    line = hand_over(cast, number, actor=cast.commune.alice, counter_id=cast.commune.counter).lines[0]
    assert (line.code, "không tìm thấy" in line.refusal.lower()) == ("", True)
    assert states() == ["accepted"]


def test_nothing_and_too_much_are_refused(cast: Cast) -> None:
    with pytest.raises(NothingChosen):
        hand_over(cast)
    with pytest.raises(TooManyChosen):
        hand_over(cast, *range(1, handovers.AT_ONCE + 2))


def test_the_page_hands_over_and_tells_each_refusal(cast: Cast) -> None:
    good, done = received(cast), received(cast)
    client = client_of(cast.justice.alice)
    shown = text(client.get(PAGE))
    assert "Chuyển đến Sở Tư pháp tỉnh Mẫu: 2 hồ sơ" in shown
    services.forward(done, actor=cast.justice.alice, now=NOW)
    data = {"counter": cast.centre, "unit": cast.justice.unit, "dossier": [good, done, "x"]}
    shown = text(client.post(PAGE, data, follow=True))
    assert "Đã bàn giao 1 hồ sơ." in shown
    assert "H99.01-260310-0002: Không thể chuyển hồ sơ" in shown
    assert "BG-H99.01-260310-0001" in shown
    assert "Không có hồ sơ nào chờ bàn giao" in text(client.get(PAGE))


def test_choosing_nothing_says_so(cast: Cast) -> None:
    received(cast)
    data = {"counter": cast.centre, "unit": cast.justice.unit}
    shown = text(client_of(cast.justice.alice).post(PAGE, data, follow=True))
    assert "Hãy chọn ít nhất một hồ sơ" in shown


@pytest.mark.parametrize(
    ("who", "status"), [("justice", 200), ("land", 404), ("commune", 404), ("outsider", 404)]
)
def test_a_slip_is_seen_at_both_ends_only(cast: Cast, who: str, status: int) -> None:
    slip = hand_over(cast, received(cast)).slip_id
    actor = cast.outsider if who == "outsider" else getattr(cast, who).bob
    client = client_of(actor)
    assert client.get(f"{PAGE}{slip}/").status_code == status
    assert client.get(f"{PAGE}{slip}/phieu/").status_code == status


def test_the_slip_prints_owner_unpaid_fee_and_post(cast: Cast) -> None:
    number = received(cast, channel=Channel.POST, owner=replace(OWNER, name="<b>Lê</b> #[x]"))
    slip = models.HandoverSlip.objects.get(pk=hand_over(cast, number).slip_id)
    paper = handovers.paper(slip, register.issuer(cast.centre, NOW), "Sở Tư pháp tỉnh Mẫu")
    line = paper.lines[0]
    assert (line.owner_name, line.fee_due, line.by_post) == ("<b>Lê</b> #[x]", True, True)
    assert (paper.giver_name, paper.giver_office) == (
        "Nguyễn Thị Mẫu Một",
        "Trung tâm Phục vụ hành chính công tỉnh Mẫu",
    )
    printed = client_of(cast.justice.alice).get(f"{PAGE}{slip.pk}/phieu/")
    assert printed.content.startswith(b"%PDF")
    assert "<b>Lê</b>" not in text(client_of(cast.justice.alice).get(f"{PAGE}{slip.pk}/"))
