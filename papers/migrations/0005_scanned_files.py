"""Files are scanned for viruses. What was here before wasn't: it waits for the scanner like what comes in."""

from django.db import migrations, models

WAITING = ["received", "scanning", "unknown"]


def scan_what_is_here(apps, schema_editor):
    File = apps.get_model("papers", "File")
    # Its pages stay: nobody sees them until the file is clean, and then they need not be drawn again.
    File.objects.filter(state="clean").update(
        state="received", pages_made_at=None, attempts=0, next_attempt_at=None, last_error="", gave_up_at=None
    )


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_whose_papers")]

    operations = [
        migrations.AddField(
            "file", "scanned_at", models.DateTimeField(blank=True, null=True, verbose_name="gecontroleerd op")
        ),
        migrations.AddField(
            "file",
            "scanner",
            models.CharField(blank=True, default="", max_length=20, verbose_name="gecontroleerd door"),
        ),
        migrations.AddField(
            "file", "owner_told_at", models.DateTimeField(blank=True, null=True, verbose_name="eigenaar ingelicht op")
        ),
        migrations.RunPython(scan_what_is_here, migrations.RunPython.noop),
    ]
