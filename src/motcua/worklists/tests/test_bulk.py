"""Acts on many dossiers: each with its own right and outcome, few at once, many as a job, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from motcua.base.actor import Actor
from motcua.demo.cast import Cast
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.tests.office import NOW, client_of
from motcua.jobs import files
from motcua.jobs.models import Job, JobLine
from motcua.jobs.running import run_next
from motcua.journal.models import Event
from motcua.people.services import set_active
from motcua.slips.rules import Purpose
from motcua.worklists import bulk
from motcua.worklists.models import ToDigitise
from motcua.worklists.rules import NothingChosen, TooManyChosen, UnknownAct
from motcua.worklists.tests.conftest import LIST, text

pytestmark = pytest.mark.django_db
Receive = Callable[..., int]
BULK = f"{LIST}hang-loat/"


@pytest.fixture(autouse=True)
def desk_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cast works on 10/3/2026."""
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    for module in ("bulk", "printing"):
        monkeypatch.setattr(f"motcua.worklists.{module}.present", lambda: NOW)


def send(actor: Actor, act: str, numbers: list[int], **more: Any) -> Any:
    """The confirmation page filled in and sent."""
    data = {"act": act, "dossier": numbers, "ticket": "v1"} | more
    return client_of(actor).post(BULK, data, follow=True)


def outcomes() -> dict[str, str]:
    return dict(JobLine.objects.values_list("key", "refusal"))


def test_the_chosen_are_asked_about_once_more_before_anything_is_done(cast: Cast, receive: Receive) -> None:
    numbers = [receive(), receive()]
    page = text(client_of(cast.justice.alice).post(BULK, {"act": "forward", "dossier": numbers}))
    assert "Chuyển đến cơ quan giải quyết: 2 hồ sơ" in page and 'name="ticket"' in page
    assert not Job.objects.exists()


def test_few_are_done_at_once_and_each_outcome_is_told(cast: Cast, receive: Receive) -> None:
    good, gone = receive(), receive()
    services.forward(gone, actor=cast.justice.alice, now=NOW)
    page = text(send(cast.justice.alice, "forward", [good, gone]))
    assert "Đã chuyển 1 trên 2 hồ sơ." in page and "1 dòng không làm được" in page
    assert outcomes()[str(good)] == "" and outcomes()[str(gone)] != ""
    assert f'href="/office/ho-so/{good}/"' in page


def test_rights_are_seen_dossier_by_dossier_and_strangers_learn_nothing(cast: Cast, receive: Receive) -> None:
    number = receive("Hồ Sơ Kín")
    code = dossiers.titles(cast.justice.alice, [number])[number]
    for stranger in (cast.outsider, cast.land.charlie):
        page = text(send(stranger, "forward", [number, 999_999], ticket=stranger.label))
        assert "Đã chuyển 0 trên 2 hồ sơ." in page and code not in page and "Hồ Sơ Kín" not in page
    refusals = JobLine.objects.filter(key=str(number)).values_list("refusal", flat=True)
    assert set(refusals) == set(JobLine.objects.filter(key="999999").values_list("refusal", flat=True))


def test_somebody_without_the_right_to_the_act_is_refused_in_words(cast: Cast, receive: Receive) -> None:
    number = receive()
    page = text(send(cast.justice.bob, "forward", [number]))
    assert "công chức một cửa" in page
    assert Event.objects.filter(name="dossier.forwarded").count() == 0


def test_a_leader_assigns_many_to_an_officer_of_the_unit(cast: Cast, receive: Receive) -> None:
    numbers = [receive() for _ in range(3)]
    for number in numbers:
        services.forward(number, actor=cast.justice.alice, now=NOW)
    role = dossiers.holder_of(numbers[0]).role
    holder = {"leader": cast.justice.charlie, "specialist": cast.justice.bob}[role]
    page = text(send(cast.justice.charlie, "assign", numbers, holder=holder.id))
    assert "Đã phân công 3 trên 3 hồ sơ." in page
    assert {dossiers.holder_of(number).officer_id for number in numbers} == {holder.id}


def test_nobody_is_given_work_of_a_role_they_do_not_hold(cast: Cast, receive: Receive) -> None:
    number = receive()
    services.forward(number, actor=cast.justice.alice, now=NOW)
    role = dossiers.holder_of(number).role
    other = cast.justice.bob if role == "leader" else cast.justice.charlie
    send(cast.justice.charlie, "assign", [number], holder=other.id)
    assert "không giữ vai trò" in outcomes()[str(number)]
    page = send(cast.justice.charlie, "assign", [number], holder=cast.land.bob.id, ticket="v2")
    assert page.status_code == 422  # not even offered


def test_the_same_form_sent_twice_is_one_job(cast: Cast, receive: Receive) -> None:
    number = receive()
    send(cast.justice.alice, "forward", [number])
    send(cast.justice.alice, "forward", [number])
    assert Job.objects.count() == 1
    assert Event.objects.filter(name="dossier.forwarded").count() == 1


def test_many_become_a_job_with_progress_that_goes_on_after_a_stop(cast: Cast, receive: Receive) -> None:
    numbers = [receive() for _ in range(51)]
    page = text(send(cast.justice.alice, "digitise", numbers))
    assert "Dừng việc này" in page and not ToDigitise.objects.exists()
    run_next(ends=lambda: True)  # one batch, then the worker is told to end
    job = Job.objects.get()
    assert (job.state, job.done) == ("running", 20) and ToDigitise.objects.count() == 20
    run_next()
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 51)
    assert ToDigitise.objects.count() == JobLine.objects.count() == 51


def test_a_whole_filtered_list_is_chosen_in_one_go_within_one_s_rights(cast: Cast, receive: Receive) -> None:
    numbers = [receive() for _ in range(3)]
    data = {"act": "digitise", "all": "1", "query": "state=accepted&scope=unit", "dossier": numbers[:1]}
    page = text(client_of(cast.justice.alice).post(BULK, data))
    assert "Đánh dấu số hóa sau: 3 hồ sơ" in page
    stranger = client_of(cast.outsider).post(BULK, data)
    assert stranger.status_code == 422 and "Hãy chọn ít nhất một hồ sơ" in text(stranger)


def test_marks_for_digitising_are_filtered_by_and_taken_off(cast: Cast, receive: Receive) -> None:
    marked, _other = receive("Nguyễn Thị Số Hóa"), receive()
    send(cast.justice.alice, "digitise", [marked])
    client = client_of(cast.justice.alice)
    assert ", 1</h1>" in text(client.get(LIST, {"digitise": "later"}))
    send(cast.justice.alice, "digitise", [marked], ticket="v2")
    assert "đã có trong danh sách" in JobLine.objects.order_by("-id")[0].refusal
    send(cast.justice.alice, "digitised", [marked], ticket="v3")
    assert ", 0</h1>" in text(client.get(LIST, {"digitise": "later"}))


def test_slips_of_many_are_one_file_and_what_cannot_be_printed_is_told(cast: Cast, receive: Receive) -> None:
    good = [receive(), receive()]
    submitted = services.submit(cast.intake(complete=False), actor=cast.justice.alice, now=NOW)
    page = text(send(cast.justice.alice, "print", [*good, submitted, 999_999], purpose=Purpose.RECEIPT.value))
    assert "Tệp có 2 phiếu trên 4 hồ sơ đã chọn." in page
    job = Job.objects.get()
    reader = PdfReader(BytesIO(files.result(job.pk).read_bytes()))
    words = "".join(part.extract_text() for part in reader.pages)
    for number in good:
        assert dossiers.titles(cast.justice.alice, [number])[number] in words
    assert "chưa được tiếp nhận" in outcomes()[str(submitted)]


def test_an_officer_whose_account_was_closed_acts_no_more(cast: Cast, receive: Receive) -> None:
    numbers = [receive() for _ in range(51)]
    send(cast.justice.alice, "forward", numbers)
    set_active(officer_id=cast.justice.alice.id, active=False, actor=cast.admin, now=NOW)
    run_next()
    job = Job.objects.get()
    assert job.state == "failed" and "đã bị khóa" in job.error
    assert Event.objects.filter(name="dossier.forwarded").count() == 0


@pytest.mark.parametrize(
    ("act", "numbers", "error"),
    [
        ("decide", [1], UnknownAct),
        ("forward", [], NothingChosen),
        ("forward", list(range(1, 1002)), TooManyChosen),
    ],
)
def test_what_is_not_safe_or_too_much_is_refused(
    cast: Cast, act: str, numbers: list[int], error: Any
) -> None:
    with pytest.raises(error):
        bulk.ask(act, numbers, options={}, actor=cast.justice.alice, now=NOW, ticket="x")
    assert send(cast.justice.alice, act, numbers).status_code in (404, 422)
    assert not Job.objects.exists()


def test_numbers_that_are_none_are_left_out_and_a_dossier_counts_once(cast: Cast, receive: Receive) -> None:
    number = receive()
    send(cast.justice.alice, "digitise", [number, number, "x", "9" * 30, "-1"])  # type: ignore[list-item]
    assert Job.objects.get().total == 1
