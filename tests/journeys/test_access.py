"""A request of another organisation is not there, at any address; and who only administers reads nothing medical."""

import itertools
import re
from datetime import timedelta
from functools import cache, partial

import pytest
from django.test import Client
from django.utils import timezone

from accounts import queries as accounts
from accounts.domain.roles import OrganizationKind
from accounts.models import Organization
from authorizations.domain.traject_files import FileKind
from authorizations.models import NumberSignal, TakenOver, TrajectNumber, Zorgtraject
from authorizations.services import questions, traject_files
from papers.services import printing
from papers.tasks import render_letters
from portal.world import people
from tests.factories import (
    contracting,
    declarations,
    documents,
    imports,
    notices,
    policies,
    runs,
    subtrajects,
    titles,
    told,
)
from tests.factories.accounts import AccessRequestFactory, InvitationFactory, all_roles, api_key, person
from tests.factories.logging_in import logged_in
from tests.factories.world import walk_to
from tests.journeys.addresses import NOBODYS, addresses, names_at, names_in, read, visit
from tests.journeys.story import DUIN, JANSEN
from tests.papers import rows

OF_INSURERS = re.compile("/beoordelen/|/beheer/|/contracten/(kalender/|.*/(stap|beoordelen)/$)")
NOT_THERE = {403, 404, 405}
MEDICAL = (
    "Dagelijks pijn",
    "M79.7",
    "hronische pijn",
    "ibromyalgi",
    "Psycholoog",
    "verwijsbrief",
    "vermijden",
    "WPN 3",
)
ADMINISTRATIVE = ("team@zk.example", "balie@zk.example", "beheer@zk.example", "beheer@esdoorn.example")


@pytest.fixture
def requests(world):
    """One draft, one with a question, a counter-question and documents, one with letters, of which one is printed."""
    then = timezone.now() - timedelta(days=12)
    states = ("draft", "waiting_for_provider", "granted")
    found = {status: walk_to(status, now=then, person=number) for number, status in enumerate(states)}
    for request in found.values():
        documents.pinned(request)
    item = found["waiting_for_provider"].information_requests.get().items.get()
    questions.counter(item_id=item.pk, text="Wat bedoelt u?", by=people.actor(JANSEN), now=timezone.now())
    told.under(found["granted"], people.actor(JANSEN), now=timezone.now())
    titles.taken_over(found["granted"], people.actor(JANSEN))
    imports.brought(people.actor(JANSEN))
    brought(people.actor(JANSEN))
    declarations.claim(people.actor(JANSEN), Organization.objects.get(name=people.ZILVEREN_KRUIS))
    contracting.contract_of(Organization.objects.get(name=people.ESDOORN))
    taken_over(found["granted"])
    notices.told(people.actor(JANSEN), people.actor("noor@zk.example").organization_id)
    notices.coulance(people.actor(JANSEN), people.actor("noor@zk.example").organization_id)
    render_letters()
    noor = people.actor("noor@zk.example")
    printing.make_batch(sender_id=noor.organization_id, by_user_id=noor.user_id, now=timezone.now())
    InvitationFactory(organization_id=people.actor(JANSEN).organization_id)
    api_key(people.actor("beheer@esdoorn.example"), people.actor(JANSEN), now=timezone.now())
    AccessRequestFactory(insurer_id=noor.organization_id)
    return found


def brought(jansen):
    """Let a provider have a file of numbers, one that went through a check, and a number that changed."""
    now = timezone.now()
    content = b"oud_nummer;nieuw_nummer;reden;omgezet_op\n1;2;softwarewissel;2026-01-01\n"
    traject_files.upload(
        chunks=[content],
        file_name="n.csv",
        kind=FileKind.NUMBERS,
        by=jansen,
        now=now,
    )
    runs.brought(jansen, runs.many(2))
    kept = Zorgtraject.objects.filter(provider=jansen.organization_id)
    first, user = kept.earliest("pk"), jansen.user_id
    TrajectNumber.objects.create(
        zorgtraject=first, provider=first.provider, old_number=first.number, new_number=f"N{first.number}",
        reason="softwarewissel", changed_on=now.date(), registered_by_id=user, registered_at=now,
    )  # fmt: skip
    other = subtrajects.traject(first.provider, first.insurer, first.registered_by, diagnosis="M79.7")
    subtrajects.subtraject(other)
    NumberSignal.objects.create(zorgtraject=first, earlier=other, raised_at=now)


def taken_over(granted):
    """Let the same two know of a machtiging that another insurer gave."""
    today = timezone.localdate()
    TakenOver.objects.create(
        provider=granted.provider, insurer=granted.insurer, policy_version=granted.policy_version, number="X123",
        from_insurer="Elders", starts_on=today, ends_on=today, indication=granted.indication,
        evidence=rows.file(timezone.now(), owner_id=granted.provider_id), bsn="999996708", surname="Voorbeeld",
        registered_by=granted.submitted_by, registered_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def everything(requests):
    """What can be named of each request, and of the two organisations that it belongs to."""
    policies.begun(Organization.objects.get(name=people.ZILVEREN_KRUIS))
    contracting.contract_of(Organization.objects.get(name=people.ESDOORN))
    contracting.start_letter_of(Organization.objects.get(name=people.ZILVEREN_KRUIS))
    contracting.start_letter_of(Organization.objects.get(name=people.ESDOORN))
    contracting.questionnaire_of(Organization.objects.get(name=people.ESDOORN))
    ours, theirs = (names_at(people.actor(who).organization_id) for who in (JANSEN, "noor@zk.example"))
    named = [names_in(request) for request in requests.values()]
    # What one request doesn't have, a question or a letter, is named as another has it.
    any_of_them = {name: value for names in named for name, value in names.items()}
    return [{**theirs, **ours, **any_of_them, **names} for names in named]


def everybody_at(name: str) -> Client:
    """Return the browser of somebody with every role that there is in this organisation."""
    organization = Organization.objects.get(name=name)
    someone = person(*all_roles(OrganizationKind(organization.kind)), organization=organization)
    return as_(someone)


def as_(user) -> Client:
    client = Client()
    logged_in(client, user)
    return client


@pytest.mark.asvs("8.2.2")
@pytest.mark.django_db
def test_another_organization_finds_nothing_at_any_address(everything):
    for elsewhere, for_insurers in ((people.DUIN, False), (people.ASR, True)):
        client, of_own_kind = everybody_at(elsewhere), 0
        # Not every address names the request, or a part of it: the same address has the same answer.
        once = cache(partial(visit, client))
        for address, ids in itertools.product(addresses(), everything):
            path = address.path(ids)
            answers = once(path, ids["reference"] if "reference" in address.takes else NOBODYS)
            nobodys = once(address.path({**ids, "reference": NOBODYS}), NOBODYS)
            assert answers == nobodys, f"{address.name} verraadt dat er iets is: {answers} en {nobodys}"
            assert answers[0] in NOT_THERE | {302}, f"{address.name}: {answers}"
            assert answers[2] in NOT_THERE, f"{address.name}: {answers}"
            # At the addresses of the other kind of organisation the role is refused before anything is looked up.
            if bool(OF_INSURERS.match(path)) is for_insurers:
                of_own_kind += 1
                assert 404 in answers, f"{address.name}: {answers}"
        assert of_own_kind > 40


@pytest.mark.django_db
def test_what_belongs_to_another_is_not_found_behind_an_own_number(everything):
    own = walk_to("waiting_for_provider", by=DUIN, person=2, now=timezone.now() - timedelta(days=12))
    client, within = everybody_at(people.DUIN), 0
    for address in addresses():
        if "reference" not in address.takes or not address.takes & {"document_id", "item_id", "counter_id", "letter"}:
            continue
        for ids in everything:
            if address.takes <= ids.keys():
                within += 1
                looked, _, sent = visit(client, address.path({**ids, "reference": own.reference}), own.reference)
                assert looked in NOT_THERE | {302}, f"{address.name}: {looked}"
                assert sent in NOT_THERE, f"{address.name}: {sent}"
    assert within > 10


@pytest.mark.django_db
def test_who_has_not_logged_in_comes_to_the_log_in_page_from_every_address(everything):
    client = Client()
    for address in addresses():
        path = address.path(everything[-1])
        looked = client.get(path, follow=True)
        assert looked.status_code == 405 or looked.redirect_chain[-1][0].startswith("/inloggen/"), address.name
        assert client.post(path, {"x": "1"}).status_code in {302, 401, 405}, address.name


@pytest.mark.asvs("8.2.1")
@pytest.mark.django_db
def test_who_only_administers_reads_nothing_medical(everything):
    # Not every address names the request: the same address is read once.
    # What a policy asks for is of everybody, and says nothing of a patient.
    about = [address for address in addresses() if not address.name.startswith("authorizations:policy-")]
    paths = sorted({address.path(ids) for address, ids in itertools.product(about, everything)})
    for who in ADMINISTRATIVE:
        client = as_(accounts.user_by_email(who))
        for path in paths:
            said = read(client, path)
            assert [word for word in MEDICAL if word in said] == [], f"{path} voor {who}"
    # Without this, the words could be ones that no page ever has.
    client = as_(accounts.user_by_email(JANSEN))
    said = "".join(read(client, path) for path in paths)
    assert [word for word in MEDICAL if word not in said] == []


@pytest.mark.django_db(transaction=True)
def test_who_types_a_number_of_another_organization_reads_that_there_is_no_such_page(journey):
    journey.a_request_that_is("submitted", days_ago=2)
    journey.somebody_elsewhere_opens_it(DUIN)
    journey.then_there_is_no_such_page()
    journey.somebody_elsewhere_searches_for_it()
    journey.then_nothing_is_found()
