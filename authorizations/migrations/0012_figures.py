"""What is counted per day, what of it everybody may read, and an index to find what came in on a day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0011_queue_columns'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy', models.CharField(max_length=60, verbose_name='beleid')),
                ('on_day', models.DateField(verbose_name='dag')),
                ('measure', models.CharField(choices=[('received', 'Ontvangen aanvragen'), ('outcome', 'Afgeronde aanvragen, per uitkomst'), ('first_time', 'Besloten aanvragen, in één keer goed'), ('question', 'Aanvragen met een vraag, per criterium'), ('denied_for', 'Afgewezen aanvragen, per criterium waaraan niet is voldaan'), ('second', 'Tweede beoordelingen'), ('insurer', 'Besloten aanvragen, per aantal werkdagen van de verzekeraar'), ('provider', 'Besloten aanvragen, per aantal werkdagen van de zorgaanbieder'), ('patient', 'Besloten aanvragen, per aantal werkdagen dat de patiënt wachtte')], max_length=12, verbose_name='cijfer')),
                ('key', models.CharField(blank=True, default='', max_length=40, verbose_name='onderdeel')),
                ('number', models.PositiveIntegerField(verbose_name='aantal')),
            ],
            options={
                'verbose_name': 'cijfer van een dag',
                'verbose_name_plural': 'cijfers van een dag',
            },
        ),
        migrations.CreateModel(
            name='FiguresDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on_day', models.DateField(unique=True, verbose_name='dag')),
                ('counted_at', models.DateTimeField(verbose_name='geteld op')),
            ],
            options={
                'verbose_name': 'getelde dag',
                'verbose_name_plural': 'getelde dagen',
                'ordering': ['on_day'],
            },
        ),
        migrations.CreateModel(
            name='PublicFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='eerste dag van het kwartaal')),
                ('body', models.JSONField(verbose_name='cijfers')),
                ('made_at', models.DateTimeField(verbose_name='gemaakt op')),
            ],
            options={
                'verbose_name': 'openbare cijfers',
                'verbose_name_plural': 'openbare cijfers',
                'ordering': ['-starts_on', 'insurer'],
            },
        ),
        migrations.AddIndex(
            model_name='authorizationrequest',
            index=models.Index(condition=models.Q(('submitted_at__isnull', False)), fields=['submitted_at'], name='request_submitted'),
        ),
        migrations.AddField(
            model_name='dayfigure',
            name='insurer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar'),
        ),
        migrations.AddField(
            model_name='publicfigures',
            name='insurer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar'),
        ),
        migrations.AddIndex(
            model_name='dayfigure',
            index=models.Index(fields=['on_day'], name='figures_by_day'),
        ),
        migrations.AddConstraint(
            model_name='dayfigure',
            constraint=models.UniqueConstraint(fields=('insurer', 'on_day', 'policy', 'measure', 'key'), include=('number',), name='figure_once_a_day', violation_error_message='Dit cijfer van deze dag is er al.'),
        ),
        migrations.AddConstraint(
            model_name='dayfigure',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['denied_for', 'first_time', 'insurer', 'outcome', 'patient', 'provider', 'question', 'received', 'second'])), name='figure_measure_known', violation_error_message='Dit cijfer bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='dayfigure',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='figure_counts_something', violation_error_message='Wat niet voorkwam, krijgt geen cijfer.'),
        ),
        migrations.AddConstraint(
            model_name='publicfigures',
            constraint=models.UniqueConstraint(fields=('insurer', 'starts_on'), name='public_figures_once', violation_error_message='De cijfers van dit kwartaal zijn er al.'),
        ),
        migrations.AddConstraint(
            model_name='publicfigures',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__day', 1), ('starts_on__month__in', [1, 4, 7, 10])), name='public_figures_of_a_quarter', violation_error_message='Openbare cijfers gaan over een heel kwartaal.'),
        ),
    ]
