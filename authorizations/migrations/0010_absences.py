"""Days on which a medisch adviseur isn't there, so that the portal brings work back in time."""

import authorizations.models.subtrajects
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0009_names_alike'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='van')),
                ('last_day', models.DateField(verbose_name='tot en met')),
                ('noted_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie')),
            ],
            options={
                'verbose_name': 'afwezigheid',
                'verbose_name_plural': 'afwezigheden',
                'ordering': ['first_day', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='absence_in_order', violation_error_message='De laatste dag ligt voor de eerste.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('user'), '='), (models.F('organization'), '='), (authorizations.models.subtrajects.DateRange(models.F('first_day'), models.F('last_day'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='absences_do_not_overlap', violation_error_message='Voor deze dagen is al afwezigheid vastgelegd.')],
            },
        ),
    ]
