"""Who may change whose roles, on the pages of colleagues."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from accounts.models import Invitation, Membership
from accounts.services.invitations import hash_of
from tests.accounts.web.seen import post_seen
from tests.factories.accounts import InvitationFactory, person

pytestmark = pytest.mark.django_db
INVITE = {"full_name": "Gerda Vos", "email": "Gerda@voorbeeld.nl", "roles": ["indiener", "lezer"]}


def test_roles_are_changed_and_a_colleague_removed(log_in, organisatiebeheerder, indiener):
    browser = log_in(organisatiebeheerder)
    theirs = log_in(indiener)
    url = reverse("accounts:colleague-roles", args=[indiener.user_id])
    assert post_seen(browser, url, roles=["lezer"]).status_code == 302
    assert "Uw rol: lezer." in theirs.get(reverse("accounts:profile")).content.decode()
    stale = browser.post(url, {"seen": "indiener", "roles": ["behandelaar"]})
    assert "intussen" in stale.content.decode()
    remove = reverse("accounts:colleague-remove", args=[indiener.user_id])
    assert "Ilse Indiener verwijderen?" in browser.get(remove).content.decode()
    assert browser.post(remove).status_code == 302
    assert browser.post(remove).status_code == 404
    assert theirs.get(reverse("accounts:profile"))["Location"].startswith("/inloggen/")


def test_the_last_manager_reads_why_not(log_in, organisatiebeheerder):
    browser = log_in(organisatiebeheerder)
    url = reverse("accounts:colleague-remove", args=[organisatiebeheerder.user_id])
    for remove in (browser.get(url).content.decode(), browser.post(url).content.decode()):
        assert "de enige organisatiebeheerder" in remove
        assert "Olga Organisatie verwijderen kan niet" in remove and "Verwijder deze collega" not in remove
    url = reverse("accounts:colleague-roles", args=[organisatiebeheerder.user_id])
    roles = post_seen(browser, url, roles=["lezer"])
    assert "de enige organisatiebeheerder" in roles.content.decode()


def test_the_own_second_step_is_not_taken_away_among_colleagues(log_in, organisatiebeheerder):
    page = log_in(organisatiebeheerder).get(
        reverse("accounts:colleague-reset-factor", args=[organisatiebeheerder.user_id])
    )
    assert "Uw eigen tweede stap wijzigt u in uw profiel." in page.content.decode()
    assert "Haal de tweede stap weg" not in page.content.decode()


def test_the_own_roles_are_changed_by_another_manager(log_in, beheerder):
    browser = log_in(beheerder)
    url = reverse("accounts:colleague-roles", args=[beheerder.user_id])
    page = browser.get(url).content.decode()
    assert "Uw eigen rollen wijzigt een andere beheerder." in page
    assert 'name="roles"' not in page
    refused = browser.post(url, {"seen": "beheerder", "roles": ["beheerder", "medisch_adviseur"]})
    assert "Uw eigen rollen wijzigt een andere beheerder." in refused.content.decode()
    assert [one.role for one in Membership.objects.filter(user=beheerder.user_id)] == ["beheerder"]


def test_who_manages_a_practice_alone_reads_that_the_log_tells(log_in, organisatiebeheerder, provider):
    browser = log_in(organisatiebeheerder)
    url = reverse("accounts:colleague-roles", args=[organisatiebeheerder.user_id])
    page = browser.get(url).content.decode()
    assert "U bent de enige organisatiebeheerder" in page and 'value="logbeheerder"' not in page
    assert post_seen(browser, url, roles=["organisatiebeheerder", "behandelaar"]).status_code == 302
    person(Role.ORGANISATIEBEHEERDER, organization=provider)
    assert 'name="roles"' not in browser.get(url).content.decode(), "now there is somebody else to ask"
    late = {"seen": "organisatiebeheerder behandelaar", "roles": ["organisatiebeheerder", "lezer"]}
    assert "een andere beheerder" in browser.post(url, late).content.decode()


@pytest.mark.parametrize("page", ["invite", "colleague-roles"])
def test_a_logbeheerder_gets_no_other_role(log_in, organisatiebeheerder, indiener, page):
    url = reverse(f"accounts:{page}", args=[indiener.user_id] if page == "colleague-roles" else [])
    sent = {**INVITE, "seen": "indiener", "roles": ["logbeheerder", "lezer"]}
    refused = log_in(organisatiebeheerder).post(url, sent)
    assert "Een logbeheerder ziet zelf geen stukken en heeft geen andere rol." in refused.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_that_fits_no_more_says_so(log_in, indiener, provider):
    waiting = InvitationFactory(organization=provider, email=indiener.email, roles=["logbeheerder"])
    Invitation.objects.filter(pk=waiting.pk).update(
        token_hash=hash_of("geheim"), expires_at=timezone.now() + timedelta(days=1)
    )
    page = log_in(indiener).post(reverse("accounts:invitation", args=["geheim"]))
    assert page.status_code == 200 and "geen andere rol" in page.content.decode()


def test_a_manager_may_leave_when_there_is_another(log_in, organisatiebeheerder, provider):
    person(Role.ORGANISATIEBEHEERDER, organization=provider)
    browser = log_in(organisatiebeheerder)
    left = browser.post(reverse("accounts:colleague-remove", args=[organisatiebeheerder.user_id]))
    assert left["Location"] == "/"
    assert browser.get(reverse("accounts:profile"))["Location"].startswith("/inloggen/")
