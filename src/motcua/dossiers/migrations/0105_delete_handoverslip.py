"""Slips live in the room of transfers, which has brought them over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0104_names_as_words"),
        ("transfers", "0002_slips_and_terms"),
    ]
    operations = [migrations.DeleteModel(name="HandoverSlip")]
