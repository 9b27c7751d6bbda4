"""Every answer that holds something of a dossier has exactly one row in the log; without the row there is no answer."""

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.html import escape

from accounts import queries as accounts
from audit.domain.events import Kind, Outcome
from audit.models import AccessEvent
from audit.services.recording import WEB_SERVER
from audit.web.log import Logged, Unlogged
from authorizations.models import Document, Insured
from authorizations.queries import MEDICAL_ROLES
from authorizations.services import questions
from papers.services import printing
from papers.tasks import render_letters
from portal.audited import ADDRESSES
from portal.audited_about import subjects
from portal.tenancy.owner import as_owner
from portal.world import people
from tests.factories import documents, told
from tests.factories.logging_in import logged_in
from tests.factories.world import walk_to
from tests.journeys.addresses import addresses, names_at, names_in
from tests.journeys.story import DUIN, JANSEN

pytestmark = pytest.mark.usefixtures("plain_letters")
NOOR = "noor@zk.example"
EVERYBODY = (JANSEN, "lezer@esdoorn.example", "beheer@esdoorn.example", DUIN, NOOR, "team@zk.example",
             "balie@zk.example", "log@zk.example", "adviseur@asr.example")  # fmt: skip
LISTS = ("/aanvragen/", "/aanvragen/?lijst=afgerond", "/aanvragen/?q={surname}", "/aanvragen/?q={reference}",
         "/aanvragen/nieuw/", "/aanvragen/nodig/", "/aanvragen/documenten-opsturen/?number={reference}",
         "/beoordelen/", "/beoordelen/?zoek={surname}", "/beoordelen/?zoek={reference}", "/beoordelen/besloten/",
         "/beoordelen/besloten/?zoek={surname}", "/beoordelen/post/", "/beoordelen/{reference}/?toon=eerder",
         "/zorgtrajecten/", "/zorgtrajecten/dreigt-te-sluiten/",
         "/organisatie/collegas/", "/beheer/storingen/", "/logboek/", "/logboek/maanden/")  # fmt: skip


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    found = set()
    for one in patterns:
        if isinstance(one, URLResolver):
            found |= names(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            found.add(f"{space}{one.name}")
    return found


@pytest.fixture
def dossiers(world):
    """A draft, one with a question, a counter-question and documents, one with letters that are printed."""
    then = timezone.now() - timedelta(days=12)
    found = [
        walk_to(status, now=then, person=number)
        for number, status in enumerate(("draft", "waiting_for_provider", "granted"))
    ]
    for one in found:
        documents.pinned(one)
    item = found[1].information_requests.get().items.get()
    questions.counter(item_id=item.pk, text="Wat bedoelt u?", by=people.actor(JANSEN), now=timezone.now())
    told.under(found[-1], people.actor(JANSEN), now=timezone.now())
    render_letters()
    noor = people.actor(NOOR)
    printing.make_batch(sender_id=noor.organization_id, by_user_id=noor.user_id, now=timezone.now())
    return found


@pytest.fixture
def canaries(dossiers):
    """What only a dossier holds: names, as lists show them too, and numbers of the insured, and what is the matter."""
    insured = Insured.objects.filter(authorization__in=dossiers)
    found = {word for one in insured for word in (one.surname, one.short_name, one.bsn)} | {"M79.7", "Dagelijks pijn"}
    return [escape(word).encode() for word in found - {""}]


@pytest.fixture
def paths(dossiers):
    """Return every address that there is, of each of the dossiers."""
    ours, theirs = (names_at(people.actor(who).organization_id) for who in (JANSEN, NOOR))
    named = [names_in(dossier) for dossier in dossiers]
    any_of_them = {name: value for one in named for name, value in one.items()}
    found = {
        address.path({**theirs, **ours, **any_of_them, **one}) for address, one in itertools.product(addresses(), named)
        if address.takes & {"reference", "batch", "item", "traject_id"}
    }  # fmt: skip
    for dossier in dossiers:
        words = {"reference": dossier.reference, "surname": dossier.insured.surname[:-1]}
        found |= {path.format(**words) for path in LISTS}
    return sorted(found)


def browser(email: str) -> Client:
    return logged_in(Client(raise_request_exception=False), accounts.user_by_email(email))


def answer(client: Client, path: str) -> tuple[int, bytes]:
    response = client.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, content


def written():
    """Return what was logged of people at a browser: the worker of the portal left its own rows before."""
    return AccessEvent.objects.filter(source_type=WEB_SERVER).order_by("id")


def test_every_address_has_a_verdict():
    there = names(get_resolver().url_patterns)
    assert there - ADDRESSES.keys() == set(), "voeg dit adres toe aan portal/audited.py"
    assert ADDRESSES.keys() - there == set(), "dit adres bestaat niet meer"


def test_what_is_not_logged_has_a_reason_and_names_no_dossier():
    named = {address.name for address in addresses() if "reference" in address.takes}
    unlogged = {name: verdict for name, verdict in ADDRESSES.items() if isinstance(verdict, Unlogged)}
    assert all(verdict.because for verdict in unlogged.values())
    assert named & unlogged.keys() == set()
    for name in named:
        verdict = ADDRESSES[name]
        assert isinstance(verdict, Logged)
        assert verdict.get or verdict.post, name


def test_the_medical_roles_are_those_that_see_content():
    assert {role.value for role in MEDICAL_ROLES} == settings.AUDIT_MEDICAL_ROLES


@pytest.mark.django_db
def test_every_answer_with_something_of_a_dossier_has_exactly_one_row(paths, canaries):
    shown, rows = 0, 0
    for who in EVERYBODY:
        client = browser(who)
        for path in paths:
            before = AccessEvent.objects.count()
            _status, content = answer(client, path)
            written = AccessEvent.objects.count() - before
            assert written <= 1, f"{path} voor {who}: {written} regels"
            rows += written
            if any(canary in content for canary in canaries):
                shown += 1
                row = AccessEvent.objects.latest("id")
                assert written == 1, f"{path} voor {who} staat niet in het logboek"
                assert row.outcome == Outcome.DONE, path
                assert row.dossiers, f"{path} voor {who}: het logboek noemt geen aanvraag"
                assert row.insured, path
    print(f"{shown} antwoorden met gegevens, {rows} regels")
    assert shown > 60
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(event)::text, '') FROM audit_accessevent AS event")
        (everything,) = cursor.fetchone()
    # Neither number nor name nor what was searched for stands in the log itself.
    assert [canary for canary in canaries if canary.decode() in everything] == []


@pytest.mark.django_db
def test_the_log_names_every_dossier_that_a_list_shows(dossiers):
    browser(NOOR).get("/beoordelen/besloten/")
    browser(JANSEN).get("/aanvragen/")
    seen, listed = written()
    assert seen.dossiers == [dossiers[2].reference]
    assert set(listed.dossiers) == {dossier.reference for dossier in dossiers}


@pytest.fixture
def without_log(paths, canaries):
    """Take the table of the log away, as a fault of the database would, and bring it back."""
    rename("audit_accessevent", "audit_accessevent_elsewhere")
    yield
    rename("audit_accessevent_elsewhere", "audit_accessevent")


def rename(table, name):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {name}")


@pytest.mark.django_db(transaction=True)
def test_without_the_log_there_is_no_answer(paths, canaries, without_log):
    statuses = Counter()
    for who in (JANSEN, NOOR):
        client = browser(who)
        for path in paths:
            status, content = answer(client, path)
            assert not any(canary in content for canary in canaries), f"{path} voor {who}"
            statuses[status] += 1
    assert statuses[503] > 100, statuses


@pytest.mark.django_db(transaction=True)
def test_a_change_that_cannot_be_logged_is_not_made(dossiers, without_log):
    draft = dossiers[0]
    response = browser(JANSEN).post(reverse("authorizations:intake-delete", args=[draft.reference]))
    assert response.status_code == 503
    draft.refresh_from_db()


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_refusal_names_whose_dossier_was_asked_for(dossiers, method):
    asked = dossiers[2]
    getattr(browser(DUIN), method)(reverse("authorizations:request-withdraw", args=[asked.reference]))
    row = written().get()
    assert (row.outcome, row.dossiers) == (Outcome.REFUSED, [asked.reference])
    assert row.organization_ids == sorted((asked.provider_id, asked.insurer_id))
    assert row.organization_id not in row.organization_ids
    assert row.checks == "FFTF"
    assert "geweigerd" in row.signs


@pytest.mark.django_db
def test_a_dossier_that_was_thrown_away_is_still_named(dossiers):
    draft = dossiers[0]
    browser(JANSEN).post(reverse("authorizations:intake-delete", args=[draft.reference]))
    row = written().get()
    assert (row.kind, row.action, row.dossiers) == (Kind.DELETE.value, "D", [draft.reference])


@pytest.mark.django_db
def test_a_lost_csrf_token_is_a_refusal(dossiers):
    client = logged_in(Client(enforce_csrf_checks=True), accounts.user_by_email(JANSEN))
    client.post(reverse("authorizations:request-withdraw", args=[dossiers[1].reference]), {"reason": "x"})
    row = written().get()
    assert (row.outcome, row.dossiers) == (Outcome.REFUSED, [dossiers[1].reference])


@pytest.mark.django_db
def test_the_surname_of_a_colleague_stands_out(dossiers):
    surname = dossiers[1].insured.surname
    noor = accounts.user_by_email("kok@zk.example")
    noor.full_name = f"B. {surname}"
    noor.save()
    browser(NOOR).get(reverse("authorizations:review-detail", args=[dossiers[1].reference]))
    browser(JANSEN).get(reverse("authorizations:answer-questions", args=[dossiers[1].reference]))
    here, elsewhere = written()
    assert "collega" in here.signs
    assert "collega" not in elsewhere.signs


@pytest.mark.django_db
def test_the_work_of_the_portal_names_the_dossier(dossiers):
    made = AccessEvent.objects.filter(kind=Kind.WORK_LETTER.value, outcome=Outcome.DONE)
    assert {row.dossiers[0] for row in made} == {dossiers[1].reference, dossiers[2].reference}
    assert {(row.user_id, row.user_name, row.purpose) for row in made} == {(None, "Machtigingsportaal", "verwerken")}


@pytest.mark.django_db
def test_a_mail_is_of_the_dossier_in_its_key(dossiers):
    from papers.models import Mail

    mail = Mail.objects.filter(key__contains=dossiers[1].reference).first()
    assert [subject.reference for subject in subjects(mails=[mail.pk])] == [dossiers[1].reference]


@pytest.mark.django_db
def test_who_judges_reads_documents_to_judge(dossiers):
    document = Document.objects.filter(authorization=dossiers[1]).first()
    path = reverse("authorizations:document-view", args=[dossiers[1].reference, document.pk])
    browser(NOOR).get(path)
    browser(JANSEN).get(path)
    assert [row.purpose for row in written()] == ["beoordelen", "aanvragen"]


@pytest.mark.django_db
def test_only_what_was_on_the_page_counts_as_seen(dossiers):
    again = walk_to("submitted", now=timezone.now() - timedelta(days=2), person=2)
    page = reverse("authorizations:review-detail", args=[again.reference])
    browser(NOOR).get(page)
    browser(NOOR).get(f"{page}?toon=eerder")
    browser("log@zk.example").get("/aanvragen/")
    first, earlier = written()
    assert first.dossiers == [again.reference]
    # The zorgtraject of the same insured stands there too.
    assert set(earlier.dossiers) == {again.reference, dossiers[2].reference, f"ZT ZT{dossiers[2].pk}"}


@pytest.mark.django_db
def test_a_hold_names_its_dossier(dossiers):
    held = dossiers[2]
    client = browser("team@zk.example")
    client.post("/beheer/bewaren/", {"number": held.reference, "reason": "Klacht bij de SKGZ"})
    client.get("/beheer/bewaren/")
    for _ in range(2):
        client.post(reverse("authorizations:retention-lift", args=[held.reference]))
    rows = written()
    assert [row.dossiers for row in rows] == [[held.reference]] * 4
    assert [row.outcome for row in rows] == [Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.NOT_DONE]


@pytest.mark.django_db
def test_what_failed_is_not_logged_as_done(world):
    client = browser(NOOR)
    client.post("/inloggen/bevestigen/", {"met": "code", "proof": "000000", "next": "/profiel/"})
    client.post("/profiel/wachtwoord/", {"oldpassword": "x", "password1": "y"})
    assert [(row.kind, row.outcome) for row in written()] == [
        (Kind.CONFIRM.value, Outcome.NOT_DONE),
        (Kind.ACCESS_CHANGED.value, Outcome.NOT_DONE),
    ]


@pytest.mark.django_db
def test_a_wrong_code_after_the_right_password_is_refused_to_somebody(world):
    client = Client()
    client.post("/inloggen/", {"login": NOOR, "password": people.PASSWORD})
    client.post("/inloggen/code/", {"code": "000000"})
    noor = people.actor(NOOR)
    assert {(row.user_id, row.organization_id) for row in written()} == {(noor.user_id, noor.organization_id)}
    assert [(row.kind, row.outcome) for row in written()] == [
        (Kind.PASSWORD.value, Outcome.DONE),
        (Kind.LOG_IN.value, Outcome.REFUSED),
    ]


@pytest.mark.django_db
def test_what_others_tried_stands_out_where_the_dossier_is(dossiers):
    browser(DUIN).get(reverse("authorizations:request-detail", args=[dossiers[1].reference]))
    keeper = browser("log@esdoorn.example")
    assert "Poging van buiten de organisatie" in keeper.get("/logboek/").content.decode()
    page = keeper.get("/logboek/?bijzonder=elders").content.decode()
    assert dossiers[1].reference in page and "Revalidatiecentrum Het Duin" in page
    at = timezone.localtime()
    month = keeper.get(f"/logboek/maanden/{at.year}-{at.month}/")
    assert month.context["counts"]["elders"] == 1
