"""
Make room for secrets, and a column for what was searched in them: the fingerprint of the BSN.

Filed requests, decisions and history can be changed until 0007 guards them again: 0006 seals their texts.
"""

import kit.encrypted
from django.db import migrations
from importlib import import_module

guards = import_module("authorizations.migrations.0003_guards")


class Migration(migrations.Migration):
    dependencies = [("authorizations", "0004_indexes_with_organizations"), ("papers", "0007_secret_columns")]

    operations = [
        migrations.RunSQL(guards.THAW_HISTORY, guards.FREEZE_HISTORY),
        migrations.RunSQL(guards.THAW_DECISION, guards.FREEZE_DECISION),
        migrations.RunSQL(guards.THAW_REQUEST, guards.FREEZE_REQUEST),
        migrations.RemoveConstraint(
            model_name='insured',
            name='insured_bsn_nine_digits',
        ),
        migrations.AddField(
            model_name='insured',
            name='bsn_hash',
            field=kit.encrypted.LookupField(blank=True, db_index=True, default='', editable=False, max_length=64, of='bsn', verbose_name='vingerafdruk van het BSN'),
        ),
        # To a JSON column "application=None" meant the JSON word null, so that this let a draft have one; 0007 puts it back.
        migrations.RemoveConstraint(model_name='authorizationrequest', name='request_filed_whole'),
        migrations.AlterField(
            model_name='authorizationrequest',
            name='answers',
            field=kit.encrypted.EncryptedJSONField(default=dict, verbose_name='antwoorden zoals getypt'),
        ),
        migrations.AlterField(
            model_name='authorizationrequest',
            name='application',
            field=kit.encrypted.EncryptedJSONField(null=True, verbose_name='gecontroleerde inhoud'),
        ),
        migrations.AlterField(
            model_name='authorizationrequest',
            name='prefilled',
            field=kit.encrypted.EncryptedJSONField(default=dict, verbose_name='vooraf ingevuld'),
        ),
        migrations.AlterField(
            model_name='authorizationrequest',
            name='reading',
            field=kit.encrypted.EncryptedJSONField(default=dict, verbose_name='antwoorden zoals gelezen'),
        ),
        migrations.AlterField(
            model_name='authorizationrequest',
            name='step_notes',
            field=kit.encrypted.EncryptedJSONField(default=dict, verbose_name='stand per stap'),
        ),
        migrations.AlterField(
            model_name='authorizationrequest',
            name='withdrawn_reason',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reden van intrekken'),
        ),
        migrations.AlterField(
            model_name='checklistanswer',
            name='absent_reason',
            field=kit.encrypted.EncryptedTextField(verbose_name='niet beschikbaar, want'),
        ),
        migrations.AlterField(
            model_name='counterquestion',
            name='reply',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reactie'),
        ),
        migrations.AlterField(
            model_name='counterquestion',
            name='text',
            field=kit.encrypted.EncryptedTextField(verbose_name='wedervraag'),
        ),
        migrations.AlterField(
            model_name='criterionassessment',
            name='internal_note',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name="notitie voor collega's"),
        ),
        migrations.AlterField(
            model_name='criterionassessment',
            name='leads_to_consent',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat tot toestemming leidt'),
        ),
        migrations.AlterField(
            model_name='criterionassessment',
            name='missing_fact',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat ontbreekt'),
        ),
        migrations.AlterField(
            model_name='criterionassessment',
            name='motivation',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='motivering'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='conditions',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='voorwaarden'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='early_start_reason',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reden van een eerdere ingangsdatum'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='indication_weighed',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='hoe de indicatie van de revalidatiearts is gewogen'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='long_period_reason',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='reden van een langere periode'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='next_step',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat de aanbieder nu kan doen'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='not_granted',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat niet is toegekend en waarom'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='returned_because',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='teruggegeven, want'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='summary',
            field=kit.encrypted.EncryptedTextField(verbose_name='samenvatting voor de brief'),
        ),
        migrations.AlterField(
            model_name='deskdraft',
            name='data',
            field=kit.encrypted.EncryptedJSONField(default=dict, verbose_name='zoals getypt'),
        ),
        migrations.AlterField(
            model_name='document',
            name='verdict_note',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='toelichting bij het oordeel'),
        ),
        migrations.AlterField(
            model_name='informationitem',
            name='answer',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='antwoord'),
        ),
        migrations.AlterField(
            model_name='informationitem',
            name='leads_to_consent',
            field=kit.encrypted.EncryptedTextField(verbose_name='welk antwoord tot toestemming leidt'),
        ),
        migrations.AlterField(
            model_name='informationitem',
            name='what',
            field=kit.encrypted.EncryptedTextField(verbose_name='wat er ontbreekt'),
        ),
        migrations.AlterField(
            model_name='informationitem',
            name='why',
            field=kit.encrypted.EncryptedTextField(verbose_name='waarom dit nodig is'),
        ),
        migrations.AlterField(
            model_name='informationrequest',
            name='closed_because',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='gesloten, want'),
        ),
        migrations.AlterField(
            model_name='insured',
            name='bsn',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='BSN'),
        ),
        migrations.AlterField(
            model_name='statusevent',
            name='note',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='toelichting'),
        ),
    ]
