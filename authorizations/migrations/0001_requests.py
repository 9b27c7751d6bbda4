"""Requests with their policy, insured, term and history; first what PostgreSQL needs to search names."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import kit.encrypted
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("authorizations", "0001_extensions"),
        ("authorizations", "0002_initial"),
        ("authorizations", "0003_guards"),
        ("authorizations", "0004_indexes_with_organizations"),
    ]

    dependencies = [
        ("accounts", "0002_organizations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60, verbose_name='naam')),
                ('version', models.CharField(max_length=40, verbose_name='versie')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('valid_from', models.DateField(null=True, verbose_name='geldig vanaf')),
                ('valid_until', models.DateField(null=True, verbose_name='geldig tot en met')),
                ('body', models.JSONField(verbose_name='inhoud')),
                ('sha256', models.CharField(max_length=64, verbose_name='vingerafdruk')),
                ('loaded_at', models.DateTimeField(verbose_name='geladen op')),
                ('insurer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
            ],
            options={
                'verbose_name': 'beleidsversie',
                'verbose_name_plural': 'beleidsversies',
                'indexes': [
                    models.Index(fields=['slug', 'valid_from'], name='policy_by_day'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('slug', 'version'), name='policy_version_once', violation_error_message='Deze versie van het beleid is al geladen.'),
                    models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='policy_ends_after_it_starts', violation_error_message='Het beleid eindigt voordat het begint.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AuthorizationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True, verbose_name='kenmerk')),
                ('creation_key', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='sleutel van het begin')),
                ('kind', models.CharField(choices=[('msr_first', 'MSR aanvraag'), ('msr_follow_up', 'MSR vervolgaanvraag')], max_length=20, verbose_name='soort aanvraag')),
                ('status', models.CharField(choices=[('draft', 'Concept'), ('submitted', 'Ontvangen'), ('in_review', 'In beoordeling'), ('waiting_for_provider', 'Wacht op aanbieder'), ('answered', 'Antwoord binnen'), ('second_review', 'Tweede beoordeling'), ('granted', 'Toegekend'), ('partly_granted', 'Gedeeltelijk toegekend'), ('denied', 'Afgewezen'), ('withdrawn', 'Ingetrokken')], default='draft', max_length=24, verbose_name='status')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versie')),
                ('answers', kit.encrypted.EncryptedJSONField(default=dict, verbose_name='antwoorden zoals getypt')),
                ('reading', kit.encrypted.EncryptedJSONField(default=dict, verbose_name='antwoorden zoals gelezen')),
                ('step_notes', kit.encrypted.EncryptedJSONField(default=dict, verbose_name='stand per stap')),
                ('prefilled', kit.encrypted.EncryptedJSONField(default=dict, verbose_name='vooraf ingevuld')),
                ('draft_version', models.PositiveIntegerField(default=1, verbose_name='versie van het concept')),
                ('last_step', models.CharField(default='', max_length=30, verbose_name='laatste stap')),
                ('edited_at', models.DateTimeField(verbose_name='laatst gewijzigd op')),
                ('created_at', models.DateTimeField(verbose_name='begonnen op')),
                ('application', kit.encrypted.EncryptedJSONField(null=True, verbose_name='gecontroleerde inhoud')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='ingediend op')),
                ('indication', models.CharField(blank=True, choices=[('chronic_pain', 'Chronische pijn'), ('other', 'Overige indicatie')], default='', max_length=20, verbose_name='indicatie')),
                ('setting', models.CharField(blank=True, choices=[('outpatient', 'Poliklinisch'), ('day_treatment', 'Dagbehandeling'), ('inpatient', 'Klinische opname')], default='', max_length=20, verbose_name='setting')),
                ('planned_start_on', models.DateField(null=True, verbose_name='begin van de behandeling')),
                ('planned_end_on', models.DateField(null=True, verbose_name='einde van de behandeling')),
                ('urgent', models.BooleanField(default=False, verbose_name='spoed')),
                ('documents_complete', models.BooleanField(default=False, verbose_name='alle documenten aanwezig')),
                ('due_on', models.DateField(null=True, verbose_name='uiterste besluitdatum')),
                ('assigned_at', models.DateTimeField(null=True, verbose_name='opgepakt op')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='afgerond op')),
                ('withdrawn_reason', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reden van intrekken')),
                ('amends', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='authorizations.authorizationrequest', verbose_name='vervangt')),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assigned_requests', to=settings.AUTH_USER_MODEL, verbose_name='beoordelaar')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begonnen door')),
                ('edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='laatst gewijzigd door')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('previous', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='authorizations.authorizationrequest', verbose_name='eerdere aanvraag')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingediend door')),
                ('policy_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='authorizations.policyversion', verbose_name='beleidsversie')),
            ],
            options={
                'verbose_name': 'aanvraag',
                'verbose_name_plural': 'aanvragen',
                'indexes': [
                    models.Index(condition=models.Q(('status__in', ['answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider'])), fields=['assigned_to', 'due_on', 'id'], name='request_queue_own'),
                    models.Index(condition=models.Q(('status__in', ['answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider'])), fields=['due_on', 'id'], name='request_due'),
                    models.Index(condition=models.Q(('status__in', ['answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider'])), fields=['insurer', 'due_on', 'id'], include=('provider', 'status'), name='request_queue'),
                    models.Index(fields=['provider', 'status', '-edited_at', '-id'], include=('insurer',), name='request_of_provider'),
                    models.Index(condition=models.Q(('status__in', ['denied', 'granted', 'partly_granted', 'withdrawn'])), fields=['provider', '-closed_at', '-id'], include=('insurer', 'status'), name='request_decided'),
                    models.Index(condition=models.Q(('status__in', ['denied', 'granted', 'partly_granted', 'withdrawn'])), fields=['insurer', '-closed_at', '-id'], include=('provider', 'status'), name='request_closed'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('status__in', ['answered', 'denied', 'draft', 'granted', 'in_review', 'partly_granted', 'second_review', 'submitted', 'waiting_for_provider', 'withdrawn'])), name='request_status_known', violation_error_message='Deze status bestaat niet.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('assigned_at', None), ('assigned_to', None)), models.Q(('assigned_at__isnull', False), ('assigned_to__isnull', False)), _connector='OR'), name='request_assigned_pair', violation_error_message='Wie de aanvraag oppakte en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_review'), _negated=True), ('assigned_to__isnull', False), _connector='OR'), name='request_in_review_has_reviewer', violation_error_message='Een aanvraag in beoordeling heeft een beoordelaar.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status__in', ['denied', 'granted', 'partly_granted', 'withdrawn'])), models.Q(models.Q(('status__in', ['denied', 'granted', 'partly_granted', 'withdrawn']), _negated=True), ('closed_at', None)), _connector='OR'), name='request_closed_pair', violation_error_message='Een afgeronde aanvraag heeft een datum van afronding.'),
                    models.CheckConstraint(condition=models.Q(('planned_start_on', None), ('planned_end_on', None), ('planned_end_on__gte', models.F('planned_start_on')), _connector='OR'), name='request_period_in_order', violation_error_message='De behandeling eindigt voordat zij begint.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), _negated=True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='request_withdrawn_with_reason', violation_error_message='Noem waarom de aanvraag is ingetrokken.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('application', None), ('due_on', None), ('status', 'draft'), ('submitted_at', None), ('submitted_by', None)), models.Q(models.Q(('status', 'draft'), _negated=True), ('application__isnull', False), ('indication__in', ['chronic_pain', 'other']), ('planned_start_on__isnull', False), ('setting__in', ['day_treatment', 'inpatient', 'outpatient']), ('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='request_filed_whole', violation_error_message='Een ingediende aanvraag is volledig, een concept is nog niet ingediend.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answers', ''), ('answers__sealed', True), _connector='OR'), models.Q(('reading', ''), ('reading__sealed', True), _connector='OR'), models.Q(('step_notes', ''), ('step_notes__sealed', True), _connector='OR'), models.Q(('prefilled', ''), ('prefilled__sealed', True), _connector='OR'), models.Q(('application', ''), ('application__sealed', True), _connector='OR'), models.Q(('withdrawn_reason', ''), ('withdrawn_reason__sealed', True), _connector='OR')), name='request_content_is_sealed', violation_error_message='De inhoud van een aanvraag wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Insured',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bsn', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='BSN')),
                ('initials', models.CharField(blank=True, default='', max_length=20, verbose_name='voorletters')),
                ('surname', models.CharField(blank=True, default='', max_length=120, verbose_name='achternaam')),
                ('birth_date', models.DateField(null=True, verbose_name='geboortedatum')),
                ('insured_number', models.CharField(blank=True, default='', max_length=20, verbose_name='verzekerdennummer')),
                ('street', models.CharField(blank=True, default='', max_length=120, verbose_name='straat en huisnummer')),
                ('postcode', models.CharField(blank=True, default='', max_length=7, verbose_name='postcode')),
                ('city', models.CharField(blank=True, default='', max_length=80, verbose_name='plaats')),
                ('authorization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='insured', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('bsn_hash', kit.encrypted.LookupField(blank=True, db_index=True, default='', editable=False, max_length=64, of='bsn', verbose_name='vingerafdruk van het BSN')),
            ],
            options={
                'verbose_name': 'verzekerde',
                'verbose_name_plural': 'verzekerden',
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('surname'), name='gin_trgm_ops'), name='insured_surname_search'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('bsn', ''), ('bsn_hash', '')), models.Q(('bsn__sealed', True), ('bsn_hash__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='insured_bsn_is_sealed', violation_error_message='Een BSN wordt versleuteld bewaard, met de vingerafdruk om het op te zoeken.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='StatusEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=20, verbose_name='stap')),
                ('status', models.CharField(choices=[('draft', 'Concept'), ('submitted', 'Ontvangen'), ('in_review', 'In beoordeling'), ('waiting_for_provider', 'Wacht op aanbieder'), ('answered', 'Antwoord binnen'), ('second_review', 'Tweede beoordeling'), ('granted', 'Toegekend'), ('partly_granted', 'Gedeeltelijk toegekend'), ('denied', 'Afgewezen'), ('withdrawn', 'Ingetrokken')], max_length=24, verbose_name='status')),
                ('at', models.DateTimeField(verbose_name='op')),
                ('note', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='toelichting')),
                ('internal', models.BooleanField(default=False, verbose_name='alleen voor de verzekeraar')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
            ],
            options={
                'verbose_name': 'gebeurtenis',
                'verbose_name_plural': 'gebeurtenissen',
                'ordering': ['at', 'id'],
                'indexes': [
                    models.Index(fields=['authorization', 'at'], name='events_of_request'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('note', ''), ('note__sealed', True), _connector='OR'), name='event_note_is_sealed', violation_error_message='De toelichting wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TermPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(verbose_name='begonnen op')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='geëindigd op')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
            ],
            options={
                'verbose_name': 'rust van de termijn',
                'verbose_name_plural': 'rusten van de termijn',
                'ordering': ['started_at', 'id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('authorization',), name='one_open_pause', violation_error_message='De termijn rust al.'),
                    models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='pause_in_order', violation_error_message='De rust eindigt voordat zij begint.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TermWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='uiterste besluitdatum')),
                ('level', models.CharField(choices=[('soon', 'Bijna voorbij'), ('overdue', 'Voorbij')], max_length=10, verbose_name='niveau')),
                ('audience', models.CharField(choices=[('advisor', 'Medisch adviseur'), ('coordinator', 'Coördinator'), ('provider', 'Zorgaanbieder')], max_length=12, verbose_name='voor')),
                ('at', models.DateTimeField(verbose_name='op')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='warnings', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
            ],
            options={
                'verbose_name': 'waarschuwing',
                'verbose_name_plural': 'waarschuwingen',
                'constraints': [
                    models.UniqueConstraint(fields=('authorization', 'due_on', 'level', 'audience'), name='term_warning_once', violation_error_message='Deze waarschuwing is al gegeven.'),
                ],
            },
        ),
    ]
