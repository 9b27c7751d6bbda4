"""Decisions, what they grant, their letters; holds and the nightly deletion."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("authorizations", "0008_retention"),
    ]

    dependencies = [
        ("authorizations", "0002_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('granted', 'Toegekend'), ('partly_granted', 'Gedeeltelijk toegekend'), ('denied', 'Afgewezen')], max_length=16, verbose_name='uitkomst')),
                ('summary', kit.encrypted.EncryptedTextField(verbose_name='samenvatting voor de brief')),
                ('not_granted', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat niet is toegekend en waarom')),
                ('conditions', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='voorwaarden')),
                ('next_step', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat de aanbieder nu kan doen')),
                ('indication_weighed', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='hoe de indicatie van de revalidatiearts is gewogen')),
                ('early_start_reason', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reden van een eerdere ingangsdatum')),
                ('long_period_reason', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reden van een langere periode')),
                ('grant', models.JSONField(blank=True, default=dict, verbose_name='voorstel voor de machtiging')),
                ('policy_documents', models.JSONField(blank=True, default=list, verbose_name='beleidsdocumenten')),
                ('proposed_at', models.DateTimeField(verbose_name='voorgesteld op')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='bevestigd op')),
                ('returned_at', models.DateTimeField(null=True, verbose_name='teruggegeven op')),
                ('returned_because', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='teruggegeven, want')),
                ('final_at', models.DateTimeField(null=True, verbose_name='besloten op')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tweede medisch adviseur')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='medisch adviseur')),
                ('returned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='teruggegeven door')),
            ],
            options={
                'verbose_name': 'besluit',
                'verbose_name_plural': 'besluiten',
                'ordering': ['proposed_at', 'id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('returned_at', None)), fields=('authorization',), name='one_decision', violation_error_message='Over deze aanvraag is al een besluit genomen of voorgesteld.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'denied'), _negated=True), ('final_at', None), models.Q(('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='denial_by_two_advisors', violation_error_message='Een afwijzing wordt door een tweede medisch adviseur bevestigd.'),
                    models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='second_advisor_is_another', violation_error_message='De tweede medisch adviseur is iemand anders dan de eerste.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='decision_confirmed_pair', violation_error_message='Wie bevestigde en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('returned_at', None), ('returned_because', ''), ('returned_by', None)), models.Q(('final_at', None), ('returned_at__isnull', False), ('returned_by__isnull', False), models.Q(('returned_because', ''), _negated=True)), _connector='OR'), name='decision_returned_whole', violation_error_message='Een teruggegeven voorstel noemt wie, wanneer en waarom.'),
                    models.CheckConstraint(condition=models.Q(('summary', ''), _negated=True), name='decision_is_motivated', violation_error_message='Een besluit heeft een motivering.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('summary', ''), ('summary__sealed', True), _connector='OR'), models.Q(('not_granted', ''), ('not_granted__sealed', True), _connector='OR'), models.Q(('conditions', ''), ('conditions__sealed', True), _connector='OR'), models.Q(('next_step', ''), ('next_step__sealed', True), _connector='OR'), models.Q(('indication_weighed', ''), ('indication_weighed__sealed', True), _connector='OR'), models.Q(('early_start_reason', ''), ('early_start_reason__sealed', True), _connector='OR'), models.Q(('long_period_reason', ''), ('long_period_reason__sealed', True), _connector='OR'), models.Q(('returned_because', ''), ('returned_because__sealed', True), _connector='OR')), name='decision_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=15, unique=True, verbose_name='machtigingsnummer')),
                ('declaratie_code', models.CharField(max_length=6, verbose_name='declaratiecode')),
                ('zorgproduct_code', models.CharField(blank=True, default='', max_length=9, verbose_name='zorgproductcode')),
                ('setting', models.CharField(choices=[('outpatient', 'Poliklinisch'), ('day_treatment', 'Dagbehandeling'), ('inpatient', 'Klinische opname')], max_length=20, verbose_name='setting')),
                ('starts_on', models.DateField(verbose_name='geldig vanaf')),
                ('ends_on', models.DateField(verbose_name='geldig tot en met')),
                ('authorization', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='granted', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='granted', to='authorizations.decision', verbose_name='besluit')),
            ],
            options={
                'verbose_name': 'machtiging',
                'verbose_name_plural': 'machtigingen',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='grant_period_in_order', violation_error_message='De machtiging eindigt voordat zij begint.'),
                    models.CheckConstraint(condition=models.Q(('number__regex', '^M[0-9]{2}[0-9A-Z*~$=]{10}$')), name='grant_number_fits', violation_error_message='Dit is geen machtigingsnummer.'),
                    models.CheckConstraint(condition=models.Q(('declaratie_code__regex', '^[0-9A-Z]{6}$')), name='grant_code_is_text', violation_error_message='Een declaratiecode heeft 6 letters en cijfers.'),
                    models.CheckConstraint(condition=models.Q(('setting__in', ['day_treatment', 'inpatient', 'outpatient'])), name='grant_setting_known', violation_error_message='Deze setting bestaat niet.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='GrantHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('discipline', models.CharField(choices=[('revalidatiearts', 'Revalidatiearts'), ('fysiotherapie', 'Fysiotherapie'), ('ergotherapie', 'Ergotherapie'), ('psychologie', 'Psychologie'), ('maatschappelijk_werk', 'Maatschappelijk werk'), ('logopedie', 'Logopedie'), ('bewegingstherapie', 'Bewegingstherapie'), ('orthopedagogiek', 'Orthopedagogiek'), ('dietetiek', 'Diëtetiek'), ('verpleging', 'Verpleging'), ('overig', 'Overige discipline')], max_length=30, verbose_name='discipline')),
                ('label', models.CharField(blank=True, default='', max_length=80, verbose_name='omschrijving')),
                ('hours', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='uren')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hours', to='authorizations.grant', verbose_name='machtiging')),
            ],
            options={
                'verbose_name': 'toegekende uren',
                'verbose_name_plural': 'toegekende uren',
                'ordering': ['id'],
                'constraints': [
                    models.UniqueConstraint(fields=('grant', 'discipline', 'label'), name='granted_hours_once', violation_error_message='Deze discipline staat er al.'),
                    models.CheckConstraint(condition=models.Q(('hours__gte', 0)), name='granted_hours_not_negative', violation_error_message='Uren zijn niet negatief.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RequestLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('receipt', 'Ontvangstbevestiging'), ('granted', 'Toekenning'), ('partly_granted', 'Gedeeltelijke toekenning'), ('denied', 'Afwijzing')], max_length=16, verbose_name='soort brief')),
                ('addressee', models.CharField(choices=[('provider', 'Zorgaanbieder'), ('insured', 'Verzekerde')], max_length=10, verbose_name='voor')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='authorizations.decision', verbose_name='besluit')),
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.letter', verbose_name='brief')),
            ],
            options={
                'verbose_name': 'brief bij een aanvraag',
                'verbose_name_plural': 'brieven bij een aanvraag',
                'ordering': ['id'],
                'constraints': [
                    models.UniqueConstraint(fields=('authorization', 'kind', 'addressee'), name='one_letter_per_addressee', violation_error_message='Deze brief is al gemaakt.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decision', None), ('kind', 'receipt')), models.Q(models.Q(('kind', 'receipt'), _negated=True), ('decision__isnull', False)), _connector='OR'), name='decision_letter_has_decision', violation_error_message='Een besluitbrief hoort bij een besluit.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='reden')),
                ('placed_at', models.DateTimeField(verbose_name='vastgehouden op')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='vrijgegeven op')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vrijgegeven door')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgehouden door')),
            ],
            options={
                'verbose_name': 'bewaarplicht',
                'verbose_name_plural': 'bewaarplichten',
                'ordering': ['-placed_at', '-id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('authorization',), name='one_hold_at_a_time', violation_error_message='Deze aanvraag wordt al vastgehouden.'),
                    models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_has_a_reason', violation_error_message='Leg uit waarom deze aanvraag bewaard moet blijven.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='hold_lifted_pair', violation_error_message='Wie de aanvraag vrijgaf en wanneer horen bij elkaar.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(verbose_name='begonnen op')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='klaar op')),
            ],
            options={
                'verbose_name': 'opschoonronde',
                'verbose_name_plural': 'opschoonrondes',
                'ordering': ['-started_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RetentionReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.CharField(choices=[('draft', 'Concepten die niemand afmaakte'), ('files', 'Documenten bij een aanvraag'), ('dossier', 'Aanvragen met besluit en brieven'), ('traject', 'Zorgtrajecten met hun activiteiten')], max_length=10, verbose_name='soort gegevens')),
                ('requests', models.PositiveIntegerField(default=0, verbose_name='aanvragen')),
                ('on_disk', models.PositiveIntegerField(default=0, verbose_name='bestanden op schijf')),
                ('oldest_on', models.DateField(verbose_name='oudste')),
                ('references', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=15), default=list, size=None, verbose_name='kenmerken')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='organisatie')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='authorizations.retentionrun', verbose_name='opschoonronde')),
            ],
            options={
                'verbose_name': 'opschoonverslag',
                'verbose_name_plural': 'opschoonverslagen',
                'ordering': ['run', 'organization', 'kept'],
                'constraints': [
                    models.UniqueConstraint(fields=('run', 'organization', 'kept'), name='retention_reported_once', violation_error_message='Van deze ronde is al een verslag.'),
                    models.CheckConstraint(condition=models.Q(('kept__in', ['dossier', 'draft', 'files', 'traject'])), name='retention_class_known', violation_error_message='Deze soort gegevens bestaat niet.'),
                ],
            },
        ),
    ]
