"""The pages of jobs: one's own, an administrator's view, the file for the asker alone; without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.base.actor import Actor
from motcua.demo.cast import Cast
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.jobs import services
from motcua.jobs.models import Job
from motcua.jobs.running import Run, run_next
from motcua.journal.models import Event

pytestmark = pytest.mark.django_db
PAGE = "/office/cong-viec-nen/"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def cast() -> Cast:
    return province()


@pytest.fixture
def finished(cast: Cast, does: Callable[..., None]) -> int:
    """Alice's job with a file, a line that was done and one that was refused."""

    def writes(run: Run) -> dict[str, Any]:
        with run.batch(place={"next": 2}, done=2):
            run.lines([("1", "H99-1", ""), ("2", HOSTILE, "Hồ sơ đã đóng.")])
        with run.result("danh-sach.csv", "text/csv") as path:
            path.write_bytes(b"a,b")
        return {"sentence": "Đã xuất 2 dòng."}

    does(writes, line_url=lambda key: f"/office/ho-so/{key}/")
    number = asked(cast.justice.alice)
    run_next()
    return number


def asked(actor: Actor, **more: Any) -> int:
    return services.ask("count", actor=actor, now=NOW, total=2, **more)


def text(response: Any) -> str:
    return response.content.decode()


def test_the_list_shows_one_s_own_jobs_and_all_to_administrators(cast: Cast, finished: int) -> None:
    asked(cast.justice.bob, title="Việc của Bob")
    mine = text(client_of(cast.justice.alice).get(PAGE, {"tat-ca": "1"}))
    assert "Đã xong" in mine and "2 trên 2" in mine and "Việc của Bob" not in mine
    assert "Việc của Bob" in text(client_of(cast.admin).get(PAGE, {"tat-ca": "1"}))
    assert "Chưa có việc nền nào" in text(client_of(cast.admin).get(PAGE))


def test_a_finished_job_tells_its_outcome_line_by_line(cast: Cast, finished: int) -> None:
    page = text(client_of(cast.justice.alice).get(f"{PAGE}{finished}/"))
    assert "Đã xuất 2 dòng." in page and "1 dòng không làm được" in page
    assert page.index("Hồ sơ đã đóng.") < page.index("Đã làm")
    assert HOSTILE not in page and 'href="/office/ho-so/1/"' in page
    assert "http-equiv" not in page


def test_an_open_job_renews_its_page_without_scripts_and_its_progress_with_them(
    cast: Cast, does: Any
) -> None:
    does(lambda run: None)
    number = asked(cast.justice.alice)
    client = client_of(cast.justice.alice)
    page = text(client.get(f"{PAGE}{number}/"))
    assert '<noscript><meta http-equiv="refresh"' in page and "Dừng việc này" in page
    part = client.get(f"{PAGE}{number}/", headers={"HX-Request": "true"})
    assert "<html" not in text(part) and "hx-get" in text(part) and "HX-Refresh" not in part
    run_next()
    assert client.get(f"{PAGE}{number}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_the_file_is_for_the_asker_alone_and_taking_it_is_recorded(cast: Cast, finished: int) -> None:
    file = f"{PAGE}{finished}/tep/"
    taken = client_of(cast.justice.alice).get(file)
    assert b"".join(taken.streaming_content) == b"a,b"
    assert Event.objects.filter(name="job.downloaded", stream_id=str(finished)).count() == 1
    assert client_of(cast.admin).get(file).status_code == 403
    assert client_of(cast.justice.bob).get(file).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"), [("get", ""), ("post", "dung/"), ("post", "lam-tiep/"), ("get", "tep/")]
)
def test_somebody_else_s_job_is_not_found_under_a_guessed_address(
    cast: Cast, finished: int, method: str, path: str
) -> None:
    client = client_of(cast.justice.bob)
    assert getattr(client, method)(f"{PAGE}{finished}/{path}").status_code == 404


def test_stopping_and_going_on_are_buttons(cast: Cast, does: Any) -> None:
    does(lambda run: None)
    number = asked(cast.justice.alice)
    client = client_of(cast.justice.alice)
    assert "Phần đã làm vẫn giữ nguyên" in text(client.post(f"{PAGE}{number}/dung/", follow=True))
    assert "Làm tiếp" in text(client.get(f"{PAGE}{number}/"))
    client.post(f"{PAGE}{number}/lam-tiep/")
    assert Job.objects.get(pk=number).state == "waiting"
    assert client.get(f"{PAGE}{number}/dung/").status_code == 405
