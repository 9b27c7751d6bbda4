"""Declaraties and coulance fall under the retention: reported, and of a draft when somebody last touched it."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0042_traject_files'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='retentionreport',
            name='retention_class_known',
        ),
        migrations.AddField(
            model_name='coulancerequest',
            name='edited_at',
            field=models.DateTimeField(null=True, verbose_name='laatst gewijzigd op'),
        ),
        migrations.AlterField(
            model_name='retentionreport',
            name='kept',
            field=models.CharField(choices=[('draft', 'Concepten die niemand afmaakte'), ('files', 'Documenten bij een aanvraag'), ('dossier', 'Aanvragen met besluit en brieven'), ('traject', 'Zorgtrajecten met hun activiteiten'), ('taken_over', 'Overgenomen machtigingen met hun bewijs'), ('coulance', 'Coulanceverzoeken met stukken en brief'), ('claim', 'Declaraties')], max_length=10, verbose_name='soort gegevens'),
        ),
        migrations.AlterField(
            model_name='retentionreport',
            name='references',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None, verbose_name='kenmerken'),
        ),
        migrations.AddConstraint(
            model_name='retentionreport',
            constraint=models.CheckConstraint(condition=models.Q(('kept__in', ['claim', 'coulance', 'dossier', 'draft', 'files', 'taken_over', 'traject'])), name='retention_class_known', violation_error_message='Deze soort gegevens bestaat niet.'),
        ),
    ]
