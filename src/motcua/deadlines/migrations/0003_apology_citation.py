"""Where apology and re-appointment are ruled, for the shipped rule sets too."""

from django.db import migrations, models

from motcua.deadlines.seeds import default_rule_sets


def cite(apps, schema_editor):
    table = apps.get_model("deadlines", "RuleSet")
    for rules in default_rule_sets():
        table.objects.filter(code=rules.code, apology_citation="").update(apology_citation=rules.apology_citation)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0002_seeds")]
    operations = [
        migrations.AddField("ruleset", "apology_citation", models.CharField(default="", max_length=300)),
        migrations.RunPython(cite, migrations.RunPython.noop),
    ]
