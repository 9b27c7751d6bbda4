"""What the database itself refuses, whatever code asks for it."""

from django.db import migrations

FREEZE_REQUEST = """
CREATE FUNCTION refuse_change_of_filed_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL AND (
        NEW.answers IS DISTINCT FROM OLD.answers
        OR NEW.application IS DISTINCT FROM OLD.application
        OR NEW.submitted_at IS DISTINCT FROM OLD.submitted_at
        OR NEW.submitted_by_id IS DISTINCT FROM OLD.submitted_by_id
        OR NEW.reference IS DISTINCT FROM OLD.reference
        OR NEW.provider_id IS DISTINCT FROM OLD.provider_id
        OR NEW.insurer_id IS DISTINCT FROM OLD.insurer_id
        OR NEW.policy_version_id IS DISTINCT FROM OLD.policy_version_id
    ) THEN
        RAISE EXCEPTION 'filed_request_is_frozen' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.status IN ('granted', 'partly_granted', 'denied', 'withdrawn') AND NEW.status <> OLD.status THEN
        RAISE EXCEPTION 'closed_request_stays_closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER filed_request_is_frozen BEFORE UPDATE ON authorizations_authorizationrequest
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_filed_request();
"""
THAW_REQUEST = """
DROP TRIGGER filed_request_is_frozen ON authorizations_authorizationrequest;
DROP FUNCTION refuse_change_of_filed_request();
"""

FREEZE_DECISION = """
CREATE FUNCTION refuse_change_of_final_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.final_at IS NOT NULL THEN
        RAISE EXCEPTION 'final_decision_is_frozen' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER final_decision_is_frozen BEFORE UPDATE OR DELETE ON authorizations_decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_final_decision();
"""
THAW_DECISION = """
DROP TRIGGER final_decision_is_frozen ON authorizations_decision;
DROP FUNCTION refuse_change_of_final_decision();
"""

FREEZE_HISTORY = """
CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER history_is_written_once BEFORE UPDATE ON authorizations_statusevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER policy_is_written_once BEFORE UPDATE ON authorizations_policyversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER grant_is_written_once BEFORE UPDATE ON authorizations_grant
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER granted_hours_are_written_once BEFORE UPDATE ON authorizations_granthours
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
"""
THAW_HISTORY = """
DROP TRIGGER granted_hours_are_written_once ON authorizations_granthours;
DROP TRIGGER grant_is_written_once ON authorizations_grant;
DROP TRIGGER policy_is_written_once ON authorizations_policyversion;
DROP TRIGGER history_is_written_once ON authorizations_statusevent;
DROP FUNCTION refuse_change_of_history();
"""


class Migration(migrations.Migration):
    dependencies = [("authorizations", "0002_initial")]
    operations = [
        migrations.RunSQL(FREEZE_REQUEST, THAW_REQUEST),
        migrations.RunSQL(FREEZE_DECISION, THAW_DECISION),
        migrations.RunSQL(FREEZE_HISTORY, THAW_HISTORY),
    ]
