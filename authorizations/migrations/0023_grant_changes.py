"""A machtiging that is changed on request: the short form, its documents, its decision and its letters."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0022_standard_paragraphs'),
        ('papers', '0002_final_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GrantChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_number', models.CharField(max_length=15, verbose_name='machtigingsnummer')),
                ('kind', models.CharField(choices=[('longer', 'Langer: een latere einddatum'), ('more_hours', 'Meer uren'), ('setting', 'Een andere vorm van behandeling'), ('institution', 'Een andere instelling behandelt verder'), ('stopped', 'De behandeling is gestopt')], max_length=12, verbose_name='wat er verandert')),
                ('status', models.CharField(choices=[('filed', 'Ontvangen'), ('proposed', 'Tweede beoordeling'), ('granted', 'Toegekend'), ('partly_granted', 'Gedeeltelijk toegekend'), ('denied', 'Afgewezen')], default='filed', max_length=16, verbose_name='status')),
                ('from_on', models.DateField(null=True, verbose_name='vanaf')),
                ('until_on', models.DateField(null=True, verbose_name='tot en met')),
                ('setting', models.CharField(blank=True, choices=[('outpatient', 'Poliklinisch'), ('day_treatment', 'Dagbehandeling'), ('inpatient', 'Klinische opname')], default='', max_length=20, verbose_name='vorm van behandeling')),
                ('hours', models.JSONField(blank=True, default=dict, verbose_name='uren')),
                ('institution_name', models.CharField(blank=True, default='', max_length=120, verbose_name='andere instelling')),
                ('institution_agb', models.CharField(blank=True, default='', max_length=8, verbose_name='AGB-code van die instelling')),
                ('why', kit.encrypted.EncryptedTextField(verbose_name='waarom')),
                ('filed_at', models.DateTimeField(verbose_name='gevraagd op')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='besloten op')),
            ],
            options={
                'verbose_name': 'wijziging van een machtiging',
                'verbose_name_plural': 'wijzigingen van machtigingen',
                'ordering': ['filed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GrantChangePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'stuk bij een wijziging',
                'verbose_name_plural': 'stukken bij een wijziging',
                'ordering': ['id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='one_decision',
        ),
        migrations.RemoveConstraint(
            model_name='requestletter',
            name='one_letter_per_addressee',
        ),
        migrations.AddField(
            model_name='grant',
            name='institution_agb',
            field=models.CharField(blank=True, default='', max_length=8, verbose_name='AGB-code van die instelling'),
        ),
        migrations.AddField(
            model_name='grant',
            name='institution_name',
            field=models.CharField(blank=True, default='', max_length=120, verbose_name='andere instelling'),
        ),
        migrations.AlterField(
            model_name='document',
            name='origin',
            field=models.CharField(choices=[('filing', 'Bij de aanvraag'), ('own_initiative', 'Op eigen initiatief'), ('on_request', 'Op verzoek'), ('heroverweging', 'Bij een heroverweging'), ('change', 'Bij een wijziging van de machtiging')], max_length=16, verbose_name='herkomst'),
        ),
        migrations.AlterField(
            model_name='requestletter',
            name='kind',
            field=models.CharField(choices=[('receipt', 'Ontvangstbevestiging'), ('granted', 'Toekenning'), ('partly_granted', 'Gedeeltelijke toekenning'), ('denied', 'Afwijzing'), ('upheld', 'Heroverweging: besluit bevestigd'), ('revised', 'Heroverweging: besluit herzien'), ('changed', 'Wijziging van de machtiging')], max_length=16, verbose_name='soort brief'),
        ),
        migrations.AddField(
            model_name='grantchange',
            name='authorization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grant_changes', to='authorizations.authorizationrequest', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='grantchange',
            name='filed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gevraagd door'),
        ),
        migrations.AddField(
            model_name='decision',
            name='change',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='authorizations.grantchange', verbose_name='over een wijziging'),
        ),
        migrations.AddField(
            model_name='requestletter',
            name='change',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='authorizations.grantchange', verbose_name='wijziging'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('change', None), ('heroverweging', None), ('returned_at', None)), fields=('authorization',), name='one_decision', violation_error_message='Over deze aanvraag is al een besluit genomen of voorgesteld.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('returned_at', None)), fields=('change',), name='one_decision_on_change', violation_error_message='Over deze wijziging is al een besluit genomen of voorgesteld.'),
        ),
        migrations.AddConstraint(
            model_name='requestletter',
            constraint=models.UniqueConstraint(condition=models.Q(('change', None), ('heroverweging', None), ('replaces', None)), fields=('authorization', 'kind', 'addressee'), name='one_letter_per_addressee', violation_error_message='Deze brief is al gemaakt.'),
        ),
        migrations.AddConstraint(
            model_name='requestletter',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('change', 'addressee'), name='one_change_letter_per_addressee', violation_error_message='Deze brief is al gemaakt.'),
        ),
        migrations.AddField(
            model_name='grantchangepaper',
            name='change',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='authorizations.grantchange', verbose_name='wijziging'),
        ),
        migrations.AddField(
            model_name='grantchangepaper',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='grant_change_paper', to='authorizations.document', verbose_name='document'),
        ),
        migrations.AddConstraint(
            model_name='grantchange',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['filed', 'proposed'])), fields=('authorization',), name='one_open_grant_change', violation_error_message='Er loopt al een verzoek om deze machtiging te wijzigen.'),
        ),
        migrations.AddConstraint(
            model_name='grantchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['institution', 'longer', 'more_hours', 'setting', 'stopped']), ('status__in', ['denied', 'filed', 'granted', 'partly_granted', 'proposed'])), name='grant_change_known', violation_error_message='Deze soort of status bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='grantchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('status__in', ['filed', 'proposed'])), models.Q(models.Q(('status__in', ['filed', 'proposed']), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='grant_change_closed_pair', violation_error_message='Een besluit over een wijziging heeft een moment.'),
        ),
        migrations.AddConstraint(
            model_name='grantchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'longer'), ('until_on__isnull', False)), ('kind', 'more_hours'), models.Q(('from_on__isnull', False), ('kind__in', ['institution', 'setting', 'stopped'])), _connector='OR'), name='grant_change_has_its_day', violation_error_message='Vul de dag in.'),
        ),
        migrations.AddConstraint(
            model_name='grantchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('why', ''), ('why__sealed', True), _connector='OR'), models.Q(('why', ''), _negated=True)), name='grant_change_why_is_sealed', violation_error_message='De reden wordt versleuteld bewaard.'),
        ),
    ]
