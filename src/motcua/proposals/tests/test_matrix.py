"""The matrix of the report of Đồng Nai, May 2023 (part 3c): ten cells, 885 with the withdrawn and 738 without."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

import pytest

from motcua.deadlines.rules import PauseKind
from motcua.demo.cast import Cast
from motcua.dossiers import models as spine
from motcua.dossiers import services as dossiers
from motcua.dossiers.rules.state import EndKind
from motcua.dossiers.tests.office import NOW, client_of
from motcua.proposals import matrix, services
from motcua.proposals.facts import PROPOSAL_FACTS
from motcua.proposals.matrix import GROUPS, STATES, Question
from motcua.proposals.models import Proposal, ReasonClass
from motcua.proposals.rules import Kind
from motcua.proposals.tests.world import GROUND, LATER, at_desk, propose

MARCH = Question(date(2026, 3, 1), date(2026, 3, 31))
REPORT = {
    ("stop", "pending"): 1, ("stop", "approved"): 317, ("stop", "rejected"): 0,
    ("supplement", "pending"): 1, ("supplement", "approved"): 58, ("supplement", "rejected"): 0,
    ("refuse", "pending"): 7, ("refuse", "approved"): 352, ("refuse", "rejected"): 2,
}  # fmt: skip
WITHDRAWN = 147
BASE = "/office/de-xuat/so-lieu/"


def copies(number: int, many: int, **changes: Any) -> list[int]:
    """`many` copies of a dossier's row."""
    row = spine.Dossier.objects.values().get(pk=number)
    row.pop("id")
    made = []
    for _ in range(many):
        own = {"code": f"H99-SOS-{next(_NEXT)}", "provisional_code": f"SOS{next(_NEXT)}"}
        made.append(spine.Dossier(**{**row, **own, **changes}))
    numbers = [d.pk for d in spine.Dossier.objects.bulk_create(made)]
    owner = {"kind": "citizen", "number": "001090000001", "name": "Nguyễn Văn Thử", "folded_name": "nguyen van thu"}
    spine.Applicant.objects.bulk_create(spine.Applicant(dossier_id=one, **owner) for one in numbers)
    return numbers


_NEXT = count(1)


def proposals(number: int, kind: str, state: str, many: int) -> None:
    """`many` dossiers with a proposal of `kind` in `state`."""
    reason = ReasonClass.objects.get(code="ineligible")
    dossier = spine.Dossier.objects.get(pk=number)
    settled = {} if state == "pending" else {"decided_at": LATER, "decision_note": "x"}
    Proposal.objects.bulk_create(
        Proposal(
            dossier_id=one, unit_id=dossier.unit_id, kind=kind, state=state, reason_class=reason, reason="x",
            proposer_label="Nguyễn Văn Thử", proposed_at=NOW, changed_at=NOW, dossier_revision=0, **settled,
        )
        for one in copies(number, many)
    )  # fmt: skip


def test_the_report_s_table_comes_out_of_the_rows(cast: Cast) -> None:
    number = at_desk(cast)
    for (kind, state), many in REPORT.items():
        proposals(number, kind, state, many)
    copies(number, WITHDRAWN, state="withdrawn", end_kind="withdrawn", ended_at=LATER)
    found = matrix.count(MARCH, actor=cast.justice.charlie)
    assert found.cells == REPORT
    assert (found.withdrawn, found.stopped, found.total) == (147, 738, 885)
    client = client_of(cast.justice.charlie)
    period = {"tu": "01/03/2026", "den": "31/03/2026"}
    page = client.get(BASE, period).content.decode()
    assert all(f">{n}<" in page for n in (317, 58, 352, 147, 738, 885))
    plain = json.loads(client.get(f"{BASE}tep/json/", period).content)
    assert (plain["cells"]["refuse"]["rejected"], plain["total_without_withdrawn"], plain["total"]) == (2, 738, 885)
    book = ZipFile(BytesIO(b"".join(client.get(f"{BASE}tep/xlsx/", period).streaming_content)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<c r="C\d+"><v>(\d+)</v>', sheet)[-3:] == ["147", "738", "885"]
    for (kind, state), many in REPORT.items():
        opened = client.get(f"{BASE}ho-so/{kind}/{state}/", period)
        assert opened.context["table"].total == many, (kind, state)


def test_direct_acts_of_a_head_count_as_approved_and_no_act_twice(cast: Cast) -> None:
    place, numbers = cast.justice, [at_desk(cast) for _ in range(8)]
    who = {"actor": place.charlie, "now": LATER}
    said = {"reason": "x", "ground": GROUND}
    dossiers.stop(numbers[0], kind=EndKind.STOPPED, **said, **who)
    dossiers.pause(numbers[1], kind=PauseKind.FINANCIAL_OBLIGATION, **said, **who)
    dossiers.ask_supplement(numbers[2], items=[{"name": "x"}], **said, **who)
    dossiers.decide(numbers[3], granted=False, **said, **who)
    for number, kind in zip(numbers[4:], (Kind.STOP, Kind.PAUSE, Kind.SUPPLEMENT, Kind.REFUSE), strict=True):
        services.approve(propose(number, kind, place.bob), **who)
    found = matrix.count(MARCH, actor=place.charlie)
    assert {key: n for key, n in found.cells.items() if n} == {
        ("stop", "approved"): 4, ("supplement", "approved"): 2, ("refuse", "approved"): 2
    }  # fmt: skip
    assert dict(matrix.by_reason(MARCH, actor=place.charlie))[""] == 4
    assert matrix.by_unit(MARCH, actor=place.charlie) == [(place.unit, 8)]


def test_what_was_undone_as_a_mistake_is_not_counted(cast: Cast) -> None:
    place, number = cast.justice, at_desk(cast)
    services.approve(propose(number, Kind.STOP, place.bob), actor=place.charlie, now=LATER)
    assert matrix.count(MARCH, actor=place.charlie).stopped == 1
    dossiers.reverse_end(number, reason="Nhầm", actor=place.charlie, now=LATER + timedelta(hours=1))
    assert matrix.count(MARCH, actor=place.charlie).stopped == 0


def test_a_proposal_decided_later_was_under_consideration_at_the_period_s_end(cast: Cast) -> None:
    place = cast.justice
    proposal = propose(at_desk(cast), Kind.STOP, place.bob)
    services.reject(proposal, reason="x", actor=place.charlie, now=NOW + timedelta(days=30))
    taken = propose(at_desk(cast), Kind.REFUSE, place.bob)
    services.take_back(taken, actor=place.bob, now=LATER)
    april = Question(date(2026, 4, 1), date(2026, 4, 30))
    for question, state in ((MARCH, "pending"), (april, "rejected")):
        cells = matrix.count(question, actor=place.charlie).cells
        assert {key: n for key, n in cells.items() if n} == {("stop", state): 1}


def test_a_late_withdrawal_stays_marked_in_the_list_behind_the_figure(cast: Cast) -> None:
    place = cast.justice
    for later in (timedelta(hours=3), timedelta(days=15)):
        dossiers.withdraw(at_desk(cast), request="YC-1", reason="Đổi ý", actor=place.alice, now=NOW + later)
    page = client_of(place.charlie).get(
        f"{BASE}ho-so/withdrawn/approved/", {"tu": "01/03/2026", "den": "31/03/2026"}
    ).content.decode()  # fmt: skip
    assert page.count("Quá hạn") == 1
    assert page.count("Trong hạn") == 1


def test_figures_stay_within_the_officer_s_reach(cast: Cast) -> None:
    propose(at_desk(cast), Kind.STOP, cast.justice.bob)
    period = {"tu": "01/03/2026", "den": "31/03/2026"}
    for reader, sees in ((cast.justice.charlie, 1), (cast.director, 1), (cast.land.charlie, 0), (cast.commune.charlie, 0)):
        assert matrix.count(MARCH, actor=reader).stopped == sees
        client = client_of(reader)
        assert client.get(f"{BASE}ho-so/stop/pending/", period).context["table"].total == sees
    asked = {**period, "don_vi": str(cast.justice.unit)}
    assert client_of(cast.land.charlie).get(BASE, asked).status_code == 422
    assert client_of(cast.land.charlie).get(f"{BASE}tep/json/", asked).status_code == 404
    for stranger in (cast.outsider, cast.justice.bob, cast.justice.alice):
        for page in ("", "ho-so/stop/pending/", "tep/json/", "tep/xlsx/"):
            assert client_of(stranger).get(f"{BASE}{page}").status_code == 403


@pytest.mark.parametrize("page", ["ho-so/apology/pending/", "ho-so/stop/taken_back/", "tep/exe/"])
def test_an_unknown_figure_is_not_found(cast: Cast, page: str) -> None:
    assert client_of(cast.justice.charlie).get(f"{BASE}{page}").status_code == 404


def test_the_facts_are_the_columns_of_the_view(db: None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM proposal_facts LIMIT 0")
        assert [column.name for column in cursor.description] == list(PROPOSAL_FACTS)
    assert len(GROUPS) * len(STATES) + 1 == 10
