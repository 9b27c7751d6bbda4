"""
Zorgtrajectnummers that came after others, and other numbers that stand out.

A chain of numbers never closes into a ring, also not when two people record at once. What was recorded stays as it is;
it can only be withdrawn.
"""

import authorizations.models.subtrajects
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE FUNCTION refuse_wrong_traject_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM authorizations_zorgtraject AS one
        WHERE one.id = NEW.zorgtraject_id AND one.provider_id = NEW.provider_id
    ) THEN
        RAISE EXCEPTION 'changed_number_of_own_traject' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- One after the other per institution: of two that record at once, the second sees the first.
    PERFORM pg_advisory_xact_lock(hashtext('traject_numbers'), NEW.provider_id::int);
    IF NEW.from_agb = '' AND NEW.old_number <> NEW.new_number AND EXISTS (
        WITH RECURSIVE onward(number) AS (
            SELECT NEW.new_number
            UNION
            SELECT one.new_number FROM authorizations_trajectnumber AS one JOIN onward ON one.old_number = onward.number
            WHERE one.provider_id = NEW.provider_id AND one.from_agb = '' AND one.withdrawn_at IS NULL
        )
        SELECT 1 FROM onward WHERE number = NEW.old_number
    ) THEN
        RAISE EXCEPTION 'changed_numbers_in_a_ring' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER traject_number_is_right BEFORE INSERT ON authorizations_trajectnumber
    FOR EACH ROW EXECUTE FUNCTION refuse_wrong_traject_number();
CREATE FUNCTION refuse_change_of_traject_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR
        to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' <> to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id'
    THEN
        RAISE EXCEPTION 'changed_number_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER changed_number_is_written_once BEFORE UPDATE ON authorizations_trajectnumber
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_traject_number();
"""
UNGUARD = """
DROP TRIGGER changed_number_is_written_once ON authorizations_trajectnumber;
DROP FUNCTION refuse_change_of_traject_number();
DROP TRIGGER traject_number_is_right ON authorizations_trajectnumber;
DROP FUNCTION refuse_wrong_traject_number();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0032_queue_index'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberSignal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raised_at', models.DateTimeField(verbose_name='opgevallen op')),
                ('state', models.CharField(choices=[('open', 'Nog geen uitleg'), ('omgezet', 'Het nummer is omgezet'), ('nieuw', 'Een nieuw zorgtraject')], default='open', max_length=8, verbose_name='stand')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='uitgelegd op')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uitgelegd door')),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='later_signals', to='authorizations.zorgtraject', verbose_name='eerder zorgtraject')),
                ('zorgtraject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='number_signal', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'ander zorgtrajectnummer',
                'verbose_name_plural': 'andere zorgtrajectnummers',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['nieuw', 'omgezet', 'open'])), name='number_signal_state_known', violation_error_message='Deze stand bestaat niet.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='number_signal_answered_whole', violation_error_message='Wie uitleg gaf en wanneer horen bij elkaar.'), models.CheckConstraint(condition=models.Q(('zorgtraject', models.F('earlier')), _negated=True), name='number_signal_about_two', violation_error_message='Een zorgtraject is niet zijn eigen voorganger.')],
            },
        ),
        migrations.CreateModel(
            name='TrajectNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_number', models.CharField(max_length=15, verbose_name='oud nummer')),
                ('new_number', models.CharField(max_length=15, verbose_name='nieuw nummer')),
                ('from_agb', models.CharField(blank=True, default='', max_length=8, verbose_name='AGB-code van wie het oude nummer gaf')),
                ('reason', models.CharField(choices=[('softwarewissel', 'Andere software of leverancier'), ('fusie', 'Fusie van zorgaanbieders'), ('verbetering', 'Het nummer was verkeerd')], max_length=20, verbose_name='reden')),
                ('changed_on', models.DateField(verbose_name='omgezet op')),
                ('registered_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='ingetrokken op')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingetrokken door')),
                ('zorgtraject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='numbers', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'omgezet zorgtrajectnummer',
                'verbose_name_plural': 'omgezette zorgtrajectnummers',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['old_number'], name='traject_old_numbers'), models.Index(fields=['new_number'], name='traject_new_numbers')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('provider', 'old_number', 'from_agb'), name='old_number_once', violation_error_message='Dit oude nummer is al omgezet.'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('provider', 'new_number'), name='new_number_once', violation_error_message='Dit nieuwe nummer staat al voor een ander oud nummer.'), models.CheckConstraint(condition=models.Q(('new_number__regex', '^[0-9A-Z]{1,15}$'), ('old_number__regex', '^[0-9A-Z]{1,15}$')), name='changed_numbers_fit', violation_error_message='Een zorgtrajectnummer heeft hoogstens 15 letters en cijfers.'), models.CheckConstraint(condition=models.Q(models.Q(('old_number', models.F('new_number')), _negated=True), models.Q(('from_agb', ''), _negated=True), _connector='OR'), name='changed_number_differs', violation_error_message='Het oude en het nieuwe nummer zijn hetzelfde.'), models.CheckConstraint(condition=models.Q(('reason__in', ['fusie', 'softwarewissel', 'verbetering'])), name='changed_number_reason_known', violation_error_message='Deze reden bestaat niet.'), models.CheckConstraint(condition=models.Q(('from_agb', ''), models.Q(('from_agb__regex', '^[0-9]{8}$'), ('reason', 'fusie')), _connector='OR'), name='changed_number_of_another_by_merger', violation_error_message='Een andere instelling noemt u alleen bij een fusie.'), models.CheckConstraint(condition=models.Q(('changed_on__lte', authorizations.models.subtrajects.LocalDate(models.F('registered_at')))), name='changed_number_not_in_the_future', violation_error_message='Een nummer verandert niet in de toekomst.'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='changed_number_withdrawn_pair', violation_error_message='Wie de omzetting introk en wanneer horen bij elkaar.')],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
