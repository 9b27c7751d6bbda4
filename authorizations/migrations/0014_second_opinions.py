"""
What each medisch adviseur thought of a proposal: by different people, as first given, and behind every denial.

An opinion that was given says the same for ever; its text may change keys, under the terms of papers/migrations/0002.
A denial doesn't become final unless the one who confirms it gave an opinion of his or her own: a denial too, or one
that was given up for the proposal, with the reason.
"""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE FUNCTION refuse_change_of_opinion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    later text[] := ARRAY['adopted_because', 'adopted_at'];
BEGIN
    IF (OLD.given_at IS NOT NULL AND to_jsonb(NEW) - later <> to_jsonb(OLD) - later)
        OR (NEW.authorization_id, NEW.decision_id, NEW.position, NEW.advisor_id, NEW.blind)
            IS DISTINCT FROM (OLD.authorization_id, OLD.decision_id, OLD.position, OLD.advisor_id, OLD.blind)
        OR (OLD.adopted_at IS NOT NULL AND (
            NEW.adopted_at IS DISTINCT FROM OLD.adopted_at
            OR NOT only_resealed(OLD.adopted_because, NEW.adopted_because, TG_RELID)
        ))
    THEN
        RAISE EXCEPTION 'opinion_stays_as_first_given' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opinion_stays_as_first_given BEFORE UPDATE ON authorizations_opinion
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_opinion();
CREATE FUNCTION refuse_change_of_opinion_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (
        to_jsonb(NEW) - 'motivation' = to_jsonb(OLD) - 'motivation'
        AND only_resealed(OLD.motivation, NEW.motivation, TG_RELID)
        AND may_reseal(TG_RELID)
    ) THEN
        RAISE EXCEPTION 'opinion_stays_as_first_given' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER opinion_stays_as_first_given BEFORE UPDATE ON authorizations_opinionverdict
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_opinion_verdict();
"""
LET_GO = """
DROP TRIGGER opinion_stays_as_first_given ON authorizations_opinionverdict;
DROP FUNCTION refuse_change_of_opinion_verdict();
DROP TRIGGER opinion_stays_as_first_given ON authorizations_opinion;
DROP FUNCTION refuse_change_of_opinion();
"""

AGREE = """
CREATE FUNCTION refuse_denial_by_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.outcome = 'denied' AND NEW.final_at IS NOT NULL AND OLD.final_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM authorizations_opinion
        WHERE decision_id = NEW.id AND advisor_id = NEW.confirmed_by_id AND advisor_id <> NEW.proposed_by_id
            AND given_at IS NOT NULL AND (outcome = 'denied' OR adopted_at IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'denial_is_agreed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER denial_is_agreed BEFORE UPDATE ON authorizations_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_denial_by_one();
"""
DISAGREE = """
DROP TRIGGER denial_is_agreed ON authorizations_decision;
DROP FUNCTION refuse_denial_by_one();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0013_statements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(choices=[('first', 'Eerste medisch adviseur'), ('second', 'Tweede medisch adviseur'), ('third', 'Derde medisch adviseur')], max_length=6, verbose_name='plaats')),
                ('blind', models.BooleanField(default=True, verbose_name='zonder het andere oordeel te kennen')),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Toegekend'), ('partly_granted', 'Gedeeltelijk toegekend'), ('denied', 'Afgewezen')], default='', max_length=16, verbose_name='zou besluiten')),
                ('given_at', models.DateTimeField(null=True, verbose_name='gegeven op')),
                ('adopted_because', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='neemt het voorstel over, want')),
                ('adopted_at', models.DateTimeField(null=True, verbose_name='overgenomen op')),
                ('named_at', models.DateTimeField(null=True, verbose_name='aangewezen op')),
                ('advisor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='medisch adviseur')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='authorizations.decision', verbose_name='voorstel')),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='aangewezen door')),
            ],
            options={
                'verbose_name': 'oordeel over een voorstel',
                'verbose_name_plural': 'oordelen over voorstellen',
                'ordering': ['decision', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OpinionVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=30, verbose_name='criterium')),
                ('verdict', models.CharField(choices=[('met', 'Voldaan'), ('not_met', 'Niet voldaan'), ('unclear', 'Onvoldoende informatie')], max_length=10, verbose_name='oordeel')),
                ('motivation', kit.encrypted.EncryptedTextField(verbose_name='motivering')),
                ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='authorizations.opinion', verbose_name='oordeel')),
            ],
            options={
                'verbose_name': 'oordeel over een criterium van een voorstel',
                'verbose_name_plural': 'oordelen over criteria van een voorstel',
                'ordering': ['opinion', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('decision', 'position'), name='one_opinion_per_position', violation_error_message='Een collega gaf dit oordeel al.'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('decision', 'advisor'), name='one_opinion_per_advisor', violation_error_message='Iemand anders geeft het tweede oordeel: u gaf al een oordeel.'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('position__in', ['first', 'second', 'third'])), name='opinion_position_known', violation_error_message='Deze plaats bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_at', None), ('outcome', ''), ('position', 'third')), models.Q(('given_at__isnull', False), ('outcome__in', ['denied', 'granted', 'partly_granted'])), _connector='OR'), name='opinion_given_whole', violation_error_message='Een oordeel noemt de uitkomst en het moment.'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adopted_at', None), ('adopted_because', '')), models.Q(models.Q(('adopted_because', ''), _negated=True), models.Q(('position', 'first'), _negated=True), ('adopted_at__isnull', False)), _connector='OR'), name='opinion_adopted_pair', violation_error_message='Wie een voorstel overneemt zegt waarom.'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('named_at__isnull', False), ('named_by__isnull', False), ('position', 'third')), models.Q(models.Q(('position', 'third'), _negated=True), ('named_at', None), ('named_by', None)), _connector='OR'), name='third_advisor_is_named', violation_error_message='Een coördinator wijst de derde medisch adviseur aan.'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('adopted_because', ''), ('adopted_because__sealed', True), _connector='OR'), name='opinion_text_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='opinionverdict',
            constraint=models.UniqueConstraint(fields=('opinion', 'criterion'), name='opinion_on_criterion_once', violation_error_message='Over dit criterium staat er al een oordeel.'),
        ),
        migrations.AddConstraint(
            model_name='opinionverdict',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['met', 'not_met', 'unclear'])), name='opinion_verdict_known', violation_error_message='Dit oordeel bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='opinionverdict',
            constraint=models.CheckConstraint(condition=models.Q(('motivation', ''), _negated=True), name='opinion_is_motivated', violation_error_message='Een oordeel heeft een motivering.'),
        ),
        migrations.AddConstraint(
            model_name='opinionverdict',
            constraint=models.CheckConstraint(condition=models.Q(('motivation', ''), ('motivation__sealed', True), _connector='OR'), name='opinion_motivation_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.RunSQL(KEEP, LET_GO),
        migrations.RunSQL(AGREE, DISAGREE),
    ]
