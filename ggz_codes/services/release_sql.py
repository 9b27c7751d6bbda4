"""
What is done with all rows of a release at once: put them in, compare them with what is in force, let them take over.

In SQL, for 40,000 rows are too many to go to and fro. Names come from here alone; values always go along apart.
"""

# ruff: noqa: S608
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from ggz_codes.domain.release_rows import CodeRow, LinkRow, TreeRow
from ggz_codes.domain.release_terms import LinkKind
from kit.postgres.plans import whole_tables

CODES, LINKS, TREES, NOTES, WORDS = (
    f"ggz_codes_{one}" for one in ("releasedcode", "releasedlink", "releasedtree", "releasenote", "releasedwords")
)
KEY = ("kind", "domain", "code", "tariff_kind")
LINK_KEY = ("kind", "from_kind", "from_domain", "from_code", "to_kind", "to_code")
DATES = {"valid_from": "date", "valid_until": "date"}
OF_CODES = {
    **dict.fromkeys(("place", *KEY, "description", "consumer", "group"), "text"),
    **DATES,
    "minutes_from": "integer",
    "minutes_until": "integer",
    "cents": "bigint",
    "facts": "jsonb",
}
OF_LINKS = {**dict.fromkeys(("place", *LINK_KEY), "text"), **DATES}
OF_TREES = {"place": "text", **DATES, "group": "text", "start": "text", "rules": "jsonb"}


def add_codes(release_id: int, rows: Sequence[CodeRow]) -> None:
    """Put rows in the trial, and what they say where it is searched."""
    made = [
        (
            str(row.place), row.kind, row.domain, row.code, row.tariff_kind, row.description, row.consumer, row.group,
            *_days(row), row.minutes_from, row.minutes_until, row.cents, row.facts,
        )
        for row in rows
    ]  # fmt: skip
    _add(CODES, OF_CODES, release_id, made)
    # In one order, so that two releases that are read at once don't wait for each other's words for ever.
    said = sorted({f"{row.description} {row.group}" for row in rows})
    if said:
        _do(f"INSERT INTO {WORDS} (words) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING", said)


def add_links(release_id: int, rows: Sequence[LinkRow]) -> None:
    """Put relations in the trial."""
    made = [
        (
            str(row.place), row.kind, row.from_kind, row.from_domain, row.from_code, row.to_kind, row.to_code,
            *_days(row),
        )
        for row in rows
    ]  # fmt: skip
    _add(LINKS, OF_LINKS, release_id, made)


def add_trees(release_id: int, rows: Sequence[TreeRow]) -> None:
    """Put trees in the trial."""
    made = [(str(row.place), *_days(row), row.group, row.start, row.rules) for row in rows]
    _add(TREES, OF_TREES, release_id, made)


def empty(release_id: int, *, keep: str = "") -> None:
    """Throw away the trial of a release, with what was told of it but for one kind."""
    for table in (CODES, LINKS, TREES):
        _do(f"DELETE FROM {table} WHERE release_id = %s AND state = 'staged'", release_id)
    _do(f"DELETE FROM {NOTES} WHERE release_id = %s AND kind <> %s", release_id, keep)


def clashes(release_id: int, most: int) -> list[tuple[Any, ...]]:
    """
    Return rows that can't both be in force, at most so many: what, the code, the places and the days.

    What is there twice in the same words is taken once.
    """
    found = _overlapping(release_id, most)
    if not found:
        return found
    whole = ("valid_from", "valid_until", "description", "consumer", "group", "minutes_from", "minutes_until", "cents")
    with whole_tables():
        _do(_doubles(CODES, f"{_list(*KEY, *whole)}, facts - 'bron_regel'"), release_id)
        _do(_doubles(LINKS, _list(*LINK_KEY, "valid_from", "valid_until")), release_id)
        _do(_doubles(TREES, '"group", start, valid_from, valid_until, rules'), release_id)
    return _overlapping(release_id, most)


def _overlapping(release_id: int, most: int) -> list[tuple[Any, ...]]:
    found = _rows(_overlaps(CODES, KEY, "code"), release_id, most)
    found += _rows(_overlaps(LINKS, LINK_KEY, "from_code"), release_id, most)
    return (found + _rows(_overlaps(TREES, ("group",), '"group"'), release_id, most))[:most]


def gaps(release_id: int) -> None:
    """Note the days between two versions of a code on which it isn't valid."""
    _do(
        f"""
        INSERT INTO {NOTES} (release_id, kind, place, "column", value, message)
        SELECT %s, 'gap', place, kind, code,
            to_char(valid_until + 1, 'DD-MM-YYYY') || ' tot en met ' || to_char(next_from - 1, 'DD-MM-YYYY')
        FROM ({_versions(CODES, KEY, "place, kind, code")}) AS versions
        WHERE next_from > valid_until + 1 ORDER BY kind, code, valid_from
        """,
        release_id,
        release_id,
    )


def compare(release_id: int, source: str, package: str) -> None:
    """
    Note at each row of the trial what it changes, and apart from them what falls away and what is missing.

    Of a code that it names, a release tells everything from its first day there. What came before stays as it is; what
    was to hold beyond that day gets a row that ends before it.
    """
    _do(
        f"DELETE FROM {NOTES} WHERE release_id = %s AND kind IN ('withdrawn', 'missing', 'gap', 'link_ended')",
        release_id,
    )
    for table in (CODES, LINKS, TREES):
        _do(f"DELETE FROM {table} WHERE release_id = %s AND state = 'staged' AND diff = 'cut'", release_id)
        reset = "was_id = NULL, " if table == CODES else ""
        _do(
            f"UPDATE {table} SET {reset}replaces_id = NULL, diff = 'new' WHERE release_id = %s AND state = 'staged' "
            "AND (diff <> 'new' OR replaces_id IS NOT NULL)",
            release_id,
        )
    with whole_tables():
        _do(SAME_VERSION, release_id)
        _do(NEW_VERSION, release_id)
        for statement in (SAME_LINK, SAME_TREE, CUT_CODES, CUT_LINKS, CUT_TREES, WITHDRAWN, LINKS_WITHDRAWN):
            _do(statement, *[release_id] * statement.count("%s"))
        _do(MISSING, release_id, release_id, source, package)
    gaps(release_id)


def activate(release_id: int) -> None:
    """Let the trial take the place of what is in force; what was in force stays, as replaced."""
    with whole_tables():
        for statement in (END_WITHDRAWN, END_LINKS, END_TREES, *(_replaced(one) for one in (CODES, LINKS, TREES))):
            _do(statement, *[release_id] * statement.count("%s"))
    for table in (CODES, LINKS, TREES):
        _do(f"DELETE FROM {table} WHERE release_id = %s AND state = 'staged' AND diff = 'same'", release_id)
        _do(f"UPDATE {table} SET state = 'in_force' WHERE release_id = %s AND state = 'staged'", release_id)


def count_rows() -> None:
    """
    Let PostgreSQL count what is in force now, so that it chooses well how to search.

    By itself it does so within a minute. Where the portal may not ask (before version 17) it warns and leaves it.
    """
    _do(f"ANALYZE {CODES}, {LINKS}, {WORDS}")


def _replaced(table: str) -> str:
    """Return what lets rows of the trial take the place of the same version in force."""
    return f"""
        UPDATE {table} AS old SET state = 'replaced', replaced_by_id = %s FROM {table} AS fresh
        WHERE fresh.release_id = %s AND fresh.state = 'staged' AND fresh.diff <> 'same'
            AND fresh.replaces_id = old.id AND old.state = 'in_force'
    """


def _same(one: str, other: str, columns: Sequence[str]) -> str:
    return " AND ".join(f'{one}."{column}" = {other}."{column}"' for column in columns)


def _list(*columns: str) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _versions(table: str, key: Sequence[str], columns: str) -> str:
    """Return the rows of a trial, each with when the next version of the same begins."""
    return f"""
        SELECT id, valid_from, valid_until, {columns}, lead(valid_from) OVER later AS next_from,
            lead(id) OVER later AS next_id, lead(place) OVER later AS next_place
        FROM {table} WHERE release_id = %s AND state = 'staged'
        WINDOW later AS (PARTITION BY {_list(*key)} ORDER BY valid_from NULLS FIRST, id)
    """


def _overlaps(table: str, key: Sequence[str], code: str) -> str:
    return f"""
        SELECT {code}, place, next_place, next_from FROM ({_versions(table, key, f"{code}, place")}) AS versions
        WHERE next_id IS NOT NULL AND (valid_until IS NULL OR next_from IS NULL OR next_from <= valid_until)
        ORDER BY id LIMIT %s
    """


def _doubles(table: str, columns: str) -> str:
    return f"""
        DELETE FROM {table} WHERE id IN (
            SELECT id FROM (
                SELECT id, row_number() OVER (PARTITION BY {columns} ORDER BY id) AS number
                FROM {table} WHERE release_id = %s AND state = 'staged'
            ) AS numbered WHERE number > 1
        )
    """


TEXT = "(fresh.description, fresh.consumer) IS DISTINCT FROM (old.description, old.consumer)"
PRICE = "fresh.cents IS DISTINCT FROM old.cents"
CONTENT = """
    (fresh.valid_until, fresh."group", fresh.minutes_from, fresh.minutes_until, fresh.facts - 'bron_regel')
    IS DISTINCT FROM (old.valid_until, old."group", old.minutes_from, old.minutes_until, old.facts - 'bron_regel')
"""
SAME_VERSION = f"""
    UPDATE {CODES} AS fresh SET replaces_id = old.id, was_id = old.id, diff = CASE
        WHEN NOT ({TEXT}) AND NOT ({PRICE}) AND NOT ({CONTENT}) THEN 'same'
        WHEN fresh.valid_until IS DISTINCT FROM old.valid_until AND fresh.valid_until IS NOT NULL
            AND (versions.next_from IS NULL OR versions.next_from > fresh.valid_until + 1) THEN 'ended'
        WHEN {TEXT} THEN 'text' WHEN {PRICE} THEN 'price' ELSE 'other' END
    FROM ({_versions(CODES, KEY, "place")}) AS versions, {CODES} AS old
    WHERE versions.id = fresh.id AND old.state = 'in_force' AND {_same("fresh", "old", KEY)}
        AND old.valid_from IS NOT DISTINCT FROM fresh.valid_from
"""
NEW_VERSION = f"""
    UPDATE {CODES} AS target SET was_id = found.was, diff = found.diff FROM (
        SELECT DISTINCT ON (fresh.id) fresh.id, old.id AS was,
            CASE WHEN {TEXT} THEN 'text' WHEN {PRICE} THEN 'price' ELSE 'other' END AS diff
        FROM {CODES} AS fresh JOIN {CODES} AS old ON old.state = 'in_force' AND {_same("old", "fresh", KEY)}
        WHERE fresh.release_id = %s AND fresh.state = 'staged' AND fresh.replaces_id IS NULL
        ORDER BY fresh.id, coalesce(old.valid_from < fresh.valid_from, true) DESC, old.valid_from DESC NULLS LAST
    ) AS found WHERE found.id = target.id
"""
SAME_LINK = f"""
    UPDATE {LINKS} AS fresh SET replaces_id = old.id,
        diff = CASE WHEN fresh.valid_until IS NOT DISTINCT FROM old.valid_until THEN 'same'
            WHEN fresh.valid_until < coalesce(old.valid_until, 'infinity') THEN 'ended' ELSE 'other' END
    FROM {LINKS} AS old
    WHERE fresh.release_id = %s AND fresh.state = 'staged' AND old.state = 'in_force'
        AND {_same("fresh", "old", LINK_KEY)} AND old.valid_from IS NOT DISTINCT FROM fresh.valid_from
"""
SAME_TREE = f"""
    UPDATE {TREES} AS fresh SET replaces_id = old.id, diff = CASE
        WHEN (fresh.valid_until, fresh.start, fresh.rules) IS NOT DISTINCT FROM (old.valid_until, old.start, old.rules)
        THEN 'same' ELSE 'other' END
    FROM {TREES} AS old
    WHERE fresh.release_id = %s AND fresh.state = 'staged' AND old.state = 'in_force' AND fresh."group" = old."group"
        AND old.valid_from IS NOT DISTINCT FROM fresh.valid_from
"""
KNOWN = f"(SELECT DISTINCT {_list(*KEY)} FROM {CODES} WHERE release_id = %s AND state = 'staged')"
LONG_AGO, EVER = "'-infinity'::date", "'infinity'::date"
CODES_BEGIN = f"""
    (SELECT {_list(*KEY)}, min(coalesce(valid_from, {LONG_AGO})) AS first_day FROM {CODES}
     WHERE release_id = %s AND state = 'staged' AND diff <> 'cut' GROUP BY {_list(*KEY)})
"""
LINKS_BEGIN = f"""
    (SELECT kind AS from_kind, domain AS from_domain, code AS from_code,
        min(coalesce(valid_from, {LONG_AGO})) AS first_day FROM {CODES}
     WHERE release_id = %s AND state = 'staged' AND diff <> 'cut' GROUP BY kind, domain, code)
"""
TREES_BEGIN = f"""
    (SELECT "group", min(coalesce(valid_from, {LONG_AGO})) AS first_day FROM {TREES}
     WHERE release_id = %s AND state = 'staged' AND diff <> 'cut' GROUP BY "group")
"""


def _cut(table: str, columns: Iterable[str], begin: str, key: Sequence[str]) -> str:
    """Return what adds, for each row in force that runs past the first day of the trial, one that ends before it."""
    kept = [one for one in columns if one != "valid_until"]
    was = ("was_id, ", "old.id, ") if table == CODES else ("", "")
    return f"""
        INSERT INTO {table} (release_id, state, diff, replaces_id, {was[0]}valid_until, {_list(*kept)})
        SELECT %s, 'staged', 'cut', old.id, {was[1]}known.first_day - 1, {", ".join(f'old."{one}"' for one in kept)}
        FROM {table} AS old JOIN {begin} AS known ON {_same("old", "known", key)}
        WHERE old.state = 'in_force' AND coalesce(old.valid_from, {LONG_AGO}) < known.first_day
            AND coalesce(old.valid_until, {EVER}) >= known.first_day
    """


def _end(table: str, begin: str, key: Sequence[str]) -> str:
    """Return what ends the rows in force that the trial should have named and doesn't."""
    return f"""
        UPDATE {table} AS old SET state = 'replaced', replaced_by_id = %s FROM {begin} AS known
        WHERE old.state = 'in_force' AND {_same("old", "known", key)}
            AND coalesce(old.valid_from, {LONG_AGO}) >= known.first_day
            AND NOT EXISTS (
                SELECT 1 FROM {table} AS fresh
                WHERE fresh.release_id = %s AND fresh.state = 'staged' AND fresh.replaces_id = old.id
            )
    """


CUT_CODES = _cut(CODES, OF_CODES, CODES_BEGIN, KEY)
CUT_LINKS = _cut(LINKS, OF_LINKS, LINKS_BEGIN, LINK_KEY[1:4])
CUT_TREES = _cut(TREES, OF_TREES, TREES_BEGIN, ("group",))
END_LINKS = _end(LINKS, LINKS_BEGIN, LINK_KEY[1:4])
END_TREES = _end(TREES, TREES_BEGIN, ("group",))
WITHDRAWN = f"""
    INSERT INTO {NOTES} (release_id, kind, place, "column", value, message, was_id)
    SELECT %s, 'withdrawn', old.place, old.kind, old.code, old.description, old.id
    FROM {CODES} AS old JOIN {CODES_BEGIN} AS known ON {_same("old", "known", KEY)}
    WHERE old.state = 'in_force' AND coalesce(old.valid_from, {LONG_AGO}) >= known.first_day AND NOT EXISTS (
        SELECT 1 FROM {CODES} AS fresh
        WHERE fresh.release_id = %s AND fresh.state = 'staged' AND fresh.replaces_id = old.id
    ) ORDER BY old.kind, old.code, old.valid_from
"""
LINK_LABELS = " ".join(f"WHEN '{one.value}' THEN '{one.label}'" for one in LinkKind)
LINKS_WITHDRAWN = f"""
    INSERT INTO {NOTES} (release_id, kind, place, "column", value, message)
    SELECT %s, 'link_ended', old.place, old.from_kind, old.from_code, concat_ws(' ',
        CASE old.kind {LINK_LABELS} END, old.to_code, 'vanaf ' || to_char(old.valid_from, 'FMDD-FMMM-YYYY'),
        'tot en met ' || to_char(old.valid_until, 'FMDD-FMMM-YYYY'))
    FROM {LINKS} AS old JOIN {LINKS_BEGIN} AS known ON {_same("old", "known", LINK_KEY[1:4])}
    WHERE old.state = 'in_force' AND coalesce(old.valid_from, {LONG_AGO}) >= known.first_day AND NOT EXISTS (
        SELECT 1 FROM {LINKS} AS fresh
        WHERE fresh.release_id = %s AND fresh.state = 'staged' AND fresh.replaces_id = old.id
    ) ORDER BY old.from_kind, old.from_code, old.to_code
"""
END_WITHDRAWN = f"""
    UPDATE {CODES} AS old SET state = 'replaced', replaced_by_id = %s FROM {NOTES} AS told
    WHERE told.release_id = %s AND told.kind = 'withdrawn' AND told.was_id = old.id AND old.state = 'in_force'
"""
MISSING = f"""
    WITH known AS MATERIALIZED {KNOWN}
    INSERT INTO {NOTES} (release_id, kind, place, "column", value, message, was_id)
    SELECT DISTINCT ON (old.kind, old.domain, old.code, old.tariff_kind)
        %s, 'missing', old.place, old.kind, old.code, old.description, old.id
    FROM {CODES} AS old JOIN ggz_codes_release AS its ON its.id = old.release_id
    WHERE old.state = 'in_force' AND its.source = %s AND its.package = %s
        AND old.kind IN (SELECT kind FROM known)
        AND NOT EXISTS (SELECT 1 FROM known WHERE {_same("old", "known", KEY)})
    ORDER BY old.kind, old.domain, old.code, old.tariff_kind, old.valid_from DESC NULLS LAST
"""


def _days(row: CodeRow | LinkRow | TreeRow) -> tuple[str | None, str | None]:
    begin, end = row.period.valid_from, row.period.valid_until
    return begin.isoformat() if begin else None, end.isoformat() if end else None


def _add(table: str, columns: dict[str, str], release_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Put rows in a table, of which the values stand in the order of the columns."""
    if not rows:
        return
    values = ", ".join(
        f"row -> {place}" if kind == "jsonb" else f"(row ->> {place})::{kind}"
        for place, kind in enumerate(columns.values())
    )
    # Not COPY: PostgreSQL has none for a table under row-level security.
    _do(
        f"""
        INSERT INTO {table} (release_id, state, diff, {_list(*columns)})
        SELECT %s, 'staged', 'new', {values} FROM jsonb_array_elements(%s::jsonb) AS row
        """,
        release_id,
        json.dumps(rows, ensure_ascii=False, separators=(",", ":")),
    )


def _do(statement: str, *values: int | str | list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _rows(statement: str, *values: int | str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
