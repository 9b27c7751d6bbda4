import pytest

from accounts import queries
from accounts.domain.roles import Role
from accounts.models import Membership
from tests.factories.accounts import STARTED_AT, LocationFactory, MembershipFactory, UserFactory, person

pytestmark = pytest.mark.django_db


def test_insurers_and_providers_are_kept_apart(provider, insurer, other_provider):
    assert list(queries.insurers()) == [insurer]
    assert list(queries.providers()) == [provider, other_provider]


def test_an_actor_is_one_query(django_assert_num_queries, provider):
    user = person(Role.LEZER, Role.INDIENER, organization=provider)
    with django_assert_num_queries(1):
        found = queries.actor_of(user, provider.pk)
    assert (found.organization_name, found.roles) == (provider.name, {Role.LEZER, Role.INDIENER})


def test_an_actor_works_for_the_chosen_organization_and_knows_the_others(provider, other_provider, insurer):
    user = person(Role.LEZER, organization=provider)
    MembershipFactory(user=user, organization=insurer, role=Role.MEDISCH_ADVISEUR.value)
    chosen = queries.actor_of(user, insurer.pk)
    assert chosen.is_insurer and chosen.roles == {Role.MEDISCH_ADVISEUR}
    assert chosen.works_for == {provider.pk, insurer.pk}
    assert queries.actor_of(user).organization_id == provider.pk  # the first by name
    assert queries.actor_of(user, other_provider.pk).organization_id == provider.pk  # not one's own
    assert list(queries.organizations_of(user.pk)) == [provider, insurer]


def test_nobody_acts_without_a_role_or_an_active_account(indiener):
    user = queries.user(indiener.user_id)
    user.is_active = False
    user.save()
    assert queries.actor_of(user) is None
    assert queries.actor_of(UserFactory()) is None


def test_an_ended_role_is_gone(indiener, provider):
    Membership.objects.filter(user=indiener.user_id).update(ended_at=STARTED_AT, ended_by=indiener.user_id)
    assert queries.actor_of(queries.user(indiener.user_id)) is None
    assert not queries.colleagues(provider.pk).exists()
    assert queries.emails_of(provider.pk, Role.INDIENER) == []


def test_colleagues_come_with_their_roles_here(django_assert_num_queries, provider, other_provider):
    for name in ("Bea", "Ali", "Cor"):
        user = person(Role.INDIENER, Role.LEZER, organization=provider, full_name=name)
        MembershipFactory(user=user, organization=other_provider, role="behandelaar")
    with django_assert_num_queries(2):
        found = [(user.full_name, [held.role for held in user.roles_here]) for user in queries.colleagues(provider.pk)]
    assert found == [(name, ["indiener", "lezer"]) for name in ("Ali", "Bea", "Cor")]


def test_people_with_a_role(provider, indiener, behandelaar, lezer, other_indiener):
    found = queries.people_with(provider.pk, Role.INDIENER, Role.BEHANDELAAR)
    assert [user.full_name for user in found] == ["Bram Behandelaar", "Ilse Indiener"]
    assert queries.emails_of(provider.pk, Role.LEZER) == [lezer.email]


def test_people_are_found_by_address_in_any_case(indiener):
    assert queries.user_by_email(f" {indiener.email.upper()} ").pk == indiener.user_id
    assert queries.user_by_email("niemand@voorbeeld.nl") is None


def test_only_locations_in_use(provider):
    used = LocationFactory(organization=provider)
    LocationFactory(organization=provider, stopped_at=STARTED_AT, stopped_by=UserFactory())
    assert list(queries.locations(provider.pk)) == [used]
