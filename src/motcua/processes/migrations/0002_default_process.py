"""The five electronic steps every procedure follows that has no process of its own (TT 01/2018 Đ4; NĐ 118/2025 Đ18)."""

from __future__ import annotations

from datetime import date

from django.db import migrations
from django.db.backends.postgresql.psycopg_any import DateRange

STEPS = (
    ("S1", "Tiếp nhận, số hóa hồ sơ", "counter", 5, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    ("S2", "Chuyển, phân công xử lý", "leader", 10, "Hồ sơ đã phân công"),
    ("S3", "Thẩm định, giải quyết", "specialist", 60, "Dự thảo kết quả giải quyết"),
    ("S4", "Ký số, ban hành kết quả", "leader", 20, "Kết quả giải quyết"),
    ("S5", "Trả kết quả", "counter", 5, "Kết quả đã trả cho chủ hồ sơ"),
)


def add(apps, schema_editor):
    process = apps.get_model("processes", "Process").objects.create(
        code="MAC-DINH", name="Quy trình điện tử mặc định năm bước", procedure_code=""
    )
    version = apps.get_model("processes", "ProcessVersion").objects.create(
        process=process,
        number=1,
        published=True,
        decision_number="Mặc định của hệ thống",
        decision_date=date(2018, 1, 1),
        valid=DateRange(date(2018, 1, 1), None),
    )
    step = apps.get_model("processes", "Step")
    step.objects.bulk_create(
        step(version=version, position=position, stage=stage, name=name, role=role, share=share, result=result)
        for position, (stage, name, role, share, result) in enumerate(STEPS, 1)
    )


def remove(apps, schema_editor):
    apps.get_model("processes", "Step").objects.filter(version__process__code="MAC-DINH").delete()
    apps.get_model("processes", "ProcessVersion").objects.filter(process__code="MAC-DINH").delete()
    apps.get_model("processes", "Process").objects.filter(code="MAC-DINH").delete()


class Migration(migrations.Migration):
    dependencies = [("processes", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
