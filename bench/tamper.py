"""
Tamper with the log, so many times, as a database administrator could: `.venv/bin/python -m bench.tamper --rounds 1000`.

Each round changes the log in one way with every trigger off, asks what `verify_log` asks, and takes the change back.
The anchor of the last seal is known, as it is from the daily mail. Exits with 1 when a change wasn't found.
"""

import argparse
import collections
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench import house, table
from portal import embedded
from security import figures

ROWS, SEALS = 240, 12


def prepare(chance: random.Random, *, rows: int = ROWS, seals: int = SEALS) -> str:
    """Write a log with its seals and return the anchor of the last one."""
    from audit.domain.events import Event, Kind, Outcome, Purpose, Subject, Where, Who
    from audit.services import recording, sealing

    for number in range(rows):
        reference = f"MA-{number % 40:09d}"
        recording.record(
            Event(
                kind=chance.choice([Kind.READ, Kind.LIST, Kind.PAGE, Kind.DECIDE]),
                who=Who(user_id=number % 9 + 1, name=f"Persoon {number % 9}", organization_id=1, roles=("lezer",)),
                where=Where(),
                purpose=Purpose.REVIEWING,
                outcome=chance.choice([Outcome.DONE, Outcome.DONE, Outcome.REFUSED]),
                subjects=(Subject(reference, number % 40, 2, 1, hashlib.sha256(reference.encode()).hexdigest()),),
            )
        )
        if number % (rows // seals) == rows // seals - 1:
            sealing.seal()
    head = sealing.head()
    assert head
    return head.anchor


def ways() -> dict[str, Callable[[random.Random, list[int], int], list[tuple[str, list[object]]]]]:
    """Return the ways to tamper: each gives the statements."""
    columns = ["outcome = 0", "outcome = 12", "user_id = user_id + 1", "at = at + interval '1 second'",
               "user_name = user_name || ' '", "dossiers = '{}'", "detail = '{\"a\": 1}'", "checks = 'TTTT'",
               "organization_id = NULL", "insured = '{}'", "subjects = '[]'", "took_ms = took_ms + 1",
               "kind = 'lijst'", "purpose = 'logboek'", "request_id = 'x'", "signs = '{collega}'"]  # fmt: skip
    names = "at, took_ms, kind, kind_system, kind_name, action, outcome, user_id, login, external_login, user_name, " \
            "is_requestor, on_behalf_of_id, on_behalf_of, roles, purpose, network_type, network_id, source_id, " \
            "source_site, source_type, organization_id, organization_name, subjects, dossiers, insured, " \
            "organization_ids, object_type, object_role, object_id_type, life_cycle, sensitivity, checks, signs, " \
            "detail, request_id"  # fmt: skip
    copy = f"INSERT INTO audit_accessevent (id, {names}) SELECT %s, {names} FROM audit_accessevent WHERE id = %s"
    return {
        # One change that turns out to change nothing is no tampering: the column is chosen so that it differs.
        "veranderen": lambda chance, ids, last: [
            (f"UPDATE audit_accessevent SET {chance.choice(columns)} WHERE id = %s", [chance.choice(ids)])
        ],
        "verwijderen": lambda chance, ids, last: [
            ("DELETE FROM audit_accessevent WHERE id = %s", [chance.choice(ids)])
        ],
        "reeks verwijderen": lambda chance, ids, last: [
            ("DELETE FROM audit_accessevent WHERE id BETWEEN %s AND %s + 9", [start := chance.choice(ids), start])
        ],
        "invoegen": lambda chance, ids, last: [
            ("UPDATE audit_accessevent SET id = id + 1000000 WHERE id >= %s", [at := chance.choice(ids[1:])]),
            (copy, [at, at + 1_000_000]),
        ],
        "achteraf invoegen": lambda chance, ids, last: [(copy, [last + chance.randrange(50, 500), chance.choice(ids)])],
        "alles weg": lambda chance, ids, last: [("TRUNCATE audit_accessevent", [])],
        "alles en zegels weg": lambda chance, ids, last: [("TRUNCATE audit_accessevent, audit_seal", [])],
        "oude regel terugzetten": lambda chance, ids, last: [
            ("DELETE FROM audit_accessevent WHERE id = %s", [gone := chance.choice(ids[1:])]),
            (copy, [gone, chance.choice([id for id in ids if id != gone])]),
        ],
        "verwisselen": lambda chance, ids, last: [
            ("UPDATE audit_accessevent SET id = -1 WHERE id = %s", [(pair := chance.sample(ids, 2))[0]]),
            ("UPDATE audit_accessevent SET id = %s WHERE id = %s", pair),
            ("UPDATE audit_accessevent SET id = %s WHERE id = -1", [pair[1]]),
        ],
        "einde afknippen": lambda chance, ids, last: [
            ("DELETE FROM audit_seal WHERE number >= %s", [chance.randrange(1, SEALS + 1)]),
            (
                "DELETE FROM audit_accessevent WHERE id > coalesce((SELECT max(last_id) FROM audit_seal), 0)",
                [],
            ),
        ],
        "zegel veranderen": lambda chance, ids, last: [
            (
                "UPDATE audit_seal SET "
                + chance.choice(["signature = md5(signature)", "last_id = last_id + 1", "previous = md5(previous)",
                                 "leaves = substr(leaves, 25)", "sealed_at = sealed_at - interval '1 day'",
                                 "row_count = row_count + 1"])
                + " WHERE number = %s",
                [chance.randrange(1, SEALS + 1)],
            )
        ],
        "zegel verwijderen": lambda chance, ids, last: [
            ("DELETE FROM audit_seal WHERE number = %s", [chance.randrange(1, SEALS + 1)])
        ],
        "bewaartermijn misbruiken": lambda chance, ids, last: [
            (
                "INSERT INTO audit_erasure (at, up_to_seal, row_count, signature) VALUES (now(), %s, 20, md5('x'))",
                [upto := chance.randrange(1, SEALS + 1)],
            ),
            ("DELETE FROM audit_accessevent WHERE id <= (SELECT last_id FROM audit_seal WHERE number = %s)", [upto]),
        ],
    }  # fmt: skip


def trial(rounds: int, chance: random.Random, anchor: str) -> tuple[collections.Counter[str], list[str]]:
    """Tamper so many times; return how often in each way, and what wasn't found."""
    from django.db import connection, transaction

    from audit.models import AccessEvent
    from audit.services import verifying
    from portal.tenancy.owner import as_owner

    ids = list(AccessEvent.objects.order_by("id").values_list("id", flat=True))
    known, done, missed = ways(), collections.Counter[str](), list[str]()
    # Who tampers has every right on the database.
    with as_owner():
        before = fingerprint()
        for _ in range(rounds):
            name = chance.choice(list(known))
            statements = known[name](chance, ids, ids[-1])
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                for sql, values in statements:
                    cursor.execute(sql, values)
                if fingerprint() != before:
                    done[name] += 1
                    if next(verifying.faults(anchors=(anchor,)), None) is None:
                        missed.append(f"{name}: {statements}")
                transaction.set_rollback(True)
    return done, missed


def fingerprint() -> str:
    """Return what the whole log looks like, to know that a round did change something."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT md5(concat((SELECT string_agg(e::text, '|' ORDER BY id) FROM audit_accessevent e),
                              (SELECT string_agg(s::text, '|' ORDER BY number) FROM audit_seal s)))
            """
        )
        (found,) = cursor.fetchone()
    return str(found)


def main() -> int:
    """Run the trial on a database of its own."""
    asked = argparse.ArgumentParser(description="Knoeit met het logboek en telt wat wordt gevonden.")
    asked.add_argument("--rounds", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=7513)
    given = asked.parse_args()
    with ExitStack() as running:
        house.FOLDER = Path(running.enter_context(tempfile.TemporaryDirectory()))
        home = house.House(0, running)
        home.furnish()
        chance, began = random.Random(given.seed), time.monotonic()
        anchor = prepare(chance)
        done, missed = trial(given.rounds, chance, anchor)
        extra = given.rounds - sum(done.values())
        while extra:
            # A round that changed nothing is done again, so that the total is what was asked.
            more, lost = trial(extra, chance, anchor)
            done, missed, extra = done + more, missed + lost, extra - sum(more.values())
    table.show("Knoeien met het logboek", ("manier", "keren"), sorted(done.items()))
    total = sum(done.values())
    unit = f"van {total}, zaad {given.seed}, {time.monotonic() - began:.0f} s, PostgreSQL {embedded.major_version()}"
    figures.tell("logboek: wijzigingen die gevonden zijn", total - len(missed), target=given.rounds, unit=unit)
    for one in missed[:10]:
        print(f"- niet gevonden: {one}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
