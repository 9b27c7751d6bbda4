"""
An issued letter may go when its time has come: not before it is a year old, and only to who says so for one transaction.

How long it is really kept is policy (R-39); a year is what the database never goes below.
"""

from django.db import migrations
from importlib import import_module

sealed = import_module("papers.migrations.0009_only_sealed")

MAY_FORGET = """
CREATE FUNCTION may_forget(final_at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('portal.retention', true), '') = 'on' AND final_at < now() - interval '1 year'
$$;
"""
GUARD = sealed.FORWARDS[sealed.FORWARDS.index("CREATE FUNCTION"):sealed.FORWARDS.index("CREATE TRIGGER")]
REPLACE = GUARD.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("papers", "0009_only_sealed")]

    operations = [
        migrations.RunSQL(MAY_FORGET, "DROP FUNCTION may_forget(timestamptz)"),
        migrations.RunSQL(
            REPLACE.replace("IF OLD.issued_at IS NOT NULL THEN\n            RAISE", "IF OLD.issued_at IS NOT NULL AND NOT may_forget(OLD.issued_at) THEN\n            RAISE"),
            REPLACE,
        ),
    ]
