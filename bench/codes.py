"""Asking the codes of a full release: 100,000 codes and days at once against the plain join, and searching."""

import random
from datetime import date, timedelta
from typing import Any

from django.db import connection

from bench import table
from bench.house import House
from ggz_codes.domain.release_terms import RowKind, RowState
from ggz_codes.domain.validity import Standing
from ggz_codes.models import ReleasedCode
from ggz_codes.queries import look_up, releases

PAIRS, SEARCHES = 100_000, 300
FIRST = date(2012, 1, 1)
DAYS = 365 * 8
# What somebody with psql would ask. That gives the rows that hold; not which of three answers the others get.
JOIN = """
SELECT asked.code, asked.day, known.code IS NOT NULL
FROM unnest(%(codes)s::text[], %(days)s::date[]) AS asked (code, day)
LEFT JOIN ggz_codes_releasedcode AS known
    ON known.code = asked.code AND known.kind = %(kind)s AND known.state = %(state)s
   AND daterange(known.valid_from, known.valid_until, '[]') @> asked.day
"""
WORDS = ("revalidatie", "behandel", "consult", "klin", "diagnostiek", "knie", "multidisciplinair 120", "hart operatie")


def measure(house: House, *, quick: bool) -> None:
    """Measure both; the release is the one that `catalogue` left."""
    chance = random.Random(20261130)
    kind = RowKind.ZORGPRODUCT
    known = list(
        ReleasedCode.objects.filter(state=RowState.IN_FORCE, kind=kind).order_by("code").values_list("code", flat=True)
    )
    if not known:
        print("\nNIET GEMETEN: er is geen uitgave in gebruik. Meet eerst `catalogue`.")
        return
    pairs = [(chance.choice(known), FIRST + timedelta(days=chance.randrange(DAYS))) for _ in range(PAIRS)]
    values = {"codes": [code for code, _ in pairs], "days": [day for _, day in pairs], "kind": kind.value}
    turns = 1 if quick else 5
    joined, ours = [], []
    for _ in range(turns):
        joined.append(table.timed(lambda: _rows(JOIN, values | {"state": RowState.IN_FORCE.value}))[0])
        took, told = table.timed(lambda: releases.validities_of(kind, pairs))
        ours.append(took)
    valid = sum(one.standing is Standing.VALID for one in told)
    table.show(
        f"{PAIRS} codes op een dag ({valid} geldig), {len(set(known))} zorgproducten",
        ("", "ms"),
        [
            ("gewone join in SQL (mediaan)", table.ms(table.median(joined))),
            ("met de drie antwoorden (mediaan)", table.ms(table.median(ours))),
            ("verhouding", f"{table.median(ours) / table.median(joined):.2f}"),
        ],
    )
    words = [*WORDS, *(chance.choice(known)[: chance.randrange(2, 9)] for _ in range(SEARCHES))]
    times = [table.timed(lambda word=word: look_up.search(word, day=date(2017, 6, 1)))[0] for word in words]
    rows = [("mediaan", table.ms(table.median(times))), ("p95", table.ms(table.p95(times)))]
    spoken = [table.timed(lambda word=word: look_up.search(word, day=date(2017, 6, 1)))[0] for word in WORDS]
    rows += [("alleen woorden, langste", table.ms(max(spoken)))]
    table.show(f"{len(words)} keer zoeken in {ReleasedCode.objects.count()} regels", ("", "ms"), rows)


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
