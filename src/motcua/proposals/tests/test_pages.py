"""The pages of proposals: what the specialist sends, what the head sees and answers, and who is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.catalogue.models import Component
from motcua.demo.cast import Cast
from motcua.dossiers import models as spine
from motcua.dossiers.tests.office import PDF, client_of
from motcua.proposals.models import Proposal
from motcua.proposals.rules import Kind, State
from motcua.proposals.tests.world import GROUND, at_desk, propose, second_head

BASE = "/office/de-xuat/"
STOP = {"reason_class": "field_check", "kind": "stopped", "reason": "Không xác minh được", "ground": GROUND}


def text(response: Any) -> str:
    return response.content.decode()


def revision(number: int) -> int:
    return spine.Dossier.objects.get(pk=number).revision


def test_from_the_dossier_page_to_the_decision(cast: Cast) -> None:
    number, place = at_desk(cast), cast.justice
    bob, charlie = client_of(place.bob), client_of(place.charlie)
    page = text(bob.get(f"/office/ho-so/{number}/"))
    address = f"{BASE}ho-so/{number}/lap/dung/"
    assert address in page
    assert "viec/dung/" not in page
    assert "Không xác minh" not in text(bob.get(address))
    sent = bob.post(address, {**STOP, "revision": revision(number)})
    proposal = Proposal.objects.get()
    assert sent.headers["Location"] == f"{BASE}{proposal.pk}/"
    assert "Đang xem xét" in text(bob.get(f"/office/ho-so/{number}/"))
    queue = text(charlie.get(BASE))
    assert "Đề xuất chờ tôi quyết định, 1" in queue
    assert "Nguyễn Văn Thử" in queue
    shown = text(charlie.get(f"{BASE}{proposal.pk}/"))
    assert "Không xác minh được" in shown
    assert charlie.get(f"{BASE}{proposal.pk}/du-thao/").content.startswith(b"%PDF")
    assert "Việc giải quyết kết thúc, không có kết quả" not in shown
    form = charlie.get(f"{BASE}{proposal.pk}/dong-y/").context["form"]
    told = {"revision": form["revision"].value(), "proposal_revision": form["proposal_revision"].value()}
    assert charlie.post(f"{BASE}{proposal.pk}/dong-y/", told).status_code == 302
    assert spine.Dossier.objects.get(pk=number).state == "stopped"
    history = text(bob.get(f"/office/ho-so/{number}/"))
    assert "Lãnh đạo đồng ý đề xuất: dừng giải quyết, trả lại hồ sơ." in history
    assert "Đề xuất chờ tôi quyết định, 0" in text(charlie.get(BASE))


def test_a_rejection_comes_back_with_its_reason(cast: Cast) -> None:
    number = at_desk(cast)
    proposal, charlie = propose(number, Kind.STOP, cast.justice.bob), client_of(cast.justice.charlie)
    address = f"{BASE}{proposal}/khong-dong-y/"
    empty = charlie.post(address, {"revision": 0, "reason": ""})
    assert empty.status_code == 422
    assert "Hãy nhập: Lý do không đồng ý." in text(empty)
    assert charlie.post(address, {"revision": 0, "reason": "Còn xác minh được"}).status_code == 302
    page = text(client_of(cast.justice.bob).get(f"/office/ho-so/{number}/"))
    assert "Còn xác minh được" in page
    assert "Không đồng ý" in page


def test_the_proposer_changes_and_takes_back(cast: Cast) -> None:
    number = at_desk(cast)
    proposal, bob = propose(number, Kind.STOP, cast.justice.bob), client_of(cast.justice.bob)
    form = text(bob.get(f"{BASE}{proposal}/sua/"))
    assert "Không xác minh được" in form
    changed = {**STOP, "reason": "Lý do viết lại", "revision": 0}
    assert bob.post(f"{BASE}{proposal}/sua/", changed).status_code == 302
    assert Proposal.objects.get().reason == "Lý do viết lại"
    assert "vừa được" in text(bob.post(f"{BASE}{proposal}/sua/", changed))
    assert bob.post(f"{BASE}{proposal}/rut/", {"note": ""}).status_code == 302
    assert Proposal.objects.get().state == State.TAKEN_BACK
    assert bob.get(f"{BASE}{proposal}/sua/").status_code == 409


def test_every_kind_can_be_asked_and_changed_on_its_page(cast: Cast) -> None:
    number, bob = at_desk(cast), client_of(cast.justice.bob)
    sent = {
        "bo-sung": {
            "reason_class": "ineligible", "others": "Bản chụp rõ", "reason": "Mờ", "ground": GROUND, "reply_by": "20/03/2026",
        },
        "tu-choi": {"reason_class": "ineligible", "reason": "Không đủ", "ground": GROUND},
        "tam-dung": {"reason_class": "superior", "kind": "financial_obligation", "reason": "Chờ thuế", "ground": GROUND},
        "dung": STOP,
        "xin-loi": {"reason_class": "superior", "reason": "Chậm", "new_date": "30/03/2026"},
    }  # fmt: skip
    for slug, data in sent.items():
        address = f"{BASE}ho-so/{number}/lap/{slug}/"
        assert bob.get(address).status_code == 200
        assert bob.post(address, {**data, "revision": revision(number)}).status_code == 302, slug
    for proposal in Proposal.objects.all():
        page = bob.get(f"{BASE}{proposal.pk}/sua/")
        asked = {field.name: field.value() for field in page.context["form"]}
        filled = {name: value for name, value in asked.items() if value not in (None, "")}
        again = {name: f"{value:%d/%m/%Y}" if hasattr(value, "year") else value for name, value in filled.items()}
        assert bob.post(f"{BASE}{proposal.pk}/sua/", again).status_code == 302, proposal.kind
        fresh = Proposal.objects.get(pk=proposal.pk)
        kept = ("reason", "items", "reply_by", "new_date", "pause_kind", "end_kind")
        assert [getattr(fresh, name) for name in kept] == [getattr(proposal, name) for name in kept]


def test_the_look_up_is_attached_and_kept_over_a_refusal(cast: Cast) -> None:
    Component.objects.filter(name="Đơn đề nghị").update(held_by="CSDL quốc gia về dân cư")
    number, bob = at_desk(cast), client_of(cast.justice.bob)
    address = f"{BASE}ho-so/{number}/lap/bo-sung/"
    paper = spine.Component.objects.get(dossier_id=number, name="Đơn đề nghị")
    assert "Đơn đề nghị (đã có trong CSDL quốc gia về dân cư)" in text(bob.get(address))
    told = {
        "reason_class": "ineligible", "papers_asked": [paper.pk], "reason": "Thiếu", "ground": GROUND,
        "revision": revision(number),
    }  # fmt: skip
    printed = SimpleUploadedFile("tra-cuu.pdf", PDF)
    refused = bob.post(address, {**told, "lookup_file": printed})
    assert refused.status_code == 422
    assert "Cơ quan nhà nước đã có dữ liệu thay cho" in text(refused)
    token = refused.context["form"]["lookup_file_kept"].value()
    again = {**told, "lookup": "Không có dữ liệu", "looked_up_at": "08:30 10/03/2026", "lookup_file_kept": token}
    assert bob.post(address, again).status_code == 302
    proposal = Proposal.objects.get()
    assert f"{proposal.looked_up_at:%H:%M}" == "01:30"
    assert "tra-cuu.pdf" in text(bob.get(f"{BASE}{proposal.pk}/"))
    assert bob.get(f"{BASE}{proposal.pk}/tra-cuu/").content == PDF
    charlie = client_of(cast.justice.charlie)
    told = {"revision": revision(number), "proposal_revision": 0}
    assert charlie.post(f"{BASE}{proposal.pk}/dong-y/", told).status_code == 302
    page = text(charlie.get(f"/office/ho-so/{number}/"))
    assert "không khai thác được từ CSDL quốc gia về dân cư lúc 08:30" in page
    assert f"/tep/{proposal.lookup_file_id}/" in page
    assert charlie.get(f"/office/ho-so/{number}/tep/{proposal.lookup_file_id}/").content == PDF


PAGES = ("", "du-thao/", "tra-cuu/", "sua/", "rut/", "dong-y/", "khong-dong-y/")


@pytest.mark.parametrize("page", PAGES)
def test_a_guessed_address_opens_nothing(cast: Cast, page: str) -> None:
    proposal = propose(at_desk(cast), Kind.STOP, cast.justice.bob)
    for stranger in (cast.outsider, cast.commune.charlie, cast.land.bob, cast.commune.alice):
        client = client_of(stranger)
        assert client.get(f"{BASE}{proposal}/{page}").status_code == 403
        assert client.post(f"{BASE}{proposal}/{page}", {"revision": 0, "reason": "x"}).status_code in (403, 405)
        assert str(proposal) not in text(client.get(BASE)) or "Nguyễn Văn Thử" not in text(client.get(BASE))
    assert Proposal.objects.get().state == State.PENDING
    assert client_of(cast.justice.charlie).get(f"{BASE}{proposal + 99}/{page}").status_code == 404


def test_those_who_may_look_may_not_decide(cast: Cast) -> None:
    proposal = propose(at_desk(cast), Kind.STOP, cast.justice.bob)
    for looker in (cast.justice.alice, cast.justice.bob, cast.director):
        client = client_of(looker)
        shown = client.get(f"{BASE}{proposal}/")
        assert shown.status_code == 200
        assert "khong-dong-y" not in text(shown)
        assert client.post(f"{BASE}{proposal}/dong-y/", {"revision": 2, "proposal_revision": 0}).status_code == 403


def test_the_list_of_another_unit_is_empty_and_filters_do_not_widen_it(cast: Cast) -> None:
    propose(at_desk(cast), Kind.STOP, cast.justice.bob)
    for stranger in (cast.land.charlie, cast.outsider):
        for query in ("", "?xem=tat-ca", "?state=pending", "?kind_is=stop", "?sort=-at"):
            assert "Nguyễn Văn Thử" not in text(client_of(stranger).get(f"{BASE}{query}"))
    assert client_of(cast.justice.alice).get(BASE).status_code == 403


def test_a_head_is_told_why_their_own_proposal_waits(cast: Cast) -> None:
    proposal = propose(at_desk(cast), Kind.STOP, cast.justice.charlie)
    charlie = client_of(cast.justice.charlie)
    assert "không được tự quyết định" in text(charlie.get(f"{BASE}{proposal}/"))
    assert charlie.get(f"{BASE}{proposal}/dong-y/").status_code == 403
    assert f"{BASE}{proposal}/" not in text(charlie.get(BASE))
    assert f"{BASE}{proposal}/" in text(client_of(second_head(cast)).get(BASE))


def test_the_second_of_two_heads_reads_who_decided(cast: Cast) -> None:
    proposal = propose(at_desk(cast), Kind.STOP, cast.justice.bob)
    told = {"revision": 3, "proposal_revision": 0}
    number = Proposal.objects.get().dossier_id
    told["revision"] = revision(number)
    assert client_of(cast.justice.charlie).post(f"{BASE}{proposal}/dong-y/", told).status_code == 302
    second = client_of(second_head(cast)).post(f"{BASE}{proposal}/dong-y/", told)
    assert second.status_code == 409
    assert "Đề xuất này đã kết thúc (đồng ý) lúc 10:00 ngày 10/03/2026 bởi Lê Thị Mẫu" in text(second)


@pytest.mark.parametrize("many", [1, 6])
def test_the_queue_asks_the_database_a_fixed_number_of_times(
    cast: Cast, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        propose(at_desk(cast), Kind.STOP, cast.justice.bob)
    client = client_of(cast.justice.charlie)
    client.get(BASE)
    with django_assert_num_queries(QUERIES):
        client.get(BASE)


QUERIES = 5
