"""The officers' pages: giving, taking, one slip, its paper, the old addresses, and who may open what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.demo.cast import OWNER, Cast
from motcua.dossiers import services, store
from motcua.dossiers.rules.state import Channel
from motcua.dossiers.tests.office import client_of
from motcua.transfers import paper
from motcua.transfers.models import Slip
from motcua.transfers.tests.desk import (
    decided,
    forward,
    from_commune,
    from_elsewhere,
    lines,
    received,
    state,
    take,
)

HOME = "/office/luan-chuyen/"
GIVE = f"{HOME}giao/"


def text(response: Any) -> str:
    return response.content.decode()


def test_the_page_hands_over_and_tells_each_refusal(cast: Cast) -> None:
    good, done = received(cast), received(cast)
    client = client_of(cast.justice.alice)
    assert "Chuyển đến Sở Tư pháp tỉnh Mẫu: 2 hồ sơ" in text(client.get(GIVE))
    services.forward(done, actor=cast.justice.alice, now=services.store.load(done).recorded_at)
    data = {"kind": "forward", "place": cast.centre, "unit": cast.justice.unit, "dossier": [good, done, "x"]}
    shown = text(client.post(GIVE, data | {f"originals_{good}": "7", f"copies_{good}": "x"}, follow=True))
    assert "Đã bàn giao 1 hồ sơ, chờ bên nhận xác nhận." in shown
    assert "H99.01-260310-0002: Không thể chuyển hồ sơ" in shown
    assert "7 bản chính, 0 bản sao" in shown
    assert "Không có hồ sơ nào chờ bàn giao" in text(client.get(GIVE))


def test_choosing_nothing_says_so(cast: Cast) -> None:
    received(cast)
    data = {"kind": "forward", "place": cast.centre, "unit": cast.justice.unit}
    assert "Hãy chọn ít nhất một hồ sơ" in text(client_of(cast.justice.alice).post(GIVE, data, follow=True))


def test_a_scanned_qr_address_and_a_bare_code_are_answered_line_by_line(cast: Cast) -> None:
    codes = [store.load(received(cast)).code for _ in range(2)]
    typed = f"https://mau.example/tra-cuu/{codes[0]}\r\n{str(codes[1]).lower()}\nH99-1"
    data = {"kind": "forward", "place": cast.centre, "codes": typed}
    shown = text(client_of(cast.justice.alice).post(GIVE, data))
    assert shown.count("Đã bàn giao") == 2
    assert "Không tìm thấy hồ sơ này" in shown
    taken = text(client_of(cast.justice.bob).post(HOME, {"codes": typed}))
    assert taken.count("Đã nhận") == 2
    assert "Không có phiếu nào đang chờ bạn" in taken


def test_the_receiver_answers_on_the_slip(cast: Cast) -> None:
    numbers = [from_elsewhere(cast), from_elsewhere(cast)]
    slip = from_commune(cast, *numbers).slip_id
    first, second = lines(slip)
    client = client_of(cast.justice.bob)
    assert "BG-H99.40.01-260310-0001" in text(client.get(HOME))
    page = f"{HOME}phieu/{slip}/"
    wrong = client.post(page, {f"answer_{first.pk}": "take", f"answer_{second.pk}": "refuse", f"reason_{second.pk}": "mất tờ 2"})
    assert wrong.status_code == 422
    assert "Hãy chọn loại lý do" in text(wrong)
    assert "mất tờ 2" in text(wrong)
    assert [state(n) for n in numbers] == ["processing", "forwarded"]
    data = {f"answer_{second.pk}": "refuse", f"kind_{second.pk}": "missing_paper", f"reason_{second.pk}": "<i>mất</i>"}
    shown = text(client.post(page, data, follow=True))
    assert "Đã từ chối nhận 1 hồ sơ" in shown
    assert "&lt;i&gt;mất&lt;/i&gt;" in shown
    assert state(numbers[1]) == "accepted"
    assert text(client.get(page)).count("<form method=\"post\" novalidate>") == 0


def test_results_go_back_from_the_unit_to_the_counter(cast: Cast) -> None:
    number = decided(cast)
    client = client_of(cast.land.bob)
    assert "Chuyển đến Trung tâm Phục vụ hành chính công tỉnh Mẫu: 1 hồ sơ" in text(client.get(GIVE))
    data = {"kind": "results", "place": cast.land.unit, "unit": cast.centre, "dossier": [number]}
    shown = text(client.post(GIVE, data, follow=True))
    assert "Kết quả về nơi tiếp nhận" in shown
    assert "Không có kết quả nào chờ bàn giao" in text(client.get(GIVE))
    assert "BG-H99.03" in text(client_of(cast.justice.alice).get(HOME))


@pytest.mark.parametrize(
    ("who", "status"), [("justice", 200), ("land", 404), ("commune", 404), ("outsider", 404), ("admin", 403)]
)
def test_a_slip_is_seen_at_both_ends_only(cast: Cast, who: str, status: int) -> None:
    slip = forward(cast, received(cast)).slip_id
    actor = getattr(cast, who) if who in ("outsider", "admin") else getattr(cast, who).bob
    client = client_of(actor)
    for address in (f"{HOME}phieu/{slip}/", f"{HOME}phieu/{slip}/in/"):
        assert client.get(address).status_code == status
    if status == 404:
        client.post(f"{HOME}phieu/{slip}/", {f"answer_{lines(slip)[0].pk}": "take"})
        assert lines(slip)[0].state == "in_transit"
        listed = text(client.get(f"{HOME}phieu/"))
        assert "BG-H99.01" not in listed


def test_one_who_has_no_counter_and_no_unit_hands_nothing_over(cast: Cast) -> None:
    assert client_of(cast.admin).get(GIVE).status_code == 403
    assert client_of(cast.director).get(GIVE).status_code == 403
    foreign = {"kind": "forward", "place": cast.centre, "unit": cast.justice.unit, "dossier": [received(cast)]}
    client_of(cast.land.bob).post(GIVE, foreign, follow=True)
    assert not Slip.objects.exists()


def test_the_paper_has_both_sides_both_times_and_what_was_refused(cast: Cast) -> None:
    number = received(cast, channel=Channel.POST, owner=replace(OWNER, name="<b>Lê</b> #[x]"))
    slip_id = forward(cast, number).slip_id
    open_paper = paper.paper(Slip.objects.get(pk=slip_id))
    assert (open_paper.receiver_name, open_paper.taken_at, open_paper.lines[0].confirmation) == ("", None, "")
    take(slip_id, actor=cast.justice.bob)
    slip = Slip.objects.get(pk=slip_id)
    printed = paper.paper(slip)
    line = printed.lines[0]
    assert (line.owner_name, line.papers, line.confirmation) == ("<b>Lê</b> #[x]", "2 bản chính", "Đã nhận")
    assert (line.fee_due, line.by_post) == (True, True)
    assert (printed.giver_name, printed.giver_office) == (
        "Nguyễn Thị Mẫu Một",
        "Trung tâm Phục vụ hành chính công tỉnh Mẫu",
    )
    assert (printed.receiver_name, printed.taken_at) == ("Trần Văn Mẫu H99.02", slip.settled_at)
    pdf = client_of(cast.justice.alice).get(f"{HOME}phieu/{slip_id}/in/")
    assert pdf.content.startswith(b"%PDF")


def test_old_addresses_lead_to_the_new_pages(cast: Cast) -> None:
    slip = forward(cast, received(cast)).slip_id
    client = client_of(cast.justice.alice)
    assert client.get("/office/ban-giao/").url == GIVE
    assert client.get(f"/office/ban-giao/{slip}/").url == f"{HOME}phieu/{slip}/"
    assert client.get(f"/office/ban-giao/{slip}/phieu/").url == f"{HOME}phieu/{slip}/in/"


def test_the_dossier_page_tells_the_way_in_sentences(cast: Cast) -> None:
    number = received(cast)
    slip = forward(cast, number).slip_id
    take(slip, actor=cast.justice.bob)
    shown = text(client_of(cast.justice.bob).get(f"/office/ho-so/{number}/"))
    assert "Sở Tư pháp tỉnh Mẫu xác nhận đã nhận theo phiếu BG-H99.01-260310-0001." in shown
    assert "Gửi liên thông đến đơn vị khác" in shown
    assert f"{HOME}phieu/{slip}/" in shown


@pytest.mark.parametrize("page", ["", "giao/", "phieu/", "chang/", "vuong/", "phut-bi-mat/", "lien-thong/"])
def test_empty_pages_say_what_to_expect(cast: Cast, page: str) -> None:
    for who in (cast.justice.alice, cast.justice.bob):
        assert client_of(who).get(HOME + page).status_code == 200
    assert client_of(cast.admin).get(HOME + page).status_code == 403


def test_a_full_list_asks_as_many_questions_as_a_short_one(cast: Cast, django_assert_num_queries: Any) -> None:
    client = client_of(cast.justice.bob)
    slip = forward(cast, received(cast)).slip_id
    counts = []
    for page in (f"{HOME}phieu/{slip}/", HOME):
        client.get(page)
        with CaptureQueriesContext(connection) as few:
            client.get(page)
        counts.append(len(few))
    for _ in range(3):
        bigger = forward(cast, *[received(cast) for _ in range(4)]).slip_id
    for page, count in zip((f"{HOME}phieu/{bigger}/", HOME), counts, strict=True):
        client.get(page)
        with django_assert_num_queries(count):
            client.get(page)
