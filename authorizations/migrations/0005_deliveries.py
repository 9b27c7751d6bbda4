"""What comes in by file or from a program: files of activities with their lines, and calls that were done."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("authorizations", "0011_closing_notices"),
    ]

    dependencies = [
        ("authorizations", "0004_trajects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TrajectImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='ingelezen op')),
                ('file_name', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='bestandsnaam')),
                ('columns', models.JSONField(default=list, verbose_name='kolommen')),
                ('whole', models.BooleanField(default=False, verbose_name='alles of niets')),
                ('stage', models.CharField(choices=[('reading', 'Wordt gelezen'), ('checking', 'Wordt gecontroleerd'), ('ready', 'Gecontroleerd: wacht op u'), ('applying', 'Wordt verwerkt'), ('done', 'Verwerkt'), ('cancelled', 'Gestopt')], default='reading', max_length=10, verbose_name='stand')),
                ('stage_began_at', models.DateTimeField(verbose_name='stand sinds')),
                ('lines', models.PositiveIntegerField(default=0, verbose_name='regels')),
                ('counts', models.JSONField(default=dict, verbose_name='aantallen')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='klaar op')),
                ('why_stopped', models.CharField(blank=True, default='', max_length=300, verbose_name='waarom gestopt')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingelezen door')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
            ],
            options={
                'verbose_name': 'bestand met activiteiten',
                'verbose_name_plural': 'bestanden met activiteiten',
                'indexes': [
                    models.Index(fields=['organization', '-made_at'], name='traject_imports_of_provider'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('stage__in', ['applying', 'cancelled', 'checking', 'done', 'reading', 'ready'])), name='traject_import_stage_known', violation_error_message='Deze stand bestaat niet.'),
                    models.CheckConstraint(condition=models.Q(('ended_at', None), ('stage__in', ['cancelled', 'done']), _connector='XOR'), name='traject_import_ended_when_over', violation_error_message='Wat klaar is heeft een einde, en anders niet.'),
                    models.CheckConstraint(condition=models.Q(('file_name', ''), ('file_name__sealed', True), _connector='OR'), name='traject_import_name_is_sealed', violation_error_message='De bestandsnaam wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TrajectImportPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_line', models.PositiveIntegerField(verbose_name='eerste regel')),
                ('content', kit.encrypted.EncryptedTextField(verbose_name='inhoud')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='authorizations.trajectimport', verbose_name='bestand')),
            ],
            options={
                'verbose_name': 'deel van een bestand',
                'verbose_name_plural': 'delen van een bestand',
                'constraints': [
                    models.UniqueConstraint(fields=('imported', 'first_line'), name='traject_import_part_once', violation_error_message='Dit deel is er al.'),
                    models.CheckConstraint(condition=models.Q(('content', ''), ('content__sealed', True), _connector='OR'), name='traject_import_part_is_sealed', violation_error_message='De inhoud wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TrajectImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='regel')),
                ('state', models.CharField(choices=[('read', 'Nog niet gecontroleerd'), ('new', 'Nieuw'), ('there', 'Staat er al'), ('wrong', 'Fout'), ('applied', 'Verwerkt'), ('changed', 'Niet verwerkt: er was iets veranderd')], max_length=8, verbose_name='stand')),
                ('code', models.CharField(blank=True, default='', max_length=6, verbose_name='zorgactiviteit')),
                ('performed_on', models.DateField(null=True, verbose_name='uitgevoerd op')),
                ('discipline', models.CharField(blank=True, default='', max_length=30, verbose_name='discipline')),
                ('units', models.PositiveSmallIntegerField(default=1, verbose_name='aantal')),
                ('profile_class', models.PositiveSmallIntegerField(default=0, verbose_name='zorgprofielklasse')),
                ('fault', models.CharField(blank=True, choices=[('shape', 'De regel is geen goede CSV-regel'), ('encoding', 'Verkeerde tekencodering'), ('mangled', 'Door Excel veranderd'), ('number', 'Zorgtrajectnummer klopt niet'), ('unknown', 'Onbekend zorgtraject'), ('code', 'Zorgactiviteit klopt niet'), ('date', 'Datum klopt niet'), ('future', 'Datum in de toekomst'), ('early', 'Voor de opening'), ('discipline', 'Onbekende discipline'), ('amount', 'Aantal of zorgprofielklasse klopt niet'), ('twice', 'Staat twee keer in het bestand'), ('otherwise', 'Staat er al, maar anders'), ('removed', 'Was eerder verwijderd'), ('refused', 'Past in geen subtraject')], default='', max_length=10, verbose_name='soort fout')),
                ('wrong', kit.encrypted.EncryptedJSONField(null=True, verbose_name='wat er fout is')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='authorizations.trajectimport', verbose_name='bestand')),
                ('zorgtraject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'regel van een bestand',
                'verbose_name_plural': 'regels van een bestand',
                'ordering': ['line'],
                'indexes': [
                    models.Index(fields=['imported', 'state', 'line'], name='traject_import_rows_by_state'),
                    models.Index(condition=models.Q(('state', 'read')), fields=['imported', 'zorgtraject', 'line'], name='traject_import_unchecked'),
                    models.Index(fields=['zorgtraject', 'imported'], name='traject_import_of_traject'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('imported', 'line'), name='traject_import_line_once', violation_error_message='Deze regel is al gelezen.'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'changed', 'new', 'read', 'there', 'wrong'])), name='traject_import_row_state_known', violation_error_message='Deze stand van een regel bestaat niet.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'wrong'), ('wrong__isnull', False), models.Q(('fault', ''), _negated=True)), models.Q(models.Q(('state', 'wrong'), _negated=True), ('fault', ''), ('performed_on__isnull', False), ('wrong', None), ('zorgtraject__isnull', False)), _connector='OR'), name='traject_import_row_wrong_or_placed', violation_error_message='Een regel is fout, met de reden, of hoort bij een zorgtraject.'),
                    models.CheckConstraint(condition=models.Q(('wrong', None), ('wrong__sealed', True), _connector='OR'), name='traject_import_wrong_is_sealed', violation_error_message='Wat er fout is wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TrajectImportEffect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='nieuwe regels')),
                ('words', models.JSONField(default=list, verbose_name='gevolgen')),
                ('stamp', models.CharField(max_length=64, verbose_name='stempel')),
                ('state', models.CharField(choices=[('new', 'Nieuw'), ('applied', 'Verwerkt'), ('changed', 'Niet verwerkt: er was iets veranderd')], default='new', max_length=8, verbose_name='stand')),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='authorizations.trajectimport', verbose_name='bestand')),
                ('zorgtraject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'gevolg van een bestand',
                'verbose_name_plural': 'gevolgen van een bestand',
                'indexes': [
                    models.Index(fields=['imported', 'state', 'id'], name='traject_import_effects'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('imported', 'zorgtraject'), name='traject_import_effect_once', violation_error_message='Van dit zorgtraject is het gevolg al bekend.'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'changed', 'new'])), name='traject_import_effect_state_known', violation_error_message='Deze stand bestaat niet.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ApiCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, verbose_name='kenmerk van de Idempotency-Key')),
                ('asked', models.CharField(max_length=64, verbose_name='kenmerk van de inhoud')),
                ('status', models.PositiveSmallIntegerField(verbose_name='status')),
                ('answer', kit.encrypted.EncryptedJSONField(verbose_name='antwoord')),
                ('at', models.DateTimeField(verbose_name='op')),
                ('api_key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.apikey', verbose_name='API-sleutel')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
            ],
            options={
                'verbose_name': 'oproep van een programma',
                'verbose_name_plural': 'oproepen van programma’s',
                'indexes': [
                    models.Index(fields=['at'], name='api_calls_by_age'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('api_key', 'key'), name='api_call_once', violation_error_message='Deze Idempotency-Key is al gebruikt.'),
                    models.CheckConstraint(condition=models.Q(('asked__regex', '^[0-9a-f]{64}$'), ('key__regex', '^[0-9a-f]{64}$')), name='api_call_only_fingerprints', violation_error_message='Van sleutel en inhoud bewaren wij alleen een kenmerk.'),
                    models.CheckConstraint(condition=models.Q(('status__in', [200, 201])), name='api_call_that_was_done', violation_error_message='Alleen wat gedaan is wordt bewaard.'),
                    models.CheckConstraint(condition=models.Q(('answer__sealed', True)), name='api_call_answer_is_sealed', violation_error_message='Het antwoord wordt versleuteld bewaard.'),
                ],
            },
        ),
    ]
