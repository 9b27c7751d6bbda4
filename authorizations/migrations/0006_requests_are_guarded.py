"""
What the database itself refuses about requests, whatever code asks for it.

What was filed and decided stays as it was, the history is written once, and what is held is deleted by nobody. A frozen
text may change keys, and a final decision may go when its time has come, under the terms of papers/migrations/0002.
"""

from django.db import migrations

FREEZE_REQUEST = """
CREATE FUNCTION refuse_change_of_filed_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL AND (
        NOT only_resealed(OLD.answers, NEW.answers, TG_RELID)
        OR NOT only_resealed(OLD.application, NEW.application, TG_RELID)
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
DECLARE
    secrets text[] := ARRAY['summary', 'not_granted', 'conditions', 'next_step', 'indication_weighed',
                            'early_start_reason', 'long_period_reason', 'returned_because'];
BEGIN
    IF TG_OP = 'DELETE' AND may_forget(OLD.final_at) THEN
        RETURN OLD;
    END IF;
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
THAW_DECISION = """
DROP TRIGGER final_decision_is_frozen ON authorizations_decision;
DROP FUNCTION refuse_change_of_final_decision();
"""

FREEZE_HISTORY = """
CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
END $$;
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
DROP FUNCTION refuse_change_of_history();
"""

FREEZE_EVENTS = """
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
"""

HELD = ("authorizationrequest", "id"), *(
    (name, "authorization_id")
    for name in ("insured", "document", "decision", "requestletter", "informationrequest", "statusevent")
)
REFUSE = """
CREATE FUNCTION refuse_deletion_of_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM authorizations_legalhold
        WHERE authorization_id = (to_jsonb(OLD) ->> TG_ARGV[0])::bigint AND lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION 'held_request_stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
"""
KEEP_HELD = REFUSE + "".join(
    f"CREATE TRIGGER held_request_stays BEFORE DELETE ON authorizations_{name} "
    f"FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held('{column}');\n"
    for name, column in HELD
)
RELEASE = "".join(f"DROP TRIGGER held_request_stays ON authorizations_{name};\n" for name, _ in HELD) + (
    "DROP FUNCTION refuse_deletion_of_held();"
)


class Migration(migrations.Migration):

    replaces = [
        ("authorizations", "0013_traject_imports"),
    ]

    dependencies = [
        ("authorizations", "0005_deliveries"),
        ("papers", "0002_final_letters"),
    ]

    operations = [
        migrations.RunSQL(FREEZE_REQUEST, THAW_REQUEST),
        migrations.RunSQL(FREEZE_DECISION, THAW_DECISION),
        migrations.RunSQL(FREEZE_HISTORY, THAW_HISTORY),
        migrations.RunSQL(FREEZE_EVENTS, THAW_EVENTS),
        migrations.RunSQL(KEEP_HELD, RELEASE),
    ]
