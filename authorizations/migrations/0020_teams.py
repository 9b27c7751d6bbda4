"""Groups of colleagues at an insurer, and with which of them a request lies."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0019_policies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='naam')),
                ('place', models.PositiveSmallIntegerField(verbose_name='plaats')),
                ('kind', models.CharField(blank=True, choices=[('msr_first', 'MSR aanvraag'), ('msr_follow_up', 'MSR vervolgaanvraag')], default='', max_length=20, verbose_name='soort aanvraag')),
                ('indication', models.CharField(blank=True, choices=[('chronic_pain', 'Chronische pijn'), ('other', 'Overige indicatie')], default='', max_length=20, verbose_name='indicatie')),
                ('urgent', models.BooleanField(default=False, verbose_name='alleen spoed')),
                ('take_within', models.PositiveSmallIntegerField(null=True, verbose_name='oppakken binnen (werkdagen)')),
            ],
            options={
                'verbose_name': 'werkgroep',
                'verbose_name_plural': 'werkgroepen',
                'ordering': ['place', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'lid van een werkgroep',
                'verbose_name_plural': 'leden van werkgroepen',
            },
        ),
        migrations.RemoveConstraint(
            model_name='queuecolumns',
            name='queue_columns_known',
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='take_by',
            field=models.DateField(null=True, verbose_name='uiterlijk oppakken'),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='team_because',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None, verbose_name='bij deze werkgroep door'),
        ),
        migrations.AddConstraint(
            model_name='queuecolumns',
            constraint=models.CheckConstraint(condition=models.Q(('columns__contained_by', ['termijn', 'soort', 'verzekerde', 'aanbieder', 'ingediend', 'status', 'beoordelaar', 'werkgroep', 'begin', 'beleid'])), name='queue_columns_known', violation_error_message='Deze kolom bestaat niet.'),
        ),
        migrations.AddField(
            model_name='team',
            name='insurer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organization', verbose_name='verzekeraar'),
        ),
        migrations.AddField(
            model_name='team',
            name='provider',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder'),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='team',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='authorizations.team', verbose_name='werkgroep'),
        ),
        migrations.AddField(
            model_name='teammember',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='authorizations.team', verbose_name='werkgroep'),
        ),
        migrations.AddField(
            model_name='teammember',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='wie'),
        ),
        migrations.AddField(
            model_name='team',
            name='members',
            field=models.ManyToManyField(related_name='+', through='authorizations.TeamMember', to=settings.AUTH_USER_MODEL, verbose_name='collega’s'),
        ),
        migrations.AddConstraint(
            model_name='teammember',
            constraint=models.UniqueConstraint(fields=('team', 'user'), name='team_member_once', violation_error_message='Deze collega zit al in de werkgroep.'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.UniqueConstraint(models.F('insurer'), django.db.models.functions.text.Lower('name'), name='team_name_once', violation_error_message='Er is al een werkgroep met deze naam. Kies een andere naam.'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='team_has_name', violation_error_message='Een werkgroep heeft een naam.'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('take_within', None), models.Q(('take_within__gte', 1), ('take_within__lte', 60)), _connector='OR'), name='team_takes_within_reason', violation_error_message='Een termijn is 1 tot en met 60 werkdagen.'),
        ),
    ]
