"""Slips of the time before receivers confirmed come over with their numbers, and the shipped working times are planted."""

from datetime import date
from decimal import Decimal

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

BATCH = 2_000
SINCE = date(2018, 1, 1)
CITATION = "Mặc định của hệ thống: chuyển hồ sơ trong ngày làm việc (Nghị định 118/2025/NĐ-CP, Điều 18 khoản 2); UBND tỉnh quy định lại"
SHIPPED = (("confirm", Decimal("4.0")), ("leg", Decimal("16.0")))


def bring_over(apps, schema_editor):
    """One line for every dossier of an old slip. Nobody confirmed them, so nothing claims that they were taken over."""
    old, slip = apps.get_model("dossiers", "HandoverSlip"), apps.get_model("transfers", "Slip")
    line = apps.get_model("transfers", "Line")
    rows = old.objects.order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        slip.objects.create(
            pk=row.pk, number=row.number, kind="forward", from_unit_id=row.from_unit_id, to_unit_id=row.to_unit_id,
            at=row.at, officer=row.officer, settled_at=row.at,
        )  # fmt: skip
        numbers = row.dossiers.order_by("code", "pk").values_list("pk", flat=True)
        line.objects.bulk_create(
            line(slip_id=row.pk, position=position, dossier_id=number, state="one_sided")
            for position, number in enumerate(numbers, 1)
        )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('transfers_slip', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) FROM transfers_slip"
        )


def take_back(apps, schema_editor):
    """The way back keeps slips and dossiers; what receivers said has no place there."""
    old, slip = apps.get_model("dossiers", "HandoverSlip"), apps.get_model("transfers", "Slip")
    for row in slip.objects.filter(kind="forward").order_by("pk").iterator(chunk_size=BATCH):
        made = old.objects.create(
            pk=row.pk, number=row.number, from_unit_id=row.from_unit_id, to_unit_id=row.to_unit_id, at=row.at,
            officer=row.officer,
        )  # fmt: skip
        made.dossiers.set(row.lines.values_list("dossier_id", flat=True))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('dossiers_handoverslip', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) "
            "FROM dossiers_handoverslip"
        )


def plant(apps, schema_editor):
    """Working hours to confirm a hand-over and to do the work of a leg, until the province says otherwise."""
    term = apps.get_model("transfers", "TransferTerm")
    for kind, hours in SHIPPED:
        term.objects.get_or_create(
            kind=kind, unit=None, defaults={"hours": hours, "valid": DateRange(SINCE, None), "citation": CITATION}
        )


class Migration(migrations.Migration):
    dependencies = [("transfers", "0001_initial"), ("dossiers", "0100_dossier_facts")]
    operations = [
        migrations.RunPython(bring_over, take_back, elidable=False),
        migrations.RunPython(plant, migrations.RunPython.noop, elidable=False),
    ]
