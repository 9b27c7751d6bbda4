"""
Holds, the nightly deletion and its reports.

What is held is deleted by nobody. A final decision may go when its time has come, under the terms of papers/migrations/0010.
"""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

sealed = import_module("authorizations.migrations.0007_only_sealed")

HELD = ("authorizationrequest", "id"), *(
    (name, "authorization_id")
    for name in ("insured", "document", "decision", "requestletter", "informationrequest", "statusevent")
)
REFUSE = """
CREATE FUNCTION refuse_deletion_of_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM authorizations_legalhold
        WHERE authorization_id = (to_jsonb(OLD) ->> TG_ARGV[0])::bigint AND lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION 'held_request_stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
"""
KEEP_HELD = REFUSE + "".join(
    f"CREATE TRIGGER held_request_stays BEFORE DELETE ON authorizations_{name} "
    f"FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held('{column}');\n"
    for name, column in HELD
)
RELEASE = "".join(f"DROP TRIGGER held_request_stays ON authorizations_{name};\n" for name, _ in HELD) + (
    "DROP FUNCTION refuse_deletion_of_held();"
)
GUARD = sealed.FREEZE_DECISION[: sealed.FREEZE_DECISION.index("CREATE TRIGGER")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
FORGET_DECISION = GUARD.replace(
    "IF OLD.final_at IS NOT NULL AND NOT (", "IF TG_OP = 'DELETE' AND may_forget(OLD.final_at) THEN\n        RETURN OLD;\n    END IF;\n    IF OLD.final_at IS NOT NULL AND NOT ("
)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_membership_kind_of_organization'),
        ('authorizations', '0007_only_sealed'),
        ('papers', '0010_letters_are_forgotten'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(verbose_name='begonnen op')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='klaar op')),
            ],
            options={
                'verbose_name': 'opschoonronde',
                'verbose_name_plural': 'opschoonrondes',
                'ordering': ['-started_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='reden')),
                ('placed_at', models.DateTimeField(verbose_name='vastgehouden op')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='vrijgegeven op')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vrijgegeven door')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgehouden door')),
            ],
            options={
                'verbose_name': 'bewaarplicht',
                'verbose_name_plural': 'bewaarplichten',
                'ordering': ['-placed_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('authorization',), name='one_hold_at_a_time', violation_error_message='Deze aanvraag wordt al vastgehouden.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_has_a_reason', violation_error_message='Leg uit waarom deze aanvraag bewaard moet blijven.'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='hold_lifted_pair', violation_error_message='Wie de aanvraag vrijgaf en wanneer horen bij elkaar.')],
            },
        ),
        migrations.CreateModel(
            name='RetentionReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.CharField(choices=[('draft', 'Concepten die niemand afmaakte'), ('files', 'Documenten bij een aanvraag'), ('dossier', 'Aanvragen met besluit en brieven')], max_length=10, verbose_name='soort gegevens')),
                ('requests', models.PositiveIntegerField(default=0, verbose_name='aanvragen')),
                ('on_disk', models.PositiveIntegerField(default=0, verbose_name='bestanden op schijf')),
                ('oldest_on', models.DateField(verbose_name='oudste')),
                ('references', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None, verbose_name='kenmerken')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='organisatie')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='authorizations.retentionrun', verbose_name='opschoonronde')),
            ],
            options={
                'verbose_name': 'opschoonverslag',
                'verbose_name_plural': 'opschoonverslagen',
                'ordering': ['run', 'organization', 'kept'],
                'constraints': [models.UniqueConstraint(fields=('run', 'organization', 'kept'), name='retention_reported_once', violation_error_message='Van deze ronde is al een verslag.'), models.CheckConstraint(condition=models.Q(('kept__in', ['dossier', 'draft', 'files'])), name='retention_class_known', violation_error_message='Deze soort gegevens bestaat niet.')],
            },
        ),
        migrations.RunSQL(KEEP_HELD, RELEASE),
        migrations.RunSQL(FORGET_DECISION, GUARD),
    ]
