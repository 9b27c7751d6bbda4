"""The registry knows every table, and PostgreSQL is as the registry says. ASVS 13.2.2."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from portal.tenancy import guard, registry, secure
from portal.tenancy.owner import as_owner

pytestmark = pytest.mark.django_db(transaction=True)
POLICIES = "SELECT tablename, policyname, cmd, permissive, roles, qual, with_check FROM pg_policies ORDER BY 1, 2"
GRANTS = (
    "SELECT relname, privilege_type FROM pg_class, aclexplode(relacl)"
    " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
    " AND grantee IN (current_user::regrole, 0)"
)
FORCED = (
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    " AND relrowsecurity AND relforcerowsecurity"
)
ROLE = (
    "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles"
    " WHERE rolname = current_user"
)


def asked(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def as_owner_do(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def mended(db: None) -> Iterator[None]:
    """Bring the database in order again after a test that spoilt it."""
    yield
    call_command("secure_database", verbosity=0)


def test_every_table_has_a_verdict():
    assert set(secure._column(secure.TABLES)) == set(registry.TABLES)


def test_a_table_that_everybody_sees_says_why():
    assert [name for name, table in registry.TABLES.items() if bool(table.rule) == bool(table.why)] == []


def test_every_table_with_a_rule_is_forced_and_has_its_policies():
    ruled = {name for name, table in registry.TABLES.items() if table.rule}
    assert {name for (name,) in asked(FORCED)} == ruled
    every = {(name, command) for name in ruled for command in ("SELECT", "INSERT", "UPDATE", "DELETE")}
    found = asked(POLICIES)
    assert {(name, command) for name, _, command, *_ in found} == every
    assert len(found) == len(every)


@pytest.mark.asvs("13.2.2")
def test_the_portal_may_what_the_registry_says_and_nothing_else():
    unknown = registry.COUNTED if connection.cursor().connection.info.server_version < 170000 else frozenset()
    given = {(name, right) for name, table in registry.TABLES.items() for right in table.grants - unknown}
    assert set(asked(GRANTS)) == given
    assert asked(ROLE) == [(False, False, False, False, False)]
    assert guard.problems() == []


@pytest.mark.asvs("13.2.2")
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE eigen (id int)",
        "ALTER TABLE authorizations_insured DISABLE ROW LEVEL SECURITY",
        "DROP POLICY portal_sees ON authorizations_insured",
        "TRUNCATE authorizations_insured CASCADE",
        "UPDATE authorizations_statusevent SET note = ''",
        "UPDATE authorizations_grant SET number = ''",
        "DELETE FROM authorizations_policyversion",
        "DELETE FROM accounts_user",
        "DELETE FROM django_migrations",
        "SET ROLE portaal",
        "SET row_security = off; SELECT 1 FROM authorizations_insured",
    ],
)
def test_the_portal_can_not_undo_it(statement):
    with pytest.raises(DatabaseError, match="permission denied|must be owner|row-level security"):
        asked(statement)


@pytest.mark.parametrize(
    "damage",
    [
        "DROP POLICY portal_sees ON authorizations_insured",
        "CREATE POLICY wide ON authorizations_insured USING (true)",
        "ALTER TABLE papers_file NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE papers_mail DISABLE ROW LEVEL SECURITY",
        "GRANT UPDATE, TRUNCATE ON authorizations_statusevent TO portaal_app",
        "GRANT SELECT ON papers_mail TO PUBLIC",
    ],
)
def test_securing_again_mends_what_was_changed_and_changes_nothing_else(mended, damage):
    before = asked(POLICIES), sorted(asked(GRANTS)), sorted(asked(FORCED))
    as_owner_do(damage)
    assert (asked(POLICIES), sorted(asked(GRANTS)), sorted(asked(FORCED))) != before
    call_command("secure_database", verbosity=0)
    assert (asked(POLICIES), sorted(asked(GRANTS)), sorted(asked(FORCED))) == before


def test_a_table_without_a_verdict_is_closed_to_the_portal(mended, capsys):
    as_owner_do("CREATE TABLE zonder_oordeel (id int)")
    try:
        call_command("secure_database", verbosity=0)
        assert "zonder_oordeel" in capsys.readouterr().err
        with pytest.raises(DatabaseError, match="permission denied"):
            asked("SELECT * FROM zonder_oordeel")
    finally:
        as_owner_do("DROP TABLE zonder_oordeel")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("ALTER TABLE papers_file NO FORCE ROW LEVEL SECURITY", "papers_file"),
        ("ALTER TABLE papers_mail DISABLE ROW LEVEL SECURITY", "papers_mail"),
        ("GRANT TRUNCATE ON papers_mail TO portaal_app", "tabellen maken of wijzigen"),
    ],
)
def test_the_portal_does_not_start_on_a_database_that_does_not_keep_apart(mended, monkeypatch, damage, words):
    as_owner_do(damage)
    guard.demand()
    monkeypatch.setattr(settings, "PRODUCTION", True)
    with pytest.raises(ImproperlyConfigured, match=words):
        guard.demand()


@pytest.mark.asvs("13.2.2")
def test_the_portal_does_not_start_as_the_owner_or_a_superuser(monkeypatch):
    monkeypatch.setattr(settings, "PRODUCTION", True)
    guard.demand()
    with as_owner(), pytest.raises(ImproperlyConfigured, match="mag langs de scheiding.*tabellen maken"):
        guard.demand()


@pytest.mark.parametrize("command", ["secure_database", "migrate"])
def test_a_command_for_the_owner_says_what_is_missing(monkeypatch, command):
    monkeypatch.setattr(settings, "DATABASE_OWNER", None)
    monkeypatch.setitem(settings.DATABASE_RUNTIME, "USER", "iemand_anders")
    with pytest.raises(CommandError, match="Zet DATABASE_OWNER_URL|CREATE ROLE iemand_anders"):
        call_command(command, verbosity=0)


def test_the_health_page_says_that_organizations_are_not_kept_apart(mended, client):
    as_owner_do("ALTER TABLE papers_file NO FORCE ROW LEVEL SECURITY")
    answer = client.get("/gezondheid/")
    assert answer.status_code == 503
    assert "Zonder scheiding tussen organisaties: papers_file." in answer.json()["problemen"]


def test_in_production_only_the_parts_that_must_see_everything_do():
    assert registry.everything("production") == registry.everything("demo") == {"worker", "clock", "command"}
