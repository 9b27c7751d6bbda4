"""What is in force never changes and is never removed, whatever code asks for it: it is only replaced, once."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION refuse_change_of_released() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'in_force' AND NEW.state = 'replaced' THEN
        expected := to_jsonb(OLD) || jsonb_build_object('state', 'replaced', 'replaced_by_id', NEW.replaced_by_id);
        IF to_jsonb(NEW) = expected THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'released_is_final' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TABLES = ("releasedcode", "releasedlink", "releasedtree")
GUARD = """
CREATE TRIGGER released_is_final BEFORE UPDATE OR DELETE ON ggz_codes_{table}
    FOR EACH ROW WHEN (OLD.state <> 'staged') EXECUTE FUNCTION refuse_change_of_released();
"""
THAW = """
DROP TRIGGER released_is_final ON ggz_codes_{table};
"""


class Migration(migrations.Migration):
    dependencies = [("ggz_codes", "0003_releases")]

    operations = [
        migrations.RunSQL(
            FREEZE + "".join(GUARD.format(table=table) for table in TABLES),
            "".join(THAW.format(table=table) for table in TABLES) + "DROP FUNCTION refuse_change_of_released();",
        )
    ]
