"""
Names that are almost alike are looked for among what is open: the index holds those alone, one in twenty.

Whether a request is open stands with its insured too, because an index looks into one table. The database keeps that.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

import authorizations.models.spellings

KEEP = """
CREATE FUNCTION insured_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.is_open := EXISTS (
        SELECT 1 FROM authorizations_authorizationrequest WHERE id = NEW.authorization_id
        AND status IN ('answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider')
    );
    RETURN NEW;
END $$;
CREATE TRIGGER insured_is_open BEFORE INSERT OR UPDATE ON authorizations_insured
    FOR EACH ROW EXECUTE FUNCTION insured_is_open();
CREATE FUNCTION tell_insured_what_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE authorizations_insured
    SET is_open = NEW.status IN ('answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider')
    WHERE authorization_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER insured_is_told AFTER UPDATE OF status ON authorizations_authorizationrequest
    FOR EACH ROW WHEN (
        (OLD.status IN ('answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider'))
        <> (NEW.status IN ('answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider'))
    )
    EXECUTE FUNCTION tell_insured_what_is_open();
"""
LEAVE = """
DROP TRIGGER insured_is_told ON authorizations_authorizationrequest;
DROP FUNCTION tell_insured_what_is_open();
DROP TRIGGER insured_is_open ON authorizations_insured;
DROP FUNCTION insured_is_open();
"""
# The trigger finds out what is so; of what isn't open it was right already.
FILL = """
UPDATE authorizations_insured SET is_open = true WHERE authorization_id IN (
    SELECT id FROM authorizations_authorizationrequest
    WHERE status IN ('answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider')
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0043_retention_of_claims'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='insured',
            name='insured_surname_alike',
        ),
        migrations.AddField(
            model_name='insured',
            name='is_open',
            field=models.BooleanField(default=False, editable=False, verbose_name='aanvraag is open'),
        ),
        migrations.AddIndex(
            model_name='insured',
            index=django.contrib.postgres.indexes.GinIndex(authorizations.models.spellings.NearSpellings('surname'), condition=models.Q(('is_open', True)), name='insured_surname_alike'),
        ),
        migrations.RunSQL(KEEP, LEAVE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
