"""
Fill the database: some requests are walked through the services, and then copied by SQL until there are enough.

Each copy has its own number, insured, organisations, days and people; its answers, documents, events, verdicts,
questions, decision and letters are those of the request that it copies. Letters that were issued have no PDF on disk
and a short text, and closed requests no pictures of pages: no page that is measured reads them.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection, models
from django.utils import timezone

from accounts.domain.roles import OrganizationKind, Role
from accounts.models import Membership, Organization, User
from authorizations import models as requests
from authorizations.domain import references
from authorizations.domain.lifecycle import CLOSED, OPEN
from kit.encrypted import EncryptedField, fingerprint, keyring, place, secrets_of
from papers import models as papers
from portal.tenancy.owner import as_owner
from portal.world import people
from tests.chaos.prepare import bsn
from tests.factories.world import walk_to

OPEN_SHARE, MOST_OPEN = 24_000 / 200_000, 50_000
SHARES = {
    "submitted": 0.34, "in_review": 0.3, "waiting_for_provider": 0.2, "answered": 0.1, "second_review": 0.06,
}  # fmt: skip
CLOSED_SHARES = {"granted": 0.62, "partly_granted": 0.16, "denied": 0.15, "withdrawn": 0.07}
DRAFTS = 0.01
INSURERS = ("Aan Zee", "Biesbosch", "Dommel", "Eem", "Friso", "Geul", "Hunze", "IJssel", "Linge", "Merwede")
PROVIDERS = 400
BEGINNINGS = """
    Ab Bak Ber Bo Da Dij El Ger Ha Hoek Jan Kok Ku Lam Me Mol Ni Oos Pe Post Ree Ro Schou Smi Sta Ter Vand Ver Wil Zan
"""
ENDINGS = """
    aans berg dijk door eling en enaar ens er ermans ers ing inga kamp laan ma man mans meijer oot ouw sen sma stra ten
    veld wijk zoon
"""
PLAN = (
    "id bigint, template bigint, reference text, provider bigint, insurer bigint, advisor bigint, filed timestamptz, "
    "closed timestamptz, due date, bsn text, bsn_hash text, initials text, surname text, born date, urgent boolean, "
    "indication text"
)
LETTER_LENGTH = 300
FAR = 1000
"""Copies of a row have numbers this far apart, so that one formula says which copy belongs to which."""


def fill(size: int, say: Callable[[str], None]) -> None:
    """Fill an empty database; nothing happens when it is full."""
    if requests.AuthorizationRequest.objects.count() >= size:
        return
    now = timezone.now()
    people.settle(now - timedelta(days=3000))
    say("mensen en organisaties")
    insurers, providers = _organizations(now)
    say("voorbeelden, door de services")
    # The closed ones first: of one insured there may be one open request.
    templates = {
        status: walk_to(status, now=now - timedelta(days=20), person=number).pk
        for statuses in (CLOSED_SHARES, ["draft", *SHARES])
        for number, status in enumerate(statuses)
    }
    say(f"{size} aanvragen")
    with as_owner(), connection.cursor() as cursor:
        # Copies break no rule that their examples keep; checking each again would take an hour.
        cursor.execute("SET session_replication_role = replica")
        _plan(cursor, size, templates, insurers, providers, now)
        for words, model, owner, changes in COPIES:
            say(words)
            _copy(cursor, model, owner, changes)
        cursor.execute(POST)
        for model in {model for _, model, _, _ in COPIES}:
            _count_on(cursor, model)
        cursor.execute("SET session_replication_role = DEFAULT; DROP TABLE plan")
        say("opruimen en tellen")
        cursor.execute("VACUUM ANALYZE")
    cache.clear()


def _organizations(now: datetime) -> tuple[list[tuple[int, list[int]]], list[int]]:
    """Return insurers with their advisors, and providers; the first of each are those of the demo."""
    advisor_of: dict[int, list[int]] = {}
    made = [
        Organization(kind=OrganizationKind.INSURER.value, name=name, uzovi=f"{9100 + i}")
        for i, name in enumerate(INSURERS)
    ]
    Organization.objects.bulk_create(made, ignore_conflicts=True)
    for insurer in Organization.objects.filter(kind=OrganizationKind.INSURER.value):
        for number in range(6):
            user = User(
                email=f"adviseur{number}@v{insurer.pk}.example", full_name=f"Adviseur {number} van {insurer.name}"
            )
            user.set_unusable_password()
            user.save()
            Membership.objects.create(
                user=user, organization=insurer, organization_kind=insurer.kind, role=Role.MEDISCH_ADVISEUR.value,
                started_at=now, started_by=user,
            )  # fmt: skip
        mine = Membership.objects.filter(organization=insurer, role=Role.MEDISCH_ADVISEUR.value)
        advisor_of[insurer.pk] = list(mine.values_list("user_id", flat=True))
    Organization.objects.bulk_create(
        Organization(
            kind=OrganizationKind.PROVIDER.value, name=f"Revalidatie {number}", agb_code=f"2288{number:04d}",
            kvk_number=f"8{number:07d}", street="Proeflaan 1", postcode="1234 AB", city="Proefstad",
        )
        for number in range(PROVIDERS)
    )  # fmt: skip
    first = (people.ZILVEREN_KRUIS, people.ASR, people.ESDOORN, people.DUIN)
    order = {name: number for number, name in enumerate(first)}
    found = sorted(Organization.objects.all(), key=lambda one: (order.get(one.name, len(first)), one.pk))
    insurers = [(one.pk, advisor_of[one.pk]) for one in found if one.kind == OrganizationKind.INSURER]
    return insurers, [one.pk for one in found if one.kind == OrganizationKind.PROVIDER]


def _plan(
    cursor: Any,
    size: int,
    templates: dict[str, int],
    insurers: list[tuple[int, list[int]]],
    providers: list[int],
    now: datetime,
) -> None:
    """Write down what each request will be: which example it copies, whose it is, and when it was filed."""
    chance = random.Random(7)
    number_open, number_drafts = min(int(size * OPEN_SHARE), MOST_OPEN), int(size * DRAFTS)
    taken: set[str] = set()
    cursor.execute(f"DROP TABLE IF EXISTS plan; CREATE TABLE plan ({PLAN})")
    weights = [0.45, 0.1, *[0.45 / (len(insurers) - 2)] * (len(insurers) - 2)]
    base = max(templates.values())
    with cursor.copy("COPY plan FROM STDIN") as rows:
        for number in range(1, size + 1):
            is_open = number <= number_open
            shares = SHARES if is_open else CLOSED_SHARES
            status = "draft" if number > size - number_drafts else chance.choices([*shares], [*shares.values()])[0]
            insurer, advisors = chance.choices(insurers, weights)[0]
            age = timedelta(minutes=chance.randrange(18 * 1440 if is_open or status == "draft" else 1800 * 1440))
            filed = now - (age if is_open or status == "draft" else age + timedelta(days=14))
            while (reference := references.request_reference(chance.choice)) in taken:
                continue
            taken.add(reference)
            person = int(size * 0.6 * chance.random())
            rows.write_row([
                base + number * FAR, templates[status], reference,
                # A few providers send much, most send little.
                providers[int(len(providers) * chance.random() ** 2.2)], insurer, chance.choice(advisors), filed,
                filed + timedelta(days=chance.randrange(2, 14)) if status in CLOSED else None,
                _due(filed, status, chance), bsn(person), fingerprint(bsn(person), "bsn"), chr(65 + person % 26) + ".",
                _surname(person),
                date(1950, 1, 1) + timedelta(days=person % 20_000), chance.random() < 0.04,
                "chronic_pain" if chance.random() < 0.6 else "other",
            ])  # fmt: skip
    cursor.execute("CREATE INDEX ON plan (template); ANALYZE plan")


def _due(filed: datetime, status: str, chance: random.Random) -> date | None:
    if status in OPEN - {"waiting_for_provider"}:
        return timezone.localdate(filed) + timedelta(days=14 + chance.randrange(4))
    return None


def _surname(person: int) -> str:
    chance, beginnings, endings = random.Random(person), BEGINNINGS.split(), ENDINGS.split()
    name = chance.choice(beginnings) + chance.choice(endings)
    return f"{name}-{chance.choice(beginnings)}{chance.choice(endings)}" if chance.random() < 0.1 else name


# Per table: what stands in the terminal, the model, how its row finds the request that it belongs to, and what differs
# in a copy. `t` is the row that is copied, `p` the plan. A copy's number is its example's plus its request's.
ID = "p.id + t.id"
OF_REQUEST = "t.authorization_id"
DOCUMENT = "(SELECT d.authorization_id FROM authorizations_document d WHERE d.id = t.document_id)"
ROUND = "(SELECT r.authorization_id FROM authorizations_informationrequest r WHERE r.id = t.information_request_id)"
ITEM = (
    "(SELECT r.authorization_id FROM authorizations_informationrequest r JOIN authorizations_informationitem i "
    "ON i.information_request_id = r.id WHERE i.id = t.item_id)"
)
GRANT = "(SELECT g.authorization_id FROM authorizations_grant g WHERE g.id = t.grant_id)"
FILE = "(SELECT d.authorization_id FROM authorizations_document d WHERE d.file_id = t.id)"
LETTER = "(SELECT r.authorization_id FROM authorizations_requestletter r WHERE r.letter_id = t.{})"
NEW_FILE = "md5(p.id || '-' || {})::uuid"
COPIES: list[tuple[str, type[models.Model], str, dict[str, str]]] = [
    ("aanvragen", requests.AuthorizationRequest, "t.id", {
        "id": "p.id", "reference": "p.reference", "creation_key": "gen_random_uuid()", "provider_id": "p.provider",
        "insurer_id": "p.insurer", "submitted_at": "CASE WHEN t.submitted_at IS NOT NULL THEN p.filed END",
        "edited_at": "p.filed", "created_at": "p.filed - interval '1 day'", "due_on": "p.due", "closed_at": "p.closed",
        "assigned_to_id": "CASE WHEN t.assigned_to_id IS NOT NULL THEN p.advisor END",
        "assigned_at": "CASE WHEN t.assigned_at IS NOT NULL THEN p.filed + interval '1 day' END",
        "planned_start_on": "p.filed::date + 21", "planned_end_on": "p.filed::date + 119", "urgent": "p.urgent",
        "indication": "p.indication",
    }),
    ("verzekerden", requests.Insured, OF_REQUEST, {
        "id": "p.id", "authorization_id": "p.id", "bsn_hash": "p.bsn_hash", "initials": "p.initials",
        "surname": "p.surname",
        "birth_date": "p.born",
    }),
    ("gebeurtenissen", requests.StatusEvent, OF_REQUEST, {"id": ID, "authorization_id": "p.id", "at": "p.filed"}),
    ("bestanden", papers.File, FILE, {
        "id": NEW_FILE.format("t.id"), "received_at": "p.filed", "pages_made_at": "p.filed",
    }),
    ("documenten", requests.Document, OF_REQUEST, {
        "id": ID, "authorization_id": "p.id", "file_id": NEW_FILE.format("t.file_id"), "added_at": "p.filed",
        "question_id": "p.id + t.question_id",
    }),
    ("rollen van documenten", requests.DocumentItem, DOCUMENT, {"id": ID, "document_id": "p.id + t.document_id"}),
    ("oordelen", requests.CriterionAssessment, OF_REQUEST, {"id": ID, "authorization_id": "p.id"}),
    ("vragen", requests.InformationRequest, OF_REQUEST, {"id": ID, "authorization_id": "p.id"}),
    ("vragen", requests.InformationItem, ROUND, {
        "id": ID, "information_request_id": "p.id + t.information_request_id",
    }),
    ("vragen", requests.CounterQuestion, ITEM, {"id": ID, "item_id": "p.id + t.item_id"}),
    ("termijnen", requests.TermPause, OF_REQUEST, {"id": ID, "authorization_id": "p.id"}),
    ("besluiten", requests.Decision, OF_REQUEST, {
        "id": ID, "authorization_id": "p.id", "final_at": "CASE WHEN t.final_at IS NOT NULL THEN p.closed END",
    }),
    ("machtigingen", requests.Grant, OF_REQUEST, {
        "id": ID, "authorization_id": "p.id", "decision_id": "p.id + t.decision_id",
        "number": "'M26' || lpad((p.id / 1000)::text, 10, '0')", "starts_on": "p.closed::date",
        "ends_on": "p.closed::date + 120",
    }),
    ("machtigingen", requests.GrantHours, GRANT, {"id": ID, "grant_id": "p.id + t.grant_id"}),
    ("brieven", papers.Letter, LETTER.format("id"), {
        "id": ID, "reference": "gen_random_uuid()", "created_at": "p.filed",
        "issued_at": "p.filed", "pdf": "'letters/geen.pdf'", "sha256": "repeat('0', 64)", "size": "1",
    }),
    ("brieven", requests.RequestLetter, OF_REQUEST, {
        "id": ID, "authorization_id": "p.id", "letter_id": "p.id + t.letter_id", "decision_id": "p.id + t.decision_id",
    }),
    ("post", papers.PrintItem, LETTER.format("letter_id"), {
        "id": ID, "letter_id": "p.id + t.letter_id", "sender_id": "p.insurer",
    }),
]  # fmt: skip


# What was decided before this week went by post, in a batch per insurer and week.
POST = """
    INSERT INTO papers_printbatch (sender_id, made_at, made_by_id, state, sent_at, sent_by_id)
    SELECT insurer, week, min(advisor), 'sent', week, min(advisor)
    FROM (SELECT *, date_trunc('week', closed) + interval '7 days' AS week FROM plan) p
    WHERE week < now() GROUP BY insurer, week;
    UPDATE papers_printitem i SET state = 'sent', batch_id = b.id
    FROM plan p JOIN authorizations_requestletter r ON r.authorization_id = p.id
    JOIN papers_printbatch b ON b.sender_id = p.insurer AND b.made_at = date_trunc('week', p.closed) + interval '7 days'
    WHERE r.letter_id = i.letter_id
"""


def _copy(cursor: Any, model: type[models.Model], owner: str, changes: dict[str, str]) -> None:
    """Copy the rows of the examples for every request of the plan; what is secret is sealed for each copy."""
    table = model._meta.db_table
    secrets = [field for field in secrets_of(model) if model._default_manager.exclude(**{field.name: ""}).exists()]
    columns = [field.column for field in model._meta.concrete_fields]
    sealed = {field.column: f's."{field.column}"' for field in secrets}
    values = [(changes | sealed).get(column, f't."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    copies = f"(SELECT t.*, {owner} AS owner FROM {table} t) t JOIN plan p ON p.template = t.owner"
    if secrets:
        _seal(cursor, model, secrets, copies, changes)
        copies += f" JOIN sealed s ON s.key = ({changes['id']})::text"
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {copies}")


def _seal(
    cursor: Any, model: type[models.Model], secrets: list[EncryptedField], copies: str, changes: dict[str, str]
) -> None:
    """Make the secrets of the copies: each is bound to its own row, so none can be copied."""
    keys, table = keyring(), model._meta.db_table
    examples = list(model._default_manager.all())
    blank = {row.pk: [row.__dict__[field.attname] for field in secrets] for row in examples}
    plain = {row.pk: [_said(row, field) for field in secrets] for row in examples}
    names = [field.column for field in secrets]
    cursor.execute(
        "DROP TABLE IF EXISTS sealed; CREATE TEMPORARY TABLE sealed (key text, "
        + ", ".join(f'"{name}" text' for name in names)
        + ")"
    )
    person = "p.bsn" if model is requests.Insured else "NULL"
    cursor.execute(f"SELECT t.id, {changes['id']}, {person} FROM {copies}")
    wanted = cursor.fetchall()
    shorten = LETTER_LENGTH if model is papers.Letter else None
    with cursor.copy("COPY sealed FROM STDIN") as rows:
        for example, key, number in wanted:
            said = [number.encode()] if number else plain[example]
            texts = [
                keys.seal(what[:shorten], place(table, name, key)) if what else blank[example][at]
                for at, (name, what) in enumerate(zip(names, said, strict=True))
            ]
            rows.write_row([str(key), *texts])
    cursor.execute("CREATE INDEX ON sealed (key); ANALYZE sealed")


def _said(row: models.Model, field: EncryptedField) -> bytes:
    value = getattr(row, field.attname)
    return b"" if field.blank_text(value) else field.dump(value)


def _count_on(cursor: Any, model: type[models.Model]) -> None:
    """Let new rows be numbered after the copies."""
    key = model._meta.pk
    if isinstance(key, models.BigAutoField):
        table = model._meta.db_table
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
