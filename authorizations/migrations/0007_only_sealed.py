"""
Let nothing in that stands open, and guard what was filed and decided again.

A frozen text may still change keys, under the terms of papers/migrations/0009.
"""

from django.db import migrations, models
from importlib import import_module

guards = import_module("authorizations.migrations.0003_guards")

FREEZE_REQUEST = guards.FREEZE_REQUEST.replace(
    """NEW.answers IS DISTINCT FROM OLD.answers
        OR NEW.application IS DISTINCT FROM OLD.application""",
    """NOT only_resealed(OLD.answers, NEW.answers, TG_RELID)
        OR NOT only_resealed(OLD.application, NEW.application, TG_RELID)""",
)

FREEZE_DECISION = """
CREATE FUNCTION refuse_change_of_final_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    secrets text[] := ARRAY['summary', 'not_granted', 'conditions', 'next_step', 'indication_weighed',
                            'early_start_reason', 'long_period_reason', 'returned_because'];
BEGIN
    IF OLD.final_at IS NOT NULL AND NOT (
        TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - secrets = to_jsonb(OLD) - secrets
        AND (
            SELECT bool_and(only_resealed(to_jsonb(OLD) ->> name, to_jsonb(NEW) ->> name, TG_RELID))
            FROM unnest(secrets) AS name
        )
        AND may_reseal(TG_RELID)
    ) THEN
        RAISE EXCEPTION 'final_decision_is_frozen' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER final_decision_is_frozen BEFORE UPDATE OR DELETE ON authorizations_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_final_decision();
"""

FREEZE_EVENTS = """
DROP TRIGGER history_is_written_once ON authorizations_statusevent;
CREATE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (
        to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note'
        AND only_resealed(OLD.note, NEW.note, TG_RELID)
        AND may_reseal(TG_RELID)
    ) THEN
        RAISE EXCEPTION 'history_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER history_is_written_once BEFORE UPDATE ON authorizations_statusevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_event();
"""
THAW_EVENTS = """
DROP TRIGGER history_is_written_once ON authorizations_statusevent;
DROP FUNCTION refuse_change_of_event();
CREATE TRIGGER history_is_written_once BEFORE UPDATE ON authorizations_statusevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
"""


class Migration(migrations.Migration):
    dependencies = [("authorizations", "0006_seal_what_stood_open"), ("papers", "0009_only_sealed")]

    operations = [
        migrations.RunSQL(FREEZE_REQUEST, guards.THAW_REQUEST),
        migrations.RunSQL(FREEZE_DECISION, guards.THAW_DECISION),
        migrations.RunSQL(guards.FREEZE_HISTORY, guards.THAW_HISTORY),
        migrations.RunSQL(FREEZE_EVENTS, THAW_EVENTS),
        migrations.AddConstraint(
            model_name='authorizationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application', None), ('due_on', None), ('status', 'draft'), ('submitted_at', None), ('submitted_by', None)), models.Q(models.Q(('status', 'draft'), _negated=True), ('application__isnull', False), ('indication__in', ['chronic_pain', 'other']), ('planned_start_on__isnull', False), ('setting__in', ['day_treatment', 'inpatient', 'outpatient']), ('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='request_filed_whole', violation_error_message='Een ingediende aanvraag is volledig, een concept is nog niet ingediend.'),
        ),
        migrations.AddConstraint(
            model_name='authorizationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answers', ''), ('answers__sealed', True), _connector='OR'), models.Q(('reading', ''), ('reading__sealed', True), _connector='OR'), models.Q(('step_notes', ''), ('step_notes__sealed', True), _connector='OR'), models.Q(('prefilled', ''), ('prefilled__sealed', True), _connector='OR'), models.Q(('application', ''), ('application__sealed', True), _connector='OR'), models.Q(('withdrawn_reason', ''), ('withdrawn_reason__sealed', True), _connector='OR')), name='request_content_is_sealed', violation_error_message='De inhoud van een aanvraag wordt versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='checklistanswer',
            constraint=models.CheckConstraint(condition=models.Q(('absent_reason', ''), ('absent_reason__sealed', True), _connector='OR'), name='checklist_reason_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='counterquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), ('text__sealed', True), _connector='OR'), models.Q(('reply', ''), ('reply__sealed', True), _connector='OR')), name='counter_question_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='criterionassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('motivation', ''), ('motivation__sealed', True), _connector='OR'), models.Q(('missing_fact', ''), ('missing_fact__sealed', True), _connector='OR'), models.Q(('leads_to_consent', ''), ('leads_to_consent__sealed', True), _connector='OR'), models.Q(('internal_note', ''), ('internal_note__sealed', True), _connector='OR')), name='criterion_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('summary', ''), ('summary__sealed', True), _connector='OR'), models.Q(('not_granted', ''), ('not_granted__sealed', True), _connector='OR'), models.Q(('conditions', ''), ('conditions__sealed', True), _connector='OR'), models.Q(('next_step', ''), ('next_step__sealed', True), _connector='OR'), models.Q(('indication_weighed', ''), ('indication_weighed__sealed', True), _connector='OR'), models.Q(('early_start_reason', ''), ('early_start_reason__sealed', True), _connector='OR'), models.Q(('long_period_reason', ''), ('long_period_reason__sealed', True), _connector='OR'), models.Q(('returned_because', ''), ('returned_because__sealed', True), _connector='OR')), name='decision_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='deskdraft',
            constraint=models.CheckConstraint(condition=models.Q(('data', ''), ('data__sealed', True), _connector='OR'), name='desk_draft_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('verdict_note', ''), ('verdict_note__sealed', True), _connector='OR'), name='document_note_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='informationitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', ''), ('what__sealed', True), _connector='OR'), models.Q(('why', ''), ('why__sealed', True), _connector='OR'), models.Q(('leads_to_consent', ''), ('leads_to_consent__sealed', True), _connector='OR'), models.Q(('answer', ''), ('answer__sealed', True), _connector='OR')), name='question_texts_are_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='informationrequest',
            constraint=models.CheckConstraint(condition=models.Q(('closed_because', ''), ('closed_because__sealed', True), _connector='OR'), name='information_request_text_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='insured',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bsn', ''), ('bsn_hash', '')), models.Q(('bsn__sealed', True), ('bsn_hash__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='insured_bsn_is_sealed', violation_error_message='Een BSN wordt versleuteld bewaard, met de vingerafdruk om het op te zoeken.'),
        ),
        migrations.AddConstraint(
            model_name='statusevent',
            constraint=models.CheckConstraint(condition=models.Q(('note', ''), ('note__sealed', True), _connector='OR'), name='event_note_is_sealed', violation_error_message='De toelichting wordt versleuteld bewaard.'),
        ),
    ]
