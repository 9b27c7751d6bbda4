"""The first person of an organisation."""

import pytest
from django.core import mail as post
from django.core.management import CommandError, call_command

from accounts import queries
from accounts.domain.roles import Role
from papers.models import Mail

pytestmark = pytest.mark.django_db


def begin(*arguments: str) -> None:
    call_command("first_account", *arguments, "bo@voorbeeld.nl", "Bo Eerste")


def role_of(email: str) -> frozenset[Role]:
    user = queries.user_by_email(email)
    assert user
    actor = queries.actor_of(user)
    assert actor
    return actor.roles


def test_an_insurer_gets_its_first_beheerder(insurer, capsys):
    begin(insurer.name)
    assert role_of("bo@voorbeeld.nl") == {Role.BEHEERDER}
    assert "kiest een wachtwoord op http" in capsys.readouterr().out


def test_a_new_provider_comes_with_its_agb_code(db):
    begin("--agb=22999999", "Revalidatie Nieuw")
    assert role_of("bo@voorbeeld.nl") == {Role.ORGANISATIEBEHEERDER}


def test_he_or_she_gets_a_link_for_a_password(insurer, client, django_capture_on_commit_callbacks):
    begin(insurer.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/wachtwoord-vergeten/", {"email": "bo@voorbeeld.nl"})
    assert len(post.outbox) + Mail.objects.count() == 1


@pytest.mark.parametrize(("who", "told"), [("beheerder", "heeft al een beheerder"), ("adviseur", "")])
def test_only_the_first_comes_this_way(request, insurer, who, told):
    request.getfixturevalue(who)
    if told:
        with pytest.raises(CommandError, match=told):
            begin(insurer.name)
    else:
        begin(insurer.name)


def test_an_unknown_organisation_says_what_to_do(db):
    with pytest.raises(CommandError, match="load_policies"):
        begin("Bestaat Niet")


def test_an_address_is_used_once(insurer):
    begin(insurer.name)
    with pytest.raises(CommandError, match="al een account"):
        begin(insurer.name)
