"""
Look whether PostgreSQL still keeps organisations apart: by what it says of itself, never by what we meant.

In production nothing starts while it doesn't; the health page keeps looking. Bron: ASVS 13.2.2; security.md section 7.
"""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from portal.tenancy import registry

logger = logging.getLogger(__name__)
ROLE = "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
TABLES = """
SELECT relname, relrowsecurity AND relforcerowsecurity, pg_has_role(current_user, relowner, 'MEMBER'),
    has_table_privilege(oid, 'TRUNCATE, TRIGGER, REFERENCES')
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname
"""
MAKES_TABLES = "SELECT has_schema_privilege('public', 'CREATE')"


def problems() -> list[str]:
    """Return in words what lets the role that we run as past row-level security."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        if any(cursor.fetchone() or (True,)):
            found.append("De rol van DATABASE_URL mag langs de scheiding tussen organisaties.")
        cursor.execute(MAKES_TABLES)
        makes = cursor.fetchone() == (True,)
        cursor.execute(TABLES)
        tables = cursor.fetchall()
    if makes or any(owns or alters for _, _, owns, alters in tables):
        found.append("De rol van DATABASE_URL mag tabellen maken of wijzigen.")
    forced = {name for name, is_forced, _, _ in tables if is_forced}
    open_tables = [
        name for name, *_ in tables if name in registry.TABLES and registry.TABLES[name].rule and name not in forced
    ]
    if open_tables:
        found.append(f"Zonder scheiding tussen organisaties: {', '.join(open_tables)}.")
    return found


def demand() -> None:
    """
    Let the portal start when organisations are kept apart; outside production say what is wrong and go on.

    A database that is away is for the health page.

    :raises ImproperlyConfigured: in production, when they aren't
    """
    try:
        found = problems()
    except DatabaseError:
        logger.warning("De database antwoordt niet: of zij organisaties scheidt, blijkt later.")
        return
    finally:
        connection.close()
    if not found:
        return
    text = " ".join([*found, "Zie docs/deployment.md, en doe daarna: python manage.py migrate"])
    if settings.PRODUCTION:
        raise ImproperlyConfigured(text)
    logger.warning(text)
