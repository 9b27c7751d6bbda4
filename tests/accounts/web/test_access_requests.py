"""A zorgaanbieder that isn't known here asks for access; the beheerder of that insurer answers."""

import re

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import queries
from accounts.domain.roles import Role
from accounts.models import AccessRequest, Invitation, Organization
from accounts.services import access_requests
from tests.factories.accounts import PASSWORD, actor
from tests.factories.logging_in import set_up_app

pytestmark = pytest.mark.django_db
ASK, LIST = "/toegang-vragen/", "/beheer/toegang/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def told(insurer):
    return {
        "insurer": str(insurer.pk),
        "organization_name": "Kliniek 't Beukje & Zn",
        "agb_code": "2299 9001",
        "kvk_number": "90009001",
        "full_name": "Bea Beuk",
        "email": "Bea@Beuk.example",
        "phone": "010 123 45 67",
    }


@pytest.fixture
def waiting(client, told):
    client.post(ASK, told)
    return AccessRequest.objects.get()


def test_from_asking_to_work(client, told, log_in, beheerder, mails):
    assert client.get(ASK).status_code == 200
    assert client.post(ASK, told)["Location"] == reverse("accounts:access-asked")
    assert "Uw vraag is verstuurd" in client.get(reverse("accounts:access-asked")).content.decode()
    received, for_the_insurer = mails()
    assert received.to == ["bea@beuk.example"] and for_the_insurer.to == [beheerder.email]
    assert "Beuk" not in for_the_insurer.body
    browser = log_in(beheerder)
    assert "Kliniek &#x27;t Beukje &amp; Zn" in browser.get(LIST).content.decode()
    url = reverse("accounts:access-request", args=[AccessRequest.objects.get().pk])
    assert "22999001" in browser.get(url).content.decode()
    assert browser.post(url, {"toelaten": "ja"})["Location"] == LIST
    assert "Uitgenodigd" in browser.get(LIST).content.decode()
    assert "Bo Beheerder van Zorgverzekeraar De Proef nodigt u uit" in mails()[-1].body
    link = re.search(r"(/uitnodiging/\S+/)", mails()[-1].body)[1]
    newcomer = Client()
    assert "Kliniek &#x27;t Beukje &amp; Zn" in newcomer.get(link).content.decode()
    newcomer.post(link, {"full_name": "Bea Beuk", "password": PASSWORD})
    newcomer.post("/inloggen/", {"login": "bea@beuk.example", "password": PASSWORD})
    set_up_app(newcomer)
    page = newcomer.get(reverse("accounts:profile")).content.decode()
    assert "organisatiebeheerder" in page
    organization = Organization.objects.get(agb_code="22999001")
    assert (organization.kind, organization.kvk_number) == ("provider", "90009001")


def test_a_refusal_goes_with_its_reason(waiting, log_in, beheerder, mails):
    browser = log_in(beheerder)
    url = reverse("accounts:access-request", args=[waiting.pk])
    assert "Schrijf op waarom" in browser.post(url, {"afwijzen": "x", "reason": " "}).content.decode()
    assert browser.post(url, {"afwijzen": "x", "reason": "De AGB-code is van een ander."})["Location"] == LIST
    assert "De AGB-code is van een ander." in mails()[-1].body
    assert "al behandeld" in browser.post(url, {"toelaten": "ja"}).content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.asvs("6.3.8")
def test_known_and_unknown_get_the_same_answer(client, told, organisatiebeheerder, provider, mails):
    known = {**told, "agb_code": provider.agb_code, "email": organisatiebeheerder.email}
    first, second = client.post(ASK, told), client.post(ASK, known)
    assert first.status_code == second.status_code and first["Location"] == second["Location"]
    bodies = [mail.body for mail in mails() if "ontvangen" in mail.body]
    assert len(bodies) == 2


def test_an_organization_with_a_manager_is_not_taken_over(
    client, told, log_in, beheerder, organisatiebeheerder, provider
):
    client.post(ASK, {**told, "agb_code": provider.agb_code})
    url = reverse("accounts:access-request", args=[AccessRequest.objects.get().pk])
    page = log_in(beheerder).post(url, {"toelaten": "ja"}).content.decode()
    assert "heeft een organisatiebeheerder" in page
    assert not Invitation.objects.exists() and AccessRequest.objects.get().decided_at is None


def test_asking_twice_is_asking_once(client, told, beheerder, mails):
    for _turn in range(2):
        assert client.post(ASK, told).status_code == 302
    assert AccessRequest.objects.count() == 1 and len(mails()) == 2


def test_asking_on_and_on_has_to_wait(client, told):
    for number in range(3):
        assert client.post(ASK, {**told, "agb_code": f"2299900{number}"}).status_code == 302
    refused = client.post(ASK, {**told, "agb_code": "22999009"})
    assert refused.status_code == 429 and refused["Retry-After"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"insurer": ""}, "Beantwoord de vraag"),
        ({"insurer": "999999"}, "Kies een antwoord uit de lijst"),
        ({"organization_name": " "}, "Vul"),
        ({"agb_code": "1234"}, "Een AGB-code heeft 8 cijfers"),
        ({"agb_code": "abcdefgh"}, "bestaat uit 8 cijfers"),
        ({"kvk_number": ""}, "Vul"),
        ({"full_name": "x" * 151}, "te lang"),
        ({"email": "geen adres"}, "Vul een e-mailadres in zoals"),
        ({"email": "a\x00@b.nl"}, ""),
        ({"phone": "bel mij"}, "Vul een telefoonnummer in zoals"),
        ({"organization_name": "n\x00l"}, "niet kunnen lezen"),
    ],
)
def test_bad_input_gets_words(client, told, changed, words):
    answer = client.post(ASK, {**told, **changed})
    assert answer.status_code == 200 and words in answer.content.decode()
    assert not AccessRequest.objects.exists()


@pytest.mark.parametrize("who", ["organisatiebeheerder", "adviseur", "coordinator", "medewerker", "indiener"])
def test_only_the_beheerder_answers(who, request, waiting, log_in):
    browser = log_in(request.getfixturevalue(who))
    for url in (LIST, reverse("accounts:access-request", args=[waiting.pk])):
        assert browser.get(url).status_code == 403 == browser.post(url, {"toelaten": "ja"}).status_code
    assert AccessRequest.objects.get().decided_at is None


def test_a_question_to_another_insurer_is_not_found(waiting, log_in, other_insurer):
    elsewhere = actor(Role.BEHEERDER, organization=other_insurer)
    url = reverse("accounts:access-request", args=[waiting.pk])
    browser = log_in(elsewhere)
    assert browser.get(url).status_code == 404 == browser.post(url, {"toelaten": "ja"}).status_code
    with pytest.raises(access_requests.NotAllowed):
        access_requests.refuse(by=elsewhere, request_id=waiting.pk, reason="x", now=timezone.now())


def row(insurer, **changed):
    values = {
        "insurer": insurer,
        "organization_name": "x",
        "agb_code": "22999001",
        "kvk_number": "90009001",
        "full_name": "x",
        "email": "x@voorbeeld.nl",
        "phone": "0101234567",
        "asked_at": timezone.now(),
    }
    return AccessRequest(**{**values, **changed})


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"agb_code": "1"}, "access_request_agb_code_8_digits"),
        ({"kvk_number": "x"}, "access_request_kvk_number_8_digits"),
        ({"organization_name": " "}, "access_request_named"),
        ({"email": "X@voorbeeld.nl"}, "access_request_email_in_small_letters"),
        ({"refused_because": "zomaar"}, "access_request_decided_once"),
        ({"decided_at": timezone.now()}, "access_request_decided_once"),
    ],
)
def test_the_database_holds_it_too(insurer, changed, name):
    with pytest.raises(IntegrityError, match=name):
        row(insurer, **changed).save()


def test_a_question_is_decided_with_an_invitation_or_a_reason(insurer, beheerder):
    by = queries.user(beheerder.user_id)
    with pytest.raises(IntegrityError, match="access_request_decided_once"):
        row(insurer, decided_at=timezone.now(), decided_by=by).save()


def test_one_open_question_per_person_and_organization(insurer):
    row(insurer).save()
    with pytest.raises(IntegrityError, match="access_request_once_open"):
        row(insurer).save()


@pytest.mark.parametrize(
    "name", ["Kliniek <b>De Beuk</b>", "Kies https://kwaad.example", "www.kwaad.example", "win op kwaad.com", "[x](y)"]
)
def test_a_name_that_leads_somewhere_goes_out_in_no_mail(client, told, mails, name):
    answer = client.post(ASK, {**told, "organization_name": name})
    assert "Vul alleen de naam in, zonder internetadres" in answer.content.decode()
    assert mails() == []
