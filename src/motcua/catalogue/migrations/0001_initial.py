import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kit", "0001_extensions"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Field",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=300)),
                ("sector", models.CharField(blank=True, max_length=40)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
            ],
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("actor", models.JSONField()),
                (
                    "files",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("counts", models.JSONField()),
                ("report", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[("central", "Trung ương quy định"), ("local", "Địa phương quy định")],
                        default="central",
                        max_length=10,
                    ),
                ),
                ("is_internal", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "field",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedures",
                        to="catalogue.field",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProcedureAlias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60, unique=True)),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="catalogue.procedure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("import", "Nhập từ Cơ sở dữ liệu quốc gia"),
                            ("decision", "Sửa tại địa phương"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("published", "Đang công bố"),
                            ("replaced", "Đã thay thế"),
                            ("closed", "Đã bãi bỏ"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("raw", models.JSONField(default=dict)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("name", models.TextField()),
                ("folded_name", models.TextField()),
                (
                    "levels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("central", "central"),
                                ("province", "province"),
                                ("district", "district"),
                                ("commune", "commune"),
                                ("other", "other"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("direct", "direct"), ("post", "post"), ("online", "online")],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                (
                    "applicants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=200)),
                ("decision_number", models.CharField(blank=True, max_length=100)),
                ("decision_date", models.DateField(null=True)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
                ("online_level", models.CharField(blank=True, max_length=20)),
                ("after_15h", models.BooleanField(default=False)),
                ("texts", models.JSONField(default=dict)),
                (
                    "import_run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="catalogue.importrun",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="catalogue.procedure",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProcedureCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("name", models.TextField()),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), size=None
                    ),
                ),
                ("term_amount", models.PositiveIntegerField(null=True)),
                (
                    "term_unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ngay_lam_viec", "ngay_lam_viec"),
                            ("ngay", "ngay"),
                            ("thang", "thang"),
                            ("gio_lam_viec", "gio_lam_viec"),
                            ("gio", "gio"),
                            ("trong_ngay", "trong_ngay"),
                        ],
                        max_length=20,
                    ),
                ),
                ("term_text", models.TextField(blank=True)),
                ("description", models.TextField(blank=True)),
                ("is_default", models.BooleanField(default=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=60)),
                ("title", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legal_bases",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(db_index=True, max_length=40)),
                ("field", models.CharField(blank=True, max_length=40)),
                ("text", models.TextField(blank=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Component",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=30)),
                ("group", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("submit", "submit"), ("present", "present"), ("note", "note")],
                        max_length=10,
                    ),
                ),
                ("name", models.TextField()),
                ("originals", models.PositiveIntegerField(default=0)),
                ("copies", models.PositiveIntegerField(default=0)),
                ("required", models.BooleanField()),
                ("form_name", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="components",
                        to="catalogue.procedurecase",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="components",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ResultType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("code", models.CharField(blank=True, max_length=40)),
                ("name", models.TextField()),
                ("is_document", models.BooleanField(default=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Tariff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("phi", "phi"), ("le_phi", "le_phi"), ("chua_ro", "chua_ro")], max_length=10
                    ),
                ),
                ("name", models.TextField()),
                ("amount", models.PositiveBigIntegerField(null=True)),
                ("per_unit", models.CharField(blank=True, max_length=100)),
                ("text", models.TextField(blank=True)),
                ("payer_rule", models.TextField(blank=True)),
                ("channel", models.CharField(blank=True, max_length=10)),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tariffs",
                        to="catalogue.procedurecase",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tariffs",
                        to="catalogue.procedureversion",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Competence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("central", "central"),
                            ("province", "province"),
                            ("district", "district"),
                            ("commune", "commune"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("valid", django.contrib.postgres.fields.ranges.DateRangeField()),
                ("decision", models.CharField(max_length=200)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competences",
                        to="organisation.unit",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competences",
                        to="catalogue.field",
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="competences",
                        to="catalogue.procedure",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("procedure__isnull", True), ("field__isnull", True), _connector="XOR"
                        ),
                        name="competence_for_procedure_or_field",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("procedure__isnull", False)),
                        expressions=[("unit", "="), ("procedure", "="), ("level", "="), ("valid", "&&")],
                        name="competence_for_procedure_once",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("field__isnull", False)),
                        expressions=[("unit", "="), ("field", "="), ("level", "="), ("valid", "&&")],
                        name="competence_for_field_once",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="procedureversion",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("folded_name", name="gin_trgm_ops"),
                name="version_folded_name_trgm",
            ),
        ),
        migrations.AddIndex(
            model_name="procedureversion",
            index=django.contrib.postgres.indexes.GinIndex(fields=["levels"], name="version_levels"),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(fields=("procedure", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"), ("state", "closed"), ("valid__isnull", False), _connector="OR"
                ),
                name="what_was_published_has_validity",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("state__in", ["published", "replaced", "closed"]), ("valid__isnull", False)
                ),
                expressions=[("procedure", "="), ("valid", "&&")],
                name="one_published_version_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedurecase",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="case_position_once"),
        ),
        migrations.AddConstraint(
            model_name="component",
            constraint=models.UniqueConstraint(fields=("version", "code"), name="component_code_once"),
        ),
    ]
