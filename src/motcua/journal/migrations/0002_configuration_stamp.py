"""The stamp under which reads of configuration are remembered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ConfigurationStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(
            "CREATE SEQUENCE journal_configuration_seq START 2; INSERT INTO journal_configurationstamp (value) VALUES (1)",
            "DROP SEQUENCE journal_configuration_seq",
        ),
    ]
