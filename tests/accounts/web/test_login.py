"""Logging in and out, and passwords."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import queries
from accounts.domain.roles import Role
from accounts.models import Membership, User
from tests.factories.accounts import PASSWORD, STARTED_AT, UserFactory, person
from tests.factories.logging_in import type_both

pytestmark = pytest.mark.django_db
LOGIN = "/inloggen/"
NEW = "zeven zwarte katten slapen diep"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def log_in(client, email, password=PASSWORD, **more):
    return type_both(client, email, password, **more)


def test_the_address_is_typed_in_any_case(client, indiener):
    response = log_in(client, f" {indiener.email.upper()} ")
    assert response["Location"] == reverse("accounts:organization")
    assert client.get(response["Location"]).status_code == 200


def test_people_of_an_insurer_land_at_their_own_work(client, adviseur, beheerder):
    assert log_in(client, adviseur.email)["Location"] == reverse("accounts:profile")
    assert log_in(Client(), beheerder.email)["Location"] == reverse("accounts:colleagues")


@pytest.mark.asvs("6.3.8")
@pytest.mark.parametrize("email", ["bekend", "niemand@voorbeeld.nl"])
def test_known_and_unknown_addresses_get_the_same_answer(client, indiener, email):
    response = log_in(client, indiener.email if email == "bekend" else email, "niet het goede wachtwoord")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Het e-mailadres of wachtwoord klopt niet. Probeer het opnieuw." in page
    assert "<title>Fout: " in page
    assert "niet het goede" not in page


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("", "", "Vul uw e-mailadres in."),
        ("x@voorbeeld.nl", "", "Vul uw wachtwoord in."),
        ("geen adres", PASSWORD, "Vul een e-mailadres in zoals"),
        ("<script>alert(1)</script>@x.nl", PASSWORD, "Vul een e-mailadres in zoals"),
        ("a\x00b@voorbeeld.nl", PASSWORD, "teken in dat wij niet kunnen lezen"),
        ("x@voorbeeld.nl", "met \x00 erin en lang genoeg", "teken in dat wij niet kunnen lezen"),
        ("\u202ex@voorbeeld.nl", PASSWORD, ""),
        ("🦊@voorbeeld.nl", "🦊" * 20, ""),
        ("x@" + "y" * 400 + ".nl", PASSWORD, ""),
        ("x@voorbeeld.nl", "w" * 100_000, "klopt niet"),
    ],
)
def test_bad_input_gets_an_answer_in_words(client, indiener, email, password, words):
    response = log_in(client, email, password)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert "<script>alert" not in response.content.decode()


@pytest.mark.asvs("6.3.1")
def test_after_five_wrong_passwords_it_has_to_wait_but_only_there(client, indiener):
    for _attempt in range(5):
        log_in(client, indiener.email, "een verkeerd wachtwoord")
    assert "te vaak geprobeerd" in log_in(client, indiener.email).content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert log_in(elsewhere, indiener.email).status_code == 302


def test_after_logging_in_one_comes_back_to_the_step(client, indiener):
    wanted = reverse("accounts:colleagues") + "?pagina=2"
    response = client.get(wanted)
    assert response["Location"] == f"{LOGIN}?next=/organisatie/collegas/%3Fpagina%3D2"
    page = client.get(response["Location"]).content.decode()
    assert 'name="next" value="/organisatie/collegas/?pagina=2"' in page
    assert log_in(client, indiener.email, next=wanted)["Location"] == wanted


@pytest.mark.asvs("1.2.2")
@pytest.mark.parametrize(
    "target", ["https://kwaad.example/", "//kwaad.example", "\\\\kwaad.example", "javascript:alert(1)"]
)
def test_next_never_leads_away(client, indiener, target):
    assert log_in(client, indiener.email, next=target)["Location"] == reverse("accounts:organization")


def test_who_has_no_role_any_more_can_not_log_in(client, indiener):
    Membership.objects.filter(user=indiener.user_id).update(ended_at=STARTED_AT, ended_by=indiener.user_id)
    response = log_in(client, indiener.email)
    assert response["Location"] == reverse("account_inactive")
    assert "U kunt niet inloggen" in client.get(response["Location"]).content.decode()
    assert client.get(reverse("accounts:profile"))["Location"].startswith(LOGIN)


@pytest.mark.asvs("7.4.2")
def test_who_was_stopped_can_not_log_in_and_is_out_at_once(client, indiener):
    log_in(client, indiener.email)
    User.objects.filter(pk=indiener.user_id).update(is_active=False)
    assert client.get(reverse("accounts:profile"))["Location"].startswith(LOGIN)
    assert log_in(Client(), indiener.email)["Location"] == reverse("account_inactive")


@pytest.mark.asvs("8.3.2")
def test_a_role_taken_away_is_gone_with_the_next_click(log_in, indiener):
    browser = log_in(indiener)
    assert browser.get(reverse("accounts:profile")).status_code == 200
    Membership.objects.filter(user=indiener.user_id).update(ended_at=STARTED_AT, ended_by=indiener.user_id)
    assert browser.get(reverse("accounts:profile"))["Location"].startswith(LOGIN)
    assert "sessie" not in browser.cookies or not browser.session.get("_auth_user_id")


@pytest.mark.asvs("7.2.4")
def test_the_session_gets_a_new_key_at_login(client, indiener):
    client.get(reverse("accounts:profile"))
    client.post(reverse("accounts:profile"), {"full_name": "x"})
    before = client.session.session_key
    log_in(client, indiener.email)
    assert client.session.session_key != before


def test_logging_out_is_a_post(log_in, indiener):
    browser = log_in(indiener)
    assert "Wilt u uitloggen?" in browser.get("/uitloggen/").content.decode()
    assert browser.get(reverse("accounts:profile")).status_code == 200
    assert browser.post("/uitloggen/")["Location"] == "/"
    assert browser.get(reverse("accounts:profile"))["Location"].startswith(LOGIN)


@pytest.mark.asvs("6.3.8")
@pytest.mark.parametrize("known", [True, False])
def test_asking_for_a_new_password_says_the_same_to_everybody(client, indiener, mails, known):
    address = indiener.email if known else "niemand@voorbeeld.nl"
    response = client.post("/wachtwoord-vergeten/", {"email": address})
    assert response["Location"] == reverse("account_reset_password_done")
    assert "Kijk in uw mail" in client.get(response["Location"]).content.decode()
    (mail,) = mails()
    assert mail.to == [address]
    assert ("/wachtwoord-vergeten/" in mail.body) is known


@pytest.mark.asvs("6.3.7", "7.4.3")
def test_a_new_password_by_the_link_in_the_mail(client, indiener, mails, log_in):
    elsewhere = log_in(indiener)
    client.post("/wachtwoord-vergeten/", {"email": indiener.email})
    link = re.search(r"http://testserver(/wachtwoord-vergeten/\S+)", mails()[0].body)[1]
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    assert "Minstens 15 tekens" in page.content.decode()
    refused = client.post(form, {"password1": "Wachtwoord123456"})
    assert "makkelijk te raden" in refused.content.decode()
    done = client.post(form, {"password1": NEW})
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert "U kunt nu inloggen" in client.get(done["Location"]).content.decode()
    assert "is gewijzigd op" in mails()[1].body
    assert NEW not in mails()[1].body
    assert "werkt niet meer" in Client().get(link).content.decode()
    assert elsewhere.get(reverse("accounts:profile"))["Location"].startswith(LOGIN)
    assert queries.user(indiener.user_id).check_password(NEW)


@pytest.mark.parametrize("link", ["/wachtwoord-vergeten/x-onzin/", "/wachtwoord-vergeten/zzzzzzzzzzzzzzzz-a-b/"])
def test_a_made_up_link_does_nothing(client, db, link):
    assert "werkt niet meer" in client.get(link).content.decode()


@pytest.mark.asvs("6.3.7", "7.4.3", "7.5.1")
def test_changing_the_password_ends_other_sessions(log_in, indiener, mails):
    here, elsewhere = log_in(indiener), log_in(indiener)
    url = "/profiel/wachtwoord/"
    assert "niet uw huidige" in here.post(url, {"oldpassword": "fout", "password1": NEW}).content.decode()
    short = here.post(url, {"oldpassword": PASSWORD, "password1": "kort"}).content.decode()
    assert "Gebruik minstens 15 tekens. U heeft er nu 4." in short
    assert here.post(url, {"oldpassword": PASSWORD, "password1": NEW})["Location"] == reverse("accounts:profile")
    assert "Uw wachtwoord is gewijzigd." in here.get(reverse("accounts:profile")).content.decode()
    assert elsewhere.get(reverse("accounts:profile"))["Location"].startswith(LOGIN)
    assert [mail.subject for mail in mails()] == ["Uw wachtwoord is gewijzigd"]


@pytest.mark.asvs("6.2.5", "6.2.8")
@pytest.mark.parametrize(
    "password", ["<>/\"'&\\ mogen gewoon mee", "🦊🐝🌷🐢🎈🧊🌵🥨🛶🧭🦊🐝🌵🐢", " spaties voor en achter "]
)
def test_any_character_counts_and_nothing_is_cut(client, provider, password):
    user = person(Role.LEZER, organization=provider, password=password)
    assert log_in(client, user.email, password.strip() + "x").status_code == 200
    assert log_in(client, user.email, password).status_code == 302


@pytest.mark.asvs("6.2.8")
def test_passwords_that_differ_at_the_end_differ(client, provider):
    user = person(Role.LEZER, organization=provider, password="a" * 199 + "b" * 57)
    assert log_in(client, user.email, "a" * 199 + "b" * 56).status_code == 200
    assert log_in(client, user.email, "a" * 199 + "b" * 57).status_code == 302


@pytest.mark.asvs("6.3.4")
def test_there_is_no_sign_up(client, db):
    from django.urls import NoReverseMatch

    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert UserFactory._meta.model.objects.count() == 0
    assert client.post("/inloggen/signup/", {"email": "x@voorbeeld.nl"}).status_code == 404


@pytest.mark.asvs("2.4.1")
def test_too_many_requests_get_a_page_in_words(client, db):
    for _request in range(5):
        client.post("/wachtwoord-vergeten/", {"email": "niemand@voorbeeld.nl"})
    response = client.post("/wachtwoord-vergeten/", {"email": "niemand@voorbeeld.nl"})
    assert response.status_code == 429
    assert "Even wachten" in response.content.decode()
