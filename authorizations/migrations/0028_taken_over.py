"""Machtigingen of other insurers that hold here (Zvw art. 14 lid 5), and subtrajecten under them."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0027_ggz_stay'),
        ('papers', '0003_reading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bsn', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='BSN')),
                ('bsn_hash', kit.encrypted.LookupField(blank=True, db_index=True, default='', editable=False, max_length=64, of='bsn', verbose_name='vingerafdruk van het BSN')),
                ('initials', models.CharField(blank=True, default='', max_length=20, verbose_name='voorletters')),
                ('surname', models.CharField(blank=True, default='', max_length=120, verbose_name='achternaam')),
                ('birth_date', models.DateField(null=True, verbose_name='geboortedatum')),
                ('number', models.CharField(max_length=15, verbose_name='machtigingsnummer')),
                ('from_insurer', models.CharField(max_length=120, verbose_name='andere verzekeraar')),
                ('from_uzovi', models.CharField(blank=True, default='', max_length=4, verbose_name='UZOVI-nummer van de andere verzekeraar')),
                ('starts_on', models.DateField(verbose_name='geldig vanaf')),
                ('ends_on', models.DateField(verbose_name='geldig tot en met')),
                ('indication', models.CharField(choices=[('chronic_pain', 'Chronische pijn'), ('other', 'Overige indicatie')], max_length=20, verbose_name='indicatie')),
                ('declaratie_code', models.CharField(blank=True, default='', max_length=6, verbose_name='declaratiecode')),
                ('registered_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='verwijderd op')),
                ('removed_because', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='verwijderd, want')),
            ],
            options={
                'verbose_name': 'overgenomen machtiging',
                'verbose_name_plural': 'overgenomen machtigingen',
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='retentionreport',
            name='retention_class_known',
        ),
        migrations.AlterField(
            model_name='retentionreport',
            name='kept',
            field=models.CharField(choices=[('draft', 'Concepten die niemand afmaakte'), ('files', 'Documenten bij een aanvraag'), ('dossier', 'Aanvragen met besluit en brieven'), ('traject', 'Zorgtrajecten met hun activiteiten'), ('taken_over', 'Overgenomen machtigingen met hun bewijs')], max_length=10, verbose_name='soort gegevens'),
        ),
        migrations.AddConstraint(
            model_name='retentionreport',
            constraint=models.CheckConstraint(condition=models.Q(('kept__in', ['dossier', 'draft', 'files', 'taken_over', 'traject'])), name='retention_class_known', violation_error_message='Deze soort gegevens bestaat niet.'),
        ),
        migrations.AddField(
            model_name='takenover',
            name='evidence',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_over', to='papers.file', verbose_name='bewijs'),
        ),
        migrations.AddField(
            model_name='takenover',
            name='insurer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar'),
        ),
        migrations.AddField(
            model_name='takenover',
            name='policy_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='authorizations.policyversion', verbose_name='beleidsversie'),
        ),
        migrations.AddField(
            model_name='takenover',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder'),
        ),
        migrations.AddField(
            model_name='takenover',
            name='registered_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door'),
        ),
        migrations.AddField(
            model_name='takenover',
            name='removed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verwijderd door'),
        ),
        migrations.AddField(
            model_name='subtraject',
            name='taken_over',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='subtrajects', to='authorizations.takenover', verbose_name='overgenomen machtiging'),
        ),
        migrations.AddConstraint(
            model_name='subtraject',
            constraint=models.CheckConstraint(condition=models.Q(('granted', None), ('taken_over', None), _connector='OR'), name='subtraject_under_one_title', violation_error_message='Een subtraject valt onder 1 machtiging.'),
        ),
        migrations.AddIndex(
            model_name='takenover',
            index=models.Index(fields=['insurer', '-id'], name='taken_over_of_insurer'),
        ),
        migrations.AddIndex(
            model_name='takenover',
            index=models.Index(fields=['provider', '-id'], name='taken_over_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bsn', ''), ('bsn_hash', '')), models.Q(('bsn__sealed', True), ('bsn_hash__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='takenover_bsn_is_sealed', violation_error_message='Een BSN wordt versleuteld bewaard, met de vingerafdruk om het op te zoeken.'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('provider', 'insurer', 'number'), name='taken_over_once', violation_error_message='Deze machtiging is al vastgelegd.'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9A-Z]{1,15}$')), name='taken_over_number_fits', violation_error_message='Een machtigingsnummer heeft hoogstens 15 letters en cijfers.'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.CheckConstraint(condition=models.Q(('from_insurer__regex', '\\S'), ('from_uzovi__regex', '^([0-9]{4})?$')), name='taken_over_from_somebody', violation_error_message='Vul in welke verzekeraar de machtiging gaf.'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='taken_over_period_in_order', violation_error_message='De machtiging eindigt voordat zij begint.'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.CheckConstraint(condition=models.Q(('indication__in', ['chronic_pain', 'other'])), name='taken_over_indication_known', violation_error_message='Deze indicatie bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_because', ''), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False), models.Q(('removed_because', ''), _negated=True)), _connector='OR'), name='taken_over_removed_whole', violation_error_message='Wie de machtiging verwijderde, wanneer en waarom horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='takenover',
            constraint=models.CheckConstraint(condition=models.Q(('removed_because', ''), ('removed_because__sealed', True), _connector='OR'), name='taken_over_reason_is_sealed', violation_error_message='De reden wordt versleuteld bewaard.'),
        ),
    ]
