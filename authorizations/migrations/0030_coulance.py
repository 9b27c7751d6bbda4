"""Coulanceverzoeken: the claims that were late by overmacht or a calamiteit, the evidence, and what was decided."""

import django.db.models.deletion
import kit.encrypted
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0029_ceiling_notices'),
        ('papers', '0003_reading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CoulanceRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=12, unique=True, verbose_name='kenmerk')),
                ('creation_key', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='sleutel van het begin')),
                ('status', models.CharField(choices=[('draft', 'Concept'), ('submitted', 'Ontvangen'), ('in_review', 'In behandeling'), ('granted', 'Toegekend'), ('partly_granted', 'Gedeeltelijk toegekend'), ('denied', 'Afgewezen'), ('withdrawn', 'Ingetrokken')], default='draft', max_length=16, verbose_name='status')),
                ('ground', models.CharField(blank=True, choices=[('overmacht', 'Overmacht'), ('calamiteit', 'Calamiteit')], default='', max_length=10, verbose_name='reden')),
                ('explanation', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat er is gebeurd')),
                ('begun_at', models.DateTimeField(verbose_name='begonnen op')),
                ('filed_at', models.DateTimeField(null=True, verbose_name='ingediend op')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='opgepakt op')),
                ('motivation', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='motivering')),
                ('next_step', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat de zorgaanbieder nu kan doen')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='afgerond op')),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begonnen door')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgerond door')),
                ('filed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingediend door')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('letter', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.letter', verbose_name='brief')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opgepakt door')),
            ],
            options={
                'verbose_name': 'coulanceverzoek',
                'verbose_name_plural': 'coulanceverzoeken',
                'ordering': ['begun_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CoulancePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(verbose_name='toegevoegd op')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='toegevoegd door')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.file', verbose_name='bestand')),
                ('coulance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='authorizations.coulancerequest', verbose_name='coulanceverzoek')),
            ],
            options={
                'verbose_name': 'stuk bij een coulanceverzoek',
                'verbose_name_plural': 'stukken bij een coulanceverzoek',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='CoulanceClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, verbose_name='declaratienummer')),
                ('care', models.CharField(choices=[('ggz', 'GGZ'), ('msz', 'Medisch-specialistische zorg'), ('other', 'Andere zorg')], max_length=5, verbose_name='soort zorg')),
                ('opened_on', models.DateField(verbose_name='geopend op')),
                ('closed_on', models.DateField(verbose_name='gesloten op')),
                ('handed_in_on', models.DateField(null=True, verbose_name='ingediend op')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='bedrag')),
                ('code', models.CharField(max_length=2, verbose_name='code her-declaratie')),
                ('granted', models.BooleanField(null=True, verbose_name='coulance gegeven')),
                ('coulance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='authorizations.coulancerequest', verbose_name='coulanceverzoek')),
            ],
            options={
                'verbose_name': 'declaratie bij een coulanceverzoek',
                'verbose_name_plural': 'declaraties bij een coulanceverzoek',
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='coulancerequest',
            index=models.Index(fields=['insurer', 'status', 'filed_at'], name='coulance_of_insurer'),
        ),
        migrations.AddIndex(
            model_name='coulancerequest',
            index=models.Index(fields=['provider', 'begun_at'], name='coulance_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='coulancerequest',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['denied', 'draft', 'granted', 'in_review', 'partly_granted', 'submitted', 'withdrawn'])), name='coulance_status_known', violation_error_message='Deze status bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='coulancerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('filed_at', None), ('filed_by', None), ('status', 'draft')), models.Q(models.Q(('status', 'draft'), _negated=True), ('filed_at__isnull', False), ('filed_by__isnull', False), ('ground__in', ['calamiteit', 'overmacht']), models.Q(('explanation', ''), _negated=True)), _connector='OR'), name='coulance_filed_whole', violation_error_message='Een ingediend verzoek heeft een reden (overmacht of calamiteit) en uitleg.'),
        ),
        migrations.AddConstraint(
            model_name='coulancerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_at', None), ('taken_by', None)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='coulance_taken_pair', violation_error_message='Wie het verzoek oppakte en wanneer horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='coulancerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['draft', 'submitted']), ('taken_by', None)), models.Q(('status__in', ['in_review', 'denied', 'granted', 'partly_granted']), ('taken_by__isnull', False)), ('status', 'withdrawn'), _connector='OR'), name='coulance_taken_by_somebody', violation_error_message='Een verzoek in behandeling is van iemand.'),
        ),
        migrations.AddConstraint(
            model_name='coulancerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_by__isnull', False), ('letter__isnull', False), ('status__in', ['denied', 'granted', 'partly_granted']), models.Q(('motivation', ''), _negated=True)), models.Q(models.Q(('status__in', ['denied', 'granted', 'partly_granted']), _negated=True), ('letter', None), ('motivation', ''), ('next_step', '')), _connector='OR'), name='coulance_decided_by_a_person', violation_error_message='Een besluit is van iemand, met een motivering en een brief.'),
        ),
        migrations.AddConstraint(
            model_name='coulancerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['denied', 'partly_granted']), _negated=True), models.Q(('next_step', ''), _negated=True), _connector='OR'), name='coulance_denied_with_a_way_on', violation_error_message='Schrijf wat de zorgaanbieder nu kan doen.'),
        ),
        migrations.AddConstraint(
            model_name='coulancerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('status__in', ['withdrawn', 'denied', 'granted', 'partly_granted'])), models.Q(models.Q(('status__in', ['withdrawn', 'denied', 'granted', 'partly_granted']), _negated=True), ('closed_at', None), ('closed_by', None)), _connector='OR'), name='coulance_closed_pair', violation_error_message='Wie het verzoek afrondde en wanneer horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='coulancerequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('explanation', ''), ('explanation__sealed', True), _connector='OR'), models.Q(('motivation', ''), ('motivation__sealed', True), _connector='OR'), models.Q(('next_step', ''), ('next_step__sealed', True), _connector='OR')), name='coulance_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddIndex(
            model_name='coulanceclaim',
            index=models.Index(condition=models.Q(('granted', True)), fields=['number'], name='coulance_claim_number'),
        ),
        migrations.AddConstraint(
            model_name='coulanceclaim',
            constraint=models.UniqueConstraint(fields=('coulance', 'number'), name='coulance_claim_once', violation_error_message='Deze declaratie staat al in dit verzoek.'),
        ),
        migrations.AddConstraint(
            model_name='coulanceclaim',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__gte', models.F('opened_on')), models.Q(('handed_in_on', None), ('handed_in_on__gte', models.F('closed_on')), _connector='OR')), name='coulance_claim_in_order', violation_error_message='Openen, sluiten en indienen gaan in die volgorde.'),
        ),
        migrations.AddConstraint(
            model_name='coulanceclaim',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('code__regex', '^[0-9]{2}$'), models.Q(('number', ''), _negated=True)), name='coulance_claim_possible', violation_error_message='Dit bedrag, dit nummer of deze code kan niet.'),
        ),
    ]
