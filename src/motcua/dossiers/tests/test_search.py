"""The search finds what an officer may see, by whatever the applicant at the desk can name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from motcua.demo.cast import OWNER, Cast
from motcua.dossiers import models, search, services
from motcua.dossiers.search import Kind
from motcua.dossiers.tests.office import NOW, client_of, province

SEARCH = "/office/search"


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


@pytest.fixture
def number(cast: Cast) -> int:
    owner = replace(OWNER, name="Đặng Thị Hồ Sơ")
    return services.receive_at_counter(cast.intake(owner=owner), actor=cast.justice.alice, now=NOW)


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("typed", "kind", "stored"),
    [
        ("h99.01-260310-0001", Kind.CODE, "H99.01-260310-0001"),
        ("000.00.04.G18-180608-0003", Kind.CODE, "000.00.04.G18-180608-0003"),
        ("001090000001", Kind.NUMBER, "001090000001"), ("001 090 000 001", Kind.NUMBER, "001090000001"),
        ("123456789", Kind.NUMBER, "123456789"), ("0100233488", Kind.NUMBER, "0100233488"),
        ("0314409058-002", Kind.NUMBER, "0314409058-002"), ("0900.000.001", Kind.NUMBER, "0900000001"),
        ("260310-0001", Kind.FRAGMENT, "260310-0001"), ("H99.01", Kind.FRAGMENT, "H99.01"),
        ("180608-0003", Kind.FRAGMENT, "180608-0003"), ("  Đặng   Thị ", Kind.NAME, "dang thi"),
        ("%", Kind.TOO_SHORT, "%"), ("", Kind.TOO_SHORT, ""), ("a", Kind.TOO_SHORT, "a"), ("%%__", Kind.NAME, "%%__"),
        ("--", Kind.TOO_SHORT, "--"),
    ],
)  # fmt: skip
def test_what_was_typed_is_understood(typed: str, kind: Kind, stored: str) -> None:
    assert search.question(typed) == search.Question(kind, stored)


@pytest.mark.parametrize(
    "typed",
    [
        "Đặng Thị Hồ",
        "dang thi ho so",
        "ĐẶNG THỊ",
        "hồ sơ",
        "ho",
        "001090000001",
        "0900000001",
        "260310-0001",
        "0310-00",
    ],
)
def test_a_dossier_is_found_by(cast: Cast, number: int, typed: str) -> None:
    shown = text(client_of(cast.justice.alice).get(SEARCH, {"q": typed}))
    assert "H99.01-260310-0001" in shown
    assert "Đặng Thị Hồ Sơ" in shown


@pytest.mark.parametrize(
    "typed", ["ang thi", "đặng văn", "_ang", "%", "001090000002", "999999-0001"]
)
def test_a_dossier_is_not_found_by(cast: Cast, number: int, typed: str) -> None:
    assert "H99.01-260310-0001" not in text(client_of(cast.justice.alice).get(SEARCH, {"q": typed}))


@pytest.mark.parametrize("typed", ["H99.01-260310-0001", " h99.01-260310-0001 "])
def test_a_whole_code_opens_its_page(cast: Cast, number: int, typed: str) -> None:
    assert client_of(cast.justice.charlie).get(SEARCH, {"q": typed})["Location"] == f"/office/ho-so/{number}/"


def test_a_provisional_code_opens_its_page(cast: Cast) -> None:
    number = services.submit(cast.intake(complete=False), actor=cast.justice.alice, now=NOW)
    code = models.Dossier.objects.get(pk=number).provisional_code
    assert client_of(cast.justice.alice).get(SEARCH, {"q": code})["Location"] == f"/office/ho-so/{number}/"


@pytest.mark.parametrize("stranger", ["outsider", "land", "commune"])
@pytest.mark.parametrize("typed", ["dang thi", "H99.01-260310-0001", "260310", "001090000001", "0900000001"])
def test_an_officer_of_another_unit_finds_nothing(cast: Cast, number: int, stranger: str, typed: str) -> None:
    actor = cast.outsider if stranger == "outsider" else getattr(cast, stranger).bob
    response = client_of(actor).get(SEARCH, {"q": typed})
    assert response.status_code == 200
    assert "Đặng Thị Hồ Sơ" not in text(response)
    assert "Không tìm thấy hồ sơ nào" in text(response)


def test_the_whole_name_comes_before_longer_ones(cast: Cast) -> None:
    for name in ("Lê Thị Thử", "Lê Thị Thử Nghiệm", "Lê Thị Thử Việc"):
        services.receive_at_counter(
            cast.intake(owner=replace(OWNER, name=name)), actor=cast.justice.alice, now=NOW
        )
    found = search.find(cast.justice.alice, search.question("lê thị thử")).rows
    assert [row.applicant.name for row in found] == ["Lê Thị Thử", "Lê Thị Thử Việc", "Lê Thị Thử Nghiệm"]


def test_own_dossiers_are_found_behind_many_of_other_units(
    cast: Cast, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = replace(OWNER, name="Đặng Thị Khác")
    for _ in range(3):
        services.receive_at_counter(
            cast.intake(place=cast.commune, owner=owner), actor=cast.commune.alice, now=NOW
        )
    monkeypatch.setattr(search, "_LOOKED_AT", 2)
    found = search.find(cast.justice.bob, search.question("đặng"))
    assert [row.pk for row in found.rows] == [number]


def test_more_than_fit_are_said(cast: Cast, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW)
    monkeypatch.setattr(search, "SHOWN", 1)
    shown = text(client_of(cast.justice.alice).get(SEARCH, {"q": "260310"}))
    assert "Có nhiều hơn 1 hồ sơ" in shown


def test_hostile_words_are_shown_as_text(cast: Cast) -> None:
    shown = text(client_of(cast.justice.alice).get(SEARCH, {"q": "<script>alert(1)</script>' OR 1=1 --"}))
    assert "<script>alert" not in shown
    assert "Không tìm thấy hồ sơ nào" in shown


@pytest.mark.parametrize(
    ("typed", "says"), [("", "Gõ vào ô tìm"), ("x", "ít nhất 2"), ("\x00", "Gõ vào ô tìm")]
)
def test_too_little_says_what_to_type(cast: Cast, typed: str, says: str) -> None:
    assert says in text(client_of(cast.justice.alice).get(SEARCH, {"q": typed}))


@pytest.mark.parametrize("many", [1, 8])
def test_the_search_asks_the_database_the_same_number_of_questions(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        services.receive_at_counter(cast.intake(), actor=cast.justice.alice, now=NOW)
    client: Client = client_of(cast.justice.alice)
    client.get(SEARCH, {"q": "nguyen van"})
    with django_assert_num_queries(QUERIES):
        client.get(SEARCH, {"q": "nguyen van"})


QUERIES = 9


def test_words_are_found_in_any_order_and_past_signs(cast: Cast) -> None:
    owner = replace(OWNER, name="Hợp tác xã A/B-C Đặng")
    number = services.receive_at_counter(cast.intake(owner=owner), actor=cast.justice.alice, now=NOW)
    for typed in ("đặng hợp tác", "c đặng", "a/b", "hop tac xa a b c"):
        assert [row.pk for row in search.find(cast.justice.alice, search.question(typed)).rows] == [number], typed


def test_an_overseer_of_many_units_finds_a_name_behind_many_newer_ones(
    cast: Cast, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = replace(OWNER, name="Đặng Thị Khác")
    for _ in range(3):
        services.receive_at_counter(
            cast.intake(place=cast.commune, owner=owner), actor=cast.commune.alice, now=NOW
        )
    monkeypatch.setattr(search, "_FEW_PLACES", 0)
    monkeypatch.setattr(search, "_LOOKED_AT", 2)
    assert [row.pk for row in search.find(cast.justice.charlie, search.question("đặng")).rows] == [number]


def test_a_dossier_is_found_at_every_unit_it_has_come_to(cast: Cast, number: int) -> None:
    elsewhere = cast.commune.unit
    models.Dossier.objects.filter(pk=number).update(unit_id=elsewhere)
    assert elsewhere in models.Applicant.objects.get(pk=number).places
    found = search.find(cast.commune.bob, search.question("đặng thị"))
    assert [row.pk for row in found.rows] == [number]


def received(cast: Cast, **changes: Any) -> int:
    return services.receive_at_counter(cast.intake(**changes), actor=cast.justice.alice, now=NOW)


def found_by(actor: Any, typed: str) -> list[int]:
    return [row.pk for row in search.find(actor, search.question(typed)).rows]


def test_an_old_code_opens_its_dossier_for_those_who_may_see_it(cast: Cast) -> None:
    number = received(cast)
    models.DossierAlias.objects.create(dossier_id=number, system="igate", code="000.00.01.H99-2024-0007", at=NOW)
    typed = "000.00.01.h99-2024-0007"
    assert client_of(cast.justice.alice).get(SEARCH, {"q": typed})["Location"].endswith(f"/ho-so/{number}/")
    assert client_of(cast.outsider).get(SEARCH, {"q": typed}).status_code == 200
    assert found_by(cast.justice.alice, "2024-0007") == [number]
    assert found_by(cast.outsider, "2024-0007") == []
    models.DossierAlias.objects.update(released_at=NOW)
    assert found_by(cast.justice.alice, "2024-0007") == []


@pytest.mark.parametrize("typed", ["do dac lai thua dat", "Đo đạc lại", "thửa đất 15/3"])
def test_words_of_a_note_are_found_without_accents_and_within_rights(cast: Cast, typed: str) -> None:
    number = received(cast)
    received(cast)
    step = models.StepRecord.objects.filter(dossier_id=number).order_by("id")[0]
    models.StepRecord.objects.filter(pk=step.pk).update(note="Đã đo đạc lại thửa đất số 15/3, tờ bản đồ 7.")
    assert found_by(cast.justice.alice, typed) == [number]
    assert found_by(cast.director, typed) == [number]
    for stranger in (cast.outsider, cast.land.bob, cast.commune.charlie):
        assert found_by(stranger, typed) == []


def test_the_name_of_a_procedure_is_found_after_the_names_of_owners(cast: Cast) -> None:
    by_procedure = received(cast)
    by_owner = received(cast, owner=replace(OWNER, name="Nguyễn Giấy Phép Mẫu"))
    assert found_by(cast.justice.alice, "giay phep mau") == [by_owner, by_procedure]
    assert found_by(cast.outsider, "giay phep mau") == []
