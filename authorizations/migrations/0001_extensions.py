from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """What PostgreSQL needs for searching names and for periods that may not overlap."""

    initial = True
    operations = [BtreeGistExtension(), TrigramExtension()]
