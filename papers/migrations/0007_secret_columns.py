"""
Make room for secrets: texts that are sealed are longer than what they say.

A letter can be changed until 0009 guards it again: 0008 seals its text.
"""

import kit.encrypted
from django.db import migrations
from importlib import import_module

guard = import_module("papers.migrations.0002_letters_are_final")


class Migration(migrations.Migration):
    dependencies = [("papers", "0006_scanned_files_guarded")]

    operations = [
        migrations.RunSQL(guard.BACKWARDS, guard.FORWARDS),
        migrations.AlterField(
            model_name='file',
            name='name',
            field=kit.encrypted.EncryptedTextField(help_text='Zoals de afzender het noemde, veilig om te tonen.', verbose_name='naam'),
        ),
        migrations.AlterField(
            model_name='letter',
            name='html',
            field=kit.encrypted.EncryptedTextField(verbose_name='tekst'),
        ),
        migrations.AlterField(
            model_name='pageimage',
            name='text',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='tekst'),
        ),
    ]
