"""Files with their pages, letters, mail and what is printed."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import kit.encrypted
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("papers", "0001_initial"),
        ("papers", "0002_letters_are_final"),
        ("papers", "0003_waiting_since"),
        ("papers", "0004_whose_papers"),
        ("papers", "0005_scanned_files"),
        ("papers", "0006_scanned_files_guarded"),
        ("papers", "0007_secret_columns"),
        ("papers", "0008_seal_what_stood_open"),
        ("papers", "0009_only_sealed"),
    ]

    dependencies = [
        ("accounts", "0002_organizations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='pogingen')),
                ('next_attempt_at', models.DateTimeField(blank=True, null=True, verbose_name='volgende poging')),
                ('last_error', models.CharField(blank=True, default='', max_length=200, verbose_name='laatste fout')),
                ('gave_up_at', models.DateTimeField(blank=True, null=True, verbose_name='vastgelopen op')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', kit.encrypted.EncryptedTextField(help_text='Zoals de afzender het noemde, veilig om te tonen.', verbose_name='naam')),
                ('size', models.PositiveBigIntegerField(verbose_name='grootte in bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('content_type', models.CharField(max_length=100, verbose_name='soort')),
                ('state', models.CharField(choices=[('received', 'Ontvangen'), ('scanning', 'Wordt gecontroleerd'), ('clean', 'Gecontroleerd'), ('refused', 'Geweigerd'), ('unknown', 'Nog niet gecontroleerd')], default='received', max_length=10, verbose_name='stand')),
                ('refusal', models.CharField(blank=True, default='', max_length=300, verbose_name='reden van weigeren')),
                ('page_count', models.PositiveIntegerField(blank=True, null=True, verbose_name="aantal pagina's")),
                ('received_at', models.DateTimeField(verbose_name='ontvangen op')),
                ('pages_made_at', models.DateTimeField(blank=True, null=True, verbose_name="pagina's gemaakt op")),
                ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ontvangen van')),
                ('waiting_since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='staat hier sinds')),
                ('owner', models.ForeignKey(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('portal.organization'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='van')),
                ('scanned_at', models.DateTimeField(blank=True, null=True, verbose_name='gecontroleerd op')),
                ('scanner', models.CharField(blank=True, default='', max_length=20, verbose_name='gecontroleerd door')),
                ('owner_told_at', models.DateTimeField(blank=True, null=True, verbose_name='eigenaar ingelicht op')),
            ],
            options={
                'verbose_name': 'bestand',
                'verbose_name_plural': 'bestanden',
                'indexes': [
                    models.Index(condition=models.Q(('pages_made_at', None), ('state', 'clean')), fields=['next_attempt_at'], name='file_pages_to_make'),
                    models.Index(condition=models.Q(('state__in', ['received', 'scanning', 'unknown'])), fields=['next_attempt_at'], name='file_to_scan'),
                    models.Index(condition=models.Q(('owner_told_at', None), ('scanned_at__isnull', False)), fields=['scanned_at'], name='file_owner_to_tell'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='file_has_bytes', violation_error_message='Het bestand is leeg.'),
                    models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='file_has_a_sha256', violation_error_message='Het kenmerk van het bestand (SHA-256) klopt niet.'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['received', 'scanning', 'clean', 'refused', 'unknown'])), name='file_state_is_known', violation_error_message='Deze stand van een bestand bestaat niet.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('refusal', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('refusal', '')), _connector='OR'), name='file_refused_with_a_reason', violation_error_message='Een geweigerd bestand heeft een reden, een ander bestand niet.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'clean'), _negated=True), models.Q(('page_count__gte', 1), ('page_count__isnull', False)), _connector='OR'), name='file_clean_with_pages', violation_error_message='Een gecontroleerd bestand heeft minstens 1 pagina.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('scanned_at', None), ('scanner', '')), models.Q(('scanned_at__isnull', False), models.Q(('scanner', ''), _negated=True)), _connector='OR'), name='file_scanned_by_a_scanner', violation_error_message='Welke scanner een bestand controleerde en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('scanned_at', None), ('state__in', ['received', 'scanning', 'unknown'])), models.Q(models.Q(('state__in', ['received', 'scanning', 'unknown']), _negated=True), ('scanned_at__isnull', False)), _connector='OR'), name='file_judged_when_scanned', violation_error_message='Een bestand is gecontroleerd of geweigerd nadat de virusscanner het bekeek.'),
                    models.CheckConstraint(condition=models.Q(('pages_made_at', None), ('state', 'clean'), _connector='OR'), name='file_pages_of_clean_only', violation_error_message="Alleen van een gecontroleerd bestand zijn er pagina's."),
                    models.CheckConstraint(condition=models.Q(('name', ''), ('name__sealed', True), _connector='OR'), name='file_name_is_sealed', violation_error_message='De naam van een bestand wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PageImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='pagina')),
                ('width', models.PositiveIntegerField(verbose_name='breedte')),
                ('height', models.PositiveIntegerField(verbose_name='hoogte')),
                ('path', models.CharField(max_length=200, verbose_name='plaats')),
                ('text', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='tekst')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='papers.file', verbose_name='bestand')),
            ],
            options={
                'verbose_name': 'pagina',
                'verbose_name_plural': "pagina's",
                'ordering': ['file', 'number'],
                'constraints': [
                    models.UniqueConstraint(fields=('file', 'number'), name='page_image_once_per_page', violation_error_message='Van deze pagina is er al een afbeelding.'),
                    models.CheckConstraint(condition=models.Q(('height__gte', 1), ('number__gte', 1), ('width__gte', 1)), name='page_image_counts_from_one', violation_error_message='Een pagina heeft een nummer vanaf 1 en een maat.'),
                    models.CheckConstraint(condition=models.Q(('text', ''), ('text__sealed', True), _connector='OR'), name='page_text_is_sealed', violation_error_message='De tekst van een pagina wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='pogingen')),
                ('next_attempt_at', models.DateTimeField(blank=True, null=True, verbose_name='volgende poging')),
                ('last_error', models.CharField(blank=True, default='', max_length=200, verbose_name='laatste fout')),
                ('gave_up_at', models.DateTimeField(blank=True, null=True, verbose_name='vastgelopen op')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='kenmerk')),
                ('kind', models.CharField(max_length=40, verbose_name='soort')),
                ('title', models.CharField(max_length=200, verbose_name='titel')),
                ('html', kit.encrypted.EncryptedTextField(verbose_name='tekst')),
                ('created_at', models.DateTimeField(verbose_name='geschreven op')),
                ('issued_at', models.DateTimeField(blank=True, null=True, verbose_name='uitgegeven op')),
                ('pdf', models.CharField(blank=True, default='', max_length=200, verbose_name='plaats van de pdf')),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('size', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='grootte in bytes')),
                ('waiting_since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='staat hier sinds')),
                ('owner', models.ForeignKey(db_default=django.db.models.functions.comparison.Cast(django.db.models.functions.comparison.NullIf(models.Func(models.Value('portal.organization'), models.Value(True), function='current_setting'), models.Value('')), models.BigIntegerField()), editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='van')),
            ],
            options={
                'verbose_name': 'brief',
                'verbose_name_plural': 'brieven',
                'indexes': [
                    models.Index(condition=models.Q(('issued_at', None)), fields=['next_attempt_at'], name='letter_to_render'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('pdf', ''), ('sha256', ''), ('size', None)), models.Q(('issued_at__isnull', False), ('sha256__regex', '^[0-9a-f]{64}$'), ('size__gt', 0), models.Q(('pdf', ''), _negated=True)), _connector='OR'), name='letter_issued_with_its_pdf', violation_error_message='Alleen een uitgegeven brief heeft een pdf, met kenmerk en grootte.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('html', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='letter_says_something', violation_error_message='Een brief heeft een titel en een tekst.'),
                    models.CheckConstraint(condition=models.Q(('html', ''), ('html__sealed', True), _connector='OR'), name='letter_text_is_sealed', violation_error_message='De tekst van een brief wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='pogingen')),
                ('next_attempt_at', models.DateTimeField(blank=True, null=True, verbose_name='volgende poging')),
                ('last_error', models.CharField(blank=True, default='', max_length=200, verbose_name='laatste fout')),
                ('gave_up_at', models.DateTimeField(blank=True, null=True, verbose_name='vastgelopen op')),
                ('to', django.contrib.postgres.fields.ArrayField(base_field=models.EmailField(max_length=254), size=None, verbose_name='aan')),
                ('subject', models.CharField(max_length=200, verbose_name='onderwerp')),
                ('body', models.TextField(verbose_name='tekst')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='sleutel')),
                ('created_at', models.DateTimeField(verbose_name='geschreven op')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='verstuurd op')),
                ('state', models.CharField(choices=[('ready', 'Klaar om te versturen'), ('sending', 'Wordt verstuurd'), ('sent', 'Verstuurd'), ('uncertain', 'Onzeker of het verstuurd is')], default='ready', max_length=10, verbose_name='stand')),
                ('waiting_since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='staat hier sinds')),
            ],
            options={
                'verbose_name': 'e-mail',
                'verbose_name_plural': 'e-mails',
                'indexes': [
                    models.Index(condition=models.Q(('state', 'sent'), _negated=True), fields=['next_attempt_at'], name='mail_to_send'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('to__len__gte', 1)), name='mail_to_somebody', violation_error_message='Een e-mail heeft minstens 1 ontvanger.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='mail_sent_with_its_moment', violation_error_message='Een verstuurde e-mail heeft een moment, een andere e-mail niet.'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['ready', 'sending', 'sent', 'uncertain'])), name='mail_state_is_known', violation_error_message='Deze stand van een e-mail bestaat niet.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('subject__regex', '[\\r\\n]'), _negated=True)), name='mail_subject_on_one_line', violation_error_message='Een e-mail heeft een onderwerp van 1 regel.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PrintBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='gemaakt op')),
                ('state', models.CharField(choices=[('made', 'Gemaakt'), ('sent', 'Verstuurd')], default='made', max_length=10, verbose_name='stand')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='verstuurd op')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='afzender')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verstuurd door')),
            ],
            options={
                'verbose_name': 'printopdracht',
                'verbose_name_plural': 'printopdrachten',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('sent_by__isnull', False), ('state', 'sent')), models.Q(('sent_at', None), ('sent_by', None), ('state', 'made')), _connector='OR'), name='print_batch_sent_by_someone', violation_error_message='Bij een verstuurde printopdracht staat wie hem verstuurde en wanneer.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PrintItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(verbose_name='toegevoegd op')),
                ('state', models.CharField(choices=[('waiting', 'Wacht op een printopdracht'), ('made', 'In een printopdracht'), ('sent', 'Verstuurd'), ('returned', 'Retour gekomen')], default='waiting', max_length=10, verbose_name='stand')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='retour op')),
                ('note', models.CharField(blank=True, default='', max_length=200, verbose_name='opmerking')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='papers.printbatch', verbose_name='printopdracht')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='print_items', to='papers.letter', verbose_name='brief')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='afzender')),
            ],
            options={
                'verbose_name': 'brief per post',
                'verbose_name_plural': 'brieven per post',
                'indexes': [
                    models.Index(condition=models.Q(('state', 'waiting')), fields=['sender', 'id'], name='print_item_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('state', 'returned'), _negated=True), fields=('letter',), name='print_item_once_per_letter', violation_error_message='Deze brief is al op weg per post.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('batch', None), ('state', 'waiting')), models.Q(('batch__isnull', False), ('state__in', ['made', 'sent', 'returned'])), _connector='OR'), name='print_item_in_a_batch_unless_waiting', violation_error_message='Een brief per post zit in een printopdracht, behalve als hij nog wacht.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', False), ('state', 'returned')), models.Q(models.Q(('state', 'returned'), _negated=True), ('returned_at', None)), _connector='OR'), name='print_item_returned_with_its_moment', violation_error_message='Een brief die retour kwam heeft een moment, een andere brief niet.'),
                ],
            },
        ),
    ]
