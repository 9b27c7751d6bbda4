"""The privacyverklaring, and that a request with one holds no diagnosis."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0034_check_runs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Privacyverklaring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('given', 'Gegeven'), ('in_order', 'In orde'), ('not_in_order', 'Niet in orde'), ('withdrawn', 'Ingetrokken')], max_length=12, verbose_name='status')),
                ('way', models.CharField(choices=[('online', 'Online'), ('uploaded', 'Als ondertekend document')], max_length=10, verbose_name='hoe gegeven')),
                ('signer', models.CharField(choices=[('patient', 'De patiënt'), ('representative', 'De wettelijk vertegenwoordiger')], max_length=16, verbose_name='wie voor de patiënt tekende')),
                ('signer_name', kit.encrypted.EncryptedTextField(verbose_name='naam van wie tekende')),
                ('patient_signed_on', models.DateField(verbose_name='getekend op')),
                ('provider_profession', models.CharField(max_length=80, verbose_name='beroep')),
                ('provider_signed_at', models.DateTimeField(verbose_name='zorgaanbieder getekend op')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='gecontroleerd op')),
                ('check_reason', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='niet in orde, want')),
                ('withdrawn_on', models.DateField(null=True, verbose_name='ingetrokken op')),
                ('withdrawn_reason', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reden van intrekken')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='intrekken vastgelegd op')),
            ],
            options={
                'verbose_name': 'privacyverklaring',
                'verbose_name_plural': 'privacyverklaringen',
                'ordering': ['provider_signed_at', 'id'],
            },
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='holds_diagnosis',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='bevat een diagnose'),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='without_diagnosis',
            field=models.BooleanField(db_default=False, default=False, verbose_name='zonder diagnose'),
        ),
        migrations.AddConstraint(
            model_name='authorizationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('holds_diagnosis', True), ('without_diagnosis', True), _negated=True), name='request_without_diagnosis', violation_error_message='Met een privacyverklaring bewaren wij geen diagnose.'),
        ),
        migrations.AddField(
            model_name='privacyverklaring',
            name='authorization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='privacyverklaringen', to='authorizations.authorizationrequest', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='privacyverklaring',
            name='carried_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='authorizations.privacyverklaring', verbose_name='meegegaan van'),
        ),
        migrations.AddField(
            model_name='privacyverklaring',
            name='checked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gecontroleerd door'),
        ),
        migrations.AddField(
            model_name='privacyverklaring',
            name='provider_signed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='zorgaanbieder getekend door'),
        ),
        migrations.AddField(
            model_name='privacyverklaring',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingetrokken door'),
        ),
        migrations.AddConstraint(
            model_name='privacyverklaring',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['given', 'in_order', 'not_in_order'])), fields=('authorization',), name='one_privacyverklaring', violation_error_message='Er geldt al een privacyverklaring bij deze aanvraag.'),
        ),
        migrations.AddConstraint(
            model_name='privacyverklaring',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signer_name', ''), _negated=True), models.Q(('provider_profession', ''), _negated=True), ('signer__in', ['patient', 'representative']), ('status__in', ['given', 'in_order', 'not_in_order', 'withdrawn']), ('way__in', ['online', 'uploaded'])), name='privacyverklaring_signed_by_both', violation_error_message='Een privacyverklaring is getekend door de patiënt en door de zorgaanbieder.'),
        ),
        migrations.AddConstraint(
            model_name='privacyverklaring',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'withdrawn'), models.Q(('checked_at', None), ('checked_by', None), ('status', 'given')), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('status', 'in_order')), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('status', 'not_in_order'), models.Q(('check_reason', ''), _negated=True)), _connector='OR'), name='privacyverklaring_checked', violation_error_message='Wie de verklaring controleerde, wanneer en waarom horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='privacyverklaring',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), ('withdrawn_on__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_on', None), ('withdrawn_reason', '')), _connector='OR'), name='privacyverklaring_withdrawn_whole', violation_error_message='Bij intrekken horen de dag, de reden en wie het vastlegde.'),
        ),
        migrations.AddConstraint(
            model_name='privacyverklaring',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('signer_name', ''), ('signer_name__sealed', True), _connector='OR'), models.Q(('check_reason', ''), ('check_reason__sealed', True), _connector='OR'), models.Q(('withdrawn_reason', ''), ('withdrawn_reason__sealed', True), _connector='OR')), name='privacyverklaring_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AlterField(
            model_name='checklistanswer',
            name='kind',
            field=models.CharField(choices=[('verwijsbrief', 'Verwijsbrief van een arts'), ('huisartsenjournaal', 'Huisartsenjournaal'), ('behandelverslag_lichamelijk', 'Behandelverslag lichamelijke klachten'), ('behandelverslag_psychosociaal', 'Behandelverslag psychosociale klachten'), ('brieven_eerste_lijn', 'Brieven van behandelaren in de eerste lijn'), ('vra_indicatie', 'Klinische opname-indicatie volgens de VRA'), ('behandelplan', 'Behandelplan'), ('privacyverklaring', 'Privacyverklaring'), ('overig', 'Ander document')], max_length=30, verbose_name='soort document'),
        ),
        migrations.AlterField(
            model_name='documentitem',
            name='kind',
            field=models.CharField(choices=[('verwijsbrief', 'Verwijsbrief van een arts'), ('huisartsenjournaal', 'Huisartsenjournaal'), ('behandelverslag_lichamelijk', 'Behandelverslag lichamelijke klachten'), ('behandelverslag_psychosociaal', 'Behandelverslag psychosociale klachten'), ('brieven_eerste_lijn', 'Brieven van behandelaren in de eerste lijn'), ('vra_indicatie', 'Klinische opname-indicatie volgens de VRA'), ('behandelplan', 'Behandelplan'), ('privacyverklaring', 'Privacyverklaring'), ('overig', 'Ander document')], max_length=30, verbose_name='soort document'),
        ),
        migrations.AlterField(
            model_name='informationitem',
            name='document_kind',
            field=models.CharField(blank=True, choices=[('verwijsbrief', 'Verwijsbrief van een arts'), ('huisartsenjournaal', 'Huisartsenjournaal'), ('behandelverslag_lichamelijk', 'Behandelverslag lichamelijke klachten'), ('behandelverslag_psychosociaal', 'Behandelverslag psychosociale klachten'), ('brieven_eerste_lijn', 'Brieven van behandelaren in de eerste lijn'), ('vra_indicatie', 'Klinische opname-indicatie volgens de VRA'), ('behandelplan', 'Behandelplan'), ('privacyverklaring', 'Privacyverklaring'), ('overig', 'Ander document')], default='', max_length=30, verbose_name='soort document'),
        ),
    ]
