"""Seal the texts that stood open; may be killed and started again. Backwards it opens them."""

from django.db import migrations

from kit import resealing

TABLES = (
    resealing.Table("papers_file", "id", "uuid", ("name",)),
    resealing.Table("papers_letter", "id", "bigint", ("html",)),
    resealing.Table("papers_pageimage", "id", "bigint", ("text",)),
)


def seal(apps, schema_editor):
    resealing.seal_all(schema_editor.connection, TABLES)


def unseal(apps, schema_editor):
    resealing.unseal_all(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("papers", "0007_secret_columns")]

    operations = [migrations.RunPython(seal, unseal)]
