"""
Make PostgreSQL as the registry says: the role, what it may, and which rows it sees. Done again, it changes nothing.

Run by the owner of the tables after every migration (`migrate` does it). Each table is a transaction of its own, so no
page waits for more than one of them.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from portal.tenancy import registry
from portal.tenancy.policies import policies

MADE_BY_US = "SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = %s"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
SEQUENCES = """
SELECT numbers.relname, pg_depend.deptype = 'i' FROM pg_class AS numbers JOIN pg_depend ON pg_depend.objid = numbers.oid
JOIN pg_class AS whole ON whole.oid = pg_depend.refobjid
WHERE numbers.relkind = 'S' AND pg_depend.deptype IN ('i', 'a') AND whole.relname = %s
    AND whole.relnamespace = 'public'::regnamespace
"""
"""The numbers of a table, and whether a column gives them out by itself; else a trigger of the owner does (the log)."""
POWERS = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s"
MAY_MAKE_ROLES = "SELECT rolsuper OR rolcreaterole, rolsuper FROM pg_roles WHERE rolname = current_user"
FINDS_NAMES = (
    "pg_catalog.upper(text)",
    "pg_catalog.textlike(text, text)",
    "pg_catalog.arrayoverlap(anyarray, anyarray)",
    "public.near_spellings(text)",
)
LEAKPROOF = "SELECT bool_and(proleakproof) FROM pg_proc WHERE oid = ANY (%s::text[]::regprocedure[])"
LEAST = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"


class NotSecured(RuntimeError):
    """The database can't be made as it should be; the text tells an administrator what to do."""


@dataclass
class Report:
    """What was done. `unknown` are tables that the registry doesn't know; the portal may do nothing with them."""

    role: str
    tables: int = 0
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def secure() -> Report:
    """
    Secure every table for the role of DATABASE_URL.

    :raises NotSecured: when the role is missing and can't be made, or when it may more than it should
    """
    report = Report(settings.DATABASE_RUNTIME["USER"])
    own = _one("SELECT current_user")[0]
    if report.role and report.role != own:
        _have_role(report.role, settings.DATABASE_RUNTIME["PASSWORD"])
        _open_schema(report.role)
    else:
        report.remarks.append("De rol van DATABASE_URL is ook de eigenaar van de tabellen: zet DATABASE_OWNER_URL.")
        report.role = ""
    if not _let_names_be_found():
        report.remarks.append(
            "Zoeken op naam gaat traag: laat een superuser ALTER FUNCTION … LEAKPROOF doen (docs/deployment.md)."
        )
    everything = registry.everything(settings.ENVIRONMENT)
    for name in _column(TABLES):
        table = registry.TABLES.get(name)
        if table is None:
            report.unknown.append(name)
        _secure(name, table, report.role, everything)
        report.tables += table is not None
    return report


@transaction.atomic
def _secure(name: str, table: registry.Table | None, role: str, everything: frozenset[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        whole = sql.Identifier(name)
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM PUBLIC").format(whole))
        if role:
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(whole, sql.Identifier(role)))
            if table:
                known = table.grants if _version() >= 17 else table.grants - registry.COUNTED
                rights = sql.SQL(", ").join(map(sql.SQL, sorted(known)))
                cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(rights, whole, sql.Identifier(role)))
                _count(name, role, adds="INSERT" in table.grants)
        cursor.execute(MADE_BY_US, [name])
        for (policy,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(policy), whole))
        if table is None or table.rule is None:
            cursor.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(whole))
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(whole))
            return
        cursor.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(whole))
        cursor.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(whole))
        # Any other role sees nothing at all. The owner sees as the portal does: for what a migration does with rows.
        roles = sql.SQL(", ").join(map(sql.Identifier, sorted(filter(None, {role, _one("SELECT current_user")[0]}))))
        for before, after in policies(name, table.rule, everything):
            cursor.execute(sql.SQL(before + " {} " + after).format(roles))


def _count(name: str, role: str, *, adds: bool) -> None:
    """
    Let who may add rows draw their numbers: a secret is sealed for the number of its row (kit/encrypted.py).

    Of numbers that a trigger gives out it only sees how far they are: the sealer of the log asks that.
    """
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES, [name])
        for sequence, is_own in cursor.fetchall():
            numbers, right = sql.Identifier(sequence), sql.SQL("USAGE" if is_own else "SELECT")
            cursor.execute(sql.SQL("REVOKE ALL ON SEQUENCE {} FROM {}").format(numbers, sql.Identifier(role)))
            if adds:
                cursor.execute(sql.SQL("GRANT {} ON SEQUENCE {} TO {}").format(right, numbers, sql.Identifier(role)))


def _have_role(role: str, password: str) -> None:
    """Make the role when it isn't there; its password goes out as a fingerprint that nobody can log in with."""
    powers = _one(POWERS, role)
    may_make, may_all = _one(MAY_MAKE_ROLES)
    name = sql.Identifier(role)
    if not powers and not may_make:
        raise NotSecured(
            f"De rol {role} uit DATABASE_URL bestaat niet en de rol uit DATABASE_OWNER_URL mag geen rollen maken. "
            f"Vraag de beheerder van de database om: CREATE ROLE {role} LOGIN PASSWORD '…' {LEAST};"
        )
    with connection.cursor() as cursor:
        if not powers:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN " + LEAST).format(name))
        elif any(powers) and not may_all:
            raise NotSecured(
                f"De rol {role} uit DATABASE_URL mag te veel. "
                f"Vraag de beheerder van de database om: ALTER ROLE {role} {LEAST};"
            )
        elif any(powers):
            cursor.execute(sql.SQL("ALTER ROLE {} " + LEAST).format(name))
        if password and may_make:
            told = connection.connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(told.decode())))


def _let_names_be_found() -> bool:
    """
    Let an index on names be used before row-level security looks; only a superuser can.

    PostgreSQL trusts LIKE with the rows of others only when it is told to: a pattern that ends in its own escape
    raises an error that depends on the row. Django never makes such a pattern. Spellings that overlap are texts, of
    which comparing none can fail.
    """
    with connection.cursor() as cursor:
        if _one(MAY_MAKE_ROLES)[1]:
            for function in FINDS_NAMES:
                cursor.execute(f"ALTER FUNCTION {function} LEAKPROOF")
        cursor.execute(LEAKPROOF, [list(FINDS_NAMES)])
        return cursor.fetchone() == (True,)


def _open_schema(role: str) -> None:
    name, database = sql.Identifier(role), sql.Identifier(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(name))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC, {}").format(database, name))
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name))


def _version() -> int:
    return connection.cursor().connection.info.server_version // 10_000


def _one(query: str, *values: str) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone() or ()


def _column(query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]
