"""
Let nothing in that stands open, and guard the letters again.

A frozen text may still change keys: the same words, sealed anew. The database can't read them, so it lets only the owner
of the table do that, who says so for the length of one transaction (`manage.py rotate_keys`). The portal itself works
under another role: to it a frozen row is frozen, whatever it says.
"""

from django.db import migrations, models
from importlib import import_module

guard = import_module("papers.migrations.0002_letters_are_final")

FUNCTIONS = r"""
CREATE FUNCTION may_reseal(relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('portal.resealing', true), '') = 'on'
        AND pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = relation), 'USAGE')
$$;
CREATE FUNCTION is_sealed(value text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT value ~ '^v1\|[a-z0-9-]{1,20}\|[A-Za-z0-9_-]{16}\|[A-Za-z0-9_-]{22,}$'
$$;
CREATE FUNCTION only_resealed(old text, new text, relation oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT old IS NOT DISTINCT FROM new OR (is_sealed(old) AND is_sealed(new) AND may_reseal(relation))
$$;
"""
NO_FUNCTIONS = """
DROP FUNCTION only_resealed(text, text, oid);
DROP FUNCTION is_sealed(text);
DROP FUNCTION may_reseal(oid);
"""
FORWARDS = guard.FORWARDS.replace(
    """(NEW.reference, NEW.kind, NEW.title, NEW.html, NEW.created_at)
        IS DISTINCT FROM (OLD.reference, OLD.kind, OLD.title, OLD.html, OLD.created_at)""",
    """(NEW.reference, NEW.kind, NEW.title, NEW.created_at)
        IS DISTINCT FROM (OLD.reference, OLD.kind, OLD.title, OLD.created_at)
        OR NOT only_resealed(OLD.html, NEW.html, TG_RELID)""",
)


class Migration(migrations.Migration):
    dependencies = [("papers", "0008_seal_what_stood_open")]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(FORWARDS, guard.BACKWARDS),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), ('name__sealed', True), _connector='OR'), name='file_name_is_sealed', violation_error_message='De naam van een bestand wordt versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('html', ''), ('html__sealed', True), _connector='OR'), name='letter_text_is_sealed', violation_error_message='De tekst van een brief wordt versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='pageimage',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), ('text__sealed', True), _connector='OR'), name='page_text_is_sealed', violation_error_message='De tekst van een pagina wordt versleuteld bewaard.'),
        ),
    ]
