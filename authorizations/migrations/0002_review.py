"""Documents and the checklist, questions and counter questions, assessments, and what the desk types."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("authorizations", "0005_secret_columns"),
        ("authorizations", "0006_seal_what_stood_open"),
        ("authorizations", "0007_only_sealed"),
    ]

    dependencies = [
        ("authorizations", "0001_requests"),
        ("papers", "0001_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InformationRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(verbose_name='gevraagd op')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='gesloten op')),
                ('closed_because', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='gesloten, want')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gevraagd door')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='information_requests', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
            ],
            options={
                'verbose_name': 'informatieverzoek',
                'verbose_name_plural': 'informatieverzoeken',
                'ordering': ['asked_at', 'id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('authorization',), name='one_open_information_request', violation_error_message='Er staan al vragen open bij de zorgaanbieder.'),
                    models.CheckConstraint(condition=models.Q(('closed_because', ''), ('closed_because__sealed', True), _connector='OR'), name='information_request_text_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InformationItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='nummer')),
                ('criterion', models.CharField(max_length=30, verbose_name='criterium')),
                ('document_kind', models.CharField(blank=True, choices=[('verwijsbrief', 'Verwijsbrief van een arts'), ('huisartsenjournaal', 'Huisartsenjournaal'), ('behandelverslag_lichamelijk', 'Behandelverslag lichamelijke klachten'), ('behandelverslag_psychosociaal', 'Behandelverslag psychosociale klachten'), ('brieven_eerste_lijn', 'Brieven van behandelaren in de eerste lijn'), ('vra_indicatie', 'Klinische opname-indicatie volgens de VRA'), ('behandelplan', 'Behandelplan'), ('overig', 'Ander document')], default='', max_length=30, verbose_name='soort document')),
                ('what', kit.encrypted.EncryptedTextField(verbose_name='wat er ontbreekt')),
                ('why', kit.encrypted.EncryptedTextField(verbose_name='waarom dit nodig is')),
                ('leads_to_consent', kit.encrypted.EncryptedTextField(verbose_name='welk antwoord tot toestemming leidt')),
                ('due_on', models.DateField(verbose_name='graag voor')),
                ('answer', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='antwoord')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='beantwoord op')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantwoord door')),
                ('information_request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='authorizations.informationrequest', verbose_name='informatieverzoek')),
            ],
            options={
                'verbose_name': 'vraag',
                'verbose_name_plural': 'vragen',
                'ordering': ['information_request', 'number'],
                'constraints': [
                    models.UniqueConstraint(fields=('information_request', 'number'), name='question_numbered_once', violation_error_message='Dit nummer is al gebruikt.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('criterion', ''), _negated=True), models.Q(('what', ''), _negated=True), models.Q(('why', ''), _negated=True), models.Q(('leads_to_consent', ''), _negated=True)), name='question_is_complete', violation_error_message='Noem het criterium, wat ontbreekt, waarom, en wat tot toestemming leidt.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='question_answered_pair', violation_error_message='Wie antwoordde en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('what', ''), ('what__sealed', True), _connector='OR'), models.Q(('why', ''), ('why__sealed', True), _connector='OR'), models.Q(('leads_to_consent', ''), ('leads_to_consent__sealed', True), _connector='OR'), models.Q(('answer', ''), ('answer__sealed', True), _connector='OR')), name='question_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CounterQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', kit.encrypted.EncryptedTextField(verbose_name='wedervraag')),
                ('asked_at', models.DateTimeField(verbose_name='gesteld op')),
                ('reply', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reactie')),
                ('replied_at', models.DateTimeField(null=True, verbose_name='beantwoord op')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gesteld door')),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantwoord door')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counter_questions', to='authorizations.informationitem', verbose_name='vraag')),
            ],
            options={
                'verbose_name': 'wedervraag',
                'verbose_name_plural': 'wedervragen',
                'ordering': ['asked_at', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('replied_at', None), ('replied_by', None), ('reply', '')), models.Q(models.Q(('reply', ''), _negated=True), ('replied_at__isnull', False), ('replied_by__isnull', False)), _connector='OR'), name='counter_question_replied_pair', violation_error_message='Een reactie heeft een naam en een moment.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('text', ''), ('text__sealed', True), _connector='OR'), models.Q(('reply', ''), ('reply__sealed', True), _connector='OR')), name='counter_question_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='QuestionReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('first', 'Eerste'), ('last', 'Laatste'), ('overdue', 'Te laat')], max_length=8, verbose_name='moment')),
                ('at', models.DateTimeField(verbose_name='op')),
                ('information_request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='authorizations.informationrequest', verbose_name='informatieverzoek')),
            ],
            options={
                'verbose_name': 'herinnering',
                'verbose_name_plural': 'herinneringen',
                'constraints': [
                    models.UniqueConstraint(fields=('information_request', 'moment'), name='question_reminder_once', violation_error_message='Deze herinnering is al gestuurd.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('filing', 'Bij de aanvraag'), ('own_initiative', 'Op eigen initiatief'), ('on_request', 'Op verzoek')], max_length=16, verbose_name='herkomst')),
                ('added_at', models.DateTimeField(verbose_name='toegevoegd op')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='verwijderd op')),
                ('dated_on', models.DateField(null=True, verbose_name='datum van het document')),
                ('features', models.JSONField(blank=True, default=dict, verbose_name='kenmerken')),
                ('verdict', models.CharField(blank=True, choices=[('accepted', 'Akkoord'), ('incomplete', 'Onvolledig')], default='', max_length=12, verbose_name='oordeel')),
                ('verdict_note', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='toelichting bij het oordeel')),
                ('verdict_at', models.DateTimeField(null=True, verbose_name='beoordeeld op')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='toegevoegd door')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.file', verbose_name='bestand')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verwijderd door')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='authorizations.document', verbose_name='vervangt')),
                ('verdict_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beoordeeld door')),
                ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='authorizations.informationitem', verbose_name='bij vraag')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documenten',
                'ordering': ['added_at', 'id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='document_removed_pair', violation_error_message='Wie het document verwijderde en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verdict', ''), ('verdict_at', None), ('verdict_by', None)), models.Q(models.Q(('verdict', ''), _negated=True), ('verdict_at__isnull', False), ('verdict_by__isnull', False)), _connector='OR'), name='document_verdict_pair', violation_error_message='Een oordeel heeft een naam en een moment.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'incomplete'), _negated=True), models.Q(('verdict_note', ''), _negated=True), _connector='OR'), name='document_incomplete_because', violation_error_message='Noem wat er aan het document ontbreekt.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('origin', 'on_request'), ('question__isnull', False)), models.Q(models.Q(('origin', 'on_request'), _negated=True), ('question', None)), _connector='OR'), name='document_origin_fits_question', violation_error_message='Een document op verzoek hoort bij een vraag.'),
                    models.CheckConstraint(condition=models.Q(('verdict_note', ''), ('verdict_note__sealed', True), _connector='OR'), name='document_note_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DocumentItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('verwijsbrief', 'Verwijsbrief van een arts'), ('huisartsenjournaal', 'Huisartsenjournaal'), ('behandelverslag_lichamelijk', 'Behandelverslag lichamelijke klachten'), ('behandelverslag_psychosociaal', 'Behandelverslag psychosociale klachten'), ('brieven_eerste_lijn', 'Brieven van behandelaren in de eerste lijn'), ('vra_indicatie', 'Klinische opname-indicatie volgens de VRA'), ('behandelplan', 'Behandelplan'), ('overig', 'Ander document')], max_length=30, verbose_name='soort document')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='authorizations.document', verbose_name='document')),
            ],
            options={
                'verbose_name': 'rol van een document',
                'verbose_name_plural': 'rollen van documenten',
                'ordering': ['kind'],
                'constraints': [
                    models.UniqueConstraint(fields=('document', 'kind'), name='document_serves_item_once', violation_error_message='Dit document hoort al bij dit onderdeel.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ChecklistAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('verwijsbrief', 'Verwijsbrief van een arts'), ('huisartsenjournaal', 'Huisartsenjournaal'), ('behandelverslag_lichamelijk', 'Behandelverslag lichamelijke klachten'), ('behandelverslag_psychosociaal', 'Behandelverslag psychosociale klachten'), ('brieven_eerste_lijn', 'Brieven van behandelaren in de eerste lijn'), ('vra_indicatie', 'Klinische opname-indicatie volgens de VRA'), ('behandelplan', 'Behandelplan'), ('overig', 'Ander document')], max_length=30, verbose_name='soort document')),
                ('absent_reason', kit.encrypted.EncryptedTextField(verbose_name='niet beschikbaar, want')),
                ('answered_at', models.DateTimeField(verbose_name='ingevuld op')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingevuld door')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklist_answers', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
            ],
            options={
                'verbose_name': 'antwoord op de checklist',
                'verbose_name_plural': 'antwoorden op de checklist',
                'ordering': ['kind'],
                'constraints': [
                    models.UniqueConstraint(fields=('authorization', 'kind'), name='checklist_answered_once', violation_error_message='Voor dit onderdeel is al een reden gegeven.'),
                    models.CheckConstraint(condition=models.Q(('absent_reason', ''), _negated=True), name='checklist_absent_because', violation_error_message='Leg uit waarom u dit document niet heeft.'),
                    models.CheckConstraint(condition=models.Q(('absent_reason', ''), ('absent_reason__sealed', True), _connector='OR'), name='checklist_reason_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CriterionAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=30, verbose_name='criterium')),
                ('verdict', models.CharField(choices=[('met', 'Voldaan'), ('not_met', 'Niet voldaan'), ('unclear', 'Onvoldoende informatie')], max_length=10, verbose_name='oordeel')),
                ('motivation', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='motivering')),
                ('missing_fact', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat ontbreekt')),
                ('leads_to_consent', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat tot toestemming leidt')),
                ('internal_note', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name="notitie voor collega's")),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versie')),
                ('assessed_at', models.DateTimeField(verbose_name='beoordeeld op')),
                ('assessed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beoordeeld door')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
            ],
            options={
                'verbose_name': 'oordeel over een criterium',
                'verbose_name_plural': 'oordelen over criteria',
                'ordering': ['criterion'],
                'constraints': [
                    models.UniqueConstraint(fields=('authorization', 'criterion'), name='criterion_assessed_once', violation_error_message='Over dit criterium is al geoordeeld.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('motivation', ''), ('motivation__sealed', True), _connector='OR'), models.Q(('missing_fact', ''), ('missing_fact__sealed', True), _connector='OR'), models.Q(('leads_to_consent', ''), ('leads_to_consent__sealed', True), _connector='OR'), models.Q(('internal_note', ''), ('internal_note__sealed', True), _connector='OR')), name='criterion_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DeskDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=50, verbose_name='formulier')),
                ('data', kit.encrypted.EncryptedJSONField(default=dict, verbose_name='zoals getypt')),
                ('saved_at', models.DateTimeField(verbose_name='bewaard op')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='desk_drafts', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='getypt door')),
            ],
            options={
                'verbose_name': 'concept aan het bureau',
                'verbose_name_plural': 'concepten aan het bureau',
                'ordering': ['authorization', 'form'],
                'constraints': [
                    models.UniqueConstraint(fields=('authorization', 'user', 'form'), name='desk_draft_once', violation_error_message='Van dit formulier is al een concept bewaard.'),
                    models.CheckConstraint(condition=models.Q(('data', ''), ('data__sealed', True), _connector='OR'), name='desk_draft_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
                ],
            },
        ),
    ]
