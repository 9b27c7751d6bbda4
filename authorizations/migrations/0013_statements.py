"""That no machtiging was needed, with a number, to be found again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0012_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=11, unique=True, verbose_name='nummer')),
                ('said_on', models.DateField(verbose_name='gezegd op')),
                ('said_at', models.DateTimeField(verbose_name='voor het eerst gezegd op')),
                ('code', models.CharField(max_length=6, verbose_name='declaratiecode')),
                ('used', models.CharField(blank=True, default='', max_length=6, verbose_name='al gebruikte code')),
                ('reason', models.CharField(max_length=40, verbose_name='reden')),
                ('policy_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='authorizations.policyversion', verbose_name='beleidsversie')),
            ],
            options={
                'verbose_name': 'verklaring',
                'verbose_name_plural': 'verklaringen',
                'constraints': [models.UniqueConstraint(fields=('policy_version', 'said_on', 'code', 'used'), name='statement_once_a_day', violation_error_message='Deze verklaring is vandaag al gegeven.'), models.CheckConstraint(condition=models.Q(('number__regex', '^N-[0-9A-HJKMNP-TV-Z]{9}$')), name='statement_number_fits', violation_error_message='Dit nummer is geen nummer van een verklaring.')],
            },
        ),
    ]
