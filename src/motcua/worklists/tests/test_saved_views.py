"""Lists under a name: kept, shared with a position, never wider than the rights of whoever opens them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from motcua.base.actor import Actor
from motcua.base.errors import NotFound
from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import NOW, client_of
from motcua.worklists import queries, services
from motcua.worklists.models import SavedView
from motcua.worklists.rules import (
    CannotShareThere,
    NotYourView,
    TooManyViews,
    ViewNameMissing,
    ViewNameTaken,
)
from motcua.worklists.tests.conftest import LIST, text

pytestmark = pytest.mark.django_db
Receive = Callable[..., int]


def saved(actor: Actor, name: str = "Quá hạn của tôi", query: str = "state=accepted") -> int:
    return services.save_view(name=name, query=query, columns=[], actor=actor, now=NOW)


def shared(cast: Cast, query: str = "state=accepted", role: str = "specialist") -> int:
    """Charlie's view, shared with the specialists of justice."""
    number = saved(cast.justice.charlie, query=query)
    services.share_view(number, unit_id=cast.justice.unit, role=role, actor=cast.justice.charlie, now=NOW)
    return number


def test_a_list_is_saved_from_the_page_and_opened_again(cast: Cast, receive: Receive) -> None:
    receive()
    client = client_of(cast.justice.alice)
    form = {"name": "Mới nhận", "query": "state=accepted&sort=-due&page=3&view=9&cot=step"}
    opened = client.post(f"{LIST}da-luu/luu/", form, follow=True)
    assert opened.redirect_chain[-1][0].startswith(f"{LIST}?state=accepted&sort=-due&cot=step&view=")
    page = text(opened)
    assert "Mới nhận, 1</h1>" in page and "Lưu đè “Mới nhận”" in page
    assert "Đang giữ</th>" not in page  # the columns are kept with the view


def test_a_view_is_saved_over_renamed_and_deleted_by_its_owner(cast: Cast) -> None:
    alice = cast.justice.alice
    number, client = saved(alice), client_of(alice)
    client.post(f"{LIST}da-luu/luu/", {"replace": number, "query": "channel=post"})
    assert SavedView.objects.get(pk=number).query == "channel=post"
    client.post(f"{LIST}da-luu/{number}/", {"name": "Bưu chính", "unit": "", "role": ""})
    assert SavedView.objects.get(pk=number).name == "Bưu chính"
    assert "Xóa danh sách “Bưu chính”?" in text(client.get(f"{LIST}da-luu/{number}/xoa/"))
    client.post(f"{LIST}da-luu/{number}/xoa/")
    assert not SavedView.objects.exists()


def test_names_are_needed_and_used_once_by_an_officer(cast: Cast) -> None:
    saved(cast.justice.alice)
    saved(cast.justice.bob)
    with pytest.raises(ViewNameTaken):
        saved(cast.justice.alice)
    with pytest.raises(ViewNameMissing):
        saved(cast.justice.alice, name="  ")


def test_there_is_an_end_to_the_views_of_one_officer(cast: Cast) -> None:
    for n in range(50):
        saved(cast.justice.alice, name=f"Danh sách {n}")
    with pytest.raises(TooManyViews):
        saved(cast.justice.alice, name="Một nữa")


def test_a_shared_view_is_offered_to_the_position_and_to_nobody_else(cast: Cast) -> None:
    number = shared(cast)
    assert [view.id for view in queries.views_of(cast.justice.bob)] == [number]
    for stranger in (cast.justice.alice, cast.land.bob, cast.outsider, cast.director):
        assert queries.views_of(stranger) == []


def test_a_view_shared_with_every_role_is_offered_to_all_of_the_unit(cast: Cast) -> None:
    shared(cast, role="")
    assert queries.views_of(cast.justice.bob)
    assert not queries.views_of(cast.land.bob)


def test_a_shared_view_shows_everybody_their_own_dossiers_only(cast: Cast, receive: Receive) -> None:
    receive("Hồ Sơ Kín")
    number = shared(cast, query=f"scope=unit&unit={cast.justice.unit}", role="")
    charlie = text(client_of(cast.justice.charlie).get(LIST, {"scope": "unit", "view": number}))
    assert "Hồ Sơ Kín" in charlie
    view = queries.views_of(cast.justice.bob)[0]
    assert "Hồ Sơ Kín" not in text(client_of(cast.justice.bob).get(view.url))
    outsider = client_of(cast.outsider).get(LIST, {"scope": "unit", "unit": cast.justice.unit})
    assert "Hồ Sơ Kín" not in text(outsider)


def test_guessed_views_are_not_found_and_others_views_not_changed(cast: Cast) -> None:
    secret, offered = saved(cast.justice.alice), shared(cast)
    bob = client_of(cast.justice.bob)
    assert bob.get(LIST, {"view": secret}).status_code == 404
    assert bob.get(LIST, {"view": "99999999"}).status_code == 404
    assert bob.get(LIST, {"view": "x"}).status_code == 404
    for path in (f"da-luu/{secret}/", f"da-luu/{secret}/xoa/"):
        assert bob.get(LIST + path).status_code == 404
        assert bob.post(LIST + path, {"name": "Chiếm"}).status_code == 404
    for path in (f"da-luu/{offered}/", f"da-luu/{offered}/xoa/"):
        assert bob.post(LIST + path, {"name": "Chiếm"}).status_code == 403
    with pytest.raises(NotYourView):
        services.replace_view(offered, query="", columns=[], actor=cast.justice.bob, now=NOW)
    with pytest.raises(NotFound):
        services.open_with(secret, actor=cast.justice.bob)


def test_nobody_shares_with_units_where_they_have_no_position(cast: Cast) -> None:
    number = saved(cast.justice.charlie)
    with pytest.raises(CannotShareThere):
        services.share_view(number, unit_id=cast.land.unit, role="", actor=cast.justice.charlie, now=NOW)


def test_sharing_is_taken_back_and_the_view_is_gone_for_the_others(cast: Cast) -> None:
    number = shared(cast)
    services.open_with(number, actor=cast.justice.bob)
    services.share_view(number, unit_id=None, role="", actor=cast.justice.charlie, now=NOW)
    assert queries.views_of(cast.justice.bob) == []
    assert client_of(cast.justice.bob).get(LIST).status_code == 200
    assert client_of(cast.justice.bob).get(LIST, {"view": number}).status_code == 404


def test_the_list_opens_with_the_chosen_view_and_the_plain_one_stays_reachable(cast: Cast) -> None:
    number, client = saved(cast.justice.alice), client_of(cast.justice.alice)
    client.post(f"{LIST}da-luu/mo-dau/", {"view": number})
    assert client.get(LIST)["Location"] == f"{LIST}?state=accepted&view={number}"
    assert client.get(LIST, {"view": "0"}).status_code == 200
    client.post(f"{LIST}da-luu/mo-dau/", {"view": "0"})
    assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("part", ["unit=999999", "due_from=32/13/2026", "gone=1", "field=999"])
def test_a_view_whose_filter_became_invalid_says_so(cast: Cast, part: str) -> None:
    number = saved(cast.justice.alice, query=f"state=accepted&{part}")
    page = text(client_of(cast.justice.alice).get(f"{LIST}?state=accepted&{part}&view={number}"))
    assert "không còn hiệu lực" in page
    assert part.split("=")[1] in page


def test_a_valid_view_says_nothing_of_the_kind(cast: Cast) -> None:
    page = text(
        client_of(cast.justice.alice).get(f"{LIST}?state=accepted&sort=due&scope=mine&cot=step&group=later")
    )
    assert "không còn hiệu lực" not in page


def test_columns_are_chosen_once_and_stay(cast: Cast, receive: Receive) -> None:
    receive()
    client = client_of(cast.justice.alice)
    client.post(f"{LIST}cot/", {"cot": ["due", "procedure", "nonsense"], "query": "state=accepted"})
    page = text(client.get(LIST))
    assert "Mã thủ tục</a></th>" in page and "Đang giữ</th>" not in page
    assert "Đang giữ</th>" in text(client.get(LIST, {"cot": "holder"}))
    client.post(f"{LIST}cot/", {"query": ""})
    assert "Đang giữ</th>" in text(client.get(LIST))


def test_hostile_names_of_views_are_text(cast: Cast) -> None:
    saved(cast.justice.alice, name="<script>alert(1)</script>")
    client = client_of(cast.justice.alice)
    for path in (LIST, f"{LIST}da-luu/"):
        assert "<script>alert" not in text(client.get(path))


def test_the_page_of_views_says_with_whom_each_is_shared(cast: Cast) -> None:
    shared(cast)
    page = text(client_of(cast.justice.charlie).get(f"{LIST}da-luu/"))
    assert "Chuyên viên giải quyết, Sở Tư pháp tỉnh Mẫu" in page
    assert "Lê Thị Mẫu H99.02" in text(client_of(cast.justice.bob).get(f"{LIST}da-luu/"))
