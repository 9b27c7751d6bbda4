"""
A letter is written once and issued once, whoever asks: also in SQL, the shell or an admin page.

The triggers raise an integrity error that carries the name of the rule, just as a constraint does.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION papers_letter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.issued_at IS NOT NULL THEN
            RAISE EXCEPTION 'letter_issued_is_final: Een uitgegeven brief wordt niet verwijderd.'
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'letter_issued_is_final';
        END IF;
        RETURN OLD;
    END IF;
    IF (NEW.reference, NEW.kind, NEW.title, NEW.html, NEW.created_at)
        IS DISTINCT FROM (OLD.reference, OLD.kind, OLD.title, OLD.html, OLD.created_at) THEN
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

BACKWARDS = """
DROP TRIGGER letter_is_final ON papers_letter;
DROP FUNCTION papers_letter_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
