from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from motcua.base.actor import SYSTEM
from motcua.catalogue import importing, queries, services, storing
from motcua.catalogue.models import ImportRun, Procedure, ProcedureVersion
from motcua.catalogue.tests.conftest import lines, record

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
DAY = date(2026, 7, 1)


def import_(*paths):
    return services.import_files(paths, actor=SYSTEM, now=NOW)


def test_a_complete_record_is_published_with_open_validity(write):
    report = import_(write("a.jsonl", lines(record())))
    version = ProcedureVersion.objects.get()
    assert (report.counts["new"], version.state, version.decision_number) == (1, "published", "12/QĐ-BTP")
    assert (version.valid.lower, version.valid.upper) == (None, None)
    assert version.raw == record()


def test_an_incomplete_record_stays_a_draft(write):
    import_(write("a.jsonl", lines(record(so_quyet_dinh=""))))
    assert ProcedureVersion.objects.get().state == "draft"


def test_importing_again_changes_nothing(write):
    path = write("a.jsonl", lines(record(), record(ma_thu_tuc="1.900002")))
    import_(path)
    report = import_(path)
    assert report.as_dict()["unchanged"] == 2
    assert ProcedureVersion.objects.count() == 2


@pytest.mark.parametrize(
    "volatile",
    [
        {"detail_url": "https://example.vn/other"},
        {"formality_id": "2"},
        {"ten_thu_tuc": "Cấp  giấy phép thử nghiệm "},
        {"ket_qua_xu_ly": record()["ket_qua_xu_ly"] + "Chọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ"},
    ],
)
def test_what_is_not_content_makes_no_version(write, volatile):
    import_(write("a.jsonl", lines(record())))
    assert import_(write("b.jsonl", lines(record(**volatile)))).counts["unchanged"] == 1


def test_changed_content_makes_a_draft_and_leaves_the_published_version_in_force(write):
    import_(write("a.jsonl", lines(record())))
    report = import_(write("b.jsonl", lines(record(ten_thu_tuc="Cấp giấy phép khác"))))
    assert report.counts["changed"] == 1
    states = dict(ProcedureVersion.objects.values_list("number", "state"))
    assert states == {1: "published", 2: "draft"}
    assert queries.version_for_intake("1.900001", DAY).name == "Cấp giấy phép thử nghiệm"


def test_a_further_change_closes_the_draft_nobody_published(write):
    for name in ("một", "hai", "ba"):
        import_(write("a.jsonl", lines(record(ten_thu_tuc=name))))
    assert list(ProcedureVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "published",
        "closed",
        "draft",
    ]


def test_broken_lines_are_refused_and_the_rest_is_taken(write):
    content = lines(record()) + b'{"ma_thu_tuc": "1.9\n' + lines(record(ma_thu_tuc="1.900002"))
    report = import_(write("a.jsonl", content)).as_dict()
    assert (report["lines"], report["records"], report["rejected"]) == (3, 2, 1)
    assert Procedure.objects.count() == 2


def test_a_failure_of_the_database_takes_nothing(write, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 1)
    real, calls = storing.store, []

    def fails_the_second_time(records, **kwargs):
        calls.append(records)
        if len(calls) == 2:
            raise RuntimeError("database gone")
        return real(records, **kwargs)

    monkeypatch.setattr(importing, "store", fails_the_second_time)
    with pytest.raises(RuntimeError):
        import_(write("a.jsonl", lines(record(), record(ma_thu_tuc="1.900002"))))
    assert not Procedure.objects.exists()
    assert not ImportRun.objects.exists()


def test_the_run_keeps_its_report(write):
    import_(write("a.jsonl", lines(record(linh_vuc="Lĩnh vực chưa ai biết"))))
    run = ImportRun.objects.get()
    assert run.counts["findings"]["unknown_field"] == 1
    assert run.report["by_record"]["1.900001"]["status"] == "new"


def test_a_local_code_is_kept_as_alias_of_the_national_one(write):
    import_(write("a.jsonl", lines(record(ma_thu_tuc="3.000181.000.00.00.H22"))))
    procedure = Procedure.objects.get()
    assert (procedure.code, procedure.origin) == ("3.000181", "local")
    assert queries.version_for_intake("3.000181.000.00.00.H22", DAY).code == "3.000181"


def test_characters_the_database_cannot_hold_are_replaced_and_reported(write):
    broken = record(ten_thu_tuc="Cấp\x00 phép \ud800", extra=["\x00"])
    content = (b'{"n": 1e999, ' + json.dumps(broken).encode()[1:]) + b"\n"
    report = import_(write("a.jsonl", content))
    assert report.findings["characters_replaced"] == 1
    assert ProcedureVersion.objects.get().name == "Cấp\ufffd phép \ufffd"


def test_script_in_a_name_is_kept_as_text(write):
    name = "<script>alert(1)</script> Cấp phép"
    import_(write("a.jsonl", lines(record(ten_thu_tuc=name))))
    assert queries.search("alert", on=DAY).hits[0].name == name


def test_a_huge_text_is_stored_whole(write):
    steps = "Bước. " * 300_000
    import_(write("a.jsonl", lines(record(trinh_tu_thuc_hien=steps))))
    assert queries.procedure_page("1.900001", DAY).texts["trinh_tu_thuc_hien"] == steps


def test_the_real_records_fit_the_tables(real_files):
    report = import_(*real_files).as_dict()
    assert (report["files"], report["lines"], report["records"], report["rejected"]) == (4, 2039, 2039, 0)
    assert Procedure.objects.count() == 2039
    assert import_(*real_files).as_dict()["unchanged"] == 2039
