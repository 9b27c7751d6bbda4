"""Of a document that joins a request with a privacyverklaring no text is kept, by whichever way it comes in."""

from django.db import migrations

FORGET = """
CREATE FUNCTION keep_no_text_without_diagnosis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM authorizations_authorizationrequest WHERE id = NEW.authorization_id AND without_diagnosis
    ) THEN
        UPDATE papers_file SET keeps_text = false WHERE id = NEW.file_id;
        UPDATE papers_pageimage SET text = '' WHERE file_id = NEW.file_id AND text <> '';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER document_without_text AFTER INSERT ON authorizations_document
    FOR EACH ROW EXECUTE FUNCTION keep_no_text_without_diagnosis();
"""
REMEMBER = """
DROP TRIGGER document_without_text ON authorizations_document;
DROP FUNCTION keep_no_text_without_diagnosis();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("authorizations", "0036_privacyverklaring_is_guarded"),
        ("papers", "0004_no_text"),
    ]

    operations = [
        migrations.RunSQL(FORGET, REMEMBER),
    ]
