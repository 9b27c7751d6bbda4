"""Keys for programs: who makes them, and when one opens something."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts import queries
from accounts.domain.api_keys import LONGEST, MOST, KeyState
from accounts.domain.roles import Role
from accounts.models import ApiKey, Guesses, Membership, User
from accounts.services import api_keys, colleagues
from accounts.services.api_keys import NotAllowed, Unknown, Wait, source
from kit import tenancy
from papers.models import Mail
from tests.factories.accounts import actor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HERE = source("192.0.2.1")


@pytest.fixture
def make(organisatiebeheerder, indiener):
    def key(*, by=organisatiebeheerder, acts_for=indiener, name="EPD", days=300):
        expires_on = (NOW + timedelta(days=days)).date()
        return api_keys.make(by=by, name=name, acts_for_id=acts_for.user_id, expires_on=expires_on, now=NOW)

    return key


def recognise(text, *, now=NOW, place=HERE):
    """Ask as a program does: nobody knows yet who it is."""
    with tenancy.acting(tenancy.NOBODY):
        return api_keys.recognise(said=text, place=place, now=now)


def test_a_key_acts_for_a_colleague_with_no_more_roles_than_registering_takes(make, provider, indiener):
    Membership.objects.create(
        user_id=indiener.user_id, organization=provider, organization_kind=provider.kind,
        role=Role.ORGANISATIEBEHEERDER.value, started_at=NOW, started_by_id=indiener.user_id,
    )  # fmt: skip
    key, text = make()
    program = recognise(text)
    assert (program.key_id, program.prefix, program.actor.user_id) == (key.pk, key.prefix, indiener.user_id)
    assert program.actor.roles == {Role.INDIENER}
    assert program.actor.organization_id == provider.pk


def test_only_the_hash_is_kept_and_the_colleague_is_told(make, indiener):
    key, text = make(name="EPD, productie")
    [kept] = ApiKey.objects.values_list("prefix", "secret_hash")
    assert re.fullmatch(r"mp_[0-9a-f]{8}_[\w-]{43}", text)
    assert text.rpartition(key.prefix + "_")[2] not in str(kept)
    [mail] = Mail.objects.all()
    assert mail.to == [indiener.email]
    assert "EPD, productie" in mail.body and text not in mail.body and key.prefix not in mail.body


@pytest.mark.parametrize("who", ["lezer", "indiener", "behandelaar", "beheerder", "adviseur"])
def test_only_the_organisatiebeheerder_makes_and_revokes(make, request, who):
    key, text = make()
    somebody = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        make(by=somebody, name="Ander")
    with pytest.raises(NotAllowed):
        api_keys.revoke(by=somebody, key_id=key.pk, now=NOW)
    assert recognise(text)


@pytest.mark.parametrize("who", ["lezer", "organisatiebeheerder", "other_indiener", "adviseur"])
def test_a_key_acts_for_nobody_who_registers_nothing_here(make, request, who):
    with pytest.raises(NotAllowed, match="indiener of behandelaar"):
        make(acts_for=request.getfixturevalue(who))


@pytest.mark.parametrize("days", [-1, LONGEST.days + 1])
def test_a_key_lasts_a_year_at_most(make, days):
    with pytest.raises(NotAllowed, match="1 jaar"):
        make(days=days)


def test_a_name_is_used_once_and_there_is_an_end_to_keys(make):
    make()
    with pytest.raises(NotAllowed, match="met deze naam"):
        make()
    for number in range(MOST - 1):
        make(name=f"EPD {number}")
    with pytest.raises(NotAllowed, match="Trek eerst een sleutel in"):
        make(name="Nog een")


def test_a_revoked_key_opens_nothing_and_revoking_twice_is_fine(make, organisatiebeheerder):
    key, text = make()
    for later in (1, 2):
        api_keys.revoke(by=organisatiebeheerder, key_id=key.pk, now=NOW + timedelta(hours=later))
    key.refresh_from_db()
    assert (key.revoked_at, key.revoked_by_id) == (NOW + timedelta(hours=1), organisatiebeheerder.user_id)
    with pytest.raises(Unknown):
        recognise(text)


def test_nobody_revokes_a_key_of_another_organisation(make, other_organisatiebeheerder):
    key, text = make()
    assert api_keys.revoke(by=other_organisatiebeheerder, key_id=key.pk, now=NOW) is None
    assert recognise(text)


def test_a_key_works_until_the_end_of_its_last_day(make):
    _key, text = make(days=10)
    assert recognise(text, now=datetime(2026, 12, 11, 22, 59, tzinfo=UTC))
    with pytest.raises(Unknown):
        recognise(text, now=datetime(2026, 12, 11, 23, 0, tzinfo=UTC))


def test_a_key_dies_with_the_role_of_its_person(make, organisatiebeheerder, indiener):
    key, text = make()
    roles = {"by": organisatiebeheerder, "user_id": indiener.user_id, "now": NOW}
    colleagues.change_roles(roles=[Role.LEZER], seen=[Role.INDIENER], **roles)
    with pytest.raises(Unknown):
        recognise(text)
    assert api_keys.states([key], today=NOW.date()) == [(key, KeyState.ORPHANED)]
    colleagues.change_roles(roles=[Role.BEHANDELAAR], seen=[Role.LEZER], **roles)
    assert recognise(text).actor.roles == {Role.BEHANDELAAR}


def test_a_key_dies_with_the_account_of_its_person(make, indiener):
    _key, text = make()
    User.objects.filter(pk=indiener.user_id).update(is_active=False)
    with pytest.raises(Unknown):
        recognise(text)


def test_a_key_works_for_no_other_organisation_of_its_person(make, organisatiebeheerder, indiener, other_provider):
    _key, text = make()
    Membership.objects.create(
        user_id=indiener.user_id, organization=other_provider, organization_kind=other_provider.kind,
        role=Role.INDIENER.value, started_at=NOW, started_by_id=indiener.user_id,
    )  # fmt: skip
    colleagues.remove(by=organisatiebeheerder, user_id=indiener.user_id, now=NOW)
    assert queries.actor_of(queries.user(indiener.user_id)).organization_id == other_provider.pk
    with pytest.raises(Unknown):
        recognise(text)


def test_the_day_of_use_is_kept_once_a_day(make, django_assert_num_queries):
    key, text = make()
    recognise(text)
    key.refresh_from_db()
    assert key.last_used_on == NOW.date()
    with django_assert_num_queries(2):
        recognise(text, now=NOW + timedelta(minutes=1))
    recognise(text, now=NOW + timedelta(days=1))
    key.refresh_from_db()
    assert key.last_used_on == (NOW + timedelta(days=1)).date()


@pytest.mark.asvs("6.3.1")
def test_wrong_keys_are_counted_per_source_and_never_lock_out_the_right_one(make):
    _key, text = make()
    wrong = text[:-1] + ("a" if text[-1] != "a" else "b")
    for _ in range(4):
        with pytest.raises(Unknown):
            recognise(wrong)
    with pytest.raises(Unknown):
        recognise(wrong)
    with pytest.raises(Wait):
        recognise(wrong)
    with pytest.raises(Unknown):
        recognise(wrong, place=source("192.0.2.2"))
    assert recognise(text)
    assert text[3:11] not in str(list(Guesses.objects.values()))


def test_what_is_no_key_is_counted_as_well():
    for _ in range(5):
        with pytest.raises(Unknown) as refused:
            recognise("geen sleutel")
        assert refused.value.whose is None
    with pytest.raises(Wait):
        recognise("ook geen sleutel")


def test_keys_of_others_are_not_there(make, other_provider):
    make()
    stranger = actor(Role.ORGANISATIEBEHEERDER, organization=other_provider)
    with tenancy.acting(tenancy.Context(stranger.organization_id, stranger.user_id)):
        assert not ApiKey.objects.exists()
        assert not queries.names_of_keys(other_provider.pk, [1, 2, 3])
