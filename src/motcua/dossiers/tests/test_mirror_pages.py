"""The officers' pages of followed dossiers: banner and steps, nothing to do, no slips; the list; sources and files."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.demo.cast import Cast
from motcua.dossiers.models import Dossier, SourceSystem
from motcua.dossiers.rules.state import State
from motcua.dossiers.tests.mirrored import CODE, NOW, SOURCE, list_source, take, told
from motcua.dossiers.tests.office import client_of, province
from motcua.dossiers.tests.test_mirror_files import RECORD
from motcua.dossiers.words import SLIP_SLUGS


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    made = province()
    list_source()
    monkeypatch.setattr("motcua.kit.clock.now", lambda: NOW)
    return made


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_the_page_tells_source_and_steps_and_offers_nothing(cast: Cast) -> None:
    number, _ = take(told())
    shown = text(client_of(cast.justice.charlie).get(reverse("dossiers:page", args=[number])))
    assert "Hồ sơ theo dõi từ hệ thống của bộ" in shown
    assert "Hệ thống mẫu – Bộ Mẫu" in shown
    assert "Các bước theo hệ thống của bộ" in shown
    assert "/viec/" not in shown
    assert "/phieu/" not in shown


@pytest.mark.parametrize("slug", ["ket-qua", "tra-ket-qua", "rut", "chuyen", "dung", "huy-ket-thuc"])
def test_an_act_by_its_address_is_refused(cast: Cast, slug: str) -> None:
    number, _ = take(told())
    for who in (cast.justice.alice, cast.justice.charlie):
        client = client_of(who)
        for answer in (
            client.get(reverse("dossiers:act", args=[number, slug])),
            client.post(reverse("dossiers:act", args=[number, slug]), {"revision": 0}),
        ):
            assert answer.status_code in (403, 422)


@pytest.mark.parametrize("slug", sorted(SLIP_SLUGS.values()))
def test_no_slip_of_ours_is_printed(cast: Cast, slug: str) -> None:
    number, _ = take(told())
    assert client_of(cast.justice.charlie).get(reverse("dossiers:slip", args=[number, slug])).status_code == 422


def test_the_list_shows_only_what_the_officer_may_see(cast: Cast) -> None:
    take(told())
    address = reverse("dossiers:mirrored")
    assert CODE in text(client_of(cast.justice.bob).get(address))
    for other in (cast.outsider, cast.land.bob):
        assert CODE not in text(client_of(other).get(address))
        exported = client_of(other).get(reverse("dossiers:mirrored_file", args=["csv"]))
        assert CODE not in b"".join(exported.streaming_content).decode()


def test_the_list_names_the_source_in_a_fixed_number_of_queries(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        take(told(external_code=f"A-{number:03}"))
    client = client_of(cast.justice.bob)
    client.get(reverse("dossiers:mirrored"))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        shown = text(client.get(reverse("dossiers:mirrored")))
    assert shown.count(SOURCE) >= 12


def test_a_hostile_name_is_shown_as_text(cast: Cast) -> None:
    owner = cast.intake().owner.__class__("other", "", "<script>alert(1)</script>", None, "", "", "", "")
    take(told(), owner=owner)
    shown = text(client_of(cast.justice.bob).get(reverse("dossiers:mirrored")))
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("name", ["mirror_sources", "mirror_source_add", "mirror_import"])
def test_sources_and_files_are_the_administrators(cast: Cast, name: str) -> None:
    assert client_of(cast.justice.charlie).get(reverse(f"dossiers:{name}")).status_code == 403
    assert client_of(cast.admin).get(reverse(f"dossiers:{name}")).status_code == 200


def test_an_administrator_lists_a_source_and_ends_it(cast: Cast) -> None:
    client = client_of(cast.admin)
    data = {"code": "BYT-KCB", "name": "Hệ thống", "ministry": "Bộ Y", "since": "01/01/2026", "citation": "QĐ"}
    assert client.post(reverse("dossiers:mirror_source_add"), data).status_code == 302
    assert client.post(reverse("dossiers:mirror_source_add"), data).status_code == 422
    ended = client.post(reverse("dossiers:mirror_source_end", args=["BYT-KCB"]), {"on": "01/03/2026", "citation": "QĐ"})
    assert ended.status_code == 302
    assert SourceSystem.objects.get(code="BYT-KCB").valid.upper is not None


def test_a_file_is_looked_at_before_it_is_taken_in(cast: Cast) -> None:
    client, address = client_of(cast.admin), reverse("dossiers:mirror_import")

    def send(act: str) -> object:
        file = SimpleUploadedFile("a.jsonl", json.dumps(RECORD).encode())
        return client.post(address, {"source": SOURCE, "file": file, "act": act})

    assert "chưa ghi gì" in text(send("check"))
    assert not Dossier.objects.exists()
    assert send("import").status_code == 302  # type: ignore[attr-defined]
    assert Dossier.objects.get().state == State.PROCESSING


def test_the_public_page_says_who_handles_it(cast: Cast, client: object) -> None:
    take(told())
    shown = text(client.get(reverse("portal:progress", args=[CODE])))  # type: ignore[attr-defined]
    assert "hệ thống của bộ giải quyết" in shown
    assert "Nguyễn" not in shown
