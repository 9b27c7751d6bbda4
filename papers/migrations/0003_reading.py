"""The text of scans, read with tesseract after the pictures of the pages are there."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('papers', '0002_final_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='file',
            name='read_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='tekst gelezen op'),
        ),
        migrations.AddField(
            model_name='pageimage',
            name='recognised_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='tekst herkend op'),
        ),
        migrations.AddIndex(
            model_name='file',
            index=models.Index(condition=models.Q(('pages_made_at__isnull', False), ('read_at', None), ('state', 'clean')), fields=['next_attempt_at'], name='file_to_read'),
        ),
        migrations.AddConstraint(
            model_name='file',
            constraint=models.CheckConstraint(condition=models.Q(('read_at', None), ('pages_made_at__isnull', False), _connector='OR'), name='file_read_after_its_pages', violation_error_message="De tekst van een bestand is er na zijn pagina's."),
        ),
    ]
