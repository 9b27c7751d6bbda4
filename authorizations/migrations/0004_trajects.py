"""Zorgtrajecten with their subtrajecten, activities and history, and what is told about their closing."""

import authorizations.models.subtrajects
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("authorizations", "0009_subtrajects"),
        ("authorizations", "0010_trajects_are_forgotten"),
    ]

    dependencies = [
        ("authorizations", "0003_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Zorgtraject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=15, verbose_name='zorgtrajectnummer')),
                ('indication', models.CharField(choices=[('chronic_pain', 'Chronische pijn'), ('other', 'Overige indicatie')], max_length=20, verbose_name='indicatie')),
                ('privacyverklaring', models.BooleanField(default=False, verbose_name='privacyverklaring')),
                ('diagnosis', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='primaire diagnose')),
                ('died_on', models.DateField(null=True, verbose_name='overleden op')),
                ('registered_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('policy_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='authorizations.policyversion', verbose_name='beleidsversie')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door')),
            ],
            options={
                'verbose_name': 'zorgtraject',
                'verbose_name_plural': 'zorgtrajecten',
                'indexes': [
                    models.Index(fields=['insurer', 'id'], name='zorgtraject_of_insurer'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('provider', 'number'), name='zorgtrajectnummer_once', violation_error_message='Dit zorgtrajectnummer is bij uw instelling al in gebruik.'),
                    models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9A-Z]{1,15}$')), name='zorgtrajectnummer_fits', violation_error_message='Een zorgtrajectnummer heeft hoogstens 15 letters en cijfers.'),
                    models.CheckConstraint(condition=models.Q(('indication__in', ['chronic_pain', 'other'])), name='zorgtraject_indication_known', violation_error_message='Deze indicatie bestaat niet.'),
                    models.CheckConstraint(condition=models.Q(('diagnosis', ''), ('diagnosis__sealed', True), _connector='OR'), name='zorgtraject_diagnosis_is_sealed', violation_error_message='De diagnose wordt versleuteld bewaard.'),
                    models.CheckConstraint(condition=models.Q(('privacyverklaring', False), ('diagnosis', ''), _connector='OR'), name='no_diagnosis_with_privacyverklaring', violation_error_message='Met een privacyverklaring bewaren wij geen diagnose.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TrajectInsured',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bsn', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='BSN')),
                ('bsn_hash', kit.encrypted.LookupField(blank=True, db_index=True, default='', editable=False, max_length=64, of='bsn', verbose_name='vingerafdruk van het BSN')),
                ('initials', models.CharField(blank=True, default='', max_length=20, verbose_name='voorletters')),
                ('surname', models.CharField(blank=True, default='', max_length=120, verbose_name='achternaam')),
                ('birth_date', models.DateField(null=True, verbose_name='geboortedatum')),
                ('zorgtraject', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='insured', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'verzekerde van een zorgtraject',
                'verbose_name_plural': 'verzekerden van zorgtrajecten',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('bsn', ''), ('bsn_hash', '')), models.Q(('bsn__sealed', True), ('bsn_hash__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='trajectinsured_bsn_is_sealed', violation_error_message='Een BSN wordt versleuteld bewaard, met de vingerafdruk om het op te zoeken.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Zorgactiviteit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, verbose_name='zorgactiviteit')),
                ('performed_on', models.DateField(verbose_name='uitgevoerd op')),
                ('profile_class', models.PositiveSmallIntegerField(default=14, verbose_name='zorgprofielklasse')),
                ('units', models.PositiveSmallIntegerField(default=1, verbose_name='aantal')),
                ('discipline', models.CharField(choices=[('revalidatiearts', 'Revalidatiearts'), ('fysiotherapie', 'Fysiotherapie'), ('ergotherapie', 'Ergotherapie'), ('psychologie', 'Psychologie'), ('maatschappelijk_werk', 'Maatschappelijk werk'), ('logopedie', 'Logopedie'), ('bewegingstherapie', 'Bewegingstherapie'), ('orthopedagogiek', 'Orthopedagogiek'), ('dietetiek', 'Diëtetiek'), ('verpleging', 'Verpleging'), ('overig', 'Overige discipline')], max_length=30, verbose_name='discipline')),
                ('registered_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='verwijderd op')),
                ('removed_because', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='verwijderd, want')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door')),
                ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verwijderd door')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replaced_by', to='authorizations.zorgactiviteit', verbose_name='vervangt')),
                ('zorgtraject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'zorgactiviteit',
                'verbose_name_plural': 'zorgactiviteiten',
                'ordering': ['performed_on', 'id'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('zorgtraject', 'performed_on', 'code', 'discipline'), name='zorgactiviteit_once', violation_error_message='Deze activiteit staat er op deze dag al. Pas het aantal aan.'),
                    models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{6}$')), name='zorgactiviteit_code_six_digits', violation_error_message='Een zorgactiviteit heeft 6 cijfers.'),
                    models.CheckConstraint(condition=models.Q(('performed_on__lte', authorizations.models.subtrajects.LocalDate(models.F('registered_at')))), name='zorgactiviteit_not_in_the_future', violation_error_message='Een activiteit in de toekomst is nog niet uitgevoerd.'),
                    models.CheckConstraint(condition=models.Q(('units__gte', 1)), name='zorgactiviteit_some_units', violation_error_message='Het aantal is minstens 1.'),
                    models.CheckConstraint(condition=models.Q(('profile_class__gte', 1), ('profile_class__lte', 99)), name='zorgactiviteit_profile_class_two_digits', violation_error_message='Een zorgprofielklasse ligt tussen 1 en 99.'),
                    models.CheckConstraint(condition=models.Q(('discipline__in', ['bewegingstherapie', 'dietetiek', 'ergotherapie', 'fysiotherapie', 'logopedie', 'maatschappelijk_werk', 'orthopedagogiek', 'overig', 'psychologie', 'revalidatiearts', 'verpleging'])), name='zorgactiviteit_discipline_known', violation_error_message='Deze discipline bestaat niet.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_because', ''), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False), models.Q(('removed_because', ''), _negated=True)), _connector='OR'), name='zorgactiviteit_removed_whole', violation_error_message='Wie een activiteit verwijderde, wanneer en waarom horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(('removed_because', ''), ('removed_because__sealed', True), _connector='OR'), name='zorgactiviteit_reason_is_sealed', violation_error_message='De reden wordt versleuteld bewaard.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Subtraject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zorgtype', models.CharField(choices=[('11', 'Eerste subtraject'), ('13', 'Intercollegiaal consult'), ('21', 'Vervolg')], max_length=2, verbose_name='zorgtype')),
                ('opened_on', models.DateField(verbose_name='geopend op')),
                ('finished_on', models.DateField(null=True, verbose_name='behandeling afgerond op')),
                ('idle_on', models.DateField(null=True, verbose_name='42 dagen zonder activiteit op')),
                ('closes_on', models.DateField(verbose_name='sluit op')),
                ('closes_by', models.CharField(max_length=40, verbose_name='sluit door')),
                ('closed_on', models.DateField(null=True, verbose_name='gesloten op')),
                ('closed_by', models.CharField(blank=True, default='', max_length=40, verbose_name='gesloten door')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='sluiting vastgelegd op')),
                ('declared_at', models.DateTimeField(null=True, verbose_name='gedeclareerd op')),
                ('to_correct_since', models.DateTimeField(null=True, verbose_name='correctie nodig sinds')),
                ('granted', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='subtrajects', to='authorizations.grant', verbose_name='machtiging')),
                ('zorgtraject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subtrajects', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'subtraject',
                'verbose_name_plural': 'subtrajecten',
                'ordering': ['opened_on', 'id'],
                'indexes': [
                    models.Index(condition=models.Q(('closed_on', None)), fields=['closes_on', 'id'], name='subtraject_due'),
                ],
                'constraints': [
                    django.contrib.postgres.constraints.ExclusionConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], expressions=[(models.F('zorgtraject'), '='), (authorizations.models.subtrajects.DateRange(models.F('opened_on'), models.F('closed_on'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&')], name='subtrajects_do_not_overlap', violation_error_message='In dit zorgtraject loopt op die dagen al een subtraject.'),
                    models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('zorgtraject',), name='one_open_subtraject', violation_error_message='In dit zorgtraject staat al een subtraject open.'),
                    models.CheckConstraint(condition=models.Q(('closed_on', None), models.Q(('closed_on__gte', models.F('opened_on')), ('closed_on__lte', django.db.models.expressions.CombinedExpression(models.F('opened_on'), '+', models.Value(datetime.timedelta(days=120))))), _connector='OR'), name='subtraject_at_most_120_days', violation_error_message='Een subtraject duurt hoogstens 120 dagen.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', ''), ('closed_on', None)), models.Q(('closed_at__isnull', False), ('closed_on__isnull', False), models.Q(('closed_by', ''), _negated=True)), _connector='OR'), name='subtraject_closed_pair', violation_error_message='Sluitdatum en reden van sluiten horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(('closed_on', None), models.Q(('closed_by', models.F('closes_by')), ('closed_on', models.F('closes_on'))), _connector='OR'), name='subtraject_closed_as_foreseen', violation_error_message='Een subtraject sluit op de dag en om de reden die uit de regels volgt.'),
                    models.CheckConstraint(condition=models.Q(('closes_by__regex', '^(120_dagen|42_dagen|afgerond|overleden)(\\+(120_dagen|42_dagen|afgerond|overleden))*$'), ('closes_on__gte', models.F('opened_on')), ('closes_on__lte', django.db.models.expressions.CombinedExpression(models.F('opened_on'), '+', models.Value(datetime.timedelta(days=120))))), name='subtraject_end_foreseen', violation_error_message='Een subtraject heeft een verwachte sluitdatum met een bekende reden.'),
                    models.CheckConstraint(condition=models.Q(('finished_on', None), ('finished_on__gte', models.F('opened_on')), _connector='OR'), name='subtraject_finished_in_order', violation_error_message='De behandeling is afgerond voordat het subtraject begon.'),
                    models.CheckConstraint(condition=models.Q(('zorgtype__in', ['11', '13', '21'])), name='subtraject_zorgtype_known', violation_error_message='Een subtraject heeft zorgtype 11, 13 of 21.'),
                    models.UniqueConstraint(condition=models.Q(('zorgtype', '21'), _negated=True), fields=('zorgtraject',), name='one_first_subtraject', violation_error_message='Een zorgtraject begint maar één keer; daarna is het een vervolg (21).'),
                    models.CheckConstraint(condition=models.Q(('declared_at', None), ('closed_on__isnull', False), _connector='OR'), name='subtraject_declared_when_closed', violation_error_message='Een open subtraject kan nog niet gedeclareerd zijn.'),
                    models.CheckConstraint(condition=models.Q(('to_correct_since', None), ('declared_at__isnull', False), _connector='OR'), name='subtraject_to_correct_when_declared', violation_error_message='Alleen wat gedeclareerd is vraagt om een correctie.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SubtrajectEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_on', models.DateField(verbose_name='subtraject geopend op')),
                ('change', models.CharField(choices=[('opened', 'Geopend'), ('finished', 'Behandeling afgerond'), ('finish_moved', 'Afronding verbeterd'), ('died', 'Patiënt overleden'), ('death_moved', 'Overlijden verbeterd'), ('closed', 'Gesloten'), ('reopened', 'Heropend'), ('moved', 'Andere sluitdatum'), ('gone', 'Vervallen: de activiteiten horen bij het vorige subtraject'), ('linked', 'Andere machtiging'), ('declared', 'Gedeclareerd'), ('taken_back', 'Declaratie teruggenomen'), ('to_correct', 'Al gedeclareerd: correctie nodig')], max_length=12, verbose_name='wat er gebeurde')),
                ('closed_on', models.DateField(null=True, verbose_name='sluitdatum')),
                ('closed_by', models.CharField(blank=True, default='', max_length=40, verbose_name='reden van sluiten')),
                ('reason', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='waarom')),
                ('at', models.DateTimeField(verbose_name='op')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='door')),
                ('zorgtraject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='authorizations.zorgtraject', verbose_name='zorgtraject')),
            ],
            options={
                'verbose_name': 'gebeurtenis van een subtraject',
                'verbose_name_plural': 'gebeurtenissen van subtrajecten',
                'ordering': ['at', 'id'],
                'indexes': [
                    models.Index(fields=['zorgtraject', 'at'], name='events_of_zorgtraject'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('reason', ''), ('reason__sealed', True), _connector='OR'), name='subtraject_event_reason_is_sealed', violation_error_message='De reden wordt versleuteld bewaard.'),
                    models.CheckConstraint(condition=models.Q(('change__in', ['closed', 'death_moved', 'declared', 'died', 'finish_moved', 'finished', 'gone', 'linked', 'moved', 'opened', 'reopened', 'taken_back', 'to_correct'])), name='subtraject_event_known', violation_error_message='Deze gebeurtenis bestaat niet.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('change__in', ['death_moved', 'finish_moved', 'gone', 'moved', 'reopened', 'taken_back', 'to_correct']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='subtraject_event_with_reason', violation_error_message='Noem waarom de sluiting veranderde.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SubtrajectWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('afgerond', 'Behandeling afgerond'), ('42_dagen', '42 dagen geen activiteit'), ('120_dagen', '120 dagen open'), ('overleden', 'Patiënt overleden')], max_length=10, verbose_name='grond')),
                ('closes_on', models.DateField(verbose_name='sluit op')),
                ('days', models.PositiveSmallIntegerField(verbose_name='dagen ervoor')),
                ('at', models.DateTimeField(verbose_name='op')),
                ('told_at', models.DateTimeField(null=True, verbose_name='gemaild op')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='voor')),
                ('subtraject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='warnings', to='authorizations.subtraject', verbose_name='subtraject')),
            ],
            options={
                'verbose_name': 'waarschuwing voor sluiten',
                'verbose_name_plural': 'waarschuwingen voor sluiten',
                'indexes': [
                    models.Index(condition=models.Q(('told_at', None)), fields=['organization'], name='subtraject_warning_untold'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('subtraject', 'organization', 'ground', 'closes_on', 'days'), name='subtraject_warning_once', violation_error_message='Deze waarschuwing is al gegeven.'),
                    models.CheckConstraint(condition=models.Q(('ground__in', ['120_dagen', '42_dagen'])), name='subtraject_warning_ground_known', violation_error_message='Voor deze grond waarschuwen wij niet.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ClosingNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('closed_on', models.DateField(verbose_name='gesloten op')),
                ('number', models.PositiveIntegerField(verbose_name='hoeveel')),
                ('told_at', models.DateTimeField(null=True, verbose_name='gemaild op')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='voor')),
            ],
            options={
                'verbose_name': 'bericht van sluiten',
                'verbose_name_plural': 'berichten van sluiten',
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('told_at', None)), fields=('organization', 'closed_on'), name='closing_notice_waits_once', violation_error_message='Er wacht al een bericht over deze dag.'),
                    models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='closing_notice_of_some', violation_error_message='Een bericht gaat over minstens 1 subtraject.'),
                ],
            },
        ),
    ]
