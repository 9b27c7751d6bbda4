"""
What the database itself refuses about a privacyverklaring, whatever code asks for it.

It holds only at a request that is without a diagnosis, and such a request stays so as long as it holds. What was filed
may change once more after all: in the very statement that takes the diagnosis out of it (0006 freezes it otherwise).
"""

from django.db import migrations

FREEZE = """
CREATE OR REPLACE FUNCTION refuse_change_of_filed_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL AND (
        (NOT (NEW.without_diagnosis AND NOT OLD.without_diagnosis) AND (
            NOT only_resealed(OLD.answers, NEW.answers, TG_RELID)
            OR NOT only_resealed(OLD.application, NEW.application, TG_RELID)
        ))
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
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION refuse_change_of_filed_request() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
AGREE = """
CREATE FUNCTION refuse_privacyverklaring_beside_diagnosis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'withdrawn' AND NOT EXISTS (
        SELECT 1 FROM authorizations_authorizationrequest
        WHERE id = NEW.authorization_id AND without_diagnosis
    ) THEN
        RAISE EXCEPTION 'privacyverklaring_without_diagnosis: Met een privacyverklaring bewaren wij geen diagnose.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'privacyverklaring_without_diagnosis';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER privacyverklaring_without_diagnosis BEFORE INSERT OR UPDATE ON authorizations_privacyverklaring
    FOR EACH ROW EXECUTE FUNCTION refuse_privacyverklaring_beside_diagnosis();
CREATE FUNCTION refuse_diagnosis_beside_privacyverklaring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM authorizations_privacyverklaring WHERE authorization_id = NEW.id AND status <> 'withdrawn'
    ) THEN
        RAISE EXCEPTION 'privacyverklaring_still_holds: De privacyverklaring geldt nog.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'privacyverklaring_still_holds';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER privacyverklaring_still_holds BEFORE UPDATE ON authorizations_authorizationrequest
    FOR EACH ROW WHEN (OLD.without_diagnosis AND NOT NEW.without_diagnosis)
    EXECUTE FUNCTION refuse_diagnosis_beside_privacyverklaring();
"""
DISAGREE = """
DROP TRIGGER privacyverklaring_still_holds ON authorizations_authorizationrequest;
DROP FUNCTION refuse_diagnosis_beside_privacyverklaring();
DROP TRIGGER privacyverklaring_without_diagnosis ON authorizations_privacyverklaring;
DROP FUNCTION refuse_privacyverklaring_beside_diagnosis();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("authorizations", "0035_privacyverklaring"),
    ]

    operations = [
        migrations.RunSQL(FREEZE, AS_BEFORE),
        migrations.RunSQL(AGREE, DISAGREE),
    ]
