"""
The dbc's of a zorgtraject in the GGZ.

A vervolg comes after the initial one, which comes first; the end of the transaction is soon enough, for a whole
zorgtraject may come or go at once. A dbc is written once: it can be closed, and removed.
"""

import authorizations.models.subtrajects
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE FUNCTION refuse_dbcs_out_of_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about bigint := coalesce(NEW.zorgtraject_id, OLD.zorgtraject_id);
BEGIN
    IF EXISTS (
        SELECT 1 FROM authorizations_dbc AS one
        WHERE one.zorgtraject_id = about AND one.removed_at IS NULL
            AND (one.kind = 'vervolg') <> EXISTS (
                SELECT 1 FROM authorizations_dbc AS before
                WHERE before.zorgtraject_id = about AND before.removed_at IS NULL AND before.opened_on < one.opened_on
            )
    ) THEN
        RAISE EXCEPTION 'dbcs_in_order' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER dbcs_in_order AFTER INSERT OR UPDATE OR DELETE ON authorizations_dbc
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_dbcs_out_of_order();
CREATE FUNCTION refuse_dbc_outside_ggz() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM authorizations_zorgtraject AS one
        WHERE one.id = NEW.zorgtraject_id AND one.indication = 'psychic'
    ) THEN
        RAISE EXCEPTION 'dbc_in_the_ggz' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dbc_in_the_ggz BEFORE INSERT ON authorizations_dbc
    FOR EACH ROW EXECUTE FUNCTION refuse_dbc_outside_ggz();
CREATE FUNCTION refuse_change_of_dbc() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closing text[] := ARRAY['closed_on', 'closed_by_id', 'closed_at'];
    removal text[] := ARRAY['removed_by_id', 'removed_at'];
    changed text[] := ARRAY[]::text[];
BEGIN
    IF OLD.removed_at IS NULL AND OLD.closed_on IS NULL THEN
        changed := closing;
    END IF;
    IF OLD.removed_at IS NULL THEN
        changed := changed || removal;
    END IF;
    IF to_jsonb(NEW) - changed <> to_jsonb(OLD) - changed THEN
        RAISE EXCEPTION 'dbc_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dbc_is_written_once BEFORE UPDATE ON authorizations_dbc
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_dbc();
"""
UNGUARD = """
DROP TRIGGER dbc_is_written_once ON authorizations_dbc;
DROP FUNCTION refuse_change_of_dbc();
DROP TRIGGER dbc_in_the_ggz ON authorizations_dbc;
DROP FUNCTION refuse_dbc_outside_ggz();
DROP TRIGGER dbcs_in_order ON authorizations_dbc;
DROP FUNCTION refuse_dbcs_out_of_order();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0040_check_results'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dbc',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('initieel', 'Initieel'), ('vervolg', 'Vervolg')], max_length=8, verbose_name='soort')),
                ('zorgtype', models.CharField(max_length=3, verbose_name='zorgtype')),
                ('opened_on', models.DateField(verbose_name='geopend op')),
                ('closed_on', models.DateField(null=True, verbose_name='gesloten op')),
                ('registered_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='sluiting vastgelegd op')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='verwijderd op')),
            ],
            options={
                'verbose_name': 'dbc',
                'verbose_name_plural': "dbc's",
                'ordering': ['opened_on', 'id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='zorgtraject',
            name='zorgtraject_indication_known',
        ),
        migrations.AlterField(
            model_name='zorgtraject',
            name='indication',
            field=models.CharField(choices=[('chronic_pain', 'Chronische pijn'), ('other', 'Overige indicatie'), ('psychic', 'Psychische stoornis')], max_length=20, verbose_name='indicatie'),
        ),
        migrations.AddConstraint(
            model_name='zorgtraject',
            constraint=models.CheckConstraint(condition=models.Q(('indication__in', ['chronic_pain', 'other', 'psychic'])), name='zorgtraject_indication_known', violation_error_message='Deze indicatie bestaat niet.'),
        ),
        migrations.AddField(
            model_name='dbc',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gesloten door'),
        ),
        migrations.AddField(
            model_name='dbc',
            name='registered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door'),
        ),
        migrations.AddField(
            model_name='dbc',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verwijderd door'),
        ),
        migrations.AddField(
            model_name='dbc',
            name='zorgtraject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dbcs', to='authorizations.zorgtraject', verbose_name='zorgtraject'),
        ),
        migrations.AddConstraint(
            model_name='dbc',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('removed_at', None)), expressions=[(models.F('zorgtraject'), '='), (authorizations.models.subtrajects.DateRange(models.F('opened_on'), models.F('closed_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='dbcs_do_not_overlap', violation_error_message='In dit zorgtraject loopt op die dagen al een dbc.'),
        ),
        migrations.AddConstraint(
            model_name='dbc',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None), ('kind', 'initieel')), fields=('zorgtraject',), name='one_initial_dbc', violation_error_message='Een zorgtraject heeft 1 initiële dbc; daarna komt een vervolg.'),
        ),
        migrations.AddConstraint(
            model_name='dbc',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), models.Q(('closed_on__gte', models.F('opened_on')), ('closed_on__lte', django.db.models.expressions.CombinedExpression(models.F('opened_on'), '+', models.Value(datetime.timedelta(days=365))))), _connector='OR'), name='dbc_at_most_365_days', violation_error_message='Een dbc duurt hoogstens 365 dagen.'),
        ),
        migrations.AddConstraint(
            model_name='dbc',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['initieel', 'vervolg'])), name='dbc_kind_known', violation_error_message='Een dbc is initieel of een vervolg.'),
        ),
        migrations.AddConstraint(
            model_name='dbc',
            constraint=models.CheckConstraint(condition=models.Q(('zorgtype__regex', '^[0-9]{3}$')), name='dbc_zorgtype_three_digits', violation_error_message='Een zorgtype heeft 3 cijfers.'),
        ),
        migrations.AddConstraint(
            model_name='dbc',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('closed_on', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='dbc_closed_whole', violation_error_message='Wanneer een dbc sloot en wie dat vastlegde horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='dbc',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='dbc_removed_pair', violation_error_message='Wie de dbc verwijderde en wanneer horen bij elkaar.'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
