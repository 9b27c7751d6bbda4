"""
The rules of who sees which rows, as SQL.

A rule is an expression over one row. What it asks of the context stands in a scalar subquery, which PostgreSQL works
out once per statement rather than once per row; what it asks of another table (the request that a document belongs to)
passes the rule of that table in its turn.
"""

from dataclasses import dataclass, field

ORGANIZATION = "(SELECT nullif(current_setting('portal.organization', true), '')::bigint)"
USER = "(SELECT nullif(current_setting('portal.user', true), '')::bigint)"
ROW = "{row}"
"""Stands for the table that the rule is about: a bare column could be taken for one of the table above."""
NEVER, ALWAYS = "false", "true"


def system(*names: str) -> str:
    """Hold for these parts of the portal, whoever the row belongs to."""
    listed = ", ".join(f"'{name}'" for name in sorted(names))
    return f"(SELECT coalesce(current_setting('portal.system', true), '') IN ({listed}))"


def of_organization(column: str) -> str:
    """Hold for the organisation in this column."""
    return f"{ROW}.{column} = {ORGANIZATION}"


def through(column: str, table: str, key: str = "id", only: str = "true") -> str:
    """Hold for who sees the row of another table that this one hangs on, when `only` holds for that row."""
    return f"EXISTS (SELECT 1 FROM {table} AS above WHERE above.{key} = {ROW}.{column} AND {only})"  # noqa: S608 (our own words)


@dataclass(frozen=True)
class Rule:
    """
    Who sees a row and may write one like it. `systems` names parts of the portal beside those that see everything.

    `writes` and `deletes` say otherwise for writing and for removing; those of `adds` add what they can't see.
    """

    sees: str
    writes: str = ""
    deletes: str = ""
    systems: frozenset[str] = field(default_factory=frozenset)
    adds: frozenset[str] = field(default_factory=frozenset)


def policies(table: str, rule: Rule, everything: frozenset[str]) -> list[tuple[str, str]]:
    """Return of each policy what comes before and after the roles that it is for."""
    sees = any_of(system(*everything, *rule.systems), rule.sees)
    writes = any_of(system(*everything, *rule.systems), rule.writes or rule.sees)
    adds = any_of(system(*everything, *rule.systems, *rule.adds), rule.writes or rule.sees)
    deletes = any_of(system(*everything, *rule.systems), rule.deletes or rule.writes or rule.sees)
    bodies = {
        "portal_sees ON {row} FOR SELECT": f"USING ({sees})",
        "portal_adds ON {row} FOR INSERT": f"WITH CHECK ({adds})",
        "portal_changes ON {row} FOR UPDATE": f"USING ({writes}) WITH CHECK ({writes})",
        "portal_removes ON {row} FOR DELETE": f"USING ({deletes})",
    }
    return [(f"CREATE POLICY {what} TO".replace(ROW, table), body.replace(ROW, table)) for what, body in bodies.items()]


def any_of(*conditions: str) -> str:
    """Hold when one of these does."""
    if ALWAYS in conditions:
        return ALWAYS
    real = [condition for condition in conditions if condition != NEVER]
    return " OR ".join(real) or NEVER
