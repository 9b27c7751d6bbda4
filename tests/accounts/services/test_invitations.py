import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts import queries
from accounts.domain.roles import Role
from accounts.models import Invitation, Membership, User
from accounts.services import invitations, mail
from tests.factories.accounts import PASSWORD, UserFactory, person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LINK = "https://portaal.example/uitnodiging/"


@pytest.fixture
def sent():
    """Return the mails that were asked for."""
    asked = []

    def receive(**wish):
        asked.append(wish)

    mail.mail_wanted.connect(receive)
    yield asked
    mail.mail_wanted.disconnect(receive)


@pytest.fixture
def invited(organisatiebeheerder, sent):
    """Return a function that invites somebody and gives the secret from the mail."""

    def invite(email="gerda@voorbeeld.nl", roles=(Role.INDIENER, Role.LEZER), by=organisatiebeheerder, now=NOW):
        invitations.invite(
            by=by, email=email, full_name="Gerda Nieuw", roles=roles, link_to=lambda secret: LINK + secret, now=now
        )
        return re.search(LINK + r"(\S+)", sent[-1]["body"])[1]

    return invite


def test_the_invited_person_gets_a_mail_with_who_for_what_and_until_when(invited, sent):
    invited(email="Gerda@Voorbeeld.nl ")
    wish = sent[0]
    assert wish["to"] == ["gerda@voorbeeld.nl"]
    for words in ("Olga Organisatie", "Revalidatie De Esdoorn", "lezer, indiener", "6 december 2026", LINK):
        assert words in wish["body"]


@pytest.mark.parametrize("known", [True, False])
def test_who_has_an_account_is_not_asked_to_make_one(invited, sent, known):
    if known:
        UserFactory(email="gerda@voorbeeld.nl")
    invited()
    assert ("Maak uw account" in sent[0]["body"]) == (not known)
    assert ("U heeft al een account" in sent[0]["body"]) == known


@pytest.mark.asvs("11.5.1")
def test_the_secret_is_long_and_only_its_hash_is_kept(invited):
    secret = invited()
    invitation = Invitation.objects.get()
    assert len(secret) * 6 >= 128
    assert invitation.token_hash == invitations.hash_of(secret)
    assert secret not in str(vars(invitation))


def test_an_account_begins_with_an_invitation(invited, organisatiebeheerder):
    user = invitations.accept_as_new(secret=invited(), full_name="Gerda Vos", password=PASSWORD, now=NOW)
    actor = queries.actor_of(user)
    assert (actor.name, actor.email) == ("Gerda Vos", "gerda@voorbeeld.nl")
    assert actor.roles == {Role.LEZER, Role.INDIENER}
    assert user.check_password(PASSWORD)
    started = Membership.objects.filter(user=user).values_list("started_by", "started_at").distinct()
    assert list(started) == [(organisatiebeheerder.user_id, NOW)]


def test_an_invitation_works_once(invited):
    secret = invited()
    invitations.accept_as_new(secret=secret, full_name="Gerda", password=PASSWORD, now=NOW)
    with pytest.raises(invitations.Unusable, match="al gebruikt"):
        invitations.accept_as_new(secret=secret, full_name="Gerda", password=PASSWORD, now=NOW)
    assert User.objects.filter(email="gerda@voorbeeld.nl").count() == 1


@pytest.mark.parametrize(
    ("later", "usable"), [(timedelta(days=14) - timedelta(seconds=1), True), (timedelta(days=14), False)]
)
def test_an_invitation_is_valid_for_14_days(invited, later, usable):
    secret = invited()
    if usable:
        assert invitations.usable(secret=secret, now=NOW + later).email == "gerda@voorbeeld.nl"
    else:
        with pytest.raises(invitations.Unusable, match="niet meer geldig"):
            invitations.usable(secret=secret, now=NOW + later)


def test_a_new_invitation_ends_the_earlier_one(invited):
    first, second = invited(), invited()
    with pytest.raises(invitations.Unusable, match="Er is een nieuwe uitnodiging"):
        invitations.usable(secret=first, now=NOW)
    assert invitations.usable(secret=second, now=NOW)


def test_a_withdrawn_invitation_can_not_be_used(invited, organisatiebeheerder):
    secret = invited()
    for _twice in range(2):
        invitations.withdraw(by=organisatiebeheerder, invitation_id=Invitation.objects.get().pk, now=NOW)
    with pytest.raises(invitations.Unusable, match="ingetrokken"):
        invitations.usable(secret=secret, now=NOW)


def test_another_organization_can_not_withdraw_it(invited, other_organisatiebeheerder):
    secret = invited()
    invitations.withdraw(by=other_organisatiebeheerder, invitation_id=Invitation.objects.get().pk, now=NOW)
    assert invitations.usable(secret=secret, now=NOW)


@pytest.mark.parametrize("secret", ["", "onzin", "x" * 5000, "🦊", "\x00"])
def test_a_made_up_secret_is_refused(db, secret):
    with pytest.raises(invitations.Unusable, match="klopt niet"):
        invitations.usable(secret=secret, now=NOW)


@pytest.mark.parametrize(
    "password", ["te kort", "Wachtwoord123456", "Gerda Vos Esdoorn 1", "gerda@voorbeeld.nl", "Revalidatie De Esdoorn"]
)
def test_a_password_that_everybody_would_try_is_refused(invited, password):
    with pytest.raises(invitations.WeakPassword):
        invitations.accept_as_new(secret=invited(), full_name="Gerda Vos", password=password, now=NOW)
    assert not User.objects.filter(email="gerda@voorbeeld.nl").exists()


def test_somebody_with_an_account_adds_an_organization(invited, other_indiener):
    secret = invited(email=other_indiener.email)
    with pytest.raises(invitations.Unusable, match="al een account"):
        invitations.accept_as_new(secret=secret, full_name="Nep", password=PASSWORD, now=NOW)
    user = invitations.accept(secret=secret, user_id=other_indiener.user_id, now=NOW)
    assert len(queries.actor_of(user).works_for) == 2


def test_an_invitation_for_somebody_else_is_refused(invited, other_indiener):
    with pytest.raises(invitations.Unusable, match="ander e-mailadres"):
        invitations.accept(secret=invited(), user_id=other_indiener.user_id, now=NOW)


@pytest.mark.parametrize("roles", [[Role.MEDISCH_ADVISEUR], [Role.LEZER, Role.BEHEERDER], []])
def test_a_provider_gives_only_its_own_roles(invited, roles):
    with pytest.raises(invitations.NotAllowed):
        invited(roles=roles)
    assert not Invitation.objects.exists()


def test_an_insurer_invites_for_itself(invited, beheerder):
    secret = invited(by=beheerder, roles=[Role.MEDISCH_ADVISEUR])
    assert invitations.usable(secret=secret, now=NOW).organization_id == beheerder.organization_id


def test_only_the_manager_invites(invited, indiener, sent):
    with pytest.raises(invitations.NotAllowed, match="organisatiebeheerder"):
        invited(by=indiener)
    assert not sent


def test_a_colleague_is_not_invited_again(invited, indiener):
    with pytest.raises(invitations.NotAllowed, match="werkt al"):
        invited(email=indiener.email.upper())


def test_without_anybody_to_carry_the_mail_it_says_so(organisatiebeheerder, monkeypatch):
    monkeypatch.setattr(mail.mail_wanted, "receivers", [])
    mail.mail_wanted.sender_receivers_cache.clear()
    with pytest.raises(mail.NobodyListens):
        mail.ask(to=["a@voorbeeld.nl"], subject="x", body="x", key="x", now=NOW)


def test_the_portal_writes_the_mail_down(organisatiebeheerder):
    from papers.models import Mail

    invitations.invite(
        by=organisatiebeheerder,
        email="gerda@voorbeeld.nl",
        full_name="Gerda",
        roles=[Role.LEZER],
        link_to=lambda secret: LINK + secret,
        now=NOW,
    )
    assert Mail.objects.get().to == ["gerda@voorbeeld.nl"]


def test_someone_whose_roles_all_ended_can_be_invited_again(invited, organisatiebeheerder, provider):
    from accounts.services import colleagues

    former = person(Role.LEZER, organization=provider)
    colleagues.remove(by=organisatiebeheerder, user_id=former.pk, now=NOW)
    invitations.accept(secret=invited(email=former.email), user_id=former.pk, now=NOW)
    assert queries.actor_of(former).roles == {Role.LEZER, Role.INDIENER}


def test_two_people_can_not_share_an_address(invited):
    secret = invited()
    UserFactory(email="gerda@voorbeeld.nl")
    with pytest.raises(invitations.Unusable):
        invitations.accept_as_new(secret=secret, full_name="Gerda", password=PASSWORD, now=NOW)
