"""The second step as it is kept: closed, usable once, never taken away as the last."""

import threading
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection
from django.utils import timezone

from accounts import queries
from accounts.domain.roles import Role
from accounts.services import factors
from kit.crypto import CannotOpen, new_key
from portal.world import codes as demo
from tests.factories.accounts import actor, person
from tests.factories.logging_in import code_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(provider):
    return person(Role.INDIENER, organization=provider)


def test_a_secret_stands_closed_in_the_database(user):
    RecoveryCodes.activate(user)
    stored = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
    assert demo.secret_of(user.email) not in stored
    assert demo.secret_of(user.email) == factors.unseal(queries.factors_of(user.pk)[0].data["secret"])


@pytest.mark.parametrize("broken", ["", "onzin", "🦊", "A" * 80])
def test_what_can_not_be_opened_is_an_error(broken):
    with pytest.raises(CannotOpen):
        factors.unseal(broken)
    with pytest.raises(CannotOpen):
        factors.unseal(factors.seal("geheim"), "elders")


def test_every_secret_goes_to_a_new_key(user, settings):
    RecoveryCodes.activate(user)
    codes_before = RecoveryCodes.activate(user).generate_codes()
    settings.DATA_KEYS = f"volgende:{new_key()} {settings.DATA_KEYS}"
    assert factors.count_under_another_key() == 2
    assert sum(factors.reseal()) == 2
    assert factors.count_under_another_key() == 0
    assert sum(factors.reseal()) == 0
    settings.DATA_KEYS = settings.DATA_KEYS.split()[0]
    now = timezone.now()
    assert factors.spend(user_id=user.pk, typed=code_for(user.email, now=now), now=now)
    assert factors.spend(user_id=user.pk, typed=codes_before[2], now=now)


@pytest.mark.asvs("6.5.1")
def test_a_code_counts_once(user):
    now = timezone.now()
    code = code_for(user.email, now=now)
    assert factors.spend(user_id=user.pk, typed=code, now=now).type == "totp"
    assert factors.spend(user_id=user.pk, typed=code, now=now) is None
    assert factors.spend(user_id=user.pk, typed=code, now=now + timedelta(seconds=5)) is None


@pytest.mark.asvs("6.5.1")
def test_a_recovery_code_counts_once(user):
    now = timezone.now()
    first, second, *_ = RecoveryCodes.activate(user).generate_codes()
    assert factors.spend(user_id=user.pk, typed=first, now=now).type == "recovery_codes"
    assert factors.spend(user_id=user.pk, typed=first, now=now) is None
    assert factors.spend(user_id=user.pk, typed=second, now=now)


@pytest.mark.asvs("6.5.1")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_of_twenty_requests_at_once_with_one_code_one_gets_in(user, kind):
    now = timezone.now()
    typed = code_for(user.email, now=now) if kind == "totp" else RecoveryCodes.activate(user).generate_codes()[3]
    together, got_in = threading.Barrier(20), []

    def try_it():
        together.wait()
        try:
            got_in.append(factors.spend(user_id=user.pk, typed=typed, now=now) is not None)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got_in) == [False] * 19 + [True]


def test_the_last_step_is_never_taken_away(user):
    (app,) = queries.factors_of(user.pk)
    with pytest.raises(factors.NotAllowed, match="enige tweede stap"):
        factors.remove(user_id=user.pk, factor_id=app.pk, now=timezone.now())
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "x", "credential": {}})
    factors.remove(user_id=user.pk, factor_id=app.pk, now=timezone.now())
    with pytest.raises(factors.NotAllowed):
        factors.remove(user_id=user.pk, factor_id=key.pk, now=timezone.now())


@pytest.mark.asvs("6.4.6")
def test_a_manager_takes_away_the_step_of_a_colleague_who_lost_it(user, organisatiebeheerder, provider):
    from papers.models import Mail

    before = queries.user(user.pk)
    factors.reset(by=organisatiebeheerder, user_id=user.pk, now=timezone.now())
    after = queries.user(user.pk)
    assert not queries.factors_of(user.pk).exists()
    assert after.password == before.password
    assert after.get_session_auth_hash() != before.get_session_auth_hash()
    mail = Mail.objects.get()
    assert mail.to == [user.email]
    assert "Olga Organisatie" in mail.body and "/" not in mail.body


def test_nobody_else_takes_away_a_step(user, indiener, organisatiebeheerder, other_organisatiebeheerder):
    for by in (indiener, other_organisatiebeheerder, actor(Role.BEHEERDER)):
        with pytest.raises(factors.NotAllowed):
            factors.reset(by=by, user_id=user.pk, now=timezone.now())
    with pytest.raises(factors.NotAllowed, match="eigen"):
        factors.reset(by=organisatiebeheerder, user_id=organisatiebeheerder.user_id, now=timezone.now())
    assert queries.factors_of(user.pk).exists()
