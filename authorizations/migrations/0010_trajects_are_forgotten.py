"""Zorgtrajecten go when they have been kept long enough, and stay while a request that they were treated under is held."""

import django.contrib.postgres.fields
from django.db import migrations, models

KEEP_HELD = """
CREATE FUNCTION refuse_deletion_of_held_traject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM authorizations_subtraject AS treated
        JOIN authorizations_grant AS granted ON granted.id = treated.granted_id
        JOIN authorizations_legalhold AS held ON held.authorization_id = granted.authorization_id
        WHERE treated.zorgtraject_id = OLD.zorgtraject_id AND held.lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION 'held_zorgtraject_stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER held_zorgtraject_stays BEFORE DELETE ON authorizations_trajectinsured
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held_traject();
CREATE TRIGGER held_zorgtraject_stays BEFORE DELETE ON authorizations_zorgactiviteit
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held_traject();
CREATE TRIGGER held_zorgtraject_stays BEFORE DELETE ON authorizations_subtrajectevent
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held_traject();
"""
RELEASE = """
DROP TRIGGER held_zorgtraject_stays ON authorizations_subtrajectevent;
DROP TRIGGER held_zorgtraject_stays ON authorizations_zorgactiviteit;
DROP TRIGGER held_zorgtraject_stays ON authorizations_trajectinsured;
DROP FUNCTION refuse_deletion_of_held_traject();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_external_identities'),
        ('authorizations', '0009_subtrajects'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='retentionreport',
            name='retention_class_known',
        ),
        migrations.AlterField(
            model_name='retentionreport',
            name='kept',
            field=models.CharField(choices=[('draft', 'Concepten die niemand afmaakte'), ('files', 'Documenten bij een aanvraag'), ('dossier', 'Aanvragen met besluit en brieven'), ('traject', 'Zorgtrajecten met hun activiteiten')], max_length=10, verbose_name='soort gegevens'),
        ),
        migrations.AlterField(
            model_name='retentionreport',
            name='references',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=15), default=list, size=None, verbose_name='kenmerken'),
        ),
        migrations.AddConstraint(
            model_name='retentionreport',
            constraint=models.CheckConstraint(condition=models.Q(('kept__in', ['dossier', 'draft', 'files', 'traject'])), name='retention_class_known', violation_error_message='Deze soort gegevens bestaat niet.'),
        ),
        migrations.RunSQL(KEEP_HELD, RELEASE),
    ]
