"""What is new since an officer last opened a dossier, and why; one's own acts are no news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from motcua.demo.cast import Cast
from motcua.dossiers import services
from motcua.dossiers.tests.office import NOW, client_of
from motcua.journal.services import append
from motcua.worklists import news
from motcua.worklists.models import DossierSeen
from motcua.worklists.tests.conftest import LIST, text

pytestmark = pytest.mark.django_db
Receive = Callable[..., int]
NEW = f"{LIST}moi/"


@pytest.fixture
def forwarded(cast: Cast, receive: Receive) -> int:
    """A dossier the counter has passed on to justice."""
    number = receive()
    services.forward(number, actor=cast.justice.alice, now=NOW)
    return number


def ask_supplement(cast: Cast, number: int) -> None:
    """As the journal has it once the supplement was asked for in Bob's name."""
    append(
        stream="dossier", stream_id=str(number), name="dossier.supplement_asked", data={"items": 1}, actor=cast.justice.bob,
        at=NOW + timedelta(hours=1),
    )  # fmt: skip


def test_work_that_was_never_opened_is_unread_and_one_s_own_act_is_no_news(
    cast: Cast, forwarded: int
) -> None:
    found = news.of(cast.justice.charlie, [forwarded], now=NOW)[forwarded]
    assert found.unread and "Chuyển hồ sơ đến Sở Tư pháp tỉnh Mẫu" in found.text
    assert news.of(cast.justice.alice, [forwarded], now=NOW) == {}


def test_opening_the_page_makes_it_seen_until_somebody_else_acts(cast: Cast, forwarded: int) -> None:
    charlie = client_of(cast.justice.charlie)
    charlie.get(f"/office/ho-so/{forwarded}/")
    assert news.of(cast.justice.charlie, [forwarded], now=NOW) == {}
    ask_supplement(cast, forwarded)
    found = news.of(cast.justice.charlie, [forwarded], now=NOW)[forwarded]
    assert not found.unread and "Yêu cầu bổ sung hồ sơ" in found.text and "Trần Văn Mẫu" in found.by


def test_the_dossier_s_page_tells_what_was_done_since_and_then_no_more(cast: Cast, forwarded: int) -> None:
    charlie, page = client_of(cast.justice.charlie), f"/office/ho-so/{forwarded}/"
    assert "Mới từ lần bạn xem trước" not in text(charlie.get(page))
    ask_supplement(cast, forwarded)
    assert "Mới từ lần bạn xem trước" in text(charlie.get(page))
    assert "Mới từ lần bạn xem trước" not in text(charlie.get(page))


def test_opening_an_unchanged_dossier_again_writes_nothing(cast: Cast, forwarded: int) -> None:
    charlie = client_of(cast.justice.charlie)
    charlie.get(f"/office/ho-so/{forwarded}/")
    before = DossierSeen.objects.values("event", "at").get()
    charlie.get(f"/office/ho-so/{forwarded}/")
    assert DossierSeen.objects.values("event", "at").get() == before


def test_the_list_marks_what_is_new_and_says_why(cast: Cast, forwarded: int) -> None:
    charlie = client_of(cast.justice.charlie)
    assert '<span class="mc-tag mc-tag--info">Mới</span>' in text(charlie.get(LIST, {"scope": "unit"}))
    charlie.get(f"/office/ho-so/{forwarded}/")
    assert 'mc-tag--info">Mới' not in text(charlie.get(LIST, {"scope": "unit"}))
    ask_supplement(cast, forwarded)
    page = text(charlie.get(LIST, {"scope": "unit"}))
    assert "Có thay đổi" in page and "Yêu cầu bổ sung hồ sơ: 1 nội dung." in page


def test_the_page_of_news_holds_one_s_own_work_and_is_cleared_at_once(cast: Cast, forwarded: int) -> None:
    charlie = client_of(cast.justice.charlie)
    page = text(charlie.get(NEW))
    assert "Mới từ lần xem trước, 1</h1>" in page and "Chuyển hồ sơ đến" in page
    latest = page.partition('name="latest" value="')[2].partition('"')[0]
    append(
        stream="dossier",
        stream_id=str(forwarded),
        name="dossier.resumed",
        data={"due": None},
        actor=cast.justice.bob,
        at=NOW,
    )  # after the page was made: stays new
    charlie.post(f"{NEW}da-xem/", {"latest": latest})
    assert "Tiếp tục giải quyết" in text(charlie.get(NEW))
    charlie.post(f"{NEW}da-xem/", {"latest": str(2**59)})
    assert "Không có gì mới" in text(charlie.get(NEW))


@pytest.mark.parametrize("latest", ["", "x", "9" * 40])
def test_a_broken_form_marks_nothing(cast: Cast, forwarded: int, latest: str) -> None:
    charlie = client_of(cast.justice.charlie)
    charlie.post(f"{NEW}da-xem/", {"latest": latest})
    assert "Mới từ lần xem trước, 1</h1>" in text(charlie.get(NEW))


def test_strangers_have_no_news_of_others_dossiers(cast: Cast, forwarded: int) -> None:
    for stranger in (cast.outsider, cast.land.charlie, cast.commune.bob):
        assert "Không có gì mới" in text(client_of(stranger).get(NEW))


@pytest.mark.parametrize("many", [1, 9])
def test_the_page_of_news_asks_the_same_number_of_questions(
    cast: Cast, receive: Receive, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        services.forward(receive(), actor=cast.justice.alice, now=NOW)
    charlie = client_of(cast.justice.charlie)
    charlie.get(NEW)
    with django_assert_num_queries(12):
        charlie.get(NEW)
