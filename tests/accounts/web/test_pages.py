"""The pages of people and organisations, with good and with bad input."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts import queries
from accounts.domain.roles import Role
from accounts.models import Invitation, Location, User
from tests.accounts.web.seen import post_seen, shown
from tests.factories.accounts import PASSWORD, InvitationFactory, LocationFactory, MembershipFactory, person
from tests.factories.logging_in import set_up_app

pytestmark = pytest.mark.django_db
NASTY = [
    "<script>alert(1)</script>",
    "🦊 & Co",
    "a\x00b",
    "\u202eachteruit",
    "x" * 5000,
    "'; DROP TABLE accounts_user; --",
    "{{ 7*7 }}{% debug %}",
    "\r\nBcc: iedereen@voorbeeld.nl",
]


PROVIDER = {
    "agb_code": "22 98 00 01",
    "kvk_number": "90009999",
    "vecozo_certificate": "no",
    "street": "Dorpsstraat 1",
    "postcode": "2345cd",
    "city": "Elders",
    "phone": "+31 (0)10 765-4321",
}


def test_the_manager_keeps_the_data_of_the_organization(log_in, organisatiebeheerder):
    browser = log_in(organisatiebeheerder)
    assert post_seen(browser, reverse("accounts:organization-change"), **PROVIDER).status_code == 302
    page = browser.get(reverse("accounts:organization")).content.decode()
    for words in ("22980001", "90009999", "Nee", "Dorpsstraat 1", "2345 CD Elders", "+31 (0)10 765-4321"):
        assert words in page
    assert queries.organization(organisatiebeheerder.organization_id).vecozo_certificate is False


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("agb_code", "", "Vul de AGB-code van uw instelling in."),
        ("agb_code", "1234567", "Een AGB-code heeft 8 cijfers. U vulde er 7 in."),
        ("agb_code", "٠١٢٣٤٥٦٧", "8 cijfers"),
        ("kvk_number", "abc", "8 cijfers"),
        ("vecozo_certificate", "", "Kies of uw organisatie een VECOZO-certificaat heeft."),
        ("vecozo_certificate", "misschien", "Kies een antwoord uit de lijst."),
        ("postcode", "12345", "Een postcode ziet er zo uit: 1234 AB."),
        ("phone", "bel maar", "Vul een telefoonnummer in zoals 010 123 45 67."),
        ("phone", "123", "Vul een telefoonnummer in zoals 010 123 45 67."),
        ("street", "x" * 121, "1 teken te lang"),
        ("city", "a\x00b", "teken dat wij niet kunnen lezen"),
    ],
)
def test_bad_data_is_refused_at_the_field_and_kept_as_typed(log_in, organisatiebeheerder, field, typed, words):
    browser = log_in(organisatiebeheerder)
    response = post_seen(browser, reverse("accounts:organization-change"), **{**PROVIDER, field: typed})
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "<title>Fout: " in page
    assert "Dorpsstraat 1" in page or field == "street"


def test_a_code_of_another_organization_is_refused_at_the_field(log_in, organisatiebeheerder, other_provider):
    browser = log_in(organisatiebeheerder)
    url = reverse("accounts:organization-change")
    response = post_seen(browser, url, **{**PROVIDER, "agb_code": other_provider.agb_code})
    assert "hoort al bij een andere organisatie" in response.content.decode()


def test_two_tabs_never_overwrite_each_other_silently(log_in, organisatiebeheerder):
    browser = log_in(organisatiebeheerder)
    url = reverse("accounts:organization-change")
    seen = shown(browser.get(url), "seen")
    browser.post(url, {"seen": seen, **PROVIDER, "city": "Eerst"})
    second = browser.post(url, {"seen": seen, **PROVIDER, "city": "Tweede"})
    assert "intussen gewijzigd" in second.content.decode()
    assert 'value="Tweede"' in second.content.decode()
    assert queries.organization(organisatiebeheerder.organization_id).city == "Eerst"
    assert browser.post(url, {"seen": shown(second, "seen"), **PROVIDER, "city": "Tweede"}).status_code == 302
    assert queries.organization(organisatiebeheerder.organization_id).city == "Tweede"


def test_an_insurer_fills_in_its_own_code(log_in, beheerder):
    browser = log_in(beheerder)
    url = reverse("accounts:organization-change")
    assert "VECOZO" not in browser.get(url).content.decode()
    data = {"uzovi": "0211", "kvk_number": "", "street": "", "postcode": "", "city": "", "phone": ""}
    assert post_seen(browser, url, **data).status_code == 302
    assert "0211" in browser.get(reverse("accounts:organization")).content.decode()


@pytest.mark.asvs("15.3.3")
def test_more_fields_than_the_form_has_change_nothing(log_in, organisatiebeheerder, provider):
    extra = {"kind": "insurer", "name": "Gekaapt", "id": "1", "uzovi": "9999"}
    post_seen(log_in(organisatiebeheerder), reverse("accounts:organization-change"), **PROVIDER, **extra)
    kept = queries.organization(provider.pk)
    assert (kept.kind, kept.name, kept.uzovi) == ("provider", provider.name, "")


def test_locations_from_begin_to_end(log_in, organisatiebeheerder):
    browser = log_in(organisatiebeheerder)
    data = {"name": "Noord", "street": "Weg 2", "postcode": "1234 AB", "city": "Stad", "agb_code": ""}
    assert browser.post(reverse("accounts:location-add"), data).status_code == 302
    again = browser.post(reverse("accounts:location-add"), data)
    assert "heeft al een locatie met deze naam" in again.content.decode()
    location = Location.objects.get()
    url = reverse("accounts:location-change", args=[location.pk])
    assert post_seen(browser, url, **{**data, "name": "Noordwest"}).status_code == 302
    assert "Noordwest" in browser.get(reverse("accounts:organization")).content.decode()
    stop = reverse("accounts:location-stop", args=[location.pk])
    assert "Stoppen met Noordwest?" in browser.get(stop).content.decode()
    assert browser.post(stop).status_code == 302
    assert browser.post(stop).status_code == 404  # a double click: it is gone
    assert "Nog geen locaties" in browser.get(reverse("accounts:organization")).content.decode()


def test_a_location_changed_elsewhere_or_to_a_taken_name(log_in, organisatiebeheerder, provider):
    LocationFactory(organization=provider, name="Zuid")
    url = reverse("accounts:location-change", args=[LocationFactory(organization=provider, name="Noord").pk])
    browser = log_in(organisatiebeheerder)
    data = {"name": "Zuid", "street": "", "postcode": "", "city": "", "agb_code": ""}
    assert "heeft al een locatie" in post_seen(browser, url, **data).content.decode()
    assert "intussen gewijzigd" in browser.post(url, {**data, "name": "Oost", "seen": "oud"}).content.decode()


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_texts_are_text(log_in, organisatiebeheerder, nasty):
    browser = log_in(organisatiebeheerder)
    location = {"name": nasty, "street": nasty, "postcode": nasty, "city": nasty, "agb_code": nasty}
    invite = {"full_name": nasty, "email": nasty, "roles": [nasty]}
    profile = {"full_name": nasty, "profession": nasty, "big_number": nasty, "agb_code": nasty, "phone": nasty}
    for name, data in (("location-add", location), ("invite", invite), ("profile", profile)):
        response = browser.post(reverse(f"accounts:{name}"), data)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


@pytest.mark.asvs("1.2.1")
def test_a_name_is_of_letters_and_shown_as_typed(log_in, organisatiebeheerder):
    browser = log_in(organisatiebeheerder)
    for name in ("<b>Jan</b>", "Jan 🦊", "12"):
        page = post_seen(browser, reverse("accounts:profile"), full_name=name).content.decode()
        assert "Vul de naam in met letters." in page
        assert f'value="{name.replace("<", "&lt;").replace(">", "&gt;")}"' in page
    name = "{{ 7*7 }} O'Brien-de Vries"
    assert post_seen(browser, reverse("accounts:profile"), full_name=name).status_code == 302
    assert "{{ 7*7 }} O&#x27;Brien-de Vries" in browser.get(reverse("accounts:colleagues")).content.decode()


def test_a_doubtful_big_number_is_kept_with_a_warning(log_in, behandelaar):
    browser = log_in(behandelaar)
    url = reverse("accounts:profile")
    assert post_seen(browser, url, full_name="Bram", big_number="2800 0000 000").status_code == 302
    assert "lijkt niet te kloppen" in browser.get(url).content.decode()
    assert queries.user(behandelaar.user_id).big_number == "28000000000"
    refused = post_seen(browser, url, full_name="Bram", big_number="1901234567").content.decode()
    assert "Het BIG-nummer heeft 11 cijfers. U vulde er 10 in." in refused


def test_shortcuts_can_be_switched_off(log_in, adviseur):
    browser = log_in(adviseur)
    post_seen(browser, reverse("accounts:profile"), full_name="Noor Adviseur")
    assert queries.user(adviseur.user_id).shortcuts_on is False


def test_a_profile_changed_in_two_tabs(log_in, indiener):
    browser = log_in(indiener)
    response = browser.post(reverse("accounts:profile"), {"full_name": "Nieuw", "seen": "oud"})
    assert "intussen gewijzigd" in response.content.decode()
    assert queries.user(indiener.user_id).full_name == "Ilse Indiener"


def test_only_who_works_at_two_places_is_offered_a_choice(log_in, indiener, provider, other_provider):
    link = reverse("accounts:choose-organization")
    assert link not in log_in(indiener).get(reverse("accounts:profile")).content.decode()
    MembershipFactory(
        user_id=indiener.user_id, organization=other_provider, role="lezer", started_by_id=indiener.user_id
    )
    assert link in log_in(indiener).get(reverse("accounts:profile")).content.decode()


def test_colleagues_see_each_other_but_no_invitations(log_in, organisatiebeheerder, indiener, provider):
    InvitationFactory(organization=provider, full_name="Gerda Genodigd")
    page = log_in(indiener).get(reverse("accounts:colleagues")).content.decode()
    assert "Olga Organisatie" in page and "Organisatiebeheerder" in page
    assert "Gerda Genodigd" not in page and "Verwijder" not in page
    page = log_in(organisatiebeheerder).get(reverse("accounts:colleagues")).content.decode()
    assert "Gerda Genodigd" in page and "Verwijder" in page


def test_the_list_of_colleagues_has_a_fixed_number_of_queries(
    log_in, organisatiebeheerder, provider, django_assert_num_queries
):
    browser = log_in(organisatiebeheerder)
    url = reverse("accounts:colleagues")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        browser.get(url)
    for _number in range(10):
        person(Role.LEZER, Role.INDIENER, organization=provider)
        InvitationFactory(organization=provider)
    with django_assert_num_queries(len(few)):
        browser.get(url)


INVITE = {"full_name": "Gerda Vos", "email": "Gerda@voorbeeld.nl", "roles": ["indiener", "lezer"]}


@pytest.fixture
def link(log_in, organisatiebeheerder, mails):
    """Return the path of the page in the mail to somebody who was just invited."""
    response = log_in(organisatiebeheerder).post(reverse("accounts:invite"), INVITE)
    assert response["Location"] == reverse("accounts:colleagues")
    return re.search(r"https?://[^/\s]+(/uitnodiging/\S+/)", mails()[-1].body)[1]


def test_the_link_is_shown_to_nobody_but_the_invited_person(link, log_in, organisatiebeheerder):
    page = log_in(organisatiebeheerder).get(reverse("accounts:colleagues")).content.decode()
    assert "Gerda Vos" in page
    assert link.split("/")[2] not in page


def test_from_invitation_to_work(link, client):
    page = client.get(link).content.decode()
    assert "Olga Organisatie nodigt u uit om te werken voor Revalidatie De Esdoorn" in page
    assert 'value="Gerda Vos"' in page
    weak = client.post(link, {"full_name": "Gerda Vos", "password": "gerda vos esdoorn"})
    assert "makkelijk te raden" in weak.content.decode()
    done = client.post(link, {"full_name": "Gerda Vos", "password": PASSWORD})
    assert done["Location"] == "/inloggen/"
    assert "Uw account is klaar" in client.get(done["Location"]).content.decode()
    assert client.post("/inloggen/", {"login": "gerda@voorbeeld.nl", "password": PASSWORD}).status_code == 302
    assert client.get(reverse("accounts:profile"))["Location"] == reverse("mfa_index")
    set_up_app(client)
    assert "indiener" in client.get(reverse("accounts:profile")).content.decode()


def test_a_double_click_makes_one_account(link, client):
    for expected in (302, 200):
        response = client.post(link, {"full_name": "Gerda Vos", "password": PASSWORD})
        assert response.status_code == expected
    assert "al gebruikt" in response.content.decode()
    assert User.objects.filter(email="gerda@voorbeeld.nl").count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"full_name": ""}, "Vul uw naam in."),
        ({"full_name": "Gerda", "password": ""}, "Kies een wachtwoord."),
        ({"full_name": "Gerda", "password": "kort"}, "minstens 15 tekens"),
        ({"full_name": "Gerda", "password": "n\x00l in een lang wachtwoord"}, "niet kunnen lezen"),
        ({"full_name": "x" * 151, "password": PASSWORD}, "1 teken te lang"),
        ({"full_name": "Gerda", "password": "nooit" * 100}, "hoogstens 256 tekens"),
    ],
)
def test_bad_input_while_accepting(link, client, data, words):
    response = client.post(link, data)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not User.objects.filter(email="gerda@voorbeeld.nl").exists()


@pytest.mark.parametrize("secret", ["onzin", "%00", "🦊", "x" * 3000])
def test_a_made_up_link_says_so(client, db, secret):
    response = client.get(f"/uitnodiging/{secret}/")
    assert "werkt niet" in response.content.decode()


def test_somebody_with_an_account_logs_in_first(log_in, organisatiebeheerder, other_indiener, lezer, mails, provider):
    invite = {**INVITE, "email": other_indiener.email}
    log_in(organisatiebeheerder).post(reverse("accounts:invite"), invite)
    link = re.search(r"https?://[^/\s]+(/uitnodiging/\S+/)", mails()[-1].body)[1]
    stranger = Client().get(link).content.decode()
    assert f"/inloggen/?next={link}" in stranger
    assert "u bent nu ingelogd met" in log_in(lezer).get(link).content.decode().lower()
    assert "ander e-mailadres" in log_in(lezer).post(link).content.decode()
    browser = log_in(other_indiener)
    assert "Neem de uitnodiging aan" in browser.get(link).content.decode()
    assert browser.post(link).status_code == 302
    assert provider.name in browser.get(reverse("accounts:organization")).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"full_name": ""}, "Vul de naam van uw collega in."),
        ({"email": ""}, "Vul het e-mailadres van uw collega in."),
        ({"email": "geen adres"}, "Vul een e-mailadres in zoals"),
        ({"email": "x" * 250 + "@voorbeeld.nl"}, "te lang"),
        ({"email": "jan@vöörbeeld.nl"}, "zonder bijzondere letters"),
        ({"roles": []}, "Kies minstens 1 rol."),
        ({"roles": ["medisch_adviseur"]}, "Kies alleen rollen uit de lijst."),
    ],
)
def test_a_bad_invitation_is_refused_at_the_field(log_in, organisatiebeheerder, changed, words, mails):
    response = log_in(organisatiebeheerder).post(reverse("accounts:invite"), {**INVITE, **changed})
    assert words in response.content.decode()
    assert not Invitation.objects.exists() and not mails()


def test_the_manager_reads_that_an_earlier_invitation_ended(log_in, organisatiebeheerder):
    client = log_in(organisatiebeheerder)
    said = [client.post(reverse("accounts:invite"), INVITE, follow=True).content.decode() for _ in range(2)]
    assert ["De vorige uitnodiging werkt niet meer." in page for page in said] == [False, True]


def test_a_colleague_is_not_invited_twice(log_in, organisatiebeheerder, indiener):
    response = log_in(organisatiebeheerder).post(reverse("accounts:invite"), {**INVITE, "email": indiener.email})
    assert "werkt al bij uw organisatie" in response.content.decode()


def test_an_invitation_is_sent_again_or_withdrawn(link, log_in, organisatiebeheerder, client, mails):
    browser = log_in(organisatiebeheerder)
    again = reverse("accounts:invitation-resend", args=[Invitation.objects.get().pk])
    assert browser.post(again)["Location"] == reverse("accounts:colleagues")
    assert len(mails()) == 2
    assert "Er is een nieuwe uitnodiging." in client.get(link).content.decode()
    newest = Invitation.objects.get(withdrawn_at=None)
    assert browser.post(reverse("accounts:invitation-withdraw", args=[newest.pk])).status_code == 302
    assert not Invitation.objects.filter(withdrawn_at=None).exists()
    assert "ingetrokken" in client.get(link).content.decode()


def test_resending_to_who_became_a_colleague_says_so(log_in, organisatiebeheerder, indiener, provider):
    waiting = InvitationFactory(organization=provider, email=indiener.email)
    page = log_in(organisatiebeheerder).post(reverse("accounts:invitation-resend", args=[waiting.pk]), follow=True)
    assert "werkt al bij uw organisatie" in page.content.decode()


def test_an_expired_invitation_is_marked(log_in, organisatiebeheerder, provider):
    InvitationFactory(organization=provider)
    assert "Verlopen" in log_in(organisatiebeheerder).get(reverse("accounts:colleagues")).content.decode()
