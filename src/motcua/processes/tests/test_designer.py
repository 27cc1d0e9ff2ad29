"""The designer's pages and verbs: from the search of a procedure to publication, copy and link, the short way, a dry run."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.base.actor import SYSTEM
from motcua.cli import processes as command
from motcua.demo.cast import LICENCE, NO_TERM, Cast
from motcua.dossiers.tests.office import NOW, client_of, province
from motcua.processes import queries, services
from motcua.processes.models import Process, ProcessVersion
from motcua.processes.rules import Branch, PlaceKind, ProcessNotReady, RequiredAct
from motcua.processes.tests.steps import ONLINE, line, step

pytestmark = pytest.mark.django_db
WHO = {"actor": SYSTEM, "now": NOW}
DECISION = {"decision_number": "12/QĐ-MẪU", "decision_date": date(2026, 3, 1)}
LIST = "/office/quy-trinh/"


@pytest.fixture
def cast() -> Cast:
    return province()


@pytest.fixture
def admin(cast: Cast) -> Client:
    return client_of(cast.admin)


def sketch(steps=None, code="QT-A", procedure=LICENCE) -> int:
    return services.sketch(code=code, name="Quy trình A", procedure_code=procedure, steps=steps or line(), **WHO)


def branch(fact: str, operator: str, value: str, **more: str) -> dict[str, Any]:
    return {"b-TOTAL_FORMS": 1, "b-0-fact": fact, "b-0-operator": operator, "b-0-value": value, **more}


def opinion(name: str, **more: str) -> dict[str, Any]:
    return {"o-TOTAL_FORMS": 1, "o-0-name": name, "o-0-place": "above", **more}


def publish(version_id: int, since: date = date(2026, 3, 1)) -> int:
    services.publish(version_id=version_id, since=since, **DECISION, **WHO)
    return version_id


def of(version_id: int) -> str:
    return f"{LIST}phien-ban/{version_id}/"


def text(answer: Any) -> str:
    return answer.content.decode()


def step_data(**changes: Any) -> dict[str, Any]:
    """The form of a step as filled in, without opinions and branches."""
    data = {"name": "Thẩm định", "role": "specialist", "time": "1 ngày", "stage": "S3", "place": "competent"}
    empty = {f"{prefix}-{key}": value for prefix in "ob" for key, value in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))}
    return data | empty | changes


def test_a_process_begins_with_the_search_of_a_procedure(admin):
    assert "Cấp giấy phép mẫu" in text(admin.get(f"{LIST}them/", {"tim": "giay phep mau"}))
    assert "Không tìm thấy" in text(admin.get(f"{LIST}them/", {"tim": "zzzz"}))
    assert admin.get(f"{LIST}them/9.999999/").status_code == 404
    data = {"start": "default", "code": f"QT-{LICENCE}", "name": "Quy trình cấp phép"}
    page = text(admin.post(f"{LIST}them/{LICENCE}/", data, follow=True))
    assert "Đã tạo phiên bản dự thảo" in page and "Ký số, ban hành kết quả" in page
    assert ProcessVersion.objects.get(process__procedure_code=LICENCE).steps.count() == 5


def test_a_copy_stays_as_it_was_and_a_link_follows(admin):
    source = publish(sketch(code="QT-NGUON", procedure=""))
    for start, code, procedure in (("copy", "QT-SAO", LICENCE), ("link", "QT-LIEN", NO_TERM)):
        data = {"start": start, "source": source, "code": code, "name": code}
        admin.post(f"{LIST}them/{procedure}/", data)
        publish(ProcessVersion.objects.get(process__code=code).pk)
    day = date(2026, 3, 2)
    copied, linked = (queries.version_for(procedure, on=day) for procedure in (LICENCE, NO_TERM))
    assert linked == source and queries.versions_on(day)[NO_TERM] == source and copied != source
    newer = services.sketch(code="QT-NGUON", name="", procedure_code="", steps=line(5), **WHO)
    publish(newer, date(2026, 4, 1))
    later = date(2026, 4, 2)
    assert queries.version_for(NO_TERM, on=later) == queries.versions_on(later)[NO_TERM] == newer
    assert queries.version_for(LICENCE, on=later) == copied
    shown = text(admin.get(of(ProcessVersion.objects.get(process__code="QT-LIEN").pk)))
    assert "liên kết với quy trình" in shown


def test_a_link_to_itself_to_a_link_or_to_nothing_in_force_is_refused(admin):
    source = publish(sketch(code="QT-NGUON"))
    process = queries.version(source).process
    with pytest.raises(services.LinkNotPossible):
        services.link(process_id=process, code="QT-NGUON", name="", procedure_code=LICENCE, **WHO)
    linked = services.link(process_id=process, code="QT-B", name="B", procedure_code=NO_TERM, **WHO)
    with pytest.raises(services.LinkNotPossible):
        services.link(process_id=queries.version(linked).process, code="QT-C", name="C", procedure_code=NO_TERM, **WHO)
    with pytest.raises(services.LinkNotPossible, match="28/02/2026"):
        services.publish(version_id=linked, since=date(2026, 2, 28), **DECISION, **WHO)
    with pytest.raises(services.LinkHasNoSteps):
        services.revise(version_id=linked, steps=line(), **WHO)
    answer = admin.post(f"{LIST}them/{NO_TERM}/", {"start": "link", "code": "QT-D", "name": "D"})
    assert answer.status_code == 422 and "Hãy chọn quy trình được sao chép hoặc liên kết" in text(answer)


def test_a_step_is_edited_with_opinion_branches_required_acts_and_send_back(admin, cast):
    data = step_data(
        requires=["digitise"], back_to=["1", "2"], forms_made="Phiếu thẩm định\n\nTờ trình", place="fixed", unit=cast.land.unit
    )
    data |= {
        "o-TOTAL_FORMS": 2, "o-0-name": "Xác nhận của xã", "o-0-role": "leader", "o-0-time": "1 buổi",
        "o-0-place": "fixed", "o-0-unit": cast.commune.unit, "o-1-place": "fixed",
        "b-TOTAL_FORMS": 1, "b-0-fact": "channel", "b-0-operator": "=", "b-0-value": "trực tuyến", "b-0-to": "4",
    }  # fmt: skip
    draft = sketch(line(5), code="QT-B")
    page = text(admin.post(f"{of(draft)}buoc/3/", data | {"b-0-to": "5"}, follow=True))
    kept = queries.steps_of(draft)[2]
    assert kept.branches == (Branch(5, ONLINE), Branch(4)) and kept.back_to == (1, 2)
    assert kept.opinions[0].hours == 4 and kept.opinions[0].place.unit_id == cast.commune.unit
    assert kept.requires == {RequiredAct.DIGITISE} and kept.forms == ("Phiếu thẩm định", "Tờ trình")
    assert (kept.place.kind, kept.place.unit_id, kept.hours) == (PlaceKind.FIXED, cast.land.unit, Decimal(8))
    assert "Cách thức nộp là trực tuyến" in page and "Xác nhận của xã" in page and "<svg" in page
    again = text(admin.get(f"{of(draft)}buoc/3/"))
    assert 'value="trực tuyến"' in again and 'value="1 buổi"' in again and 'value="1 ngày"' in again


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"time": "4"}, "không đọc được"),
        ({"role": ""}, "Hãy chọn: Người thực hiện"),
        ({"place": "fixed"}, "Hãy chọn cơ quan được chỉ định"),
        (branch("components_missing", ">", "x", **{"b-0-to": "4"}), "số nguyên"),
        (branch("channel", "=", "post"), "Hãy chọn bước chuyển đến"),
        (opinion("Hỏi xã"), "Hãy nhập: Thời gian cho ý kiến"),
        (opinion("Hỏi", **{"o-0-role": "leader", "o-0-time": "5 %"}), "không ghi bằng %"),
    ],
)
def test_a_refused_step_says_why_and_keeps_what_was_typed(admin, changes, sentence):
    draft = sketch()
    answer = admin.post(f"{of(draft)}buoc/2/", step_data(name="Tên mới") | changes)
    assert answer.status_code == 422 and sentence in text(answer) and 'value="Tên mới"' in text(answer)
    assert queries.steps_of(draft) == line()


def test_steps_are_added_moved_and_left_out_without_scripts(admin):
    draft = sketch()
    admin.post(f"{of(draft)}buoc/2/them/", step_data(name="Trình ký"))
    names = [s.name for s in queries.steps_of(draft)]
    assert names == ["Bước 1", "Bước 2", "Trình ký", "Bước 3", "Bước 4"]
    admin.post(f"{of(draft)}buoc/3/len/")
    admin.post(f"{of(draft)}buoc/4/xoa/")
    admin.post(f"{of(draft)}buoc/1/xuong/")
    assert [s.name for s in queries.steps_of(draft)] == ["Trình ký", "Bước 1", "Bước 2", "Bước 4"]
    page = text(admin.get(of(draft)))
    assert "Còn 1 lỗi, chưa ban hành được" in page and "bắt đầu bằng bước tiếp nhận" in page
    assert admin.post(f"{of(draft)}buoc/9/xoa/").status_code == 404


def test_who_and_how_long_are_changed_on_one_page_as_a_new_draft(admin):
    version = publish(sketch(line(3)))
    page = text(admin.get(f"{of(version)}nguoi-va-thoi-gian/"))
    assert page.count('value="1 buổi"') == 3
    data = {"s-TOTAL_FORMS": 3, "s-INITIAL_FORMS": 3}
    for n, (role, time) in enumerate((("counter", "1 giờ"), ("leader", "1 ngày"), ("counter", "2 giờ"))):
        data |= {f"s-{n}-role": role, f"s-{n}-time": time}
    admin.post(f"{of(version)}nguoi-va-thoi-gian/", data)
    draft = ProcessVersion.objects.get(published=False)
    assert [(s.role, s.hours) for s in queries.steps_of(draft.pk)] == [("counter", 1), ("leader", 8), ("counter", 2)]
    assert [s.hours for s in queries.steps_of(version)] == [4, 4, 4]
    assert admin.post(f"{of(draft.pk)}nguoi-va-thoi-gian/", data | {"s-1-time": "lâu"}).status_code == 422


def test_faults_hold_publication_back_and_warnings_do_not(admin):
    faulty = sketch(line(s2=step(2, role="", branches=(Branch(1, ONLINE), Branch(3)))))
    with pytest.raises(ProcessNotReady, match="2 lỗi.*chưa có người thực hiện"):
        publish(faulty)
    answer = admin.post(f"{of(faulty)}ban-hanh/", {"decision_number": "1", "decision_date": "01/03/2026", "since": "01/03/2026"})
    assert answer.status_code == 422 and "vòng lặp" in text(answer)
    assert queries.version_for(LICENCE, on=date(2026, 3, 2)) == queries.version_for("", on=date(2026, 3, 2))


def test_steps_longer_than_the_legal_term_of_the_procedure_are_not_published(cast):
    with pytest.raises(ProcessNotReady, match="6 ngày, dài hơn thời hạn giải quyết 5 ngày làm việc"):
        publish(sketch(line(s2=step(2, hours=Decimal(36)))))


def test_a_role_nobody_holds_at_the_place_is_told(admin):
    page = text(admin.get(of(sketch(line(s2=step(2, role="clerk"))))))
    assert "Cần lưu ý" in page and "Sở Tư pháp tỉnh Mẫu" in page and "Không có lỗi" in page


def test_a_published_version_is_not_edited_and_a_draft_can_be_thrown_away(admin):
    version = publish(sketch())
    assert admin.get(f"{of(version)}buoc/2/").status_code == 422
    with pytest.raises(services.NotADraft):
        services.revise(version_id=version, steps=line(), **WHO)
    admin.post(f"{of(version)}du-thao/")
    draft = ProcessVersion.objects.get(published=False)
    admin.post(f"{of(draft.pk)}bo/")
    assert not ProcessVersion.objects.filter(published=False).exists() and Process.objects.filter(code="QT-A").exists()
    with pytest.raises(services.NotADraft):
        services.discard(version_id=version, **WHO)


def test_a_dry_run_shows_who_where_when_and_why(admin, cast):
    draft = sketch(line(s2=step(2, branches=(Branch(4, ONLINE), Branch(3)))))
    page = text(admin.get(f"{of(draft)}chay-thu/"))
    assert "Cách thức nộp" in page and "Hồ sơ mẫu đi qua" not in page
    sample = {
        "case": "", "channel": "online", "level": "province", "unit": cast.justice.unit, "owner_kind": "citizen",
        "components_missing": 0, "components_received": 2, "opinions_agreed": 0, "opinions_disagreed": 0,
        "day": "09/03/2026", "hour": "07:30",
    }  # fmt: skip
    case = ProcessVersion.objects.get(pk=draft) and text(admin.get(f"{of(draft)}chay-thu/")).split('name="case"')[1]
    sample["case"] = case.split('option value="')[1].split('"')[0]
    shown = text(admin.get(f"{of(draft)}chay-thu/", sample))
    assert "Rẽ đến bước 4" in shown and "Cách thức nộp là trực tuyến" in shown and "3. Bước 3</h3>" not in shown
    assert "Sở Tư pháp tỉnh Mẫu" in shown and "Hạn trả kết quả" in shown
    assert "3. Bước 3</h3>" in text(admin.get(f"{of(draft)}chay-thu/", sample | {"channel": "direct"}))
    assert admin.get(f"{of(draft)}chay-thu/", sample | {"day": "x"}).status_code == 422


def test_a_bpmn_file_goes_out_and_comes_in_as_a_draft(admin):
    draft = sketch(line(s2=step(2, branches=(Branch(4, ONLINE), Branch(3)))))
    out = admin.get(f"{of(draft)}bpmn/")
    assert "QT-A-1.bpmn" in out["Content-Disposition"]
    file = SimpleUploadedFile("a.bpmn", out.content)
    page = text(admin.post(f"{LIST}nhap/{NO_TERM}/", {"file": file}, follow=True))
    assert "Đã nhập tệp BPMN" in page
    taken = ProcessVersion.objects.get(process__procedure_code=NO_TERM)
    assert queries.steps_of(taken.pk) == queries.steps_of(draft)


def test_a_bpmn_file_with_scripts_or_of_five_megabytes_leaves_nothing(admin):
    for content, sentence in ((b"<" * 5_000_000, "5,0 MB"), (b"<scriptTask/>", "scriptTask")):
        answer = admin.post(f"{LIST}nhap/{LICENCE}/", {"file": SimpleUploadedFile("a.bpmn", content)})
        assert answer.status_code == 422 and sentence in text(answer)
    assert not Process.objects.exclude(code="MAC-DINH").exists()


@pytest.mark.parametrize("path", ["", "them/", f"them/{LICENCE}/", f"nhap/{LICENCE}/"])
def test_the_designer_is_for_administrators_and_controllers(cast, path):
    assert client_of(cast.justice.bob).get(LIST + path).status_code == 403


@pytest.mark.parametrize("path", ["", "ban-hanh/", "bo/", "nguoi-va-thoi-gian/", "chay-thu/", "bpmn/", "buoc/1/", "buoc/1/them/"])
def test_a_guessed_address_of_a_version_is_refused_to_others(cast, path):
    assert client_of(cast.justice.charlie).get(of(sketch()) + path).status_code == 403


def test_the_command_lists_procedures_that_only_have_the_default(cast, capsys):
    publish(sketch())
    assert command.run(Namespace()) == 0
    told = capsys.readouterr().out
    assert "100 % thủ tục" in told and "1 thủ tục có quy trình riêng; 2 thủ tục" in told
    assert f"  {NO_TERM}  " in told and f"  {LICENCE}  " not in told


def test_hostile_names_are_told_and_drawn_as_text(admin):
    draft = sketch(line(s2=step(2, name="<script>alert(1)</script>")))
    page = text(admin.get(of(draft)))
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
