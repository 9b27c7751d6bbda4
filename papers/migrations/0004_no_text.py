"""
Files of which the text isn't kept: whatever is read of their pages, the database keeps the pictures alone.

The trigger empties the text rather than refuse it: a worker that read a page while that was decided goes on.
"""

from django.db import migrations, models

EMPTY = """
CREATE FUNCTION keep_no_page_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM papers_file WHERE id = NEW.file_id AND NOT keeps_text) THEN
        NEW.text := '';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER page_text_is_not_kept BEFORE INSERT OR UPDATE OF text ON papers_pageimage
    FOR EACH ROW WHEN (NEW.text <> '') EXECUTE FUNCTION keep_no_page_text();
"""
KEEP = """
DROP TRIGGER page_text_is_not_kept ON papers_pageimage;
DROP FUNCTION keep_no_page_text();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("papers", "0003_reading"),
    ]

    operations = [
        migrations.AddField(
            model_name="file",
            name="keeps_text",
            field=models.BooleanField(db_default=True, default=True, verbose_name="tekst bewaren"),
        ),
        migrations.RunSQL(EMPTY, KEEP),
    ]
