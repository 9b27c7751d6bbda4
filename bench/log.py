"""The access log at a million rows: its pages, writing a row, sealing and checking."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import queries as accounts
from audit.domain.events import Event, Kind, Purpose, Subject, Where, Who
from audit.models import AccessEvent
from audit.services import recording, sealing, verifying
from bench import table
from bench.house import House
from portal.tenancy.owner import as_owner
from tests.factories.logging_in import logged_in

ROWS, QUICK = 1_000_000, 50_000
BUDGET = 2.0
"""What a page of the log may take, in seconds."""
SEALED = 4
"""So many seals, of 5,000 rows each, are put and checked to know how quick that is."""
KEEPER, READER = "log@zk.example", "noor@zk.example"
BSN = "999996708"
# A year of a busy insurer: nine of ten rows open one dossier, the tenth shows a list of 25; a few hundred people.
FILL = """
INSERT INTO audit_accessevent (
    id, at, took_ms, kind, kind_system, kind_name, action, outcome, user_id, login, external_login, user_name,
    is_requestor, on_behalf_of, roles, purpose, network_type, network_id, source_id, source_site, source_type,
    organization_id, organization_name, subjects, dossiers, insured, organization_ids, object_type, object_role,
    object_id_type, life_cycle, sensitivity, checks, signs, detail, request_id)
SELECT first + n, now() - (%(rows)s - n) * (interval '365 days' / %(rows)s), 40,
       CASE WHEN listed THEN 'lijst' ELSE 'lezen' END, 'urn:machtigingsportaal:gebeurtenis:1', 'bekeek de aanvraag',
       'R', CASE WHEN n %% 500 = 0 THEN 8 ELSE 0 END, CASE WHEN n %% 20 = 0 THEN %(reader)s ELSE 100000 + n %% 300 END,
       'persoon@voorbeeld.nl', '', 'Persoon ' || n %% 300, true, '', '{medisch_adviseur}', 'beoordelen', 2,
       '192.0.2.' || n %% 200, 'portaal', 'portaal', 3, CASE WHEN n %% 3 = 0 THEN 999 ELSE %(own)s END, 'Verzekeraar',
       (SELECT jsonb_agg(jsonb_build_object('aanvraag', dossier, 'aanbieder', 5, 'verzekeraar', %(own)s)) FROM unnest(dossiers) dossier),
       dossiers, (SELECT array_agg(encode(sha256(dossier::bytea), 'hex')) FROM unnest(dossiers) dossier),
       ARRAY[5, %(own)s]::bigint[], 2, 3, 'kenmerk', 6, 'medisch', 'TTTF',
       CASE WHEN n %% 500 = 0 THEN '{geweigerd}' WHEN n %% 97 = 0 THEN '{buiten_werktijd}' ELSE '{}' END::varchar[],
       '{"pagina": "authorizations:review-detail", "status": 200}', ''
FROM (SELECT n, n %% 10 = 0 AS listed, (SELECT coalesce(max(id), 0) FROM audit_accessevent) AS first,
             ARRAY(SELECT 'MA-' || lpad(((n::bigint * 7919 + part * 104729) %% 200000)::text, 9, '0')
                   FROM generate_series(1, CASE WHEN n %% 10 = 0 THEN 25 ELSE 1 END) AS part)::varchar[] AS dossiers
      FROM generate_series(1::bigint, %(rows)s) AS n) AS made
"""  # noqa: E501
GIN = {"access_to_insured": "insured", "access_to_dossier": "dossiers"}


def measure(house: House, *, quick: bool) -> None:
    """Fill the log and measure what reads it."""
    rows, rounds = (QUICK, 5) if quick else (ROWS, 15)
    keeper = accounts.user_by_email(KEEPER)
    reader = accounts.user_by_email(READER)
    actor = keeper and accounts.actor_of(keeper)
    assert keeper and reader and actor
    began = time.perf_counter()
    fill(rows - AccessEvent.objects.count(), own=actor.organization_id, reader=reader.pk)
    print(f"\n{AccessEvent.objects.count()} regels in het logboek, vullen {time.perf_counter() - began:.0f} s")
    client = logged_in(Client(SERVER_NAME="localhost"), keeper)
    now = timezone.localdate()
    month, early = f"{now - timedelta(days=40):%Y-%m}", now - timedelta(days=30)
    account: dict[str, Any] = {"wie": reader.pk, **_day("vanaf", early), **_day("tot", now)}
    middle = AccessEvent.objects.order_by("-id").values_list("id", flat=True)[rows // 2]
    asked: dict[str, Callable[[], Any]] = {
        "logboek": lambda: client.get("/logboek/"),
        "logboek, diep": lambda: client.get("/logboek/", {"voor": middle}),
        "logboek, geweigerd": lambda: client.get("/logboek/", {"bijzonder": "geweigerd"}),
        "logboek, 1 collega": lambda: client.get("/logboek/", {"wie": reader.pk}),
        "logboek, niets gevonden": lambda: client.get("/logboek/", {"wat": "verwijderen"}),
        "logboek, 1 aanvraag": lambda: client.get("/logboek/", {"kenmerk": "MA-000104729"}),
        "maanden": lambda: client.get("/logboek/maanden/"),
        "1 maand": lambda: client.get(f"/logboek/maanden/{month}/"),
        "wie zag mijn gegevens": lambda: client.post("/logboek/verzekerde/", {"bsn": BSN}),
        "wat zag een account, 30 dagen": lambda: client.get("/logboek/account/", account),
        "idem als bestand": lambda: client.get("/logboek/account/bestand/", account),
    }
    lines = []
    for name, ask in asked.items():
        assert ask().status_code == 200, name
        times = [_timed(ask) for _ in range(rounds)]
        late = "boven de grens" if table.p95(times) > BUDGET else ""
        lines.append((name, table.ms(table.median(times)), table.ms(table.p95(times)), late))
    table.show(f"Bladzijden van het logboek, {rounds} keer (ms)", ("bladzijde", "mediaan", "p95", ""), lines)
    _writing(rounds * 20)


def fill(rows: int, *, own: int, reader: int) -> None:
    """Write so many rows, with the indexes that are slow to grow made afterwards."""
    if rows <= 0:
        return
    # Indexes are the owner's, and so is a log that is filled without its triggers.
    with as_owner(), connection.cursor() as cursor:
        for name in GIN:
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL, {"rows": rows, "own": own, "reader": reader})
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("SELECT setval('audit_accessevent_number', (SELECT max(id) FROM audit_accessevent))")
        for name, column in GIN.items():
            cursor.execute(f"CREATE INDEX {name} ON audit_accessevent USING gin ({column}) WITH (fastupdate = off)")
        # The overview of one insured: some forty rows of a year.
        cursor.execute("ANALYZE audit_accessevent")
    subject = Subject("MA-000104729", 1, 5, own, recording.pseudonym(BSN))
    for _ in range(40):
        recording.record(_event(subject, own))


def _writing(times: int) -> None:
    """Measure one row, and the seal and the check of all."""
    subject = Subject("MA-000104729", 1, 5, 1, "0" * 64)
    each = [_timed(lambda: recording.record(_event(subject, 1))) for _ in range(times)]
    began = time.perf_counter()
    sealed = sum(sealing.seal_some() for _ in range(SEALED))
    between = time.perf_counter()
    # The rows of this year were written just now, and most are not sealed here: the check rightly remarks both.
    told = ("met een eerder tijdstip.", "langer dan een uur niet verzegeld.")
    wrong = [fault for fault in verifying.faults() if not fault.words.endswith(told)]
    ended = time.perf_counter()
    table.show(
        "Schrijven, verzegelen en controleren",
        ("wat", "uitkomst"),
        [
            ("1 regel schrijven (mediaan, ms)", f"{table.median(each) * 1000:.1f}"),
            ("1 regel schrijven (p95, ms)", f"{table.p95(each) * 1000:.1f}"),
            (f"{sealed} regels verzegelen (regels per s)", f"{sealed / (between - began):.0f}"),
            (f"die controleren, {len(wrong)} fouten (regels per s)", f"{sealed / (ended - between):.0f}"),
        ],
    )


def _event(subject: Subject, own: int) -> Event:
    who = Who(user_id=100_001, name="Persoon 1", organization_id=own, organization_name="Verzekeraar")
    return Event(Kind.READ, who, Where(), Purpose.REVIEWING, subjects=(subject,))


def _day(name: str, day: Any) -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def _timed(what: Callable[[], Any]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began
