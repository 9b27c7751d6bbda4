"""
A letter is written once and issued once, whoever asks: also in SQL, the shell or an admin page.

The triggers raise an integrity error that carries the name of the rule, just as a constraint does. Two things they let
through, each only to who says so for the length of one transaction:

- A frozen text may change keys: the same words, sealed anew. The database can't read them, so it lets only the owner of
  the table do that (`manage.py rotate_keys`). The portal itself works under another role: to it a frozen row is frozen,
  whatever it says.
- An issued letter may go when its time has come, and not before it is a year old. How long it is really kept is policy
  (R-39); a year is what the database never goes below.

The guards of authorizations (0006 and 0007) keep to the same terms.
"""

from django.db import migrations

TERMS = r"""
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
CREATE FUNCTION may_forget(final_at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('portal.retention', true), '') = 'on' AND final_at < now() - interval '1 year'
$$;
"""
NO_TERMS = """
DROP FUNCTION may_forget(timestamptz);
DROP FUNCTION only_resealed(text, text, oid);
DROP FUNCTION is_sealed(text);
DROP FUNCTION may_reseal(oid);
"""

GUARD = """
CREATE FUNCTION papers_letter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.issued_at IS NOT NULL AND NOT may_forget(OLD.issued_at) THEN
            RAISE EXCEPTION 'letter_issued_is_final: Een uitgegeven brief wordt niet verwijderd.'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'letter_issued_is_final';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.reference, NEW.kind, NEW.title, NEW.created_at)
        IS DISTINCT FROM (OLD.reference, OLD.kind, OLD.title, OLD.created_at)
        OR NOT only_resealed(OLD.html, NEW.html, TG_RELID) THEN
        RAISE EXCEPTION 'letter_text_is_frozen: De tekst van een brief verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'letter_text_is_frozen';
    END IF;
    IF OLD.issued_at IS NOT NULL
        AND (NEW.issued_at, NEW.pdf, NEW.sha256, NEW.size)
            IS DISTINCT FROM (OLD.issued_at, OLD.pdf, OLD.sha256, OLD.size) THEN
        RAISE EXCEPTION 'letter_issued_is_final: Een uitgegeven brief verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'letter_issued_is_final';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER letter_is_final BEFORE UPDATE OR DELETE ON papers_letter
    FOR EACH ROW EXECUTE FUNCTION papers_letter_guard();
"""
NO_GUARD = """
DROP TRIGGER letter_is_final ON papers_letter;
DROP FUNCTION papers_letter_guard();
"""


class Migration(migrations.Migration):

    replaces = [
        ("papers", "0010_letters_are_forgotten"),
    ]

    dependencies = [
        ("papers", "0001_papers"),
    ]

    operations = [
        migrations.RunSQL(TERMS, NO_TERMS),
        migrations.RunSQL(GUARD, NO_GUARD),
    ]
