"""Claims as a zorgaanbieder keeps them: by form, by file or by a program."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0037_no_text_without_diagnosis'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, verbose_name='declaratienummer')),
                ('regime', models.CharField(choices=[('ZK_GGZ', 'Zilveren Kruis, GGZ met een contract'), ('ASR_MSZ', 'a.s.r., MSZ met een contract'), ('ASR_NIET_GECONTRACTEERD', 'a.s.r., MSZ zonder contract'), ('VERZEKERDE', 'De verzekerde dient de nota zelf in')], max_length=23, verbose_name='afspraak')),
                ('code', models.CharField(max_length=6, verbose_name='declaratiecode')),
                ('resubmission', models.CharField(blank=True, default='', max_length=2, verbose_name='code her-declaratie')),
                ('performed_on', models.DateField(null=True, verbose_name='uitgevoerd op')),
                ('opened_on', models.DateField(null=True, verbose_name='geopend op')),
                ('closed_on', models.DateField(null=True, verbose_name='gesloten op')),
                ('returned_on', models.DateField(null=True, verbose_name='retourinformatie op')),
                ('bsn', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='BSN')),
                ('bsn_hash', kit.encrypted.LookupField(blank=True, db_index=True, default='', editable=False, max_length=64, of='bsn', verbose_name='vingerafdruk van het BSN')),
                ('machtigingsnummer', models.CharField(blank=True, default='', max_length=15, verbose_name='machtigingsnummer')),
                ('at_intake', models.BooleanField(default=False, verbose_name='bij een intake')),
                ('handed_in_on', models.DateField(null=True, verbose_name='ingediend op')),
                ('answer', models.CharField(blank=True, choices=[('goedgekeurd', 'Goedgekeurd'), ('afgewezen', 'Afgewezen')], default='', max_length=11, verbose_name='antwoord')),
                ('return_code', models.CharField(blank=True, default='', max_length=4, verbose_name='retourcode')),
                ('answered_on', models.DateField(null=True, verbose_name='antwoord op')),
                ('last_day', models.DateField(null=True, verbose_name='laatste dag om in te dienen')),
                ('registered_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='gewijzigd op')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gewijzigd door')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door')),
                ('zorgtraject', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'declaratie',
                'verbose_name_plural': 'declaraties',
                'indexes': [models.Index(fields=['provider', '-id'], name='declaration_of_provider'), models.Index(condition=models.Q(('handed_in_on', None)), fields=['provider', 'last_day', 'id'], name='declaration_to_hand_in')],
                'constraints': [models.UniqueConstraint(fields=('provider', 'insurer', 'number'), name='declaration_once', violation_error_message='Bij deze verzekeraar heeft u al een declaratie met dit nummer.'), models.CheckConstraint(condition=models.Q(('regime__in', ['ASR_MSZ', 'ASR_NIET_GECONTRACTEERD', 'VERZEKERDE', 'ZK_GGZ'])), name='declaration_regime_known', violation_error_message='Deze afspraak bestaat niet.'), models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9A-Z]{6}$'), ('machtigingsnummer__regex', '^[0-9A-Z*~$=]{0,15}$'), ('resubmission__regex', '^([0-9]{2})?$'), ('return_code__regex', '^([0-9]{4})?$'), models.Q(('number', ''), _negated=True)), name='declaration_codes_fit', violation_error_message='Dit nummer of deze code kan niet.'), models.CheckConstraint(condition=models.Q(('opened_on__isnull', False), ('performed_on__isnull', False), _connector='OR'), name='declaration_has_a_day', violation_error_message='Vul in wanneer de zorg begon, of op welke dag de verrichting was.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('opened_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), models.Q(('handed_in_on', None), ('closed_on', None), ('handed_in_on__gte', models.F('closed_on')), _connector='OR'), models.Q(('handed_in_on', None), ('performed_on', None), ('handed_in_on__gte', models.F('performed_on')), _connector='OR'), models.Q(('answered_on', None), ('answered_on__gte', models.F('handed_in_on')), _connector='OR')), name='declaration_days_in_order', violation_error_message='Openen, sluiten, indienen en het antwoord gaan in die volgorde.'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_on', None), ('return_code', '')), models.Q(('answer__in', ['afgewezen', 'goedgekeurd']), ('answered_on__isnull', False), ('handed_in_on__isnull', False)), _connector='OR'), name='declaration_answer_whole', violation_error_message='Een antwoord heeft een dag, en hoort bij een ingediende declaratie.'), models.CheckConstraint(condition=models.Q(models.Q(('changed_at', None), ('changed_by', None)), models.Q(('changed_at__isnull', False), ('changed_by__isnull', False)), _connector='OR'), name='declaration_changed_pair', violation_error_message='Wie de declaratie wijzigde en wanneer horen bij elkaar.'), models.CheckConstraint(condition=models.Q(('zorgtraject', None), ('bsn', ''), _connector='OR'), name='declaration_insured_once', violation_error_message='Noem het zorgtraject of het BSN, niet allebei.'), models.CheckConstraint(condition=models.Q(models.Q(('bsn', ''), ('bsn_hash', '')), models.Q(('bsn__sealed', True), ('bsn_hash__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='declaration_bsn_is_sealed', violation_error_message='Een BSN wordt versleuteld bewaard, met de vingerafdruk om het op te zoeken.')],
            },
        ),
    ]
