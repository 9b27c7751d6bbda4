"""
What the database refuses about zorgtrajecten, whatever code asks for it.

A vervolg begins the day after a closing, or on day 121 or 241 (R-12); the end of the transaction is soon enough, for a
reopening moves several rows. What was declared stays as it was until a person takes the declaration back. The history
is written once, but for its keys (papers/migrations/0002). A zorgtraject stays while a request that it was treated
under is held.
"""

from django.db import migrations

FOLLOWS = """
CREATE FUNCTION refuse_vervolg_that_does_not_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM authorizations_subtraject AS one LEFT JOIN LATERAL (
            SELECT before.id, before.closed_on FROM authorizations_subtraject AS before
            WHERE before.zorgtraject_id = one.zorgtraject_id AND before.opened_on < one.opened_on
            ORDER BY before.opened_on DESC LIMIT 1
        ) AS previous ON true
        WHERE one.zorgtraject_id = NEW.zorgtraject_id AND CASE one.zorgtype
            WHEN '21' THEN coalesce(one.opened_on - previous.closed_on, 0) NOT IN (1, 121, 241)
            ELSE previous.id IS NOT NULL
        END
    ) THEN
        RAISE EXCEPTION 'vervolg_follows_on_closing' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER vervolg_follows_on_closing AFTER INSERT ON authorizations_subtraject
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.zorgtype = '21')
    EXECUTE FUNCTION refuse_vervolg_that_does_not_follow();
-- Closing what was open, which the night does by the thousands, can't break it.
CREATE CONSTRAINT TRIGGER vervolg_still_follows_on_closing AFTER UPDATE ON authorizations_subtraject
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (
        (OLD.zorgtraject_id, OLD.zorgtype, OLD.opened_on) IS DISTINCT FROM
            (NEW.zorgtraject_id, NEW.zorgtype, NEW.opened_on)
        OR (OLD.closed_on IS NOT NULL AND OLD.closed_on IS DISTINCT FROM NEW.closed_on)
    )
    EXECUTE FUNCTION refuse_vervolg_that_does_not_follow();
"""
NO_FOLLOWS = """
DROP TRIGGER vervolg_still_follows_on_closing ON authorizations_subtraject;
DROP TRIGGER vervolg_follows_on_closing ON authorizations_subtraject;
DROP FUNCTION refuse_vervolg_that_does_not_follow();
"""

FREEZE = """
CREATE FUNCTION refuse_change_of_declared() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'declared_subtraject_is_frozen' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER declared_subtraject_is_frozen BEFORE UPDATE ON authorizations_subtraject FOR EACH ROW
    WHEN (
        OLD.declared_at IS NOT NULL AND
        (OLD.zorgtraject_id, OLD.zorgtype, OLD.opened_on, OLD.finished_on, OLD.closed_on, OLD.closed_by)
            IS DISTINCT FROM
        (NEW.zorgtraject_id, NEW.zorgtype, NEW.opened_on, NEW.finished_on, NEW.closed_on, NEW.closed_by)
    )
    EXECUTE FUNCTION refuse_change_of_declared();
CREATE FUNCTION refuse_change_of_subtraject_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (
        to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason'
        AND only_resealed(OLD.reason, NEW.reason, TG_RELID)
        AND may_reseal(TG_RELID)
    ) THEN
        RAISE EXCEPTION 'subtraject_history_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER subtraject_history_is_written_once BEFORE UPDATE ON authorizations_subtrajectevent
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_subtraject_event();
"""
THAW = """
DROP TRIGGER subtraject_history_is_written_once ON authorizations_subtrajectevent;
DROP FUNCTION refuse_change_of_subtraject_event();
DROP TRIGGER declared_subtraject_is_frozen ON authorizations_subtraject;
DROP FUNCTION refuse_change_of_declared();
"""

KEEP_HELD = """
CREATE FUNCTION refuse_deletion_of_held_traject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM authorizations_subtraject AS treated
        JOIN authorizations_grant AS granted ON granted.id = treated.granted_id
        JOIN authorizations_legalhold AS held ON held.authorization_id = granted.authorization_id
        WHERE treated.zorgtraject_id = OLD.zorgtraject_id AND held.lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION 'held_zorgtraject_stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER held_zorgtraject_stays BEFORE DELETE ON authorizations_trajectinsured
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held_traject();
CREATE TRIGGER held_zorgtraject_stays BEFORE DELETE ON authorizations_zorgactiviteit
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held_traject();
CREATE TRIGGER held_zorgtraject_stays BEFORE DELETE ON authorizations_subtrajectevent
    FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_held_traject();
"""
RELEASE = """
DROP TRIGGER held_zorgtraject_stays ON authorizations_subtrajectevent;
DROP TRIGGER held_zorgtraject_stays ON authorizations_zorgactiviteit;
DROP TRIGGER held_zorgtraject_stays ON authorizations_trajectinsured;
DROP FUNCTION refuse_deletion_of_held_traject();
"""


class Migration(migrations.Migration):

    replaces = [
        ("authorizations", "0014_api_calls"),
    ]

    dependencies = [
        ("authorizations", "0006_requests_are_guarded"),
    ]

    operations = [
        migrations.RunSQL(FOLLOWS, NO_FOLLOWS),
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunSQL(KEEP_HELD, RELEASE),
    ]
