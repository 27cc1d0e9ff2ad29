"""The shipped reason classes."""

from django.db import migrations

from motcua.proposals import seeding


def load(apps, schema_editor):
    seeding.load(apps.get_model("proposals", "ReasonClass"))


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
