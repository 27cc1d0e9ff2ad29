"""The shipped calendar (2021–2026, 2027 as a draft) and rule sets, through the same loader as everywhere."""

from django.db import migrations

from motcua.deadlines import seeding


def load(apps, schema_editor):
    seeding.load(lambda name: apps.get_model("deadlines", name))


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
