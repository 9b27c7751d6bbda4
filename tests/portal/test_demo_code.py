"""The codes of the demo: they log somebody in, and they don't exist in production."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import queries
from accounts.domain import codes as totp
from accounts.services import factors
from portal.world import codes, people
from tests.factories.logging_in import forget_spent

NOOR = "noor@zk.example"


@pytest.mark.django_db
def test_the_code_of_the_demo_logs_in(world):
    said = StringIO()
    client = Client()
    client.post("/inloggen/", {"login": NOOR, "password": people.PASSWORD})
    forget_spent(NOOR)
    call_command("demo_code", NOOR, stdout=said, stderr=StringIO())
    answer = client.post("/inloggen/code/", {"code": said.getvalue().strip()})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(queries.user_by_email(NOOR).pk)


@pytest.mark.django_db
def test_who_linked_another_app_gets_the_code_of_that_one(world):
    user, secret, said = queries.user_by_email(NOOR), totp.new_secret(), StringIO()
    queries.factors_of(user.pk).delete()
    with pytest.raises(CommandError, match="heeft geen app"):
        call_command("demo_code", NOOR)
    factors.give_app(user=user, secret=secret)
    call_command("demo_code", NOOR, stdout=said, stderr=StringIO())
    step = totp.step_at(timezone.now())
    assert said.getvalue().strip() in {totp.code_at(secret, step), totp.code_at(secret, step - 1)}


@pytest.mark.django_db
def test_nobody_else_has_one():
    with pytest.raises(CommandError, match="woont niet in de demo"):
        call_command("demo_code", "iemand@elders.example")


def test_in_production_there_are_none(settings):
    settings.ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="alleen in de demo"):
        call_command("demo_code", NOOR)
    with pytest.raises(RuntimeError):
        codes.secret_of(NOOR)


def test_the_list_of_accounts_says_how(capsys):
    call_command("demo_accounts")
    assert "scripts/manage demo_code noor@zk.example" in capsys.readouterr().out
