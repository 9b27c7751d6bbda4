"""
A decision that is looked at again, with its documents, answer and letters, and a machtiging that replaces another.

What was answered is frozen like a decision, under the terms of papers/migrations/0002, and stays while it is held.
"""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models

FREEZE = """
CREATE FUNCTION refuse_change_of_answered_heroverweging() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    secrets text[] := ARRAY['grounds', 'motivation', 'verdicts'];
BEGIN
    IF TG_OP = 'DELETE' AND may_forget(OLD.decided_at) THEN
        RETURN OLD;
    END IF;
    IF OLD.decided_at IS NOT NULL AND NOT (
        TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - secrets = to_jsonb(OLD) - secrets
        AND (
            SELECT bool_and(only_resealed(to_jsonb(OLD) ->> name, to_jsonb(NEW) ->> name, TG_RELID))
            FROM unnest(secrets) AS name
        )
        AND may_reseal(TG_RELID)
    ) THEN
        RAISE EXCEPTION 'answered_heroverweging_is_frozen' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER answered_heroverweging_is_frozen BEFORE UPDATE OR DELETE ON authorizations_heroverweging
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_answered_heroverweging();
CREATE TRIGGER held_request_stays BEFORE DELETE ON authorizations_heroverweging
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held('authorization_id');
"""
THAW = """
DROP TRIGGER held_request_stays ON authorizations_heroverweging;
DROP TRIGGER answered_heroverweging_is_frozen ON authorizations_heroverweging;
DROP FUNCTION refuse_change_of_answered_heroverweging();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0015_evidence_pins'),
        ('papers', '0002_final_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Heroverweging',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('filed', 'Ontvangen'), ('in_review', 'In heroverweging'), ('upheld', 'Bevestigd'), ('revised', 'Herzien')], default='filed', max_length=12, verbose_name='status')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versie')),
                ('channel', models.CharField(choices=[('portal', 'Via het portaal'), ('paper', 'Per brief'), ('phone', 'Per telefoon')], max_length=8, verbose_name='hoe het binnenkwam')),
                ('received_on', models.DateField(verbose_name='binnengekomen op')),
                ('last_day', models.DateField(null=True, verbose_name='laatste dag volgens het beleid')),
                ('due_on', models.DateField(verbose_name='antwoord uiterlijk op')),
                ('grounds', kit.encrypted.EncryptedTextField(verbose_name='waarom het besluit niet klopt')),
                ('filed_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('assigned_at', models.DateTimeField(null=True, verbose_name='opgepakt op')),
                ('motivation', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='motivering')),
                ('overturn_reason', models.CharField(blank=True, choices=[('new_facts', 'Er zijn nieuwe gegevens'), ('missed_facts', 'Gegevens in het dossier zijn over het hoofd gezien'), ('criterion', 'Een criterium is onjuist toegepast'), ('judgement', 'Een ander medisch oordeel over dezelfde gegevens'), ('procedure', 'De procedure is niet goed gevolgd'), ('situation', 'De situatie van de verzekerde is veranderd')], default='', max_length=14, verbose_name='waarom het niet blijft')),
                ('verdicts', kit.encrypted.EncryptedJSONField(default=dict, verbose_name='oordelen over de criteria')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='beantwoord op')),
            ],
            options={
                'verbose_name': 'heroverweging',
                'verbose_name_plural': 'heroverwegingen',
                'ordering': ['filed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HeroverwegingPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('authorisation', 'Toestemming van de verzekerde'), ('grounds', 'Brief van de verzekerde'), ('further', 'Ander stuk')], max_length=14, verbose_name='waarvoor')),
            ],
            options={
                'verbose_name': 'stuk bij een heroverweging',
                'verbose_name_plural': 'stukken bij een heroverweging',
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
            name='replaces',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='authorizations.grant', verbose_name='vervangt'),
        ),
        migrations.AlterField(
            model_name='document',
            name='origin',
            field=models.CharField(choices=[('filing', 'Bij de aanvraag'), ('own_initiative', 'Op eigen initiatief'), ('on_request', 'Op verzoek'), ('heroverweging', 'Bij een heroverweging')], max_length=16, verbose_name='herkomst'),
        ),
        migrations.AlterField(
            model_name='grant',
            name='authorization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='authorizations.authorizationrequest', verbose_name='aanvraag'),
        ),
        migrations.AlterField(
            model_name='requestletter',
            name='kind',
            field=models.CharField(choices=[('receipt', 'Ontvangstbevestiging'), ('granted', 'Toekenning'), ('partly_granted', 'Gedeeltelijke toekenning'), ('denied', 'Afwijzing'), ('upheld', 'Heroverweging: besluit bevestigd'), ('revised', 'Heroverweging: besluit herzien')], max_length=16, verbose_name='soort brief'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('authorization',), name='one_first_grant', violation_error_message='Op deze aanvraag is al een machtiging gegeven.'),
        ),
        migrations.AddField(
            model_name='heroverweging',
            name='assigned_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beoordelaar'),
        ),
        migrations.AddField(
            model_name='heroverweging',
            name='authorization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heroverwegingen', to='authorizations.authorizationrequest', verbose_name='aanvraag'),
        ),
        migrations.AddField(
            model_name='heroverweging',
            name='confirmed_first',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tweede adviseur'),
        ),
        migrations.AddField(
            model_name='heroverweging',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='medisch adviseur'),
        ),
        migrations.AddField(
            model_name='heroverweging',
            name='decided_first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='eerste adviseur'),
        ),
        migrations.AddField(
            model_name='heroverweging',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heroverwegingen', to='authorizations.decision', verbose_name='besluit'),
        ),
        migrations.AddField(
            model_name='heroverweging',
            name='filed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door'),
        ),
        migrations.AddField(
            model_name='decision',
            name='heroverweging',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revision', to='authorizations.heroverweging', verbose_name='na heroverweging'),
        ),
        migrations.AddField(
            model_name='requestletter',
            name='heroverweging',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='authorizations.heroverweging', verbose_name='heroverweging'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('heroverweging', None), ('returned_at', None)), fields=('authorization',), name='one_decision', violation_error_message='Over deze aanvraag is al een besluit genomen of voorgesteld.'),
        ),
        migrations.AddConstraint(
            model_name='requestletter',
            constraint=models.UniqueConstraint(condition=models.Q(('heroverweging', None)), fields=('authorization', 'kind', 'addressee'), name='one_letter_per_addressee', violation_error_message='Deze brief is al gemaakt.'),
        ),
        migrations.AddConstraint(
            model_name='requestletter',
            constraint=models.UniqueConstraint(fields=('heroverweging', 'addressee'), name='one_answer_per_addressee', violation_error_message='Deze brief is al gemaakt.'),
        ),
        migrations.AddField(
            model_name='heroverwegingpaper',
            name='document',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='heroverweging_paper', to='authorizations.document', verbose_name='document'),
        ),
        migrations.AddField(
            model_name='heroverwegingpaper',
            name='heroverweging',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='authorizations.heroverweging', verbose_name='heroverweging'),
        ),
        migrations.AddIndex(
            model_name='heroverweging',
            index=models.Index(condition=models.Q(('status__in', ['filed', 'in_review'])), fields=['due_on', 'id'], name='heroverweging_queue'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['filed', 'in_review'])), fields=('decision',), name='one_open_heroverweging', violation_error_message='Er loopt al een heroverweging van dit besluit.'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['filed', 'in_review', 'revised', 'upheld'])), name='heroverweging_status_known', violation_error_message='Deze status bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assigned_to', None), models.Q(('assigned_to', models.F('decided_first')), _negated=True), _connector='OR'), models.Q(('assigned_to', None), ('confirmed_first', None), models.Q(('assigned_to', models.F('confirmed_first')), _negated=True), _connector='OR'), models.Q(('decided_by', None), models.Q(('decided_by', models.F('decided_first')), _negated=True), _connector='OR'), models.Q(('decided_by', None), ('confirmed_first', None), models.Q(('decided_by', models.F('confirmed_first')), _negated=True), _connector='OR')), name='heroverweging_by_another', violation_error_message='Een andere medisch adviseur doet de heroverweging.'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assigned_at', None), ('assigned_to', None)), models.Q(('assigned_at__isnull', False), ('assigned_to__isnull', False)), _connector='OR'), name='heroverweging_assigned_pair', violation_error_message='Wie de heroverweging oppakte en wanneer horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_review'), _negated=True), ('assigned_to__isnull', False), _connector='OR'), name='heroverweging_in_review_has_reviewer', violation_error_message='Een heroverweging die loopt heeft een beoordelaar.'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('motivation', ''), ('status__in', ['filed', 'in_review'])), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('status__in', ['revised', 'upheld']), models.Q(('motivation', ''), _negated=True)), _connector='OR'), name='heroverweging_answered_whole', violation_error_message='Een antwoord heeft een naam, een moment en een motivering.'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('overturn_reason__in', ['criterion', 'judgement', 'missed_facts', 'new_facts', 'procedure', 'situation']), ('status', 'revised')), models.Q(models.Q(('status', 'revised'), _negated=True), ('overturn_reason', '')), _connector='OR'), name='heroverweging_reason_fits', violation_error_message='Bij een herzien besluit hoort een reden, en alleen daar.'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.CheckConstraint(condition=models.Q(('grounds', ''), _negated=True), name='heroverweging_has_grounds', violation_error_message='Schrijf waarom het besluit niet klopt.'),
        ),
        migrations.AddConstraint(
            model_name='heroverweging',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grounds', ''), ('grounds__sealed', True), _connector='OR'), models.Q(('motivation', ''), ('motivation__sealed', True), _connector='OR'), models.Q(('verdicts', ''), ('verdicts__sealed', True), _connector='OR')), name='heroverweging_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='heroverwegingpaper',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['authorisation', 'further', 'grounds'])), name='heroverweging_paper_role_known', violation_error_message='Deze soort bestaat niet.'),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
