"""The register holds what was accepted at a unit or for it, for those who may see it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from motcua.demo.cast import NO_TERM, ON, Cast
from motcua.dossiers import register, services
from motcua.dossiers.register import Book, RegisterTooLong
from motcua.dossiers.rules.state import EndKind
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.organisation.queries import tree

PAGE = "/office/so-theo-doi/"


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return province()


def received(cast: Cast, *, days: int = 0, **more: Any) -> int:
    place = more.get("place") or cast.justice
    return services.receive_at_counter(cast.intake(**more), actor=place.alice, now=NOW + timedelta(days=days))


def text(response: Any) -> str:
    return response.content.decode()


def codes(cast: Cast, book: Book, actor: Any = None) -> list[str]:
    return [row.code or "" for row in register.entries(actor or cast.justice.alice, book)]


def test_the_period_holds_both_of_its_days(cast: Cast) -> None:
    for days in (0, 1, 2):
        received(cast, days=days)
    book = Book(cast.centre, ON, ON + timedelta(days=1))
    assert codes(cast, book) == ["H99.01-260310-0001", "H99.01-260311-0001"]


def test_the_counter_has_all_it_took_in_and_the_unit_what_was_for_it(cast: Cast) -> None:
    received(cast)
    received(cast, procedure=NO_TERM, place=cast.land)
    assert len(codes(cast, Book(cast.centre, ON, ON))) == 2
    assert codes(cast, Book(cast.land.unit, ON, ON), cast.land.charlie) == ["H99.01-260310-0002"]


def test_a_submission_without_acceptance_is_not_in_the_book(cast: Cast) -> None:
    services.submit(cast.intake(complete=False), actor=cast.justice.alice, now=NOW)
    assert codes(cast, Book(cast.centre, ON, ON)) == []


def test_mistakes_and_early_ends_stay_in_the_book_with_a_note(cast: Cast) -> None:
    services.void(received(cast), reason="Nhầm", actor=cast.justice.alice, now=NOW)
    stopped = received(cast)
    services.forward(stopped, actor=cast.justice.alice, now=NOW)
    services.stop(
        stopped,
        kind=EndKind.STOPPED,
        reason="Không bổ sung",
        ground="Điều 1",
        actor=cast.justice.charlie,
        now=NOW,
    )
    received(cast)
    notes = [register.note(row) for row in register.entries(cast.justice.alice, Book(cast.centre, ON, ON))]
    assert notes == ["Hủy tiếp nhận do nhầm lẫn", "Dừng giải quyết", ""]


@pytest.mark.parametrize("stranger", ["outsider", "land", "commune"])
def test_an_officer_of_another_unit_reads_no_line(cast: Cast, stranger: str) -> None:
    received(cast)
    actor = cast.outsider if stranger == "outsider" else getattr(cast, stranger).bob
    assert codes(cast, Book(cast.justice.unit, ON, ON), actor) == []
    query = {"unit": cast.justice.unit, "first": "10/03/2026", "last": "10/03/2026"}
    shown = text(client_of(actor).get(PAGE, query))
    assert "H99.01-260310-0001" not in shown
    for kind in ("pdf", "xlsx", "csv"):
        assert client_of(actor).get(f"{PAGE}tep/{kind}/", query).status_code == 403


def test_the_counter_opens_at_its_book_of_today(cast: Cast) -> None:
    received(cast)
    received(cast, days=-1)
    shown = text(client_of(cast.justice.alice).get(PAGE))
    assert "H99.01-260310-0001" in shown
    assert "H99.01-260309-0001" not in shown
    assert "từ 10/03/2026 đến 10/03/2026" in shown


def test_a_unit_opens_at_its_book_of_this_month(cast: Cast) -> None:
    received(cast, days=-1)
    assert "H99.01-260309-0001" in text(client_of(cast.justice.bob).get(PAGE))


def test_a_period_that_runs_backwards_is_told_at_the_field(cast: Cast) -> None:
    shown = text(client_of(cast.justice.alice).get(PAGE, {"first": "11/03/2026", "last": "10/03/2026"}))
    assert "Ngày cuối kỳ phải từ ngày đầu kỳ trở đi." in shown


def test_unit_and_period_survive_paging(cast: Cast) -> None:
    for _ in range(51):
        received(cast)
    query = {"unit": cast.centre, "first": "10/03/2026", "last": "10/03/2026"}
    first = text(client_of(cast.justice.alice).get(PAGE, query))
    assert f"unit={cast.centre}&amp;first=10%2F03%2F2026&amp;last=10%2F03%2F2026&amp;page=2" in first


def test_the_book_prints_and_exports_with_the_columns_of_the_form(cast: Cast) -> None:
    received(cast)
    book = Book(cast.centre, ON, ON)
    line = register.paper(cast.justice.alice, book, tree(ON), now=NOW).lines[0]
    assert (line.code, line.sets, line.owner_name) == ("H99.01-260310-0001", 1, "Nguyễn Văn Thử")
    assert line.contact == "Số 1, thôn Mẫu, xã Mẫu; 0900000001"
    assert (line.handling_office, line.received_on) == ("Sở Tư pháp tỉnh Mẫu", ON)
    assert (line.due_on, line.returned_on) == (date(2026, 3, 17), None)
    client = client_of(cast.justice.alice)
    assert client.get(f"{PAGE}tep/pdf/").content.startswith(b"%PDF")
    exported = b"".join(client.get(f"{PAGE}tep/csv/").streaming_content).decode()
    assert "Cơ quan chủ trì giải quyết" in exported
    assert "17/03/2026" in exported


def test_a_book_too_long_for_paper_is_refused_with_a_way_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(cast)
    received(cast)
    monkeypatch.setattr(register, "PRINTED_AT_ONCE", 1)
    with pytest.raises(RegisterTooLong):
        register.paper(cast.justice.alice, Book(cast.centre, ON, ON), tree(ON), now=NOW)


@pytest.mark.parametrize("many", [1, 8])
def test_the_book_asks_the_database_the_same_number_of_questions(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        received(cast)
    client = client_of(cast.justice.alice)
    client.get(PAGE)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)


QUERIES = 8
