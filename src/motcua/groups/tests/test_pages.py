"""Pages of groups: the counter's one form, the group, one trip, definitions, the panel, the owner's page; rights by address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.demo.cast import BIRTH, LICENCE, ON, Cast
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.office import PDF, client_of
from motcua.groups import queries, words
from motcua.groups.models import Group, GroupVersion
from motcua.groups.rules import GroupStage, Stage
from motcua.groups.tests.world import NOW, define, dossier_of, filed, made, settle
from motcua.journal.drain import deliver_next


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[Cast, int]:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return made()


def text(response: Any) -> str:
    return str(response.content.decode())


def answers(cast: Cast, version: int, **changes: Any) -> dict[str, Any]:
    data = {
        "act": "receive", "ticket": uuid4().hex, "channel": "direct", "owner_kind": "citizen",
        "owner_number": "001090000001", "owner_name": "Nguyễn Văn Thử", "u1": cast.commune.unit, "u2": cast.commune.unit,
        "u3": cast.land.unit, "p0": "on", "p1": "on", "p2": "on", "p3": "on",
    }  # fmt: skip
    return data | changes


def receive(cast: Cast, version: int, **changes: Any) -> Any:
    address = reverse("groups_office:receive", args=[version])
    return client_of(cast.commune.alice).post(address, answers(cast, version, **changes))


def test_the_counter_takes_a_group_in_on_one_page(world: tuple[Cast, int]) -> None:
    cast, version = world
    client = client_of(cast.commune.alice)
    chosen = text(client.get(reverse("groups_office:choose")))
    assert "Nhóm mẫu KHAI-SINH" in chosen
    form = text(client.get(reverse("groups_office:receive", args=[version])))
    assert "Tờ khai đăng ký khai sinh" in form
    response = receive(cast, version)
    assert response.status_code == 302
    page = text(client.get(response.url))
    assert Group.objects.get().secret in page
    assert "Chờ thủ tục trước có kết quả" in page


def test_the_same_page_sent_twice_makes_one_group(world: tuple[Cast, int]) -> None:
    cast, version = world
    ticket = uuid4().hex
    assert receive(cast, version, ticket=ticket).status_code == 302
    assert receive(cast, version, ticket=ticket).status_code == 422
    assert Group.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words_shown"),
    [
        ({"p0": ""}, "Thiếu giấy tờ bắt buộc"),
        ({"owner_number": "1"}, "số"),
        ({"owner_name": ""}, "Họ và tên"),
        ({"u1": "999999"}, "lựa chọn"),
    ],
)
def test_a_wrong_page_keeps_what_was_typed_and_makes_nothing(
    world: tuple[Cast, int], changes: dict[str, Any], words_shown: str
) -> None:
    cast, version = world
    response = receive(cast, version, owner_address="Số 7, thôn Giữ Lại", **changes)
    assert response.status_code == 422
    assert words_shown.lower() in text(response).lower()
    assert "Số 7, thôn Giữ Lại" in text(response)
    assert not Group.objects.exists()
    assert not Dossier.objects.exists()


def test_a_hostile_name_is_shown_as_text_everywhere(world: tuple[Cast, int]) -> None:
    cast, version = world
    receive(cast, version, owner_kind="other", owner_number="", owner_name="<script>alert(1)</script>")
    client = client_of(cast.commune.alice)
    for address in (reverse("groups_office:list"), reverse("groups_office:group", args=[Group.objects.get().pk])):
        assert "<script>alert(1)" not in text(client.get(address))
        assert "&lt;script&gt;" in text(client.get(address))


def test_all_results_are_given_back_by_one_page(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    settle(cast, dossier_of(group, 1))
    client, address = client_of(cast.commune.alice), reverse("groups_office:give_back", args=[group])
    assert "Đăng ký khai sinh (mẫu)" in text(client.get(address))
    sent = {"receiver": "Trần Thị Ví Dụ", "receiver_number": "", "method": "Nhận trực tiếp"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 422
    assert "Trần Thị Ví Dụ" in text(client.get(reverse("groups_office:group", args=[group])))


def test_the_owner_s_withdrawal_of_the_group(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    client, address = client_of(cast.commune.alice), reverse("groups_office:withdraw", args=[group])
    assert client.post(address, {"evidence": ""}).status_code == 422
    assert client.post(address, {"evidence": "Đơn 10/3"}).status_code == 422
    form = SimpleUploadedFile("don.pdf", PDF)
    assert client.post(address, {"evidence": "Đơn 10/3", "file": form}).status_code == 302
    assert queries.group(group, actor=cast.commune.alice, today=ON).state.stage is GroupStage.ENDED


@pytest.mark.parametrize("name", ["group", "give_back", "withdraw"])
def test_a_guessed_address_of_a_group_is_refused(world: tuple[Cast, int], name: str) -> None:
    cast, version = world
    group = filed(cast, version)
    for stranger in (cast.justice.alice, cast.land.bob, cast.outsider, cast.admin):
        for method in ("get", "post"):
            address = reverse(f"groups_office:{name}", args=[group])
            answer = getattr(client_of(stranger), method)(address, {"receiver": "x", "evidence": "x"})
            assert answer.status_code in (403, 404, 405)
    listed = text(client_of(cast.justice.alice).get(reverse("groups_office:list")))
    assert Group.objects.get().code not in listed
    bob = client_of(cast.commune.bob)
    assert bob.get(reverse("groups_office:group", args=[group])).status_code == 200
    assert bob.post(reverse("groups_office:withdraw", args=[group]), {"evidence": "x"}).status_code == 422
    assert Group.objects.get().secret not in text(bob.get(reverse("groups_office:group", args=[group])))


@pytest.mark.parametrize("name", ["definitions", "define"])
def test_definitions_are_the_administrators(world: tuple[Cast, int], name: str) -> None:
    cast, _ = world
    assert client_of(cast.commune.charlie).get(reverse(f"groups_office:{name}")).status_code == 403
    assert client_of(cast.admin).get(reverse(f"groups_office:{name}")).status_code == 200


def rows(*lines: tuple[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"r-TOTAL_FORMS": len(lines), "r-INITIAL_FORMS": 0}
    for number, (code, after) in enumerate(lines):
        data |= {f"r-{number}-procedure_code": code, f"r-{number}-after": after}
    return data


def test_an_administrator_defines_and_publishes_a_group(world: tuple[Cast, int]) -> None:
    cast, _ = world
    client = client_of(cast.admin)
    head = {"code": "KHAI-TU", "name": "Nhóm khai tử mẫu", "citation": "NĐ 63/2024/NĐ-CP"}
    loop, words_for_row, unknown = ((BIRTH, "2"), (LICENCE, "1")), ((BIRTH, "x"), (LICENCE, "")), (("9.1", ""), (BIRTH, ""))
    for wrong in (rows((BIRTH, "")), rows(*loop), rows(*words_for_row), rows(*unknown)):
        assert client.post(reverse("groups_office:define"), head | wrong).status_code == 422
    made_it = client.post(reverse("groups_office:define"), head | rows((BIRTH, ""), (LICENCE, "1")))
    assert made_it.status_code == 302
    version = GroupVersion.objects.get(definition__code="KHAI-TU")
    decision = {"decision_number": "05/QĐ", "decision_date": "01/03/2026", "valid_from": "10/03/2026"}
    assert client.post(reverse("groups_office:publish", args=[version.pk]), decision).status_code == 302
    assert client.post(reverse("groups_office:publish", args=[version.pk]), decision).status_code == 422
    assert "Nhóm khai tử mẫu" in text(client_of(cast.commune.alice).get(reverse("groups_office:choose")))
    ending = {"decision_number": "06/QĐ", "from_date": "11/03/2026"}
    assert client.post(reverse("groups_office:close", args=[version.pk]), ending).status_code == 302


def test_the_dossier_page_tells_of_its_siblings(world: tuple[Cast, int]) -> None:
    cast, version = world
    group = filed(cast, version)
    shown = text(client_of(cast.commune.bob).get(reverse("dossiers:page", args=[dossier_of(group, 1)])))
    assert Group.objects.get().code in shown
    assert "Cấp giấy phép mẫu" in shown


def test_the_list_asks_a_fixed_number_of_questions(
    world: tuple[Cast, int], django_assert_max_num_queries: Any
) -> None:
    cast, version = world
    client = client_of(cast.commune.alice)
    for _number in range(6):
        filed(cast, version)
    client.get(reverse("groups_office:list"))
    with django_assert_max_num_queries(12):
        assert text(client.get(reverse("groups_office:list"))).count("LT-H99.40.01") == 6


def test_the_owner_follows_the_whole_group_with_one_code_and_secret(world: tuple[Cast, int], client: Client) -> None:
    cast, version = world
    group = filed(cast, version)
    row = Group.objects.get()
    public = text(client.get(reverse("portal:progress", args=[row.code])))
    assert "Đang giải quyết (0/2 thủ tục có kết quả)" in public
    assert "khai sinh" not in public.lower()
    owner = reverse("portal:owner", args=[row.code])
    assert "LT-H99" in text(client.get(owner))
    assert client.post(owner, {"secret": "SAISAISA"}).status_code == 422
    assert client.post(owner, {"secret": row.secret}).status_code == 302
    opened = text(client.get(owner))
    assert "Đăng ký khai sinh (mẫu)" in opened
    first = Dossier.objects.get(pk=dossier_of(group, 1))
    assert "Giấy tờ đã nộp" in text(client.get(reverse("portal:owner", args=[first.code])))
    settle(cast, first.pk)
    while deliver_next(NOW + timedelta(minutes=5)):
        pass
    client.get(owner)
    second = Dossier.objects.get(pk=dossier_of(group, 2))
    assert "Giấy tờ đã nộp" in text(client.get(reverse("portal:owner", args=[second.code])))


def test_another_visitor_does_not_see_the_group(world: tuple[Cast, int], client: Client) -> None:
    cast, version = world
    filed(cast, version)
    shown = text(client.get(reverse("portal:owner", args=[Group.objects.get().code])))
    assert "khai sinh" not in shown.lower()
    assert client.get(reverse("portal:progress", args=["LT-H99.40.01-260310-0099"])).status_code == 404


def test_every_state_has_words() -> None:
    assert set(words.STAGES) == set(Stage)
    assert set(words._GROUP_STAGES) == set(GroupStage)


def test_another_group_is_another_code(world: tuple[Cast, int]) -> None:
    cast, version = world
    define("KHAC")
    assert filed(cast, version) != filed(cast, version)
    assert [group.code[-4:] for group in Group.objects.order_by("pk")] == ["0001", "0002"]
