"""Collegiaal overleg before a denial: what was offered, agreed on, and what came of it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0023_grant_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Overleg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('offered', 'Aangeboden'), ('booked', 'Afgesproken'), ('declined', 'Niet aangenomen'), ('held', 'Gevoerd'), ('cancelled', 'Afgezegd')], default='offered', max_length=9, verbose_name='status')),
                ('moments', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None, verbose_name='aangeboden momenten')),
                ('reach', models.CharField(blank=True, default='', max_length=120, verbose_name='hoe de adviseur te bereiken is')),
                ('offered_at', models.DateTimeField(verbose_name='aangeboden op')),
                ('booked_for', models.DateTimeField(null=True, verbose_name='afgesproken moment')),
                ('reach_provider', models.CharField(blank=True, default='', max_length=120, verbose_name='hoe de aanbieder te bereiken is')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='beantwoord op')),
                ('declined_because', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='niet aangenomen, want')),
                ('result', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='uitkomst')),
                ('shared', models.BooleanField(default=False, verbose_name='de aanbieder mag de uitkomst lezen')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='gesloten op')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantwoord door')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overleggen', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='aangeboden door')),
                ('result_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uitkomst van')),
            ],
            options={
                'verbose_name': 'collegiaal overleg',
                'verbose_name_plural': 'collegiaal overleg',
                'ordering': ['offered_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['booked', 'offered'])), fields=('authorization',), name='one_open_overleg', violation_error_message='Er staat al een aanbod voor overleg open.'), models.CheckConstraint(condition=models.Q(('status__in', ['booked', 'cancelled', 'declined', 'held', 'offered'])), name='overleg_status_known', violation_error_message='Deze status bestaat niet.'), models.CheckConstraint(condition=models.Q(('moments__0__gt', models.F('offered_at')), ('moments__len__gte', 1), ('moments__len__lte', 5)), name='overleg_moments_to_come', violation_error_message='Bied 1 tot 5 momenten aan die nog komen.'), models.CheckConstraint(condition=models.Q(('booked_for', None), ('moments__contains', [models.F('booked_for')]), _connector='OR'), name='overleg_booked_was_offered', violation_error_message='Kies een van de momenten die zijn aangeboden.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('booked_for', None), ('closed_at', None), ('status', 'offered')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('booked_for__isnull', False), ('closed_at', None), ('status', 'booked')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('closed_at__isnull', False), ('status', 'declined')), models.Q(('booked_for__isnull', False), ('closed_at__gte', models.F('booked_for')), ('status', 'held')), models.Q(('closed_at__isnull', False), ('status', 'cancelled')), _connector='OR'), name='overleg_status_fits', violation_error_message='Bij deze status horen een moment en een naam.'), models.CheckConstraint(condition=models.Q(models.Q(('result_by__isnull', False), ('status', 'held'), models.Q(('result', ''), _negated=True)), models.Q(models.Q(('status', 'held'), _negated=True), ('result', ''), ('result_by', None), ('shared', False)), _connector='OR'), name='overleg_result_when_held', violation_error_message='De uitkomst hoort bij een overleg dat is gevoerd.'), models.CheckConstraint(condition=models.Q(('status', 'declined'), ('declined_because', ''), _connector='OR'), name='overleg_reason_when_declined', violation_error_message='Een reden hoort bij een aanbod dat niet is aangenomen.'), models.CheckConstraint(condition=models.Q(models.Q(('declined_because', ''), ('declined_because__sealed', True), _connector='OR'), models.Q(('result', ''), ('result__sealed', True), _connector='OR')), name='overleg_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.')],
            },
        ),
    ]
