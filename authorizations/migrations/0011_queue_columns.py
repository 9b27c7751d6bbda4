"""Which columns somebody wants to see in the queue."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0010_absences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='QueueColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None, verbose_name='kolommen')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='van')),
            ],
            options={
                'verbose_name': 'kolommen van de werkvoorraad',
                'verbose_name_plural': 'kolommen van de werkvoorraad',
                'constraints': [models.UniqueConstraint(fields=('user', 'organization'), name='queue_columns_once', violation_error_message='U koos al kolommen.'), models.CheckConstraint(condition=models.Q(('columns__contained_by', ['termijn', 'soort', 'verzekerde', 'aanbieder', 'ingediend', 'status', 'beoordelaar', 'begin', 'beleid'])), name='queue_columns_known', violation_error_message='Deze kolom bestaat niet.')],
            },
        ),
    ]
