"""The acts behind the dossier page: each through its own address, each in the hands it belongs to."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.base.time import at
from motcua.demo.cast import BIRTH, LICENCE, NO_TERM, ON, Cast
from motcua.dossiers import models, services, store
from motcua.dossiers.office.catalogue_of_acts import ACTS
from motcua.dossiers.rules.state import ON_WORKLIST
from motcua.dossiers.tests.office import NOW, PDF, client_of, province

REASON = {"reason": "Thiếu chữ ký", "ground": "Điều 17 Nghị định 118/2025/NĐ-CP"}


class Clock:
    """A clock the tests set."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def set(self, day: date, hour: int = 9) -> None:
        self.moment = at(day, time(hour))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("motcua.kit.clock.now", clock)
    return clock


@pytest.fixture
def cast(db: None, clock: Clock, settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return province()


def received(cast: Cast, procedure: str = LICENCE, **more: Any) -> int:
    return services.receive_at_counter(cast.intake(procedure, **more), actor=_alice(cast, procedure), now=NOW)


def submitted(cast: Cast, **more: Any) -> int:
    return services.submit(cast.intake(**more), actor=cast.justice.alice, now=NOW)


def _alice(cast: Cast, procedure: str) -> Any:
    return cast.commune.alice if procedure == BIRTH else cast.justice.alice


def act(client: Client, number: int, slug: str, /, **data: Any) -> Any:
    """Sends the form of one act with the revision of now, unless a revision is given."""
    data.setdefault("revision", models.Dossier.objects.get(pk=number).revision)
    return client.post(f"/office/ho-so/{number}/viec/{slug}/", data)


def state(number: int) -> str:
    return models.Dossier.objects.get(pk=number).state


def text(response: Any) -> str:
    return response.content.decode()


def to_signing(cast: Cast, number: int) -> None:
    """Brings a dossier from acceptance to the leader's signature."""
    place = cast.justice
    assert act(client_of(place.alice), number, "chuyen").status_code == 302
    for who in (place.charlie, place.bob):
        position = models.Dossier.objects.get(pk=number).step_position
        assert act(client_of(who), number, "chuyen-buoc", position=position).status_code == 302


def test_the_whole_way_from_submission_to_return(cast: Cast) -> None:
    number = submitted(cast)
    alice, charlie = client_of(cast.justice.alice), client_of(cast.justice.charlie)
    assert act(alice, number, "tiep-nhan").status_code == 302
    to_signing(cast, number)
    result = {
        "outcome": "granted",
        "number": "15/GP",
        "title": "Giấy phép mẫu",
        "file": SimpleUploadedFile("kq.pdf", PDF),
    }
    assert act(charlie, number, "ket-qua", **result).status_code == 302
    assert state(number) == "finished"
    back = {"receiver": "Nguyễn Văn Thử", "receiver_number": "001090000001", "method": "trực tiếp"}
    assert act(alice, number, "tra-ket-qua", **back).status_code == 302
    dossier = models.Dossier.objects.get(pk=number)
    assert (dossier.state, dossier.timing, dossier.end_kind) == ("returned", "early", "finished")


def test_a_dossier_taken_in_elsewhere_is_forwarded_and_received(cast: Cast, clock: Clock) -> None:
    number = services.receive_at_counter(
        cast.intake(BIRTH, counter=cast.centre), actor=cast.justice.alice, now=NOW
    )
    act(client_of(cast.justice.alice), number, "chuyen", note="Chuyển xã")
    clock.set(ON, 10)
    assert act(client_of(cast.commune.alice), number, "nhan").status_code == 302
    assert models.Dossier.objects.get(pk=number).received_at == clock.moment


def test_before_acceptance_papers_are_asked_and_answered(cast: Cast) -> None:
    number = submitted(cast, complete=False)
    alice = client_of(cast.justice.alice)
    papers = list(
        models.Component.objects.filter(dossier_id=number, required=True).values_list("pk", flat=True)
    )
    assert act(alice, number, "tiep-nhan").status_code == 422
    asked = {
        "papers_asked": papers,
        "others": "Ghi đủ địa chỉ\nKý từng trang",
        "reason": "Chưa đủ",
        "ground": "",
    }
    assert act(alice, number, "yeu-cau-hoan-thien", **asked).status_code == 302
    record = models.SupplementRecord.objects.get()
    assert [item["name"] for item in record.items][-2:] == ["Ghi đủ địa chỉ", "Ký từng trang"]
    assert act(alice, number, "nhan-hoan-thien", received=papers, answer="Đã đủ").status_code == 302
    assert act(alice, number, "tiep-nhan").status_code == 302
    assert state(number) == "accepted"


def test_a_supplement_after_acceptance_stops_the_clock_and_comes_back_through_the_desk(
    cast: Cast, clock: Clock
) -> None:
    number = received(cast)
    to_signing(cast, number)
    asked = {"others": "Bản chụp rõ hơn", "reply_by": "20/03/2026", **REASON}
    assert act(client_of(cast.justice.bob), number, "yeu-cau-bo-sung", **asked).status_code == 403
    assert act(client_of(cast.justice.charlie), number, "yeu-cau-bo-sung", **asked).status_code == 302
    assert state(number) == "waiting_supplement"
    clock.set(date(2026, 3, 12))
    assert act(client_of(cast.justice.bob), number, "nhan-bo-sung", answer="Đã có").status_code == 403
    assert act(client_of(cast.justice.alice), number, "nhan-bo-sung", answer="Đã có").status_code == 302
    assert store.load(number, lock=False).due_at > store.load(number, lock=False).promised_at


def test_pause_and_resume(cast: Cast, clock: Clock) -> None:
    number = received(cast)
    to_signing(cast, number)
    bob = client_of(cast.justice.bob)
    asked = {"kind": "financial_obligation", **REASON}
    refused = act(bob, number, "tam-dung", **asked)
    assert refused.status_code == 403
    assert "chuyên viên lập đề xuất trình lãnh đạo" in text(refused)
    assert act(client_of(cast.justice.charlie), number, "tam-dung", **asked).status_code == 302
    assert models.PauseRecord.objects.get().approver == cast.justice.charlie.label
    clock.set(date(2026, 3, 12))
    assert act(bob, number, "tiep-tuc", note="").status_code == 302
    assert state(number) == "processing"


def test_the_leader_assigns(cast: Cast) -> None:
    number = received(cast)
    act(client_of(cast.justice.alice), number, "chuyen")
    charlie = client_of(cast.justice.charlie)
    act(charlie, number, "chuyen-buoc", position=2, holder="")
    assert act(charlie, number, "phan-cong", holder=cast.justice.bob.id).status_code == 302
    assert models.Dossier.objects.get(pk=number).holder_id == cast.justice.bob.id


def test_the_step_is_handed_to_the_chosen_colleague(cast: Cast) -> None:
    number = received(cast)
    act(client_of(cast.justice.alice), number, "chuyen")
    charlie = client_of(cast.justice.charlie)
    assert "Trần Văn Mẫu H99.02" in text(charlie.get(f"/office/ho-so/{number}/viec/chuyen-buoc/"))
    act(charlie, number, "chuyen-buoc", position=2, holder=cast.justice.bob.id)
    assert models.Dossier.objects.get(pk=number).holder_id == cast.justice.bob.id
    assert act(charlie, number, "chuyen-buoc", position=3, holder=cast.outsider.id).status_code == 422


def test_a_late_dossier_asks_for_its_cause_and_the_apology_keeps_the_old_date(
    cast: Cast, clock: Clock
) -> None:
    number = received(cast)
    to_signing(cast, number)
    clock.set(date(2026, 3, 30))
    charlie = client_of(cast.justice.charlie)
    assert act(charlie, number, "xin-loi", reason="Chờ ý kiến", new_date="06/04/2026").status_code == 302
    page = text(charlie.get(f"/office/ho-so/{number}/viec/ket-qua/"))
    assert "Nguyên nhân quá hạn" in page
    result = {"outcome": "granted", "title": "Giấy phép mẫu", "file": SimpleUploadedFile("kq.pdf", PDF)}
    refused = act(charlie, number, "ket-qua", **result)
    assert refused.status_code == 422
    assert "Hãy chọn nguyên nhân quá hạn" in text(refused)
    token = refused.context["form"]["file_kept"].value()
    done = act(
        charlie,
        number,
        "ket-qua",
        outcome="granted",
        title="Giấy phép mẫu",
        file_kept=token,
        cause="coordination",
    )
    assert done.status_code == 302
    assert models.Dossier.objects.get(pk=number).timing == "late"


def test_refusal_after_appraisal_needs_reason_and_ground(cast: Cast) -> None:
    number = received(cast)
    to_signing(cast, number)
    charlie = client_of(cast.justice.charlie)
    assert act(charlie, number, "ket-qua", outcome="refused", reason="", ground="").status_code == 422
    assert act(charlie, number, "ket-qua", outcome="refused", **REASON).status_code == 302
    assert models.Dossier.objects.get(pk=number).end_kind == "refused"


@pytest.mark.parametrize("slug", ["dung", "rut"])
def test_early_ends_are_recorded_and_reversed_by_the_leader(cast: Cast, slug: str) -> None:
    number = received(cast)
    asked = SimpleUploadedFile("don-rut.pdf", PDF)
    data = {"dung": {"kind": "stopped", **REASON}, "rut": {"evidence": "Đơn ngày 10/3/2026", "file": asked}}[slug]
    who = cast.justice.charlie if slug == "dung" else cast.justice.alice
    assert act(client_of(who), number, slug, **data).status_code == 302
    assert act(client_of(cast.justice.charlie), number, "huy-ket-thuc", reason="Ghi nhầm").status_code == 302
    assert state(number) == "processing"


def test_refusal_at_intake_and_void(cast: Cast) -> None:
    alice = client_of(cast.justice.alice)
    refused, mistaken = submitted(cast), received(cast)
    assert act(alice, refused, "tu-choi", **REASON).status_code == 302
    assert act(alice, mistaken, "huy-tiep-nhan", reason="Nhầm thủ tục").status_code == 302
    assert (state(refused), state(mistaken)) == ("refused_at_intake", "voided")


def test_a_wrong_return_is_reversed(cast: Cast) -> None:
    number = _returned(cast)
    assert act(client_of(cast.justice.alice), number, "huy-tra", reason="Ghi nhầm người").status_code == 302
    assert state(number) == "finished"


def _returned(cast: Cast) -> int:
    number = received(cast, NO_TERM, place=cast.land)
    alice, charlie = client_of(cast.land.alice), client_of(cast.land.charlie)
    act(alice, number, "chuyen")
    assert act(charlie, number, "ket-qua", outcome="granted", title="Thông báo").status_code == 302
    assert (
        act(
            alice, number, "tra-ket-qua", receiver="Trần Thị Ví Dụ", receiver_number="", method="trực tiếp"
        ).status_code
        == 302
    )
    return number


def test_the_late_cause_is_given_afterwards(cast: Cast) -> None:
    number = received(cast)
    assert (
        act(
            client_of(cast.justice.bob), number, "nguyen-nhan-qua-han", cause="software", late_note=""
        ).status_code
        == 302
    )
    assert models.Dossier.objects.get(pk=number).late_cause == "software"


def test_the_second_of_two_officers_gets_the_sentence_and_keeps_what_was_typed(cast: Cast) -> None:
    number = submitted(cast)
    alice = client_of(cast.justice.alice)
    seen = models.Dossier.objects.get(pk=number).revision
    act(alice, number, "tiep-nhan", revision=seen)
    second = act(alice, number, "tu-choi", revision=seen, reason="Lý do đã gõ dài", ground="Điều 17")
    assert second.status_code == 422
    assert "Hồ sơ vừa được người khác cập nhật lúc 08:00 ngày 10/03/2026" in text(second)
    assert "Lý do đã gõ dài" in text(second)
    assert state(number) == "accepted"


def test_sending_a_form_twice_does_the_act_once(cast: Cast) -> None:
    number = received(cast)
    alice = client_of(cast.justice.alice)
    seen = models.Dossier.objects.get(pk=number).revision
    assert act(alice, number, "chuyen", revision=seen).status_code == 302
    assert act(alice, number, "chuyen", revision=seen).status_code == 422
    assert models.StepRecord.objects.filter(dossier_id=number, position=2).count() == 1


@pytest.mark.parametrize("one", ACTS, ids=lambda one: one.slug)
def test_no_act_is_open_to_an_officer_of_another_unit(cast: Cast, one: Any) -> None:
    number = received(cast)
    for stranger in (cast.outsider, cast.commune.bob, cast.commune.alice, cast.commune.charlie):
        client = client_of(stranger)
        address = f"/office/ho-so/{number}/viec/{one.slug}/"
        assert client.get(address).status_code == 403
        assert client.post(address, {"revision": 0}).status_code == 403


_COUNTER = {
    "accept",
    "answer_intake_supplement",
    "forward",
    "answer_supplement",
    "give_back",
    "ask_supplement_at_intake",
    "refuse_at_intake",
    "withdraw",
    "reverse_return",
    "void",
    "digitise",
    "take_fees",
}
_LEADER = {"move_process", "decide", "assign", "ask_supplement", "pause", "stop", "apologise", "reverse_end"}


@pytest.mark.parametrize("one", ACTS, ids=lambda one: one.slug)
def test_each_act_opens_only_to_the_roles_it_belongs_to(cast: Cast, one: Any) -> None:
    number = received(cast)
    models.Dossier.objects.filter(pk=number).update(state=min(one.states))
    place = cast.justice
    expected = {
        "alice": one.key not in _LEADER,
        "bob": one.key not in _COUNTER | _LEADER,
        "charlie": one.key not in _COUNTER,
    }
    if one.key in ("resume", "give_late_cause"):
        expected["alice"] = False
    for name, allowed in expected.items():
        response = client_of(getattr(place, name)).get(f"/office/ho-so/{number}/viec/{one.slug}/")
        assert (response.status_code != 403) is allowed, f"{name} {one.key}"


def test_an_act_that_is_not_possible_now_says_so(cast: Cast) -> None:
    number = received(cast)
    response = client_of(cast.justice.alice).get(f"/office/ho-so/{number}/viec/tra-ket-qua/")
    assert response.status_code == 422
    assert "Không thể trả kết quả khi hồ sơ ở trạng thái “Đã tiếp nhận, chờ chuyển”" in text(response)


def test_destructive_acts_say_the_consequence(cast: Cast) -> None:
    page = text(client_of(cast.justice.charlie).get(f"/office/ho-so/{received(cast)}/viec/dung/"))
    assert "Việc giải quyết kết thúc, không có kết quả" in page
    assert "Dừng hẳn việc giải quyết hồ sơ này" in page


def test_the_list_of_acts_covers_every_state_on_the_worklist() -> None:
    assert {state for one in ACTS for state in one.states} >= ON_WORKLIST
