"""Notices of an omzetplafond that is reached or nearly: of a provider and an insurer, beside any request."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0028_taken_over'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CeilingNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('filed', 'Ontvangen'), ('taken', 'In behandeling'), ('answered', 'Beantwoord'), ('closed', 'Afgerond'), ('withdrawn', 'Ingetrokken')], default='filed', max_length=9, verbose_name='status')),
                ('level', models.CharField(choices=[('nearly', 'Bijna bereikt'), ('reached', 'Bereikt')], max_length=7, verbose_name='hoe ver')),
                ('contract_year', models.PositiveSmallIntegerField(verbose_name='contractjaar')),
                ('ceiling', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='omzetplafond')),
                ('realised', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='gerealiseerd')),
                ('expected_on', models.DateField(verbose_name='bereikt, of verwacht, op')),
                ('remarks', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='opmerkingen')),
                ('filed_at', models.DateTimeField(verbose_name='gemeld op')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='opgepakt op')),
                ('answer', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='antwoord')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='beantwoord op')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='afgerond op')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantwoord door')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='afgerond door')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemeld door')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opgepakt door')),
            ],
            options={
                'verbose_name': 'melding van een omzetplafond',
                'verbose_name_plural': 'meldingen van een omzetplafond',
                'ordering': ['filed_at', 'id'],
                'indexes': [models.Index(fields=['insurer', 'status', 'filed_at'], name='ceiling_of_insurer'), models.Index(fields=['provider', 'filed_at'], name='ceiling_of_provider')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['answered', 'filed', 'taken'])), fields=('provider', 'insurer', 'contract_year', 'level'), name='one_open_ceiling_notice', violation_error_message='Deze melding staat al open bij deze verzekeraar.'), models.CheckConstraint(condition=models.Q(('status__in', ['answered', 'closed', 'filed', 'taken', 'withdrawn'])), name='ceiling_status_known', violation_error_message='Deze status bestaat niet.'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'reached'), ('realised__gte', models.F('ceiling'))), models.Q(('level', 'nearly'), ('realised__lt', models.F('ceiling'))), _connector='OR'), name='ceiling_level_fits', violation_error_message='Bereikt is een plafond als er net zoveel of meer is gerealiseerd.'), models.CheckConstraint(condition=models.Q(('ceiling__gt', 0), ('contract_year__gte', 1900), ('contract_year__lt', 2200), ('realised__gte', 0)), name='ceiling_amounts_possible', violation_error_message='Dit bedrag of dit jaar kan niet.'), models.CheckConstraint(condition=models.Q(models.Q(('taken_at', None), ('taken_by', None)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='ceiling_taken_pair', violation_error_message='Wie de melding oppakte en wanneer horen bij elkaar.'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'filed'), ('taken_by', None)), models.Q(('status__in', ['taken', 'answered', 'closed']), ('taken_by__isnull', False)), ('status', 'withdrawn'), _connector='OR'), name='ceiling_taken_by_somebody', violation_error_message='Een melding in behandeling is van iemand.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('status__in', ['answered', 'closed']), models.Q(('answer', ''), _negated=True)), models.Q(models.Q(('status__in', ['answered', 'closed']), _negated=True), ('answer', ''), ('answered_at', None), ('answered_by', None)), _connector='OR'), name='ceiling_answered_whole', violation_error_message='Een antwoord heeft een tekst, een naam en een moment.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('status__in', ['answered', 'filed', 'taken'])), models.Q(models.Q(('status__in', ['answered', 'filed', 'taken']), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='ceiling_closed_pair', violation_error_message='Wie de melding afrondde en wanneer horen bij elkaar.'), models.CheckConstraint(condition=models.Q(models.Q(('remarks', ''), ('remarks__sealed', True), _connector='OR'), models.Q(('answer', ''), ('answer__sealed', True), _connector='OR')), name='ceiling_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.')],
            },
        ),
    ]
