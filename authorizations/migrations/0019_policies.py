"""A policy that an insurer writes and replays; a policy is of one insurer, and no two of its versions begin together."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0018_document_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60, verbose_name='naam')),
                ('text', models.TextField(verbose_name='tekst')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versie van het concept')),
                ('made_at', models.DateTimeField(verbose_name='gemaakt op')),
                ('edited_at', models.DateTimeField(verbose_name='laatst gewijzigd op')),
                ('published_at', models.DateTimeField(null=True, verbose_name='gepubliceerd op')),
            ],
            options={
                'verbose_name': 'concept van een beleid',
                'verbose_name_plural': 'concepten van beleid',
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PolicyReplay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft_version', models.PositiveIntegerField(verbose_name='versie van het concept')),
                ('started_at', models.DateTimeField(verbose_name='gestart op')),
                ('waiting', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='nog te bekijken')),
                ('total', models.PositiveIntegerField(verbose_name='aanvragen')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='aanvragen met een verschil')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='klaar op')),
                ('why_stopped', models.CharField(blank=True, default='', max_length=200, verbose_name='waarom gestopt')),
            ],
            options={
                'verbose_name': 'naspelen van een beleid',
                'verbose_name_plural': 'naspelen van beleid',
                'ordering': ['-started_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ReplayEffect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='toets')),
                ('about', models.CharField(blank=True, default='', max_length=60, verbose_name='waarover')),
                ('fails', models.BooleanField(verbose_name='faalt')),
            ],
            options={
                'verbose_name': 'verschil bij naspelen',
                'verbose_name_plural': 'verschillen bij naspelen',
            },
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.UniqueConstraint(fields=('slug', 'valid_from'), name='policy_begins_once_on_a_day', violation_error_message='Op deze dag begint al een versie van dit beleid.'),
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('slug', '='), ('insurer', '<>')], name='policy_of_one_insurer', violation_error_message='Dit beleid is van een andere verzekeraar.'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='based_on',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='authorizations.policyversion', verbose_name='gemaakt van'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='edited_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='laatst gewijzigd door'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='insurer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='published',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='authorizations.policyversion', verbose_name='gepubliceerd als'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='published_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gepubliceerd door'),
        ),
        migrations.AddField(
            model_name='policyreplay',
            name='draft',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replays', to='authorizations.policydraft', verbose_name='concept'),
        ),
        migrations.AddField(
            model_name='policyreplay',
            name='started_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gestart door'),
        ),
        migrations.AddField(
            model_name='replayeffect',
            name='authorization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='authorizations.authorizationrequest', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='replayeffect',
            name='replay',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='authorizations.policyreplay', verbose_name='naspelen'),
        ),
        migrations.AddConstraint(
            model_name='policydraft',
            constraint=models.UniqueConstraint(condition=models.Q(('published', None)), fields=('slug',), name='one_open_draft_of_a_policy', violation_error_message='Van dit beleid is al een concept. Werk daarin verder.'),
        ),
        migrations.AddConstraint(
            model_name='policydraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published', None), ('published_at', None), ('published_by', None)), models.Q(('published__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='policy_draft_published_whole', violation_error_message='Wie publiceerde, wanneer en als welke versie horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='policyreplay',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('draft',), name='one_replay_at_a_time', violation_error_message='Dit concept wordt al nagespeeld.'),
        ),
        migrations.AddConstraint(
            model_name='policyreplay',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('waiting', []), models.Q(('why_stopped', ''), _negated=True), _connector='OR'), name='replay_ends_with_nothing_waiting', violation_error_message='Het naspelen is pas klaar als alles bekeken is.'),
        ),
        migrations.AddConstraint(
            model_name='policyreplay',
            constraint=models.CheckConstraint(condition=models.Q(('changed__lte', models.F('total'))), name='replay_changes_at_most_all', violation_error_message='Er kunnen niet meer aanvragen anders zijn dan er zijn bekeken.'),
        ),
        migrations.AddConstraint(
            model_name='replayeffect',
            constraint=models.UniqueConstraint(fields=('replay', 'authorization', 'code', 'about'), name='replay_effect_once', violation_error_message='Dit verschil staat er al.'),
        ),
    ]
